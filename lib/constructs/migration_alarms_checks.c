/* Mistakes with Cfngen::Migration::Alarms: what does not name a task, an instance or a function to
 * CloudWatch, and thresholds in another unit. */
#include "base/text.h"
#include "constructs/cloudwatch_alarm.h"
#include "constructs/migration_alarms.h"

#include <string.h>

typedef cfn_migration_alarms_props props_type;

static void check_task(cfn__expansion *x, const cfn__construct *c)
{
    const props_type *props = c->props;
    const char *arn = cfn__literal(props->task.handle.value);
    cfn_diagnostics *diagnostics = cfn__expansion_diagnostics(x);
    if (arn && !(cfn__starts_with(arn, "arn:") && strstr(arn, ":task:"))) {
        cfn__report_property(x, c, "Task", CFN4401,
                             "\"%s\" is not the ARN of a task, and CloudWatch knows a task by the "
                             "id at the end of it",
                             arn);
        cfn__hint(diagnostics, "`aws dms describe-replication-tasks` prints it");
    }
    if (!cfn__handle_is_set(&props->task.handle) ||
        cfn__is_set(props->replication_instance_identifier) ||
        cfn__handle_is_set(&props->replication_instance.handle))
        return;
    cfn__report_property(x, c, "Task", CFN4402,
                         "metrics of a task are known by its instance too, and none is given");
    cfn__hint(diagnostics, "add ReplicationInstance, or ReplicationInstanceIdentifier");
}

static void check_instance(cfn__expansion *x, const cfn__construct *c)
{
    const props_type *props = c->props;
    cfn_diagnostics *diagnostics = cfn__expansion_diagnostics(x);
    cfn_node *identifier = cfn__str_node(&c->make, props->replication_instance_identifier);
    const char *fault = identifier ? cfn__instance_identifier_fault(x, identifier) : NULL;
    if (fault) {
        cfn__report_property(x, c, "ReplicationInstanceIdentifier", CFN4402,
                             "%s, and CloudWatch knows it by its identifier", fault);
        cfn__hint(diagnostics, "give its name, in small letters");
    }
    if (cfn__is_set(props->replication_instance.handle.value)) {
        cfn__report_property(x, c, "ReplicationInstance", CFN4402,
                             "what names an instance that exists is its ARN, and CloudWatch knows "
                             "it by its identifier");
        cfn__hint(diagnostics, "give its name in ReplicationInstanceIdentifier");
    }
    if (identifier && cfn__handle_is_set(&props->replication_instance.handle))
        cfn__report_property(x, c, "ReplicationInstanceIdentifier", CFN2019,
                             "ReplicationInstance and ReplicationInstanceIdentifier exclude each "
                             "other");
}

/* AWS/Lambda has no ARNs. */
static void check_validator(cfn__expansion *x, const cfn__construct *c)
{
    cfn_str validator = ((const props_type *)c->props)->validator;
    const char *text = cfn__literal(validator);
    const cfn_node *attribute = cfn_node_at(cfn_node_get(validator.node, "Fn::GetAtt"), 1);
    if (!(text && cfn__starts_with(text, "arn:")) && !cfn__text_is(attribute, "Arn"))
        return;
    cfn__report_property(x, c, "Validator", CFN2024,
                         "Validator takes the name of a function, not its ARN");
    cfn__hint(cfn__expansion_diagnostics(x),
              text ? "the name is what follows :function:" : "write !Ref instead of !GetAtt");
}

static void check_thresholds(cfn__expansion *x, const cfn__construct *c)
{
    const cfn_migration_thresholds *given = &((const props_type *)c->props)->thresholds;
    cfn__check_lag_threshold(x, c, "Thresholds/ReplicaLagMilliseconds", "AuroraReplicaLag",
                             given->replica_lag_milliseconds);
    cfn__check_lag_threshold(x, c, "Thresholds/CDCLatencySourceSeconds", "CDCLatencySource",
                             given->cdc_latency_source_seconds);
    cfn__check_lag_threshold(x, c, "Thresholds/CDCLatencyTargetSeconds", "CDCLatencyTarget",
                             given->cdc_latency_target_seconds);
}

void cfn__check_migration_alarms(cfn__expansion *x, const cfn__construct *c)
{
    const props_type *props = c->props;
    check_task(x, c);
    check_instance(x, c);
    check_validator(x, c);
    check_thresholds(x, c);
    if (cfn__handle_is_set(&props->task.handle) || cfn__handle_is_set(&props->cluster.handle) ||
        cfn__handle_is_set(&props->replication_instance.handle) ||
        cfn__is_set(props->replication_instance_identifier) || cfn__is_set(props->validator))
        return;
    cfn__report_property(x, c, NULL, CFN2019, "%s has nothing to watch", c->id);
    cfn__hint(cfn__expansion_diagnostics(x),
              "give it a Task, a ReplicationInstance, a Cluster or a Validator");
}
