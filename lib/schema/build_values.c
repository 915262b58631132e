/* JSON Schema to raw values: one for each schema object, with references followed. */
#include "base/allocate.h"
#include "schema/build.h"

#include <cfngen/write.h>
#include <stdlib.h>
#include <string.h>

enum { DEEPEST = 1000, LONGEST_CHAIN = 32 };

typedef struct scope {
    cfn_schema_builder *builder;
    const char *file;
    const cfn_node *root;
    cfn__sequences seen; /* addresses of schemas */
    cfn__words raws;     /* the raw value of each */
    cfn__index merged;   /* by the text of a reference with something beside it */
    int depth;
    bool exact; /* types are not guessed from what else is said */
} scope;

typedef struct draft {
    cfn__words shape, kids;
} draft;

static uint32_t raw_of(scope *s, const cfn_node *schema);

uint32_t cfn__build_raw(cfn_schema_builder *b)
{
    if (b->raw_count == b->raw_capacity) {
        size_t capacity = b->raw_capacity ? b->raw_capacity * 2 : 1024;
        cfn__raw *raws = cfn__realloc(b->raws, capacity * sizeof *raws);
        if (!raws) {
            cfn_arena_set_limit(b->arena, 1); /* from here on memory is out */
            cfn__alloc(b->arena, 1);
            return 0;
        }
        b->raws = raws;
        b->raw_capacity = capacity;
    }
    b->raws[b->raw_count] = (cfn__raw){0};
    return (uint32_t)b->raw_count++;
}

/* One key of a JSON pointer, with ~1 and ~0 taken back. */
static const cfn_node *step(scope *s, const cfn_node *node, const char *key, size_t length)
{
    char *name = cfn__strndup(s->builder->arena, key, length), *out = name;
    for (const char *in = name; *in; in++, out++) {
        bool escape = in[0] == '~' && (in[1] == '0' || in[1] == '1');
        *out = *in;
        if (escape)
            *out = *++in == '1' ? '/' : '~';
    }
    if (*name)
        *out = '\0';
    return cfn_node_get(node, name);
}

static const cfn_node *pointed_at(scope *s, const char *pointer)
{
    const cfn_node *node = pointer[0] == '#' ? s->root : NULL;
    for (pointer++; node && *pointer == '/';) {
        size_t length = strcspn(++pointer, "/");
        node = step(s, node, pointer, length);
        pointer += length;
    }
    return node;
}

/* What stands beside $ref is laid over what it refers to. The same text gives the same schema, so
 * that types that contain themselves end. */
static const cfn_node *lay_over(scope *s, const cfn_node *target, const cfn_node *schema)
{
    cfn_arena *arena = s->builder->arena;
    if (schema->size == 1)
        return target;
    const char *text = cfn_write_text(arena, schema, &(cfn_write_options){.minify = true}, NULL);
    cfn_node *merged = text ? cfn__index_get(&s->merged, text) : NULL;
    if (merged || !text)
        return merged;
    merged = cfn__copy(arena, target);
    for (const cfn_node *n = schema->first; merged && n; n = n->next)
        if (strcmp(n->key, "$ref") != 0)
            cfn__set(merged, n->key, cfn__copy(arena, n));
    cfn__index_put(arena, &s->merged, text, merged);
    return merged;
}

static const cfn_node *follow(scope *s, const cfn_node *schema)
{
    for (int i = 0; i < LONGEST_CHAIN; i++) {
        const char *pointer = cfn_node_text(cfn_node_get(schema, "$ref"));
        if (!pointer)
            return schema;
        const cfn_node *target = pointed_at(s, pointer);
        if (!cfn__is_map(target)) {
            cfn__build_complain(s->builder, s->file, "$ref \"%s\" leads nowhere", pointer);
            return NULL;
        }
        schema = lay_over(s, target, schema);
        if (!schema)
            return NULL;
    }
    cfn__build_complain(s->builder, s->file, "references run in a circle");
    return NULL;
}

static uint32_t type_bit(const cfn_node *type)
{
    static const char *const names[] = {"string", "integer", "number", "boolean",
                                        "object", "array",   "null"};
    for (uint32_t i = 0; i < sizeof names / sizeof *names; i++)
        if (cfn__text_is(type, names[i]))
            return 1U << i;
    return 0;
}

static uint32_t types_of(const scope *s, const cfn_node *schema)
{
    const cfn_node *type = cfn_node_get(schema, "type");
    uint32_t types = type_bit(type);
    if (cfn__is_list(type))
        for (const cfn_node *n = type->first; n; n = n->next)
            types |= type_bit(n);
    if (type || s->exact)
        return types;
    if (cfn_node_get(schema, "properties") || cfn_node_get(schema, "patternProperties"))
        types |= CFN_SCHEMA_OBJECT;
    if (cfn_node_get(schema, "items"))
        types |= CFN_SCHEMA_LIST;
    return types;
}

static uint32_t flags_of(const cfn_node *schema)
{
    static const struct {
        const char *key, *text;
        uint32_t flag;
    } table[] = {
        {"additionalProperties", "false", CFN__VALUE_CLOSED},
        {"insertionOrder", "false", CFN__VALUE_UNORDERED},
        {"uniqueItems", "true", CFN__VALUE_UNIQUE},
        {"arrayType", "AttributeList", CFN__VALUE_ATTRIBUTE_LIST},
    };
    uint32_t flags = cfn_node_get(schema, "enumCaseInsensitive") ? CFN__VALUE_ENUM_ANY_CASE : 0;
    if (cfn_node_kind(schema) == CFN_KIND_BOOLEAN && strcmp(schema->text, "false") == 0)
        flags |= CFN__VALUE_FORBIDDEN;
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        const char *text = cfn_node_text(cfn_node_get(schema, table[i].key));
        if (text && strcmp(text, table[i].text) == 0)
            flags |= table[i].flag;
    }
    return flags;
}

static bool holds(const cfn_node *list, const char *text)
{
    for (const cfn_node *n = cfn_node_first(list); n; n = n->next)
        if (cfn__text_is(n, text))
            return true;
    return false;
}

static int by_key(const void *left, const void *right)
{
    const cfn_node *const *a = left, *const *b = right;
    return strcmp((*a)->key, (*b)->key);
}

static void add_properties(scope *s, draft *d, const cfn_node *schema)
{
    const cfn_node *properties = cfn_node_get(schema, "properties");
    const cfn_node *required = cfn_node_get(schema, "required");
    size_t count = cfn__is_map(properties) ? cfn_node_size(properties) : 0, i = 0;
    const cfn_node **sorted = CFN__NEW_ARRAY(s->builder->arena, count + 1, const cfn_node *);
    if (!sorted || !count)
        return;
    for (const cfn_node *n = properties->first; n; n = n->next)
        sorted[i++] = n;
    qsort(sorted, count, sizeof(const cfn_node *), by_key);
    d->shape.items[CFN__SHAPE_COUNT] = (uint32_t)count;
    for (i = 0; i < count; i++) {
        bool needed = holds(required, sorted[i]->key);
        cfn__words_add(&d->shape, cfn__build_text(s->builder, sorted[i]->key));
        cfn__words_add(&d->shape, needed ? CFN__PROPERTY_REQUIRED : 0);
        cfn__words_add(&d->kids, raw_of(s, sorted[i]));
    }
}

/* Begins a rule that names so many things. */
static void add_rule(draft *d, uint32_t id, uint32_t payload)
{
    cfn__words_add(&d->shape, id);
    cfn__words_add(&d->shape, payload);
}

static void add_number(scope *s, draft *d, uint32_t id, const cfn_node *value)
{
    const char *text = cfn_node_text(value);
    char *end = NULL;
    double number = text ? strtod(text, &end) : 0;
    if (text && end != text && !*end)
        add_rule(d, id, cfn__build_number(s->builder, number));
}

static void add_text(scope *s, draft *d, uint32_t id, const cfn_node *value)
{
    const char *text = cfn_node_text(value);
    if (id == CFN_SCHEMA_RELATIONSHIP && cfn__is_map(value)) {
        const char *type = cfn_node_text(cfn_node_get(value, "typeName"));
        const char *path = cfn_node_text(cfn_node_get(value, "propertyPath"));
        text = cfn__format(s->builder->arena, "%s%s", type ? type : "", path ? path : "");
    }
    if (text)
        add_rule(d, id, cfn__build_text(s->builder, text));
}

/* `first`, when not NULL, stands before the texts of the list; `left_out` are not wanted. */
static void add_texts(scope *s, draft *d, uint32_t id, const char *first, const cfn_node *list,
                      const cfn_node *left_out)
{
    cfn__words texts = {0};
    if (first)
        cfn__words_add(&texts, cfn__build_text(s->builder, first));
    for (const cfn_node *n = cfn_node_first(list); n; n = n->next)
        if (cfn_node_text(n) && !cfn_node_get(left_out, cfn_node_text(n)))
            cfn__words_add(&texts, cfn__build_text(s->builder, cfn_node_text(n)));
    if (texts.count > (first != NULL)) {
        add_rule(d, id, (uint32_t)texts.count);
        for (size_t i = 0; i < texts.count; i++)
            cfn__words_add(&d->shape, texts.items[i]);
    }
    d->shape.failed = d->shape.failed || texts.failed;
    cfn__words_free(&texts);
}

static void add_text_value(scope *s, draft *d, uint32_t id, const char *text, const cfn_node *value)
{
    add_rule(d, id, cfn__build_text(s->builder, text));
    if (id == CFN_SCHEMA_PATTERN_PROPERTIES && !d->shape.failed && !d->shape.items[CFN__SHAPE_MAP])
        d->shape.items[CFN__SHAPE_MAP] = (uint32_t)d->kids.count + 1;
    cfn__words_add(&d->kids, raw_of(s, value));
}

static void add_values(scope *s, draft *d, uint32_t id, const cfn_node *list)
{
    add_rule(d, id, (uint32_t)cfn_node_size(list));
    for (const cfn_node *n = list->first; n; n = n->next)
        cfn__words_add(&d->kids, raw_of(s, n));
}

static void add_value(scope *s, draft *d, uint32_t id, const cfn_node *value)
{
    cfn__words_add(&d->shape, id);
    if (id == CFN_SCHEMA_ITEMS && !d->shape.failed)
        d->shape.items[CFN__SHAPE_ITEMS] = (uint32_t)d->kids.count + 1;
    cfn__words_add(&d->kids, raw_of(s, value));
}

/* Lists under keys: the key needs, or excludes, what the list names. */
static void add_dependents(scope *s, draft *d, uint32_t id, const cfn_node *map)
{
    for (const cfn_node *n = cfn_node_first(map); n && n->key; n = n->next) {
        if (cfn__is_list(n))
            add_texts(s, d, id, n->key, n, NULL);
        else if (cfn__is_map(n))
            add_text_value(s, d, CFN_SCHEMA_DEPENDENT_SCHEMA, n->key, n);
    }
}

static void add_list_of_texts(scope *s, draft *d, uint32_t id, const cfn_node *schema,
                              const cfn_node *value)
{
    if (id == CFN_SCHEMA_ENUM && !value)
        value = cfn_node_get(schema, "enumCaseInsensitive");
    const cfn_node *described =
        id == CFN_SCHEMA_REQUIRED ? cfn_node_get(schema, "properties") : NULL;
    if (cfn__is_list(value) && cfn__is_list(cfn_node_first(value))) /* several groups */
        for (const cfn_node *n = value->first; n; n = n->next)
            add_texts(s, d, id, NULL, n, NULL);
    else if (cfn__is_list(value))
        add_texts(s, d, id, NULL, value, described);
    else if (cfn__is_map(value))
        add_dependents(s, d, id, value);
}

/* Rules of one kind, or what stands for them under another name. */
static void add_rules_of(scope *s, draft *d, uint32_t id, const cfn_node *schema)
{
    const cfn_node *value = cfn_node_get(schema, cfn_schema_rule_name((cfn_schema_rule_id)id));
    uint8_t kind = cfn__rule_kinds[id];
    if (kind == CFN_SCHEMA_KIND_TEXTS)
        add_list_of_texts(s, d, id, schema, value);
    if (!value || kind == CFN_SCHEMA_KIND_TEXTS)
        return;
    if (kind == CFN_SCHEMA_KIND_TEXT)
        add_text(s, d, id, value);
    else if (kind == CFN_SCHEMA_KIND_NUMBER)
        add_number(s, d, id, value);
    else if (id == CFN_SCHEMA_ITEMS && cfn__is_list(value))
        add_values(s, d, CFN_SCHEMA_PREFIX_ITEMS, value);
    else if (kind == CFN_SCHEMA_KIND_VALUE)
        add_value(s, d, id, value);
    else if (kind == CFN_SCHEMA_KIND_VALUES && cfn__is_list(value))
        add_values(s, d, id, value);
    else if (cfn__is_map(value))
        for (const cfn_node *n = value->first; n; n = n->next)
            add_text_value(s, d, id, n->key, n);
}

static void add_rules(scope *s, draft *d, const cfn_node *schema)
{
    for (uint32_t id = 0; id < CFN_SCHEMA_RULE_COUNT; id++)
        add_rules_of(s, d, id, schema);
    const cfn_node *others = cfn_node_get(schema, "additionalProperties");
    if (cfn__is_map(others))
        add_text_value(s, d, CFN_SCHEMA_PATTERN_PROPERTIES, "", others);
    add_dependents(s, d, CFN_SCHEMA_DEPENDENT_REQUIRED, cfn_node_get(schema, "dependencies"));
}

static uint32_t *keep(cfn_arena *arena, const cfn__words *words)
{
    uint32_t *items = CFN__NEW_ARRAY(arena, words->count + 1, uint32_t);
    if (items && words->count)
        memcpy(items, words->items, words->count * sizeof *items);
    return items;
}

static void fill(scope *s, uint32_t raw, const cfn_node *schema)
{
    draft d = {{0}, {0}};
    cfn__words_add(&d.shape, types_of(s, schema) | flags_of(schema) << 8);
    while (d.shape.count < CFN__SHAPE_PROPERTIES && !d.shape.failed)
        cfn__words_add(&d.shape, 0);
    if (!d.shape.failed && cfn__is_map(schema)) {
        add_properties(s, &d, schema);
        add_rules(s, &d, schema);
    }
    cfn_schema_builder *b = s->builder;
    cfn__raw *made = &b->raws[raw];
    made->shape = keep(b->arena, &d.shape);
    made->kids = keep(b->arena, &d.kids);
    if (made->shape && made->kids && !d.shape.failed && !d.kids.failed) {
        made->shape_count = (uint32_t)d.shape.count;
        made->kid_count = (uint32_t)d.kids.count;
    }
    cfn__words_free(&d.shape);
    cfn__words_free(&d.kids);
}

/* The number of the schema at this address; new ones are added. */
static uint32_t number_of(scope *s, const cfn_node *schema)
{
    uint64_t address = (uintptr_t)schema;
    uint32_t key[2] = {(uint32_t)address, (uint32_t)(address >> 32)};
    uint32_t number = cfn__sequence(&s->seen, key, 2);
    if (number == s->raws.count)
        cfn__words_add(&s->raws, UINT32_MAX);
    return number;
}

static uint32_t raw_of(scope *s, const cfn_node *schema)
{
    uint32_t number = number_of(s, schema);
    if (cfn__sequences_failed(&s->seen) || s->raws.failed || cfn_arena_failed(s->builder->arena))
        return 0;
    if (s->raws.items[number] != UINT32_MAX)
        return s->raws.items[number];
    const cfn_node *meant = follow(s, schema);
    uint32_t raw;
    if (++s->depth > DEEPEST) {
        cfn__build_complain(s->builder, s->file, "the nesting is deeper than %d", DEEPEST);
        raw = 0;
    } else if (meant && meant != schema) {
        raw = raw_of(s, meant);
        s->raws.items[number] = raw;
    } else {
        raw = cfn__build_raw(s->builder);
        s->raws.items[number] = raw;
        if (!cfn_arena_failed(s->builder->arena))
            fill(s, raw, meant);
    }
    s->depth--;
    return raw;
}

static uint32_t build(cfn_schema_builder *builder, const char *file, const cfn_node *schema,
                      bool exact)
{
    scope s = {.builder = builder, .file = file, .root = schema, .exact = exact};
    uint32_t raw = raw_of(&s, schema);
    if (cfn__sequences_failed(&s.seen) || s.raws.failed)
        cfn__report_no_memory(builder->diagnostics);
    cfn__sequences_free(&s.seen);
    cfn__words_free(&s.raws);
    return raw;
}

uint32_t cfn__build_values(cfn_schema_builder *builder, const char *file, const cfn_node *schema)
{
    uint32_t raw = build(builder, file, schema, false);
    if (!cfn_arena_failed(builder->arena))
        builder->raws[raw].owned = true;
    return raw;
}

uint32_t cfn__build_exact(cfn_schema_builder *builder, const char *file, const cfn_node *schema)
{
    return build(builder, file, schema, true);
}
