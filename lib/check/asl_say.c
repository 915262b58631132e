/* What the values and members of a definition may be, and how problems of it are told. */
#include "base/text.h"
#include "check/asl.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

void cfn__asl_refuse(const cfn__machine *machine, cfn_diagnostic_id id, const cfn_node *node,
                     const char *format, ...)
{
    char message[400];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    cfn__checker *out = &machine->check->out;
    if (!machine->text)
        cfn__complain(out, id, node, "%s", message);
    else if (machine->lines)
        cfn__complain(out, id, machine->text, "line %u of the text: %s", cfn_node_mark(node).line,
                      message);
    else
        cfn__complain(out, id, machine->text, "%s", message);
}

const char *cfn__asl_name(const cfn__state *state)
{
    return cfn__format(state->scope->machine->check->out.arena, "the state %.80s",
                       cfn_node_key(state->node));
}

/* ---- values ---- */

bool cfn__asl_is_open(const cfn_node *value)
{
    return cfn__is_intrinsic(value) || (cfn__is_string(value) && strstr(value->text, "${"));
}

static bool is_expression(const cfn_node *value)
{
    return cfn__is_string(value) && cfn__starts_with(value->text, "{%");
}

static bool is_whole(const char *text)
{
    return text && *text && !text[strspn(text, "0123456789")];
}

/* A path begins with $; with $$ it is one into the context. */
static bool is_path(const cfn_node *value)
{
    return cfn__is_string(value) && value->text[0] == '$' &&
           (!value->text[1] || strchr(".[$", value->text[1]));
}

/* It names one place: no filters, no wildcards, no slices. */
static bool is_reference(const cfn_node *value)
{
    return is_path(value) && value->text[1] != '$' && !strpbrk(value->text, "@?*:,") &&
           !strstr(value->text, "..");
}

/* The functions of the language: States.Format('{}', $.a). */
static bool is_call(const cfn_node *value)
{
    return cfn__is_string(value) && cfn__starts_with(value->text, "States.") &&
           cfn__ends_with(value->text, ")");
}

/* CloudFormation takes scalars as texts too; Step Functions does not. */
static bool is_of(const cfn_node *value, cfn_kind kind, bool loose)
{
    return value->kind == kind || (loose && cfn__is_string(value));
}

static bool is_truth(const cfn_node *value, bool loose)
{
    return is_of(value, CFN_KIND_BOOLEAN, loose) &&
           (strcmp(value->text, "true") == 0 || strcmp(value->text, "false") == 0);
}

static bool fits(const cfn_node *value, cfn__asl_shape shape, bool loose)
{
    bool nothing = value->kind == CFN_KIND_NULL;
    switch (shape) {
    case CFN__ASL_ANYTHING:
        return true;
    case CFN__ASL_TEXT:
        return cfn__is_string(value);
    case CFN__ASL_TRUTH:
        return is_truth(value, loose);
    case CFN__ASL_WHOLE:
        return is_of(value, CFN_KIND_NUMBER, loose) && is_whole(value->text);
    case CFN__ASL_NUMBER:
        return is_of(value, CFN_KIND_NUMBER, loose) && cfn__is_json_number(value->text);
    case CFN__ASL_LIST:
        return cfn__is_list(value);
    case CFN__ASL_MAP:
    case CFN__ASL_TEMPLATE:
        return cfn__is_map(value);
    case CFN__ASL_PATH:
        return nothing || is_path(value) || is_call(value);
    case CFN__ASL_REFERENCE:
        return nothing || is_reference(value);
    }
    return true;
}

static const char *const shape_names[] = {
    [CFN__ASL_ANYTHING] = "anything",
    [CFN__ASL_TEXT] = "a text",
    [CFN__ASL_TRUTH] = "true or false",
    [CFN__ASL_WHOLE] = "a whole number, not negative",
    [CFN__ASL_NUMBER] = "a number",
    [CFN__ASL_LIST] = "a list",
    [CFN__ASL_MAP] = "a mapping",
    [CFN__ASL_PATH] = "a path, which begins with $",
    [CFN__ASL_REFERENCE] = "a path to one place, such as $.result",
    [CFN__ASL_TEMPLATE] = "a mapping",
};

/* Keys that end in .$ hold paths, wherever they stand in a template. */
static void check_template(const cfn__state *state, const cfn_node *value)
{
    for (const cfn_node *n = cfn_node_first(value); n; n = n->next) {
        bool dynamic = n->key && cfn__ends_with(n->key, ".$");
        if (cfn__asl_is_open(n) || n->kind == CFN_KIND_NULL)
            continue;
        if (!dynamic)
            check_template(state, n);
        else if (!is_path(n) && !is_call(n))
            cfn__asl_refuse(state->scope->machine, CFN3147, n,
                            "%s: %.80s holds neither a path nor a function of States",
                            cfn__asl_name(state), n->key);
    }
}

/* {% that is not closed is a text to Step Functions, and surely meant to be none. */
static bool check_expression(const cfn__state *state, const cfn_node *value)
{
    if (!is_expression(value))
        return false;
    if (state->language == CFN__JSONPATH || !cfn__ends_with(value->text, "%}")) {
        cfn__asl_refuse(state->scope->machine, CFN3147, value,
                        state->language == CFN__JSONPATH
                            ? "%s: %.80s holds an expression of JSONata, and paths are used here"
                            : "%s: the expression in %.80s does not end in %%}",
                        cfn__asl_name(state), value->key ? value->key : "a list");
        cfn__advise(&state->scope->machine->check->out, "%s",
                    state->language == CFN__JSONPATH ? "say QueryLanguage: JSONata"
                                                     : "write {% expression %}");
    }
    return true;
}

bool cfn__asl_fits(const cfn__state *state, const cfn_node *value, cfn__asl_shape shape)
{
    if (cfn__asl_is_open(value) || check_expression(state, value))
        return true;
    if (!fits(value, shape, !state->scope->machine->text)) {
        bool path = shape == CFN__ASL_PATH || shape == CFN__ASL_REFERENCE;
        cfn__asl_refuse(state->scope->machine, path ? CFN3147 : CFN3141, value, "%s: %.80s is %s",
                        cfn__asl_name(state), value->key ? value->key : "an item",
                        shape_names[shape]);
        return false;
    }
    if (shape == CFN__ASL_TEMPLATE)
        check_template(state, value);
    return true;
}

/* ---- members ---- */

static void refuse_unknown(const cfn__state *state, const cfn_node *member,
                           const cfn__asl_field *table, unsigned type, const char *who,
                           cfn_diagnostic_id id)
{
    cfn__checker *out = &state->scope->machine->check->out;
    cfn__search search = cfn__search_for(out, member->key);
    for (const cfn__asl_field *field = table; field->name; field++)
        if (!field->types || field->types & type)
            cfn__search_name(&search, field->name);
    cfn__asl_refuse(state->scope->machine, id, member, "%s has no %.80s", who, member->key);
    cfn__hint_nearest(out->diagnostics, search.best);
}

static void refuse_language(const cfn__state *state, const cfn_node *member, const char *who)
{
    bool jsonata = state->language == CFN__JSONATA;
    cfn__asl_refuse(state->scope->machine, CFN3147, member, "%s: %.80s belongs to %s", who,
                    member->key, jsonata ? "JSONPath, and this is JSONata" : "JSONata");
    cfn__advise(&state->scope->machine->check->out, "%s",
                jsonata ? "use Arguments, Output and Assign with {% expressions %}"
                        : "say QueryLanguage: JSONata");
}

static void check_member(const cfn__state *state, const cfn_node *member,
                         const cfn__asl_field *table, unsigned type, const char *who,
                         cfn_diagnostic_id id)
{
    for (const cfn__asl_field *field = table; field->name; field++) {
        if (strcmp(field->name, member->key) != 0)
            continue;
        if (field->types && !(field->types & type))
            break;
        if (field->languages && !(field->languages & state->language))
            refuse_language(state, member, who);
        else
            cfn__asl_fits(state, member, field->shape);
        return;
    }
    refuse_unknown(state, member, table, type, who, id);
}

void cfn__asl_members(const cfn__state *state, const cfn_node *map, const cfn__asl_field *table,
                      unsigned type, const char *what, cfn_diagnostic_id id)
{
    cfn_arena *arena = state->scope->machine->check->out.arena;
    const char *name = cfn__asl_name(state);
    const char *who = what ? cfn__format(arena, "%s of %s", what, name) : name;
    for (const cfn_node *n = map->first; n; n = n->next)
        if (!cfn__is_generator(n))
            check_member(state, n, table, type, who, id);
    for (const cfn__asl_field *field = table; field->name; field++)
        if (field->required && (!field->types || field->types & type) &&
            (!field->languages || field->languages & state->language) &&
            !cfn__get(map, field->name))
            cfn__asl_refuse(state->scope->machine, id, map, "%s needs %s", who, field->name);
}

void cfn__asl_leads_to_state(const cfn__state *state, const cfn_node *name)
{
    const cfn__scope *scope = state->scope;
    if (!cfn__is_string(name) || cfn__asl_is_open(name) ||
        cfn__index_get(&scope->states, name->text))
        return;
    cfn__checker *out = &scope->machine->check->out;
    cfn__search search = cfn__search_for(out, name->text);
    for (size_t i = 0; search.distance && i < scope->states.capacity; i++)
        if (scope->states.slots[i].key)
            cfn__search_name(&search, scope->states.slots[i].key);
    cfn__asl_refuse(scope->machine, CFN3142, name,
                    "%s leads to %.80s, and there is no such state here", cfn__asl_name(state),
                    name->text);
    cfn__hint_nearest(out->diagnostics, search.best);
}
