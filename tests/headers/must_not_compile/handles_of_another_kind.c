/* A list of keys holds no networks.
 * expect: incompatible pointer type */
#include "construct.h"

void mistake(void)
{
    imaginary_add(&(imaginary_props){.more_keys = CFN_ITEMS(imaginary_network, some_network())});
}
