/* Mistakes with Cfngen::Migration::Alarms: what does not name a task, an instance or a function to
 * CloudWatch. Thresholds are looked at in the alarms that it makes. */
#include "constructs/lambda_function.h"
#include "constructs/migration_alarms.h"

#include "base/text.h"

#include <string.h>

typedef cfn_migration_alarms_props props_type;

void cfn__check_task_arn(cfn__expansion *x, const cfn__construct *c, const char *property,
                         cfn_dms_replication_task task)
{
    const char *arn = cfn__literal(task.handle.value);
    if (!arn || (cfn__starts_with(arn, "arn:") && strstr(arn, ":task:")))
        return;
    cfn__report_property(x, c, property, CFN4401,
                         "\"%s\" is not the ARN of a task, and CloudWatch knows a task by the id "
                         "at the end of it",
                         arn);
    cfn__hint(cfn__expansion_diagnostics(x), "`aws dms describe-replication-tasks` prints it");
}

void cfn__report_task_alone(cfn__expansion *x, const cfn__construct *c, const char *property)
{
    cfn__report_property(x, c, property, CFN4402,
                         "metrics of a task are known by its instance too, and none is given");
    cfn__hint(cfn__expansion_diagnostics(x), "add %sReplicationInstanceIdentifier",
              strchr(property, '/') ? "" : "ReplicationInstance, or ");
}

static void check_task(cfn__expansion *x, const cfn__construct *c)
{
    const props_type *props = c->props;
    cfn__check_task_arn(x, c, "Task", props->task);
    if (cfn__watched_instance(x, c).handle.id || !cfn__handle_is_set(&props->task.handle) ||
        cfn__is_set(props->replication_instance_identifier) ||
        cfn__handle_is_set(&props->replication_instance.handle))
        return;
    cfn__report_task_alone(x, c, "Task");
}

/* Ref of a resource AWS::DMS::ReplicationInstance is its ARN. */
bool cfn__is_instance_arn(cfn__expansion *x, cfn_str identifier)
{
    const char *text = cfn__literal(identifier);
    const char *id = cfn_node_text(cfn_node_get(identifier.node, "Ref"));
    const char *type = id ? cfn__declared_type(x, id) : NULL;
    if (type)
        return cfn__ends_with(type, "::DMS::ReplicationInstance");
    return text && cfn__starts_with(text, "arn:");
}

void cfn__report_instance_arn(cfn__expansion *x, const cfn__construct *c, const char *property)
{
    cfn__report_property(x, c, property, CFN4402,
                         "this is the ARN of an instance, and CloudWatch knows it by its "
                         "identifier");
    cfn__hint(cfn__expansion_diagnostics(x),
              "give its name, in small letters, in ReplicationInstanceIdentifier");
}

/* Whether CloudWatch can know the instance by what was given. */
static bool check_instance(cfn__expansion *x, const cfn__construct *c)
{
    const props_type *props = c->props;
    const cfn_handle *instance = &props->replication_instance.handle;
    const char *property = NULL;
    if (cfn__is_instance_arn(x, props->replication_instance_identifier))
        property = "ReplicationInstanceIdentifier";
    else if (cfn__is_set(instance->value))
        property = "ReplicationInstance";
    if (property) {
        cfn__report_instance_arn(x, c, property);
    } else if (instance->id && cfn__is_set(props->replication_instance_identifier)) {
        cfn__report_property(x, c, "ReplicationInstanceIdentifier", CFN2019,
                             "ReplicationInstance and ReplicationInstanceIdentifier exclude each "
                             "other");
        cfn__hint(cfn__expansion_diagnostics(x), "keep ReplicationInstance");
    }
    return !property;
}

static void check_workflow(cfn__expansion *x, const cfn__construct *c)
{
    const char *text = cfn__literal(((const props_type *)c->props)->workflow);
    if (!text || (cfn__starts_with(text, "arn:") && strstr(text, ":stateMachine:")))
        return;
    cfn__report_property(x, c, "Workflow", CFN2024, "\"%s\" is not the ARN of a state machine",
                         text);
    cfn__hint(cfn__expansion_diagnostics(x),
              "it is arn:aws:states:REGION:ACCOUNT:stateMachine:NAME; of one of the stack !Ref");
}

bool cfn__check_migration_alarms(cfn__expansion *x, const cfn__construct *c)
{
    const props_type *props = c->props;
    bool known = check_instance(x, c);
    check_task(x, c);
    cfn__check_function_name(x, c, "Validator", props->validator);
    cfn__check_function_name(x, c, "Cutover", props->cutover);
    check_workflow(x, c);
    if (cfn__handle_is_set(&props->task.handle) || cfn__handle_is_set(&props->cluster.handle) ||
        cfn__handle_is_set(&props->replication_instance.handle) ||
        cfn__is_set(props->replication_instance_identifier) || cfn__is_set(props->validator) ||
        cfn__handle_is_set(&props->source_instance.handle) || cfn__is_set(props->workflow))
        return known;
    cfn__report_property(x, c, NULL, CFN2019, "%s has nothing to watch", c->id);
    cfn__hint(
        cfn__expansion_diagnostics(x),
        "give it a Task, a ReplicationInstance, a Cluster, a SourceInstance, a Validator or a "
        "Workflow");
    return known;
}
