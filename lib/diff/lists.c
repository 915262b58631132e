/* Two lists: items are brought together by a member that tells them apart, or by what they are, so
 * that one item more is one change. */
#include "diff/diff.h"

#include <string.h>

/* The items that there are; Ref AWS::NoValue is none. */
typedef struct items {
    const cfn_node **nodes;
    size_t count;
} items;

/* Two lists on their way to be compared. */
typedef struct pairing {
    cfn__comparison *c;
    const cfn__site *site;
    items old, new;
    size_t *partner;      /* of each new item: the index of the old one, or SIZE_MAX */
    bool *taken;          /* of each old item: it has a partner */
    const char *identity; /* the member that tells items apart, or NULL */
    bool no_order;
} pairing;

static bool gather(cfn_arena *scratch, const cfn_node *list, items *found)
{
    found->count = 0;
    found->nodes = CFN__NEW_ARRAY(scratch, list->size + 1, const cfn_node *);
    if (!found->nodes)
        return false;
    for (const cfn_node *n = list->first; n; n = n->next)
        if (!cfn__is_no_value(n))
            found->nodes[found->count++] = n;
    return true;
}

/* --- items that are told apart by a member --- */

static const char *const identities[] = {"Key",           "Name",    "Id",   "Sid", "IndexName",
                                         "AttributeName", "rule-id", "name", "id",  "key"};

static const char *identity_text(const cfn_node *item, const char *name)
{
    const cfn_node *member = cfn__get(item, name);
    return member && member->kind != CFN_KIND_NULL ? member->text : NULL;
}

/* Puts the items under their names; false when one has none, or two have the same. */
static bool index_items(cfn_arena *scratch, const items *list, const char *name, cfn__index *index)
{
    for (size_t i = 0; i < list->count; i++) {
        const char *text = identity_text(list->nodes[i], name);
        if (!text || cfn__index_get(index, text))
            return false;
        cfn__index_put(scratch, index, text, (void *)(uintptr_t)(i + 1));
    }
    return true;
}

static bool pair_by_identity(pairing *p, const char *name)
{
    cfn_arena *scratch = p->c->diff->scratch;
    cfn__index olds = {0}, news = {0};
    if (!index_items(scratch, &p->old, name, &olds) || !index_items(scratch, &p->new, name, &news))
        return false;
    for (size_t i = 0; i < p->new.count; i++)
        p->partner[i] =
            (size_t)(uintptr_t)cfn__index_get(&olds, identity_text(p->new.nodes[i], name)) - 1;
    p->identity = name;
    return true;
}

static bool pair_by_any_identity(pairing *p)
{
    size_t count = sizeof identities / sizeof *identities;
    for (size_t i = 0; p->old.count && p->new.count &&i < count; i++)
        if (pair_by_identity(p, identities[i]))
            return true;
    return false;
}

static const char *identity_of(const pairing *p, const cfn_node *item)
{
    if (!p->identity || p->c->quiet)
        return NULL;
    return cfn__format(p->c->diff->arena, "%s=%s", p->identity, identity_text(item, p->identity));
}

/* --- items that are known by what they are --- */

static uint64_t *hash_items(cfn_template_diff *diff, const items *list)
{
    uint64_t *hashes = CFN__NEW_ARRAY(diff->scratch, list->count + 1, uint64_t);
    for (size_t i = 0; hashes && i < list->count; i++)
        hashes[i] = cfn__value_hash(diff, list->nodes[i]);
    return hashes;
}

static bool pair_by_value(pairing *p)
{
    cfn_template_diff *diff = p->c->diff;
    uint64_t *old = hash_items(diff, &p->old), *new = hash_items(diff, &p->new);
    return old && new &&
           (p->no_order ? cfn__align_unordered : cfn__align)(diff->scratch, old, p->old.count, new,
                                                             p->new.count, p->partner);
}

/* --- telling what changed --- */

static void tell(pairing *p, const cfn_node *old, const cfn_node *new, size_t index)
{
    cfn__trail trail;
    const char *identity = identity_of(p, new ? new : old);
    cfn__diff_values(p->c, old, new, cfn__item_of(p->c->diff, p->site, index, identity, &trail));
}

/* Whether two mappings are likely to be versions of one: they share a value, or all their keys. */
static bool are_alike(pairing *p, const cfn_node *old, const cfn_node *new)
{
    bool same_keys = old->size == new->size;
    if (cfn__are_same_if(old, new))
        return true;
    if (!cfn__is_map(old) || !cfn__is_map(new) || cfn__is_intrinsic(old) || cfn__is_intrinsic(new))
        return false;
    cfn__members olds = {.map = old};
    for (const cfn_node *n = new->first; n; n = n->next) {
        const cfn_node *before = cfn__find_member(p->c->diff->scratch, &olds, n->key);
        if (before && cfn_node_equal(before, n))
            return true;
        same_keys = same_keys && before;
    }
    return same_keys;
}

/* An item in the place of another one. */
static void tell_replaced(pairing *p, const cfn_node *old, const cfn_node *new, size_t index)
{
    bool lists = cfn__is_list(old) && cfn__is_list(new);
    if (lists || are_alike(p, old, new) || (old->text && new->text)) {
        tell(p, old, new, index);
        return;
    }
    cfn__trail trail;
    cfn__site site = cfn__item_of(p->c->diff, p->site, index, NULL, &trail);
    if (!cfn__same(p->c->diff, old, new, site))
        cfn__emit(p->c, old, new, &site, "");
}

/* The next old item without a partner, from `from` up to `end`. */
static size_t next_left(const pairing *p, size_t from, size_t end)
{
    while (from < end && p->taken[from])
        from++;
    return from;
}

/* In order: what stands between the same two neighbours is taken for versions of one another. */
static void tell_ordered(pairing *p)
{
    size_t old = 0;
    for (size_t i = 0; i <= p->new.count; i++) {
        bool last = i == p->new.count;
        size_t partner = last ? p->old.count : p->partner[i];
        if (partner == SIZE_MAX) {
            bool has_old = old < p->old.count && !p->taken[old];
            if (has_old)
                tell_replaced(p, p->old.nodes[old], p->new.nodes[i], i);
            else
                tell(p, NULL, p->new.nodes[i], i);
            old += has_old;
            continue;
        }
        for (; old < partner; old++)
            tell(p, p->old.nodes[old], NULL, old);
        if (!last)
            tell(p, p->old.nodes[old++], p->new.nodes[i], i);
    }
}

/* Without order: mappings that are left over are versions of one another where they are alike. */
static void tell_unordered(pairing *p)
{
    size_t left = p->identity ? p->old.count : 0;
    for (size_t i = 0; i < p->new.count; i++) {
        const cfn_node *item = p->new.nodes[i], *before = NULL;
        left = next_left(p, left, p->old.count);
        if (p->partner[i] != SIZE_MAX) {
            before = p->old.nodes[p->partner[i]];
        } else if (left < p->old.count && are_alike(p, p->old.nodes[left], item)) {
            before = p->old.nodes[left];
            p->taken[left] = true;
        }
        tell(p, before, item, i);
    }
    for (size_t i = 0; i < p->old.count; i++)
        if (!p->taken[i])
            tell(p, p->old.nodes[i], NULL, i);
}

static bool is_moved(const pairing *p)
{
    size_t last = 0;
    for (size_t i = 0; i < p->new.count; i++) {
        if (p->partner[i] == SIZE_MAX)
            continue;
        if (p->partner[i] + 1 < last)
            return true;
        last = p->partner[i] + 1;
    }
    return false;
}

/* --- the lists --- */

/* Properties that are sets, though the facts of many types forget to say so. That items are unique
 * says nothing: name servers are, too, and are asked in their order. */
static const char *const sets[] = {
    "AvailabilityZones", "EnableCloudwatchLogsExports",
    "ManagedPolicyArns", "SecurityGroupIds",
    "SecurityGroups",    "SubnetIds",
    "Subnets",           "VpcSecurityGroupIds",
};

static bool is_set(const char *key)
{
    for (size_t i = 0; i < sizeof sets / sizeof *sets; i++)
        if (strcmp(sets[i], key) == 0)
            return true;
    return false;
}

static bool has_no_order(const cfn_template_diff *diff, const cfn__site *site)
{
    const cfn_schema_value *value = site->place.value;
    const char *key = site->trail ? site->trail->step.key : NULL;
    return site->in_policy || (value && (cfn_schema_value_describe(diff->schema, value).unordered ||
                                         (key && is_set(key))));
}

/* Tags have no order even where the facts are not known. */
static bool are_tags(const pairing *p)
{
    const char *key = p->site->trail ? p->site->trail->step.key : NULL;
    return key && strcmp(key, "Tags") == 0 && p->identity && strcmp(p->identity, "Key") == 0;
}

static void compare_in_order(pairing *p)
{
    p->c->different = p->c->different || p->old.count != p->new.count;
    for (size_t i = 0; i < p->new.count && !p->c->different; i++)
        tell(p, p->old.nodes[i], p->new.nodes[i], i);
}

static void tell_all(pairing *p, const cfn_node *old, const cfn_node *new)
{
    for (size_t i = 0; i < p->new.count; i++)
        if (p->partner[i] != SIZE_MAX)
            p->taken[p->partner[i]] = true;
    if (!p->identity && !p->no_order) {
        tell_ordered(p);
        return;
    }
    tell_unordered(p);
    if (!p->no_order && is_moved(p))
        cfn__emit(p->c, old, new, p->site, "the order of the items");
}

static void compare(pairing *p, const cfn_node *old, const cfn_node *new)
{
    cfn_arena *scratch = p->c->diff->scratch;
    p->no_order = has_no_order(p->c->diff, p->site);
    p->partner = CFN__NEW_ARRAY(scratch, p->new.count + 1, size_t);
    p->taken = CFN__NEW_ARRAY(scratch, p->old.count + 1, bool);
    if (!p->partner || !p->taken)
        return;
    bool has_identity = pair_by_any_identity(p);
    p->no_order = p->no_order || are_tags(p);
    if (p->c->quiet && !p->no_order)
        compare_in_order(p);
    else if (has_identity || pair_by_value(p))
        tell_all(p, old, new);
}

void cfn__diff_lists(cfn__comparison *c, const cfn_node *old, const cfn_node *new, cfn__site site)
{
    cfn_arena *scratch = c->diff->scratch;
    cfn__arena_mark mark = cfn__mark(scratch);
    pairing p = {.c = c, .site = &site};
    if (gather(scratch, old, &p.old) && gather(scratch, new, &p.new))
        compare(&p, old, new);
    cfn__rewind(scratch, mark);
}
