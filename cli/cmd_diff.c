/* cfngen diff: two templates, compared for what they mean. */
#include "diff.h"
#include "schema_words.h"
#include "stack_file.h"

#include <stdlib.h>
#include <string.h>

enum { DEFAULT_CONTEXT = 3 };

bool is_line_count(const char *text)
{
    size_t digits = strspn(text, "0123456789");
    return digits >= 1 && digits <= 4 && !text[digits];
}

static bool is_given(const cli_arguments *arguments, const char *option, const char *value)
{
    const char *given = option_value(arguments, option);
    return given && strcmp(given, value) == 0;
}

static cfn_diff_render_options form_of(const cli_arguments *arguments)
{
    const char *context = option_value(arguments, "context");
    return (cfn_diff_render_options){
        .format = is_given(arguments, "format", "json")       ? CFN_DIFF_JSON
                  : is_given(arguments, "format", "markdown") ? CFN_DIFF_MARKDOWN
                                                              : CFN_DIFF_TEXT,
        .part = is_given(arguments, "only", "security")       ? CFN_DIFF_SECURITY
                : is_given(arguments, "only", "replacements") ? CFN_DIFF_REPLACEMENTS
                                                              : CFN_DIFF_ALL,
        .colours = wants_colours(stdout),
        .context = context ? (unsigned)strtoul(context, NULL, 10) : DEFAULT_CONTEXT,
    };
}

int print_diff(const cli_arguments *arguments, cfn_template_diff *diff)
{
    cfn_diff_render_options form = form_of(arguments);
    size_t length;
    const char *text = cfn_template_diff_render(diff, &form, &length);
    if (!text)
        return out_of_memory();
    fwrite(text, 1, length, stdout);
    bool differs = !cfn_template_diff_is_empty(diff, form.part);
    return differs && option_value(arguments, "exit-code") ? STATUS_FINDINGS : STATUS_CLEAN;
}

static int compare(const cli_arguments *arguments, const cfn_schema *schema,
                   const cfn_node *const roots[2])
{
    cfn_diagnostics *diagnostics = cfn_diagnostics_new();
    cfn_template_diff *diff =
        diagnostics ? cfn_template_diff_new(roots[0], roots[1],
                                            &(cfn_diff_options){.schema = schema}, diagnostics)
                    : NULL;
    int status = STATUS_TROUBLE;
    if (!diagnostics)
        out_of_memory();
    else if (cfn_diagnostics_count(diagnostics, CFN_ERROR))
        print_diagnostics(stderr, diagnostics, wants_json(arguments));
    else
        status = print_diff(arguments, diff);
    cfn_template_diff_free(diff);
    cfn_diagnostics_free(diagnostics);
    return status;
}

/* What cannot be compared is trouble: 1 is kept for what differs. */
static int compare_files(const cli_arguments *arguments, const cfn_schema *schema)
{
    cfn_stack *stacks[2] = {NULL, NULL};
    const cfn_node *roots[2] = {NULL, NULL};
    for (int i = 0; i < 2; i++) {
        stacks[i] = open_template(arguments, schema, arguments->operands[i], &roots[i]);
        if (!stacks[i])
            out_of_memory();
        else if (!roots[i])
            print_diagnostics(stderr, cfn_stack_diagnostics(stacks[i]), wants_json(arguments));
    }
    int status = roots[0] && roots[1] ? compare(arguments, schema, roots) : STATUS_TROUBLE;
    for (int i = 0; i < 2; i++)
        cfn_stack_free(stacks[i]);
    return status;
}

int cmd_diff(const cli_arguments *arguments)
{
    if (strcmp(arguments->operands[0], "-") == 0 && strcmp(arguments->operands[1], "-") == 0)
        return usage_error(arguments->command, "only one of the two can be standard input");
    cli_schema opened = open_schema(arguments);
    int status = opened.schema ? compare_files(arguments, opened.schema) : STATUS_TROUBLE;
    close_schema(&opened);
    return status;
}
