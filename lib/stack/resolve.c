/* References to constructs become references to the resources that they made.
 *
 *   Ref Aurora                      stays: the primary resource has the construct's id
 *   GetAtt Aurora.Writer.X          GetAtt AuroraWriter.X
 *   GetAtt Aurora.Writer            Ref AuroraWriter
 *   Ref Network (no resource)       what the construct answers
 *   ${Aurora.Writer} in Fn::Sub     ${AuroraWriter}; an answer is written in or becomes a variable
 *   DependsOn Aurora                the resources without which Aurora is not ready */
#include "base/text.h"
#include "stack/expansion.h"
#include "template/intrinsic.h"

#include <string.h>

static void resolve(cfn__expansion *x, cfn_node *node);

static const cfn__construct *construct_of(const cfn__expansion *x, const char *id)
{
    const cfn__construct *c = cfn__index_get(&x->by_id, id);
    return c && !c->broken ? c : NULL;
}

static void use_parameter(cfn__expansion *x, const char *id, size_t length)
{
    for (cfn__made_parameter *p = x->made_parameters; p; p = p->next)
        if (strncmp(p->node->key, id, length) == 0 && !p->node->key[length])
            p->used = true;
}

/* An answer is taken as it is, so what it refers to is used. */
static void use_parameters_of(cfn__expansion *x, const cfn_node *answer)
{
    const cfn_node *ref = cfn_node_get(answer, "Ref");
    if (cfn__is_string(ref))
        use_parameter(x, ref->text, ref->length);
    for (const cfn_node *n = cfn_node_first(answer); n; n = n->next)
        use_parameters_of(x, n);
}

static const cfn_node *answer_of(const cfn__construct *c, const char *attribute)
{
    for (const cfn__answer *a = c->answers; a; a = a->next)
        if (strcmp(a->attribute, attribute) == 0)
            return a->value;
    return NULL;
}

/* The made resource whose role starts the attribute: "Writer.Endpoint.Address" is AuroraWriter;
 * what is left of the attribute goes to rest. */
static const cfn__made *role_of(const cfn__construct *c, const char *attribute, const char **rest)
{
    size_t length = strcspn(attribute, ".");
    for (const cfn__made *m = c->made; m; m = m->next) {
        if (!*m->role || strlen(m->role) != length || memcmp(m->role, attribute, length) != 0)
            continue;
        *rest = attribute + length + (attribute[length] == '.');
        return m;
    }
    return NULL;
}

static bool has_attribute(const cfn__construct *c, const char *attribute)
{
    for (size_t i = 0; i < c->type->attribute_count; i++)
        if (strcmp(c->type->attributes[i].name, attribute) == 0)
            return true;
    return false;
}

/* The role that the first part of an attribute may have meant: "Reader2.Endpoint.Port" is Reader1.
 */
static const char *nearest_role(const cfn__construct *c, const char *attribute)
{
    cfn__nearest nearest =
        cfn__nearest_to(cfn__strndup(c->make.arena, attribute, strcspn(attribute, ".")));
    for (const cfn__made *m = c->made; m; m = m->next)
        if (*m->role)
            cfn__nearest_offer(&nearest, m->role);
    return nearest.best;
}

static void report_attribute(cfn__expansion *x, const cfn__construct *c, const char *attribute,
                             const cfn_node *at)
{
    cfn__nearest nearest = cfn__nearest_to(attribute);
    for (size_t i = 0; i < c->type->attribute_count; i++)
        cfn__nearest_offer(&nearest, c->type->attributes[i].name);
    cfn__report(x->diagnostics, CFN2013, at, "%s (%s) has no attribute %s", c->id, c->type->name,
                attribute);
    const char *role = nearest_role(c, attribute);
    if (role)
        cfn__hint(x->diagnostics, "did you mean %s.%s? It makes %s%s", c->id, role, c->id, role);
    else if (nearest.best)
        cfn__hint_nearest(x->diagnostics, nearest.best);
    else
        cfn__hint(x->diagnostics, "`cfngen explain %s` lists its attributes", c->type->name);
}

/* Where a reference to a construct leads. */
typedef struct destination {
    const char *id, *attribute; /* attribute NULL: a Ref */
    const cfn_node *answer;     /* the value itself, instead of id and attribute */
} destination;

/* False when the reference stays as it is. */
static bool lead(cfn__expansion *x, const char *id, const char *attribute, const cfn_node *at,
                 destination *to)
{
    const cfn__construct *c = construct_of(x, id);
    const char *rest = NULL;
    if (!c)
        return false;
    const cfn_node *answer = answer_of(c, attribute ? attribute : "");
    const cfn__made *made = attribute ? role_of(c, attribute, &rest) : NULL;
    if (answer) {
        *to = (destination){.answer = answer};
        use_parameters_of(x, answer);
    } else if (made)
        *to = (destination){.id = made->id, .attribute = *rest ? rest : NULL};
    else if (attribute && !has_attribute(c, attribute)) {
        report_attribute(x, c, attribute, at);
        *to = (destination){.answer = x->nothing}; /* so that it is not told again */
        return true;
    }
    return answer || made;
}

static cfn_node *destination_node(const cfn__maker *make, const destination *to)
{
    if (to->answer)
        return cfn__copy(make->arena, to->answer);
    if (to->attribute)
        return cfn__get_att_node(make, to->id, to->attribute);
    return cfn__ref_node(make, to->id);
}

/* An answer may itself name a construct; one that leads back to itself leads nowhere. */
static void resolve_answer(cfn__expansion *x, cfn_node *answer)
{
    enum { DEEPEST = 16 };
    if (++x->answers_within <= DEEPEST)
        resolve(x, answer);
    else if (x->answers_within == DEEPEST + 1)
        cfn__report(x->diagnostics, CFN1308, answer, "this value leads back to itself");
    x->answers_within--;
}

static void resolve_reference(cfn__expansion *x, cfn_node *node, const char *id,
                              const char *attribute)
{
    destination to;
    if (!attribute)
        use_parameter(x, id, strlen(id));
    if (!lead(x, id, attribute, node, &to))
        return;
    cfn__maker make = {x->arena, node->place};
    cfn__become(node, destination_node(&make, &to));
    if (to.answer)
        resolve_answer(x, node);
}

/* ---- Fn::Sub ---- */

typedef struct substitution {
    cfn__expansion *x;
    cfn_node *text, *variables; /* variables NULL until there is one */
    cfn__buffer out;
    bool changed;
} substitution;

/* "Network.SubnetIds" as the name of a variable, which has no dots, and is not the name of a
 * parameter or resource: "NetworkSubnetIdsValue". */
static const char *variable_name(cfn_arena *arena, const char *name)
{
    char *variable = cfn__strdup(arena, name), *out = variable;
    for (const char *p = variable; *p; p++)
        if (*p != '.')
            *out++ = *p;
    if (*variable)
        *out = '\0';
    return cfn__format(arena, "%sValue", variable);
}

/* An answer inside the text: a string is written in, a Ref or a Fn::Sub keeps its variables, all
 * else becomes a variable of the two-argument form. */
static void write_answer(substitution *s, const char *name, const cfn_node *given)
{
    cfn_node *answer = cfn__copy(s->x->arena, given);
    resolve_answer(s->x, answer);
    const cfn_node *ref = cfn_node_get(answer, "Ref"), *sub = cfn_node_get(answer, "Fn::Sub");
    if (cfn__is_string(answer)) {
        cfn__buffer_add_text(&s->out, answer->text);
    } else if (cfn__is_string(ref)) {
        cfn__buffer_format(&s->out, "${%s}", ref->text);
    } else if (cfn__is_string(sub)) {
        cfn__buffer_add_text(&s->out, sub->text);
    } else {
        cfn__maker make = {s->x->arena, s->text->place};
        const char *variable = variable_name(s->x->arena, name);
        if (!s->variables)
            s->variables = cfn__map(&make);
        if (!cfn__get(s->variables, variable))
            cfn__put(s->variables, variable, answer);
        cfn__buffer_format(&s->out, "${%s}", variable);
    }
}

static void write_piece(substitution *s, const cfn__sub_piece *piece)
{
    char *id = piece->name ? cfn__strndup(s->x->arena, piece->name, piece->name_length) : NULL;
    const char *name = id ? cfn__strdup(s->x->arena, id) : NULL;
    char *dot = id ? strchr(id, '.') : NULL;
    destination to;
    if (dot)
        *dot = '\0';
    if (name && !dot)
        use_parameter(s->x, name, piece->name_length);
    if (!id || cfn__get(s->variables, name) ||
        !lead(s->x, id, dot ? dot + 1 : NULL, s->text, &to)) {
        cfn__buffer_add(&s->out, piece->start, piece->length);
        return;
    }
    s->changed = true;
    if (to.answer)
        write_answer(s, name, to.answer);
    else
        cfn__buffer_format(&s->out, "${%s%s%s}", to.id, to.attribute ? "." : "",
                           to.attribute ? to.attribute : "");
}

/* The node with its new text: plain when no variable is left, with two arguments when it has got
 * variables of its own. */
static void become_sub(cfn_node *node, const substitution *s, const char *text)
{
    cfn_node *argument = cfn__argument(node);
    cfn__maker make = {s->x->arena, s->text->place};
    cfn_node *string = cfn__string(&make, text);
    if (cfn__is_list(argument))
        cfn__become(s->text, string);
    else if (s->variables)
        cfn__become(argument, cfn__pair(&make, string, s->variables));
    else
        cfn__become(strstr(text, "${") ? s->text : node, string);
}

static void resolve_sub(cfn__expansion *x, cfn_node *node)
{
    cfn_node *argument = cfn__argument(node);
    bool two = cfn__is_list(argument);
    cfn_node *text = two ? argument->first : argument;
    cfn_node *variables = two && text ? text->next : NULL;
    if (!text || !cfn__is_string(text) || (variables && !cfn__is_map(variables)))
        return; /* ill-formed, and told so when the template is checked */
    resolve(x, variables);
    substitution s = {.x = x, .text = text, .variables = variables};
    const char *next = text->text;
    cfn__sub_piece piece;
    while (cfn__sub_next(&next, &piece))
        write_piece(&s, &piece);
    const char *resolved = cfn__buffer_take(&s.out, x->arena);
    if (s.changed)
        become_sub(node, &s, resolved);
}

/* ---- the walk ---- */

static void resolve(cfn__expansion *x, cfn_node *node)
{
    const char *id = NULL, *attribute = NULL;
    if (!node)
        return;
    const cfn_node *argument = cfn__argument(node);
    switch (cfn__function_of(node)) {
    case CFN__FN_REF:
        if (cfn__is_string(argument))
            resolve_reference(x, node, argument->text, NULL);
        return;
    case CFN__FN_GET_ATT:
        if (cfn__get_att_target(x->arena, node, &id, &attribute) && attribute)
            resolve_reference(x, node, id, attribute);
        return;
    case CFN__FN_SUB:
        resolve_sub(x, node);
        return;
    default:
        for (cfn_node *n = node->first; n; n = n->next)
            resolve(x, n);
    }
}

/* ---- DependsOn ---- */

/* The ids on which the construct `id` is complete; or the id itself when it is no construct. */
static void add_dependency(cfn__expansion *x, const cfn__maker *make, cfn_node *list,
                           const cfn_node *resource, const char *id)
{
    const cfn__construct *c = construct_of(x, id);
    if (!c)
        cfn__append_once(list, cfn__string(make, id));
    for (const cfn__made *m = c ? c->made : NULL; m; m = m->next)
        if (m->completes && m->resource != resource)
            cfn__append_once(list, cfn__string(make, m->id));
}

static bool names_construct(const cfn__expansion *x, const cfn_node *id)
{
    return cfn__is_string(id) && construct_of(x, id->text);
}

static void resolve_depends_on(cfn__expansion *x, cfn_node *resource)
{
    cfn_node *given = cfn__get(resource, "DependsOn");
    bool concerned = names_construct(x, given);
    for (const cfn_node *n = cfn_node_first(given); n; n = n->next)
        concerned |= names_construct(x, n);
    if (!concerned)
        return;
    cfn__maker make = {x->arena, given->place};
    cfn_node *list = cfn__list(&make);
    if (cfn__is_string(given))
        add_dependency(x, &make, list, resource, given->text);
    for (const cfn_node *n = given->first; n; n = n->next)
        if (cfn__is_string(n))
            add_dependency(x, &make, list, resource, n->text);
    if (cfn_node_size(list))
        cfn__become(given, list);
    else
        cfn__remove(given);
}

/* A parameter that nobody needs would have to be given at every deployment. */
static void remove_unused_parameters(cfn__expansion *x)
{
    cfn_node *parameters = cfn__get(x->template, "Parameters");
    for (const cfn__made_parameter *p = x->made_parameters; p; p = p->next)
        if (!p->used)
            cfn__remove(p->node);
    if (x->made_parameters && !cfn_node_size(parameters))
        cfn__remove(parameters);
}

void cfn__resolve_constructs(cfn__expansion *x)
{
    if (!x->construct_count)
        return;
    for (cfn_node *n = x->made_resources->first; n; n = n->next) {
        resolve_depends_on(x, n);
        resolve(x, n);
    }
    resolve(x, cfn__get(x->template, "Outputs"));
    resolve(x, cfn__get(x->template, "Conditions")); /* nothing there names a resource, but */
    resolve(x, cfn__get(x->template, "Rules"));      /* they may use a parameter that was made */
    remove_unused_parameters(x);
}
