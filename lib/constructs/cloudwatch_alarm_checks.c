/* What makes an alarm silent: dimensions that no metric has, thresholds in another unit, periods
 * that hold no data. CloudWatch takes all of it without complaint. */
#include "constructs/cloudwatch_alarm.h"

#include "base/text.h"
#include "template/intrinsic.h"

#include <string.h>

typedef struct checker {
    cfn__expansion *x;
    const cfn__construct *c;
    const cfn_cloudwatch_alarm_props *props;
    const cfn_node *dimensions;
    const char *space, *metric; /* "" when not literal */
    cfn_diagnostics *diagnostics;
} checker;

static const cfn_node *dimension(const checker *k, const char *name)
{
    return cfn_node_get(k->dimensions, name);
}

static const char *dimension_path(const checker *k, const char *name)
{
    return dimension(k, name) ? cfn__format(k->c->make.arena, "Dimensions/%s", name) : "Dimensions";
}

/* ---- what a value refers to ---- */

/* The resource or parameter, and the attribute, that a Ref, a Fn::GetAtt or a Fn::Sub of nothing
 * else stands for; id is NULL when the value is none of these. */
typedef struct target {
    const char *id, *attribute;
} target;

static target sub_target(cfn_arena *arena, const char *text)
{
    size_t length = strlen(text);
    if (length < 4 || !cfn__starts_with(text, "${") || strchr(text, '}') != text + length - 1)
        return (target){NULL, NULL};
    char *id = cfn__strndup(arena, text + 2, length - 3);
    char *dot = strchr(id, '.');
    if (dot)
        *dot++ = '\0';
    return (target){id, dot};
}

static target target_of(cfn__expansion *x, const cfn_node *value)
{
    target t = {NULL, NULL};
    const cfn_node *argument = cfn__argument(value);
    switch (cfn__function_of(value)) {
    case CFN__FN_REF:
        t.id = cfn_node_text(argument);
        break;
    case CFN__FN_GET_ATT:
        if (!cfn__get_att_target(cfn__expansion_arena(x), value, &t.id, &t.attribute))
            t.id = NULL;
        break;
    case CFN__FN_SUB:
        if (cfn__is_string(argument))
            t = sub_target(cfn__expansion_arena(x), argument->text);
        break;
    default:
        break;
    }
    return t;
}

/* "AWS::DMS::ReplicationTask" and "Cfngen::DMS::ReplicationTask" end alike. */
static bool is_resource(cfn__expansion *x, const char *id, const char *type_ending)
{
    const char *type = id ? cfn__declared_type(x, id) : NULL;
    return type && cfn__ends_with(type, type_ending);
}

/* The text that is there before deployment: of a string, or around the variables of a Fn::Sub. */
static const char *known_text(const cfn_node *value)
{
    const cfn_node *sub = cfn_node_get(value, "Fn::Sub");
    return cfn_node_text(cfn__is_string(sub) ? sub : value);
}

static bool is_arn(cfn__expansion *x, const cfn_node *value, const char *type_ending)
{
    target t = target_of(x, value);
    const char *text = known_text(value);
    if (is_resource(x, t.id, type_ending))
        return !t.attribute || strcmp(t.attribute, "Arn") == 0;
    return text && cfn__starts_with(text, "arn:");
}

/* DMS makes up ids of 26 and more capitals and digits. */
static bool is_made_up_id(const char *text)
{
    enum { SHORTEST = 20 };
    size_t length = strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789");
    return length >= SHORTEST && !text[length];
}

const char *cfn__task_id_fault(cfn__expansion *x, const cfn_node *value)
{
    const char *text = known_text(value);
    if (is_arn(x, value, "::DMS::ReplicationTask"))
        return "this is the ARN of a task";
    if (text && !target_of(x, value).id && !is_made_up_id(text))
        return "this is the name of a task";
    return NULL;
}

const char *cfn__instance_identifier_fault(cfn__expansion *x, const cfn_node *value)
{
    return is_arn(x, value, "::DMS::ReplicationInstance") ? "this is the ARN of an instance" : NULL;
}

/* ---- DMS ---- */

/* Metrics of a task: https://docs.aws.amazon.com/dms/latest/userguide/CHAP_Monitoring.html */
static bool is_of_task(const checker *k)
{
    static const char *const prefixes[] = {"CDC", "FullLoad", "Validation"};
    bool of_task = dimension(k, "ReplicationTaskIdentifier") != NULL;
    for (size_t i = 0; i < CFN__COUNT(prefixes); i++)
        of_task |= cfn__starts_with(k->metric, prefixes[i]);
    return of_task;
}

static void need_dimension(const checker *k, const char *name, const char *hint)
{
    if (dimension(k, name))
        return;
    cfn__report_property(k->x, k->c, "Dimensions", CFN4402,
                         "%s has no data without the dimension %s", k->metric, name);
    cfn__hint(k->diagnostics, "%s", hint);
}

static void check_dms(const checker *k)
{
    static const char task[] = "ReplicationTaskIdentifier";
    static const char instance[] = "ReplicationInstanceIdentifier";
    const char *fault = dimension(k, task) ? cfn__task_id_fault(k->x, dimension(k, task)) : NULL;
    if (fault) {
        cfn__report_property(k->x, k->c, dimension_path(k, task), CFN4401,
                             "%s, and CloudWatch knows a task by the id at the end of its ARN",
                             fault);
        cfn__hint(k->diagnostics, "write !Select [6, !Split [\":\", !Ref Task]]; of a "
                                  "Cfngen::DMS::ReplicationTask, !GetAtt Task.ResourceId");
    }
    fault = dimension(k, instance) ? cfn__instance_identifier_fault(k->x, dimension(k, instance))
                                   : NULL;
    if (fault) {
        cfn__report_property(k->x, k->c, dimension_path(k, instance), CFN4402,
                             "%s, and CloudWatch knows it by its identifier", fault);
        cfn__hint(k->diagnostics, "give the name of ReplicationInstanceIdentifier, in small "
                                  "letters; of a Cfngen::DMS::ReplicationInstance, !GetAtt "
                                  "Instance.Identifier");
    }
    if (is_of_task(k))
        need_dimension(k, task, "metrics of a task have two dimensions, its id and its instance");
    need_dimension(k, instance,
                   "metrics of DMS are known by the instance, those of a task by its "
                   "id too");
}

/* ---- lag ---- */

bool cfn__is_literal_number(cfn_num number, double *value)
{
    *value = number.value;
    return number.expression.form == CFN_LITERAL && !number.expression.text;
}

void cfn__check_lag_threshold(cfn__expansion *x, const cfn__construct *c, const char *property,
                              const char *metric, cfn_num threshold)
{
    enum { A_SECOND = 1000, OVER_AN_HOUR = 5000 };
    double value;
    if (!cfn__is_literal_number(threshold, &value) || value <= 0)
        return;
    if (cfn__starts_with(metric, "AuroraReplicaLag") && value < A_SECOND) {
        cfn__report_property(x, c, property, CFN4403,
                             "%s is in milliseconds, and %g of them is no lag", metric, value);
        cfn__hint(cfn__expansion_diagnostics(x), "%g seconds are %.0f", value, value * A_SECOND);
    }
    if (cfn__starts_with(metric, "CDCLatency") && value >= OVER_AN_HOUR) {
        cfn__report_property(x, c, property, CFN4404,
                             "%s is in seconds, and %.0f of them are %.1f hours", metric, value,
                             value / 3600);
        cfn__hint(cfn__expansion_diagnostics(x), "%.0f milliseconds are %g", value,
                  value / A_SECOND);
    }
}

/* The writer has no lag of its own. */
static bool is_writer(const checker *k, const cfn_node *value)
{
    target t = target_of(k->x, value);
    const char *role = t.attribute ? t.attribute : "";
    size_t length = t.id ? strlen(t.id) : 0, ending = strlen("Writer");
    if (is_resource(k->x, t.id, "::RDS::AuroraCluster"))
        return strcmp(role, "Writer") == 0;
    if (t.attribute || length <= ending || !cfn__ends_with(t.id, "Writer"))
        return false;
    char *cluster = cfn__strndup(k->c->make.arena, t.id, length - ending);
    return is_resource(k->x, cluster, "Cfngen::RDS::AuroraCluster");
}

/* https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Aurora.AuroraMonitoring.Metrics.html
 */
static void check_replica_lag(const checker *k)
{
    const cfn_node *role = dimension(k, "Role"), *instance = dimension(k, "DBInstanceIdentifier");
    bool of_cluster = dimension(k, "DBClusterIdentifier") != NULL;
    bool reader = cfn__text_is(role, "READER") || (role && !role->text);
    const char *fault = NULL, *at = "Dimensions";
    if (strcmp(k->metric, "AuroraReplicaLag") != 0)
        return;
    if (instance && is_writer(k, instance)) {
        fault = "this is the writer, which lags behind nobody";
        at = "Dimensions/DBInstanceIdentifier";
    } else if (role && !reader) {
        fault = "this asks not for the readers";
        at = "Dimensions/Role";
    } else if (of_cluster && !role) {
        fault = "this asks for the lag of a whole cluster, its writer included";
    } else if (!of_cluster && !instance) {
        fault = "this asks for the lag of every cluster of the account";
    }
    if (!fault)
        return;
    cfn__report_property(k->x, k->c, at, CFN4405, "%s", fault);
    cfn__hint(k->diagnostics, "use DBClusterIdentifier with Role: READER, or one reader's "
                              "DBInstanceIdentifier; the largest lag of all readers is "
                              "AuroraReplicaLagMaximum of the DBClusterIdentifier");
}

/* ---- the rest ---- */

static void check_events(const checker *k)
{
    if (strcmp(k->metric, "MatchedEvents") != 0 || !dimension(k, "RuleName"))
        return;
    cfn__report_property(k->x, k->c, "MetricName", CFN4413,
                         "MatchedEvents has no dimension RuleName, so it never has data");
    cfn__hint(k->diagnostics, "use TriggeredRules");
}

static void check_missing_data(const checker *k)
{
    if (!cfn__starts_with(k->metric, "CDCLatency") || cfn__is_set(k->props->treat_missing_data))
        return;
    cfn__report_property(k->x, k->c, NULL, CFN4411,
                         "a task that failed has no %s, and the alarm goes quiet", k->metric);
    cfn__hint(k->diagnostics,
              "TreatMissingData: notBreaching with an alarm on the failure (Cfngen::Migration::"
              "Alarms has it), or breaching once the task runs");
}

static bool literal_int(cfn_int number, int64_t *value)
{
    bool given = cfn__is_set(number.expression);
    *value = given ? number.value : 0;
    return given && number.expression.form == CFN_LITERAL && !number.expression.text;
}

static void refuse_period(const checker *k, const char *message, const char *hint)
{
    cfn__report_property(k->x, k->c, "Period", CFN4407, "%s", message);
    cfn__hint(k->diagnostics, "%s", hint);
}

/* https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html */
static void check_period(const checker *k)
{
    enum { MINUTE = 60, HOUR = 3600, DAY = 86400, WEEK = 7 * DAY };
    int64_t period = MINUTE, periods = 1, datapoints = 0;
    bool known = literal_int(k->props->period, &period);
    bool counted = literal_int(k->props->evaluation_periods, &periods);
    if (!cfn__is_set(k->props->period.expression))
        period = MINUTE;
    if (!counted)
        periods = 1;
    bool short_one = period == 10 || period == 20 || period == 30;
    if (known && !short_one && (period < MINUTE || period % MINUTE != 0))
        refuse_period(k, "a period is 10, 20 or 30 seconds or a multiple of 60",
                      "60 fits the metrics of AWS's own services");
    else if (known && short_one && cfn__starts_with(k->space, "AWS/"))
        refuse_period(k, "services of AWS publish every minute, so shorter periods are empty",
                      "use 60 or more");
    else if (period > 0 && periods > (period >= HOUR ? WEEK : DAY) / period)
        refuse_period(k, "an alarm looks back one day at most, or seven with periods of an hour",
                      "lower EvaluationPeriods or Period");
    if (literal_int(k->props->datapoints_to_alarm, &datapoints) && datapoints > periods) {
        cfn__report_property(k->x, k->c, "DatapointsToAlarm", CFN4407,
                             "more datapoints must breach than are looked at");
        cfn__hint(k->diagnostics, "it is EvaluationPeriods at most");
    }
}

/* https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Statistics-definitions.html */
static void check_statistic(const checker *k)
{
    static const char *const good[] = {"Average", "Sum",         "Minimum",
                                       "Maximum", "SampleCount", "IQM"};
    static const char *const families[] = {"p",   "tm",  "wm",  "tc",  "ts",
                                           "TM(", "WM(", "PR(", "TC(", "TS("};
    const char *text = cfn__literal(k->props->statistic);
    cfn__nearest nearest = cfn__nearest_to(text ? text : "");
    for (size_t i = 0; text && i < CFN__COUNT(good); i++) {
        if (strcmp(text, good[i]) == 0)
            return;
        cfn__nearest_offer(&nearest, good[i]);
    }
    for (size_t i = 0; text && i < CFN__COUNT(families); i++)
        if (cfn__starts_with(text, families[i]) &&
            (cfn__ends_with(text, ")") || cfn__is_digit(text[strlen(families[i])])))
            return;
    if (!text)
        return;
    cfn__report_property(k->x, k->c, "Statistic", CFN2006, "there is no statistic %s", text);
    if (nearest.best)
        cfn__hint_nearest(k->diagnostics, nearest.best);
    else
        cfn__hint(k->diagnostics,
                  "it is Average, Sum, Minimum, Maximum, SampleCount or a percentile as p99");
}

static void check_actions(const checker *k)
{
    enum { MOST = 5 };
    bool tells = cfn__handle_is_set(&k->props->topic.handle);
    size_t count = k->props->actions.count + tells;
    if (!count) {
        cfn__report_property(k->x, k->c, NULL, CFN4406, "the alarm %s tells nobody", k->c->id);
        cfn__hint(k->diagnostics, "give it a Topic");
    } else if (count > MOST) {
        cfn__report_property(k->x, k->c, "Actions", CFN2007,
                             "an alarm has %d actions at most, the topic included", MOST);
    }
}

void cfn__check_cloudwatch_alarm(cfn__expansion *x, const cfn__construct *c)
{
    const cfn_cloudwatch_alarm_props *props = c->props;
    const char *space = cfn__literal(props->metric_namespace);
    const char *metric = cfn__literal(props->metric_name);
    const checker k = {x,
                       c,
                       props,
                       props->dimensions.expression.node,
                       space ? space : "",
                       metric ? metric : "",
                       cfn__expansion_diagnostics(x)};
    if (strcmp(k.space, "AWS/DMS") == 0) {
        check_dms(&k);
        check_missing_data(&k);
    }
    if (strcmp(k.space, "AWS/RDS") == 0)
        check_replica_lag(&k);
    if (strcmp(k.space, "AWS/Events") == 0)
        check_events(&k);
    cfn__check_lag_threshold(x, c, "Threshold", k.metric, props->threshold);
    check_period(&k);
    check_statistic(&k);
    check_actions(&k);
}
