/* A property that the construct does not have.
 * expect-gcc: has no member named .readrs.
 * expect-clang: 'readrs' does not refer to any field */
#include "construct.h"

void mistake(void)
{
    imaginary_add(&(imaginary_props){.readrs = cfn_i(1)});
}
