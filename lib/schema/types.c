/* Types, their attributes, regions and origins: <cfngen/schema.h> over the block of facts. */
#include "base/text.h"
#include "schema/format.h"

#include <string.h>

size_t cfn_schema_size(const cfn_schema *schema)
{
    return cfn__word(cfn__bytes(schema) + 16);
}

uint32_t cfn_schema_version(const cfn_schema *schema)
{
    return cfn__word(cfn__bytes(schema) + 12);
}

const char *cfn_schema_origin(const cfn_schema *schema, size_t index, const char **text)
{
    if (index >= cfn__section_count(schema, CFN__ORIGINS))
        return NULL;
    const unsigned char *pair = cfn__section(schema, CFN__ORIGINS) + index * CFN__SIZE_OF_ORIGINS;
    *text = cfn__text_at(schema, cfn__field_of(pair, 1));
    return cfn__text_at(schema, cfn__field_of(pair, 0));
}

const char *cfn_schema_region_at(const cfn_schema *schema, size_t index)
{
    if (index >= cfn__section_count(schema, CFN__REGIONS))
        return NULL;
    return cfn__text_at(schema, cfn__field_of(cfn__section(schema, CFN__REGIONS), index));
}

int cfn_schema_region_find(const cfn_schema *schema, const char *region)
{
    const char *name;
    for (int i = 0; (name = cfn_schema_region_at(schema, (size_t)i)); i++)
        if (strcmp(name, region) == 0)
            return i;
    return -1;
}

size_t cfn_schema_type_count(const cfn_schema *schema)
{
    return cfn__section_count(schema, CFN__TYPES);
}

const cfn_schema_type *cfn_schema_type_at(const cfn_schema *schema, size_t index)
{
    if (index >= cfn_schema_type_count(schema))
        return NULL;
    return (const void *)(cfn__section(schema, CFN__TYPES) + index * CFN__SIZE_OF_TYPES);
}

const cfn_schema_type *cfn_schema_type_find(const cfn_schema *schema, const char *name,
                                            size_t length)
{
    const unsigned char *slots = cfn__section(schema, CFN__NAMES);
    uint32_t mask = cfn__section_count(schema, CFN__NAMES) - 1, index;
    for (uint32_t i = cfn__hash(name, length) & mask; (index = cfn__field_of(slots, i));
         i = (i + 1) & mask) {
        const cfn_schema_type *type = cfn_schema_type_at(schema, index - 1);
        const char *its_name = cfn__text_at(schema, cfn__field_of(type, CFN__TYPE_NAME));
        if (strncmp(its_name, name, length) == 0 && !its_name[length])
            return type;
    }
    return NULL;
}

cfn_schema_type_facts cfn_schema_type_describe(const cfn_schema *schema,
                                               const cfn_schema_type *type)
{
    uint32_t flags = cfn__field_of(type, CFN__TYPE_FLAGS);
    return (cfn_schema_type_facts){
        .name = cfn__text_at(schema, cfn__field_of(type, CFN__TYPE_NAME)),
        .value = (const void *)(cfn__section(schema, CFN__VALUES) +
                                (size_t)cfn__field_of(type, CFN__TYPE_VALUE) * CFN__SIZE_OF_VALUES),
        .regions = cfn__field_of(type, CFN__TYPE_REGIONS_LOW) |
                   (uint64_t)cfn__field_of(type, CFN__TYPE_REGIONS_HIGH) << 32,
        .structure_only = flags & CFN__TYPE_STRUCTURE_ONLY,
        .holds_data = flags & CFN__TYPE_HOLDS_DATA,
        .must_be_empty = flags & CFN__TYPE_MUST_BE_EMPTY,
        .deletes_first = flags & CFN__TYPE_DELETES_FIRST,
        .taggable = flags & CFN__TYPE_TAGGABLE,
        .tags_on_create = flags & CFN__TYPE_TAGS_ON_CREATE,
        .tags_change = flags & CFN__TYPE_TAGS_CHANGE,
        .properties_are_attributes = flags & CFN__TYPE_ALL_ATTRIBUTES,
        .takes_creation_policy = flags & CFN__TYPE_CREATION_POLICY,
        .takes_update_policy = flags & CFN__TYPE_UPDATE_POLICY,
        .snapshot_on_delete = flags & CFN__TYPE_SNAPSHOT_ON_DELETE,
        .snapshot_on_replace = flags & CFN__TYPE_SNAPSHOT_ON_REPLACE,
        .tag_property = cfn__text_at(schema, cfn__field_of(type, CFN__TYPE_TAG_PROPERTY)),
    };
}

static const char *text_of_list(const cfn_schema *schema, uint32_t list, size_t index)
{
    if (index >= cfn__list_length(schema, list))
        return NULL;
    return cfn__text_at(schema, cfn__list_word(schema, list, index));
}

const char *cfn_schema_attribute_at(const cfn_schema *schema, const cfn_schema_type *type,
                                    size_t index)
{
    return text_of_list(schema, cfn__field_of(type, CFN__TYPE_ATTRIBUTES), index);
}

const char *cfn_schema_identifier_at(const cfn_schema *schema, const cfn_schema_type *type,
                                     size_t index)
{
    return text_of_list(schema, cfn__field_of(type, CFN__TYPE_IDENTIFIER), index);
}

/* "Outputs.*" covers "Outputs.Url". */
static bool covers(const char *attribute, const char *name)
{
    size_t length = strlen(attribute);
    if (!cfn__ends_with(attribute, ".*"))
        return strcmp(attribute, name) == 0;
    return strncmp(attribute, name, length - 1) == 0 && name[length - 1];
}

bool cfn_schema_has_attribute(const cfn_schema *schema, const cfn_schema_type *type,
                              const char *name)
{
    const char *attribute;
    for (size_t i = 0; (attribute = cfn_schema_attribute_at(schema, type, i)); i++)
        if (covers(attribute, name))
            return true;
    cfn_schema_type_facts facts = cfn_schema_type_describe(schema, type);
    cfn_schema_place place = cfn_schema_place_of(schema, type);
    return facts.properties_are_attributes && cfn_schema_follow(schema, &place, name);
}
