/* The checks of a rule, which events_rule.c makes. */
#ifndef CFN_CONSTRUCTS_EVENTS_RULE_H
#define CFN_CONSTRUCTS_EVENTS_RULE_H

#include "constructs/constructs.h"

#include <cfngen/events_rule.h>

/* The domain rules that one rule alone can break. */
void cfn__check_events_rule(cfn__expansion *x, const cfn__construct *c);

/* The ARN of a target, whatever it is. */
cfn_str cfn__events_target_arn(const cfn_events_target *target);

#endif
