/* What wiring and expansion call: looking up constructs and making resources. */
#include "base/text.h"
#include "stack/expansion.h"

#include <string.h>

cfn_diagnostics *cfn__expansion_diagnostics(cfn__expansion *x)
{
    return x->diagnostics;
}

cfn_arena *cfn__expansion_arena(cfn__expansion *x)
{
    return x->arena;
}

const char *cfn__expansion_region(const cfn__expansion *x)
{
    return x->stack->options.region;
}

cfn__construct *cfn__handle_construct(cfn__expansion *x, const void *handle)
{
    const cfn_handle *h = handle;
    cfn__construct *c = h->id ? cfn__index_get(&x->by_id, h->id) : NULL;
    return c && !c->broken ? c : NULL;
}

const char *cfn__declared_type(const cfn__expansion *x, const char *id)
{
    return cfn_node_text(cfn_node_get(cfn__index_get(&x->declared, id), "Type"));
}

bool cfn__handle_is_set(const void *handle)
{
    const cfn_handle *h = handle;
    return h->id || cfn__is_set(h->value);
}

void cfn__report_property(cfn__expansion *x, const cfn__construct *c, const char *property,
                          cfn_diagnostic_id id, const char *format, ...)
{
    const cfn_node *properties = cfn_node_get(c->declared, "Properties");
    const cfn_node *at = property ? cfn_node_find(properties, property) : NULL;
    va_list arguments;
    va_start(arguments, format);
    const char *message = cfn__vformat(x->arena, format, arguments);
    va_end(arguments);
    if (at)
        cfn__report(x->diagnostics, id, at, "%s", message);
    else
        cfn__report_key(x->diagnostics, id, c->declared, "%s", message);
}

const char *cfn__role_id(cfn__expansion *x, const cfn__construct *c, const char *role)
{
    return cfn__format(x->arena, "%s%s", c->id, role);
}

/* The id of something a construct makes must be free. */
static bool claim(cfn__expansion *x, const cfn__construct *c, const char *id)
{
    const cfn_node *declared = cfn__index_get(&x->declared, id);
    const cfn_node *made = cfn__index_get(&x->resources, id);
    if (!made && (!declared || declared == c->declared))
        return true;
    const cfn_node *other = made ? made : declared;
    cfn__report_key(x->diagnostics, CFN2010, c->declared,
                    "%s makes a resource %s, but line %u has one of that name", c->id, id,
                    other->key_line ? other->key_line : other->place.line);
    cfn__hint(x->diagnostics, "rename one of the two");
    return false;
}

cfn_node *cfn__resource(cfn__expansion *x, cfn__construct *c, const char *role,
                        const cfn_record *record, const void *props)
{
    const char *id = cfn__role_id(x, c, role);
    cfn_node *resource = cfn__map(&c->make);
    cfn_node *properties = cfn__record_to_node(&c->make, record, props);
    cfn__put(resource, "Type", cfn__string(&c->make, record->name));
    cfn__put(resource, "Properties", properties);
    cfn__put_attributes(&c->make, resource, cfn__attributes_in(record, props));
    cfn__made *made = CFN__NEW(x->arena, cfn__made);
    if (!resource || !made || !claim(x, c, id))
        return properties;
    *made = (cfn__made){id, role, resource, *role == '\0', NULL};
    *(c->last_made ? &c->last_made->next : &c->made) = made;
    c->last_made = made;
    resource->key_line = c->declared->key_line;
    resource->key_column = c->declared->key_column;
    cfn__put(x->made_resources, id, resource);
    cfn__index_put(x->arena, &x->resources, id, resource);
    return properties;
}

cfn_node *cfn__properties_of(const cfn__construct *c, const char *role)
{
    for (const cfn__made *m = c->made; m; m = m->next)
        if (strcmp(m->role, role) == 0)
            return cfn__get(m->resource, "Properties");
    return NULL;
}

void cfn__resource_completes(cfn__construct *c, const cfn_node *properties)
{
    for (cfn__made *m = c->made; m && properties; m = m->next)
        if (m->resource == properties->parent)
            m->completes = true;
}

/* Adds to a DependsOn that is a list, a single id or not there. */
void cfn__append_once(cfn_node *list, cfn_node *id)
{
    for (const cfn_node *n = cfn_node_first(list); n && id; n = n->next)
        if (cfn__text_is(n, id->text))
            return;
    cfn__append(list, id);
}

void cfn__add_dependency(const cfn__maker *make, cfn_node *resource, cfn_node *id)
{
    cfn_node *list = cfn__get(resource, "DependsOn");
    if (!list) {
        list = cfn__list(make);
        cfn__put(resource, "DependsOn", list);
    }
    cfn__append_once(list, id);
}

void cfn__resource_depends_on(cfn__expansion *x, cfn_node *properties, const char *id)
{
    if (!properties)
        return;
    cfn__maker make = {x->arena, properties->place};
    cfn__add_dependency(&make, properties->parent, cfn__string(&make, id));
}

void cfn__resource_policies(cfn__expansion *x, cfn_node *properties, const char *policy)
{
    if (!properties)
        return;
    cfn__maker make = {x->arena, properties->place};
    cfn__set(properties->parent, "DeletionPolicy", cfn__string(&make, policy));
    cfn__set(properties->parent, "UpdateReplacePolicy", cfn__string(&make, policy));
}

/* The parameter or condition of this id must be free. */
static bool claim_in(cfn__expansion *x, const cfn__construct *c, const char *section,
                     const char *what, const char *id)
{
    const cfn_node *taken = cfn_node_get(cfn_node_get(x->template, section), id);
    if (!taken)
        return true;
    cfn__report_key(x->diagnostics, CFN2010, c->declared,
                    "%s makes a %s %s, but line %u has one of that name", c->id, what, id,
                    taken->key_line);
    cfn__hint(x->diagnostics, "rename one of the two");
    return false;
}

cfn_node *cfn__parameter(cfn__expansion *x, cfn__construct *c, const char *role, const char *type,
                         const char *description)
{
    const char *id = cfn__role_id(x, c, role);
    cfn_node *node = cfn__map(&c->make);
    cfn__made_parameter *made = CFN__NEW(x->arena, cfn__made_parameter);
    cfn__put(node, "Type", cfn__string(&c->make, type));
    cfn__put(node, "Description", cfn__string(&c->make, description));
    if (!node || !made || !claim_in(x, c, "Parameters", "parameter", id))
        return node;
    *made = (cfn__made_parameter){node, false, x->made_parameters};
    x->made_parameters = made;
    cfn__put(cfn__section(x->stack, x->template, "Parameters"), id, node);
    return node;
}

void cfn__condition(cfn__expansion *x, const cfn__construct *c, const char *role, cfn_node *value)
{
    const char *id = cfn__role_id(x, c, role);
    if (claim_in(x, c, "Conditions", "condition", id))
        cfn__put(cfn__section(x->stack, x->template, "Conditions"), id, value);
}

void cfn__answer_with(cfn__expansion *x, cfn__construct *c, const char *attribute, cfn_node *value)
{
    cfn__answer *answer = CFN__NEW(x->arena, cfn__answer);
    if (!answer)
        return;
    *answer = (cfn__answer){attribute, value, c->answers};
    c->answers = answer;
}

/* A section may be a name, a list of them, or mappings with a Name. */
static const cfn_node *find_transform(const cfn_node *section, const char *family)
{
    const cfn_node *name = cfn__is_map(section) ? cfn_node_get(section, "Name") : section;
    if (cfn__is_string(name) && cfn__starts_with(name->text, family))
        return name;
    const cfn_node *found = NULL;
    for (const cfn_node *n = cfn__is_list(section) ? section->first : NULL; n && !found;
         n = n->next)
        found = find_transform(n, family);
    return found;
}

const cfn_node *cfn__transform(cfn__expansion *x, const cfn__construct *c, const char *family,
                               const char *name)
{
    cfn_node *section = cfn__get(x->template, "Transform");
    const cfn_node *found = find_transform(section, family);
    if (found)
        return found;
    cfn_node *added = cfn__string(&c->make, name);
    if (!section)
        cfn__become(cfn__section(x->stack, x->template, "Transform"), added);
    else if (section->kind == CFN_KIND_LIST)
        cfn__append(section, added);
    else
        cfn__become(section, cfn__pair(&c->make, cfn__copy(x->arena, section), added));
    return added;
}
