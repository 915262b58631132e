/* JSON in a string is not a JSON value; it is cfn_json_text(stack, ...).
 * expect-gcc: (excess elements in|initializer-string for|incompatible types when initializing)
 * expect-clang: (no elements requires explicit braces|initializer-string for) */
#include "construct.h"

void mistake(void)
{
    imaginary_add(&(imaginary_props){.settings = "{}"});
}
