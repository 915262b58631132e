/* What stands beside the Properties of a construct - Condition, DependsOn, policies, Metadata - and
 * Overrides: checked once where it is written, then given to the resources that the construct made.
 */
#include "base/text.h"
#include "stack/bind.h"
#include "template/intrinsic.h"

#include <string.h>

static const char *const deletion_policies[] = {"Delete", "Retain", "Snapshot",
                                                "RetainExceptOnCreate", NULL};
static const char *const replace_policies[] = {"Delete", "Retain", "Snapshot", NULL};

typedef enum shape { ANYTHING, TEXT, IDS, MAPPING } shape;

static const struct {
    const char *name;
    shape shape;
    const char *const *values;
} attributes[] = {
    {"Type", ANYTHING, NULL},
    {"Properties", ANYTHING, NULL}, /* bound by its own table */
    {"Condition", TEXT, NULL},
    {"DependsOn", IDS, NULL},
    {"DeletionPolicy", TEXT, deletion_policies},
    {"UpdateReplacePolicy", TEXT, replace_policies},
    {"Metadata", MAPPING, NULL},
};

bool cfn__is_attribute(const char *key)
{
    for (size_t i = 0; i < CFN__COUNT(attributes); i++)
        if (strcmp(attributes[i].name, key) == 0)
            return true;
    return false;
}

/* ---- binding ---- */

static bool has_shape(const cfn_node *value, shape wanted)
{
    if (wanted == TEXT)
        return cfn__is_string(value);
    if (wanted == MAPPING)
        return cfn__is_map(value);
    if (wanted != IDS || cfn__is_string(value))
        return true;
    for (const cfn_node *n = value->first; n; n = n->next)
        if (!cfn__is_string(n))
            return false;
    return cfn__is_list(value);
}

static void check_value(cfn__expansion *x, cfn__construct *c, const cfn_node *value,
                        const char *const *allowed)
{
    cfn__nearest nearest = cfn__nearest_to(value->text);
    for (; *allowed; allowed++) {
        bool can = c->type->has_snapshots || strcmp(*allowed, "Snapshot") != 0;
        if (can && strcmp(*allowed, value->text) == 0)
            return;
        if (can)
            cfn__nearest_offer(&nearest, *allowed);
    }
    c->broken = true;
    cfn__report(x->diagnostics, CFN2006, value, "%s of a %s cannot be %s", value->key,
                c->type->name, value->text);
    if (nearest.best)
        cfn__hint_nearest(x->diagnostics, nearest.best);
    else
        cfn__hint(x->diagnostics, "it is Delete or Retain%s",
                  c->type->has_snapshots ? ", or Snapshot" : "");
}

static void check_condition(cfn__expansion *x, cfn__construct *c, const cfn_node *value)
{
    const cfn_node *document = x->stack->document;
    const cfn_node *conditions = cfn_node_get(document, "Conditions");
    if (cfn_node_get(conditions, value->text) || cfn_node_get(document, "Transform"))
        return;
    cfn__nearest nearest = cfn__nearest_to(value->text);
    for (const cfn_node *n = cfn_node_first(conditions); n; n = n->next)
        cfn__nearest_offer(&nearest, n->key ? n->key : "");
    c->broken = true;
    cfn__report(x->diagnostics, CFN1304, value, "there is no condition %s", value->text);
    if (nearest.best)
        cfn__hint_nearest(x->diagnostics, nearest.best);
    else
        cfn__hint(x->diagnostics, "define it under Conditions");
}

static void check_attribute(cfn__expansion *x, cfn__construct *c, const cfn_node *value, size_t i)
{
    static const char *const shapes[] = {"", "a string", "an id or a list of ids", "a mapping"};
    if (!has_shape(value, attributes[i].shape)) {
        c->broken = true;
        cfn__report(x->diagnostics, CFN2003, value, "%s of a construct must be %s, not %s",
                    value->key, shapes[attributes[i].shape], cfn__kind_name(value->kind));
    } else if (attributes[i].values) {
        check_value(x, c, value, attributes[i].values);
    } else if (strcmp(value->key, "Condition") == 0) {
        check_condition(x, c, value);
    }
}

static void report_unknown(cfn__expansion *x, cfn__construct *c, const cfn_node *value)
{
    cfn__nearest nearest = cfn__nearest_to(value->key);
    for (size_t i = 0; i < CFN__COUNT(attributes); i++)
        cfn__nearest_offer(&nearest, attributes[i].name);
    c->broken = true;
    cfn__report_key(x->diagnostics, CFN2018, value, "a construct takes no attribute %s",
                    value->key);
    if (cfn__find_field(&c->type->props, value->key))
        cfn__hint(x->diagnostics, "%s belongs under Properties", value->key);
    else
        cfn__hint_nearest(x->diagnostics, nearest.best);
}

static const char *text_of(const cfn_node *map, const char *key)
{
    const cfn_node *node = cfn_node_get(map, key);
    return cfn__is_string(node) ? node->text : NULL;
}

void cfn__bind_attributes(cfn__expansion *x, cfn__construct *c, cfn_attributes *out)
{
    const cfn_node *properties = cfn_node_get(c->declared, "Properties");
    for (const cfn_node *n = c->declared->first; n; n = n->next) {
        size_t i = 0;
        while (i < CFN__COUNT(attributes) && strcmp(attributes[i].name, n->key) != 0)
            i++;
        if (i < CFN__COUNT(attributes))
            check_attribute(x, c, n, i);
        else
            report_unknown(x, c, n);
    }
    out->condition = text_of(c->declared, "Condition");
    out->deletion_policy = text_of(c->declared, "DeletionPolicy");
    out->update_replace_policy = text_of(c->declared, "UpdateReplacePolicy");
    if (out->deletion_policy && !out->update_replace_policy)
        out->update_replace_policy =
            cfn__starts_with(out->deletion_policy, "Retain") ? "Retain" : out->deletion_policy;
    out->metadata = cfn_json_of(cfn_of_node(cfn_node_get(c->declared, "Metadata")));
    out->overrides = cfn_json_of(cfn_of_node(cfn_node_get(properties, "Overrides")));
    c->attributes = out;
}

/* ---- giving them to what was made ---- */

/* Retain keeps all of a construct: a kept cluster needs its subnet group and parameter groups.
 * Snapshot is for the primary resource, the only one that has snapshots. */
static void put_policy(const cfn__construct *c, const cfn__made *made, const char *key,
                       const char *policy)
{
    bool primary = made->role[0] == '\0';
    if (policy && (primary || strcmp(policy, "Snapshot") != 0))
        cfn__set(made->resource, key, cfn__string(&c->make, policy));
}

static void put_dependencies(cfn__expansion *x, const cfn__construct *c, cfn_node *resource)
{
    const cfn_node *given = cfn_node_get(c->declared, "DependsOn");
    if (cfn__is_string(given))
        cfn__add_dependency(&c->make, resource, cfn__copy(x->arena, given));
    for (const cfn_node *n = cfn_node_first(given); n; n = n->next)
        cfn__add_dependency(&c->make, resource, cfn__copy(x->arena, n));
}

/* A construct without resources cannot be conditional, and nothing of it can be kept. */
static void refuse_attributes(cfn__expansion *x, const cfn__construct *c)
{
    static const char *const meaningless[] = {"Condition", "DependsOn", "DeletionPolicy",
                                              "UpdateReplacePolicy"};
    for (size_t i = 0; i < CFN__COUNT(meaningless); i++) {
        const cfn_node *given = cfn_node_get(c->declared, meaningless[i]);
        if (!given)
            continue;
        cfn__report_key(x->diagnostics, CFN2018, given,
                        "%s makes no resource, so %s means nothing here", c->id, meaningless[i]);
        cfn__hint(x->diagnostics, "take it out");
    }
}

void cfn__apply_attributes(cfn__expansion *x, cfn__construct *c)
{
    const cfn_attributes *a = c->attributes;
    if (!c->made)
        refuse_attributes(x, c);
    for (cfn__made *made = c->made; made; made = made->next) {
        put_dependencies(x, c, made->resource);
        if (a->condition && !cfn__get(made->resource, "Condition"))
            cfn__put(made->resource, "Condition", cfn__string(&c->make, a->condition));
        put_policy(c, made, "DeletionPolicy", a->deletion_policy);
        put_policy(c, made, "UpdateReplacePolicy", a->update_replace_policy);
        if (made->role[0] == '\0')
            cfn__put(made->resource, "Metadata", cfn__copy(x->arena, a->metadata.expression.node));
        cfn__remove_settings(made->resource);
    }
}

const char *cfn__both_conditions(cfn__expansion *x, const cfn__maker *make, const char *a,
                                 const char *b)
{
    if (!a || !b || strcmp(a, b) == 0)
        return a ? a : b;
    const char *id = cfn__format(x->arena, "%sAnd%s", a, b);
    cfn_node *conditions = cfn__section(x->stack, x->template, "Conditions");
    if (!cfn__get(conditions, id)) {
        cfn_node *both = cfn__pair(make, cfn__single(make, "Condition", cfn__string(make, a)),
                                   cfn__single(make, "Condition", cfn__string(make, b)));
        cfn__put(conditions, id, cfn__single(make, "Fn::And", both));
    }
    return id;
}

/* ---- overrides ---- */

static cfn__made *find_made(const cfn__construct *c, const char *id)
{
    cfn__made *made = c->made;
    while (made && strcmp(made->id, id) != 0)
        made = made->next;
    return made;
}

static void report_not_made(cfn__expansion *x, const cfn__construct *c, const cfn_node *override)
{
    cfn__nearest nearest = cfn__nearest_to(override->key);
    const char *best = NULL;
    for (const cfn__made *m = c->made; m && !best; m = m->next) {
        cfn__nearest_offer(&nearest, m->id);
        if (strcmp(m->role, override->key) == 0)
            best = m->id;
    }
    if (!best)
        best = nearest.best ? nearest.best : c->id;
    cfn__report_key(x->diagnostics, CFN2014, override,
                    "Overrides names %s, which this construct does not make", override->key);
    cfn__hint(x->diagnostics, "it goes by logical ids: {%s: {Properties: {...}}}", best);
}

/* The type decides all else, and what stands beside Properties is asked for there: cfngen has to
 * know of it. */
static bool may_override(cfn__expansion *x, const cfn__made *made, const cfn_node *attribute)
{
    bool type = strcmp(attribute->key, "Type") == 0;
    bool primary = made->role[0] == '\0' && strcmp(attribute->key, "Properties") != 0 &&
                   cfn__is_attribute(attribute->key);
    if (!type && !primary)
        return true;
    cfn__report_key(x->diagnostics, CFN2014, attribute, "Overrides cannot change the %s of %s",
                    attribute->key, made->id);
    if (!type)
        cfn__hint(x->diagnostics, "give the construct its %s, beside Properties", attribute->key);
    return false;
}

static void apply_override(cfn__expansion *x, const cfn__made *made, const cfn_node *override)
{
    bool good = true;
    for (const cfn_node *n = override->first; n; n = n->next)
        good &= may_override(x, made, n);
    if (!good)
        return;
    /* {"Ref": ...} is laid over {"Fn::GetAtt": ...} as a whole */
    cfn__merge_patch(x->arena, made->resource, override, cfn__is_intrinsic);
    cfn__remove_settings(made->resource);
}

void cfn__apply_overrides(cfn__expansion *x, cfn__construct *c)
{
    const cfn_node *overrides = c->attributes->overrides.expression.node;
    if (overrides && overrides->kind != CFN_KIND_MAP)
        cfn__report(x->diagnostics, CFN2003, overrides, "Overrides must be a mapping, not %s",
                    cfn__kind_name(overrides->kind));
    for (const cfn_node *n = cfn__is_map(overrides) ? overrides->first : NULL; n; n = n->next) {
        const cfn__made *made = find_made(c, n->key);
        if (!made)
            report_not_made(x, c, n);
        else if (n->kind != CFN_KIND_MAP)
            cfn__report(x->diagnostics, CFN2014, n, "the override of %s must be a mapping, not %s",
                        n->key, cfn__kind_name(n->kind));
        else
            apply_override(x, made, n);
    }
}
