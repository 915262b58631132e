/* Cfngen::Migration::Alarms: a table of alarms, and one way to make each. */
#include "constructs/migration_alarms.h"

#include "base/text.h"
#include "constructs/cloudwatch_alarm.h"
#include "constructs/dms.h"

#include <cfngen/aws/events.h>

#include <string.h>

typedef cfn_migration_alarms_props props_type;

/* ---- the alarms ---- */

/* Whose metric it is: it decides the namespace and the dimensions. */
typedef enum subject {
    RULE, /* of EventBridge, which sees the task fail */
    TASK,
    REVERSE, /* the way back of the task */
    INSTANCE,
    READERS,
    CLUSTER,
    SOURCE,
    FUNCTION,
    VALIDATION, /* what the function says of the data */
    WORKFLOW,   /* that runs the function */
    CUTOVER,    /* the function that moves the traffic */
    OUTCOME,    /* what that says of itself */
    SUBJECTS
} subject;

static const char *const namespaces[SUBJECTS] = {
    [RULE] = "AWS/Events",     [TASK] = "AWS/DMS",        [REVERSE] = "AWS/DMS",
    [INSTANCE] = "AWS/DMS",    [READERS] = "AWS/RDS",     [CLUSTER] = "AWS/RDS",
    [SOURCE] = "AWS/RDS",      [FUNCTION] = "AWS/Lambda", [VALIDATION] = CFN_VALIDATOR_NAMESPACE,
    [WORKFLOW] = "AWS/States", [CUTOVER] = "AWS/Lambda",  [OUTCOME] = CFN_VALIDATOR_NAMESPACE,
};

typedef struct alarm_row {
    const char *role;
    subject subject;
    const char *metric, *statistic, *comparison;
    const char *missing; /* what a period without data means */
    int64_t periods;     /* of a minute */
    cfn_num (*threshold)(cfn__expansion *x, cfn__construct *c);
    const char *description;
} alarm_row;

static const cfn_migration_thresholds *thresholds_of(const cfn__construct *c)
{
    return &((const props_type *)c->props)->thresholds;
}

static cfn_num number_or(cfn_num given, double otherwise)
{
    return cfn__is_set(given.expression) ? given : cfn_n(otherwise);
}

static cfn_num none(cfn__expansion *x, cfn__construct *c)
{
    (void)x;
    (void)c;
    return cfn_n(0);
}

#define GIVEN(name, otherwise)                                                                     \
    static cfn_num name(cfn__expansion *x, cfn__construct *c)                                      \
    {                                                                                              \
        (void)x;                                                                                   \
        return number_or(thresholds_of(c)->name, otherwise);                                       \
    }
GIVEN(cdc_latency_source_seconds, 30)
GIVEN(cdc_latency_target_seconds, 30)
GIVEN(replication_cpu_percent, 80)
GIVEN(replica_lag_milliseconds, 30000)
GIVEN(source_cpu_percent, 80)
GIVEN(database_cpu_percent, 80)
#undef GIVEN

/* A task that fails stops publishing, so its own metrics do not tell: the rule does. Readers
 * publish their lag as long as they run. Counts are published only when there is something to
 * count. */
static const alarm_row alarms[] = {
    {"TaskFailed", RULE, "TriggeredRules", "Sum", CFN__GREATER, "notBreaching", 1, none,
     "The DMS task failed or stopped"},
    {"TaskFailureUntold", RULE, "FailedInvocations", "Sum", CFN__GREATER, "notBreaching", 1, none,
     "EventBridge could not tell the topic that the DMS task failed or stopped"},
    {"SourceLatency", TASK, "CDCLatencySource", "Maximum", CFN__GREATER, "notBreaching", 3,
     cdc_latency_source_seconds, "Seconds that the DMS task is behind the source"},
    {"TargetLatency", TASK, "CDCLatencyTarget", "Maximum", CFN__GREATER, "notBreaching", 3,
     cdc_latency_target_seconds, "Seconds until a change of the source is in the target"},
    {"ValidationFailed", TASK, "ValidationFailedOverallCount", "Maximum", CFN__GREATER,
     "notBreaching", 1, none, "DMS found rows that differ between source and target"},
    {"ReverseTargetLatency", REVERSE, "CDCLatencyTarget", "Maximum", CFN__GREATER, "notBreaching",
     3, cdc_latency_target_seconds, "Seconds until a change of the new database is in the old one"},
    {"ReverseValidationFailed", REVERSE, "ValidationFailedOverallCount", "Maximum", CFN__GREATER,
     "notBreaching", 1, none, "DMS found rows that differ on the way back"},
    {"ReplicationCpu", INSTANCE, "CPUUtilization", "Average", CFN__GREATER, "missing", 5,
     replication_cpu_percent, "Per cent of the CPU of the replication instance"},
    {"ReplicationMemory", INSTANCE, "FreeableMemory", "Minimum", CFN__LESS, "missing", 5,
     cfn__replication_memory_threshold, "Bytes of free memory of the replication instance"},
    {"ReplicationStorage", INSTANCE, "FreeStorageSpace", "Minimum", CFN__LESS, "missing", 5,
     cfn__replication_storage_threshold, "Bytes of free storage of the replication instance"},
    {"ReplicaLag", READERS, "AuroraReplicaLag", "Maximum", CFN__GREATER, "breaching", 3,
     replica_lag_milliseconds, "Milliseconds that a reader is behind the writer"},
    {"SourceCpu", SOURCE, "CPUUtilization", "Maximum", CFN__GREATER, "missing", 5,
     source_cpu_percent, "Per cent of the CPU of the source"},
    {"SourceConnections", SOURCE, "DatabaseConnections", "Maximum", CFN__GREATER, "missing", 5,
     cfn__source_connections_threshold, "Connections to the source"},
    {"SourceStorage", SOURCE, "FreeStorageSpace", "Minimum", CFN__LESS, "missing", 5,
     cfn__source_storage_threshold, "Bytes of free storage of the source"},
    {"DatabaseCpu", CLUSTER, "CPUUtilization", "Maximum", CFN__GREATER, "missing", 5,
     database_cpu_percent, "Per cent of the CPU of the busiest instance of the cluster"},
    {"DatabaseConnections", CLUSTER, "DatabaseConnections", "Maximum", CFN__GREATER, "missing", 5,
     cfn__database_connections_threshold, "Connections to one instance of the cluster"},
    {"DatabaseMemory", CLUSTER, "FreeableMemory", "Minimum", CFN__LESS, "missing", 5,
     cfn__database_memory_threshold, "Bytes of free memory of an instance of the cluster"},
    {"ValidatorErrors", FUNCTION, "Errors", "Sum", CFN__GREATER, "notBreaching", 1, none,
     "The validator failed, so source and target were not compared"},
    {"ValidatorMismatches", VALIDATION, CFN_VALIDATOR_MISMATCHES, "Maximum", CFN__GREATER,
     "notBreaching", 1, none, "The validator found rows that differ between source and target"},
    {"WorkflowFailed", WORKFLOW, "ExecutionsFailed", "Sum", CFN__GREATER, "notBreaching", 1, none,
     "The workflow of the validator failed"},
    {"WorkflowTimedOut", WORKFLOW, "ExecutionsTimedOut", "Sum", CFN__GREATER, "notBreaching", 1,
     none, "The workflow of the validator took too long"},
    {"WorkflowAborted", WORKFLOW, "ExecutionsAborted", "Sum", CFN__GREATER, "notBreaching", 1, none,
     "The workflow of the validator was stopped"},
    {"WorkflowThrottled", WORKFLOW, "ExecutionThrottled", "Sum", CFN__GREATER, "notBreaching", 1,
     none, "The workflow of the validator was held up: an account has a limit of steps"},
    {"CutoverErrors", CUTOVER, "Errors", "Sum", CFN__GREATER, "notBreaching", 1, none,
     "The cutover function failed, so the traffic may not be where it should"},
    {"CutoverFailed", OUTCOME, "Failed", "Sum", CFN__GREATER, "notBreaching", 1, none,
     "The cutover function could not do what it was asked to"},
};

/* ---- what is watched ---- */

/* The dimensions of each subject as nodes; NULL when it is not there. */
typedef struct watched {
    cfn_node *task_id, *reverse_id, *instance, *source, *cluster, *function, *workflow, *cutover;
    bool readers;
} watched;

static const char rule_role[] = "TaskFailureRule";

/* The task as a construct of this stack; NULL when it is not. */
static const cfn_dms_replication_task_props *task_props(cfn__expansion *x, const cfn__construct *c)
{
    const props_type *props = c->props;
    const cfn__construct *task = cfn__handle_construct(x, &props->task.handle);
    return task ? task->props : NULL;
}

cfn_dms_replication_instance cfn__watched_instance(cfn__expansion *x, const cfn__construct *c)
{
    const props_type *props = c->props;
    const cfn_dms_replication_task_props *task = task_props(x, c);
    bool given = cfn__handle_is_set(&props->replication_instance.handle);
    return given || !task ? props->replication_instance : task->replication_instance;
}

static cfn_str instance_identifier(cfn__expansion *x, const cfn__construct *c)
{
    const props_type *props = c->props;
    if (cfn__is_set(props->replication_instance_identifier))
        return props->replication_instance_identifier;
    return cfn_dms_replication_instance_identifier(cfn__watched_instance(x, c));
}

static watched watch(cfn__expansion *x, const cfn__construct *c)
{
    const props_type *props = c->props;
    const cfn__maker *make = &c->make;
    const cfn_dms_replication_task_props *task = task_props(x, c);
    bool reversed = task && cfn__dms_is_reversed(task);
    const char *task_name = props->task.handle.id;
    cfn_str cluster = cfn_rds_aurora_cluster_identifier(props->cluster);
    return (watched){
        .task_id = cfn__dms_task_dimension(make, props->task),
        .reverse_id = reversed ? cfn__get_att_node(make, task_name, "ReverseResourceId") : NULL,
        .instance = cfn__str_node(make, instance_identifier(x, c)),
        .source = cfn__str_node(make, cfn_rds_instance_identifier(props->source_instance)),
        .cluster = cfn__str_node(make, cluster),
        .function = cfn__str_node(make, props->validator),
        .workflow = cfn__watched_workflow(x, c),
        .readers = cfn__is_set(cluster) && cfn__rds_aurora_cluster_has_readers(x, props->cluster),
        .cutover = cfn__str_node(make, props->cutover),
    };
}

static bool is_there(const watched *w, subject s)
{
    const bool there[SUBJECTS] = {
        [RULE] = w->task_id,
        [REVERSE] = w->reverse_id && w->instance,
        [TASK] = w->task_id && w->instance,
        [INSTANCE] = w->instance,
        [READERS] = w->readers,
        [CLUSTER] = w->cluster,
        [SOURCE] = w->source,
        [FUNCTION] = w->function,
        [VALIDATION] = w->function,
        [WORKFLOW] = w->workflow,
        [CUTOVER] = w->cutover,
        [OUTCOME] = w->cutover,
    };
    return there[s];
}

static void add_dimension(const cfn__construct *c, cfn_node *list, const char *name,
                          const cfn_node *value)
{
    cfn_node *dimension = cfn__single(&c->make, "Name", cfn__string(&c->make, name));
    cfn__append(list, cfn__put(dimension, "Value", cfn__copy(c->make.arena, value)));
}

/* All of them: CloudWatch knows a metric by its whole set. */
static cfn_node *dimensions(cfn__expansion *x, const cfn__construct *c, const watched *w, subject s)
{
    const cfn__maker *make = &c->make;
    cfn_node *list = cfn__list(make);
    if (s == RULE)
        add_dimension(c, list, "RuleName", cfn__ref_node(make, cfn__role_id(x, c, rule_role)));
    if (s == TASK || s == REVERSE || s == INSTANCE)
        add_dimension(c, list, "ReplicationInstanceIdentifier", w->instance);
    if (s == TASK)
        add_dimension(c, list, "ReplicationTaskIdentifier", w->task_id);
    if (s == REVERSE)
        add_dimension(c, list, "ReplicationTaskIdentifier", w->reverse_id);
    if (s == SOURCE)
        add_dimension(c, list, "DBInstanceIdentifier", w->source);
    if (s == READERS || s == CLUSTER)
        add_dimension(c, list, "DBClusterIdentifier", w->cluster);
    if (s == READERS)
        add_dimension(c, list, "Role", cfn__string(make, "READER"));
    if (s == FUNCTION || s == VALIDATION)
        add_dimension(c, list, "FunctionName", w->function);
    if (s == CUTOVER || s == OUTCOME)
        add_dimension(c, list, "FunctionName", w->cutover);
    if (s == WORKFLOW)
        add_dimension(c, list, "StateMachineArn", w->workflow);
    return list;
}

/* ---- the rule ---- */

static cfn_node *strings(const cfn__maker *make, const char *const *texts)
{
    cfn_node *list = cfn__list(make);
    for (; *texts; texts++)
        cfn__append(list, cfn__string(make, *texts));
    return list;
}

/* A task that ends by an error may send either of the two.
 * https://docs.aws.amazon.com/dms/latest/userguide/CHAP_EventBridge.html */
static cfn_node *event_pattern(const cfn__construct *c, const watched *w)
{
    static const char *const source[] = {"aws.dms", NULL};
    static const char *const detail[] = {"DMS Replication Task State Change", NULL};
    static const char *const types[] = {"REPLICATION_TASK_FAILED", "REPLICATION_TASK_STOPPED",
                                        NULL};
    const props_type *props = c->props;
    const cfn__maker *make = &c->make;
    cfn_node *tasks = cfn__list(make);
    cfn__append(tasks, cfn__str_node(make, cfn_dms_replication_task_arn(props->task)));
    if (w->reverse_id)
        cfn__append(tasks, cfn__get_att_node(make, props->task.handle.id, "Reverse"));
    cfn_node *pattern = cfn__single(make, "source", strings(make, source));
    cfn__put(pattern, "detail-type", strings(make, detail));
    cfn__put(pattern, "resources", tasks);
    return cfn__put(pattern, "detail", cfn__single(make, "eventType", strings(make, types)));
}

static void make_rule(cfn__expansion *x, cfn__construct *c, const watched *w)
{
    static const cfn__name_rule rule = {"a rule name", 64, "._", false, false};
    const props_type *props = c->props;
    cfn_node *name = cfn__name(x, c, rule_role, &rule);
    const aws_events_Rule_Targets_InputTransformer message = {
        .InputPathsMap =
            CFN_MAP({"task", cfn_s("$.resources[0]")}, {"event", cfn_s("$.detail.eventType")},
                    {"time", cfn_s("$.time")}, {"message", cfn_s("$.detail.detailMessage")}),
        .InputTemplate = cfn_s("\"<event> of <task> at <time>: <message>\""),
    };
    const aws_events_Rule_Targets target = {
        .Arn = cfn_sns_topic_arn(props->topic),
        .Id = cfn_s("Topic"),
        .InputTransformer = &message,
    };
    CFN__RESOURCE(aws_events_Rule, x, c, rule_role,
                  &(aws_events_Rule_props){
                      .Description = cfn_s("The DMS task failed or stopped"),
                      .EventPattern = cfn__json_of_node(event_pattern(c, w)),
                      .Name = cfn_of_node(name),
                      .State = cfn_s("ENABLED"),
                      .Tags = cfn__tags(x, c, name, props->tags),
                      .Targets = CFN_ITEMS(aws_events_Rule_Targets, target),
                  });
}

/* ---- expansion ---- */

/* The cutover asks the composite alarm, and a failure of its own is tried again; so it is left out
 * there. */
static bool is_of_cutover(subject s)
{
    return s == CUTOVER || s == OUTCOME;
}

static const cfn__name_rule alarm_rule = {"an alarm name", 255, "/_.:#@ ", false, false};

static void make_alarm(cfn__expansion *x, cfn__construct *c, const watched *w, const alarm_row *row)
{
    enum { MINUTE = 60 };
    const props_type *props = c->props;
    cfn_node *name = cfn__name(x, c, row->role, &alarm_rule);
    const cfn_str topic = cfn_sns_topic_arn(props->topic);
    cfn_node *made = CFN__RESOURCE(
        aws_cloudwatch_Alarm, x, c, row->role,
        &(aws_cloudwatch_Alarm_props){
            .ActionsEnabled = props->actions_enabled,
            .AlarmActions = CFN_LIST(topic),
            .AlarmDescription = cfn_s(row->description),
            .AlarmName = cfn_of_node(name),
            .ComparisonOperator = cfn_s(row->comparison),
            .Dimensions = {.all = cfn_of_node(dimensions(x, c, w, row->subject))},
            .EvaluationPeriods = cfn_i(row->periods),
            .MetricName = cfn_s(row->metric),
            .Namespace = cfn_s(namespaces[row->subject]),
            .OKActions = {.items = props->notify_ok.value ? &topic : NULL, .count = 1},
            .Period = cfn_i(MINUTE),
            .Statistic = cfn_s(row->statistic),
            .Tags = cfn__tags(x, c, NULL, props->tags),
            .Threshold = row->threshold(x, c),
            .TreatMissingData = cfn_s(row->missing),
        });
    /* Until there is a reader its lag is missing. */
    const char *cluster = props->cluster.handle.id;
    if (row->subject == READERS && cluster)
        cfn__resource_depends_on(x, made, cfn__format(c->make.arena, "%sReader1", cluster));
}

/* Whether any of the alarms is on. It tells nobody, since each of them does. */
static void make_summary(cfn__expansion *x, cfn__construct *c, const char *states)
{
    const props_type *props = c->props;
    cfn_node *name = cfn__name(x, c, "", &alarm_rule);
    CFN__RESOURCE(aws_cloudwatch_CompositeAlarm, x, c, "",
                  &(aws_cloudwatch_CompositeAlarm_props){
                      .AlarmDescription = cfn_s("Something is wrong with the migration"),
                      .AlarmName = cfn_of_node(name),
                      .AlarmRule = cfn_sub(states),
                      .Tags = cfn__tags(x, c, NULL, props->tags),
                  });
}

void cfn__wire_migration_alarms(cfn__expansion *x, cfn__construct *c)
{
    const props_type *props = c->props;
    cfn__sns_topic_admit(x, props->topic, CFN__CLOUDWATCH);
    if (cfn__handle_is_set(&props->task.handle))
        cfn__sns_topic_admit(x, props->topic, CFN__EVENTBRIDGE);
}

void cfn__expand_migration_alarms(cfn__expansion *x, cfn__construct *c)
{
    watched w = watch(x, c);
    const char *states = "";
    if (!cfn__check_migration_alarms(x, c))
        w.instance = NULL;
    if (w.task_id)
        make_rule(x, c, &w);
    for (size_t i = 0; i < CFN__COUNT(alarms); i++) {
        if (!is_there(&w, alarms[i].subject))
            continue;
        const char *id = cfn__role_id(x, c, alarms[i].role);
        make_alarm(x, c, &w, &alarms[i]);
        if (is_of_cutover(alarms[i].subject))
            continue;
        states =
            cfn__format(c->make.arena, "%s%sALARM(\"${%s}\")", states, *states ? " OR " : "", id);
    }
    if (*states)
        make_summary(x, c, states);
}

/* ---- for a dashboard ---- */

cfn_node *cfn__migration_alarm_arns(cfn__expansion *x, const cfn__construct *c)
{
    const watched w = watch(x, c);
    cfn_node *arns = cfn__list(&c->make);
    for (size_t i = 0; i < CFN__COUNT(alarms); i++)
        if (is_there(&w, alarms[i].subject))
            cfn__append(arns,
                        cfn__get_att_node(&c->make, cfn__role_id(x, c, alarms[i].role), "Arn"));
    return arns;
}

cfn_num cfn__migration_threshold(cfn__expansion *x, cfn__construct *c, const char *role)
{
    const watched w = watch(x, c);
    for (size_t i = 0; i < CFN__COUNT(alarms); i++)
        if (strcmp(alarms[i].role, role) == 0 && is_there(&w, alarms[i].subject))
            return alarms[i].threshold(x, c);
    return cfn_n_of(cfn_s(NULL));
}
