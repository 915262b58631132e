/* What the files of Cfngen::EC2::SecurityGroup share. */
#ifndef CFN_CONSTRUCTS_EC2_SECURITY_GROUP_H
#define CFN_CONSTRUCTS_EC2_SECURITY_GROUP_H

#include "constructs/constructs.h"

typedef enum cfn__direction { CFN__INGRESS, CFN__EGRESS } cfn__direction;

/* A rule that another group stated, seen from this side. */
typedef struct cfn__mirrored_rule {
    cfn__direction direction;
    const cfn__construct *peer;
    const cfn_ec2_security_group_rule *rule;
    struct cfn__mirrored_rule *next;
} cfn__mirrored_rule;

/* What wiring told the group. */
typedef struct cfn__group_state {
    cfn__mirrored_rule *first, *last;
    bool kept;                         /* something that outlives the stack is in the group */
    const cfn__construct *reaches_aws; /* the construct that lets its members out to AWS */
} cfn__group_state;

/* Protocol -1, which has no ports. */
bool cfn__is_of_all_protocols(const cfn_ec2_security_group_rule *rule);

#endif
