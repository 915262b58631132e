/* What the mistakes beside this file are mistakes of: each kind of property, given as it should be.
 * This one must compile, or the others would fail for no reason of their own. */
#include "construct.h"

void control(void)
{
    imaginary_add(&(imaginary_props){
        .name = cfn_s("primary"),
        .readers = cfn_i(0),
        .ratio = cfn_n(0.5),
        .encrypted = cfn_b(false),
        .settings = cfn_json_of(cfn_ref("Settings")),
        .subnets = CFN_LIST(cfn_s("subnet-a"), cfn_ref("SubnetB")),
        .key = some_key(),
        .more_keys = CFN_ITEMS(imaginary_key, some_key()),
        .attributes = {.condition = "IsProduction", .depends_on = CFN_IDS("Bucket", "Queue")},
    });
    imaginary_add(&(imaginary_props){.readers = cfn_i_of(cfn_ref("Readers"))});
}
