/* Rules over several properties, and the runtimes of Lambda: <cfngen/schema.h> over the block. */
#include "schema/format.h"

#include <string.h>

static const unsigned char *record(const cfn_schema *schema, int section, size_t index, size_t size)
{
    return cfn__section(schema, section) + index * size;
}

static uint32_t type_of(const cfn_schema *schema, size_t cross)
{
    return cfn__field_of(record(schema, CFN__CROSSES, cross, CFN__SIZE_OF_CROSSES),
                         CFN__CROSS_TYPE);
}

/* The first rule of a type, or of a later one. */
static size_t first_of(const cfn_schema *schema, uint32_t type)
{
    size_t low = 0, high = cfn__section_count(schema, CFN__CROSSES);
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (type_of(schema, middle) < type)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

bool cfn_schema_cross_at(const cfn_schema *schema, const cfn_schema_type *type, size_t index,
                         cfn_schema_cross *cross)
{
    ptrdiff_t offset = cfn__bytes(type) - cfn__section(schema, CFN__TYPES);
    uint32_t number = (uint32_t)((size_t)offset / CFN__SIZE_OF_TYPES);
    size_t first = first_of(schema, number), count = cfn__section_count(schema, CFN__CROSSES);
    if (index >= count - first || type_of(schema, first + index) != number)
        return false;
    const unsigned char *words = record(schema, CFN__CROSSES, first + index, CFN__SIZE_OF_CROSSES);
    *cross = (cfn_schema_cross){
        .name = cfn__text_at(schema, cfn__field_of(words, CFN__CROSS_NAME)),
        .path = cfn__text_at(schema, cfn__field_of(words, CFN__CROSS_PATH)),
        .value = (const void *)record(schema, CFN__VALUES, cfn__field_of(words, CFN__CROSS_VALUE),
                                      CFN__SIZE_OF_VALUES),
        .regions = cfn__field_of(words, CFN__CROSS_REGIONS_LOW) |
                   (uint64_t)cfn__field_of(words, CFN__CROSS_REGIONS_HIGH) << 32,
        .is_warning = cfn__field_of(words, CFN__CROSS_FLAGS) & CFN__CROSS_WARNING,
    };
    return true;
}

bool cfn_schema_runtime_at(const cfn_schema *schema, size_t index, cfn_schema_runtime *runtime)
{
    if (index >= cfn__section_count(schema, CFN__RUNTIMES))
        return false;
    const unsigned char *words = record(schema, CFN__RUNTIMES, index, CFN__SIZE_OF_RUNTIMES);
    *runtime = (cfn_schema_runtime){
        .name = cfn__text_at(schema, cfn__field_of(words, CFN__RUNTIME_NAME)),
        .deprecated = cfn__text_at(schema, cfn__field_of(words, CFN__RUNTIME_DEPRECATED)),
        .create_blocked = cfn__text_at(schema, cfn__field_of(words, CFN__RUNTIME_CREATE_BLOCKED)),
        .update_blocked = cfn__text_at(schema, cfn__field_of(words, CFN__RUNTIME_UPDATE_BLOCKED)),
        .successor = cfn__text_at(schema, cfn__field_of(words, CFN__RUNTIME_SUCCESSOR)),
    };
    return true;
}

bool cfn_schema_runtime_find(const cfn_schema *schema, const char *name,
                             cfn_schema_runtime *runtime)
{
    cfn_schema_runtime found;
    for (size_t i = 0; cfn_schema_runtime_at(schema, i, &found); i++) {
        if (strcmp(found.name, name) != 0)
            continue;
        *runtime = found;
        return true;
    }
    return false;
}
