/* JSON documents that a resource takes as text, with intrinsic functions inside of them. */
#include "base/text.h"
#include "constructs/constructs.h"
#include "template/intrinsic.h"

#include <string.h>

typedef struct writer {
    const cfn__maker *make;
    cfn__buffer out;
    bool substituted;    /* the text is one of Fn::Sub, where ${ begins a variable */
    cfn_node *variables; /* of the Fn::Sub; NULL until there is one */
} writer;

static bool has_function(const cfn_node *node)
{
    if (cfn__is_intrinsic(node))
        return true;
    for (const cfn_node *n = cfn_node_first(node); n; n = n->next)
        if (has_function(n))
            return true;
    return false;
}

/* ${ that is meant so is ${! in a Fn::Sub. */
static void write_string(writer *w, const char *text, bool keep_variables)
{
    cfn__buffer json = {0};
    cfn__buffer_add_json_string(&json, text, strlen(text));
    const char *p = json.text ? json.text : "";
    for (const char *dollar; w->substituted && !keep_variables && (dollar = strstr(p, "${"));
         p = dollar + 2)
        cfn__buffer_format(&w->out, "%.*s${!", (int)(dollar - p), p);
    cfn__buffer_add_text(&w->out, p);
    w->out.failed = w->out.failed || json.failed;
    cfn__buffer_free(&json);
}

/* The variable that stands for a value; one for all that are equal. */
static const char *variable_of(writer *w, const cfn_node *value)
{
    if (!w->variables)
        w->variables = cfn__map(w->make);
    for (const cfn_node *n = cfn_node_first(w->variables); n; n = n->next)
        if (cfn_node_equal(n, value))
            return n->key;
    const char *name = cfn__format(w->make->arena, "Value%zu", cfn_node_size(w->variables) + 1);
    cfn__put(w->variables, name, cfn__copy(w->make->arena, value));
    return name;
}

/* Names of variables need no escapes. */
static void write_variable(writer *w, const char *name, const char *attribute, bool bare)
{
    const char *quote = bare ? "" : "\"";
    cfn__buffer_format(&w->out, "%s${%s%s%s}%s", quote, name, attribute ? "." : "",
                       attribute ? attribute : "", quote);
}

static void write_function(writer *w, const cfn_node *node, bool bare)
{
    const cfn_node *ref = cfn_node_get(node, "Ref"), *sub = cfn_node_get(node, "Fn::Sub");
    const char *id = NULL, *attribute = NULL;
    if (cfn__is_string(ref))
        write_variable(w, ref->text, NULL, bare);
    else if (cfn__is_string(sub) && !bare)
        write_string(w, sub->text, true);
    else if (cfn__function_of(node) == CFN__FN_GET_ATT &&
             cfn__get_att_target(w->make->arena, node, &id, &attribute) && attribute)
        write_variable(w, id, attribute, bare);
    else
        write_variable(w, variable_of(w, node), NULL, bare);
}

/* The key of a map that holds a function whose value stands without quotes. */
static const char bare_key[] = "Cfngen::Bare";

cfn_node *cfn__json_bare(const cfn__maker *make, cfn_node *function)
{
    return cfn__single(make, bare_key, function);
}

static void write_value(writer *w, const cfn_node *node)
{
    bool map = cfn__is_map(node);
    const cfn_node *bare = map ? cfn_node_get(node, bare_key) : NULL;
    if (bare || cfn__is_intrinsic(node)) {
        write_function(w, bare ? bare : node, bare != NULL);
    } else if (cfn__is_string(node)) {
        write_string(w, node->text, false);
    } else if (!map && !cfn__is_list(node)) {
        cfn__buffer_add_text(&w->out, node->text);
    } else {
        cfn__buffer_add_char(&w->out, map ? '{' : '[');
        for (const cfn_node *n = node->first; n; n = n->next) {
            if (n != node->first)
                cfn__buffer_add_char(&w->out, ',');
            if (map) {
                write_string(w, n->key, false);
                cfn__buffer_add_char(&w->out, ':');
            }
            write_value(w, n);
        }
        cfn__buffer_add_char(&w->out, map ? '}' : ']');
    }
}

cfn_node *cfn__json_text_node(const cfn__maker *make, const cfn_node *value)
{
    writer w = {.make = make, .substituted = has_function(value)};
    if (value)
        write_value(&w, value);
    cfn_node *string = cfn__string(make, cfn__buffer_take(&w.out, make->arena));
    if (!w.substituted)
        return string;
    return cfn__single(make, "Fn::Sub",
                       w.variables ? cfn__pair(make, string, w.variables) : string);
}

/* Functions become texts, which stand for what is known at deployment. */
static void replace_functions(cfn_arena *arena, cfn_node *node)
{
    if (!node)
        return;
    if (cfn__is_intrinsic(node)) {
        cfn__become(node, cfn__string(&(cfn__maker){arena, node->place}, "x"));
        return;
    }
    for (cfn_node *n = node->first; n; n = n->next)
        replace_functions(arena, n);
}

cfn_node *cfn__stand_in(cfn_arena *arena, const cfn_node *value, const cfn_node *owner,
                        const char *key)
{
    cfn_node *copy = cfn__copy(arena, value);
    replace_functions(arena, copy);
    if (copy) {
        copy->parent = (cfn_node *)owner; /* for its path alone: the owner does not have it */
        copy->key = key;
    }
    return copy;
}
