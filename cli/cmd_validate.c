/* cfngen validate: what synth would say, as the result. */
#include "output.h"
#include "schema_words.h"
#include "stack_file.h"

#include <string.h>

static const char *file_name(const char *path)
{
    return strcmp(path, "-") == 0 ? "<stdin>" : path;
}

/* Prints what was found in one file and adds it up. */
static int validate(const cli_arguments *arguments, const cfn_schema *schema, const char *path,
                    size_t counts[3])
{
    cfn_stack *stack = open_stack(arguments, schema, path);
    if (!stack)
        return out_of_memory();
    cfn_diagnostics *diagnostics = cfn_stack_diagnostics(stack);
    bool quiet = option_value(arguments, "quiet") || wants_json(arguments);
    if (!quiet && cfn_diagnostics_size(diagnostics) == 0)
        printf("%s: no problems\n", file_name(path));
    print_diagnostics(stdout, diagnostics, wants_json(arguments));
    for (int severity = CFN_ERROR; severity <= CFN_NOTE; severity++)
        counts[severity] += cfn_diagnostics_count(diagnostics, (cfn_severity)severity);
    int status = diagnostics_status(diagnostics, true);
    cfn_stack_free(stack);
    return status;
}

static void print_counts(const size_t counts[3])
{
    for (int severity = CFN_ERROR; severity <= CFN_NOTE; severity++)
        fprintf(stderr, "%s%zu %s%s", severity ? ", " : "", counts[severity],
                cfn_severity_name((cfn_severity)severity), counts[severity] == 1 ? "" : "s");
    fputc('\n', stderr);
}

int cmd_validate(const cli_arguments *arguments)
{
    size_t counts[3] = {0};
    cli_schema opened = open_schema(arguments);
    int worst = opened.schema ? STATUS_CLEAN : STATUS_TROUBLE;
    for (size_t i = 0; opened.schema && i < arguments->operand_count; i++) {
        int status = validate(arguments, opened.schema, arguments->operands[i], counts);
        worst = status > worst ? status : worst;
    }
    bool checked = opened.schema != NULL;
    close_schema(&opened);
    worst = finish_output(worst);
    if (checked && !option_value(arguments, "quiet") && !wants_json(arguments))
        print_counts(counts);
    return worst;
}
