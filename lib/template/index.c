/* The template's index: from a map and a key to the member, in constant time. */
#include "base/text.h"
#include "template/template.h"

#include <string.h>

static const cfn_section indexed[] = {CFN_SECTION_PARAMETERS, CFN_SECTION_RULES,
                                      CFN_SECTION_MAPPINGS,   CFN_SECTION_CONDITIONS,
                                      CFN_SECTION_RESOURCES,  CFN_SECTION_OUTPUTS};
enum { INDEXED = sizeof indexed / sizeof *indexed };

bool cfn__is_generator(const cfn_node *member)
{
    cfn__function function = cfn__function_of_key(member->key);
    return function == CFN__FN_FOR_EACH || function == CFN__FN_TRANSFORM;
}

static size_t hash_of(const cfn_node *map, const char *key, size_t length)
{
    /* The low bits of an address are always zero. */
    return cfn__hash(key, length) ^ ((size_t)(uintptr_t)map >> 4) * 0x9e3779b1u;
}

static bool key_is(const cfn_node *member, const char *key, size_t length)
{
    return strncmp(member->key, key, length) == 0 && !member->key[length];
}

static cfn__slot *slot_for(const cfn_template *tpl, const cfn_node *map, const char *key,
                           size_t length)
{
    size_t i = hash_of(map, key, length);
    for (;; i++) {
        cfn__slot *slot = &tpl->slots[i & tpl->slot_mask];
        if (!slot->node || (slot->node->parent == map && key_is(slot->node, key, length)))
            return slot;
    }
}

const cfn__slot *cfn__find_slot(const cfn_template *tpl, const cfn_node *map, const char *key,
                                size_t length)
{
    if (!tpl->slots || !cfn__is_map(map))
        return NULL;
    const cfn__slot *slot = slot_for(tpl, map, key, length);
    return slot->node ? slot : NULL;
}

const cfn__slot *cfn__find_entry(const cfn_template *tpl, cfn_section section, const char *id,
                                 size_t length)
{
    return cfn__find_slot(tpl, tpl->sections[section], id, length);
}

/* Entries are numbered as they come; what generates entries is none. */
static void add_members(cfn_template *tpl, const cfn_node *map)
{
    uint32_t ordinal = 0;
    for (const cfn_node *n = cfn__is_map(map) ? map->first : NULL; n; n = n->next)
        if (!cfn__is_generator(n))
            *slot_for(tpl, map, n->key, strlen(n->key)) = (cfn__slot){n, ordinal++};
}

static size_t map_size(const cfn_node *node)
{
    return cfn__is_map(node) ? node->size : 0;
}

static size_t count_members(const cfn_template *tpl)
{
    size_t count = 0;
    for (size_t i = 0; i < INDEXED; i++)
        count += map_size(tpl->sections[indexed[i]]);
    const cfn_node *mappings = tpl->sections[CFN_SECTION_MAPPINGS];
    for (const cfn_node *m = cfn_node_first(mappings); m; m = m->next) {
        count += map_size(m);
        for (const cfn_node *top = cfn_node_first(m); top; top = top->next)
            count += map_size(top);
    }
    return count;
}

static void add_mappings(cfn_template *tpl)
{
    const cfn_node *mappings = tpl->sections[CFN_SECTION_MAPPINGS];
    for (const cfn_node *m = map_size(mappings) ? mappings->first : NULL; m; m = m->next) {
        add_members(tpl, m);
        for (const cfn_node *top = map_size(m) ? m->first : NULL; top; top = top->next)
            add_members(tpl, top);
    }
}

static const char *text_of(const cfn_node *map, const char *key)
{
    const cfn_node *node = cfn__get(map, key);
    return cfn__is_string(node) ? node->text : NULL;
}

static void list_resources(cfn_template *tpl)
{
    const cfn_node *section = tpl->sections[CFN_SECTION_RESOURCES];
    tpl->resources = CFN__NEW_ARRAY(tpl->arena, map_size(section), cfn_resource);
    if (!tpl->resources || !map_size(section))
        return;
    for (const cfn_node *n = section->first; n; n = n->next) {
        if (cfn__is_generator(n))
            continue;
        const char *type = text_of(n, "Type");
        tpl->resources[tpl->resource_count++] = (cfn_resource){
            .id = n->key,
            .type = type ? type : "",
            .condition = text_of(n, "Condition"),
            .node = n,
            .properties = cfn__get(n, "Properties"),
        };
    }
}

static void list_conditions(cfn_template *tpl)
{
    const cfn_node *section = tpl->sections[CFN_SECTION_CONDITIONS];
    tpl->conditions = CFN__NEW_ARRAY(tpl->arena, map_size(section), const cfn_node *);
    if (!tpl->conditions || !map_size(section))
        return;
    for (const cfn_node *n = section->first; n; n = n->next)
        if (!cfn__is_generator(n))
            tpl->conditions[tpl->condition_count++] = n;
}

void cfn__index_template(cfn_template *tpl)
{
    size_t wanted = count_members(tpl) * 2, size = 16;
    while (size < wanted)
        size *= 2;
    tpl->slots = CFN__NEW_ARRAY(tpl->arena, size, cfn__slot);
    if (!tpl->slots)
        return;
    tpl->slot_mask = size - 1;
    for (size_t i = 0; i < INDEXED; i++)
        add_members(tpl, tpl->sections[indexed[i]]);
    add_mappings(tpl);
    list_resources(tpl);
    list_conditions(tpl);
    tpl->spans = CFN__NEW_ARRAY(tpl->arena, tpl->resource_count + tpl->condition_count, cfn__span);
}
