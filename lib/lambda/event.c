/* Reading events: one table says which members there are, what they hold and which action takes
 * them. What is wrong is told by the names of members, never by what is in them. */
#include "lambda/event.h"

#include "base/text.h"
#include "lambda/result.h"
#include "lambda/settings.h"

#include <cfngen/read.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

/* What is read takes at most so much memory. */
enum { MOST_MEMORY = 96 * 1024 * 1024, LONGEST_RUN = 128 };

enum { PLAN = 1, CHECK = 2, RECHECK = 4, GATE = 8, ANY = 15, COMPARES = CHECK | RECHECK | GATE };

static const char *const action_names[] = {"plan", "check", "recheck", "gate", NULL};

const char *cfn__action_name(cfn__action action)
{
    return action_names[action];
}

/* ---- kinds of members: each takes a node, or says no ---- */

typedef bool (*taker)(cfn_arena *arena, const cfn_node *node, void *to);

static bool take_name(cfn_arena *arena, const cfn_node *node, void *to)
{
    const char *text = cfn_node_text(node);
    (void)arena;
    if (!cfn__is_string(node) || !cfn__is_alphanumeric(*text) || strlen(text) > LONGEST_RUN)
        return false;
    for (const char *p = text; *p; p++)
        if (!cfn__is_alphanumeric(*p) && !strchr("._-", *p))
            return false;
    *(const char **)to = text;
    return true;
}

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

static bool take_number(const cfn_node *node, double least, double most, bool whole, void *to)
{
    const char *text = cfn_node_text(node);
    *(const char **)to = text;
    return cfn_node_kind(node) == CFN_KIND_NUMBER && cfn__is_number_within(text, least, most) &&
           !(whole && strchr(text, '.'));
}

static bool take_seconds(cfn_arena *arena, const cfn_node *node, void *to)
{
    (void)arena;
    return take_number(node, 0, 900, false, to);
}

static bool take_percent(cfn_arena *arena, const cfn_node *node, void *to)
{
    (void)arena;
    return take_number(node, 1, 100, true, to);
}

static bool take_count(cfn_arena *arena, const cfn_node *node, void *to)
{
    const char *text = NULL;
    (void)arena;
    if (!take_number(node, 1, 1e12, true, (void *)&text))
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

static bool take_bool(cfn_arena *arena, const cfn_node *node, void *to)
{
    (void)arena;
    *(bool *)to = strcmp(cfn_node_text(node) ? cfn_node_text(node) : "", "true") == 0;
    return cfn_node_kind(node) == CFN_KIND_BOOLEAN;
}

static bool take_nothing(cfn_arena *arena, const cfn_node *node, void *to)
{
    (void)arena;
    (void)node;
    (void)to;
    return true;
}

/* ---- members ---- */

static const struct {
    const char *name;
    size_t at;
    taker take;
    unsigned actions;
    const char *form; /* what it must be */
} members[] = {
#define MEMBER(name) offsetof(cfn__event, name)
    {"action", 0, take_nothing, ANY, ""},
    {"run", MEMBER(run), take_name, ANY,
     "a text of at most 128 letters, digits and ._-, which begins with a letter or digit"},
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
    {"report", MEMBER(report), take_bool, COMPARES, "true or false"},
#undef MEMBER
};

enum { MEMBER_COUNT = sizeof members / sizeof *members };

static bool take_member(cfn_arena *arena, const cfn_node *node, cfn__event *event,
                        cfn__failure *failure)
{
    const char *key = cfn_node_key(node), *action = action_names[event->action];
    for (size_t i = 0; i < MEMBER_COUNT; i++) {
        if (strcmp(key, members[i].name) != 0)
            continue;
        if (!(members[i].actions & (1U << event->action)))
            return cfn__fails(failure, CFN__BAD_EVENT, "the action %s takes no %s", action, key);
        return members[i].take(arena, node, (char *)event + members[i].at) ||
               cfn__fails(failure, CFN__BAD_EVENT, "%s must be %s", key, members[i].form);
    }
    cfn__nearest nearest = cfn__nearest_to(key);
    for (size_t i = 0; i < MEMBER_COUNT; i++)
        cfn__nearest_offer(&nearest, members[i].name);
    return cfn__fails(failure, CFN__BAD_EVENT,
                      "the event has a member %.60s, which is not known%s%s%s", key,
                      nearest.best ? "; did you mean " : "", nearest.best ? nearest.best : "",
                      nearest.best ? "?" : "");
}

static bool take_action(const cfn_node *root, cfn__event *event, cfn__failure *failure)
{
    const cfn_node *action = cfn_node_get(root, "action");
    for (int i = 0; action_names[i]; i++)
        if (cfn__text_is(action, action_names[i])) {
            event->action = (cfn__action)i;
            return true;
        }
    return cfn__fails(failure, CFN__BAD_EVENT,
                      "the event's action must be plan, check, recheck or gate");
}

static bool take_event(cfn_arena *arena, const cfn_node *root, cfn__event *event,
                       cfn__failure *failure)
{
    if (!cfn_node_get(root, "action") && cfn__text_is(cfn_node_get(root, "source"), "aws.events")) {
        event->action = CFN__ACTION_CHECK;
        event->is_scheduled = true;
        return true;
    }
    if (!take_action(root, event, failure))
        return false;
    for (const cfn_node *n = cfn_node_first(root); n; n = cfn_node_next(n))
        if (!take_member(arena, n, event, failure))
            return false;
    if (event->action == CFN__ACTION_RECHECK && !event->work == !event->results)
        return cfn__fails(failure, CFN__BAD_EVENT, "a recheck needs either results or work");
    if (event->items && event->work)
        return cfn__fails(failure, CFN__BAD_EVENT, "a check takes either items or work");
    return true;
}

/* The text of a diagnostic may show what is in the event: its title does not. */
static bool is_no_json(cfn_diagnostics *diagnostics, cfn__failure *failure)
{
    const cfn_diagnostic *d = cfn_diagnostics_at(diagnostics, 0);
    if (!d || d->id == CFN0001)
        return cfn__fails(failure, CFN__OUT_OF_MEMORY, "memory is out while the event is read");
    return cfn__fails(failure, CFN__BAD_EVENT,
                      "the event is no JSON object: line %u, column %u: %s (%s)",
                      (unsigned)d->mark.line, (unsigned)d->mark.column, cfn_diagnostic_title(d->id),
                      cfn_diagnostic_name(d->id));
}

bool cfn__read_event(cfn_arena *arena, const char *text, size_t length, cfn__event *event,
                     cfn__failure *failure)
{
    cfn_diagnostics *diagnostics = cfn_diagnostics_new();
    bool taken = false;
    *event = (cfn__event){0};
    cfn_arena_set_limit(arena, MOST_MEMORY);
    const cfn_node *root =
        diagnostics ? cfn_read_text(arena, diagnostics, "event", text, length, CFN_FORMAT_JSON)
                    : NULL;
    if (root)
        taken = take_event(arena, root, event, failure);
    else if (diagnostics)
        is_no_json(diagnostics, failure);
    cfn_arena_set_limit(arena, 0);
    cfn_diagnostics_free(diagnostics);
    return taken;
}
