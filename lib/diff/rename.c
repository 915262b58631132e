/* What was removed here and added there: a resource under another logical id. */
#include "diff/diff.h"

#include <inttypes.h>
#include <string.h>

/* Removed resources by a key; those with the same key stand in their order. */
typedef struct removed {
    cfn__index first; /* to a number, plus 1 */
    size_t *next;     /* the next with the same key, plus 1 */
} removed;

typedef const char *key_of(cfn_template_diff *diff, const cfn_diff_entry *entry,
                           const cfn_node *resource);

/* The same type with the same properties, whatever they are. */
static const char *key_by_properties(cfn_template_diff *diff, const cfn_diff_entry *entry,
                                     const cfn_node *resource)
{
    const cfn_node *properties = cfn__get(resource, "Properties");
    if (cfn_node_size(properties) == 0)
        return NULL;
    return cfn__format(diff->scratch, "%s %" PRIx64, entry->type,
                       cfn__value_hash(diff, properties));
}

/* The same type with the same name of its own. */
static const char *key_by_name(cfn_template_diff *diff, const cfn_diff_entry *entry,
                               const cfn_node *resource)
{
    const cfn_node *name = cfn__fixed_name(diff, entry->type, resource, NULL);
    return name
               ? cfn__format(diff->scratch, "%s %" PRIx64, entry->type, cfn__value_hash(diff, name))
               : NULL;
}

static bool is_free(const cfn_diff_entry *entry, cfn_diff_kind kind)
{
    return entry->section == CFN_SECTION_RESOURCES && entry->kind == kind && !entry->twin;
}

static bool index_removed(cfn_template_diff *diff, removed *r, key_of *key)
{
    r->next = CFN__NEW_ARRAY(diff->scratch, diff->entry_list.count + 1, size_t);
    for (size_t i = diff->entry_list.count; r->next && i-- > 0;) {
        const cfn_diff_entry *entry = &diff->entries[i];
        const char *text =
            is_free(entry, CFN_DIFF_REMOVED) ? key(diff, entry, entry->old_node) : NULL;
        if (!text)
            continue;
        r->next[i] = (uintptr_t)cfn__index_get(&r->first, text);
        cfn__index_put(diff->scratch, &r->first, text, (void *)(uintptr_t)(i + 1));
    }
    return r->next != NULL;
}

static void find_twins(cfn_template_diff *diff, key_of *key)
{
    removed r = {0};
    if (!index_removed(diff, &r, key) || !r.first.used)
        return;
    for (size_t i = 0; i < diff->entry_list.count; i++) {
        cfn_diff_entry *entry = &diff->entries[i];
        const char *text =
            is_free(entry, CFN_DIFF_ADDED) ? key(diff, entry, entry->new_node) : NULL;
        uintptr_t number = text ? (uintptr_t)cfn__index_get(&r.first, text) : 0;
        if (!number)
            continue;
        cfn_diff_entry *twin = &diff->entries[number - 1];
        entry->twin = twin->id;
        twin->twin = entry->id;
        cfn__index_put(diff->scratch, &r.first, text, (void *)(uintptr_t)r.next[number - 1]);
    }
}

void cfn__find_renames(cfn_template_diff *diff)
{
    find_twins(diff, key_by_properties);
    find_twins(diff, key_by_name);
}
