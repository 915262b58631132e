/* Rules over several properties: JSON Schemas out of one file, the places where they hold out of
 * another. */
#include "schema/build.h"

#include <string.h>

static const char file_name[] = "cross-property-rules.json";

/* Has a schema of a property leave letter case alone. */
static void ignore_case(cfn_schema_builder *b, cfn_node *schema)
{
    const cfn_node *list = cfn_node_get(schema, "enum");
    cfn_node *only = list ? NULL : cfn__get(schema, "const");
    const char *text = cfn_node_text(only);
    const cfn__maker maker = {.arena = b->arena, .place = schema->place};
    if (cfn_node_get(schema, "enumCaseInsensitive") || (!list && !text))
        return;
    cfn_node *texts = list ? cfn__copy(b->arena, list)
                           : cfn__append(cfn__list(&maker), cfn__string(&maker, text));
    if (only)
        cfn__remove(only);
    cfn__set(schema, "enumCaseInsensitive", texts);
}

/* The same for every schema of that property, wherever it stands; reading has a limit of depth. */
static void ignore_case_of(cfn_schema_builder *b, cfn_node *node, const char *property)
{
    for (cfn_node *n = node ? node->first : NULL; n; n = n->next) {
        cfn_node *named =
            n->key && strcmp(n->key, "properties") == 0 ? cfn__get(n, property) : NULL;
        if (cfn__is_map(named))
            ignore_case(b, named);
        ignore_case_of(b, n, property);
    }
}

/* "engine_version" of "aws_rds_dbcluster/engine_version". */
static const char *name_of(const char *key)
{
    const char *slash = strrchr(key, '/');
    return slash ? slash + 1 : key;
}

static void add_cross(cfn_schema_builder *b, uint32_t type, const cfn__cross_place *place,
                      const cfn_node *schema, uint64_t regions)
{
    const uint32_t words[CFN__CROSS_WORDS] = {
        [CFN__CROSS_TYPE] = type,
        [CFN__CROSS_NAME] = cfn__build_text(b, name_of(place->key)),
        [CFN__CROSS_PATH] = cfn__build_text(b, place->path),
        [CFN__CROSS_VALUE] = cfn__build_exact(b, file_name, schema),
        [CFN__CROSS_REGIONS_LOW] = (uint32_t)regions,
        [CFN__CROSS_REGIONS_HIGH] = (uint32_t)(regions >> 32),
        [CFN__CROSS_FLAGS] = place->is_warning ? CFN__CROSS_WARNING : 0,
    };
    for (size_t i = 0; i < CFN__CROSS_WORDS; i++)
        cfn__words_add(&b->crosses, words[i]);
}

/* The bit of a region that the facts know, else 0. */
static uint64_t known_region(const cfn_schema_builder *b, const char *name)
{
    for (size_t i = 0; i < b->region_count; i++)
        if (strcmp(b->regions[i], name) == 0)
            return (uint64_t)1 << i;
    return 0;
}

/* A rule is a JSON Schema, or a map from regions to them; no keyword has a hyphen. */
static void add_place(cfn_schema_builder *b, uint32_t type, const cfn__cross_place *place)
{
    cfn_node *rule = cfn__get(b->cross_rules, place->key);
    const cfn_node *first = cfn_node_first(rule);
    if (!rule) {
        cfn__build_complain(b, file_name, "there is no rule %s", place->key);
        return;
    }
    b->cross_count++;
    if (place->any_case)
        ignore_case_of(b, rule, place->any_case);
    if (!first || !strchr(first->key ? first->key : "", '-')) {
        add_cross(b, type, place, rule, UINT64_MAX);
        return;
    }
    for (const cfn_node *n = first; n && n->key; n = n->next) {
        uint64_t region = known_region(b, n->key);
        if (region)
            add_cross(b, type, place, n, region);
    }
}

void cfn__build_crosses(cfn_schema_builder *b)
{
    size_t count = b->cross_rules ? b->types.count / CFN__TYPE_WORDS : 0;
    for (uint32_t i = 0; i < count && !cfn_arena_failed(b->arena); i++) {
        const char *type = b->texts.text + b->types.items[i * CFN__TYPE_WORDS + CFN__TYPE_NAME];
        const cfn__cross_place *place = cfn__index_get(&b->cross_places, type);
        for (; place; place = place->next)
            add_place(b, i, place);
    }
}
