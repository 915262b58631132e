/* What the cutover function may do: a statement for each group of its calls, which are those of
 * lib/lambda/calls.h. */
#include "constructs/migration_cutover.h"

#define RECORD_NAMES "route53:ChangeResourceRecordSetsNormalizedRecordNames"

/* ---- Route 53 ---- */

static cfn_node *zone_arn(cfn__expansion *x, const cfn__construct *c, const cfn__construct *record)
{
    return cfn__concat(&c->make, "arn:${AWS::Partition}:route53:::hostedzone/",
                       cfn__record_zone(x, &c->make, record), "");
}

/* Route 53 compares names in small letters, without a dot at the end. A key that is missing would
 * satisfy ForAllValues, so that it must be there.
 * https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/specifying-conditions-route53.html */
static cfn_node *this_record_alone(const cfn__construct *c, const cfn__construct *record)
{
    const cfn__maker *make = &c->make;
    cfn_node *keys = cfn__single(make, RECORD_NAMES, cfn__record_name(make, record));
    cfn__put(keys, "route53:ChangeResourceRecordSetsRecordTypes", cfn__string(make, "CNAME"));
    cfn__put(keys, "route53:ChangeResourceRecordSetsActions", cfn__string(make, "UPSERT"));
    cfn_node *condition = cfn__single(make, "ForAllValues:StringEquals", keys);
    return cfn__put(condition, "Null", cfn__single(make, RECORD_NAMES, cfn__string(make, "false")));
}

static void append_record(cfn__expansion *x, const cfn__construct *c, cfn_node *list)
{
    static const char *const look[] = {"route53:ListResourceRecordSets", NULL};
    static const char *const change[] = {"route53:ChangeResourceRecordSets", NULL};
    static const char *const follow[] = {"route53:GetChange", NULL};
    const cfn__construct *record = cfn__cutover_record(x, c);
    const cfn__maker *make = &c->make;
    if (!record)
        return;
    cfn_node *shift = cfn__allow(make, "MoveTraffic", change, zone_arn(x, c, record));
    cfn__append(list, cfn__allow(make, "LookAtRecord", look, zone_arn(x, c, record)));
    cfn__append(list, cfn__put(shift, "Condition", this_record_alone(c, record)));
    cfn__append(list, cfn__allow(make, "FollowChange", follow,
                                 cfn__sub_node(make, "arn:${AWS::Partition}:route53:::change/*")));
}

/* ---- the parameters ---- */

/* Adds an ARN, or each of several. */
static void append_arns(const cfn__maker *make, cfn_node *list, cfn_node *arns)
{
    if (cfn__is_list(arns))
        cfn__append_all(make, list, arns);
    else
        cfn__append(list, arns);
}

static void append_parameters(const cfn__construct *c, cfn_node *list)
{
    static const char *const keep[] = {"ssm:GetParameter", "ssm:PutParameter", NULL};
    const cfn__cutover_state *state = c->state;
    const cfn__maker *make = &c->make;
    cfn_node *arns = cfn__list(make);
    append_arns(make, arns, cfn__ssm_arns(c, cfn__copy(make->arena, state->state_name)));
    append_arns(make, arns, cfn__ssm_arns(c, cfn__copy(make->arena, state->lock_name)));
    cfn__append(list, cfn__allow(make, "KeepState", keep, arns));
}

/* ---- the tasks ---- */

/* Descriptions take no resource. The direction is turned round only where there is a way back: the
 * task is stopped and the reverse one started; on the way back that is stopped.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsdatabasemigrationservice.html
 */
static void append_tasks(cfn__expansion *x, const cfn__construct *c, cfn_node *list)
{
    static const char *const look[] = {"dms:DescribeReplicationTasks", NULL};
    static const char *const stop[] = {"dms:StopReplicationTask", NULL};
    static const char *const start[] = {"dms:StartReplicationTask", NULL};
    const cfn__maker *make = &c->make;
    cfn_node *reverse = cfn__cutover_reverse_task(x, c);
    cfn__append(list, cfn__allow(make, "LookAtTasks", look, cfn__string(make, "*")));
    if (!reverse)
        return;
    cfn_node *both = cfn__pair(make, cfn__cutover_task(c), cfn__copy(make->arena, reverse));
    cfn__append(list, cfn__allow(make, "StopTasks", stop, both));
    cfn__append(list, cfn__allow(make, "StartWayBack", start, reverse));
}

/* ---- metrics and alarms ---- */

/* None takes a resource; composite alarms are described by those who may describe all.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DescribeAlarms.html */
static void append_watching(const cfn__construct *c, cfn_node *list)
{
    static const char *const metrics[] = {"cloudwatch:GetMetricData", NULL};
    static const char *const alarms[] = {"cloudwatch:DescribeAlarms", NULL};
    const cfn__maker *make = &c->make;
    cfn__append(list, cfn__allow(make, "LookAtMetrics", metrics, cfn__string(make, "*")));
    if (cfn__cutover_alarm_names(c))
        cfn__append(list, cfn__allow(make, "LookAtAlarms", alarms, cfn__string(make, "*")));
}

/* The topic is that of failures, too, so that the function may tell it already. */
cfn_node *cfn__cutover_statements(cfn__expansion *x, const cfn__construct *c)
{
    cfn_node *list = cfn__list(&c->make);
    append_record(x, c, list);
    append_parameters(c, list);
    append_tasks(x, c, list);
    append_watching(c, list);
    return list;
}
