/* The C way in: a props struct becomes the nodes that a stack file would have, by the same table
 * that binds them later. */
#include "stack/stack.h"

#include <string.h>

static cfn_node *field_to_node(const cfn__maker *make, const cfn__field *field, const void *at);

static cfn_node *handle_to_node(const cfn__maker *make, const cfn_handle *handle)
{
    if (handle->id)
        return cfn__ref_node(make, cfn__strdup(make->arena, handle->id));
    return cfn__str_node(make, handle->value);
}

static cfn_node *record_to_node(const cfn__maker *make, const cfn__record *record,
                                const void *props, cfn_node *resource)
{
    cfn_node *map = cfn__map(make);
    for (size_t i = 0; i < record->count; i++) {
        const cfn__field *field = &record->fields[i];
        const void *at = (const char *)props + field->offset;
        if (field->kind == CFN__FIELD_ATTRIBUTES) {
            const cfn_attributes *attributes = at;
            cfn__put(map, "Overrides", cfn__json_node(make, attributes->overrides));
            cfn__put_attributes(make, resource, attributes);
        } else {
            cfn__put(map, field->name, field_to_node(make, field, at));
        }
    }
    return map;
}

cfn_node *cfn__record_to_node(const cfn__maker *make, const cfn__record *record, const void *props,
                              cfn_node *resource)
{
    return record_to_node(make, record, props, resource);
}

static cfn_node *item_to_node(const cfn__maker *make, const cfn__field *field, const void *item)
{
    switch (field->kind) {
    case CFN__FIELD_STR_LIST:
        return cfn__str_node(make, *(const cfn_str *)item);
    case CFN__FIELD_JSON_LIST:
        return cfn__json_node(make, *(const cfn_json *)item);
    case CFN__FIELD_HANDLE_LIST:
        return handle_to_node(make, item);
    default:
        return record_to_node(make, field->record, item, NULL);
    }
}

static cfn_node *list_to_node(const cfn__maker *make, const cfn__field *field, const void *at)
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

static bool all_zero(const void *memory, size_t size)
{
    const unsigned char *bytes = memory;
    for (size_t i = 0; i < size; i++)
        if (bytes[i])
            return false;
    return true;
}

static cfn_node *field_to_node(const cfn__maker *make, const cfn__field *field, const void *at)
{
    switch (field->kind) {
    case CFN__FIELD_STR:
        return cfn__str_node(make, *(const cfn_str *)at);
    case CFN__FIELD_INT:
        return cfn__int_node(make, *(const cfn_int *)at);
    case CFN__FIELD_NUM:
        return cfn__num_node(make, *(const cfn_num *)at);
    case CFN__FIELD_BOOL:
        return cfn__bool_node(make, *(const cfn_bool *)at);
    case CFN__FIELD_JSON:
        return cfn__json_node(make, *(const cfn_json *)at);
    case CFN__FIELD_HANDLE:
        return handle_to_node(make, at);
    case CFN__FIELD_RECORD:
        if (all_zero(at, field->record->size))
            return NULL;
        return record_to_node(make, field->record, at, NULL);
    case CFN__FIELD_ATTRIBUTES:
        return NULL;
    case CFN__FIELD_STR_LIST:
    case CFN__FIELD_JSON_LIST:
    case CFN__FIELD_HANDLE_LIST:
    case CFN__FIELD_RECORD_LIST:
        break;
    }
    return list_to_node(make, field, at);
}

void cfn__put_text(const cfn__maker *make, cfn_node *map, const char *key, const char *text)
{
    if (text)
        cfn__put(map, key, cfn__string(make, cfn__strdup(make->arena, text)));
}

void cfn__put_attributes(const cfn__maker *make, cfn_node *resource,
                         const cfn_attributes *attributes)
{
    cfn__put_text(make, resource, "Condition", attributes->condition);
    if (attributes->depends_on) {
        cfn_node *list = cfn__list(make);
        for (const char *const *id = attributes->depends_on; *id; id++)
            cfn__append(list, cfn__string(make, cfn__strdup(make->arena, *id)));
        cfn__put(resource, "DependsOn", list);
    }
    cfn__put_text(make, resource, "DeletionPolicy", attributes->deletion_policy);
    cfn__put_text(make, resource, "UpdateReplacePolicy", attributes->update_replace_policy);
    cfn__put(resource, "Metadata", cfn__json_node(make, attributes->metadata));
}
