/* cfngen diff: two templates, or one and what is deployed, compared for what they mean. */
#include "deploy/template.h"
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

/* What is compared; free with close_sides. */
typedef struct sides {
    cfn_stack *stacks[2]; /* that the files were read into; NULL for what is deployed */
    deployed_template deployed;
    const cfn_node *roots[2]; /* old and new */
} sides;

/* What cannot be compared is trouble: 1 is kept for what differs. */
static int open_file(const cli_arguments *arguments, const cfn_schema *schema, const char *path,
                     sides *s, int side)
{
    s->stacks[side] = open_template(arguments, schema, path, &s->roots[side]);
    if (!s->stacks[side])
        return out_of_memory();
    if (s->roots[side])
        return STATUS_CLEAN;
    print_diagnostics(stderr, cfn_stack_diagnostics(s->stacks[side]), wants_json(arguments));
    return STATUS_TROUBLE;
}

static int open_deployed(const cli_arguments *arguments, const char *name, sides *s)
{
    aws_client *client = aws_open(option_value(arguments, "region"));
    if (!client)
        return STATUS_TROUBLE;
    int status = STATUS_CLEAN;
    if (!fetch_template(client, name, &s->deployed))
        status = aws_interrupted(client) ? STATUS_INCOMPLETE : STATUS_TROUBLE;
    else if (!s->deployed.root)
        status = trouble("the template of the stack %s is neither JSON nor YAML", name);
    aws_close(client);
    s->roots[0] = s->deployed.root;
    return status;
}

static void close_sides(sides *s)
{
    for (int i = 0; i < 2; i++)
        cfn_stack_free(s->stacks[i]);
    deployed_template_free(&s->deployed);
}

/* The file comes first: AWS need not be asked when it has mistakes. */
static int compare_sides(const cli_arguments *arguments, const cfn_schema *schema)
{
    sides s = {{NULL, NULL}, {.arena = NULL}, {NULL, NULL}};
    const char *stack = option_value(arguments, "stack");
    const char *const *files = arguments->operands;
    int status = open_file(arguments, schema, files[stack ? 0 : 1], &s, 1);
    int other = status == STATUS_CLEAN && stack ? open_deployed(arguments, stack, &s)
                : stack                         ? STATUS_CLEAN
                                                : open_file(arguments, schema, files[0], &s, 0);
    status = other > status ? other : status;
    if (status == STATUS_CLEAN)
        status = compare(arguments, schema, s.roots);
    close_sides(&s);
    return status;
}

static int check_operands(const cli_arguments *arguments)
{
    const cli_command *command = arguments->command;
    bool deployed = option_value(arguments, "stack") != NULL;
    if (deployed && arguments->operand_count > 1)
        return usage_error(command, "--stack is the old one: one file is compared with it");
    if (!deployed && arguments->operand_count < 2)
        return usage_error(command, "two files are compared, or one with --stack");
    if (!deployed && strcmp(arguments->operands[0], "-") == 0 &&
        strcmp(arguments->operands[1], "-") == 0)
        return usage_error(command, "only one of the two can be standard input");
    return STATUS_CLEAN;
}

int cmd_diff(const cli_arguments *arguments)
{
    int status = check_operands(arguments);
    if (status != STATUS_CLEAN)
        return status;
    cli_schema opened = open_schema(arguments);
    status = opened.schema ? compare_sides(arguments, opened.schema) : STATUS_TROUBLE;
    close_schema(&opened);
    return status;
}
