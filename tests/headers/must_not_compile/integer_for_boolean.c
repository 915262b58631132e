/* 1 is not true.
 * expect-gcc: incompatible type for argument 1 of .cfn_b_of.
 * expect-clang: parameter of incompatible type 'cfn_str' */
#include "construct.h"

void mistake(void)
{
    imaginary_add(&(imaginary_props){.encrypted = cfn_b_of(cfn_i(1))});
}
