/* Opens stack files with the options that commands share. */
#include "stack_file.h"

#include <cfngen/synth.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool ends_with(const char *text, size_t length, const char *end)
{
    size_t tail = strlen(end);
    return length > tail && strncmp(text + length - tail, end, tail) == 0;
}

void stack_name(char name[STACK_NAME_SIZE], const char *path)
{
    static const char *const extensions[] = {".yaml", ".yml", ".json", ".template"};
    const char *slash = strrchr(path, '/');
    const char *file = strcmp(path, "-") == 0 ? "stack" : slash ? slash + 1 : path;
    size_t length = strlen(file), before;
    do {
        before = length;
        for (size_t i = 0; i < sizeof extensions / sizeof *extensions; i++)
            if (ends_with(file, length, extensions[i]))
                length -= strlen(extensions[i]);
    } while (length < before);
    snprintf(name, STACK_NAME_SIZE, "%.*s", (int)length, file);
}

bool wants_json(const cli_arguments *arguments)
{
    const char *form = option_value(arguments, "diagnostics");
    return form && strcmp(form, "json") == 0;
}

/* Words of letters and a number at the end, as in us-east-1 and us-gov-west-1. */
bool is_region(const char *text)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyz", digits[] = "0123456789";
    size_t words = 0, length;
    while ((length = strspn(text, letters)) && text[length] == '-') {
        text += length + 1;
        words++;
    }
    length = strspn(text, digits);
    return words >= 2 && length && !text[length];
}

bool is_setting(const char *text)
{
    return text[0] != '=' && strchr(text, '=');
}

static bool set_parameter(cfn_stack *stack, const char *setting)
{
    const char *equals = strchr(setting, '=');
    char *name = strndup(setting, (size_t)(equals - setting));
    if (name)
        cfn_stack_set_parameter(stack, name, equals + 1);
    free(name);
    return name != NULL;
}

static bool set_parameters(cfn_stack *stack, const cli_arguments *arguments)
{
    size_t cursor = 0;
    const char *setting;
    bool good = true;
    while (good && (setting = option_next(arguments, "set", &cursor)))
        good = set_parameter(stack, setting);
    return good;
}

/* A deployment takes the spaces out when the template needs the room. */
static bool is_sent_minified(const cli_arguments *arguments)
{
    return option_value(arguments, "minify") || strcmp(arguments->command->name, "deploy") == 0;
}

static cfn_stack *new_stack(const cli_arguments *arguments, const cfn_schema *schema,
                            const char *path)
{
    char name[STACK_NAME_SIZE];
    stack_name(name, path);
    cfn_stack *stack = cfn_stack_new(&(cfn_stack_options){
        .name = name,
        .environment = option_value(arguments, "environment"),
        .suffix = option_value(arguments, "suffix"),
        .region = option_value(arguments, "region"),
        .minify = is_sent_minified(arguments),
        .schema = schema,
    });
    if (!stack || !set_parameters(stack, arguments)) {
        cfn_stack_free(stack);
        return NULL;
    }
    return stack;
}

cfn_stack *open_stack(const cli_arguments *arguments, const cfn_schema *schema, const char *path)
{
    cfn_stack *stack = new_stack(arguments, schema, path);
    if (stack && cfn_stack_read(stack, path, CFN_FORMAT_AUTO))
        cfn_stack_synth(stack);
    return stack;
}

/* Whether it holds what only cfngen understands. */
static bool is_stack_file(const cfn_node *document)
{
    static const char prefix[] = "Cfngen::";
    if (cfn_node_find(document, "Metadata/Cfngen"))
        return true;
    const cfn_node *resources = cfn_node_get(document, "Resources");
    for (const cfn_node *n = cfn_node_first(resources); n; n = cfn_node_next(n)) {
        const char *type = cfn_node_text(cfn_node_get(n, "Type"));
        if (type && strncmp(type, prefix, sizeof prefix - 1) == 0)
            return true;
    }
    return false;
}

cfn_stack *open_template(const cli_arguments *arguments, const cfn_schema *schema, const char *path,
                         const cfn_node **root)
{
    cfn_stack *stack = new_stack(arguments, schema, path);
    *root = NULL;
    if (stack && cfn_stack_read(stack, path, CFN_FORMAT_AUTO)) {
        *root = cfn_stack_document(stack);
        if (is_stack_file(*root))
            *root = cfn_stack_synth(stack);
    }
    return stack;
}
