/* The facts about a type as a whole, and the flags of its properties. */
#include "base/text.h"
#include "schema/build.h"

#include <cfngen/read.h>
#include <stdlib.h>
#include <string.h>

static const struct {
    const char *key;
    uint32_t flag;
} path_lists[] = {
    {"readOnlyProperties", CFN__PROPERTY_READ_ONLY},
    {"writeOnlyProperties", CFN__PROPERTY_WRITE_ONLY},
    {"createOnlyProperties", CFN__PROPERTY_CREATE_ONLY},
    {"conditionalCreateOnlyProperties", CFN__PROPERTY_CONDITIONAL},
    {"deprecatedProperties", CFN__PROPERTY_DEPRECATED},
    {"primaryIdentifier", CFN__PROPERTY_IDENTIFIER},
};

enum { PREFIX = sizeof "/properties/" - 1, DEEPEST_ATTRIBUTE = 4 };

/* Paths that lead nowhere are usual in what AWS publishes; they are counted in the origins. */
static void set_flags(cfn_schema_builder *b, const cfn_node *schema, uint32_t root)
{
    for (size_t i = 0; i < sizeof path_lists / sizeof *path_lists; i++) {
        const cfn_node *paths = cfn_node_get(schema, path_lists[i].key);
        for (const cfn_node *n = cfn_node_first(paths); n; n = n->next)
            if (cfn_node_text(n) && !cfn__build_flag(b, root, cfn_node_text(n), path_lists[i].flag))
                b->lost_path_count++;
    }
}

static void set_disputed(cfn_schema_builder *b, const char *type, uint32_t root)
{
    const cfn__disputed *d = cfn__index_get(&b->disputed, type);
    for (; d; d = d->next) {
        const char *path = cfn__format(b->arena, "/properties/%s", d->property);
        if (!cfn__build_flag(b, root, path, CFN__PROPERTY_DISPUTED))
            b->lost_path_count++;
    }
}

/* "/properties/A/B" as "A.B"; NULL when it is of another kind. */
static char *dotted(cfn_arena *arena, const char *path)
{
    if (!path || strncmp(path, "/properties/", PREFIX) != 0)
        return NULL;
    char *name = cfn__strdup(arena, path + PREFIX);
    for (char *p = name; *p; p++)
        if (*p == '/')
            *p = '.';
    return name;
}

static uint32_t identifier_of(cfn_schema_builder *b, const cfn_node *schema)
{
    cfn__words words = {0};
    const cfn_node *paths = cfn_node_get(schema, "primaryIdentifier");
    for (const cfn_node *n = cfn_node_first(paths); n; n = n->next) {
        const char *name = dotted(b->arena, cfn_node_text(n));
        if (name)
            cfn__words_add(&words, cfn__build_text(b, name));
    }
    uint32_t list = cfn__build_list(b, &words);
    cfn__words_free(&words);
    return list;
}

/* An attribute, the members of an object, and what may stand in a map. */
static void add_attribute(cfn_schema_builder *b, cfn__words *names, const char *name, uint32_t raw,
                          int depth)
{
    const cfn__raw *r = &b->raws[raw];
    cfn__words_add(names, cfn__build_text(b, name));
    if (depth > DEEPEST_ATTRIBUTE || !r->shape_count)
        return;
    if (r->shape[CFN__SHAPE_MAP])
        cfn__words_add(names, cfn__build_text(b, cfn__format(b->arena, "%s.*", name)));
    for (uint32_t i = 0; i < r->shape[CFN__SHAPE_COUNT]; i++) {
        const char *member = b->texts.text + r->shape[CFN__SHAPE_PROPERTIES + 2 * i];
        add_attribute(b, names, cfn__format(b->arena, "%s.%s", name, member), r->kids[i],
                      depth + 1);
    }
}

/* The raw value at a dotted name; false when there is none. */
static bool find_raw(const cfn_schema_builder *b, uint32_t root, const char *name, uint32_t *raw)
{
    char part[128];
    *raw = root;
    while (*name) {
        size_t length = strcspn(name, ".");
        if (length >= sizeof part)
            return false;
        memcpy(part, name, length);
        part[length] = '\0';
        const uint32_t *kid = cfn__build_property(b, *raw, part);
        if (!kid)
            return false;
        *raw = *kid;
        name += length + (name[length] == '.');
    }
    return true;
}

static int by_number(const void *left, const void *right)
{
    const uint32_t *a = left, *b = right;
    return (*a > *b) - (*a < *b);
}

/* Sorts texts by their bytes and takes
 * out those that come twice. */
static void sort_texts(const cfn_schema_builder *b, cfn__words *words)
{
    size_t kept = 0;
    qsort(words->items, words->count, sizeof *words->items, by_number);
    for (size_t i = 0; i < words->count; i++) {
        uint32_t word = words->items[i];
        if (i && word == words->items[kept - 1])
            continue;
        words->items[kept++] = word;
    }
    words->count = kept;
    for (size_t i = 1; i < kept; i++) {
        uint32_t word = words->items[i];
        size_t j = i;
        for (; j && strcmp(b->texts.text + words->items[j - 1], b->texts.text + word) > 0; j--)
            words->items[j] = words->items[j - 1];
        words->items[j] = word;
    }
}

static uint32_t attributes_of(cfn_schema_builder *b, const char *type, const cfn_node *schema,
                              uint32_t root)
{
    cfn__words words = {0};
    const cfn_node *paths = cfn_node_get(schema, "readOnlyProperties");
    uint32_t raw;
    for (const cfn_node *n = cfn_node_first(paths); n; n = n->next) {
        const char *name = dotted(b->arena, cfn_node_text(n));
        if (name && !strchr(name, '*') && find_raw(b, root, name, &raw))
            add_attribute(b, &words, name, raw, 0);
    }
    const cfn_node *more = cfn__index_get(&b->attributes, type);
    for (const cfn_node *n = cfn_node_first(more); n; n = n->next)
        if (cfn_node_text(n))
            cfn__words_add(&words, cfn__build_text(b, cfn_node_text(n)));
    if (words.count)
        sort_texts(b, &words);
    uint32_t list = cfn__build_list(b, &words);
    cfn__words_free(&words);
    return list;
}

static bool says(const cfn_node *map, const char *key, const char *text)
{
    const char *value = cfn_node_text(cfn_node_get(map, key));
    return value && strcmp(value, text) == 0;
}

/* What AWS leaves out of "tagging" is true. Types that do not speak of tags have them when they
 * have a property Tags. */
static uint32_t tagging_of(cfn_schema_builder *b, const cfn_node *schema, uint32_t root,
                           uint32_t *tag_property)
{
    const cfn_node *tagging = cfn_node_get(schema, "tagging");
    const char *name = dotted(b->arena, cfn_node_text(cfn_node_get(tagging, "tagProperty")));
    if (!name)
        name = "Tags";
    bool has_it = cfn__build_property(b, root, name) != NULL;
    bool denied =
        says(tagging, "taggable", "false") || (!tagging && says(schema, "taggable", "false"));
    *tag_property = has_it && !denied ? cfn__build_text(b, name) : 0;
    if (!*tag_property)
        return 0;
    return CFN__TYPE_TAGGABLE |
           (says(tagging, "tagOnCreate", "false") ? 0 : CFN__TYPE_TAGS_ON_CREATE) |
           (says(tagging, "tagUpdatable", "false") ? 0 : CFN__TYPE_TAGS_CHANGE);
}

/* Which resource attributes it takes. */
static uint32_t policies_of(const cfn_schema_builder *b, const char *type)
{
    static const struct {
        const char *key;
        uint32_t flag;
    } lists[] = {{"CreationPolicy", CFN__TYPE_CREATION_POLICY},
                 {"UpdatePolicy", CFN__TYPE_UPDATE_POLICY},
                 {"DeletionPolicy.Snapshot", CFN__TYPE_SNAPSHOT_ON_DELETE},
                 {"UpdateReplacePolicy.Snapshot", CFN__TYPE_SNAPSHOT_ON_REPLACE}};
    uint32_t flags = 0;
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
        const cfn_node *types = cfn_node_get(b->policies, lists[i].key);
        for (const cfn_node *n = cfn_node_first(types); n; n = n->next)
            flags |= cfn__text_is(n, type) ? lists[i].flag : 0;
    }
    return flags;
}

static uint32_t flags_of(const cfn_schema_builder *b, const cfn__variant *v, const cfn_node *schema)
{
    const cfn_node *stateful = cfn_node_get(b->stateful, v->type);
    uint32_t flags = v->structure_only ? CFN__TYPE_STRUCTURE_ONLY : 0;
    flags |= stateful ? CFN__TYPE_HOLDS_DATA : 0;
    flags |= says(stateful, "DeleteRequiresEmptyResource", "true") ? CFN__TYPE_MUST_BE_EMPTY : 0;
    flags |=
        says(schema, "replacementStrategy", "delete_then_create") ? CFN__TYPE_DELETES_FIRST : 0;
    flags |= cfn__index_get(&b->all_attributes, v->type) ? CFN__TYPE_ALL_ATTRIBUTES : 0;
    return flags | policies_of(b, v->type);
}

void cfn__build_type(cfn_schema_builder *b, const cfn__variant *v, uint64_t regions)
{
    uint32_t type[CFN__TYPE_WORDS] = {0};
    const cfn_node *schema =
        cfn_read_text(b->arena, b->diagnostics, v->file, v->text, v->length, CFN_FORMAT_JSON);
    if (!schema)
        return;
    uint32_t root = cfn__build_values(b, v->file, schema);
    if (cfn_arena_failed(b->arena) || root >= b->raw_count)
        return;
    set_flags(b, schema, root);
    set_disputed(b, v->type, root);
    type[CFN__TYPE_NAME] = cfn__build_text(b, v->type);
    type[CFN__TYPE_VALUE] = root;
    type[CFN__TYPE_REGIONS_LOW] = (uint32_t)regions;
    type[CFN__TYPE_REGIONS_HIGH] = (uint32_t)(regions >> 32);
    type[CFN__TYPE_FLAGS] = flags_of(b, v, schema);
    type[CFN__TYPE_FLAGS] |= tagging_of(b, schema, root, &type[CFN__TYPE_TAG_PROPERTY]);
    type[CFN__TYPE_IDENTIFIER] = identifier_of(b, schema);
    type[CFN__TYPE_ATTRIBUTES] = attributes_of(b, v->type, schema, root);
    b->structure_only_count += v->structure_only;
    for (size_t i = 0; i < CFN__TYPE_WORDS; i++)
        cfn__words_add(&b->types, type[i]);
}
