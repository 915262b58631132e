/* What can be wrong with a cutover. */
#include "base/text.h"
#include "constructs/dms.h"
#include "constructs/migration_cutover.h"

#include <string.h>

typedef cfn_migration_cutover_props props_type;

static void say(cfn__expansion *x, const char *hint)
{
    cfn__hint(cfn__expansion_diagnostics(x), "%s", hint);
}

/* ---- what it works with ---- */

static void check_record(cfn__expansion *x, const cfn__construct *c)
{
    if (((const props_type *)c->props)->record.handle.id)
        return;
    cfn__report_property(x, c, "Record", CFN2019,
                         "the hosts of a record that exists are not known");
    say(x, "declare a Cfngen::Route53::CutoverRecord, and name it: !Ref Record");
}

static void check_arn(cfn__expansion *x, const cfn__construct *c, const char *property,
                      const cfn_handle *task)
{
    const char *text = cfn__literal(task->value);
    if (!text ||
        (cfn__starts_with(text, "arn:") && strstr(text, ":dms:") && strstr(text, ":task:")))
        return;
    cfn__report_property(x, c, property, CFN2024, "\"%s\" is not the ARN of a task", text);
    say(x, "it is arn:aws:dms:REGION:ACCOUNT:task:ID; of a task of this stack write !Ref");
}

/* One that only loads has no latency, so that the target is never ready. */
static void check_task(cfn__expansion *x, const cfn__construct *c)
{
    const props_type *props = c->props;
    const cfn__construct *task = cfn__handle_construct(x, &props->task.handle);
    check_arn(x, c, "Task", &props->task.handle);
    check_arn(x, c, "ReverseTask", &props->reverse_task.handle);
    if (task && strcmp(cfn__dms_migration_type(task->props), "full-load") == 0) {
        cfn__report_property(x, c, "Task", CFN4616,
                             "%s brings no changes, so the target is never ready for the traffic",
                             task->id);
        say(x, "write MigrationType: full-load-and-cdc");
    }
    if (props->task.handle.id && props->reverse_task.handle.id &&
        strcmp(props->task.handle.id, props->reverse_task.handle.id) == 0) {
        cfn__report_property(x, c, "ReverseTask", CFN2019, "the way back is the task itself");
        say(x, "name the task that reads from the target");
    }
}

static void check_instance(cfn__expansion *x, const cfn__construct *c)
{
    const props_type *props = c->props;
    bool named = cfn__is_set(props->replication_instance_identifier);
    if (named && cfn__handle_is_set(&props->replication_instance.handle)) {
        cfn__report_property(x, c, "ReplicationInstanceIdentifier", CFN2019,
                             "ReplicationInstance and ReplicationInstanceIdentifier exclude each "
                             "other");
        say(x, "keep ReplicationInstance");
    } else if (!cfn__cutover_instance(x, c)) {
        cfn__report_property(x, c, NULL, CFN2019,
                             "CloudWatch has the latency of a task by its instance, which is not "
                             "known");
        say(x, "give ReplicationInstance, or the name of one that exists as "
               "ReplicationInstanceIdentifier");
    }
}

static void check_validator(cfn__expansion *x, const cfn__construct *c)
{
    const props_type *props = c->props;
    cfn__check_function_name(x, c, "Validator", props->validator);
    if (cfn__is_set(props->validator) || !cfn__is_set(props->validation_max_age_seconds.expression))
        return;
    cfn__report_property(x, c, "ValidationMaxAgeSeconds", CFN2019,
                         "ValidationMaxAgeSeconds needs a Validator");
    say(x, "write Validator: !Ref Validator, or take it out");
}

/* ---- the workflow ---- */

static void check_steps(cfn__expansion *x, const cfn__construct *c, const cfn__construct *record)
{
    const cfn__cutover_steps steps = cfn__cutover_steps_of(x, c);
    bool gradual = steps.count > 1;
    if (steps.fault) {
        cfn__report_property(x, c, "Workflow/Steps", CFN4612, "these steps lead to no cutover: %s",
                             steps.fault);
        say(x, "write [20, 50, 80, 100], or leave them out");
    } else if (gradual && record && !cfn__is_weighted(record->props)) {
        cfn__report_property(x, c, "Workflow/Steps", CFN4611,
                             "%s is one record, which gives the target all traffic or none",
                             record->id);
        say(x, "leave Steps out; or write Mode: weighted in the record, where clients only read");
    } else if (gradual && record && !cfn__is_split_safe(record->props)) {
        cfn__report_property(x, c, "Record", CFN4613,
                             "between the steps both databases are written to, and drift apart");
        say(x, "write Mode: cname in the record, or ReadOnlyTraffic: true where clients only read; "
               "Steps: [100] moves everything at once");
    }
}

/* Every wait and, as each look at the target may come twice, a little more. */
static void check_time(cfn__expansion *x, const cfn__construct *c, const cfn__construct *record)
{
    enum { A_LOOK = 180 };
    const cfn_migration_cutover_workflow *workflow = &((const props_type *)c->props)->workflow;
    const cfn__cutover_steps steps = cfn__cutover_steps_of(x, c);
    int64_t wait = cfn__int_or(workflow->wait_seconds, CFN__CUTOVER_WAIT).value;
    int64_t limit = cfn__int_or(workflow->timeout_in_seconds, CFN__CUTOVER_TIMEOUT).value;
    int64_t needed = (int64_t)steps.count * (wait + A_LOOK);
    int64_t ttl = record ? ((const cfn_route53_cutover_record_props *)record->props)->ttl.value : 0;
    if (needed > limit) {
        cfn__report_property(x, c, "Workflow", CFN4615,
                             "an execution needs %lld seconds and more, and ends after %lld",
                             (long long)needed, (long long)limit);
        say(x, "give TimeoutInSeconds twice as many, or wait less");
    }
    if (wait < ttl) {
        cfn__report_property(x, c, "Workflow/WaitSeconds", CFN4615,
                             "after %lld seconds clients still use the answer before this step, "
                             "which they may remember for %lld",
                             (long long)wait, (long long)ttl);
        say(x, "wait longer than the TTL of the record");
    }
}

/* Where clients only read nothing is lost. */
static void check_way_back(cfn__expansion *x, const cfn__construct *c, const cfn__construct *record)
{
    if (cfn__cutover_reverse_task(x, c) || !record || cfn__is_read_only(record->props))
        return;
    cfn__report_property(x, c, "Task", CFN4614,
                         "what is written to the target after the cutover is not in the source, so "
                         "that there is no way back without a loss");
    say(x, "write Reverse: true in the task, or give a ReverseTask");
}

void cfn__check_cutover(cfn__expansion *x, const cfn__construct *c)
{
    const cfn_migration_cutover_props *props = c->props;
    const cfn__construct *record = cfn__cutover_record(x, c);
    check_record(x, c);
    check_task(x, c);
    check_instance(x, c);
    check_validator(x, c);
    check_steps(x, c, record);
    check_time(x, c, record);
    check_way_back(x, c, record);
    cfn__check_ssm_name(x, c, "StateParameterName", props->state_parameter_name);
    cfn__check_ssm_name(x, c, "LockParameterName", props->lock_parameter_name);
}
