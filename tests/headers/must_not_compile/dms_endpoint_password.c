/* A password has no place in a template: an endpoint has a secret, and nothing to put one in.
 * expect-gcc: cfn_dms_endpoint_props.* has no member named .password
 * expect-clang: field designator 'password' does not refer to any field */
#include <cfngen/dms_endpoint.h>

void mistake(cfn_stack *stack)
{
    cfn_dms_endpoint_add(stack, "Source", &(cfn_dms_endpoint_props){.password = cfn_s("hunter2")});
}
