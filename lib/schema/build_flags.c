/* Flags at exact paths. Types share definitions, so what stands on the way to a flag is copied
 * first, down from the type's root, which is its own. */
#include "schema/build.h"

#include <string.h>

/* Alternatives and lists that a path does not name. */
enum { DEEPEST = 64 };

bool cfn__build_next_rule(const cfn__raw *raw, cfn__raw_rule *rule)
{
    if (!rule->next) {
        uint32_t count = raw->shape_count ? raw->shape[CFN__SHAPE_COUNT] : 0;
        rule->next = CFN__SHAPE_PROPERTIES + 2 * count;
        rule->next_kid = count;
    }
    if (rule->next >= raw->shape_count)
        return false;
    rule->at = rule->next;
    rule->kid = rule->next_kid;
    rule->id = raw->shape[rule->at];
    rule->payload = raw->shape + rule->at + 1;
    uint8_t kind = cfn__rule_kinds[rule->id];
    bool values = kind == CFN_SCHEMA_KIND_VALUES, texts = kind == CFN_SCHEMA_KIND_TEXTS;
    bool value = kind == CFN_SCHEMA_KIND_VALUE;
    rule->count = values || texts ? *rule->payload : 0;
    rule->next += (value ? 1U : 2U) + (texts ? rule->count : 0);
    rule->next_kid += values ? rule->count : value || kind == CFN_SCHEMA_KIND_TEXT_VALUE;
    return true;
}

/* The index of a property, or -1. */
static int64_t index_of(const cfn_schema_builder *b, uint32_t raw, const char *name, size_t length)
{
    const cfn__raw *r = &b->raws[raw];
    uint32_t count = r->shape && r->shape_count ? r->shape[CFN__SHAPE_COUNT] : 0;
    for (uint32_t i = 0; i < count; i++) {
        const char *its_name = b->texts.text + r->shape[CFN__SHAPE_PROPERTIES + 2 * i];
        if (strncmp(its_name, name, length) == 0 && !its_name[length])
            return i;
    }
    return -1;
}

const uint32_t *cfn__build_property(const cfn_schema_builder *builder, uint32_t raw,
                                    const char *name)
{
    int64_t index = index_of(builder, raw, name, strlen(name));
    return index < 0 ? NULL : &builder->raws[raw].kids[index];
}

static uint32_t *copy(cfn_arena *arena, const uint32_t *items, size_t count)
{
    uint32_t *made = CFN__NEW_ARRAY(arena, count + 1, uint32_t);
    if (made && count)
        memcpy(made, items, count * sizeof *items);
    return made;
}

/* Makes a kid of an owned value its own; its index. */
static uint32_t own(cfn_schema_builder *b, uint32_t raw, uint32_t kid)
{
    uint32_t shared = b->raws[raw].kids[kid];
    if (b->raws[shared].owned)
        return shared;
    uint32_t made = cfn__build_raw(b);
    const cfn__raw *from = &b->raws[shared];
    cfn__raw clone = {copy(b->arena, from->shape, from->shape_count),
                      copy(b->arena, from->kids, from->kid_count), from->shape_count,
                      from->kid_count, true};
    if (cfn_arena_failed(b->arena))
        return shared;
    b->raws[made] = clone;
    b->raws[raw].kids[kid] = made;
    return made;
}

static bool flag_at(cfn_schema_builder *b, uint32_t raw, const char *path, uint32_t flag,
                    int depth);

/* Past a property: sets the flag when nothing but items follows. */
static bool flag_property(cfn_schema_builder *b, uint32_t raw, uint32_t index, const char *rest,
                          uint32_t flag, int depth)
{
    while (strncmp(rest, "/*", 2) == 0 && !rest[2])
        rest += 2;
    uint32_t *shape = b->raws[raw].shape;
    if (!*rest && shape)
        shape[CFN__SHAPE_PROPERTIES + 2 * index + 1] |= flag;
    if (!*rest)
        return true;
    return flag_at(b, own(b, raw, index), rest, flag, depth);
}

static bool is_alternative(uint32_t id)
{
    return id == CFN_SCHEMA_ONE_OF || id == CFN_SCHEMA_ANY_OF || id == CFN_SCHEMA_ALL_OF;
}

/* In every alternative that knows the name. */
static bool flag_alternatives(cfn_schema_builder *b, uint32_t raw, const char *path, uint32_t flag,
                              int depth)
{
    bool found = false;
    for (cfn__raw_rule rule = {0}; cfn__build_next_rule(&b->raws[raw], &rule);)
        for (uint32_t i = 0; is_alternative(rule.id) && i < rule.count; i++)
            found |= flag_at(b, own(b, raw, rule.kid + i), path, flag, depth);
    return found;
}

/* `path` starts with a slash. Items of lists may be named by "*", or not at all. */
static bool flag_at(cfn_schema_builder *b, uint32_t raw, const char *path, uint32_t flag, int depth)
{
    size_t length = strcspn(path + 1, "/");
    if (depth > DEEPEST || cfn_arena_failed(b->arena) || !b->raws[raw].owned ||
        !b->raws[raw].shape_count)
        return false;
    int64_t index = index_of(b, raw, path + 1, length);
    if (index >= 0)
        return flag_property(b, raw, (uint32_t)index, path + 1 + length, flag, depth + 1);
    bool star = (length == 1 && path[1] == '*') || strncmp(path + 1, "items/", 6) == 0;
    const char *rest = star ? path + 1 + length : path;
    const uint32_t *shape = b->raws[raw].shape;
    if (!shape)
        return false;
    uint32_t item = shape[CFN__SHAPE_ITEMS] ? shape[CFN__SHAPE_ITEMS] : shape[CFN__SHAPE_MAP];
    if (item && *rest && flag_at(b, own(b, raw, item - 1), rest, flag, depth + 1))
        return true;
    return flag_alternatives(b, raw, path, flag, depth + 1);
}

bool cfn__build_flag(cfn_schema_builder *builder, uint32_t root, const char *path, uint32_t flag)
{
    static const char prefix[] = "/properties";
    if (strncmp(path, prefix, sizeof prefix - 1) != 0 || path[sizeof prefix - 1] != '/')
        return false;
    return flag_at(builder, root, path + sizeof prefix - 1, flag, 0);
}
