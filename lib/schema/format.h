/* How a block of facts is laid out, and reading its words on any machine.
 *
 * All is little-endian; an offset counts from the start of the block, an index from 0.
 *
 *   header    8 bytes "CFNFACTS", then words: byte order, version, size, how many sections
 *   table     a section each: id, offset, count, size of an element; in the order of their ids.
 *             Later versions may add sections at the end: a reader leaves alone those that it does
 *             not know.
 *   types     CFN__TYPE_..., sorted by name
 *   names     a hash table (FNV-1a, linear probing, a power of 2): the index of a type + 1, or 0
 *   values    word 0: types | flags << 8 | number of properties << 16; the first property; its
 *             rules (a list)
 *   properties  name (a text); value | flags << 24; sorted by name within a value
 *   lists     the words of all lists: a length, then so many words. Where a list is spoken of, it
 *             is the index of its length; 0 is the empty list. Words of rules: payload | id << 24
 *   numbers   IEEE 754 doubles
 *   regions, origins   texts; pairs of texts
 *   texts     UTF-8, each ended by a NUL; a text is the offset in here, 0 is ""
 *   crosses   rules over several properties: CFN__CROSS_..., in the order of their types
 *   runtimes  of Lambda: CFN__RUNTIME_..., texts */
#ifndef CFN_SCHEMA_FORMAT_H
#define CFN_SCHEMA_FORMAT_H

#include <cfngen/schema.h>

enum {
    CFN__FACTS_VERSION = 2,
    CFN__FACTS_ORDER = 0x01020304,
    CFN__HEADER_SIZE = 24,
    CFN__SECTION_SIZE = 16,
    CFN__MOST_REGIONS = 64,
    CFN__PAYLOAD_BITS = 24,
    CFN__PAYLOAD_MASK = 0xffffff
};

#define CFN__FACTS_MAGIC "CFNFACTS"

/* X(name, size of an element) */
#define CFN__SECTIONS(X)                                                                           \
    X(TYPES, 32)                                                                                   \
    X(NAMES, 4)                                                                                    \
    X(VALUES, 12)                                                                                  \
    X(PROPERTIES, 8)                                                                               \
    X(LISTS, 4)                                                                                    \
    X(NUMBERS, 8)                                                                                  \
    X(REGIONS, 4)                                                                                  \
    X(ORIGINS, 8)                                                                                  \
    X(TEXTS, 1)                                                                                    \
    X(CROSSES, 28)                                                                                 \
    X(RUNTIMES, 20)

enum {
#define CFN__SECTION_ENUM(name, size) CFN__##name,
    CFN__SECTIONS(CFN__SECTION_ENUM)
#undef CFN__SECTION_ENUM
        CFN__SECTION_COUNT
};

enum {
#define CFN__SIZE_ENUM(name, size) CFN__SIZE_OF_##name = (size),
    CFN__SECTIONS(CFN__SIZE_ENUM)
#undef CFN__SIZE_ENUM
};

/* The words of a type. */
enum {
    CFN__TYPE_NAME,
    CFN__TYPE_VALUE,
    CFN__TYPE_REGIONS_LOW,
    CFN__TYPE_REGIONS_HIGH,
    CFN__TYPE_FLAGS,
    CFN__TYPE_TAG_PROPERTY,
    CFN__TYPE_IDENTIFIER, /* a list of texts */
    CFN__TYPE_ATTRIBUTES, /* a list of texts, sorted */
    CFN__TYPE_WORDS
};

enum {
    CFN__TYPE_STRUCTURE_ONLY = 1,
    CFN__TYPE_HOLDS_DATA = 2,
    CFN__TYPE_MUST_BE_EMPTY = 4,
    CFN__TYPE_DELETES_FIRST = 8,
    CFN__TYPE_TAGGABLE = 16,
    CFN__TYPE_TAGS_ON_CREATE = 32,
    CFN__TYPE_TAGS_CHANGE = 64,
    CFN__TYPE_ALL_ATTRIBUTES = 128,
    CFN__TYPE_CREATION_POLICY = 256,
    CFN__TYPE_UPDATE_POLICY = 512,
    CFN__TYPE_SNAPSHOT_ON_DELETE = 1024,
    CFN__TYPE_SNAPSHOT_ON_REPLACE = 2048
};

/* The words of a rule over several properties. */
enum {
    CFN__CROSS_TYPE, /* its index */
    CFN__CROSS_NAME,
    CFN__CROSS_PATH,
    CFN__CROSS_VALUE,
    CFN__CROSS_REGIONS_LOW,
    CFN__CROSS_REGIONS_HIGH,
    CFN__CROSS_FLAGS,
    CFN__CROSS_WORDS
};

enum { CFN__CROSS_WARNING = 1 };

/* The words of a runtime of Lambda. */
enum {
    CFN__RUNTIME_NAME,
    CFN__RUNTIME_DEPRECATED,
    CFN__RUNTIME_CREATE_BLOCKED,
    CFN__RUNTIME_UPDATE_BLOCKED,
    CFN__RUNTIME_SUCCESSOR,
    CFN__RUNTIME_WORDS
};

enum {
    CFN__VALUE_CLOSED = 1,
    CFN__VALUE_UNORDERED = 2,
    CFN__VALUE_UNIQUE = 4,
    CFN__VALUE_ATTRIBUTE_LIST = 8,
    CFN__VALUE_ENUM_ANY_CASE = 16,
    CFN__VALUE_FORBIDDEN = 32
};

enum {
    CFN__PROPERTY_REQUIRED = 1,
    CFN__PROPERTY_READ_ONLY = 2,
    CFN__PROPERTY_WRITE_ONLY = 4,
    CFN__PROPERTY_CREATE_ONLY = 8,
    CFN__PROPERTY_CONDITIONAL = 16,
    CFN__PROPERTY_DISPUTED = 32, /* another source has a change replace the resource */
    CFN__PROPERTY_DEPRECATED = 64,
    CFN__PROPERTY_IDENTIFIER = 128
};

/* Compilers make one load of it where they may. */
static inline uint32_t cfn__word(const unsigned char *bytes)
{
    return (uint32_t)bytes[0] | (uint32_t)bytes[1] << 8 | (uint32_t)bytes[2] << 16 |
           (uint32_t)bytes[3] << 24;
}

static inline const unsigned char *cfn__bytes(const void *thing)
{
    return thing;
}

/* Word `index` of a record. */
static inline uint32_t cfn__field_of(const void *record, size_t index)
{
    return cfn__word(cfn__bytes(record) + 4 * index);
}

/* One of the four words that the table has of a section. */
static inline uint32_t cfn__section_word(const cfn_schema *schema, int section, size_t word)
{
    return cfn__word(cfn__bytes(schema) + CFN__HEADER_SIZE + (size_t)section * CFN__SECTION_SIZE +
                     4 * word);
}
static inline const unsigned char *cfn__section(const cfn_schema *schema, int section)
{
    return cfn__bytes(schema) + cfn__section_word(schema, section, 1);
}
static inline uint32_t cfn__section_count(const cfn_schema *schema, int section)
{
    return cfn__section_word(schema, section, 2);
}

static inline const char *cfn__text_at(const cfn_schema *schema, uint32_t text)
{
    return (const char *)cfn__section(schema, CFN__TEXTS) + text;
}

static inline uint32_t cfn__list_length(const cfn_schema *schema, uint32_t list)
{
    return cfn__field_of(cfn__section(schema, CFN__LISTS), list);
}
static inline uint32_t cfn__list_word(const cfn_schema *schema, uint32_t list, size_t index)
{
    return cfn__field_of(cfn__section(schema, CFN__LISTS), list + 1 + index);
}

/* The kind of each rule. */
extern const uint8_t cfn__rule_kinds[CFN_SCHEMA_RULE_COUNT];

/* Checks all of a block; false, and the problem reported, when it is not to be used. */
bool cfn__schema_is_valid(cfn_diagnostics *diagnostics, const char *name, const void *memory,
                          size_t size);

#endif
