/* What makes a metric one without data: dimensions that none has. CloudWatch takes them without
 * complaint, in alarms and on dashboards.
 * https://docs.aws.amazon.com/dms/latest/userguide/CHAP_Monitoring.html
 * https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Aurora.AuroraMonitoring.Metrics.html
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-monitoring.html */
#include "check/metric.h"

#include "base/text.h"

typedef cfn__metric metric;

/* The dimension's value; NULL when there is none of this name. */
static const cfn_node *dimension(const metric *m, const char *name)
{
    for (const cfn_node *n = cfn_node_first(m->dimensions); n; n = n->next)
        if (cfn__text_is(cfn_node_get(n, "Name"), name))
            return cfn_node_get(n, "Value");
    return NULL;
}

/* ---- what a value refers to ---- */

/* The id that a Ref, or a Fn::Sub of nothing else, names; NULL for all else. */
static const char *referred(const metric *m, const cfn_node *value)
{
    const cfn_node *argument = cfn__argument(value);
    const char *text = cfn_node_text(argument);
    size_t length = text ? strlen(text) : 0;
    if (cfn__function_of(value) == CFN__FN_REF)
        return text;
    if (cfn__function_of(value) != CFN__FN_SUB || length < 4 || !cfn__starts_with(text, "${") ||
        strchr(text, '}') != text + length - 1)
        return NULL;
    return cfn__strndup(m->arena, text + 2, length - 3);
}

static bool refers_to(const metric *m, const cfn_node *value, const char *type)
{
    const char *id = referred(m, value);
    const cfn_resource *resource = id ? cfn_template_resource(m->tpl, id) : NULL;
    return resource && strcmp(resource->type, type) == 0;
}

/* The text that is there before deployment: of a string, or around the variables of a Fn::Sub. */
static const char *known_text(const cfn_node *value)
{
    const cfn_node *sub = cfn_node_get(value, "Fn::Sub");
    return cfn_node_text(cfn__is_list(sub) ? sub->first : sub ? sub : value);
}

/* Ref of these types is the ARN. */
static bool is_arn(const metric *m, const cfn_node *value, const char *type)
{
    const char *text = known_text(value);
    return refers_to(m, value, type) || (text && cfn__starts_with(text, "arn:"));
}

/* DMS makes up ids of 26 and more capitals and digits. */
static bool is_made_up_id(const char *text)
{
    enum { SHORTEST = 20 };
    size_t length = strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789");
    return length >= SHORTEST && !text[length];
}

/* What a value is instead of the id at the end of a task's ARN; NULL when it may be that. */
static const char *task_fault(const metric *m, const cfn_node *value)
{
    const char *text = known_text(value);
    bool whole = text && cfn__starts_with(text, "${"); /* most likely the id itself */
    if (is_arn(m, value, "AWS::DMS::ReplicationTask"))
        return "this is the ARN of a task";
    if (text && !whole && !is_made_up_id(text))
        return "this is the name of a task";
    return NULL;
}

/* ---- DMS ---- */

static const char task_name[] = "ReplicationTaskIdentifier";
static const char instance_name[] = "ReplicationInstanceIdentifier";

static bool is_of_task(const metric *m)
{
    static const char *const prefixes[] = {"CDC", "FullLoad", "Validation"};
    bool of_task = dimension(m, task_name) != NULL;
    for (size_t i = 0; i < sizeof prefixes / sizeof *prefixes; i++)
        of_task |= cfn__starts_with(m->name, prefixes[i]);
    return of_task;
}

static void need_dimension(const metric *m, const char *name)
{
    if (dimension(m, name))
        return;
    m->tell(m, CFN4402, m->dimensions,
            cfn__format(m->arena, "%s has no data without the dimension %s", m->name, name),
            "metrics of an instance have the dimension ReplicationInstanceIdentifier, those of a "
            "task ReplicationTaskIdentifier too");
}

static void check_dms(const metric *m)
{
    const cfn_node *task = dimension(m, task_name), *instance = dimension(m, instance_name);
    const char *fault = task ? task_fault(m, task) : NULL;
    if (fault)
        m->tell(m, CFN4401, task,
                cfn__format(m->arena,
                            "%s, and CloudWatch knows a task by the id at the end of its ARN",
                            fault),
                "write !Select [6, !Split [\":\", !Ref Task]]; of a "
                "Cfngen::DMS::ReplicationTask, !GetAtt Task.ResourceId");
    if (instance && is_arn(m, instance, "AWS::DMS::ReplicationInstance"))
        m->tell(m, CFN4402, instance,
                "this is the ARN of an instance, and CloudWatch knows it by its identifier",
                "give the name of ReplicationInstanceIdentifier, in small letters; of a "
                "Cfngen::DMS::ReplicationInstance, !GetAtt Instance.Identifier");
    if (is_of_task(m))
        need_dimension(m, task_name);
    need_dimension(m, instance_name);
}

/* By the name that a construct gives it. */
static bool is_writer(const metric *m, const cfn_node *instance)
{
    return refers_to(m, instance, "AWS::RDS::DBInstance") &&
           cfn__ends_with(referred(m, instance), "Writer");
}

/* Readers alone have a lag: the writer is behind nobody. */
static void check_replica_lag(const metric *m)
{
    const cfn_node *role = dimension(m, "Role"), *instance = dimension(m, "DBInstanceIdentifier");
    bool of_cluster = dimension(m, "DBClusterIdentifier") != NULL;
    const char *fault = NULL;
    const cfn_node *at = m->dimensions;
    if (strcmp(m->name, "AuroraReplicaLag") != 0)
        return;
    if (instance && is_writer(m, instance)) {
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
    if (fault)
        m->tell(m, CFN4405, at, fault,
                "use DBClusterIdentifier with Role READER, or one reader's DBInstanceIdentifier; "
                "the largest lag of all readers is AuroraReplicaLagMaximum of the "
                "DBClusterIdentifier");
}

static void check_events(const metric *m)
{
    if (strcmp(m->name, "MatchedEvents") == 0 && dimension(m, "RuleName"))
        m->tell(m, CFN4413, NULL, "MatchedEvents has no dimension RuleName, so it never has data",
                "use TriggeredRules");
}

void cfn__check_metric(const cfn__metric *m)
{
    static const struct {
        const char *space;
        void (*check)(const metric *);
    } spaces[] = {
        {"AWS/DMS", check_dms}, {"AWS/RDS", check_replica_lag}, {"AWS/Events", check_events}};
    for (size_t i = 0; i < sizeof spaces / sizeof *spaces; i++)
        if (strcmp(spaces[i].space, m->space) == 0)
            spaces[i].check(m);
}
