/* Reading the tables out of a template, resource by resource. */
#include "access/access.h"

#include "access/texts.h"
#include "base/text.h"
#include "template/intrinsic.h"

#include <string.h>

/* ---- the tables grow ---- */

/* The array with room for one more; NULL when there is no memory. */
static void *with_room(cfn_arena *arena, void *items, size_t count, size_t *capacity, size_t size)
{
    if (count < *capacity)
        return items;
    size_t larger = *capacity ? *capacity * 2 : 16;
    void *grown = cfn__alloc_array(arena, larger, size);
    if (!grown)
        return NULL;
    if (count)
        memcpy(grown, items, count * size);
    *capacity = larger;
    return grown;
}

void cfn__access_add_statement(cfn__access *access, const cfn__access_statement *statement)
{
    cfn__access_statement *items =
        with_room(access->arena, access->statements, access->statement_count,
                  &access->statement_capacity, sizeof *items);
    if (!items)
        return;
    access->statements = items;
    items[access->statement_count++] = *statement;
}

void cfn__access_add_attachment(cfn__access *access, const cfn__access_attachment *attachment)
{
    cfn__access_attachment *items =
        with_room(access->arena, access->attachments, access->attachment_count,
                  &access->attachment_capacity, sizeof *items);
    if (!items)
        return;
    access->attachments = items;
    items[access->attachment_count++] = *attachment;
}

void cfn__access_add_rule(cfn__access *access, const cfn__access_rule *rule)
{
    cfn__access_rule *items = with_room(access->arena, access->rules, access->rule_count,
                                        &access->rule_capacity, sizeof *items);
    if (!items)
        return;
    access->rules = items;
    items[access->rule_count++] = *rule;
}

/* ---- values under conditions ---- */

bool cfn__access_is_no_value(const cfn_node *value)
{
    return cfn__function_of(value) == CFN__FN_REF && cfn__text_is(value->first, "AWS::NoValue");
}

static cfn__access_walk under(const cfn__access_walk *walk, const cfn_node *condition, bool holds)
{
    cfn_arena *arena = walk->access->arena;
    const char *text =
        cfn__format(arena, "%s%s", holds ? "" : "not ", cfn__access_text(arena, condition));
    cfn__access_walk inner = *walk;
    inner.when = walk->when ? cfn__format(arena, "%s and %s", walk->when, text) : text;
    return inner;
}

void cfn__access_each(const cfn__access_walk *walk, const cfn_node *value, cfn__access_visit *visit,
                      const void *context)
{
    if (!value || cfn__access_is_no_value(value))
        return;
    const cfn_node *argument = cfn__argument(value);
    if (cfn__function_of(value) == CFN__FN_IF && cfn__is_list(argument) && argument->size == 3) {
        cfn__access_walk then = under(walk, argument->first, true);
        cfn__access_walk otherwise = under(walk, argument->first, false);
        cfn__access_each(&then, argument->first->next, visit, context);
        cfn__access_each(&otherwise, argument->last, visit, context);
    } else if (value->kind == CFN_KIND_LIST) {
        for (const cfn_node *n = value->first; n; n = n->next)
            cfn__access_each(walk, n, visit, context);
    } else
        visit(walk, value, context);
}

const char *cfn__access_own_text(const cfn__access_walk *walk)
{
    return cfn__format(walk->access->arena, "${%s}", walk->resource->id);
}

/* ---- all of it ---- */

cfn__access *cfn__access_of(cfn_arena *arena, const cfn_template *tpl)
{
    cfn__access *access = CFN__NEW(arena, cfn__access);
    if (!access)
        return NULL;
    access->arena = arena;
    access->tpl = tpl;
    for (size_t i = 0; i < cfn_template_resource_count(tpl); i++) {
        const cfn_resource *resource = cfn_template_resource_at(tpl, i);
        cfn__access_walk walk = {access, resource, resource->condition};
        cfn__access_read_identity(&walk);
        cfn__access_read_resource_policy(&walk);
        cfn__access_read_security_group(&walk);
    }
    return access;
}
