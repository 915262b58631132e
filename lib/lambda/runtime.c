/* The loop of the runtime. */
#include "lambda/runtime.h"

#include "base/arena.h"
#include "base/buffer.h"

#include <stdlib.h>
#include <string.h>

/* Answers of the interface that are not invocations are small. */
enum { SMALL = 64 * 1024, ANSWER_SECONDS = 30, URL_SIZE = 600 };

typedef enum verdict { GO_ON, TOO_LARGE, STOP } verdict;

static const char *text_or(const char *text, const char *otherwise)
{
    return text ? text : otherwise;
}

/* What the interface said to an answer. */
static verdict judge(const cfn__runtime *runtime, bool answered, const cfn__response *response)
{
    const cfn__log_field fields[] = {
        {"status", NULL, response->status}, {"problem", response->problem, 0}, {.name = NULL}};
    if (answered && response->status >= 200 && response->status < 300)
        return GO_ON;
    if (answered && response->status == 413)
        return TOO_LARGE;
    cfn__say(runtime->log, CFN__ERROR, "the runtime's interface did not take an answer", fields);
    return answered && response->status < 500 ? GO_ON : STOP;
}

static verdict post(const cfn__runtime *runtime, const char *path, const char *type,
                    const char *body, size_t length)
{
    char url[URL_SIZE], header[160];
    const char *headers[] = {"Content-Type: application/json", "Expect:", NULL, NULL};
    cfn__response response = {0};
    snprintf(url, sizeof url, "http://%s/2018-06-01/runtime/%s", runtime->address, path);
    if (type) {
        snprintf(header, sizeof header, "Lambda-Runtime-Function-Error-Type: %s", type);
        headers[2] = header;
    }
    const cfn__request request = {.method = "POST",
                                  .url = url,
                                  .headers = headers,
                                  .body = body,
                                  .length = length,
                                  .limit = SMALL,
                                  .seconds = ANSWER_SECONDS};
    bool answered = cfn__http_perform(runtime->http, &request, &response);
    verdict v = judge(runtime, answered, &response);
    cfn__response_free(&response);
    return v;
}

static verdict post_failure(const cfn__runtime *runtime, const char *path,
                            const cfn__failure *failure)
{
    cfn__buffer body = {0};
    const char *type = cfn__failure_name(runtime->function, failure->type);
    cfn__buffer_add_text(&body, "{\"errorMessage\":");
    cfn__buffer_add_json_string(&body, failure->message, strlen(failure->message));
    cfn__buffer_format(&body, ",\"errorType\":\"%s\",\"stackTrace\":[]}", type);
    const cfn__log_field fields[] = {
        {"errorType", type, 0}, {"errorMessage", failure->message, 0}, {.name = NULL}};
    cfn__say(runtime->log, CFN__ERROR, "failed", fields);
    verdict v = body.failed ? STOP : post(runtime, path, type, body.text, body.length);
    cfn__buffer_free(&body);
    return v == TOO_LARGE ? GO_ON : v;
}

void cfn__runtime_cannot_start(const cfn__runtime *runtime, const cfn__failure *failure)
{
    post_failure(runtime, "init/error", failure);
}

/* An answer that the interface finds too large is not followed by an error: the interface has told
 * one by itself. */
static bool answer(const cfn__runtime *runtime, const cfn__invocation *invocation, bool is_cut)
{
    char path[URL_SIZE / 2];
    cfn__failure failure = {0};
    const char *text = NULL;
    verdict v;
    if (is_cut)
        cfn__fails(&failure, CFN__BAD_EVENT, "the event is larger than %d bytes",
                   CFN__MOST_EVENT_BYTES);
    else
        text = runtime->handle(runtime->context, invocation, &failure);
    if (!text)
        cfn__fails(&failure, CFN__OUT_OF_MEMORY,
                   "memory is out: give the function more with MemorySize");
    snprintf(path, sizeof path, "invocation/%s/%s", invocation->request_id,
             failure.type ? "error" : "response");
    if (failure.type || !text) {
        v = post_failure(runtime, path, &failure);
    } else {
        v = post(runtime, path, NULL, text, strlen(text));
        if (v == TOO_LARGE) {
            cfn__fails(&failure, CFN__ANSWER_TOO_LARGE, "the answer is larger than Lambda takes");
            cfn__say(runtime->log, CFN__ERROR, failure.message, NULL);
        }
    }
    runtime->told(runtime->context, &failure);
    return v != STOP;
}

static bool is_request_id(const char *text)
{
    size_t length = text ? strlen(text) : 0;
    return length && length <= 128 &&
           strspn(text, "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_") ==
               length;
}

/* The headers are copied: the answer's request overwrites them. */
static bool invoke(const cfn__runtime *runtime, const cfn__response *event)
{
    cfn_arena *arena = cfn_arena_new();
    const char *id = cfn__http_header(runtime->http, "Lambda-Runtime-Aws-Request-Id");
    const char *trace = cfn__http_header(runtime->http, "Lambda-Runtime-Trace-Id");
    const char *deadline = cfn__http_header(runtime->http, "Lambda-Runtime-Deadline-Ms");
    bool goes_on = false;
    if (arena && is_request_id(id)) {
        cfn__invocation invocation = {.request_id = cfn__strdup(arena, id),
                                      .event = event->body,
                                      .length = event->length,
                                      .deadline = strtoll(text_or(deadline, "0"), NULL, 10),
                                      .arena = arena};
        runtime->log->request_id = invocation.request_id;
        runtime->log->trace_id = trace ? cfn__strdup(arena, trace) : NULL;
        if (trace)
            setenv("_X_AMZN_TRACE_ID", trace, 1);
        goes_on = answer(runtime, &invocation, event->is_cut);
        runtime->log->request_id = runtime->log->trace_id = NULL;
    } else {
        cfn__say(runtime->log, CFN__ERROR, arena ? "an invocation has no id" : "memory is out",
                 NULL);
    }
    cfn_arena_free(arena);
    return goes_on;
}

/* Waits for the next invocation without limit: the environment sleeps meanwhile. */
static bool take_next(const cfn__runtime *runtime, cfn__response *event)
{
    char url[URL_SIZE];
    snprintf(url, sizeof url, "http://%s/2018-06-01/runtime/invocation/next", runtime->address);
    const cfn__request request = {
        .method = "GET", .url = url, .limit = CFN__MOST_EVENT_BYTES, .may_be_broken = true};
    if (cfn__http_perform(runtime->http, &request, event) && event->status == 200)
        return true;
    if (!event->is_broken_off) {
        const cfn__log_field fields[] = {
            {"status", NULL, event->status}, {"problem", event->problem, 0}, {.name = NULL}};
        cfn__say(runtime->log, CFN__ERROR, "the runtime's interface gives no invocation", fields);
    }
    return false;
}

bool cfn__runtime_loop(const cfn__runtime *runtime)
{
    bool goes_on = true;
    while (goes_on && !cfn__is_interrupted(&runtime->interrupt)) {
        cfn__response event = {0};
        goes_on = take_next(runtime, &event) && invoke(runtime, &event);
        cfn__response_free(&event);
    }
    return cfn__is_interrupted(&runtime->interrupt);
}
