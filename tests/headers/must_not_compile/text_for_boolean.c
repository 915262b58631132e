/* Text is a pointer, and any pointer is true; cfn_b takes booleans alone.
 * expect-gcc: _Generic
 * expect-clang: _Generic|not compatible with any generic association */
#include "construct.h"

void mistake(void)
{
    imaginary_add(&(imaginary_props){.encrypted = cfn_b("false")});
}
