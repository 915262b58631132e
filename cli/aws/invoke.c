/* Has a function of Lambda run, and reads what it answers. */
#include "client.h"

#include <cfngen/read.h>
#include <stdlib.h>
#include <unistd.h>

/* What Lambda allows, and time to start the function. */
enum { LONGEST_INVOCATION = 960 };
#define LONGEST_READ "960"

static const char *member(const cfn_node *map, const char *key, const char *otherwise)
{
    const char *text = cfn_node_text(cfn_node_get(map, key));
    return text && *text ? text : otherwise;
}

/* What the function answered is a file; `answer` is what aws said of the call until then. */
static void read_answer(aws_answer *answer, const aws_client *client, cfn_arena *arena,
                        const char *file)
{
    cfn_diagnostics *problems = cfn_diagnostics_new();
    bool raised = cfn_node_get(answer->root, "FunctionError") != NULL;
    answer->root = problems ? cfn_read_file(arena, problems, file, CFN_FORMAT_JSON) : NULL;
    if (!answer->root) {
        aws_fail(answer, problems ? "its answer is no JSON object" : "memory is out");
    } else if (raised) {
        aws_fail(answer, "%s", member(answer->root, "errorMessage", "it did not say why"));
        answer->code = aws_trimmed(member(answer->root, "errorType", "an error"));
    }
    if (answer->outcome != AWS_ANSWERED)
        answer->outcome = AWS_RAISED;
    if (answer->message)
        aws_mask(client, answer->message);
    cfn_diagnostics_free(problems);
}

aws_answer aws_invoke(aws_client *client, cfn_arena *arena, const char *function, const char *event)
{
    char file[] = "/tmp/cfngen-answer-XXXXXX";
    int descriptor = mkstemp(file);
    aws_answer answer = {.outcome = AWS_FAILED};
    if (descriptor < 0) {
        aws_fail(&answer, "no file can be made in /tmp for what it answers");
        return answer;
    }
    close(descriptor);
    const char *const words[] = {file,
                                 "--function-name",
                                 function,
                                 "--payload",
                                 "fileb:///dev/stdin",
                                 "--cli-read-timeout",
                                 LONGEST_READ,
                                 NULL};
    answer = aws_ask(client, &(aws_call){.service = "lambda",
                                         .operation = "invoke",
                                         .arguments = words,
                                         .upload_text = event,
                                         .seconds = LONGEST_INVOCATION});
    if (answer.outcome == AWS_ANSWERED)
        read_answer(&answer, client, arena, file);
    unlink(file);
    return answer;
}
