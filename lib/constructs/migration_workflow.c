/* The workflow of Cfngen::Migration::Validator: what its state machine may do, and who starts it.
 */
#include "constructs/migration_workflow.h"
#include "constructs/migration_alarms.h"
#include "constructs/state_machine.h"

typedef cfn_migration_validator_props props_type;

#define STATES_ARN "arn:${AWS::Partition}:states:${AWS::Region}:${AWS::AccountId}:"

cfn_sns_topic cfn__workflow_topic(const props_type *props)
{
    return cfn__handle_is_set(&props->workflow.topic.handle) ? props->workflow.topic
                                                             : props->failure_topic;
}

/* ---- wiring ---- */

static cfn__state_machine machine_of(const cfn__construct *c)
{
    const props_type *props = c->props;
    return (cfn__state_machine){
        .name = ((const cfn__validator_state *)c->state)->workflow_name,
        .encryption_key = props->encryption_key,
        .topic = cfn__workflow_topic(props),
        .failed = "The comparison of source and target failed",
        .told = "Source and target were not compared",
        .log_retention_in_days = props->log_retention_in_days,
        .permissions_boundary = props->permissions_boundary,
        .tags = props->tags,
    };
}

void cfn__wire_workflow(cfn__expansion *x, cfn__construct *c)
{
    cfn__validator_state *state = c->state;
    if (!cfn__has_workflow(c->props))
        return;
    state->workflow_name = cfn__state_machine_name(x, c);
    const cfn__state_machine machine = machine_of(c);
    cfn__wire_state_machine(x, c, &machine);
}

/* ---- the role ---- */

/* The items of a Distributed Map are executions of the machine itself; its ARN is put together, as
 * the role is there before it.
 * https://docs.aws.amazon.com/step-functions/latest/dg/iam-policies-eg-dist-map.html */
static void append_own(const cfn__construct *c, cfn_node *list)
{
    static const char *const start[] = {"states:StartExecution", NULL};
    static const char *const follow[] = {"states:DescribeExecution", "states:RedriveExecution",
                                         "states:StopExecution", NULL};
    const cfn__validator_state *state = c->state;
    const cfn__maker *make = &c->make;
    cfn_node *name = state->workflow_name;
    cfn__append(list, cfn__allow(make, "StartItems", start,
                                 cfn__concat(make, STATES_ARN "stateMachine:",
                                             cfn__copy(make->arena, name), "")));
    cfn__append(
        list,
        cfn__allow(make, "FollowItems", follow,
                   cfn__concat(make, STATES_ARN "execution:", cfn__copy(make->arena, name), "/*")));
}

static cfn_node *statements_of(const cfn__construct *c)
{
    static const char *const invoke[] = {"lambda:InvokeFunction", NULL};
    static const char *const read[] = {"s3:GetObject", NULL};
    static const char *const decrypt[] = {"kms:Decrypt", NULL};
    const cfn__maker *make = &c->make;
    cfn_node *list = cfn__list(make);
    cfn__append(list, cfn__allow(make, "Invoke", invoke, cfn__get_att_node(make, c->id, "Arn")));
    append_own(c, list);
    cfn__append_all(make, list, cfn__report_statements(c, read, decrypt));
    return list;
}

void cfn__make_workflow(cfn__expansion *x, cfn__construct *c)
{
    static const char *const start[] = {"states:StartExecution", NULL};
    const props_type *props = c->props;
    const cfn__state_machine machine = machine_of(c);
    const cfn__maker *make = &c->make;
    if (!cfn__has_workflow(props))
        return;
    cfn__make_state_machine(x, c, &machine, cfn__workflow_definition(c), statements_of(c));
    if (!cfn__is_set(props->schedule_expression))
        return;
    cfn_node *id = cfn__ref_node(make, cfn__role_id(x, c, "Workflow"));
    cfn__make_service_role(x, c, &machine, "ScheduleRole", "events.amazonaws.com",
                           cfn__append(cfn__list(make), cfn__allow(make, "Start", start, id)));
}

/* ---- for the alarms ---- */

cfn_node *cfn__watched_workflow(cfn__expansion *x, const cfn__construct *c)
{
    const cfn_migration_alarms_props *props = c->props;
    const cfn__maker *make = &c->make;
    cfn_node *validator = cfn__str_node(make, props->validator);
    const cfn_migration_validator named =
        cfn_migration_validator_named(cfn_node_text(cfn_node_get(validator, "Ref")));
    const cfn__construct *found = cfn__handle_construct(x, &named.handle);
    if (cfn__is_set(props->workflow))
        return cfn__str_node(make, props->workflow);
    if (!found || found->type != &cfn__migration_validator_type || !cfn__has_workflow(found->props))
        return NULL;
    return cfn__ref_node(make, cfn__role_id(x, found, "Workflow"));
}

/* ---- table ---- */

#define ROW(kind, name, member) CFN__ROW(cfn_migration_workflow, kind, name, member)
static const cfn__field fields[] = {
    {ROW(INT, "MaxConcurrency", max_concurrency), .flags = CFN__REQUIRED | CFN__SYNTH_TIME,
     .min = 1, .max = 100,
     .doc = "Invocations at a time: each opens a connection to both databases. 4 to 8 are enough "
            "for most."},
    {ROW(INT, "TimeoutInSeconds", timeout_in_seconds), .also = "TimeoutSeconds",
     .flags = CFN__SYNTH_TIME, .min = 60, .max = 31536000, .default_text = "86400: a day",
     .doc = "How long an execution may take."},
    {ROW(HANDLE, "Topic", topic), .construct = "Cfngen::SNS::Topic", .default_text = "FailureTopic",
     .doc = "The topic that is told the verdict, and of executions that failed."},
};
#undef ROW
const cfn_record cfn__migration_workflow_record =
    CFN__RECORD("Workflow", cfn_migration_workflow, fields);
