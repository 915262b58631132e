/* What the workflow of a validator does: plan, compare the items in a Distributed Map, look again
 * at what differed, decide, tell. docs/validator.md describes the events and answers.
 *
 * Errors are tried again where that may help, and else fail the execution where they stand: what is
 * caught could not be redriven, and hours of comparing would be lost. A rule tells of the failure.
 * https://docs.aws.amazon.com/step-functions/latest/dg/redrive-executions.html */
#include "constructs/migration_workflow.h"
#include "constructs/states.h"

typedef cfn_migration_validator_props props_type;

#define RUN "$$.Execution.Name"

/* The function: what a failover or a rotation lets pass. */
static const char *const passing[] = {
    "Validator.Unreachable",        "Validator.AuthenticationFailed", "Validator.SecretUnavailable",
    "Validator.ExpiredCredentials", "Validator.StorageFailed",        NULL};

static cfn_node *invoke(const cfn__construct *c, const cfn__invocation *facts)
{
    return cfn__then(&c->make, cfn__invoke(c, facts, passing), facts->next);
}

static cfn_node *is_done(const cfn__construct *c, const char *variable, const char *yes,
                         const char *no)
{
    const cfn__maker *make = &c->make;
    return cfn__choice(make, cfn__append(cfn__list(make), cfn__when_true(make, variable, yes)), no);
}

/* ---- one part of the work ---- */

/* It is compared in as many invocations as it takes; each goes on with what the one before it has
 * left, in which all is that is known. */
static cfn_node *part_states(const cfn__construct *c)
{
    static const cfn__invocation check = {
        "check", {"run.$", "$.run", "work.$", "$.work", NULL}, "$.check", "IsPartDone"};
    static const char *const rest[] = {"run.$", "$.run", "work.$", "$.check.answer.next", NULL};
    const cfn__maker *make = &c->make;
    cfn_node *states = cfn__single(make, "Check", invoke(c, &check));
    cfn__put(states, "IsPartDone", is_done(c, "$.check.answer.done", "PartResult", "Rest"));
    cfn_node *again = cfn__state(make, "Pass");
    cfn__put(again, "Parameters", cfn__paths(make, cfn__map(make), rest));
    cfn__put(states, "Rest", cfn__then(make, again, "Check"));
    cfn_node *result = cfn__state(make, "Succeed");
    cfn__put(result, "OutputPath", cfn__string(make, "$.check.answer.result"));
    return cfn__put(states, "PartResult", result);
}

/* ---- the map ---- */

/* With a bucket the plan may be of any size; without, it must fit into the 256 KB of a state. */
static void add_items(const cfn__construct *c, cfn_node *map)
{
    static const char *const object[] = {"Bucket.$", "$.plan.answer.itemsObject.bucket", "Key.$",
                                         "$.plan.answer.itemsObject.key", NULL};
    const cfn__maker *make = &c->make;
    if (!cfn__is_set(((const props_type *)c->props)->report_bucket)) {
        cfn__put(map, "ItemsPath", cfn__string(make, "$.plan.answer.items"));
        return;
    }
    cfn_node *reader = cfn__single(
        make, "Resource", cfn__sub_node(make, "arn:${AWS::Partition}:states:::s3:getObject"));
    cfn__put(reader, "ReaderConfig", cfn__single(make, "InputType", cfn__string(make, "JSON")));
    cfn__put(reader, "Parameters", cfn__paths(make, cfn__map(make), object));
    cfn__put(map, "ItemReader", reader);
}

static cfn_node *processor(const cfn__construct *c)
{
    const cfn__maker *make = &c->make;
    cfn_node *config = cfn__single(make, "Mode", cfn__string(make, "DISTRIBUTED"));
    cfn__put(config, "ExecutionType", cfn__string(make, "STANDARD"));
    cfn_node *map = cfn__single(make, "ProcessorConfig", config);
    cfn__put(map, "StartAt", cfn__string(make, "Check"));
    return cfn__put(map, "States", part_states(c));
}

static cfn_node *compare(const cfn__construct *c)
{
    static const char *const item[] = {"run.$", RUN, "work.$", "$$.Map.Item.Value", NULL};
    const cfn_migration_workflow *workflow = &((const props_type *)c->props)->workflow;
    const cfn__maker *make = &c->make;
    cfn_node *map = cfn__state(make, "Map");
    add_items(c, map);
    cfn__put(map, "ItemSelector", cfn__paths(make, cfn__map(make), item));
    cfn__put(map, "ItemProcessor", processor(c));
    cfn__put(map, "MaxConcurrency", cfn__int_node(make, workflow->max_concurrency));
    cfn__put(map, "ToleratedFailureCount", cfn__integer(make, 0));
    cfn__put(map, "Label", cfn__string(make, "Compare"));
    cfn__put(map, "ResultPath", cfn__string(make, "$.results"));
    return cfn__then(make, map, "Recheck");
}

/* ---- what comes after it ---- */

static cfn_node *notify(const cfn__construct *c, cfn_sns_topic topic)
{
    static const char *const message[] = {
        "Subject.$", "States.Format('Source and target: {}', $.gate.answer.verdict)", "Message.$",
        "States.JsonToString($.gate.answer)", NULL};
    return cfn__then(&c->make, cfn__tell(&c->make, topic, message), "Verdict");
}

static void add_ending(const cfn__construct *c, cfn_node *states)
{
    const cfn_sns_topic topic = cfn__workflow_topic(c->props);
    bool told = cfn__handle_is_set(&topic.handle);
    const cfn__invocation gate = {"gate",
                                  {"run.$", RUN, "plan.$", "$.plan.answer.result", "results.$",
                                   "$.results", "recheck.$", "$.recheck.answer.result", NULL},
                                  "$.gate",
                                  told ? "Notify" : "Verdict"};
    cfn__put(states, "Gate", invoke(c, &gate));
    if (told)
        cfn__put(states, "Notify", notify(c, topic));
    cfn_node *verdict = cfn__state(&c->make, "Succeed");
    cfn__put(verdict, "OutputPath", cfn__string(&c->make, "$.gate.answer"));
    cfn__put(states, "Verdict", verdict);
}

cfn_node *cfn__workflow_definition(const cfn__construct *c)
{
    static const cfn__invocation plan = {"plan", {"run.$", RUN, NULL}, "$.plan", "Compare"};
    static const cfn__invocation recheck = {
        "recheck", {"run.$", RUN, "results.$", "$.results", NULL}, "$.recheck", "IsRecheckDone"};
    static const cfn__invocation recheck_on = {"recheck",
                                               {"run.$", RUN, "work.$", "$.recheck.answer.next",
                                                "pieces.$", "$.recheck.answer.result.pieces", NULL},
                                               "$.recheck",
                                               "IsRecheckDone"};
    const cfn_migration_workflow *workflow = &((const props_type *)c->props)->workflow;
    const cfn__maker *make = &c->make;
    cfn_node *states = cfn__single(make, "Plan", invoke(c, &plan));
    cfn__put(states, "Compare", compare(c));
    cfn__put(states, "Recheck", invoke(c, &recheck));
    cfn__put(states, "IsRecheckDone", is_done(c, "$.recheck.answer.done", "Gate", "RecheckOn"));
    cfn__put(states, "RecheckOn", invoke(c, &recheck_on));
    add_ending(c, states);
    cfn_node *definition = cfn__single(make, "StartAt", cfn__string(make, "Plan"));
    cfn__put(definition, "TimeoutSeconds",
             cfn__int_node(make, cfn__int_or(workflow->timeout_in_seconds, 86400)));
    return cfn__put(definition, "States", states);
}
