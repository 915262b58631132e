/* Reading members by tables. What is wrong is told by the names of members, never by what is in
 * them. */
#include "lambda/members.h"

#include "base/buffer.h"
#include "base/text.h"
#include "lambda/settings.h"
#include "node/node.h"

#include <cfngen/read.h>
#include <string.h>

/* What is read takes at most so much memory. */
enum { MOST_MEMORY = 96 * 1024 * 1024, LONGEST_RUN = 128 };

/* ---- takers ---- */

bool cfn__take_name(cfn_arena *arena, const cfn_node *node, void *to)
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

bool cfn__take_bool(cfn_arena *arena, const cfn_node *node, void *to)
{
    (void)arena;
    *(bool *)to = strcmp(cfn_node_text(node) ? cfn_node_text(node) : "", "true") == 0;
    return cfn_node_kind(node) == CFN_KIND_BOOLEAN;
}

bool cfn__take_nothing(cfn_arena *arena, const cfn_node *node, void *to)
{
    (void)arena;
    (void)node;
    (void)to;
    return true;
}

bool cfn__take_number(const cfn_node *node, double least, double most, bool whole, void *to)
{
    const char *text = cfn_node_text(node);
    *(const char **)to = text;
    return cfn_node_kind(node) == CFN_KIND_NUMBER && cfn__is_number_within(text, least, most) &&
           !(whole && strchr(text, '.'));
}

/* ---- events ---- */

bool cfn__take_action(const cfn__event_form *form, const cfn_node *root, unsigned *action,
                      cfn__failure *failure)
{
    const cfn_node *node = cfn_node_get(root, "action");
    cfn__buffer all = {0};
    for (*action = 0; form->actions[*action]; ++*action)
        if (cfn__text_is(node, form->actions[*action]))
            return true;
    for (unsigned i = 0; i < *action; i++)
        cfn__buffer_format(&all, "%s%s",
                           i == 0            ? ""
                           : i + 1 < *action ? ", "
                                             : " or ",
                           form->actions[i]);
    cfn__fails(failure, CFN__BAD_EVENT, "the event's action must be %s",
               all.text ? all.text : "one that is known");
    cfn__buffer_free(&all);
    return false;
}

static bool take_member(const cfn__event_form *form, cfn_arena *arena, const cfn_node *node,
                        unsigned action, void *event, cfn__failure *failure)
{
    const char *key = cfn_node_key(node);
    for (const cfn__member *m = form->members; m < form->members + form->count; m++) {
        if (strcmp(key, m->name) != 0)
            continue;
        if (!(m->actions & (1U << action)))
            return cfn__fails(failure, CFN__BAD_EVENT, "the action %s takes no %s",
                              form->actions[action], key);
        return m->take(arena, node, (char *)event + m->at) ||
               cfn__fails(failure, CFN__BAD_EVENT, "%s must be %s", key, m->form);
    }
    cfn__nearest nearest = cfn__nearest_to(key);
    for (size_t i = 0; i < form->count; i++)
        cfn__nearest_offer(&nearest, form->members[i].name);
    return cfn__fails(failure, CFN__BAD_EVENT,
                      "the event has a member %.60s, which is not known%s%s%s", key,
                      nearest.best ? "; did you mean " : "", nearest.best ? nearest.best : "",
                      nearest.best ? "?" : "");
}

bool cfn__take_members(const cfn__event_form *form, cfn_arena *arena, const cfn_node *root,
                       unsigned action, void *event, cfn__failure *failure)
{
    for (const cfn_node *n = cfn_node_first(root); n; n = cfn_node_next(n))
        if (!take_member(form, arena, n, action, event, failure))
            return false;
    return true;
}

/* The text of a diagnostic may show what is in the event: its title does not. */
static void is_no_json(cfn_diagnostics *diagnostics, cfn__failure *failure)
{
    const cfn_diagnostic *d = diagnostics ? cfn_diagnostics_at(diagnostics, 0) : NULL;
    if (!d || d->id == CFN0001)
        cfn__fails(failure, CFN__OUT_OF_MEMORY, "memory is out while the event is read");
    else
        cfn__fails(failure, CFN__BAD_EVENT,
                   "the event is no JSON object: line %u, column %u: %s (%s)",
                   (unsigned)d->mark.line, (unsigned)d->mark.column, cfn_diagnostic_title(d->id),
                   cfn_diagnostic_name(d->id));
}

const cfn_node *cfn__event_root(cfn_arena *arena, const char *text, size_t length,
                                cfn__failure *failure)
{
    cfn_diagnostics *diagnostics = cfn_diagnostics_new();
    cfn_arena_set_limit(arena, MOST_MEMORY);
    const cfn_node *root =
        diagnostics ? cfn_read_text(arena, diagnostics, "event", text, length, CFN_FORMAT_JSON)
                    : NULL;
    if (!root)
        is_no_json(diagnostics, failure);
    cfn_arena_set_limit(arena, 0);
    cfn_diagnostics_free(diagnostics);
    return root;
}
