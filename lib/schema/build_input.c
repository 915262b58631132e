/* The files that the builder takes, by their names. */
#include "schema/build_input.h"

#include "base/allocate.h"
#include "base/text.h"

#include <cfngen/read.h>
#include <stdlib.h>
#include <string.h>

typedef struct input {
    cfn_schema_builder *builder;
    const char *name, *text;
    size_t length;
    uint64_t regions;
} input;

static cfn_node *read_json(const input *in)
{
    cfn_schema_builder *b = in->builder;
    return cfn_read_text(b->arena, b->diagnostics, in->name, in->text, in->length, CFN_FORMAT_JSON);
}

/* The bit of a region, which is added when it is new; 0 when there are too many. */
static uint64_t region_bit(cfn_schema_builder *b, const char *region)
{
    char *name = cfn__strdup(b->arena, region);
    for (char *p = name; *p; p++)
        if (*p == '_')
            *p = '-';
    size_t i = 0;
    while (i < b->region_count && strcmp(b->regions[i], name) != 0)
        i++;
    if (i == CFN__MOST_REGIONS) {
        cfn__source source = {.file = region};
        cfn__report_at(b->diagnostics, CFN3005, (cfn__place){.source = &source}, NULL,
                       "there are more than %d regions", CFN__MOST_REGIONS);
        return 0;
    }
    if (i == b->region_count)
        b->regions[b->region_count++] = name;
    return (uint64_t)1 << i;
}

/* The typeName of a provider schema, read in an arena that goes again; NULL, and the reason
 * reported, when there is none. */
static const char *type_name(const input *in, const char *text, size_t length)
{
    cfn_schema_builder *b = in->builder;
    cfn_arena *arena = cfn_arena_new();
    if (!arena)
        return NULL;
    const cfn_node *root =
        cfn_read_text(arena, b->diagnostics, in->name, text, length, CFN_FORMAT_JSON);
    const char *name = cfn_node_text(cfn_node_get(root, "typeName"));
    if (root && (!name || !*name))
        cfn__build_complain(b, in->name, "typeName is missing");
    const char *kept = root && name && *name ? cfn__strdup(b->arena, name) : NULL;
    cfn_arena_free(arena);
    return kept;
}

static bool make_room(cfn_schema_builder *b)
{
    if (b->variant_count < b->variant_capacity)
        return true;
    size_t capacity = b->variant_capacity ? b->variant_capacity * 2 : 256;
    cfn__variant **variants = cfn__realloc(b->variants, capacity * sizeof *variants);
    if (!variants) {
        cfn__report_no_memory(b->diagnostics);
        return false;
    }
    b->variants = variants;
    b->variant_capacity = capacity;
    return true;
}

/* The new variant, or the one with the same text; NULL when it is of no use. */
static cfn__variant *add_variant(const input *in, const char *text, size_t length)
{
    cfn_schema_builder *b = in->builder;
    cfn__variant *v = text[length] ? NULL : cfn__index_get(&b->by_text, text);
    if (v)
        return v;
    char *copy = cfn__strndup(b->arena, text, length);
    v = cfn__index_get(&b->by_text, copy);
    const char *type = v ? v->type : type_name(in, text, length);
    if (v || !type || !make_room(b))
        return v;
    v = CFN__NEW(b->arena, cfn__variant);
    if (!v)
        return NULL;
    *v = (cfn__variant){.file = cfn__strdup(b->arena, in->name),
                        .text = copy,
                        .type = type,
                        .length = length,
                        .order = (uint32_t)b->variant_count};
    b->variants[b->variant_count++] = v;
    cfn__index_put(b->arena, &b->by_text, copy, v);
    return v;
}

/* Each line is a provider schema; the variants of the lines go into `lines`, which may be NULL. */
static size_t take_lines(const input *in, bool structure_only, cfn__variant **lines)
{
    size_t line = 0;
    for (const char *p = in->text, *end = in->text + in->length; p < end; line++) {
        const char *newline = memchr(p, '\n', (size_t)(end - p));
        size_t length = (size_t)((newline ? newline : end) - p);
        cfn__variant *v = length ? add_variant(in, p, length) : NULL;
        if (v)
            v->structure_only = structure_only;
        if (lines)
            lines[line] = v;
        p += length + (newline != NULL);
    }
    return line;
}

static void take_schemas(const input *in)
{
    cfn_schema_builder *b = in->builder;
    size_t most = 1;
    for (const char *p = in->text; (p = strchr(p, '\n')); p++)
        most++;
    b->lines = CFN__NEW_ARRAY(b->arena, most, cfn__variant *);
    b->line_count = take_lines(in, false, b->lines);
}

static void take_newer(const input *in)
{
    take_lines(in, true, NULL);
}

/* {"regions": [names], "m": {type: [for each region a line of resource-schemas.jsonl, or -1]}} */
static void take_regions(const input *in)
{
    const cfn_node *root = read_json(in);
    const cfn_node *regions = cfn_node_get(root, "regions");
    for (const cfn_node *n = cfn_node_first(regions); n; n = n->next)
        if (cfn_node_text(n))
            region_bit(in->builder, cfn_node_text(n));
    in->builder->region_names = regions;
    in->builder->lines_by_region = cfn_node_get(root, "m");
}

static void assign_type(cfn_schema_builder *b, const cfn_node *lines)
{
    const cfn_node *name = cfn_node_first(b->region_names);
    for (const cfn_node *n = cfn_node_first(lines); n && name; n = n->next, name = name->next) {
        const char *text = cfn_node_text(n);
        long line = text ? strtol(text, NULL, 10) : -1;
        if (line >= 0 && (size_t)line < b->line_count && b->lines[line] && cfn_node_text(name))
            b->lines[line]->regions |= region_bit(b, cfn_node_text(name));
    }
}

void cfn__assign_lines(cfn_schema_builder *b)
{
    for (const cfn_node *n = cfn_node_first(b->lines_by_region); b->lines && n; n = n->next)
        assign_type(b, n);
}

/* {"all_properties": [types], "exceptions": {type: [names]}} */
static void take_attributes(const input *in)
{
    cfn_schema_builder *b = in->builder;
    const cfn_node *root = read_json(in);
    const cfn_node *types = cfn_node_get(root, "all_properties");
    for (const cfn_node *n = cfn_node_first(types); n; n = n->next)
        if (cfn_node_text(n))
            cfn__index_put(b->arena, &b->all_attributes, cfn_node_text(n), b);
    const cfn_node *exceptions = cfn_node_get(root, "exceptions");
    for (const cfn_node *n = cfn_node_first(exceptions); n && n->key; n = n->next)
        cfn__index_put(b->arena, &b->attributes, n->key, cfn__copy(b->arena, n));
}

static void add_disputed(cfn_schema_builder *b, const char *type, const char *property)
{
    cfn__disputed *d = CFN__NEW(b->arena, cfn__disputed);
    if (!d)
        return;
    *d = (cfn__disputed){property, cfn__index_get(&b->disputed, type)};
    cfn__index_put(b->arena, &b->disputed, type, d);
}

/* A line: type, property, and what each source says of its replacement, with tabs between. What the
 * schema says itself is in the schema. */
static void take_disagreements(const input *in)
{
    cfn_arena *arena = in->builder->arena;
    for (const char *p = in->text; *p;) {
        size_t length = strcspn(p, "\n");
        char *line = cfn__strndup(arena, p, length);
        char *rest = NULL, *type = strtok_r(line, "\t", &rest);
        char *property = strtok_r(NULL, "\t", &rest);
        bool replaces = false;
        for (char *says = strtok_r(NULL, "\t", &rest); says; says = strtok_r(NULL, "\t", &rest))
            replaces = replaces || strcmp(says, "yes") == 0 || strcmp(says, "maybe") == 0;
        if (type && property && replaces)
            add_disputed(in->builder, type, property);
        p += length + (p[length] == '\n');
    }
}

static void take_stateful(const input *in)
{
    in->builder->stateful = cfn_node_get(read_json(in), "ResourceTypes");
}

static void take_policies(const input *in)
{
    in->builder->policies = read_json(in);
}

/* {rule: a JSON Schema, or {region: a JSON Schema}} */
static void take_cross_rules(const input *in)
{
    in->builder->cross_rules = read_json(in);
}

/* Takes the field at `*line` up to a tab or the end of the line, and goes past it. */
static const char *take_field(cfn_arena *arena, const char **line)
{
    size_t length = strcspn(*line, "\t\n");
    const char *field = cfn__strndup(arena, *line, length);
    *line += length + ((*line)[length] == '\t');
    return field;
}

static void add_cross_place(cfn_schema_builder *b, const char *type, cfn__cross_place place)
{
    cfn__cross_place *first = cfn__index_get(&b->cross_places, type);
    cfn__cross_place *made = CFN__NEW(b->arena, cfn__cross_place);
    if (!made)
        return;
    *made = place;
    if (first)
        first->last = first->last->next = made;
    else
        made->last = made;
    if (!first)
        cfn__index_put(b->arena, &b->cross_places, type, made);
}

/* A line: the rule, the type, the path, "error" or "warning", and perhaps the property whose letter
 * case does not count, with tabs between. */
static void take_cross_places(const input *in)
{
    cfn_arena *arena = in->builder->arena;
    for (const char *p = in->text; *p; p += *p == '\n') {
        const char *key = take_field(arena, &p), *type = take_field(arena, &p);
        cfn__cross_place place = {.key = key, .path = take_field(arena, &p)};
        place.is_warning = strcmp(take_field(arena, &p), "warning") == 0;
        const char *any_case = take_field(arena, &p);
        place.any_case = *any_case ? any_case : NULL;
        p += strcspn(p, "\n");
        if (*type)
            add_cross_place(in->builder, type, place);
    }
}

/* {runtime: {"deprecated": day, "create-block": day, "update-block": day, "successor": runtime}} */
static void take_runtimes(const input *in)
{
    static const char *const keys[CFN__RUNTIME_WORDS] = {NULL, "deprecated", "create-block",
                                                         "update-block", "successor"};
    cfn_schema_builder *b = in->builder;
    b->runtimes.count = 0;
    for (const cfn_node *n = cfn_node_first(read_json(in)); n && n->key; n = n->next) {
        cfn__words_add(&b->runtimes, cfn__build_text(b, n->key));
        for (size_t i = 1; i < CFN__RUNTIME_WORDS; i++) {
            const cfn_node *member = cfn_node_get(n, keys[i]);
            const char *text = cfn__is_string(member) ? cfn_node_text(member) : "";
            cfn__words_add(&b->runtimes, cfn__build_text(b, text));
        }
    }
}

static void take_schema(const input *in)
{
    cfn__variant *v = add_variant(in, in->text, in->length);
    if (v)
        v->regions |= in->regions;
}

static void take_nothing(const input *in)
{
    (void)in;
}

/* Any other .json is a provider schema. */
static const struct {
    const char *name;
    void (*take)(const input *in);
} files[] = {
    {"resource-schemas.jsonl", take_schemas},
    {"newer-types.jsonl", take_newer},
    {"regions.json", take_regions},
    {"getatt-exceptions.json", take_attributes},
    {"replacement-disagreements.tsv", take_disagreements},
    {"StatefulResources.json", take_stateful},
    {"resource-attributes.json", take_policies},
    {"cross-property-rules.json", take_cross_rules},
    {"cross-property-places.tsv", take_cross_places},
    {"LmbdRuntimeLifecycle.json", take_runtimes},
    {"Policies.json", take_nothing}, /* of IAM: no facts about types */
};

/* Some patterns hold \u0000. A text cannot hold a NUL; \x00 means the same to a pattern. Returns
 * the new length. */
static size_t spell_nuls(char *text, size_t length)
{
    size_t out = 0;
    for (size_t in = 0; in < length;) {
        bool nul = length - in >= 6 && memcmp(text + in, "\\u0000", 6) == 0;
        size_t step = nul ? 6 : text[in] == '\\' && length - in >= 2 ? 2 : 1;
        if (nul)
            memcpy(text + out, "\\\\x00", 5);
        else
            memmove(text + out, text + in, step);
        out += nul ? 5 : step;
        in += step;
    }
    text[out] = '\0';
    return out;
}

bool cfn_schema_builder_add(cfn_schema_builder *b, const char *region, const char *name,
                            const char *text, size_t length)
{
    void (*take)(const input *in) = cfn__ends_with(name, ".json") ? take_schema : NULL;
    for (size_t i = 0; i < sizeof files / sizeof *files; i++)
        if (strcmp(files[i].name, name) == 0)
            take = files[i].take;
    if (!take)
        return false;
    /* What is kept of it is copied again: regions publish the same schemas over and over. */
    char *copy = cfn__malloc(length + 1);
    if (!copy) {
        cfn__report_no_memory(b->diagnostics);
        return true;
    }
    memcpy(copy, text, length);
    copy[length] = '\0';
    length = spell_nuls(copy, strlen(copy));
    take(&(input){b, name, copy, length, region ? region_bit(b, region) : 0});
    cfn__free(copy);
    return true;
}
