/* A bare NULL would silently mean "left out"; leaving it out says so.
 * expect-gcc: (excess elements in|initializer-string for|incompatible types when initializing)
 * expect-clang: (no elements requires explicit braces|initializer-string for) */
#include "construct.h"

void mistake(void)
{
    imaginary_add(&(imaginary_props){.name = NULL});
}
