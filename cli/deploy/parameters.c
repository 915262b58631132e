/* Reads the values of parameters from arguments and files, and hands them to AWS. */
#include "parameters.h"

#include "../output.h"
#include "stack.h"

#include <cfngen/read.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static parameter *add_parameter(parameter_list *list)
{
    parameter *larger = realloc(list->items, (list->count + 1) * sizeof *larger);
    if (!larger)
        return NULL;
    list->items = larger;
    larger[list->count] = (parameter){NULL, NULL, false};
    return &larger[list->count++];
}

bool put_parameter(parameter_list *list, const char *name, size_t length, const char *value,
                   bool among_arguments)
{
    parameter given = {strndup(name, length), strdup(value), among_arguments};
    parameter *place = NULL;
    for (size_t i = 0; given.name && i < list->count && !place; i++)
        if (strcmp(list->items[i].name, given.name) == 0)
            place = &list->items[i];
    if (given.name && given.value && !place)
        place = add_parameter(list);
    if (!place || !given.value) {
        free(given.name);
        free(given.value);
        return false;
    }
    free(place->name);
    free(place->value);
    *place = given;
    return true;
}

void parameters_free(parameter_list *list)
{
    for (size_t i = 0; i < list->count; i++) {
        free(list->items[i].name);
        free(list->items[i].value);
    }
    free(list->items);
    *list = (parameter_list){NULL, 0};
}

/* ---- the file ---- */

/* The items of a list with commas between them, as parameters of list types take them. */
static char *join(const cfn_node *list)
{
    char *text = NULL;
    size_t length;
    FILE *stream = open_memstream(&text, &length);
    for (const cfn_node *n = cfn_node_first(list); stream && n; n = cfn_node_next(n)) {
        const char *item = cfn_node_text(n);
        fprintf(stream, "%s%s", n == cfn_node_first(list) ? "" : ",", item ? item : "");
    }
    if (stream && fclose(stream) == 0)
        return text;
    free(text);
    return NULL;
}

static int refuse_member(const char *path, const cfn_node *node, const char *what)
{
    cfn_mark mark = cfn_node_mark(node);
    trouble("%s:%u:%u: %s", path, (unsigned)mark.line, (unsigned)mark.column, what);
    return STATUS_FINDINGS;
}

static int take_value(parameter_list *list, const char *path, const char *name,
                      const cfn_node *node)
{
    cfn_kind kind = cfn_node_kind(node);
    if (kind == CFN_KIND_MAP || kind == CFN_KIND_NULL)
        return refuse_member(path, node, "the value of a parameter is a text or a list of texts");
    char *joined = kind == CFN_KIND_LIST ? join(node) : NULL;
    const char *value = kind == CFN_KIND_LIST ? joined : cfn_node_text(node);
    bool good = value && put_parameter(list, name, strlen(name), value, false);
    free(joined);
    return good ? STATUS_CLEAN : out_of_memory();
}

/* {"Name": "value"}, or a list of {"ParameterKey": ..., "ParameterValue": ...}. */
static int take_values(parameter_list *list, const char *path, const cfn_node *values)
{
    int status = STATUS_CLEAN;
    bool pairs = cfn_node_kind(values) == CFN_KIND_LIST;
    for (const cfn_node *n = cfn_node_first(values); n && status == STATUS_CLEAN;
         n = cfn_node_next(n)) {
        const char *name = pairs ? text_of(n, "ParameterKey") : cfn_node_key(n);
        const cfn_node *value = pairs ? cfn_node_get(n, "ParameterValue") : n;
        if (pairs && (!*name || !value))
            return refuse_member(path, n, "an item has a ParameterKey and a ParameterValue");
        status = take_value(list, path, name, value);
    }
    return status;
}

static int take_file(parameter_list *list, const char *path)
{
    cfn_arena *arena = cfn_arena_new();
    cfn_diagnostics *diagnostics = cfn_diagnostics_new();
    int status = arena && diagnostics ? STATUS_CLEAN : out_of_memory();
    const cfn_node *root =
        status == STATUS_CLEAN ? cfn_read_file(arena, diagnostics, path, CFN_FORMAT_AUTO) : NULL;
    if (status == STATUS_CLEAN && !root) {
        const cfn_diagnostic *d = cfn_diagnostics_at(diagnostics, 0);
        /* The line itself may hold a secret, so it is not shown. */
        if (d->mark.line)
            trouble("%s:%u:%u: %s", path, (unsigned)d->mark.line, (unsigned)d->mark.column,
                    d->message);
        else
            trouble("%s: %s", path, d->message);
        status = diagnostics_status(diagnostics, false);
    } else if (status == STATUS_CLEAN) {
        const cfn_node *inner = cfn_node_get(root, "Parameters");
        bool wrapped = inner && cfn_node_kind(inner) >= CFN_KIND_LIST && cfn_node_size(root) <= 3;
        status = take_values(list, path, wrapped ? inner : root);
    }
    cfn_diagnostics_free(diagnostics);
    cfn_arena_free(arena);
    return status;
}

int read_parameters(const cli_arguments *arguments, parameter_list *list)
{
    const char *path = option_value(arguments, "parameters-file"), *setting;
    size_t cursor = 0;
    int status = path ? take_file(list, path) : STATUS_CLEAN;
    while (status == STATUS_CLEAN && (setting = option_next(arguments, "parameter", &cursor))) {
        const char *equals = strchr(setting, '=');
        if (!put_parameter(list, setting, (size_t)(equals - setting), equals + 1, true))
            status = out_of_memory();
    }
    return status;
}

/* ---- against the template ---- */

static const char *find_value(const parameter_list *list, const char *name)
{
    for (size_t i = 0; i < list->count; i++)
        if (strcmp(list->items[i].name, name) == 0)
            return list->items[i].value;
    return NULL;
}

static bool is_deployed(const cfn_node *stack, const char *name)
{
    const cfn_node *parameters = cfn_node_get(stack, "Parameters");
    for (const cfn_node *n = cfn_node_first(parameters); n; n = cfn_node_next(n))
        if (strcmp(text_of(n, "ParameterKey"), name) == 0)
            return true;
    return false;
}

static bool check_given(const parameter *p, const cfn_template *tpl, const cfn_node *declared)
{
    const cfn_node *node = cfn_template_get(tpl, CFN_SECTION_PARAMETERS, p->name);
    if (!node) {
        cli_words names = {0};
        for (const cfn_node *n = cfn_node_first(declared); n; n = cfn_node_next(n))
            add_word(&names, cfn_node_key(n));
        trouble("the template has no parameter %s%s", p->name, suggest("", p->name, &names).text);
        return false;
    }
    if (p->among_arguments && strcasecmp(text_of(node, "NoEcho"), "true") == 0)
        fprintf(stderr,
                "cfngen: warning: the value of %s is secret, but stands among the arguments, where "
                "others on this machine can see it; give it in --parameters-file\n",
                p->name);
    return true;
}

bool hide_secrets(aws_client *client, const parameter_list *list, const cfn_template *tpl)
{
    bool good = true;
    for (size_t i = 0; i < list->count && good; i++) {
        const cfn_node *node = cfn_template_get(tpl, CFN_SECTION_PARAMETERS, list->items[i].name);
        if (strcasecmp(text_of(node, "NoEcho"), "true") == 0)
            good = aws_hide(client, list->items[i].value);
    }
    return good;
}

int check_parameters(const parameter_list *list, const cfn_template *tpl, const cfn_node *deployed)
{
    const cfn_node *declared = cfn_template_section(tpl, CFN_SECTION_PARAMETERS);
    bool good = true, missing = false;
    for (size_t i = 0; i < list->count; i++)
        good = check_given(&list->items[i], tpl, declared) && good;
    for (const cfn_node *n = cfn_node_first(declared); n; n = cfn_node_next(n)) {
        const char *name = cfn_node_key(n);
        if (cfn_node_get(n, "Default") || find_value(list, name) || is_deployed(deployed, name))
            continue;
        trouble("the parameter %s (%s) has no value", name, text_of(n, "Type"));
        missing = true;
    }
    if (missing)
        fputs("  = hint: give each one with --parameter NAME=VALUE, or all in --parameters-file\n",
              stderr);
    return good && !missing ? STATUS_CLEAN : STATUS_FINDINGS;
}

void put_parameters(cli_json *json, const parameter_list *list, const cfn_template *tpl,
                    const cfn_node *deployed)
{
    const cfn_node *declared = cfn_template_section(tpl, CFN_SECTION_PARAMETERS);
    json_open(json, "Parameters", '[');
    for (const cfn_node *n = cfn_node_first(declared); n; n = cfn_node_next(n)) {
        const char *value = find_value(list, cfn_node_key(n));
        if (!value && !is_deployed(deployed, cfn_node_key(n)))
            continue;
        json_open(json, NULL, '{');
        json_text(json, "ParameterKey", cfn_node_key(n));
        if (value)
            json_text(json, "ParameterValue", value);
        else
            json_boolean(json, "UsePreviousValue", true);
        json_close(json, '}');
    }
    json_close(json, ']');
}
