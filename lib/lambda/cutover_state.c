/* The state of a cutover. */
#include "lambda/cutover_state.h"

#include "lambda/http.h"
#include "lambda/members.h"
#include "lambda/timestamp.h"
#include "node/node.h"

#include <cfngen/write.h>
#include <stdlib.h>
#include <string.h>

static const char *const phases[] = {"waiting", "ready", "shifting", "complete", "rolled_back"};

const char *cfn__phase_name(cfn__phase phase)
{
    return phases[phase];
}

/* ---- reading ---- */

static bool take_whole(const cfn_node *node, int64_t most, int64_t *to)
{
    const char *text = cfn_node_text(node);
    if (cfn_node_kind(node) != CFN_KIND_NUMBER || strlen(text) > 15 ||
        strspn(text, "0123456789") != strlen(text))
        return false;
    *to = strtoll(text, NULL, 10);
    return *to <= most;
}

static bool take_weight(const cfn_node *node, int *to)
{
    int64_t weight;
    if (!take_whole(node, 100, &weight))
        return false;
    *to = (int)weight;
    return true;
}

static bool take_phase(const cfn_node *node, cfn__phase *to)
{
    for (size_t i = 0; i < sizeof phases / sizeof *phases; i++)
        if (cfn__text_is(node, phases[i])) {
            *to = (cfn__phase)i;
            return true;
        }
    return false;
}

static bool take_pending(const cfn_node *node, cfn__pending *to)
{
    const cfn_node *action = cfn_node_get(node, "action");
    if (!node || cfn_node_kind(node) == CFN_KIND_NULL)
        return true;
    const cfn_node *caught_up = cfn_node_get(node, "caughtUp");
    to->is_there = true;
    return (!caught_up || cfn__take_bool(NULL, caught_up, &to->caught_up)) &&
           cfn__take_bool(NULL, cfn_node_get(node, "reverse"), &to->reverse) &&
           cfn__is_string(action) && cfn__cutover_action_of(cfn_node_text(action), &to->action) &&
           to->action != CFN__STATUS && take_weight(cfn_node_get(node, "weight"), &to->weight);
}

static const struct {
    const char *name;
    size_t at;
} texts[] = {
#define TEXT(name)                                                                                 \
    {                                                                                              \
#name, offsetof(cfn__state, name)                                                          \
    }
    TEXT(change), TEXT(task), TEXT(reverse), TEXT(updated), TEXT(run), TEXT(by),
#undef TEXT
};

enum { TEXT_COUNT = sizeof texts / sizeof *texts };

static const char **text_at(cfn__state *state, size_t i)
{
    return (const char **)(void *)((char *)state + texts[i].at);
}

static const char *take_texts(const cfn_node *root, cfn__state *state)
{
    for (size_t i = 0; i < TEXT_COUNT; i++) {
        const cfn_node *node = cfn_node_get(root, texts[i].name);
        if (node && cfn_node_kind(node) != CFN_KIND_NULL && !cfn__is_string(node))
            return texts[i].name;
        *text_at(state, i) = cfn__is_string(node) ? cfn_node_text(node) : NULL;
    }
    return NULL;
}

const char *cfn__parse_state(cfn_arena *arena, const char *text, cfn__state *state)
{
    cfn_diagnostics *diagnostics = cfn_diagnostics_new();
    const cfn_node *root = diagnostics ? cfn_read_text(arena, diagnostics, "state", text,
                                                       strlen(text), CFN_FORMAT_JSON)
                                       : NULL;
    *state = (cfn__state){0};
    cfn_diagnostics_free(diagnostics);
    if (!cfn__is_map(root))
        return "it is no JSON object";
    if (!take_whole(cfn_node_get(root, "version"), INT64_MAX, &state->version))
        return "version is no whole number";
    if (!take_phase(cfn_node_get(root, "phase"), &state->phase))
        return "phase is none of waiting, ready, shifting, complete, rolled_back";
    if (!take_weight(cfn_node_get(root, "weight"), &state->weight))
        return "weight is no whole number from 0 to 100";
    if (!take_pending(cfn_node_get(root, "pending"), &state->pending))
        return "pending is no shift: an object with action, weight and reverse";
    return take_texts(root, state) ? "a member that must be a text is none" : NULL;
}

/* ---- writing ---- */

static cfn_node *pending_node(const cfn__maker *make, const cfn__pending *pending)
{
    cfn_node *node = cfn__map(make);
    cfn__put(node, "action", cfn__string(make, cfn__cutover_action_name(pending->action)));
    cfn__put(node, "weight", cfn__integer(make, pending->weight));
    if (pending->caught_up)
        cfn__put(node, "caughtUp", cfn__boolean(make, true));
    return cfn__put(node, "reverse", cfn__boolean(make, pending->reverse));
}

const char *cfn__state_text(cfn_arena *arena, const cfn__state *state)
{
    const cfn__maker make = {.arena = arena};
    cfn__state copy = *state;
    cfn_node *root = cfn__map(&make);
    cfn__put(root, "version", cfn__integer(&make, state->version));
    cfn__put(root, "phase", cfn__string(&make, phases[state->phase]));
    cfn__put(root, "weight", cfn__integer(&make, state->weight));
    if (state->pending.is_there)
        cfn__put(root, "pending", pending_node(&make, &state->pending));
    for (size_t i = 0; i < TEXT_COUNT; i++)
        if (*text_at(&copy, i))
            cfn__put(root, texts[i].name, cfn__string(&make, *text_at(&copy, i)));
    const cfn_write_options minified = {CFN_FORMAT_JSON, true};
    size_t length = 0;
    const char *text = cfn_write_text(arena, root, &minified, &length);
    if (!text || cfn_arena_failed(arena))
        return NULL;
    text = cfn__strndup(arena, text, length - 1); /* without the newline */
    return cfn_arena_failed(arena) ? NULL : text;
}

/* ---- the parameter ---- */

bool cfn__read_state(const cfn__caller *caller, cfn__parameter *parameter, cfn__state *state)
{
    if (!cfn__get_parameter(caller, parameter))
        return false;
    const char *wrong = cfn__parse_state(caller->arena, parameter->value, state);
    return !wrong ||
           cfn__fails(caller->failure, CFN__STATE_UNREADABLE,
                      "the state %s cannot be understood: %s; write "
                      "{\"version\":0,\"phase\":\"waiting\",\"weight\":0} to it, with the "
                      "weight that the record has",
                      parameter->name, wrong);
}

static cfn__between is_the_same(const void *context, const char *value)
{
    return strcmp(context, value) == 0 ? CFN__OURS : CFN__OTHERS;
}

bool cfn__write_state(const cfn__caller *caller, cfn__parameter *parameter, cfn__state *state)
{
    char *updated = cfn__alloc(caller->arena, CFN__TIMESTAMP_SIZE);
    bool lost = false;
    if (!updated)
        return cfn__fails(caller->failure, CFN__OUT_OF_MEMORY, "memory is out");
    cfn__write_timestamp(updated, cfn__milliseconds() / 1000);
    state->updated = updated;
    state->version++;
    const char *text = cfn__state_text(caller->arena, state);
    if (!text)
        return cfn__fails(caller->failure, CFN__OUT_OF_MEMORY, "memory is out");
    if (!cfn__put_parameter(caller, parameter, text, is_the_same, text, &lost))
        return false;
    return !lost || cfn__fails(caller->failure, CFN__STATE_CHANGED,
                               "someone else has written the state %s meanwhile: look at it and at "
                               "the record before trying again",
                               parameter->name);
}
