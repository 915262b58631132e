/* The parts of Cfngen::CloudWatch::Alarm that other constructs use, and its checks. */
#ifndef CFN_CONSTRUCTS_CLOUDWATCH_ALARM_H
#define CFN_CONSTRUCTS_CLOUDWATCH_ALARM_H

#include "constructs/constructs.h"

#include <cfngen/aws/cloudwatch.h>
#include <cfngen/cloudwatch_alarm.h>

#define CFN__GREATER          "GreaterThanThreshold"
#define CFN__GREATER_OR_EQUAL "GreaterThanOrEqualToThreshold"
#define CFN__LESS             "LessThanThreshold"

/* What CloudWatch does not refuse and does not understand either. */
void cfn__check_cloudwatch_alarm(cfn__expansion *x, const cfn__construct *c);

/* Why a value cannot be the dimension ReplicationTaskIdentifier (the id at the end of the task's
 * ARN) or ReplicationInstanceIdentifier (the name); NULL when it may be. */
const char *cfn__task_id_fault(cfn__expansion *x, const cfn_node *value);
const char *cfn__instance_identifier_fault(cfn__expansion *x, const cfn_node *value);

/* Whether the number is a literal; its value goes to *value. */
bool cfn__is_literal_number(cfn_num number, double *value);

/* Reports CFN4403 and CFN4404: a threshold of the metric that is in another unit. */
void cfn__check_lag_threshold(cfn__expansion *x, const cfn__construct *c, const char *property,
                              const char *metric, cfn_num threshold);

#endif
