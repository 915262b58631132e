/* Checks foreign facts, so that using them needs no checks: every offset and index is in range,
 * every text and every search ends. */
#include "base/diagnostics.h"
#include "schema/format.h"

#include <string.h>

typedef struct checked {
    const cfn_schema *schema;
    size_t size;
    size_t *budget; /* words of lists still to be looked at; shared lists are looked at again */
    uint32_t counts[CFN__SECTION_COUNT];
} checked;

static const uint32_t sizes[] = {
#define SIZE(name, size) size,
    CFN__SECTIONS(SIZE)
#undef SIZE
};

static bool sections_are_valid(checked *c)
{
    uint32_t count = cfn__word(cfn__bytes(c->schema) + 20);
    if (count < CFN__SECTION_COUNT || count > (c->size - CFN__HEADER_SIZE) / CFN__SECTION_SIZE)
        return false;
    for (int i = 0; i < CFN__SECTION_COUNT; i++) {
        uint32_t offset = cfn__section_word(c->schema, i, 1);
        c->counts[i] = cfn__section_count(c->schema, i);
        if (cfn__section_word(c->schema, i, 0) != (uint32_t)i + 1 ||
            cfn__section_word(c->schema, i, 3) != sizes[i] || offset > c->size ||
            c->counts[i] > (c->size - offset) / sizes[i])
            return false;
    }
    return c->counts[CFN__REGIONS] <= CFN__MOST_REGIONS;
}

static bool texts_end(const checked *c)
{
    uint32_t size = c->counts[CFN__TEXTS];
    const char *texts = cfn__text_at(c->schema, 0);
    return size && !texts[0] && !texts[size - 1];
}

static bool is_text(const checked *c, uint32_t text)
{
    return text < c->counts[CFN__TEXTS];
}
static bool is_value(const checked *c, uint32_t value)
{
    return value < c->counts[CFN__VALUES];
}
static bool is_number(const checked *c, uint32_t number)
{
    return number < c->counts[CFN__NUMBERS];
}

/* Lists that overlap could make a small file a long work: there is a limit to it. */
static bool is_list(const checked *c, uint32_t list)
{
    if (list >= c->counts[CFN__LISTS])
        return false;
    uint32_t length = cfn__list_length(c->schema, list);
    if (length >= c->counts[CFN__LISTS] - list || length > *c->budget)
        return false;
    *c->budget -= length;
    return true;
}

static bool is_list_of(const checked *c, uint32_t list, bool (*is)(const checked *, uint32_t))
{
    if (!is_list(c, list))
        return false;
    uint32_t length = cfn__list_length(c->schema, list);
    for (uint32_t i = 0; i < length; i++)
        if (!is(c, cfn__list_word(c->schema, list, i)))
            return false;
    return true;
}

static bool is_text_and_value(const checked *c, uint32_t list)
{
    return is_list(c, list) && cfn__list_length(c->schema, list) == 2 &&
           is_text(c, cfn__list_word(c->schema, list, 0)) &&
           is_value(c, cfn__list_word(c->schema, list, 1));
}

static bool is_rule(const checked *c, uint32_t word)
{
    uint32_t id = word >> CFN__PAYLOAD_BITS, payload = word & CFN__PAYLOAD_MASK;
    if (id >= CFN_SCHEMA_RULE_COUNT)
        return false;
    switch (cfn__rule_kinds[id]) {
    case CFN_SCHEMA_KIND_TEXT:
        return is_text(c, payload);
    case CFN_SCHEMA_KIND_NUMBER:
        return is_number(c, payload);
    case CFN_SCHEMA_KIND_TEXTS:
        return is_list_of(c, payload, is_text);
    case CFN_SCHEMA_KIND_VALUE:
        return is_value(c, payload);
    case CFN_SCHEMA_KIND_VALUES:
        return is_list_of(c, payload, is_value);
    default:
        return is_text_and_value(c, payload);
    }
}

static const unsigned char *record(const checked *c, int section, size_t index)
{
    return cfn__section(c->schema, section) + index * sizes[section];
}

static bool values_are_valid(const checked *c)
{
    for (uint32_t i = 0; i < c->counts[CFN__VALUES]; i++) {
        const unsigned char *value = record(c, CFN__VALUES, i);
        uint32_t count = cfn__field_of(value, 0) >> 16, first = cfn__field_of(value, 1);
        if (first > c->counts[CFN__PROPERTIES] || count > c->counts[CFN__PROPERTIES] - first ||
            !is_list_of(c, cfn__field_of(value, 2), is_rule))
            return false;
    }
    for (uint32_t i = 0; i < c->counts[CFN__PROPERTIES]; i++) {
        const unsigned char *property = record(c, CFN__PROPERTIES, i);
        if (!is_text(c, cfn__field_of(property, 0)) ||
            !is_value(c, cfn__field_of(property, 1) & CFN__PAYLOAD_MASK))
            return false;
    }
    return true;
}

static bool is_type(const checked *c, const unsigned char *type)
{
    return is_text(c, cfn__field_of(type, CFN__TYPE_NAME)) &&
           is_value(c, cfn__field_of(type, CFN__TYPE_VALUE)) &&
           is_text(c, cfn__field_of(type, CFN__TYPE_TAG_PROPERTY)) &&
           is_list_of(c, cfn__field_of(type, CFN__TYPE_IDENTIFIER), is_text) &&
           is_list_of(c, cfn__field_of(type, CFN__TYPE_ATTRIBUTES), is_text);
}

static bool types_are_valid(const checked *c)
{
    const char *previous = NULL;
    for (uint32_t i = 0; i < c->counts[CFN__TYPES]; i++) {
        const unsigned char *type = record(c, CFN__TYPES, i);
        if (!is_type(c, type))
            return false;
        const char *name = cfn__text_at(c->schema, cfn__field_of(type, CFN__TYPE_NAME));
        if (previous && strcmp(previous, name) >= 0)
            return false;
        previous = name;
    }
    return true;
}

/* A search in the hash table ends at an empty slot: there must be one. */
static bool names_are_valid(const checked *c)
{
    uint32_t slots = c->counts[CFN__NAMES], used = 0;
    for (uint32_t i = 0; i < slots; i++) {
        uint32_t index = cfn__word(record(c, CFN__NAMES, i));
        if (index > c->counts[CFN__TYPES])
            return false;
        used += index != 0;
    }
    return slots && (slots & (slots - 1)) == 0 && used < slots;
}

static bool origins_are_valid(const checked *c)
{
    for (uint32_t i = 0; i < c->counts[CFN__REGIONS]; i++)
        if (!is_text(c, cfn__word(record(c, CFN__REGIONS, i))))
            return false;
    for (uint32_t i = 0; i < c->counts[CFN__ORIGINS]; i++)
        for (size_t word = 0; word < 2; word++)
            if (!is_text(c, cfn__field_of(record(c, CFN__ORIGINS, i), word)))
                return false;
    return true;
}

/* They are found by bisection. */
static bool crosses_are_valid(const checked *c)
{
    uint32_t previous = 0;
    for (uint32_t i = 0; i < c->counts[CFN__CROSSES]; i++) {
        const unsigned char *cross = record(c, CFN__CROSSES, i);
        uint32_t type = cfn__field_of(cross, CFN__CROSS_TYPE);
        if (type < previous || type >= c->counts[CFN__TYPES] ||
            !is_text(c, cfn__field_of(cross, CFN__CROSS_NAME)) ||
            !is_text(c, cfn__field_of(cross, CFN__CROSS_PATH)) ||
            !is_value(c, cfn__field_of(cross, CFN__CROSS_VALUE)))
            return false;
        previous = type;
    }
    return true;
}

static bool runtimes_are_valid(const checked *c)
{
    for (uint32_t i = 0; i < c->counts[CFN__RUNTIMES]; i++)
        for (size_t word = 0; word < CFN__RUNTIME_WORDS; word++)
            if (!is_text(c, cfn__field_of(record(c, CFN__RUNTIMES, i), word)))
                return false;
    return true;
}

static bool content_is_valid(checked *c)
{
    return cfn__word(cfn__bytes(c->schema) + 16) == c->size && sections_are_valid(c) &&
           texts_end(c) && values_are_valid(c) && types_are_valid(c) && names_are_valid(c) &&
           origins_are_valid(c) && crosses_are_valid(c) && runtimes_are_valid(c);
}

bool cfn__schema_is_valid(cfn_diagnostics *diagnostics, const char *name, const void *memory,
                          size_t size)
{
    size_t budget = 16 * size;
    checked c = {.schema = memory, .size = size, .budget = &budget};
    cfn__source source = {.file = name};
    cfn__place place = {.source = &source};
    const unsigned char *bytes = memory;
    if (size < CFN__HEADER_SIZE || memcmp(bytes, CFN__FACTS_MAGIC, 8) != 0) {
        cfn__report_at(diagnostics, CFN3001, place, NULL,
                       "this is no file of facts about resource types");
        cfn__hint(diagnostics, "\"cfngen schema build\" makes one");
        return false;
    }
    if (cfn__word(bytes + 8) != CFN__FACTS_ORDER || cfn__word(bytes + 12) != CFN__FACTS_VERSION) {
        cfn__report_at(diagnostics, CFN3002, place, NULL,
                       "these facts are of version %u, this cfngen reads version %d",
                       (unsigned)cfn__word(bytes + 12), CFN__FACTS_VERSION);
        cfn__hint(diagnostics, "build them again with \"cfngen schema build\"");
        return false;
    }
    if (content_is_valid(&c))
        return true;
    cfn__report_at(diagnostics, CFN3003, place, NULL, "the facts are damaged or cut short");
    cfn__hint(diagnostics, "build them again with \"cfngen schema build\"");
    return false;
}
