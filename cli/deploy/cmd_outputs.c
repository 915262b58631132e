/* cfngen outputs: the outputs of stacks as a flat file. */
#include "outputs.h"
#include "stack.h"

#include <cfngen/read.h>
#include <stdlib.h>
#include <string.h>

/* What --from and --expect name, read. */
typedef struct documents {
    cfn_arena *arena;
    cfn_diagnostics *diagnostics;
    const cfn_node *from, *expected;
} documents;

static const char **stack_names(const cli_arguments *arguments, size_t *count)
{
    const char **names = calloc(arguments->option_count + 1, sizeof *names);
    size_t cursor = 0;
    const char *name;
    *count = 0;
    while (names && (name = option_next(arguments, "stack", &cursor)))
        names[(*count)++] = name;
    return names;
}

static const cfn_node *read_document(const cli_arguments *arguments, documents *d,
                                     const char *option)
{
    const char *path = option_value(arguments, option);
    return path ? cfn_read_file(d->arena, d->diagnostics, path, CFN_FORMAT_AUTO) : NULL;
}

static int read_documents(const cli_arguments *arguments, documents *d)
{
    d->arena = cfn_arena_new();
    d->diagnostics = cfn_diagnostics_new();
    if (!d->arena || !d->diagnostics)
        return out_of_memory();
    d->from = read_document(arguments, d, "from");
    d->expected = read_document(arguments, d, "expect");
    print_diagnostics(stderr, d->diagnostics, false);
    return diagnostics_status(d->diagnostics, false);
}

static int check_arguments(const cli_arguments *arguments, size_t stacks)
{
    const char *from = option_value(arguments, "from"), *expect = option_value(arguments, "expect");
    if (!from && !stacks)
        return usage_error(arguments->command, "name a stack with --stack, or a file with --from");
    if (expect && stacks != 1)
        return usage_error(arguments->command, "--expect needs one --stack");
    if (expect && option_value(arguments, "prefix"))
        return usage_error(arguments->command, "--expect and --prefix do not go together");
    if (expect && from && strcmp(expect, "-") == 0 && strcmp(from, "-") == 0)
        return usage_error(arguments->command, "only one of --from and --expect can be -");
    return STATUS_CLEAN;
}

static outputs_request make_request(const cli_arguments *arguments, const documents *d,
                                    const char *const *names)
{
    const char *format = option_value(arguments, "format");
    const char *path = option_value(arguments, "output");
    outputs_request request = {.path = path, .expected = d->expected};
    request.shell = format && strcmp(format, "env") == 0;
    request.options.prefix = option_value(arguments, "prefix") != NULL;
    request.options.stacks = names[0] ? names : NULL;
    if (!path)
        request.path = request.shell ? "-" : OUTPUTS_FILE;
    return request;
}

static int describe(aws_client *client, const char *name, deployed_stack *stack)
{
    if (!describe_stack(client, name, stack))
        return STATUS_TROUBLE;
    if (!stack->node)
        return trouble("there is no stack %s", name);
    if (stack->state.phase == STACK_BUSY)
        fprintf(stderr, "cfngen: the stack %s is %s: its outputs may still change\n", name,
                stack->state.name);
    return STATUS_CLEAN;
}

/* All stacks are asked for before anything is written. */
static int fetch(const cli_arguments *arguments, const char *const *names, size_t count,
                 outputs_request *request)
{
    aws_client *client = aws_open(option_value(arguments, "region"));
    deployed_stack *stacks = calloc(count + 1, sizeof *stacks);
    const cfn_node **answers = calloc(count + 1, sizeof *answers);
    int status = !client ? STATUS_TROUBLE : stacks && answers ? STATUS_CLEAN : out_of_memory();
    for (size_t i = 0; i < count && status == STATUS_CLEAN; i++) {
        status = describe(client, names[i], &stacks[i]);
        answers[i] = stacks[i].answer.root;
    }
    /* A stack may be named by its id, which is not the name in the answer. */
    request->options.stacks = NULL;
    if (status == STATUS_CLEAN)
        status = write_outputs(answers, count, request);
    else if (client && aws_interrupted(client))
        status = STATUS_INCOMPLETE;
    for (size_t i = 0; stacks && i < count; i++)
        deployed_stack_free(&stacks[i]);
    free(stacks);
    free(answers);
    aws_close(client);
    return status;
}

int cmd_outputs(const cli_arguments *arguments)
{
    size_t count;
    documents d = {NULL, NULL, NULL, NULL};
    const char **names = stack_names(arguments, &count);
    if (!names)
        return out_of_memory();
    int status = check_arguments(arguments, count);
    if (status == STATUS_CLEAN)
        status = read_documents(arguments, &d);
    if (status == STATUS_CLEAN) {
        outputs_request request = make_request(arguments, &d, names);
        status =
            d.from ? write_outputs(&d.from, 1, &request) : fetch(arguments, names, count, &request);
    }
    cfn_diagnostics_free(d.diagnostics);
    cfn_arena_free(d.arena);
    free(names);
    return status;
}
