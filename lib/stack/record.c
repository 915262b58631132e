/* The C way in: a props struct becomes the nodes that a stack file would have, by the same table
 * that binds them later. */
#include "stack/stack.h"

#include <string.h>

static cfn_node *record_to_node(const cfn__maker *make, const cfn_record *record,
                                const void *props);

/* Tags are the same everywhere, so they have one table. */
static const cfn_field tag_fields[] = {
    {"Key", CFN_FIELD_STR, offsetof(cfn_tag, Key), NULL},
    {"Value", CFN_FIELD_STR, offsetof(cfn_tag, Value), NULL},
    {"", CFN_FIELD_ALL, offsetof(cfn_tag, all), NULL},
};
static const cfn_record tag_record = {"a tag", tag_fields, CFN__COUNT(tag_fields),
                                      sizeof *tag_fields, sizeof(cfn_tag)};

static cfn_node *handle_to_node(const cfn__maker *make, const cfn_handle *handle)
{
    if (handle->id)
        return cfn__ref_node(make, cfn__strdup(make->arena, handle->id));
    return cfn__str_node(make, handle->value);
}

static cfn_node *item_to_node(const cfn__maker *make, const cfn_field *field, const void *item)
{
    switch (field->kind) {
    case CFN_FIELD_STR_LIST:
        return cfn__str_node(make, *(const cfn_str *)item);
    case CFN_FIELD_INT_LIST:
        return cfn__int_node(make, *(const cfn_int *)item);
    case CFN_FIELD_NUM_LIST:
        return cfn__num_node(make, *(const cfn_num *)item);
    case CFN_FIELD_BOOL_LIST:
        return cfn__bool_node(make, *(const cfn_bool *)item);
    case CFN_FIELD_JSON_LIST:
        return cfn__json_node(make, *(const cfn_json *)item);
    case CFN_FIELD_HANDLE_LIST:
        return handle_to_node(make, item);
    case CFN_FIELD_TAG_LIST:
        return record_to_node(make, &tag_record, item);
    default:
        return record_to_node(make, field->record, item);
    }
}

static cfn_node *list_to_node(const cfn__maker *make, const cfn_field *field, const void *at)
{
    cfn__any_list list;
    memcpy(&list, at, sizeof list); /* every list type has this layout */
    if (cfn__is_set(list.all))
        return cfn__str_node(make, list.all);
    if (!list.items)
        return NULL;
    cfn_node *node = cfn__list(make);
    for (size_t i = 0; i < list.count; i++)
        cfn__append(
            node, item_to_node(make, field, (const char *)list.items + i * cfn__item_size(field)));
    return node;
}

void cfn__put_entries(const cfn__maker *make, cfn_node *map, const cfn_entry *entries, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const char *key = cfn__strdup(make->arena, entries[i].key ? entries[i].key : "");
        cfn_node *value = cfn__str_node(make, entries[i].value);
        if (value)
            cfn__set(map, key, value);
    }
}

static cfn_node *map_to_node(const cfn__maker *make, const cfn_str_map *map)
{
    if (cfn__is_set(map->all))
        return cfn__str_node(make, map->all);
    if (!map->entries)
        return NULL;
    cfn_node *node = cfn__map(make);
    cfn__put_entries(make, node, map->entries, map->count);
    return node;
}

static bool all_zero(const void *memory, size_t size)
{
    const unsigned char *bytes = memory;
    for (size_t i = 0; i < size; i++)
        if (bytes[i])
            return false;
    return true;
}

static cfn_node *field_to_node(const cfn__maker *make, const cfn_field *field, const void *at)
{
    const void *object;
    switch (field->kind) {
    case CFN_FIELD_STR:
        return cfn__str_node(make, *(const cfn_str *)at);
    case CFN_FIELD_INT:
        return cfn__int_node(make, *(const cfn_int *)at);
    case CFN_FIELD_NUM:
        return cfn__num_node(make, *(const cfn_num *)at);
    case CFN_FIELD_BOOL:
        return cfn__bool_node(make, *(const cfn_bool *)at);
    case CFN_FIELD_JSON:
        return cfn__json_node(make, *(const cfn_json *)at);
    case CFN_FIELD_STR_MAP:
        return map_to_node(make, at);
    case CFN_FIELD_HANDLE:
        return handle_to_node(make, at);
    case CFN_FIELD_RECORD:
        return all_zero(at, field->record->size) ? NULL : record_to_node(make, field->record, at);
    case CFN_FIELD_OBJECT:
        memcpy(&object, at, sizeof object);
        return object ? record_to_node(make, field->record, object) : NULL;
    default:
        return list_to_node(make, field, at);
    }
}

/* What stands for the whole struct, when it was given. */
static cfn_str all_of(const cfn_record *record, const void *props)
{
    const cfn_field *last = cfn__field_at(record, record->count - 1);
    if (last->kind != CFN_FIELD_ALL)
        return cfn_s(NULL);
    return *(const cfn_str *)(const void *)((const char *)props + last->offset);
}

static cfn_node *record_to_node(const cfn__maker *make, const cfn_record *record, const void *props)
{
    cfn_str all = all_of(record, props);
    if (cfn__is_set(all))
        return cfn__str_node(make, all);
    cfn_node *map = cfn__map(make);
    for (size_t i = 0; i < record->count; i++) {
        const cfn_field *field = cfn__field_at(record, i);
        const void *at = (const char *)props + field->offset;
        if (field->kind == CFN_FIELD_OTHERS)
            cfn__put_entries(make, map, ((const cfn_others *)at)->entries,
                             ((const cfn_others *)at)->count);
        else if (field->kind != CFN_FIELD_ALL && field->kind != CFN_FIELD_ATTRIBUTES)
            cfn__put(map, field->name, field_to_node(make, field, at));
    }
    return map;
}

cfn_node *cfn__record_to_node(const cfn__maker *make, const cfn_record *record, const void *props)
{
    return props ? record_to_node(make, record, props) : NULL;
}

void cfn__put_text(const cfn__maker *make, cfn_node *map, const char *key, const char *text)
{
    if (text)
        cfn__put(map, key, cfn__string(make, cfn__strdup(make->arena, text)));
}

void cfn__put_attributes(const cfn__maker *make, cfn_node *resource,
                         const cfn_attributes *attributes)
{
    if (!attributes)
        return;
    cfn__put_text(make, resource, "Condition", attributes->condition);
    if (attributes->depends_on) {
        cfn_node *list = cfn__list(make);
        for (const char *const *id = attributes->depends_on; *id; id++)
            cfn__append(list, cfn__string(make, cfn__strdup(make->arena, *id)));
        cfn__put(resource, "DependsOn", list);
    }
    cfn__put_text(make, resource, "DeletionPolicy", attributes->deletion_policy);
    cfn__put_text(make, resource, "UpdateReplacePolicy", attributes->update_replace_policy);
    cfn__put(resource, "CreationPolicy", cfn__json_node(make, attributes->creation_policy));
    cfn__put(resource, "UpdatePolicy", cfn__json_node(make, attributes->update_policy));
    cfn__put(resource, "Metadata", cfn__json_node(make, attributes->metadata));
}
