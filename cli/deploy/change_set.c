/* Makes, shows, executes and drops change sets. */
#include "change_set.h"

#include <string.h>
#include <time.h>
#include <unistd.h>

void name_change_set(change_set *set, const char *stack, bool creates)
{
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    *set = (change_set){.stack = stack, .creates = creates};
    snprintf(set->name, sizeof set->name, "cfngen-%lld-%ld", (long long)now.tv_sec, (long)getpid());
}

static change_set_end refuse(const aws_answer *answer, const char *what)
{
    aws_complain(answer, what);
    return answer->outcome == AWS_INTERRUPTED ? CHANGE_SET_STOPPED : CHANGE_SET_FAILED;
}

static aws_answer describe(aws_client *client, const change_set *set)
{
    return aws_ask(
        client, &(aws_call){.service = "cloudformation",
                            .operation = "describe-change-set",
                            .arguments = (const char *const[]){"--change-set-name", set->id, NULL},
                            .reads_only = true});
}

static bool says_nothing_changes(const char *reason)
{
    return reason &&
           (strstr(reason, "didn't contain changes") || strstr(reason, "No updates are to be"));
}

static change_set_end wait_for(aws_client *client, change_set *set)
{
    static const char what[] = "the change set cannot be looked up";
    for (double pause = 1;; pause = pause < 5 ? pause * 1.5 : pause) {
        aws_answer_free(&set->answer);
        set->answer = describe(client, set);
        if (set->answer.outcome != AWS_ANSWERED)
            return refuse(&set->answer, what);
        const char *status = text_of(set->answer.root, "Status");
        const char *reason = text_of(set->answer.root, "StatusReason");
        if (strcmp(status, "CREATE_COMPLETE") == 0)
            return CHANGE_SET_READY;
        if (strcmp(status, "FAILED") == 0 && says_nothing_changes(reason))
            return CHANGE_SET_EMPTY;
        if (strcmp(status, "CREATE_PENDING") != 0 && strcmp(status, "CREATE_IN_PROGRESS") != 0) {
            char text[2048];
            copy_text(client, text, sizeof text, *reason ? reason : status);
            trouble("CloudFormation refuses the change: %s", text);
            return CHANGE_SET_FAILED;
        }
        if (!aws_pause(client, pause))
            return CHANGE_SET_STOPPED;
    }
}

change_set_end make_change_set(aws_client *client, change_set *set, const char *request)
{
    set->made = true;
    aws_answer made = aws_ask(client, &(aws_call){.service = "cloudformation",
                                                  .operation = "create-change-set",
                                                  .input = request});
    if (made.outcome == AWS_REFUSED)
        set->made = false;
    if (made.outcome == AWS_REFUSED && says_nothing_changes(made.message)) {
        aws_answer_free(&made);
        return CHANGE_SET_EMPTY;
    }
    if (made.outcome != AWS_ANSWERED) {
        change_set_end end = refuse(&made, "the change set cannot be made");
        aws_answer_free(&made);
        return end;
    }
    snprintf(set->id, sizeof set->id, "%s", text_of(made.root, "Id"));
    snprintf(set->stack_id, sizeof set->stack_id, "%s", text_of(made.root, "StackId"));
    aws_answer_free(&made);
    return wait_for(client, set);
}

void change_set_free(change_set *set)
{
    aws_answer_free(&set->answer);
}

static void drop(aws_client *client, const char *operation, const char *const *arguments,
                 const char *what)
{
    aws_answer answer = aws_ask(client, &(aws_call){.service = "cloudformation",
                                                    .operation = operation,
                                                    .arguments = arguments,
                                                    .answers_nothing = true});
    if (answer.outcome != AWS_ANSWERED &&
        !aws_refused(&answer, "ValidationError", "does not exist") &&
        !aws_refused(&answer, "ChangeSetNotFound", NULL))
        aws_complain(&answer, what);
    aws_answer_free(&answer);
}

/* Only when there is nothing in it. */
static void drop_stack(aws_client *client, const change_set *set)
{
    deployed_stack stack;
    bool known = describe_stack(client, set->stack, &stack);
    const char *const arguments[] = {"--stack-name", text_of(stack.node, "StackId"), NULL};
    if (known && stack.state.phase == STACK_REVIEWED)
        drop(client, "delete-stack", arguments, "the empty stack is still there");
    deployed_stack_free(&stack);
}

void drop_change_set(aws_client *client, change_set *set)
{
    const char *const by_id[] = {"--change-set-name", set->id, NULL};
    const char *const by_name[] = {"--stack-name", set->stack, "--change-set-name", set->name,
                                   NULL};
    if (!set->made)
        return;
    drop(client, "delete-change-set", *set->id ? by_id : by_name, "the change set is still there");
    if (set->creates)
        drop_stack(client, set);
    set->made = false;
}

aws_outcome execute_change_set(aws_client *client, const change_set *set)
{
    aws_answer answer = aws_ask(
        client, &(aws_call){.service = "cloudformation",
                            .operation = "execute-change-set",
                            .arguments = (const char *const[]){"--change-set-name", set->id, NULL},
                            .answers_nothing = true});
    aws_outcome outcome = answer.outcome;
    if (outcome != AWS_ANSWERED)
        aws_complain(&answer, "the change set cannot be executed");
    aws_answer_free(&answer);
    return outcome;
}

/* ---- what it says ---- */

static const cfn_node *changes_of(const change_set *set)
{
    return cfn_node_first(cfn_node_get(set->answer.root, "Changes"));
}

/* In words: what is done to the resource. */
static const char *verb_of(const cfn_node *change)
{
    static const char *const verbs[][2] = {{"Add", "create"},
                                           {"Remove", "delete"},
                                           {"Import", "import"},
                                           {"Modify", "update"},
                                           {"Dynamic", "may change"}};
    const char *action = text_of(change, "Action");
    const char *replacement = text_of(change, "Replacement");
    if (strcmp(action, "Modify") == 0 && strcmp(replacement, "True") == 0)
        return "REPLACE";
    if (strcmp(action, "Modify") == 0 && strcmp(replacement, "Conditional") == 0)
        return "may replace";
    for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++)
        if (strcmp(action, verbs[i][0]) == 0)
            return verbs[i][1];
    return action;
}

size_t print_changes(const change_set *set)
{
    size_t count = 0;
    for (const cfn_node *n = changes_of(set); n; n = cfn_node_next(n)) {
        const cfn_node *change = cfn_node_get(n, "ResourceChange");
        printf("  %-12s %-34s %s\n", verb_of(change), text_of(change, "ResourceType"),
               text_of(change, "LogicalResourceId"));
        count++;
    }
    return count;
}

const cfn_node *find_risk(const change_set *set, bool (*holds_data)(const char *type))
{
    static const char *const risky[] = {"REPLACE", "may replace", "delete"};
    for (const cfn_node *n = changes_of(set); n; n = cfn_node_next(n)) {
        const cfn_node *change = cfn_node_get(n, "ResourceChange");
        for (size_t i = 0; i < sizeof risky / sizeof *risky; i++)
            if (strcmp(verb_of(change), risky[i]) == 0 &&
                holds_data(text_of(change, "ResourceType")))
                return change;
    }
    return NULL;
}
