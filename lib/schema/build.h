/* The inside of cfn_schema_builder.
 *
 * Provider schemas become raw values first, a node for each JSON Schema of each type. Those that
 * are equal all the way down are then merged, and what is left is written. */
#ifndef CFN_SCHEMA_BUILD_H
#define CFN_SCHEMA_BUILD_H

#include "base/buffer.h"
#include "base/diagnostics.h"
#include "base/index.h"
#include "node/node.h"
#include "schema/format.h"
#include "schema/sequence.h"

#include <cfngen/schema_build.h>

/* The shape of a raw value: these words, a name and its flags for each property, then the rules:
 * id and payload, by kind
 *     text        the text
 *     number      its index
 *     texts       how many, then the texts
 *     value       nothing: the next kid
 *     values      how many: the next kids
 *     text-value  the text: the next kid
 * The kids are those of the properties, then those of the rules. */
enum {
    CFN__SHAPE_BITS,  /* types | flags << 8 */
    CFN__SHAPE_COUNT, /* of properties */
    CFN__SHAPE_ITEMS, /* the index of that kid + 1, or 0 */
    CFN__SHAPE_MAP,   /* the same for the first patternProperties */
    CFN__SHAPE_PROPERTIES
};

typedef struct cfn__raw {
    uint32_t *shape, *kids;
    uint32_t shape_count, kid_count;
    bool owned; /* by one path from its type's root alone: flags can be set in it */
} cfn__raw;

/* One provider schema; regions that publish the same one share it. */
typedef struct cfn__variant {
    const char *file, *text, *type;
    size_t length;
    uint32_t order;   /* of coming */
    uint64_t regions; /* bit set */
    bool structure_only;
} cfn__variant;

struct cfn_schema_builder {
    cfn_arena *arena;
    cfn_diagnostics *diagnostics;
    const char *regions[CFN__MOST_REGIONS];
    size_t region_count;
    cfn__variant **lines; /* the variant in each line of resource-schemas.jsonl; may be NULL */
    size_t line_count;
    cfn__variant **variants;
    size_t variant_count, variant_capacity;
    cfn__index by_text;                             /* variants */
    const cfn_node *region_names, *lines_by_region; /* of regions.json */
    cfn__index attributes;                          /* by type: a list of names */
    cfn__index all_attributes;                      /* by type: something */
    cfn__index disputed;                            /* by type: cfn__disputed */
    const cfn_node *stateful;                       /* by type */
    const cfn_node *policies;                       /* by resource attribute: a list of types */
    cfn_node *cross_rules;                          /* by key: a JSON Schema, or one by region */
    cfn__index cross_places;                        /* by type: the first cfn__cross_place */
    cfn__index text_index;                          /* offset + 1 in `texts` */
    cfn__buffer texts;
    cfn__sequences numbers, lists;
    cfn__raw *raws;
    size_t raw_count, raw_capacity;
    cfn__words types;    /* CFN__TYPE_WORDS each; the value is a raw one */
    cfn__words crosses;  /* CFN__CROSS_WORDS each; the value is a raw one */
    cfn__words runtimes; /* CFN__RUNTIME_WORDS each */
    cfn__words origins;  /* pairs of texts */
    cfn__buffer block;
    size_t errors_before; /* among the diagnostics when the builder was made */
    size_t structure_only_count, lost_path_count, cross_count;
    bool too_large; /* for the words of the layout */
};

/* Properties of a type whose replacement is disputed. */
typedef struct cfn__disputed {
    const char *property;
    struct cfn__disputed *next;
} cfn__disputed;

/* Where a rule over several properties holds. */
typedef struct cfn__cross_place {
    const char *key, *path, *any_case; /* any_case: a property whose letter case does not count */
    bool is_warning;
    struct cfn__cross_place *next, *last; /* last: of the first one alone */
} cfn__cross_place;

uint32_t cfn__build_text(cfn_schema_builder *builder, const char *text);
uint32_t cfn__build_number(cfn_schema_builder *builder, double number);

/* The first word of a list in `lists`. */
uint32_t cfn__build_list(cfn_schema_builder *builder, const cfn__words *words);

/* Reports CFN3004 about a provider schema. */
void cfn__build_complain(cfn_schema_builder *builder, const char *file, const char *format, ...)
    CFN_PRINTF(3, 4);

/* The raw value of a provider schema. */
uint32_t cfn__build_values(cfn_schema_builder *builder, const char *file, const cfn_node *schema);

/* The raw value of another JSON Schema, of which only the types that it names count. */
uint32_t cfn__build_exact(cfn_schema_builder *builder, const char *file, const cfn_node *schema);

/* Adds the rules over several properties of all types. */
void cfn__build_crosses(cfn_schema_builder *builder);

/* An empty raw value; its index. */
uint32_t cfn__build_raw(cfn_schema_builder *builder);

/* Sets a flag at a path, as "/properties/A/B"; `root` is owned. False when it leads nowhere. */
bool cfn__build_flag(cfn_schema_builder *builder, uint32_t root, const char *path, uint32_t flag);

/* The kid that stands for a property of a raw value; NULL when there is none. */
const uint32_t *cfn__build_property(const cfn_schema_builder *builder, uint32_t raw,
                                    const char *name);

/* Goes through the rules of a shape: `at` starts at 0, `kid` is the index of the rule's first kid.
 * False at the end. */
typedef struct cfn__raw_rule {
    uint32_t id, at, kid, count; /* count: of kids, or of texts */
    const uint32_t *payload;
    uint32_t next, next_kid;
} cfn__raw_rule;
bool cfn__build_next_rule(const cfn__raw *raw, cfn__raw_rule *rule);

/* Adds a type: its facts, its flags. */
void cfn__build_type(cfn_schema_builder *builder, const cfn__variant *variant, uint64_t regions);

/* Gives each raw value its class; equal ones have the same. Returns how many, 0 without memory. */
size_t cfn__build_classes(const cfn_schema_builder *builder, cfn__words *classes);

/* Writes the block; false when memory is out or something does not fit. */
bool cfn__build_write(cfn_schema_builder *builder);

#endif
