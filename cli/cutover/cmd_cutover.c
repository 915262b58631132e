/* cfngen cutover status|shift|complete|rollback: has the cutover function of a stack say how the
 * cutover is, and bring traffic to the target and back. docs/cutover.md describes the function. */
#include "../deploy/progress.h"
#include "cutover.h"

#include <cfngen/write.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static bool is_given(const cutover_run *run, const char *option)
{
    return option_value(run->arguments, option) != NULL;
}

/* ---- which function ---- */

static int check_arguments(const cli_arguments *arguments)
{
    const char *stack = option_value(arguments, "stack");
    const char *function = option_value(arguments, "function");
    if (!stack == !function)
        return usage_error(arguments->command, "name the stack with --stack, or else its function "
                                               "with --function");
    if (function && (!*function || *function == '-'))
        return usage_error(arguments->command, "\"%s\" is not the name or ARN of a function",
                           function);
    if (option_value(arguments, "max-seconds") && !option_value(arguments, "wait"))
        return usage_error(arguments->command, "--max-seconds goes with --wait");
    return STATUS_CLEAN;
}

/* STACK or STACK/OutputKey; the slashes of an id are its own. */
static const char *output_key(const char *given, char name[256])
{
    const char *slash = strncmp(given, "arn:", 4) == 0 ? NULL : strchr(given, '/');
    size_t length = slash ? (size_t)(slash - given) : strlen(given);
    snprintf(name, 256, "%.*s", (int)length, given);
    return slash ? slash + 1 : "CutoverFunctionName";
}

static int find_in_stack(cutover_run *run, const char *given)
{
    char name[256];
    const char *key = output_key(given, name);
    if (!describe_stack(run->client, name, &run->stack))
        return STATUS_TROUBLE;
    if (!run->stack.node)
        return trouble("there is no stack %s", name);
    const cfn_node *outputs = cfn_node_get(run->stack.node, "Outputs");
    for (const cfn_node *n = cfn_node_first(outputs); n; n = cfn_node_next(n))
        if (strcmp(text_of(n, "OutputKey"), key) == 0 && *text_of(n, "OutputValue"))
            run->function = text_of(n, "OutputValue");
    if (run->function)
        return STATUS_CLEAN;
    trouble("the stack %s has no output %s", name, key);
    fputs("  = hint: give it one, with the Ref of its Cfngen::Migration::Cutover, or name another "
          "one, as --stack STACK/OutputKey, or the function: --function\n",
          stderr);
    return STATUS_TROUBLE;
}

static int find_function(cutover_run *run)
{
    const char *stack = option_value(run->arguments, "stack");
    run->function = option_value(run->arguments, "function");
    return stack ? find_in_stack(run, stack) : STATUS_CLEAN;
}

/* ---- once, and until it is done ---- */

/* What is forced cannot be taken back by somebody who did not mean it. */
static int agree(cutover_run *run)
{
    if (!is_given(run, "force") || is_given(run, "yes") ||
        aws_confirm(run->client, run->action->question, "--yes"))
        return STATUS_CLEAN;
    return aws_interrupted(run->client) ? STATUS_INCOMPLETE : STATUS_FINDINGS;
}

static double seconds_since(const struct timespec *start)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)(now.tv_sec - start->tv_sec) + (double)(now.tv_nsec - start->tv_nsec) / 1e9;
}

static bool is_over(const cutover_run *run)
{
    return is_set(run, "done") || is_set(run, "refused");
}

static int ask_until_done(cutover_run *run)
{
    struct timespec start;
    const char *most = option_value(run->arguments, "max-seconds");
    clock_gettime(CLOCK_MONOTONIC, &start);
    int status = ask_function(run);
    while (status == STATUS_CLEAN && is_given(run, "wait") && !is_over(run)) {
        double passed = seconds_since(&start);
        if (most && passed >= strtod(most, NULL))
            break;
        char phase[64];
        copy_text(run->client, phase, sizeof phase, text_of(run->answer, "phase"));
        show_progress(phase, strtoul(text_of(run->answer, "weight"), NULL, 10), 100, passed);
        status = aws_pause(run->client, 5) ? ask_function(run) : STATUS_INCOMPLETE;
        clear_progress();
    }
    return status;
}

/* As the function wrote it, on one line. */
static int print_answer(const cutover_run *run)
{
    const cfn_write_options minified = {.format = CFN_FORMAT_JSON, .minify = true};
    size_t length = 0;
    const char *text = cfn_write_text(run->arena, run->answer, &minified, &length);
    if (!text)
        return out_of_memory();
    fwrite(text, 1, length, stdout);
    if (length && text[length - 1] != '\n')
        putchar('\n');
    return STATUS_CLEAN;
}

static int tell(const cutover_run *run)
{
    int status = STATUS_CLEAN;
    if (is_given(run, "json"))
        status = print_answer(run);
    else
        print_cutover(run);
    if (status != STATUS_CLEAN)
        return status;
    if (is_set(run, "refused"))
        return STATUS_FINDINGS;
    return is_set(run, "done") ? STATUS_CLEAN : STATUS_INCOMPLETE;
}

/* ---- the commands ---- */

static int work(cutover_run *run)
{
    int status = find_function(run);
    if (status == STATUS_CLEAN)
        status = agree(run);
    if (status == STATUS_CLEAN)
        status = ask_until_done(run);
    if (status == STATUS_CLEAN)
        status = tell(run);
    if (!aws_interrupted(run->client))
        return status;
    fputs("cfngen: interrupted; what the function has begun goes on\n"
          "  cfngen cutover status   shows how far it is, and the same command takes it up\n",
          stderr);
    return STATUS_INCOMPLETE;
}

static int cut_over(const cli_arguments *arguments, const cutover_action *action)
{
    int status = check_arguments(arguments);
    if (status != STATUS_CLEAN)
        return status;
    cutover_run run = {.arguments = arguments, .action = action, .arena = cfn_arena_new()};
    if (!run.arena)
        return out_of_memory();
    run.client = aws_open(option_value(arguments, "region"));
    status = run.client ? work(&run) : STATUS_TROUBLE;
    deployed_stack_free(&run.stack);
    aws_close(run.client);
    cfn_arena_free(run.arena);
    return status;
}

int cmd_cutover_status(const cli_arguments *arguments)
{
    static const cutover_action action = {"status", "status", NULL};
    return cut_over(arguments, &action);
}

static bool is_weight(const char *text)
{
    size_t length = strlen(text);
    return length >= 1 && length <= 3 && strspn(text, "0123456789") == length &&
           strtol(text, NULL, 10) <= 100;
}

int cmd_cutover_shift(const cli_arguments *arguments)
{
    static const cutover_action action = {
        "shift", "gradual_cutover",
        "Shift the traffic whatever task, lag, validation and alarms say?"};
    if (!is_weight(arguments->operands[0]))
        return usage_error(arguments->command,
                           "\"%s\" is no weight: a whole number from 0 to 100, the percentage of "
                           "the traffic that goes to the target",
                           arguments->operands[0]);
    return cut_over(arguments, &action);
}

int cmd_cutover_complete(const cli_arguments *arguments)
{
    static const cutover_action action = {
        "complete", "manual_cutover",
        "Bring all traffic to the target whatever task, lag, validation and alarms say?"};
    return cut_over(arguments, &action);
}

int cmd_cutover_rollback(const cli_arguments *arguments)
{
    static const cutover_action action = {
        "rollback", "rollback",
        "Roll back even if what was written to the target since the cutover is lost?"};
    return cut_over(arguments, &action);
}
