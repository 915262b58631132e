/* The options of the commands of the cutover. */
#include "../deploy/options.h"
#include "cutover.h"

#include <stdlib.h>
#include <string.h>

static bool is_seconds(const char *text)
{
    return *text && strspn(text, "0123456789.") == strlen(text) && strtod(text, NULL) < 1e7;
}

static const cli_option stack = {
    .name = "stack",
    .value = "STACK",
    .purpose = "A deployed stack, by name or id: its output CutoverFunctionName names the "
               "function; with STACK/OutputKey another output does",
};
static const cli_option function = {
    .name = "function",
    .value = "NAME",
    .purpose = "The function itself, by name or ARN, instead of a stack",
};
static const cli_option force = {
    .name = "force",
    .purpose = "Do it in spite of what the function refuses it for; asks first, and is told to the "
               "log and the topic",
};
static const cli_option reverse = {
    .name = "reverse",
    .purpose = "With the reverse task: complete starts it in place of the forward one, so that the "
               "source gets what is written to the target; rollback stops it when it has caught up",
};
static const cli_option wait = {
    .name = "wait",
    .purpose = "Go on until it is done: until the record is in sync, and tasks have stopped or run",
};
static const cli_option max_seconds = {
    .name = "max-seconds",
    .value = "SECONDS",
    .accepts = is_seconds,
    .form = "a number of seconds",
    .purpose = "With --wait: begin no further invocation after that time",
};

const cli_option *const cutover_status_options[] = {&stack, &function, &as_json, &aws_region, NULL};
const cli_option *const cutover_shift_options[] = {
    &stack, &function, &force, &yes, &wait, &max_seconds, &as_json, &aws_region, NULL};
const cli_option *const cutover_switch_options[] = {
    &stack, &function, &reverse, &force, &yes, &wait, &max_seconds, &as_json, &aws_region, NULL};
