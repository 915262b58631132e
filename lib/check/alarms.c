/* What makes an alarm silent: dimensions that no metric has, and thresholds in another unit than
 * the metric's. CloudWatch takes both without complaint.
 * https://docs.aws.amazon.com/dms/latest/userguide/CHAP_Monitoring.html
 * https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Aurora.AuroraMonitoring.Metrics.html
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-monitoring.html */
#include "base/text.h"
#include "check/check.h"

#include <stdlib.h>

typedef struct alarm {
    cfn__check *check;
    cfn__checker *out;
    const cfn_node *properties, *dimensions;
    const char *metric;
} alarm;

/* The dimension's value; NULL when there is none of this name. */
static const cfn_node *dimension(const alarm *a, const char *name)
{
    for (const cfn_node *n = cfn_node_first(a->dimensions); n; n = n->next)
        if (cfn__text_is(cfn_node_get(n, "Name"), name))
            return cfn_node_get(n, "Value");
    return NULL;
}

/* Where to say that a dimension is missing. */
static const cfn_node *dimensions_place(const alarm *a)
{
    return a->dimensions ? a->dimensions : a->properties;
}

/* ---- what a value refers to ---- */

/* The id that a Ref, or a Fn::Sub of nothing else, names; NULL for all else. */
static const char *referred(const alarm *a, const cfn_node *value)
{
    const cfn_node *argument = cfn__argument(value);
    const char *text = cfn_node_text(argument);
    size_t length = text ? strlen(text) : 0;
    if (cfn__function_of(value) == CFN__FN_REF)
        return text;
    if (cfn__function_of(value) != CFN__FN_SUB || length < 4 || !cfn__starts_with(text, "${") ||
        strchr(text, '}') != text + length - 1)
        return NULL;
    return cfn__strndup(a->out->arena, text + 2, length - 3);
}

static bool refers_to(const alarm *a, const cfn_node *value, const char *type)
{
    const char *id = referred(a, value);
    const cfn_resource *resource = id ? cfn_template_resource(a->check->tpl, id) : NULL;
    return resource && strcmp(resource->type, type) == 0;
}

/* The text that is there before deployment: of a string, or around the variables of a Fn::Sub. */
static const char *known_text(const cfn_node *value)
{
    const cfn_node *sub = cfn_node_get(value, "Fn::Sub");
    return cfn_node_text(cfn__is_list(sub) ? sub->first : sub ? sub : value);
}

/* Ref of these types is the ARN. */
static bool is_arn(const alarm *a, const cfn_node *value, const char *type)
{
    const char *text = known_text(value);
    return refers_to(a, value, type) || (text && cfn__starts_with(text, "arn:"));
}

/* DMS makes up ids of 26 and more capitals and digits. */
static bool is_made_up_id(const char *text)
{
    enum { SHORTEST = 20 };
    size_t length = strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789");
    return length >= SHORTEST && !text[length];
}

/* What a value is instead of the id at the end of a task's ARN; NULL when it may be that. */
static const char *task_fault(const alarm *a, const cfn_node *value)
{
    const char *text = known_text(value);
    bool whole = text && cfn__starts_with(text, "${"); /* most likely the id itself */
    if (is_arn(a, value, "AWS::DMS::ReplicationTask"))
        return "this is the ARN of a task";
    if (text && !whole && !is_made_up_id(text))
        return "this is the name of a task";
    return NULL;
}

/* ---- DMS ---- */

static const char task_name[] = "ReplicationTaskIdentifier";
static const char instance_name[] = "ReplicationInstanceIdentifier";

static bool is_of_task(const alarm *a)
{
    static const char *const prefixes[] = {"CDC", "FullLoad", "Validation"};
    bool of_task = dimension(a, task_name) != NULL;
    for (size_t i = 0; i < sizeof prefixes / sizeof *prefixes; i++)
        of_task |= cfn__starts_with(a->metric, prefixes[i]);
    return of_task;
}

static void need_dimension(const alarm *a, const char *name)
{
    if (dimension(a, name))
        return;
    cfn__complain(a->out, CFN4402, dimensions_place(a), "%s has no data without the dimension %s",
                  a->metric, name);
    cfn__advise(a->out, "metrics of an instance have the dimension %s, those of a task %s too",
                instance_name, task_name);
}

static void check_dms(const alarm *a)
{
    const cfn_node *task = dimension(a, task_name), *instance = dimension(a, instance_name);
    const char *fault = task ? task_fault(a, task) : NULL;
    if (fault) {
        cfn__complain(a->out, CFN4401, task,
                      "%s, and CloudWatch knows a task by the id at the end of its ARN", fault);
        cfn__advise(a->out, "write !Select [6, !Split [\":\", !Ref Task]]; of a "
                            "Cfngen::DMS::ReplicationTask, !GetAtt Task.ResourceId");
    }
    if (instance && is_arn(a, instance, "AWS::DMS::ReplicationInstance")) {
        cfn__complain(a->out, CFN4402, instance,
                      "this is the ARN of an instance, and CloudWatch knows it by its identifier");
        cfn__advise(a->out, "give the name of ReplicationInstanceIdentifier, in small letters; of "
                            "a Cfngen::DMS::ReplicationInstance, !GetAtt Instance.Identifier");
    }
    if (is_of_task(a))
        need_dimension(a, task_name);
    need_dimension(a, instance_name);
}

/* ---- lag ---- */

static void check_threshold(const alarm *a)
{
    enum { A_SECOND = 1000, OVER_AN_HOUR = 5000 };
    const cfn_node *threshold = cfn_node_get(a->properties, "Threshold");
    double value = threshold && threshold->text ? strtod(threshold->text, NULL) : 0;
    if (cfn__starts_with(a->metric, "AuroraReplicaLag") && value > 0 && value < A_SECOND) {
        cfn__complain(a->out, CFN4403, threshold, "%s is in milliseconds, and %g of them is no lag",
                      a->metric, value);
        cfn__advise(a->out, "%g seconds are %.0f", value, value * A_SECOND);
    }
    if (cfn__starts_with(a->metric, "CDCLatency") && value >= OVER_AN_HOUR) {
        cfn__complain(a->out, CFN4404, threshold,
                      "%s is in seconds, and %.0f of them are %.1f hours", a->metric, value,
                      value / 3600);
        cfn__advise(a->out, "%.0f milliseconds are %g", value, value / A_SECOND);
    }
}

/* By the name that a construct gives it. */
static bool is_writer(const alarm *a, const cfn_node *instance)
{
    return refers_to(a, instance, "AWS::RDS::DBInstance") &&
           cfn__ends_with(referred(a, instance), "Writer");
}

/* Readers alone have a lag: the writer is behind nobody. */
static void check_replica_lag(const alarm *a)
{
    const cfn_node *role = dimension(a, "Role"), *instance = dimension(a, "DBInstanceIdentifier");
    bool of_cluster = dimension(a, "DBClusterIdentifier") != NULL;
    const char *fault = NULL;
    const cfn_node *at = dimensions_place(a);
    if (strcmp(a->metric, "AuroraReplicaLag") != 0)
        return;
    if (instance && is_writer(a, instance)) {
        fault = "this is the writer, which lags behind nobody";
        at = instance;
    } else if (role && role->text && !cfn__text_is(role, "READER")) {
        fault = "this does not ask for the readers";
        at = role;
    } else if (of_cluster && !role) {
        fault = "this asks for the lag of a whole cluster, its writer included";
    } else if (!of_cluster && !instance) {
        fault = "this asks for the lag of every cluster of the account";
    }
    if (!fault)
        return;
    cfn__complain(a->out, CFN4405, at, "%s", fault);
    cfn__advise(a->out, "use DBClusterIdentifier with Role READER, or one reader's "
                        "DBInstanceIdentifier; the largest lag of all readers is "
                        "AuroraReplicaLagMaximum of the DBClusterIdentifier");
}

static void check_events(const alarm *a)
{
    if (strcmp(a->metric, "MatchedEvents") != 0 || !dimension(a, "RuleName"))
        return;
    cfn__complain(a->out, CFN4413, cfn_node_get(a->properties, "MetricName"),
                  "MatchedEvents has no dimension RuleName, so it never has data");
    cfn__advise(a->out, "use TriggeredRules");
}

void cfn__check_alarm(cfn__check *check)
{
    const cfn_node *properties = check->resource->properties;
    const cfn_node *space = cfn__get(properties, "Namespace");
    const cfn_node *dimensions = cfn__get(properties, "Dimensions");
    const char *metric = cfn_node_text(cfn__get(properties, "MetricName"));
    if (!metric || (dimensions && dimensions->kind != CFN_KIND_LIST))
        return; /* not known before the deployment */
    const alarm a = {check, &check->out, properties, dimensions, metric};
    check_threshold(&a);
    if (cfn__text_is(space, "AWS/DMS"))
        check_dms(&a);
    if (cfn__text_is(space, "AWS/RDS"))
        check_replica_lag(&a);
    if (cfn__text_is(space, "AWS/Events"))
        check_events(&a);
}
