/* Maps whose members are known: unknown, missing and unfit members, one table for each map. */
#include "base/text.h"
#include "template/template.h"

#include <string.h>

/* "a string, a number or a list" */
static const char *kinds_text(cfn_arena *arena, unsigned kinds)
{
    const char *text = NULL;
    for (cfn_kind kind = CFN_KIND_MAP; kind >= CFN_KIND_BOOLEAN; kind--) {
        if (!(kinds & 1u << kind))
            continue;
        const char *name = cfn__kind_name(kind);
        bool last = !(kinds & ((1u << kind) - 1));
        bool first = !(kinds >> (kind + 1));
        if (first)
            text = name;
        else
            text = cfn__format(arena, "%s%s%s", text, last ? " or " : ", ", name);
    }
    return text ? text : "";
}

bool cfn__check_kind(cfn__checker *c, const cfn_node *node, unsigned kinds, const char *what)
{
    if (kinds & 1u << node->kind)
        return true;
    cfn__function function = cfn__function_of(node);
    if (node->kind == CFN_KIND_NULL) {
        if (c->tpl->macro)
            return false;
        cfn__complain_key(c, CFN1006, node, "%s has no value (null)", what);
        cfn__advise(c, "give it a value, or remove it");
    } else if (function == CFN__FN_TRANSFORM) {
        return false; /* it becomes something that is not known here */
    } else if (function != CFN__FN_NONE && function != CFN__FN_CONDITION) {
        cfn__complain(c, CFN1204, node, "%s takes no intrinsic function", what);
        cfn__advise(c, "write the value itself instead of %s", node->first->key);
    } else {
        cfn__complain(c, CFN1004, node, "%s must be %s, not %s", what, kinds_text(c->arena, kinds),
                      cfn__kind_name(node->kind));
    }
    return false;
}

static bool is_one_of(const char *text, const char *const *choices)
{
    for (const char *const *p = choices; *p; p++)
        if (strcmp(*p, text) == 0)
            return true;
    return false;
}

bool cfn__check_choice(cfn__checker *c, const cfn_node *node, const char *const *choices)
{
    if (is_one_of(node->text, choices))
        return true;
    const char *all = "";
    cfn__search search = cfn__search_for(c, node->text);
    for (const char *const *p = choices; *p; p++) {
        cfn__search_name(&search, *p);
        all = cfn__format(c->arena, "%s%s%s", all, *all ? ", " : "", *p);
    }
    cfn__complain(c, CFN1005, node, "%s cannot be %.100s", node->key, node->text);
    if (search.best)
        cfn__hint_nearest(c->diagnostics, search.best);
    else
        cfn__advise(c, choices[1] ? "use one of %s" : "use %s", all);
    return false;
}

void cfn__check_text_length(cfn__checker *c, const cfn_node *node, size_t most, const char *what)
{
    if (node->length <= most)
        return;
    cfn__complain(c, CFN1402, node, "%s has %u bytes", what, (unsigned)node->length);
    cfn__advise(c, "CloudFormation allows %zu", most);
}

static bool is_id(const char *key, const char *extra)
{
    for (const char *p = key; *p; p++)
        if (!cfn__is_alphanumeric(*p) && !strchr(extra, *p))
            return false;
    return *key != '\0';
}

void cfn__check_id(cfn__checker *c, const cfn_node *entry, const char *extra)
{
    size_t length = strlen(entry->key);
    if (length > CFN_MAX_ID_LENGTH) {
        cfn__complain_key(c, CFN1403, entry, "the id %.40s... has %zu characters", entry->key,
                          length);
        cfn__advise(c, "CloudFormation allows %d", CFN_MAX_ID_LENGTH);
    } else if (!is_id(entry->key, extra) && !c->tpl->macro) {
        cfn__complain_key(c, CFN1007, entry, "the id %s has characters other than %s", entry->key,
                          *extra ? "those allowed" : "letters and digits");
        if (*extra)
            cfn__advise(c, "use letters, digits and any of %s", extra);
        else
            cfn__advise(c, "use letters A to Z, a to z and digits alone");
    }
}

static size_t row_of(const cfn__attribute *table, size_t count, const char *name)
{
    size_t i = 0;
    while (i < count && strcmp(table[i].name, name) != 0)
        i++;
    return i;
}

/* The row that a misspelt member was meant for, when that one is not given; else `count`. */
static size_t row_meant(cfn__checker *c, const cfn_node *map, const cfn_node *member,
                        const cfn__attribute *table, size_t count, const char *what)
{
    if (c->tpl->macro || cfn__is_generator(member))
        return count;
    cfn__search search = cfn__search_for(c, member->key);
    for (size_t i = 0; i < count; i++)
        cfn__search_name(&search, table[i].name);
    cfn__complain_key(c, CFN1002, member, "%s has no attribute %.100s", what, member->key);
    cfn__hint_nearest(c->diagnostics, search.best);
    return search.best && !cfn__get(map, search.best) ? row_of(table, count, search.best) : count;
}

static bool is_generated(const cfn_node *map)
{
    for (const cfn_node *n = map->first; n; n = n->next)
        if (cfn__is_generator(n))
            return true;
    return false;
}

void cfn__check_attributes(cfn__checker *c, const cfn_node *map, const cfn__attribute *table,
                           size_t count, const char *what, const cfn_node **found)
{
    uint32_t given = 0; /* a bit for each row, which may be given with a value of no use */
    for (size_t i = 0; i < count; i++)
        found[i] = NULL;
    for (const cfn_node *n = map->first; n; n = n->next) {
        size_t row = row_of(table, count, n->key);
        if (row == count)
            row = row_meant(c, map, n, table, count, what);
        if (row == count)
            continue;
        given |= (uint32_t)1 << row;
        if (cfn__check_kind(c, n, table[row].kinds, n->key))
            found[row] = n;
    }
    for (size_t i = 0; i < count; i++) {
        if (!table[i].required || given & (uint32_t)1 << i || c->tpl->macro || is_generated(map))
            continue;
        cfn__complain_key(c, CFN1003, map, "%s has no %s", what, table[i].name);
        cfn__advise(c, "add %s", table[i].name);
    }
}
