/* A handle is not a pointer; an existing key has a function of its own.
 * expect-gcc: (excess elements in|initializer-string for|incompatible types when initializing)
 * expect-clang: (no elements requires explicit braces|initializer-string for) */
#include "construct.h"

void mistake(void)
{
    imaginary_add(&(imaginary_props){.key = NULL});
}
