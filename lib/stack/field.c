/* Questions about descriptor tables. */
#include "stack/field.h"

#include "base/arena.h"

#include <string.h>

size_t cfn__field_size(const cfn__field *field)
{
    switch (field->kind) {
    case CFN__FIELD_STR:
        return sizeof(cfn_str);
    case CFN__FIELD_INT:
        return sizeof(cfn_int);
    case CFN__FIELD_NUM:
        return sizeof(cfn_num);
    case CFN__FIELD_BOOL:
        return sizeof(cfn_bool);
    case CFN__FIELD_JSON:
        return sizeof(cfn_json);
    case CFN__FIELD_HANDLE:
        return sizeof(cfn_handle);
    case CFN__FIELD_RECORD:
        return field->record->size;
    case CFN__FIELD_ATTRIBUTES:
        return sizeof(cfn_attributes);
    case CFN__FIELD_STR_LIST:
    case CFN__FIELD_JSON_LIST:
    case CFN__FIELD_HANDLE_LIST:
    case CFN__FIELD_RECORD_LIST:
        break;
    }
    return sizeof(cfn__any_list);
}

size_t cfn__item_size(const cfn__field *field)
{
    switch (field->kind) {
    case CFN__FIELD_STR_LIST:
        return sizeof(cfn_str);
    case CFN__FIELD_JSON_LIST:
        return sizeof(cfn_json);
    case CFN__FIELD_HANDLE_LIST:
        return sizeof(cfn_handle);
    default:
        return field->record->size;
    }
}

const cfn__field *cfn__find_field(const cfn__record *record, const char *name)
{
    for (size_t i = 0; i < record->count; i++)
        if (strcmp(record->fields[i].name, name) == 0)
            return &record->fields[i];
    return NULL;
}

const char *cfn__item_type_name(const cfn__field *field)
{
    static const char *const names[] = {
        [CFN__FIELD_STR] = "string",          [CFN__FIELD_INT] = "whole number",
        [CFN__FIELD_NUM] = "number",          [CFN__FIELD_BOOL] = "boolean",
        [CFN__FIELD_JSON] = "value",          [CFN__FIELD_STR_LIST] = "string",
        [CFN__FIELD_JSON_LIST] = "mapping",   [CFN__FIELD_RECORD] = "mapping",
        [CFN__FIELD_RECORD_LIST] = "mapping", [CFN__FIELD_ATTRIBUTES] = "attribute",
    };
    if (field->construct)
        return field->construct;
    return field->flags & CFN__MAPPING ? "mapping" : names[field->kind];
}

bool cfn__is_list_field(const cfn__field *field)
{
    return field->kind == CFN__FIELD_STR_LIST || field->kind == CFN__FIELD_JSON_LIST ||
           field->kind == CFN__FIELD_HANDLE_LIST || field->kind == CFN__FIELD_RECORD_LIST;
}

const char *cfn__field_type_name(cfn_arena *arena, const cfn__field *field)
{
    const char *item = cfn__item_type_name(field);
    return cfn__is_list_field(field) ? cfn__format(arena, "list (each a %s)", item) : item;
}
