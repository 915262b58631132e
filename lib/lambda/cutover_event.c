/* Reading events of the cutover function. */
#include "lambda/cutover_event.h"

#include "lambda/members.h"
#include "node/node.h"

#include <stdlib.h>
#include <string.h>

enum { GRADUAL = 2, MANUAL = 4, BACK = 8, ANY = 15, SHIFTS = GRADUAL | MANUAL | BACK };

/* The last one stands in answers and the state alone. */
static const char *const action_names[] = {
    "status", "gradual_cutover", "manual_cutover", "rollback", NULL, "dms_event"};

const char *cfn__cutover_action_name(cfn__cutover_action action)
{
    return action == CFN__TASK_EVENT ? action_names[5] : action_names[action];
}

bool cfn__cutover_action_of(const char *name, cfn__cutover_action *action)
{
    for (int i = 0; action_names[i]; i++)
        if (strcmp(name, action_names[i]) == 0) {
            *action = (cfn__cutover_action)i;
            return true;
        }
    return false;
}

static bool take_weight(cfn_arena *arena, const cfn_node *node, void *to)
{
    const char *text = NULL;
    (void)arena;
    if (!cfn__take_number(node, 0, 100, true, (void *)&text))
        return false;
    *(int *)to = (int)strtol(text, NULL, 10);
    return true;
}

static const cfn__member members[] = {
#define MEMBER(name) offsetof(cfn__cutover_event, name)
    {"action", 0, cfn__take_nothing, ANY, ""},
    {"run", MEMBER(run), cfn__take_name, ANY, CFN__FORM_OF_RUN},
    {"aurora_weight", MEMBER(weight), take_weight, GRADUAL, "a whole number from 0 to 100"},
    {"force", MEMBER(force), cfn__take_bool, SHIFTS, "true or false"},
    {"reverse", MEMBER(reverse), cfn__take_bool, MANUAL | BACK, "true or false"},
#undef MEMBER
};

static const cfn__event_form form = {members, sizeof members / sizeof *members, action_names};

/* The states that DMS itself has for tasks, by the events that tell of them.
 * https://docs.aws.amazon.com/dms/latest/userguide/CHAP_EventBridge.html */
static const struct {
    const char *type, *status;
} told[] = {
    {"REPLICATION_TASK_CREATED", "ready"},   {"REPLICATION_TASK_STARTED", "running"},
    {"REPLICATION_TASK_STOPPED", "stopped"}, {"REPLICATION_TASK_FAILED", "failed"},
    {"REPLICATION_TASK_DELETED", "deleted"},
};

static bool take_task_event(const cfn_node *root, cfn__cutover_event *event, cfn__failure *failure)
{
    const cfn_node *arn = cfn_node_at(cfn_node_get(root, "resources"), 0);
    const cfn_node *type = cfn_node_get(cfn_node_get(root, "detail"), "eventType");
    event->action = CFN__TASK_EVENT;
    if (!cfn__text_is(cfn_node_get(root, "detail-type"), "DMS Replication Task State Change") ||
        !cfn__is_string(arn) || !cfn__is_string(type))
        return cfn__fails(failure, CFN__BAD_EVENT,
                          "the event is of DMS, but none of a task: the rule must match the "
                          "detail-type \"DMS Replication Task State Change\"");
    event->task = cfn_node_text(arn);
    event->told = "";
    for (size_t i = 0; i < sizeof told / sizeof *told; i++)
        if (cfn__text_is(type, told[i].type))
            event->told = told[i].status;
    return true;
}

static bool take_event(cfn_arena *arena, const cfn_node *root, cfn__cutover_event *event,
                       cfn__failure *failure)
{
    unsigned action;
    if (!cfn_node_get(root, "action") && cfn__text_is(cfn_node_get(root, "source"), "aws.dms"))
        return take_task_event(root, event, failure);
    event->weight = -1;
    if (!cfn__take_action(&form, root, &action, failure) ||
        !cfn__take_members(&form, arena, root, action, event, failure))
        return false;
    event->action = (cfn__cutover_action)action;
    if (event->action == CFN__GRADUAL_CUTOVER && event->weight < 0)
        return cfn__fails(failure, CFN__BAD_EVENT,
                          "a gradual_cutover needs an aurora_weight from 0 to 100");
    if (event->action != CFN__GRADUAL_CUTOVER)
        event->weight = event->action == CFN__MANUAL_CUTOVER ? 100 : 0;
    return true;
}

bool cfn__read_cutover_event(cfn_arena *arena, const char *text, size_t length,
                             cfn__cutover_event *event, cfn__failure *failure)
{
    *event = (cfn__cutover_event){0};
    const cfn_node *root = cfn__event_root(arena, text, length, failure);
    return root && take_event(arena, root, event, failure);
}
