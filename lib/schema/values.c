/* Values, their properties and rules: <cfngen/schema.h> over the block of facts. */
#include "schema/format.h"

#include <string.h>

#define KIND(name, kind, word) CFN_SCHEMA_KIND_##kind,
const uint8_t cfn__rule_kinds[CFN_SCHEMA_RULE_COUNT] = {CFN_SCHEMA_RULES(KIND)};
#undef KIND

const char *cfn_schema_rule_name(cfn_schema_rule_id id)
{
#define WORD(name, kind, word) word,
    static const char *const names[] = {CFN_SCHEMA_RULES(WORD)};
#undef WORD
    return names[id];
}

static const cfn_schema_value *value_at(const cfn_schema *schema, uint32_t index)
{
    return (const void *)(cfn__section(schema, CFN__VALUES) + (size_t)index * CFN__SIZE_OF_VALUES);
}

cfn_schema_value_facts cfn_schema_value_describe(const cfn_schema *schema,
                                                 const cfn_schema_value *value)
{
    uint32_t word = cfn__field_of(value, 0);
    uint32_t flags = word >> 8 & 0xff;
    (void)schema;
    return (cfn_schema_value_facts){
        .types = word & 0xff,
        .property_count = word >> 16,
        .closed = flags & CFN__VALUE_CLOSED,
        .unordered = flags & CFN__VALUE_UNORDERED,
        .unique = flags & CFN__VALUE_UNIQUE,
        .attribute_list = flags & CFN__VALUE_ATTRIBUTE_LIST,
        .enum_any_case = flags & CFN__VALUE_ENUM_ANY_CASE,
        .forbidden = flags & CFN__VALUE_FORBIDDEN,
    };
}

static const cfn_schema_property *property_of(const cfn_schema *schema,
                                              const cfn_schema_value *value, size_t index)
{
    return (const void *)(cfn__section(schema, CFN__PROPERTIES) +
                          (cfn__field_of(value, 1) + index) * CFN__SIZE_OF_PROPERTIES);
}

const cfn_schema_property *cfn_schema_property_at(const cfn_schema *schema,
                                                  const cfn_schema_value *value, size_t index)
{
    return index < cfn__field_of(value, 0) >> 16 ? property_of(schema, value, index) : NULL;
}

/* As strcmp, for a word that is not ended by a NUL; the first letters mostly decide, so that a call
 * would cost more than it does. */
static int compare_word(const char *word, size_t length, const char *name)
{
    for (size_t i = 0; i < length; i++)
        if (word[i] != name[i])
            return (unsigned char)word[i] < (unsigned char)name[i] ? -1 : 1;
    return name[length] ? -1 : 0;
}

const cfn_schema_property *cfn_schema_property_find(const cfn_schema *schema,
                                                    const cfn_schema_value *value, const char *name,
                                                    size_t length)
{
    size_t low = 0, high = cfn__field_of(value, 0) >> 16;
    const char *texts = cfn__text_at(schema, 0);
    const unsigned char *first = cfn__bytes(property_of(schema, value, 0));
    while (low < high) {
        size_t middle = (low + high) / 2;
        const unsigned char *property = first + middle * CFN__SIZE_OF_PROPERTIES;
        int order = compare_word(name, length, texts + cfn__field_of(property, 0));
        if (order == 0)
            return (const void *)property;
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return NULL;
}

static cfn_schema_change change_of(uint32_t flags)
{
    if (flags & CFN__PROPERTY_CREATE_ONLY)
        return CFN_SCHEMA_REPLACES;
    bool may = flags & (CFN__PROPERTY_CONDITIONAL | CFN__PROPERTY_DISPUTED);
    return may ? CFN_SCHEMA_MAY_REPLACE : CFN_SCHEMA_UPDATES;
}

cfn_schema_property_facts cfn_schema_property_describe(const cfn_schema *schema,
                                                       const cfn_schema_property *property)
{
    uint32_t word = cfn__field_of(property, 1);
    uint32_t flags = word >> CFN__PAYLOAD_BITS;
    return (cfn_schema_property_facts){
        .name = cfn__text_at(schema, cfn__field_of(property, 0)),
        .value = value_at(schema, word & CFN__PAYLOAD_MASK),
        .required = flags & CFN__PROPERTY_REQUIRED,
        .read_only = flags & CFN__PROPERTY_READ_ONLY,
        .write_only = flags & CFN__PROPERTY_WRITE_ONLY,
        .deprecated = flags & CFN__PROPERTY_DEPRECATED,
        .identifier = flags & CFN__PROPERTY_IDENTIFIER,
        .conditional_create_only = flags & CFN__PROPERTY_CONDITIONAL,
        .change = change_of(flags),
    };
}

static double number_at(const cfn_schema *schema, uint32_t index)
{
    const unsigned char *bytes = cfn__section(schema, CFN__NUMBERS) + (size_t)index * 8;
    uint64_t bits = cfn__word(bytes) | (uint64_t)cfn__word(bytes + 4) << 32;
    double number;
    memcpy(&number, &bits, sizeof number);
    return number;
}

static void read_rule(const cfn_schema *schema, uint32_t word, cfn_schema_rule *rule)
{
    uint32_t payload = word & CFN__PAYLOAD_MASK;
    *rule = (cfn_schema_rule){.id = (cfn_schema_rule_id)(word >> CFN__PAYLOAD_BITS), .text = ""};
    rule->kind = (cfn_schema_rule_kind)cfn__rule_kinds[rule->id];
    switch (rule->kind) {
    case CFN_SCHEMA_KIND_TEXT:
        rule->text = cfn__text_at(schema, payload);
        break;
    case CFN_SCHEMA_KIND_NUMBER:
        rule->number = number_at(schema, payload);
        break;
    case CFN_SCHEMA_KIND_VALUE:
        rule->value = value_at(schema, payload);
        break;
    case CFN_SCHEMA_KIND_TEXT_VALUE:
        rule->text = cfn__text_at(schema, cfn__list_word(schema, payload, 0));
        rule->value = value_at(schema, cfn__list_word(schema, payload, 1));
        break;
    default:
        rule->list = payload;
        rule->count = cfn__list_length(schema, payload);
    }
}

bool cfn_schema_rule_at(const cfn_schema *schema, const cfn_schema_value *value, size_t index,
                        cfn_schema_rule *rule)
{
    uint32_t list = cfn__field_of(value, 2), length = cfn__list_length(schema, list);
    if (index >= length)
        return false;
    read_rule(schema, cfn__list_word(schema, list, index), rule);
    return true;
}

bool cfn_schema_rule_find(const cfn_schema *schema, const cfn_schema_value *value,
                          cfn_schema_rule_id id, cfn_schema_rule *rule)
{
    uint32_t list = cfn__field_of(value, 2), length = cfn__list_length(schema, list);
    for (uint32_t i = 0; i < length; i++) {
        uint32_t word = cfn__list_word(schema, list, i);
        if (word >> CFN__PAYLOAD_BITS != (uint32_t)id)
            continue;
        read_rule(schema, word, rule);
        return true;
    }
    return false;
}

uint64_t cfn_schema_rule_set(const cfn_schema *schema, const cfn_schema_value *value)
{
    uint32_t list = cfn__field_of(value, 2), length = cfn__list_length(schema, list);
    uint64_t set = 0;
    for (uint32_t i = 0; i < length; i++)
        set |= UINT64_C(1) << (cfn__list_word(schema, list, i) >> CFN__PAYLOAD_BITS);
    return set;
}

const char *cfn_schema_rule_text(const cfn_schema *schema, const cfn_schema_rule *rule,
                                 size_t index)
{
    if (rule->kind != CFN_SCHEMA_KIND_TEXTS || index >= rule->count)
        return NULL;
    return cfn__text_at(schema, cfn__list_word(schema, rule->list, index));
}

const cfn_schema_value *cfn_schema_rule_value(const cfn_schema *schema, const cfn_schema_rule *rule,
                                              size_t index)
{
    if (rule->kind != CFN_SCHEMA_KIND_VALUES || index >= rule->count)
        return NULL;
    return value_at(schema, cfn__list_word(schema, rule->list, index));
}
