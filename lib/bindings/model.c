/* A resource type as structs and functions. Equal values of a type are one struct. Structs are
 * found breadth first, so that each is called by the shortest path to it, the first of several by
 * name; where another property has it, it has a second name, so that the struct of a property is
 * always called by the struct that the property is in, and the property. */
#include "base/text.h"
#include "bindings/bindings.h"

#include <string.h>

typedef struct modeller {
    cfn__names *names;
    cfn_arena *arena;
    const cfn_schema *schema;
    cfn__binding *binding;
    cfn__struct **last; /* where the next struct goes */
} modeller;

/* ---- names ---- */

static bool is_taken(const cfn__names *names, const char *name)
{
    return cfn__index_get(&names->taken, name) != NULL;
}

static void take(cfn__names *names, const char *name)
{
    cfn__index_put(names->arena, &names->taken, name, names);
}

/* Also what is made out of a name. */
static const char *const struct_suffixes[] = {"", "_list", "_value", NULL};
static const char *const type_suffixes[] = {"",        "_props", "_record", "_named",
                                            "_add_at", "_add",   "_Ref",    NULL};

static void take_all(cfn__names *names, const char *name, const char *const *suffixes)
{
    for (; *suffixes; suffixes++)
        take(names, cfn__format(names->arena, "%s%s", name, *suffixes));
}

/* The name, with as many "_" at its end as make it free. */
static const char *free_name(cfn__names *names, const char *name, const char *const *suffixes)
{
    for (;; name = cfn__format(names->arena, "%s_", name)) {
        bool taken = false;
        for (size_t i = 0; suffixes[i] && !taken; i++)
            taken = is_taken(names, cfn__format(names->arena, "%s%s", name, suffixes[i]));
        if (!taken || cfn_arena_failed(names->arena))
            return name;
    }
}

/* ---- attributes ---- */

/* Calls for each name that Fn::GetAtt takes; some types give their properties, too. */
static void each_attribute(modeller *m, const cfn_schema_type *type,
                           void (*visit)(modeller *, const char *attribute))
{
    cfn_schema_type_facts facts = cfn_schema_type_describe(m->schema, type);
    const cfn_schema_property *property;
    const char *attribute;
    for (size_t i = 0; (attribute = cfn_schema_attribute_at(m->schema, type, i)); i++)
        visit(m, attribute);
    for (size_t i = 0; facts.properties_are_attributes &&
                       (property = cfn_schema_property_at(m->schema, facts.value, i));
         i++) {
        cfn_schema_property_facts p = cfn_schema_property_describe(m->schema, property);
        cfn__sort sort = cfn__shape_of(m->schema, p.value).sort;
        if (sort == CFN__SORT_STR || sort == CFN__SORT_INT || sort == CFN__SORT_NUM ||
            sort == CFN__SORT_BOOL || sort == CFN__SORT_STR_LIST)
            visit(m, p.name);
    }
}

/* "Outputs.*" is all members of Outputs. */
static size_t map_length(const char *attribute)
{
    return cfn__ends_with(attribute, ".*") ? strlen(attribute) - 2 : 0;
}

static const char *accessor_name(const modeller *m, const char *attribute)
{
    size_t length = map_length(attribute);
    const char *name = length ? cfn__strndup(m->arena, attribute, length) : attribute;
    return cfn__part_identifier(m->arena, name);
}

static void add_accessor(modeller *m, const char *attribute)
{
    size_t length = map_length(attribute);
    const char *name = accessor_name(m, attribute);
    cfn__accessor **at = &m->binding->accessors;
    while (*at && strcmp((*at)->name, name) != 0)
        at = &(*at)->next;
    cfn__accessor *accessor = *at ? NULL : CFN__NEW(m->arena, cfn__accessor);
    if (!accessor)
        return;
    accessor->name = name;
    accessor->attribute = length ? cfn__strndup(m->arena, attribute, length) : attribute;
    accessor->map = length != 0;
    *at = accessor;
}

static void take_accessor(modeller *m, const char *attribute)
{
    take(m->names, cfn__format(m->arena, "%s_%s", m->binding->name, accessor_name(m, attribute)));
}

void cfn__take_names(cfn__names *names, const cfn_schema *schema, const cfn_schema_type *type)
{
    cfn_schema_type_facts facts = cfn_schema_type_describe(schema, type);
    cfn__binding binding = {.name = cfn__type_identifier(names->arena, facts.name)};
    modeller m = {names, names->arena, schema, &binding, NULL};
    take_all(names, binding.name, type_suffixes);
    each_attribute(&m, type, take_accessor);
}

/* ---- structs ---- */

static cfn__struct *find_struct(const modeller *m, const cfn_schema_value *value)
{
    cfn__struct *s = m->binding->structs;
    while (s && s->value != value)
        s = s->next;
    return s;
}

static cfn__struct *new_struct(modeller *m, const cfn_schema_value *value, const char *path)
{
    cfn__struct *s = CFN__NEW(m->arena, cfn__struct);
    if (!s)
        return NULL;
    s->value = value;
    s->path = path;
    s->index = m->binding->struct_count++;
    *m->last = s;
    m->last = &s->next;
    return s;
}

/* Gives a member its struct, which is met here for the first time, or was before. */
static void give_struct(modeller *m, const cfn__struct *owner, const cfn__slot *slot,
                        cfn__member *member)
{
    const char *path = cfn__format(m->arena, "%s_%s", owner->path,
                                   cfn__part_identifier(m->arena, slot->facts.name));
    cfn__struct *s = find_struct(m, slot->shape.members);
    member->type = free_name(m->names, path, struct_suffixes);
    if (!s)
        s = new_struct(m, slot->shape.members, path);
    if (!s)
        return;
    if (!s->name)
        s->name = member->type;
    take_all(m->names, member->type, struct_suffixes);
    s->listed |= slot->shape.sort == CFN__SORT_RECORD_LIST;
    member->record = s;
}

static const char *free_member(cfn_arena *arena, const cfn__struct *s, const char *identifier)
{
    for (const cfn__member *other = s->members; other;) {
        bool same = strcmp(other->identifier, identifier) == 0;
        if (same)
            identifier = cfn__format(arena, "%s_", identifier);
        other = same ? s->members : other->next;
    }
    return identifier;
}

static void add_members(modeller *m, cfn__struct *s)
{
    cfn__member **last = &s->members;
    for (const cfn__slot *slot = cfn__slots_of(m->arena, m->schema, s->value); slot;
         slot = slot->next) {
        cfn__member *member = CFN__NEW(m->arena, cfn__member);
        if (!member)
            return;
        *member = (cfn__member){
            .name = slot->facts.name,
            .identifier =
                free_member(m->arena, s, cfn__member_identifier(m->arena, slot->facts.name)),
            .sort = slot->shape.sort,
            .required = slot->facts.required,
            .deprecated = slot->facts.deprecated,
        };
        if (slot->shape.members)
            give_struct(m, s, slot, member);
        *last = member;
        last = &member->next;
        s->rows++;
    }
    s->has_others = cfn__has_others(m->schema, s->value);
    s->rows += 1 + s->has_others; /* attributes or `all` */
    s->first_row = m->binding->row_count;
    m->binding->row_count += s->rows;
}

cfn__binding *cfn__bind_type(cfn__names *names, const cfn_schema *schema,
                             const cfn_schema_type *type)
{
    cfn_arena *arena = names->arena;
    cfn_schema_type_facts facts = cfn_schema_type_describe(schema, type);
    cfn__binding *binding = CFN__NEW(arena, cfn__binding);
    if (!binding)
        return NULL;
    *binding = (cfn__binding){.type = facts.name, .name = cfn__type_identifier(arena, facts.name)};
    modeller m = {names, arena, schema, binding, &binding->structs};
    cfn__struct *props = new_struct(&m, facts.value, binding->name);
    if (!props)
        return NULL;
    props->name = cfn__format(arena, "%s_props", binding->name);
    for (cfn__struct *s = props; s; s = s->next)
        add_members(&m, s);
    each_attribute(&m, type, add_accessor);
    return cfn_arena_failed(arena) ? NULL : binding;
}
