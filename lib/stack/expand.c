/* The three passes that turn a stack into a template. */
#include "base/text.h"
#include "stack/bind.h"
#include "stack/expansion.h"

#include <string.h>
#include <strings.h>

/* Also what was meant to be one: "CFNGEN::KMS::Key" is no type of anybody else. */
static bool is_construct_name(const cfn_node *type)
{
    enum { LONGEST = 12 };
    size_t length = cfn__is_string(type) ? strcspn(type->text, ":") : 0;
    if (!length || length > LONGEST || strncmp(type->text + length, "::", 2) != 0)
        return false;
    char space[LONGEST + 1] = "";
    memcpy(space, type->text, length);
    cfn__nearest nearest = cfn__nearest_to(space);
    cfn__nearest_offer(&nearest, "Cfngen");
    return nearest.best || strcasecmp(space, "Cfngen") == 0;
}

static const cfn__construct_type *find_type(const cfn__expansion *x, const char *name)
{
    const cfn__construct_type *const *type = x->types;
    while (*type && strcmp((*type)->name, name) != 0)
        type++;
    return *type;
}

/* Logical ids are letters and digits; with another one every resource that is made would be wrong.
 */
static bool has_good_id(cfn__expansion *x, const cfn_node *resource)
{
    const char *p = resource->key;
    while (cfn__is_alphanumeric(*p))
        p++;
    if (!*p && p > resource->key)
        return true;
    cfn__report_key(x->diagnostics, CFN1007, resource, "\"%s\" is not a logical id", resource->key);
    cfn__hint(x->diagnostics, "use letters and digits alone");
    return false;
}

/* Where the construct is named; in a C program, the line that adds it. */
static cfn__place place_of(const cfn_node *resource)
{
    cfn__place place = resource->place;
    if (!resource->key_line)
        return place;
    place.line = place.end_line = resource->key_line;
    place.column = resource->key_column;
    place.end_column = place.column + (uint32_t)strlen(resource->key);
    return place;
}

static void report_unknown(cfn__expansion *x, const cfn_node *type)
{
    cfn__nearest nearest = cfn__nearest_to(type->text);
    for (const cfn__construct_type *const *t = x->types; *t; t++)
        cfn__nearest_offer(&nearest, (*t)->name);
    cfn__report(x->diagnostics, CFN2001, type, "there is no construct %s", type->text);
    if (nearest.best)
        cfn__hint_nearest(x->diagnostics, nearest.best);
    else
        cfn__hint(x->diagnostics, "`cfngen list constructs` names them all");
}

static void collect_one(cfn__expansion *x, const cfn_node *resource)
{
    const cfn_node *type_name = cfn_node_get(resource, "Type");
    const cfn__construct_type *type = find_type(x, type_name->text);
    cfn__construct *c = &x->constructs[x->construct_count];
    if (!type) {
        report_unknown(x, type_name);
        x->incomplete = true;
        return;
    }
    *c = (cfn__construct){.type = type, .id = resource->key, .declared = resource};
    c->make = (cfn__maker){x->arena, place_of(resource)};
    c->broken = !has_good_id(x, resource);
    c->props = cfn__alloc(x->arena, type->props.size);
    c->state = cfn__alloc(x->arena, type->state_size ? type->state_size : 1);
    if (!c->props || !c->state)
        return;
    cfn__index_put(x->arena, &x->by_id, c->id, c);
    x->construct_count++;
}

static void collect(cfn__expansion *x)
{
    const cfn_node *resources = cfn_node_get(x->stack->document, "Resources");
    size_t count = 0;
    for (cfn_node *n = cfn__is_map(resources) ? resources->first : NULL; n; n = n->next) {
        count += is_construct_name(cfn_node_get(n, "Type"));
        cfn__index_put(x->arena, &x->declared, n->key, n);
    }
    x->constructs = CFN__NEW_ARRAY(x->arena, count ? count : 1, cfn__construct);
    if (!x->constructs)
        return;
    for (const cfn_node *n = cfn_node_first(resources); n && count; n = n->next)
        if (is_construct_name(cfn_node_get(n, "Type")))
            collect_one(x, n);
}

/* The document without its resources and without Metadata.Cfngen, in the same order. */
static cfn_node *begin_template(cfn__expansion *x)
{
    const cfn_node *document = x->stack->document;
    cfn__maker make = {x->arena, document->place};
    cfn_node *template = cfn__map(&make);
    for (const cfn_node *n = document->first; n; n = n->next) {
        cfn_node *section = strcmp(n->key, "Resources") == 0 && n->kind == CFN_KIND_MAP
                                ? cfn__map(&(cfn__maker){x->arena, n->place})
                                : cfn__copy(x->arena, n);
        cfn__put(template, n->key, section);
        if (section) {
            section->key_line = n->key_line;
            section->key_column = n->key_column;
        }
    }
    cfn__remove_settings(template);
    return template;
}

static const cfn_node *find_construct(const cfn_node *node)
{
    if (is_construct_name(cfn_node_get(node, "Type")))
        return cfn_node_get(node, "Type");
    const cfn_node *found = NULL;
    for (const cfn_node *n = cfn_node_first(node); n && !found; n = n->next)
        found = find_construct(n);
    return found;
}

/* CloudFormation unrolls Fn::ForEach long after synth, and knows no constructs. */
static void refuse_constructs_in_loops(cfn__expansion *x, const cfn_node *plain)
{
    const cfn_node *found =
        cfn__starts_with(plain->key, "Fn::ForEach") ? find_construct(plain) : NULL;
    if (!found)
        return;
    cfn__report(x->diagnostics, CFN2025, found, "a construct cannot stand inside Fn::ForEach");
    cfn__hint(x->diagnostics, "declare each %s on its own", found->text);
}

/* A resource given as it is passes through; what it tells cfngen itself is taken out. */
static void pass_through(cfn__expansion *x, const cfn_node *plain)
{
    refuse_constructs_in_loops(x, plain);
    cfn_node *resource = cfn__copy(x->arena, plain);
    cfn__remove_settings(resource);
    cfn__put(x->made_resources, plain->key, resource);
    cfn__index_put(x->arena, &x->resources, plain->key, resource);
}

static void expand_one(cfn__expansion *x, cfn__construct *c)
{
    if (c->broken) {
        x->incomplete = true;
        return;
    }
    c->type->expand(x, c);
    cfn__apply_attributes(x, c);
    cfn__apply_overrides(x, c);
}

static void expand_all(cfn__expansion *x)
{
    const cfn_node *resources = cfn_node_get(x->stack->document, "Resources");
    for (const cfn_node *n = cfn__is_map(resources) ? resources->first : NULL; n; n = n->next) {
        cfn__construct *c = cfn__index_get(&x->by_id, n->key);
        if (c)
            expand_one(x, c);
        else if (!is_construct_name(cfn_node_get(n, "Type")))
            pass_through(x, n);
    }
}

bool cfn__is_missing(const void *expansion, const char *id)
{
    const cfn__expansion *x = expansion;
    const cfn_node *resources = cfn_node_get(x->stack->document, "Resources");
    for (const cfn_node *n = cfn_node_first(resources); n; n = n->next) {
        const cfn__construct *c = cfn__index_get(&x->by_id, n->key);
        bool failed = c ? c->broken : is_construct_name(cfn_node_get(n, "Type"));
        if (failed && cfn__starts_with(id, n->key))
            return true;
    }
    return false;
}

cfn_node *cfn__expand(cfn_stack *stack, const cfn__construct_type *const *types, cfn__expansion *x)
{
    *x = (cfn__expansion){
        .stack = stack, .arena = stack->arena, .diagnostics = stack->diagnostics, .types = types};
    if (cfn_arena_failed(stack->arena))
        return NULL;
    cfn__read_settings(x);
    collect(x);
    x->template = begin_template(x);
    x->nothing = cfn__string(&(cfn__maker){x->arena, {0}}, "");
    x->made_resources = cfn__get(x->template, "Resources");
    if (x->construct_count && !x->made_resources)
        return NULL;
    for (size_t i = 0; i < x->construct_count; i++)
        cfn__bind(x, &x->constructs[i]);
    for (size_t i = 0; i < x->construct_count; i++)
        if (!x->constructs[i].broken && x->constructs[i].type->wire)
            x->constructs[i].type->wire(x, &x->constructs[i]);
    expand_all(x);
    if (cfn_arena_failed(stack->arena))
        return NULL;
    cfn__finish_suffix(x);
    cfn__apply_parameter_settings(x);
    cfn__resolve_constructs(x);
    return cfn_arena_failed(stack->arena) ? NULL : x->template;
}
