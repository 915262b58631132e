/* Lists: each item, and items that come twice. */
#include "check/check.h"

#include "base/text.h"

#include <string.h>

/* How many items there are rules for one by one. */
static size_t prefix_length(const cfn__check *check, const cfn_schema_value *value)
{
    cfn_schema_rule rule;
    return cfn_schema_rule_find(check->schema, value, CFN_SCHEMA_PREFIX_ITEMS, &rule) ? rule.count
                                                                                      : 0;
}

cfn__fit cfn__check_items(cfn__check *check, const cfn__rule_use *use)
{
    const cfn_node *list = use->subject.node;
    cfn__fit fit = CFN__FITS;
    if (list->kind != CFN_KIND_LIST)
        return fit;
    size_t skipped = prefix_length(check, use->value), index = 0;
    for (const cfn_node *n = list->first; n; n = n->next)
        if (index++ >= skipped)
            fit = cfn__worse(fit,
                             cfn__examine(check, use->rule->value, cfn__inside(use->subject, n)));
    return fit;
}

cfn__fit cfn__check_prefix_items(cfn__check *check, const cfn__rule_use *use)
{
    const cfn_node *list = use->subject.node;
    cfn__fit fit = CFN__FITS;
    if (list->kind != CFN_KIND_LIST)
        return fit;
    const cfn_schema_value *value;
    size_t index = 0;
    for (const cfn_node *n = list->first;
         n && (value = cfn_schema_rule_value(check->schema, use->rule, index));
         n = n->next, index++)
        fit = cfn__worse(fit, cfn__examine(check, value, cfn__inside(use->subject, n)));
    return fit;
}

cfn__fit cfn__check_contains(cfn__check *check, const cfn__rule_use *use)
{
    const cfn_node *list = use->subject.node;
    cfn__fit best = CFN__UNFIT;
    if (list->kind != CFN_KIND_LIST)
        return CFN__FITS;
    check->quiet++;
    for (const cfn_node *n = list->first; n && best != CFN__FITS; n = n->next) {
        cfn__fit fit = cfn__examine(check, use->rule->value, cfn__inside(use->subject, n));
        best = fit < best ? fit : best;
    }
    check->quiet--;
    if (best != CFN__UNFIT)
        return best;
    return cfn__refuse(check, CFN3108, use->subject, "%.100s lacks an item that it needs",
                       cfn__name_of(check, use->subject));
}

/* --- items that come twice --- */

static uint32_t hash_of(const cfn_node *node)
{
    uint32_t hash = (uint32_t)node->kind * 31u + node->size;
    if (node->text)
        hash ^= cfn__hash(node->text, node->length);
    /* The order of a map's keys does not count. */
    for (const cfn_node *n = node->first; n; n = n->next)
        hash += (n->key ? cfn__hash(n->key, strlen(n->key)) : 17u) ^ hash_of(n) * 16777619u;
    return hash;
}

/* What is compared of an item: itself, or some of its members. */
static bool is_same_item(const cfn__check *check, const cfn_schema_rule *keys, const cfn_node *a,
                         const cfn_node *b)
{
    if (!keys)
        return cfn_node_equal(a, b);
    const char *key;
    for (size_t i = 0; (key = cfn_schema_rule_text(check->schema, keys, i)); i++) {
        const cfn_node *left = cfn__get(a, key), *right = cfn__get(b, key);
        if (!left || !right || !cfn_node_equal(left, right))
            return false;
    }
    return true;
}

static uint32_t hash_of_item(const cfn__check *check, const cfn_schema_rule *keys,
                             const cfn_node *item)
{
    if (!keys)
        return hash_of(item);
    uint32_t hash = 0;
    const char *key;
    for (size_t i = 0; (key = cfn_schema_rule_text(check->schema, keys, i)); i++) {
        const cfn_node *member = cfn__get(item, key);
        hash = hash * 31u + (member ? hash_of(member) : 0);
    }
    return hash;
}

/* Items under different conditions need not both be there. */
static bool may_be_absent(const cfn_node *node)
{
    cfn__function function = cfn__function_of(node);
    return function == CFN__FN_IF ||
           (function == CFN__FN_REF && cfn__text_is(node->first, "AWS::NoValue"));
}

typedef struct seen {
    const cfn_node *item;
    uint32_t hash;
} seen;

static seen *slot_of(const cfn__check *check, seen *table, size_t mask, const cfn_schema_rule *keys,
                     const cfn_node *item, uint32_t hash)
{
    size_t i = hash & mask;
    while (table[i].item &&
           (table[i].hash != hash || !is_same_item(check, keys, table[i].item, item)))
        i = (i + 1) & mask;
    return &table[i];
}

/* The answer for a list without duplicates; `different` is how many different items there are. */
static cfn__fit find_twice(cfn__check *check, cfn__subject subject, const cfn_schema_rule *keys,
                           bool refuse, size_t *different)
{
    const cfn_node *list = subject.node;
    size_t capacity = 4;
    while (capacity < 2 * (size_t)list->size)
        capacity *= 2;
    cfn__arena_mark mark = cfn__mark(check->out.arena);
    cfn__spend(check, list->size);
    seen *table = CFN__NEW_ARRAY(check->out.arena, capacity, seen);
    cfn__fit fit = CFN__FITS;
    *different = 0;
    for (const cfn_node *n = list->first; table && n; n = n->next) {
        if (may_be_absent(n))
            continue;
        uint32_t hash = hash_of_item(check, keys, n);
        seen *slot = slot_of(check, table, capacity - 1, keys, n, hash);
        if (!slot->item) {
            *slot = (seen){n, hash};
            ++*different;
        } else if (refuse) {
            fit = cfn__refuse(check, CFN3111, cfn__inside(subject, n), "%.100s has an item twice",
                              cfn__name_of(check, subject));
            cfn__suggest(check, "take this one out");
        }
    }
    cfn__rewind(check->out.arena, mark);
    return fit;
}

cfn__fit cfn__check_unique(cfn__check *check, cfn__subject subject, const cfn_schema_rule *keys)
{
    size_t different;
    return find_twice(check, subject, keys, true, &different);
}

cfn__fit cfn__check_unique_keys(cfn__check *check, const cfn__rule_use *use)
{
    if (use->subject.node->kind != CFN_KIND_LIST)
        return CFN__FITS;
    return cfn__check_unique(check, use->subject, use->rule);
}

cfn__fit cfn__check_max_unique_items(cfn__check *check, const cfn__rule_use *use)
{
    size_t different = 0;
    if (use->subject.node->kind != CFN_KIND_LIST)
        return CFN__FITS;
    find_twice(check, use->subject, NULL, false, &different);
    if ((double)different <= use->rule->number)
        return CFN__FITS;
    return cfn__refuse(check, CFN3108, use->subject,
                       "%.100s has %zu different items, and takes at most %.0f",
                       cfn__name_of(check, use->subject), different, use->rule->number);
}
