/* One question to AWS: the arguments, the answer, and patience where AWS asks for it. */
#include "child.h"
#include "client.h"

#include <cfngen/read.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

enum { MOST_ARGUMENTS = 256, MOST_TRIES = 7 };

typedef struct arguments {
    const char *words[MOST_ARGUMENTS + 1];
    size_t count;
} arguments;

static void add(arguments *list, const char *word)
{
    if (list->count < MOST_ARGUMENTS)
        list->words[list->count++] = word;
}

static void add_arguments(arguments *list, const aws_client *client, const aws_call *call)
{
    const char *const first[] = {client->program, call->service, call->operation};
    for (size_t i = 0; i < sizeof first / sizeof *first; i++)
        add(list, first[i]);
    for (const char *const *word = call->arguments; word && *word; word++)
        add(list, *word);
    add(list, "--output");
    add(list, "json");
    if (client->region) {
        add(list, "--region");
        add(list, client->region);
    }
    if (call->input) {
        add(list, "--cli-input-json");
        add(list, "file:///dev/stdin");
    }
}

/* A copy of text, without the blanks around it and without what steers terminals. */
static char *trimmed(const char *text, size_t length)
{
    static const char blanks[] = " \t\r\n";
    while (length && strchr(blanks, *text)) {
        text++;
        length--;
    }
    while (length && strchr(blanks, text[length - 1]))
        length--;
    char *copy = strndup(text, length);
    for (char *c = copy; c && *c; c++)
        if ((unsigned char)*c < ' ' && *c != '\n')
            *c = ' ';
    return copy;
}

char *aws_trimmed(const char *text)
{
    return trimmed(text, strlen(text));
}

void aws_fail(aws_answer *answer, const char *format, ...)
{
    char text[1024];
    va_list list;
    va_start(list, format);
    vsnprintf(text, sizeof text, format, list);
    va_end(list);
    answer->outcome = AWS_FAILED;
    free(answer->message);
    answer->message = aws_trimmed(text);
}

/* "An error occurred (CODE) when calling the X operation: MESSAGE" is what AWS answered, where
 * " (reached max retries: N)" may stand before the colon; all else aws says itself. */
static void read_error(aws_answer *answer, const char *text)
{
    static const char before[] = "An error occurred (";
    const char *code = strstr(text, before);
    const char *end = code ? strchr(code, ')') : NULL;
    const char *retries = end ? strstr(end, " (reached max retries: ") : NULL;
    const char *message = end ? strstr(end, ": ") : NULL;
    if (message && retries && retries < message)
        message = strstr(message + 2, ": ");
    if (!message) {
        answer->outcome = AWS_FAILED;
        answer->message = aws_trimmed(text);
        return;
    }
    code += sizeof before - 1;
    answer->outcome = AWS_REFUSED;
    answer->code = strndup(code, (size_t)(end - code));
    answer->message = aws_trimmed(message + 2);
}

/* The first problem of a text that the reader did not take. */
static void read_problem(aws_answer *answer, const aws_call *call, cfn_diagnostics *problems)
{
    const cfn_diagnostic *d = cfn_diagnostics_at(problems, 0);
    aws_fail(answer, "the answer to %s %s is cut short or is not JSON: line %u, column %u: %s",
             call->service, call->operation, d ? (unsigned)d->mark.line : 0,
             d ? (unsigned)d->mark.column : 0, d ? d->message : "memory is out");
}

static void read_answer(aws_answer *answer, const aws_call *call, const child_text *out)
{
    if (call->answers_nothing)
        return;
    cfn_diagnostics *problems = cfn_diagnostics_new();
    answer->arena = cfn_arena_new();
    if (problems && answer->arena)
        answer->root = cfn_read_text(answer->arena, problems, "aws", out->text ? out->text : "",
                                     out->length, CFN_FORMAT_JSON);
    if (!problems)
        aws_fail(answer, "memory is out");
    else if (!answer->root)
        read_problem(answer, call, problems);
    cfn_diagnostics_free(problems);
}

static void read_status(aws_answer *answer, const aws_client *client, const aws_call *call,
                        const child_result *child)
{
    if (WIFSIGNALED(child->status))
        aws_fail(answer, "%s died of signal %d in %s %s", client->program, WTERMSIG(child->status),
                 call->service, call->operation);
    else if (WEXITSTATUS(child->status) == 0)
        read_answer(answer, call, &child->out);
    else
        read_error(answer, child->err.text ? child->err.text : "");
    if (answer->outcome == AWS_FAILED && answer->message && !*answer->message)
        aws_fail(answer, "%s ended with status %d and said nothing", client->program,
                 WEXITSTATUS(child->status));
}

static double time_limit(const aws_client *client, const aws_call *call)
{
    return call->seconds > client->timeout ? call->seconds : client->timeout;
}

static void read_child(aws_answer *answer, aws_client *client, const aws_call *call,
                       const child_result *child)
{
    const char *what = call->operation;
    switch (child->end) {
    case CHILD_ENDED:
        read_status(answer, client, call, child);
        break;
    case CHILD_NOT_STARTED:
        aws_fail(answer, "%s cannot be run: %s", client->program, strerror(child->error));
        break;
    case CHILD_NO_INPUT:
        aws_fail(answer, "%s cannot be read: %s", call->upload ? call->upload : "the input",
                 strerror(child->error));
        break;
    case CHILD_TOO_MUCH:
        aws_fail(answer, "the answer to %s %s is larger than %d bytes", call->service, what,
                 CFN_MAX_INPUT_BYTES);
        break;
    case CHILD_TIMED_OUT:
        aws_fail(answer, "%s did not end within %g seconds in %s %s (CFNGEN_AWS_TIMEOUT)",
                 client->program, time_limit(client, call), call->service, what);
        break;
    case CHILD_INTERRUPTED:
        client->interrupted = child->error;
        answer->outcome = AWS_INTERRUPTED;
        break;
    case CHILD_NO_MEMORY:
        aws_fail(answer, "memory is out");
        break;
    }
}

static aws_answer ask_once(aws_client *client, const aws_call *call)
{
    aws_answer answer = {.outcome = client->interrupted ? AWS_INTERRUPTED : AWS_ANSWERED};
    if (client->interrupted)
        return answer;
    arguments list = {{NULL}, 0};
    add_arguments(&list, client, call);
    child_job job = {
        .argv = (char *const *)list.words,
        .input = call->input ? call->input : call->upload_text,
        .file = call->upload,
        .most = CFN_MAX_INPUT_BYTES,
        .seconds = time_limit(client, call),
        .signals = client->signals,
    };
    child_result child = child_run(&job);
    read_child(&answer, client, call, &child);
    if (answer.message)
        aws_mask(client, answer.message);
    child_free(&child);
    return answer;
}

/* Codes with which AWS asks for patience: what was asked was not done. */
static bool is_throttled(const aws_answer *answer)
{
    static const char *const codes[] = {"Throttling",
                                        "ThrottlingException",
                                        "ThrottledException",
                                        "RequestLimitExceeded",
                                        "RequestThrottled",
                                        "RequestThrottledException",
                                        "TooManyRequestsException",
                                        "SlowDown",
                                        NULL};
    for (const char *const *code = codes; *code; code++)
        if (aws_refused(answer, *code, NULL))
            return true;
    return false;
}

/* What may be better in a moment, and does no harm when it is asked again. */
static bool is_passing(const aws_answer *answer)
{
    static const char *const codes[] = {"ServiceUnavailable",
                                        "ServiceUnavailableException",
                                        "InternalFailure",
                                        "InternalError",
                                        "503",
                                        NULL};
    static const char *const texts[] = {"Could not connect to the endpoint URL",
                                        "Connection was closed before",
                                        "Read timeout on endpoint URL",
                                        "Connect timeout on endpoint URL",
                                        "Connection reset by peer",
                                        NULL};
    for (const char *const *code = codes; *code; code++)
        if (aws_refused(answer, *code, NULL))
            return true;
    for (const char *const *text = texts; *text; text++)
        if (answer->outcome == AWS_FAILED && answer->message && strstr(answer->message, *text))
            return true;
    return false;
}

aws_answer aws_ask(aws_client *client, const aws_call *call)
{
    aws_answer answer = ask_once(client, call);
    double pause = 1;
    for (int tries = 1; tries < MOST_TRIES; tries++) {
        if (!is_throttled(&answer) && !(call->reads_only && is_passing(&answer)))
            break;
        if (!aws_pause(client, pause))
            break;
        aws_answer_free(&answer);
        answer = ask_once(client, call);
        pause *= 2;
    }
    return answer;
}

void aws_answer_free(aws_answer *answer)
{
    cfn_arena_free(answer->arena);
    free(answer->code);
    free(answer->message);
    *answer = (aws_answer){0};
}

bool aws_refused(const aws_answer *answer, const char *code, const char *text)
{
    return answer->outcome == AWS_REFUSED && answer->code && strcmp(answer->code, code) == 0 &&
           (!text || (answer->message && strstr(answer->message, text)));
}
