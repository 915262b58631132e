/* Binding of properties that name another construct, or a thing that exists. */
#include "base/text.h"
#include "stack/bind.h"
#include "template/intrinsic.h"

#include <string.h>

/* The logical id that a Ref or a GetAtt names; NULL for all else. */
static const char *target(const cfn__expansion *x, const cfn_node *value)
{
    const char *id = NULL, *attribute = NULL;
    cfn__function function = cfn__function_of(value);
    if (function == CFN__FN_REF && cfn__is_string(cfn__argument(value)))
        return cfn__argument(value)->text;
    if (function == CFN__FN_GET_ATT)
        cfn__get_att_target(x->arena, value, &id, &attribute);
    return id;
}

static const cfn__construct *construct_of(const cfn__expansion *x, const char *id)
{
    return id ? cfn__index_get(&x->by_id, id) : NULL;
}

const char *cfn__construct_named(const cfn__expansion *x, const cfn_node *value)
{
    const cfn__construct *c = construct_of(x, target(x, value));
    return c ? c->id : NULL;
}

static bool is_wanted(const cfn__construct *c, const cfn__field *field)
{
    return c && (strcmp(c->type->name, field->construct) == 0 ||
                 (field->or_construct && strcmp(c->type->name, field->or_construct) == 0) ||
                 (c->type->stands_for && strcmp(c->type->stands_for, field->construct) == 0));
}

/* A construct of the wanted type that the value names deep inside, as in Fn::If. */
static const cfn__construct *hidden(const cfn__expansion *x, const cfn__field *field,
                                    const cfn_node *value)
{
    const cfn__construct *found = construct_of(x, target(x, value));
    if (is_wanted(found, field))
        return found;
    found = NULL;
    for (const cfn_node *n = cfn_node_first(value); n && !found; n = n->next)
        found = hidden(x, field, n);
    return found;
}

/* Or may exist: a transform can define anything. */
static bool exists(const cfn__expansion *x, const char *id)
{
    const cfn_node *document = x->stack->document;
    return cfn__index_get(&x->declared, id) || strstr(id, "::") ||
           cfn_node_get(cfn_node_get(document, "Parameters"), id) ||
           cfn_node_get(document, "Transform");
}

/* A Ref to nothing is told here, where it is known what it should have been. */
static void report_nothing(cfn__expansion *x, const cfn__field *field, const cfn_node *value,
                           const char *id)
{
    cfn__nearest nearest = cfn__nearest_to(id);
    for (size_t i = 0; i < x->construct_count; i++)
        if (is_wanted(&x->constructs[i], field))
            cfn__nearest_offer(&nearest, x->constructs[i].id);
    cfn__report(x->diagnostics, CFN1301, value, "there is no resource or parameter %s", id);
    if (nearest.best)
        cfn__hint_nearest(x->diagnostics, nearest.best);
    else
        cfn__hint(x->diagnostics, "%s must be a %s, or a value that names one that exists",
                  field->base.name, field->construct);
}

/* What is wrong with a value that does not name a construct itself; false when nothing is. */
static bool has_fault(cfn__expansion *x, cfn__construct *c, const cfn__field *field,
                      const cfn_node *value)
{
    const char *id = target(x, value);
    const cfn__construct *inside = hidden(x, field, value);
    bool literal = value->kind == CFN_KIND_STRING;
    if (!literal && !cfn__is_intrinsic(value)) {
        cfn__report_wrong_type(x, c, field, value);
    } else if (id && !exists(x, id)) {
        report_nothing(x, field, value, id);
    } else if (literal && construct_of(x, value->text)) {
        cfn__report(x->diagnostics, CFN2009, value, "%s is the text \"%s\", not the construct",
                    field->base.name, value->text);
        cfn__hint(x->diagnostics, "write !Ref %s", value->text);
    } else if (inside) {
        cfn__report(x->diagnostics, CFN2009, value,
                    "%s is inside %s, so it would not be wired to %s", inside->id,
                    value->first->key, c->id);
        cfn__hint(x->diagnostics, "name the construct itself: %s: !Ref %s", field->base.name,
                  inside->id);
    } else {
        return false;
    }
    return true;
}

void cfn__bind_handle(cfn__expansion *x, cfn__construct *c, const cfn__field *field,
                      const cfn_node *value, cfn_handle *out)
{
    const cfn__construct *named = construct_of(x, target(x, value));
    bool literal = value->kind == CFN_KIND_STRING;
    if (is_wanted(named, field)) {
        out->id = named->id;
    } else if (named) {
        c->broken = true;
        cfn__report(x->diagnostics, CFN2008, value, "%s must be a %s, but %s is a %s",
                    field->base.name, field->construct, named->id, named->type->name);
    } else if (has_fault(x, c, field, value)) {
        c->broken = true;
    } else {
        out->value = literal ? cfn__str(CFN_LITERAL, value->text, NULL, value) : cfn_of_node(value);
    }
}
