/* Sets of texts: sorted, each text once. */
#include "access/texts.h"

#include "base/buffer.h"
#include "template/intrinsic.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

typedef struct collector {
    cfn_arena *arena;
    cfn__access_naming *naming;
    const char **items; /* NULL: they are only counted */
    size_t count;
    bool varies;
} collector;

static void collect(collector *c, const cfn_node *value)
{
    if (!value || cfn__access_is_no_value(value))
        return;
    cfn__function function = cfn__function_of(value);
    const cfn_node *argument = cfn__argument(value);
    if (function == CFN__FN_IF && cfn__is_list(argument) && argument->size == 3) {
        c->varies = true;
        collect(c, argument->first->next);
        collect(c, argument->last);
    } else if (value->kind == CFN_KIND_LIST) {
        for (const cfn_node *n = value->first; n; n = n->next)
            collect(c, n);
    } else {
        if (c->items)
            c->items[c->count] = c->naming(c->arena, value);
        c->count++;
    }
}

static int by_bytes(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static int by_letters(const void *a, const void *b)
{
    int order = strcasecmp(*(const char *const *)a, *(const char *const *)b);
    return order ? order : by_bytes(a, b);
}

cfn__texts cfn__access_set(cfn_arena *arena, const cfn_node *value, cfn__access_naming *naming,
                           bool any_case, bool *varies)
{
    collector c = {.arena = arena, .naming = naming};
    collect(&c, value);
    *varies = *varies || c.varies;
    if (!c.count)
        return (cfn__texts){0};
    c.items = CFN__NEW_ARRAY(arena, c.count, const char *);
    if (!c.items)
        return (cfn__texts){0};
    c.count = 0;
    collect(&c, value);
    qsort(c.items, c.count, sizeof *c.items, any_case ? by_letters : by_bytes);
    size_t kept = 0;
    for (size_t i = 0; i < c.count; i++) {
        bool again = kept && (any_case ? strcasecmp(c.items[i], c.items[kept - 1])
                                       : strcmp(c.items[i], c.items[kept - 1])) == 0;
        if (!again)
            c.items[kept++] = c.items[i];
    }
    return (cfn__texts){c.items, kept};
}

cfn__texts cfn__access_single(cfn_arena *arena, const char *text)
{
    cfn__texts set = {CFN__NEW(arena, const char *), 1};
    if (!set.items)
        return (cfn__texts){0};
    set.items[0] = text;
    return set;
}

bool cfn__texts_equal(const cfn__texts *a, const cfn__texts *b, bool any_case)
{
    if (a->count != b->count)
        return false;
    for (size_t i = 0; i < a->count; i++)
        if ((any_case ? strcasecmp : strcmp)(a->items[i], b->items[i]) != 0)
            return false;
    return true;
}

bool cfn__texts_have(const cfn__texts *set, const char *text)
{
    for (size_t i = 0; i < set->count; i++)
        if (strcmp(set->items[i], text) == 0)
            return true;
    return false;
}

const char *cfn__texts_joined(cfn_arena *arena, const cfn__texts *set, const char *separator)
{
    if (set->count == 1)
        return set->items[0];
    cfn__buffer b = {0};
    for (size_t i = 0; i < set->count; i++) {
        cfn__buffer_add_text(&b, i ? separator : "");
        cfn__buffer_add_text(&b, set->items[i]);
    }
    return cfn__buffer_take(&b, arena);
}
