/* One value is not a list of one.
 * expect-gcc: (excess elements in|initializer-string for|incompatible types when initializing)
 * expect-clang: (no elements requires explicit braces|initializer-string for) */
#include "construct.h"

void mistake(void)
{
    imaginary_add(&(imaginary_props){.subnets = cfn_s("subnet-a")});
}
