/* The parts of Cfngen::CloudWatch::Alarm that other constructs use, and its checks. */
#ifndef CFN_CONSTRUCTS_CLOUDWATCH_ALARM_H
#define CFN_CONSTRUCTS_CLOUDWATCH_ALARM_H

#include "constructs/constructs.h"

#include <cfngen/aws/cloudwatch.h>
#include <cfngen/cloudwatch_alarm.h>

#define CFN__GREATER          "GreaterThanThreshold"
#define CFN__GREATER_OR_EQUAL "GreaterThanOrEqualToThreshold"
#define CFN__LESS             "LessThanThreshold"

/* What is wrong with an alarm beside its metric. */
void cfn__check_cloudwatch_alarm(cfn__expansion *x, const cfn__construct *c);

#endif
