/* What EventBridge would refuse of a rule, and patterns that never match. */
#include "base/text.h"
#include "constructs/events_rule.h"

#include <string.h>

typedef cfn_events_rule_props props_type;

/* ---- when ---- */

static void check_when(cfn__expansion *x, const cfn__construct *c)
{
    const props_type *props = c->props;
    bool schedule = cfn__is_set(props->schedule_expression);
    cfn__check_schedule(x, c, "ScheduleExpression", props->schedule_expression, CFN__EVENT_BRIDGE);
    if (schedule != cfn__is_set(props->event_pattern.expression))
        return;
    cfn__report_property(x, c, schedule ? "EventPattern" : NULL, CFN2019,
                         schedule ? "ScheduleExpression and EventPattern exclude each other"
                                  : "a rule needs a ScheduleExpression or an EventPattern");
    cfn__hint(cfn__expansion_diagnostics(x),
              schedule ? "make two rules of it"
                       : "write ScheduleExpression: rate(1 hour), or EventPattern: {source: "
                         "[aws.dms]}");
}

/* ---- patterns ---- */

/* https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-events-structure.html */
static bool is_field(const char *key)
{
    static const char *const fields[] = {"version", "id",   "detail-type", "source",
                                         "account", "time", "region",      "resources",
                                         "detail",  "$or",  "replay-name"};
    bool found = false;
    for (size_t i = 0; i < CFN__COUNT(fields); i++)
        found |= strcmp(key, fields[i]) == 0;
    return found;
}

/* A value is a list of what is matched; a map goes one level down. */
static void check_values(cfn__expansion *x, const cfn__construct *c, const cfn_node *map,
                         const char *path)
{
    for (const cfn_node *n = cfn_node_first(map); n; n = cfn_node_next(n)) {
        const char *at = cfn__format(c->make.arena, "%s/%s", path, n->key);
        bool list = n->kind == CFN_KIND_LIST;
        if (n->kind == CFN_KIND_MAP)
            check_values(x, c, n, at);
        if (n->kind == CFN_KIND_MAP || (list && cfn_node_size(n)))
            continue;
        cfn__report_property(x, c, at, CFN4821, "EventBridge takes a list of values for %s",
                             n->key);
        cfn__hint(cfn__expansion_diagnostics(x),
                  list ? "an empty one matches nothing: take it out" : "write it in brackets");
    }
}

static void check_pattern(cfn__expansion *x, const cfn__construct *c)
{
    const cfn_node *pattern = ((const props_type *)c->props)->event_pattern.expression.node;
    for (const cfn_node *n = cfn_node_first(pattern); n; n = cfn_node_next(n)) {
        if (is_field(n->key))
            continue;
        cfn__report_property(x, c, cfn__format(c->make.arena, "EventPattern/%s", n->key), CFN4821,
                             "an event has no %s, so that the pattern never matches", n->key);
        cfn__hint(cfn__expansion_diagnostics(x),
                  "it has source, detail-type, resources, account, region, time and detail, below "
                  "which all else stands");
    }
    check_values(x, c, pattern, "EventPattern");
}

/* ---- targets ---- */

static bool is_again(const cfn__construct *c, size_t index)
{
    const cfn_events_target_list *targets = &((const props_type *)c->props)->targets;
    cfn_arena *arena = c->make.arena;
    const char *label =
        cfn__label(arena, cfn__str_node(&c->make, cfn__events_target_arn(&targets->items[index])));
    bool again = false;
    for (size_t i = 0; i < index; i++)
        again |=
            strcmp(label, cfn__label(arena, cfn__str_node(&c->make, cfn__events_target_arn(
                                                                        &targets->items[i])))) == 0;
    return again;
}

static void check_targets(cfn__expansion *x, const cfn__construct *c)
{
    const cfn_events_target_list *targets = &((const props_type *)c->props)->targets;
    for (size_t i = 0; i < targets->count; i++) {
        const cfn_events_target *target = &targets->items[i];
        const char *path = cfn__format(c->make.arena, "Targets/%zu", i);
        const char *machine = cfn__literal(target->state_machine);
        int kinds = cfn__handle_is_set(&target->function.handle) +
                    cfn__handle_is_set(&target->topic.handle) + cfn__is_set(target->state_machine);
        if (kinds != 1) {
            cfn__report_property(x, c, path, CFN2019,
                                 "a target is one Function, one Topic or one StateMachine");
            cfn__hint(cfn__expansion_diagnostics(x), "write a target for each");
        } else if (is_again(c, i)) {
            cfn__report_property(x, c, path, CFN4821, "this target is there already");
            cfn__hint(cfn__expansion_diagnostics(x), "take one of the two out, or make two rules");
        }
        if (!machine || (cfn__starts_with(machine, "arn:") && strstr(machine, ":stateMachine:")))
            continue;
        cfn__report_property(x, c, cfn__format(c->make.arena, "%s/StateMachine", path), CFN2024,
                             "\"%s\" is not the ARN of a state machine", machine);
        cfn__hint(cfn__expansion_diagnostics(x), "it is arn:aws:states:REGION:ACCOUNT:stateMachine:"
                                                 "NAME; of one of the stack !Ref Machine");
    }
}

static void check_queue(cfn__expansion *x, const cfn__construct *c)
{
    const char *queue = cfn__literal(((const props_type *)c->props)->failure_queue);
    if (!queue || (cfn__starts_with(queue, "arn:") && strstr(queue, ":sqs:")))
        return;
    cfn__report_property(x, c, "FailureQueue", CFN2024, "\"%s\" is not the ARN of a queue", queue);
    cfn__hint(cfn__expansion_diagnostics(x), "it is arn:aws:sqs:REGION:ACCOUNT:NAME; of a queue of "
                                             "the stack !GetAtt Queue.Arn");
}

void cfn__check_events_rule(cfn__expansion *x, const cfn__construct *c)
{
    check_when(x, c);
    check_pattern(x, c);
    check_targets(x, c);
    check_queue(x, c);
}
