/* From a stack to a checked template, and to its text. */
#include "base/text.h"
#include "check/check.h"
#include "constructs/constructs.h"
#include "stack/expansion.h"
#include "template/expected.h"
#include "write/write.h"

#include <cfngen/synth.h>
#include <cfngen/template.h>

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

static bool has_errors(const cfn_stack *stack)
{
    return cfn_diagnostics_count(stack->diagnostics, CFN_ERROR) > 0;
}

static void check_size(cfn_stack *stack, const cfn_template *template, const cfn_node *root)
{
    cfn__json_size size = cfn__measure_json(root);
    size_t written = stack->options.minify ? size.minified : size.written;
    cfn_template_check_size(template, stack->diagnostics, written, size.minified);
}

static bool is_utf8(const char *text)
{
    while (*text) {
        size_t step = cfn__utf8_length(text, strlen(text));
        if (!step)
            return false;
        text += step;
    }
    return true;
}

/* Readers give nothing else; a program may. */
static void check_text(cfn_stack *stack, const cfn_node *node)
{
    if ((node->text && !is_utf8(node->text)) || (node->key && !is_utf8(node->key)))
        cfn__report(stack->diagnostics, CFN0005, node, "a text is not UTF-8");
    for (const cfn_node *n = node->first; n; n = n->next)
        check_text(stack, n);
}

static bool is_made(const void *context, const char *id)
{
    const cfn__expansion *x = context;
    return cfn__index_get(&x->by_id, id) || !cfn__index_get(&x->declared, id);
}

/* A mistake in a construct is told at the construct: not again at what it made. */
static void check_facts(cfn_stack *stack, const cfn_template *template, const cfn__expansion *x,
                        bool has_mistakes)
{
    cfn_check_options options = {.schema = stack->options.schema, .region = stack->options.region};
    cfn__left_out made = {is_made, x};
    cfn__template_check(template, &options, stack->diagnostics, has_mistakes ? &made : NULL);
}

static void synthesise(cfn_stack *stack)
{
    cfn__expansion x;
    if (stack->program && stack->document)
        check_text(stack, stack->document);
    cfn_node *root = cfn__expand(stack, cfn__construct_types, &x);
    cfn_template *template = NULL;
    cfn__expected expected = {cfn__is_missing, &x};
    bool stack_errors = has_errors(stack);
    if (root)
        template = cfn__template_new(stack->arena, root, stack->diagnostics,
                                     x.incomplete ? &expected : NULL);
    if (template && !x.incomplete) {
        check_facts(stack, template, &x, stack_errors);
        check_size(stack, template, root);
    }
    if (root)
        cfn__suppress(&x);
    if (cfn_arena_failed(stack->arena))
        cfn__report_no_memory(stack->diagnostics);
    else if (!has_errors(stack))
        stack->synthesised = root;
}

const cfn_node *cfn_stack_synth(cfn_stack *stack)
{
    if (!stack->done && !stack->unreadable)
        synthesise(stack);
    stack->done = true;
    return stack->synthesised;
}

const char *cfn_stack_text(cfn_stack *stack, const cfn_write_options *options, size_t *length)
{
    const cfn_node *template = cfn_stack_synth(stack);
    if (!template)
        return NULL;
    const char *text = cfn_write_text(stack->arena, template, options, length);
    if (!text)
        cfn__report_no_memory(stack->diagnostics);
    return text;
}

static bool is_folder(const char *path)
{
    struct stat status;
    return cfn__ends_with(path, "/") || (stat(path, &status) == 0 && S_ISDIR(status.st_mode));
}

/* The file for a path: into a folder goes {name}.template.json or .yaml. */
static const char *target(cfn_stack *stack, const char *path, const cfn_write_options *options)
{
    if (strcmp(path, "-") == 0 || !is_folder(path))
        return path;
    bool yaml = options && options->format == CFN_FORMAT_YAML;
    const char *name = stack->options.name ? stack->options.name : "stack";
    return cfn__format(stack->arena, "%s%s%s.template.%s", path,
                       cfn__ends_with(path, "/") ? "" : "/", name, yaml ? "yaml" : "json");
}

bool cfn_stack_write(cfn_stack *stack, const char *path, const cfn_write_options *options)
{
    size_t length = 0;
    const char *text = cfn_stack_text(stack, options, &length);
    const char *file = text ? target(stack, path, options) : NULL;
    if (!file || cfn_arena_failed(stack->arena))
        return false;
    return cfn_write_file(stack->diagnostics, file, text, length);
}
