/* Statements that were added or removed, and whether they allow more than those before.
 *
 * What a new statement allows is nothing new when old ones allowed each of its actions on each of
 * its resources, to each of its holders and principals, under no condition or the same. */
#include "diff/access_changes.h"

#include "access/texts.h"
#include "base/text.h"

#include <string.h>
#include <strings.h>

/* ---- rows ---- */

static size_t count(const cfn__access *access)
{
    return access->statement_count;
}

static const cfn_resource *resource(const cfn__access *access, size_t number)
{
    return access->statements[number].resource;
}

static const cfn_node *node(const cfn__access *access, size_t number)
{
    return access->statements[number].node;
}

static void add_set(cfn__buffer *b, const cfn__texts *set, bool is_exceptions, bool any_case)
{
    cfn__buffer_add_char(b, is_exceptions ? '!' : '=');
    for (size_t i = 0; i < set->count; i++) {
        for (const char *p = set->items[i]; *p; p++)
            cfn__buffer_add_char(b, any_case && *p >= 'A' && *p <= 'Z' ? (char)(*p + 32) : *p);
        cfn__buffer_add_char(b, '\x1f'); /* in no text of a policy */
    }
}

static const char *key(cfn__access_sides *sides, const cfn__access *access, size_t number)
{
    const cfn__access_statement *s = &access->statements[number];
    cfn__buffer b = {0};
    cfn__buffer_format(&b, "%d %d %d %d", s->kind, s->effect, s->varies, s->opaque);
    add_set(&b, &s->holders, false, false);
    add_set(&b, &s->principals, s->not_principals, false);
    add_set(&b, &s->actions, s->not_actions, true);
    add_set(&b, &s->resources, s->not_resources, false);
    cfn__buffer_add_text(&b, s->condition ? s->condition : "");
    cfn__buffer_add_char(&b, '\x1f');
    cfn__buffer_add_text(&b, s->when ? s->when : "");
    return cfn__buffer_take(&b, sides->scratch);
}

static const char *set_cell(cfn_arena *arena, const cfn__texts *set, bool is_exceptions)
{
    const char *text = cfn__texts_joined(arena, set, "\n");
    return is_exceptions ? cfn__format(arena, "not %s", text) : text;
}

/* The columns: Resource, Effect, Action, Principal, Condition. */
static void cells(cfn_arena *arena, const cfn__access *access, size_t number, const char **cells)
{
    static const char *const effects[] = {"Allow", "Deny", "either"};
    const cfn__access_statement *s = &access->statements[number];
    bool is_identity = s->kind == CFN__ACCESS_IDENTITY;
    bool names_nothing =
        !s->resources.count || (s->resources.count == 1 && strcmp(s->resources.items[0], "*") == 0);
    bool is_own = !is_identity && names_nothing && !s->not_resources;
    cells[0] = is_own ? set_cell(arena, &s->holders, false)
                      : set_cell(arena, &s->resources, s->not_resources);
    cells[1] = effects[s->effect];
    cells[2] = s->opaque ? "known at the deployment" : set_cell(arena, &s->actions, s->not_actions);
    cells[3] = is_identity ? set_cell(arena, &s->holders, false)
                           : set_cell(arena, &s->principals, s->not_principals);
    cells[4] = cfn__access_with_when(arena, s->condition ? s->condition : "", s->when);
}

/* ---- what covers what ---- */

typedef enum dimension { HOLDERS, PRINCIPALS, ACTIONS, RESOURCES, DIMENSIONS } dimension;

static const cfn__texts *set_of(const cfn__access_statement *s, dimension d)
{
    const cfn__texts *sets[DIMENSIONS] = {&s->holders, &s->principals, &s->actions, &s->resources};
    return sets[d];
}

static bool is_exceptions(const cfn__access_statement *s, dimension d)
{
    const bool flags[DIMENSIONS] = {false, s->not_principals, s->not_actions, s->not_resources};
    return flags[d];
}

/* Whether a text of a dimension is among what the set stands for. */
static bool covers_text(cfn__access_sides *sides, const cfn__access_statement *s, dimension d,
                        const char *text)
{
    const cfn__texts *set = set_of(s, d);
    bool exceptions = is_exceptions(s, d);
    cfn__match best = CFN__MATCH_NO;
    sides->effort += set->count;
    for (size_t i = 0; i < set->count && best != CFN__MATCH_YES; i++) {
        /* An exception that only touches the text takes some of it away. */
        cfn__match match = cfn__access_matches(set->items[i], text, d == ACTIONS);
        if (exceptions && match == CFN__MATCH_NO &&
            cfn__access_matches(text, set->items[i], d == ACTIONS) != CFN__MATCH_NO)
            match = CFN__MATCH_MAYBE;
        best = match > best ? match : best;
    }
    return exceptions ? best == CFN__MATCH_NO : best == CFN__MATCH_YES;
}

/* The first text of `inner` that `outer` does not stand for; NULL when there is none. */
static const char *uncovered(cfn__access_sides *sides, const cfn__access_statement *outer,
                             const cfn__access_statement *inner, dimension d)
{
    const cfn__texts *set = set_of(inner, d), *other = set_of(outer, d);
    if (!is_exceptions(inner, d)) {
        if (!set->count && other->count && !covers_text(sides, outer, d, "*"))
            return "*";
        for (size_t i = 0; i < set->count; i++)
            if (other->count && !covers_text(sides, outer, d, set->items[i]))
                return set->items[i];
        return set->count && !other->count && d == PRINCIPALS ? set->items[0] : NULL;
    }
    if (!is_exceptions(outer, d))
        return covers_text(sides, outer, d, "*") ? NULL : "all but some";
    for (size_t i = 0; i < other->count; i++) {
        /* What was an exception must be one still. */
        cfn__access_statement exceptions = *inner;
        exceptions.not_principals = exceptions.not_actions = exceptions.not_resources = false;
        if (!covers_text(sides, &exceptions, d, other->items[i]))
            return other->items[i];
    }
    return NULL;
}

static bool same_text(const char *a, const char *b)
{
    return strcmp(a ? a : "", b ? b : "") == 0;
}

/* Whether the old statement holds whenever the new one does. */
static bool holds_as_often(const cfn__access_statement *old, const cfn__access_statement *new)
{
    return (!old->condition || same_text(old->condition, new->condition)) &&
           cfn__access_when_covers(old->when, new->when) && (!old->varies || new->varies);
}

/* ---- what is new about an added statement ---- */

/* How a new statement goes past an old one. */
typedef struct excess {
    const char *texts[DIMENSIONS];
    bool more_often;
    size_t count; /* in how many ways */
} excess;

static excess measure(cfn__access_sides *sides, const cfn__access_statement *old,
                      const cfn__access_statement *new)
{
    excess e = {.more_often = !holds_as_often(old, new)};
    e.count = e.more_often;
    for (dimension d = 0; d < DIMENSIONS; d++) {
        e.texts[d] = uncovered(sides, old, new, d);
        e.count += e.texts[d] != NULL;
    }
    return e;
}

static bool shares_holder(cfn__access_sides *sides, const cfn__access_statement *a,
                          const cfn__access_statement *b)
{
    sides->effort += a->holders.count * b->holders.count;
    for (size_t i = 0; i < a->holders.count; i++)
        if (cfn__texts_have(&b->holders, a->holders.items[i]))
            return true;
    return false;
}

static bool may_cover(cfn__access_sides *sides, const cfn__access_statement *old,
                      const cfn__access_statement *new)
{
    return old->kind == new->kind && old->effect == new->effect &&
           !old->opaque &&shares_holder(sides, new, old);
}

/* One action on one resource ... of a statement. */
typedef struct single {
    cfn__access_statement statement;
    const char *texts[DIMENSIONS];
} single;

static bool is_covered_by_one(cfn__access_sides *sides, const cfn__access *by, single *one)
{
    for (size_t i = 0; i < by->statement_count; i++) {
        const cfn__access_statement *old = &by->statements[i];
        if (!cfn__access_go_on(sides))
            return false;
        if (may_cover(sides, old, &one->statement) &&
            measure(sides, old, &one->statement).count == 0)
            return true;
    }
    return false;
}

/* Whether each single thing that a statement says is said by one of others; of a set of exceptions
 * the whole is one thing. */
static bool is_covered_in_parts(cfn__access_sides *sides, const cfn__access *by,
                                const cfn__access_statement *s)
{
    single one = {.statement = *s};
    cfn__texts *sets[DIMENSIONS] = {&one.statement.holders, &one.statement.principals,
                                    &one.statement.actions, &one.statement.resources};
    size_t sizes[DIMENSIONS], at[DIMENSIONS] = {0};
    for (dimension d = 0; d < DIMENSIONS; d++) {
        bool is_whole = is_exceptions(s, d) || !set_of(s, d)->count;
        sizes[d] = is_whole ? 1 : set_of(s, d)->count;
        if (!is_whole)
            *sets[d] = (cfn__texts){&one.texts[d], 1};
    }
    for (;;) {
        for (dimension d = 0; d < DIMENSIONS; d++)
            if (sets[d]->items == &one.texts[d])
                one.texts[d] = set_of(s, d)->items[at[d]];
        if (!is_covered_by_one(sides, by, &one))
            return false;
        dimension d = 0;
        while (d < DIMENSIONS && ++at[d] == sizes[d])
            at[d++] = 0;
        if (d == DIMENSIONS)
            return true;
    }
}

static void add_reason(cfn_arena *arena, const char **reason, const char *what, const char *text)
{
    *reason = cfn__format(arena, "%s%s%s%s%s", *reason ? *reason : "", *reason ? "; " : "", what,
                          text ? " " : "", text ? text : "");
}

enum { MOST_TOLD = 4 };

/* Whether a text of the old statement is within this one. */
static bool widens(const cfn__access_statement *old, dimension d, const char *text)
{
    const cfn__texts *set = set_of(old, d);
    for (size_t i = 0; i < set->count; i++)
        if (cfn__access_matches(text, set->items[i], d == ACTIONS) == CFN__MATCH_YES)
            return true;
    return false;
}

/* The texts of a set that the old statement does not stand for: those that widen one of its own, or
 * the others; NULL when there is none. */
static const char *excess_texts(cfn__access_sides *sides, const cfn__access_statement *old,
                                const cfn__access_statement *new, dimension d, bool wider)
{
    cfn_arena *arena = sides->diff->arena;
    const cfn__texts *set = set_of(new, d);
    const char *all = NULL;
    size_t count = 0;
    for (size_t i = 0; i < set->count && count <= MOST_TOLD; i++) {
        const char *text = set->items[i];
        if (covers_text(sides, old, d, text) || (d != HOLDERS && widens(old, d, text)) != wider)
            continue;
        if (count++ == MOST_TOLD)
            text = "...";
        all = all ? cfn__format(arena, "%s, %s", all, text) : text;
    }
    return all;
}

static void add_excess(cfn__access_sides *sides, const char **reason, const excess *e,
                       const cfn__access_statement *old, const cfn__access_statement *new,
                       dimension d)
{
    static const char *const whats[DIMENSIONS] = {"also for", "new principal", "new action",
                                                  "new resource"};
    cfn_arena *arena = sides->diff->arena;
    if (is_exceptions(new, d) || !set_of(new, d)->count) {
        add_reason(arena, reason, is_exceptions(new, d) ? "no longer an exception:" : "wider",
                   e->texts[d]);
        return;
    }
    const char *others = excess_texts(sides, old, new, d, false);
    const char *wider = excess_texts(sides, old, new, d, true);
    if (others)
        add_reason(arena, reason, whats[d], others);
    if (wider)
        add_reason(arena, reason, "wider", wider);
}

/* The excess over the statement that is nearest. */
static const char *reason_for(cfn__access_sides *sides, const excess *e,
                              const cfn__access_statement *old, const cfn__access_statement *new)
{
    cfn_arena *arena = sides->diff->arena;
    const char *reason = NULL;
    for (dimension d = 0; d < DIMENSIONS; d++)
        if (e->texts[d])
            add_excess(sides, &reason, e, old, new, d);
    if (e->more_often && old->condition && !new->condition)
        add_reason(arena, &reason, "without the condition", old->condition);
    else if (e->more_often && !same_text(old->condition, new->condition))
        add_reason(arena, &reason, "under another condition", NULL);
    if (e->more_often && !same_text(old->when, new->when))
        add_reason(arena, &reason, new->when ? "also when" : "no longer only when",
                   new->when ? new->when : old->when);
    return reason ? reason : "known only at the deployment";
}

static const char *added(cfn__access_sides *sides, size_t number)
{
    const cfn__access_statement *new = &sides->new->statements[number], *nearest = NULL;
    if (new->effect == CFN__ACCESS_DENIES)
        return NULL;
    if (new->opaque)
        return "known only at the deployment";
    excess least = {.count = SIZE_MAX};
    for (size_t i = 0; i < sides->old->statement_count; i++) {
        const cfn__access_statement *old = &sides->old->statements[i];
        if (!cfn__access_go_on(sides))
            return "more may be allowed";
        if (!may_cover(sides, old, new))
            continue;
        excess e = measure(sides, old, new);
        if (!e.count)
            return NULL;
        e.count += sides->gone[i] ? 0 : DIMENSIONS + 2;
        if (e.count < least.count) {
            least = e;
            nearest = old;
        }
    }
    if (nearest && is_covered_in_parts(sides, sides->old, new))
        return NULL;
    return nearest ? reason_for(sides, &least, nearest, new) : "new";
}

static bool is_all(const cfn__texts *set)
{
    return set->count == 1 && strcmp(set->items[0], "*") == 0;
}

/* An endpoint of a VPC without a policy lets all through.
 * https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html */
static bool opens_endpoint(const cfn__access_sides *sides, const cfn__access_statement *old)
{
    const cfn_resource *new = cfn_template_resource(sides->new->tpl, old->resource->id);
    bool was_open = is_all(&old->principals) && is_all(&old->actions) && is_all(&old->resources) &&
                    !old->condition && !old->when;
    return new && !was_open &&strcmp(new->type, "AWS::EC2::VPCEndpoint") == 0 &&
           !cfn_node_get(new->properties, "PolicyDocument");
}

static const char *removed(cfn__access_sides *sides, size_t number)
{
    const cfn__access_statement *old = &sides->old->statements[number];
    if (opens_endpoint(sides, old))
        return "without a policy all is let through";
    if (old->effect == CFN__ACCESS_ALLOWS || old->opaque)
        return NULL;
    bool all_gone = old->holders.count > 0;
    for (size_t i = 0; i < old->holders.count; i++)
        all_gone = all_gone && cfn__access_is_gone(sides->new, old->holders.items[i]);
    return all_gone || is_covered_in_parts(sides, sides->new, old) ? NULL : "denies no longer";
}

const cfn__access_rows cfn__access_statement_rows = {
    CFN_ACCESS_STATEMENTS, count, resource, node, key, cells, added, removed};
