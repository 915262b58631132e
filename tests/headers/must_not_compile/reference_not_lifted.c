/* An intrinsic in place of an integer is cfn_i_of(cfn_ref(...)).
 * expect-gcc: (excess elements in|initializer-string for|incompatible types when initializing)
 * expect-clang: (no elements requires explicit braces|initializer-string for) */
#include "construct.h"

void mistake(void)
{
    imaginary_add(&(imaginary_props){.readers = cfn_ref("Readers")});
}
