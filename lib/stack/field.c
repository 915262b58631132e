/* Questions about descriptor tables. */
#include "stack/field.h"

#include "base/arena.h"

#include <string.h>

size_t cfn__field_size(const cfn_field *field)
{
    switch (field->kind) {
    case CFN_FIELD_STR:
    case CFN_FIELD_ALL:
        return sizeof(cfn_str);
    case CFN_FIELD_INT:
        return sizeof(cfn_int);
    case CFN_FIELD_NUM:
        return sizeof(cfn_num);
    case CFN_FIELD_BOOL:
        return sizeof(cfn_bool);
    case CFN_FIELD_JSON:
        return sizeof(cfn_json);
    case CFN_FIELD_STR_MAP:
        return sizeof(cfn_str_map);
    case CFN_FIELD_OTHERS:
        return sizeof(cfn_others);
    case CFN_FIELD_HANDLE:
        return sizeof(cfn_handle);
    case CFN_FIELD_RECORD:
        return field->record->size;
    case CFN_FIELD_OBJECT:
        return sizeof(void *);
    case CFN_FIELD_ATTRIBUTES:
        return sizeof(cfn_attributes);
    default: /* lists */
        return sizeof(cfn__any_list);
    }
}

size_t cfn__item_size(const cfn_field *field)
{
    switch (field->kind) {
    case CFN_FIELD_STR_LIST:
        return sizeof(cfn_str);
    case CFN_FIELD_INT_LIST:
        return sizeof(cfn_int);
    case CFN_FIELD_NUM_LIST:
        return sizeof(cfn_num);
    case CFN_FIELD_BOOL_LIST:
        return sizeof(cfn_bool);
    case CFN_FIELD_JSON_LIST:
        return sizeof(cfn_json);
    case CFN_FIELD_TAG_LIST:
        return sizeof(cfn_tag);
    case CFN_FIELD_HANDLE_LIST:
        return sizeof(cfn_handle);
    default:
        return field->record->size;
    }
}

const cfn__field *cfn__find_field(const cfn_record *record, const char *name)
{
    for (size_t i = 0; i < record->count; i++)
        if (strcmp(cfn__field_at(record, i)->name, name) == 0)
            return cfn__row_at(record, i);
    return NULL;
}

const cfn_attributes *cfn__attributes_in(const cfn_record *record, const void *props)
{
    const cfn_field *last = cfn__field_at(record, record->count - 1);
    if (!props || last->kind != CFN_FIELD_ATTRIBUTES)
        return NULL;
    return (const cfn_attributes *)(const void *)((const char *)props + last->offset);
}

const char *cfn__item_type_name(const cfn__field *field)
{
    static const char *const names[] = {
        [CFN_FIELD_STR] = "string",          [CFN_FIELD_INT] = "whole number",
        [CFN_FIELD_NUM] = "number",          [CFN_FIELD_BOOL] = "boolean",
        [CFN_FIELD_JSON] = "value",          [CFN_FIELD_STR_LIST] = "string",
        [CFN_FIELD_JSON_LIST] = "mapping",   [CFN_FIELD_RECORD] = "mapping",
        [CFN_FIELD_RECORD_LIST] = "mapping", [CFN_FIELD_ATTRIBUTES] = "attribute",
    };
    if (field->construct)
        return field->construct;
    return field->flags & CFN__MAPPING ? "mapping" : names[field->base.kind];
}

bool cfn__is_list_field(const cfn__field *field)
{
    return field->base.kind == CFN_FIELD_STR_LIST || field->base.kind == CFN_FIELD_JSON_LIST ||
           field->base.kind == CFN_FIELD_HANDLE_LIST || field->base.kind == CFN_FIELD_RECORD_LIST;
}

const char *cfn__field_type_name(cfn_arena *arena, const cfn__field *field)
{
    const char *item = cfn__item_type_name(field);
    return cfn__is_list_field(field) ? cfn__format(arena, "list (each a %s)", item) : item;
}
