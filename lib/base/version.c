/* Which version of the library this is. */
#include <cfngen/version.h>

const char *cfn_version(void)
{
    return CFN_VERSION;
}
