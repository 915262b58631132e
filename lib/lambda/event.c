/* Reading events: one table says which members there are, what they hold and which action takes
 * them. What is wrong is told by the names of members, never by what is in them. */
#include "lambda/event.h"

#include "lambda/members.h"
#include "lambda/result.h"
#include "node/node.h"

#include <stdlib.h>
#include <string.h>

enum { PLAN = 1, CHECK = 2, RECHECK = 4, GATE = 8, ANY = 15, COMPARES = CHECK | RECHECK | GATE };

static const char *const action_names[] = {"plan", "check", "recheck", "gate", NULL};

const char *cfn__action_name(cfn__action action)
{
    return action_names[action];
}

/* ---- kinds of members: each takes a node, or says no ---- */

static bool is_table(const cfn_node *node)
{
    return cfn__is_string(node) && strchr(cfn_node_text(node), '.');
}

static bool take_table(cfn_arena *arena, const cfn_node *node, void *to)
{
    (void)arena;
    *(const char **)to = cfn_node_text(node);
    return is_table(node);
}

static bool take_tables(cfn_arena *arena, const cfn_node *node, void *to)
{
    (void)arena;
    *(const cfn_node **)to = node;
    for (const cfn_node *n = cfn_node_first(node); n; n = cfn_node_next(n))
        if (!is_table(n))
            return false;
    return cfn__is_list(node) && cfn_node_size(node) > 0;
}

static bool take_object(cfn_arena *arena, const cfn_node *node, void *to)
{
    (void)arena;
    *(const cfn_node **)to = node;
    return cfn__is_map(node);
}

static bool take_objects(cfn_arena *arena, const cfn_node *node, void *to)
{
    (void)arena;
    *(const cfn_node **)to = node;
    for (const cfn_node *n = cfn_node_first(node); n; n = cfn_node_next(n))
        if (!cfn__is_map(n))
            return false;
    return cfn__is_list(node) && cfn_node_size(node) > 0;
}

static bool take_result(cfn_arena *arena, const cfn_node *node, void *to)
{
    cfn__result result;
    *(const cfn_node **)to = node;
    return !cfn__read_result(arena, node, &result);
}

static bool take_results(cfn_arena *arena, const cfn_node *node, void *to)
{
    cfn__result result;
    *(const cfn_node **)to = node;
    for (const cfn_node *n = cfn_node_first(node); n; n = cfn_node_next(n))
        if (cfn__read_result(arena, n, &result))
            return false;
    return cfn__is_list(node);
}

static bool take_seconds(cfn_arena *arena, const cfn_node *node, void *to)
{
    (void)arena;
    return cfn__take_number(node, 0, 900, false, to);
}

static bool take_percent(cfn_arena *arena, const cfn_node *node, void *to)
{
    (void)arena;
    return cfn__take_number(node, 1, 100, true, to);
}

static bool take_count(cfn_arena *arena, const cfn_node *node, void *to)
{
    const char *text = NULL;
    (void)arena;
    if (!cfn__take_number(node, 1, 1e12, true, (void *)&text))
        return false;
    *(uint64_t *)to = strtoull(text, NULL, 10);
    return true;
}

static bool take_mode(cfn_arena *arena, const cfn_node *node, void *to)
{
    (void)arena;
    *(const char **)to = cfn_node_text(node);
    return cfn__text_is(node, "auto") || cfn__text_is(node, "digest") ||
           cfn__text_is(node, "stream");
}

/* ---- members ---- */

static const cfn__member members[] = {
#define MEMBER(name) offsetof(cfn__event, name)
    {"action", 0, cfn__take_nothing, ANY, ""},
    {"run", MEMBER(run), cfn__take_name, ANY, CFN__FORM_OF_RUN},
    {"tables", MEMBER(tables), take_tables, ANY, "a list of texts as shop.orders"},
    {"mappings", MEMBER(mappings), take_object, ANY, "table mappings: an object"},
    {"work", MEMBER(work), take_object, CHECK | RECHECK, "work: an object"},
    {"items", MEMBER(items), take_objects, CHECK, "a list of items of a plan"},
    {"pieces", MEMBER(pieces), take_count, CHECK | RECHECK, "a whole number above 0"},
    {"partRows", MEMBER(part_rows), take_count, PLAN, "a whole number above 0"},
    {"plan", MEMBER(plan), take_result, GATE, "the result of a plan"},
    {"results", MEMBER(results), take_results, RECHECK | GATE, "a list of results of checks"},
    {"recheck", MEMBER(recheck), take_result, GATE, "the result of a recheck"},
    {"settleSeconds", MEMBER(settle_seconds), take_seconds, COMPARES, "a number from 0 to 900"},
    {"heartbeat", MEMBER(heartbeat), take_table, COMPARES, "a text as shop.heartbeat"},
    {"maxLoad", MEMBER(max_load), take_percent, COMPARES, "a whole number from 1 to 100"},
    {"mode", MEMBER(mode), take_mode, COMPARES, "auto, digest or stream"},
    {"details", MEMBER(details), take_count, COMPARES, "a whole number above 0"},
    {"report", MEMBER(report), cfn__take_bool, COMPARES, "true or false"},
#undef MEMBER
};

static const cfn__event_form form = {members, sizeof members / sizeof *members, action_names};

static bool take_event(cfn_arena *arena, const cfn_node *root, cfn__event *event,
                       cfn__failure *failure)
{
    if (!cfn_node_get(root, "action") && cfn__text_is(cfn_node_get(root, "source"), "aws.events")) {
        event->action = CFN__ACTION_CHECK;
        event->is_scheduled = true;
        return true;
    }
    unsigned action;
    if (!cfn__take_action(&form, root, &action, failure))
        return false;
    event->action = (cfn__action)action;
    if (!cfn__take_members(&form, arena, root, action, event, failure))
        return false;
    if (event->action == CFN__ACTION_RECHECK && !event->work == !event->results)
        return cfn__fails(failure, CFN__BAD_EVENT, "a recheck needs either results or work");
    if (event->items && event->work)
        return cfn__fails(failure, CFN__BAD_EVENT, "a check takes either items or work");
    return true;
}

bool cfn__read_event(cfn_arena *arena, const char *text, size_t length, cfn__event *event,
                     cfn__failure *failure)
{
    *event = (cfn__event){0};
    const cfn_node *root = cfn__event_root(arena, text, length, failure);
    return root && take_event(arena, root, event, failure);
}
