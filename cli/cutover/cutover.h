/* What the commands of `cfngen cutover` share: the function that cuts over, and what it answers. */
#ifndef CLI_CUTOVER_H
#define CLI_CUTOVER_H

#include "../aws/aws.h"
#include "../deploy/stack.h"

/* What a command has the function do. */
typedef struct cutover_action {
    const char *command;  /* the word after "cfngen cutover" */
    const char *event;    /* the action of the function's event */
    const char *question; /* before it is forced; NULL: it cannot be */
} cutover_action;

/* A run of one of the commands. Start with {.arguments, .action}. */
typedef struct cutover_run {
    const cli_arguments *arguments;
    const cutover_action *action;
    aws_client *client;
    cfn_arena *arena;
    deployed_stack stack;
    const char *function; /* of an option, or of an output of the stack */
    const char *mark;     /* the id of the run, from the first answer; NULL: none yet */
    const cfn_node *answer;
} cutover_run;

/* Invokes the function once; `answer` is what it answered. STATUS_CLEAN, or the exit status after
 * saying why there is no answer, and what helps. */
int ask_function(cutover_run *run);

/* Whether a member of the answer is true. */
bool is_set(const cutover_run *run, const char *member);

/* Prints the answer for people: a line for each thing, and what to type next. */
void print_cutover(const cutover_run *run);

extern const cli_option *const cutover_status_options[];
extern const cli_option *const cutover_shift_options[];
extern const cli_option *const cutover_switch_options[]; /* of complete and of rollback */

#endif
