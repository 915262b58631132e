/* cfngen drift: what is different from the template, because somebody changed it by hand. */
#include "stack.h"

#include <string.h>

static bool begin_detection(aws_client *client, const char *name, char id[128])
{
    char what[256];
    snprintf(what, sizeof what, "the drift of the stack %s cannot be detected", name);
    aws_answer answer = aws_ask(
        client, &(aws_call){.service = "cloudformation",
                            .operation = "detect-stack-drift",
                            .arguments = (const char *const[]){"--stack-name", name, NULL}});
    bool good = answer.outcome == AWS_ANSWERED;
    if (!good)
        aws_complain(&answer, what);
    snprintf(id, 128, "%s", text_of(answer.root, "StackDriftDetectionId"));
    aws_answer_free(&answer);
    return good;
}

/* Waits until the detection has ended; `reason` is why it did not come to its end. */
static bool await_detection(aws_client *client, const char *id, char reason[1024])
{
    static const char what[] = "the detection of the drift cannot be looked up";
    do {
        aws_answer answer = aws_ask(
            client,
            &(aws_call){.service = "cloudformation",
                        .operation = "describe-stack-drift-detection-status",
                        .arguments = (const char *const[]){"--stack-drift-detection-id", id, NULL},
                        .reads_only = true});
        const char *status = text_of(answer.root, "DetectionStatus");
        bool good = answer.outcome == AWS_ANSWERED;
        bool ended = strcmp(status, "DETECTION_IN_PROGRESS") != 0;
        bool failed = strcmp(status, "DETECTION_FAILED") == 0;
        snprintf(reason, 1024, "%s", failed ? text_of(answer.root, "DetectionStatusReason") : "");
        if (failed && !*reason)
            snprintf(reason, 1024, "%s", status);
        if (!good)
            aws_complain(&answer, what);
        aws_answer_free(&answer);
        if (!good || ended)
            return good;
    } while (aws_pause(client, 3));
    return false;
}

static void print_difference(const cfn_node *difference)
{
    const char *expected = text_of(difference, "ExpectedValue");
    const char *actual = text_of(difference, "ActualValue");
    const char *type = text_of(difference, "DifferenceType");
    printf("    %s\n", text_of(difference, "PropertyPath"));
    if (strcmp(type, "ADD") != 0)
        printf("      - %s\n", expected);
    if (strcmp(type, "REMOVE") != 0)
        printf("      + %s\n", actual);
}

static size_t print_drifts(const cfn_node *drifts)
{
    size_t count = 0;
    for (const cfn_node *n = cfn_node_first(drifts); n; n = cfn_node_next(n)) {
        const char *status = text_of(n, "StackResourceDriftStatus");
        const cfn_node *differences = cfn_node_get(n, "PropertyDifferences");
        if (strcmp(status, "MODIFIED") != 0 && strcmp(status, "DELETED") != 0)
            continue;
        printf("  %-9s %s (%s) %s\n", status, text_of(n, "LogicalResourceId"),
               text_of(n, "ResourceType"), text_of(n, "PhysicalResourceId"));
        for (const cfn_node *d = cfn_node_first(differences); d; d = cfn_node_next(d))
            print_difference(d);
        count++;
    }
    return count;
}

enum { TOKEN_SIZE = 2048 };

/* A page of them; `token` tells which, empty the first one, and then where the next one is: aws
 * goes through the pages of this call only when it is told to. */
static bool show_page(aws_client *client, const char *name, char token[TOKEN_SIZE], size_t *count)
{
    const char *const arguments[] = {
        "--stack-name", name,      "--stack-resource-drift-status-filters",
        "MODIFIED",     "DELETED", *token ? "--next-token" : NULL,
        token,          NULL};
    aws_answer answer = aws_ask(client, &(aws_call){.service = "cloudformation",
                                                    .operation = "describe-stack-resource-drifts",
                                                    .arguments = arguments,
                                                    .reads_only = true});
    bool good = answer.outcome == AWS_ANSWERED;
    if (!good)
        aws_complain(&answer, "the drifts cannot be read");
    *count += print_drifts(cfn_node_get(answer.root, "StackResourceDrifts"));
    const char *next = text_of(answer.root, "NextToken");
    snprintf(token, TOKEN_SIZE, "%s", strcmp(next, token) == 0 ? "" : next);
    aws_answer_free(&answer);
    return good;
}

static int show_drifts(aws_client *client, const char *name)
{
    char token[TOKEN_SIZE] = "";
    size_t count = 0;
    do {
        if (!show_page(client, name, token, &count))
            return STATUS_TROUBLE;
    } while (*token);
    if (count)
        printf("%zu resource%s of the stack %s drifted from the template.\n", count,
               count == 1 ? "" : "s", name);
    else
        printf("The stack %s is as its template says, as far as CloudFormation can tell.\n", name);
    return count ? STATUS_FINDINGS : STATUS_CLEAN;
}

static int detect(aws_client *client, const char *name)
{
    char id[128], reason[1024];
    if (!begin_detection(client, name, id) || !await_detection(client, id, reason))
        return aws_interrupted(client) ? STATUS_INCOMPLETE : STATUS_TROUBLE;
    if (*reason)
        fprintf(stderr, "cfngen: warning: some resources were not looked at: %s\n", reason);
    int status = show_drifts(client, name);
    return *reason && status == STATUS_CLEAN ? STATUS_INCOMPLETE : status;
}

int cmd_drift(const cli_arguments *arguments)
{
    const char *name = arguments->operands[0];
    aws_client *client = aws_open(option_value(arguments, "region"));
    int status = client ? detect(client, name) : STATUS_TROUBLE;
    if (client && aws_interrupted(client)) {
        fputs("cfngen: interrupted; the detection goes on, and changes nothing\n", stderr);
        status = STATUS_INCOMPLETE;
    }
    aws_close(client);
    return status;
}
