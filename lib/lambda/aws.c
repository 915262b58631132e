/* Signed calls to AWS. */
#include "lambda/aws.h"

#include "base/arena.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

enum {
    MOST_TRIES = 5,
    FIRST_PAUSE = 100, /* milliseconds; twice as long each time */
    LONGEST_PAUSE = 5000,
    CALL_SECONDS = 15,
    LARGEST_ANSWER = 8 * 1024 * 1024,
    URL_SIZE = 1400
};

static const struct {
    const char *service, *action;
} calls[] = {
#define ROW(id, service, action, purpose) {service, action},
    CFN__VALIDATOR_CALLS(ROW) CFN__CUTOVER_CALLS(ROW)
#undef ROW
};

static const struct {
    const char *name, *host, *target, *type;
} services[] = {
#define ROW(id, name, host, target, type) {name, host, target, type},
    CFN__SERVICES(ROW)
#undef ROW
};

static cfn__service service_of(cfn__aws_call call)
{
    int s = 0;
    while (s + 1 < CFN__SERVICE_COUNT && strcmp(services[s].name, calls[call].service) != 0)
        s++;
    return (cfn__service)s;
}

bool cfn__aws_answers_xml(cfn__aws_call call)
{
    return strcmp(services[service_of(call)].type, CFN__TYPE_JSON) != 0;
}

/* Route 53 is one for all regions of a partition.
 * https://docs.aws.amazon.com/general/latest/gr/r53.html */
static const struct {
    const char *regions, *region, *host;
} route_53s[] = {{"cn-", "cn-northwest-1", "route53.amazonaws.com.cn"},
                 {"us-gov-", "us-gov-west-1", "route53.us-gov.amazonaws.com"},
                 {"", "us-east-1", "route53.amazonaws.com"}};

static size_t route_53_of(const cfn__aws *aws)
{
    size_t i = 0;
    while (!cfn__starts_with(aws->region, route_53s[i].regions))
        i++;
    return i;
}

/* ---- one try ---- */

static void make_url(char url[URL_SIZE], const cfn__aws *aws, cfn__aws_call call, const char *path)
{
    cfn__service service = service_of(call);
    const char *given = aws->service_endpoint[service];
    given = given ? given : aws->endpoint;
    if (given) {
        size_t length = strlen(given);
        while (length && given[length - 1] == '/')
            length--;
        snprintf(url, URL_SIZE, "%.*s%s", (int)length, given, path);
        return;
    }
    if (service == CFN__ROUTE_53)
        snprintf(url, URL_SIZE, "https://%s%s", route_53s[route_53_of(aws)].host, path);
    else
        snprintf(url, URL_SIZE, "https://%s.%s.amazonaws.com%s%s", services[service].host,
                 aws->region, cfn__starts_with(aws->region, "cn-") ? ".cn" : "", path);
}

static const char *method_of(cfn__aws_call call)
{
    switch (call) {
    case CFN__PUT_OBJECT:
        return "PUT";
    case CFN__GET_OBJECT:
    case CFN__LIST_RECORDS:
    case CFN__GET_CHANGE:
        return "GET";
    default:
        return "POST";
    }
}

/* Whole seconds that a try may take: 1 at least, for 0 would be no limit. */
static long seconds_left(const cfn__aws *aws)
{
    int64_t left = aws->deadline ? (aws->deadline - cfn__milliseconds()) / 1000 : CALL_SECONDS;
    return left < 1 ? 1 : left < CALL_SECONDS ? (long)left : CALL_SECONDS;
}

/* An empty header keeps libcurl from sending its own. */
static bool try_once(const cfn__aws *aws, cfn__http *http, cfn__aws_call call, const char *path,
                     const char *body, size_t length, cfn__response *response)
{
    const cfn__service service = service_of(call);
    const char *region =
        service == CFN__ROUTE_53 ? route_53s[route_53_of(aws)].region : aws->region;
    char url[URL_SIZE], target[120], type[120], token[4200];
    const char *headers[5] = {"Expect:", NULL};
    size_t count = 1;
    if (services[service].target) {
        snprintf(target, sizeof target, "X-Amz-Target: %s.%s", services[service].target,
                 calls[call].action);
        headers[count++] = target;
    }
    if (body) {
        snprintf(type, sizeof type, "Content-Type: %s", services[service].type);
        headers[count++] = type;
    }
    if (aws->session_token) {
        snprintf(token, sizeof token, "X-Amz-Security-Token: %s", aws->session_token);
        headers[count++] = token;
    }
    headers[count] = NULL;
    make_url(url, aws, call, path);
    const cfn__request request = {
        .method = method_of(call),
        .url = url,
        .headers = headers,
        .body = body,
        .length = length,
        .limit = LARGEST_ANSWER,
        .seconds = seconds_left(aws),
        .may_be_broken = true,
        .ca_file = aws->ca_file,
        .signature = {services[service].host, region, aws->key_id, aws->key, NULL},
    };
    return cfn__http_perform(http, &request, response) && response->status == 200;
}

/* ---- errors ---- */

/* {"__type": "com.amazon...#Code"} or <Error><Code>Code</Code>; "" when there is neither. */
static void read_code(const cfn__response *response, char code[CFN__ERROR_CODE_SIZE])
{
    static const char *const marks[] = {"\"__type\"", "<Code>"};
    const char *at = NULL;
    code[0] = '\0';
    for (size_t i = 0; i < sizeof marks / sizeof *marks && !at && response->body; i++) {
        at = strstr(response->body, marks[i]);
        at = at ? at + strlen(marks[i]) : NULL;
    }
    if (!at)
        return;
    at += strspn(at, " \t\r\n:\"");
    size_t whole = strcspn(at, "\"<"), length = 0;
    for (const char *p = at; p < at + whole; p++)
        length = *p == '#' ? 0 : length + 1;
    at += whole - length;
    for (size_t i = 0; i < length && i + 1 < CFN__ERROR_CODE_SIZE && cfn__is_alphanumeric(at[i]);
         i++) {
        code[i] = at[i];
        code[i + 1] = '\0';
    }
}

static bool is_one_of(const char *code, const char *const *codes)
{
    while (*codes && strcmp(code, *codes) != 0)
        codes++;
    return *codes;
}

/* Route 53 takes changes of a zone one after another, and SSM those of a parameter. */
bool cfn__aws_is_throttled(const char *code)
{
    static const char *const codes[] = {"ThrottlingException",
                                        "Throttling",
                                        "ThrottledException",
                                        "SlowDown",
                                        "TooManyRequestsException",
                                        "RequestLimitExceeded",
                                        "PriorRequestNotComplete",
                                        "TooManyUpdates",
                                        NULL};
    return is_one_of(code, codes);
}

static bool is_worth_another_try(const cfn__response *response, const char *code)
{
    static const char *const codes[] = {"InternalServiceError", "RequestTimeout", NULL};
    if (cfn__aws_is_throttled(code) || is_one_of(code, codes))
        return true;
    if (response->is_broken_off || response->has_no_memory)
        return false;
    return response->status == 0 || response->status == 429 || response->status >= 500;
}

/* Full jitter: anything from nothing to the longest pause of this try.
 * https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/ */
static bool pause_before_try(const cfn__aws *aws, int tries)
{
    uint32_t random = 0;
    int64_t longest = (int64_t)FIRST_PAUSE << (tries - 1);
    if (longest > LONGEST_PAUSE)
        longest = LONGEST_PAUSE;
    if (getrandom(&random, sizeof random, 0) != sizeof random)
        random = (uint32_t)cfn__milliseconds();
    long pause = (long)(random % (uint32_t)(longest + 1));
    if (cfn__is_interrupted(&aws->interrupt) ||
        (aws->deadline && cfn__milliseconds() + pause >= aws->deadline))
        return false;
    cfn__pause(&aws->interrupt, pause);
    return !cfn__is_interrupted(&aws->interrupt);
}

static void say_another_try(const cfn__aws *aws, cfn__aws_call call, const cfn__response *response,
                            const char *code)
{
    const cfn__log_field fields[] = {{"service", calls[call].service, 0},
                                     {"action", calls[call].action, 0},
                                     {"status", NULL, response->status},
                                     {"error", *code ? code : response->problem, 0},
                                     {.name = NULL}};
    cfn__say(aws->log, CFN__WARN, "trying a call to AWS again", fields);
}

bool cfn__aws_call_service(const cfn__aws *aws, cfn__aws_call call, const char *path,
                           const char *body, size_t length, cfn__response *response,
                           char code[CFN__ERROR_CODE_SIZE])
{
    cfn__http *http = aws->http ? aws->http : cfn__http_new(aws->interrupt);
    bool done = false;
    code[0] = '\0';
    if (!http) {
        response->has_no_memory = true;
        return false;
    }
    for (int tries = 1;; tries++) {
        done = try_once(aws, http, call, path, body, length, response);
        if (done)
            break;
        read_code(response, code);
        if (tries == MOST_TRIES || !is_worth_another_try(response, code) ||
            !pause_before_try(aws, tries))
            break;
        say_another_try(aws, call, response, code);
        cfn__response_free(response);
    }
    if (!aws->http)
        cfn__http_free(http);
    return done;
}

bool cfn__aws_fails(cfn__failure *failure, cfn__failure_type type, const char *what,
                    cfn__aws_call call, const cfn__response *response, const char *code)
{
    const char *service = calls[call].service, *action = calls[call].action;
    if (response->has_no_memory)
        return cfn__fails(failure, CFN__OUT_OF_MEMORY, "%s: memory is out", what);
    if (cfn__starts_with(code, "ExpiredToken") || strcmp(code, "RequestExpired") == 0)
        return cfn__fails(failure, CFN__EXPIRED_CREDENTIALS,
                          "%s: the credentials of the function have expired (%s:%s)", what, service,
                          action);
    if (response->status)
        return cfn__fails(failure, type, "%s: %s:%s answered %d %s", what, service, action,
                          response->status, code);
    return cfn__fails(
        failure, type,
        "%s: %s:%s cannot be reached: %s; the function needs a network that leads there", what,
        service, action, response->problem);
}

/* ---- objects ---- */

static bool object_path(char path[URL_SIZE / 2], const char *bucket, const char *key)
{
    return (size_t)snprintf(path, URL_SIZE / 2, "/%s/%s", bucket, key) < URL_SIZE / 2;
}

bool cfn__put_object(const cfn__aws *aws, const char *bucket, const char *key, const char *text,
                     size_t length, cfn__failure *failure)
{
    char path[URL_SIZE / 2], code[CFN__ERROR_CODE_SIZE] = "";
    cfn__response response = {0};
    if (!object_path(path, bucket, key))
        return cfn__fails(failure, CFN__STORAGE_FAILED, "the name of an object is too long");
    bool done = cfn__aws_call_service(aws, CFN__PUT_OBJECT, path, text, length, &response, code);
    if (!done)
        cfn__aws_fails(failure, CFN__STORAGE_FAILED, "an object cannot be written to REPORT_BUCKET",
                       CFN__PUT_OBJECT, &response, code);
    cfn__response_free(&response);
    return done;
}

const char *cfn__get_object(const cfn__aws *aws, cfn_arena *arena, const char *bucket,
                            const char *key, size_t *length, cfn__failure *failure)
{
    char path[URL_SIZE / 2], code[CFN__ERROR_CODE_SIZE] = "";
    const char *text = NULL;
    cfn__response response = {0};
    if (!object_path(path, bucket, key)) {
        cfn__fails(failure, CFN__STORAGE_FAILED, "the name of an object is too long");
        return NULL;
    }
    if (!cfn__aws_call_service(aws, CFN__GET_OBJECT, path, NULL, 0, &response, code))
        cfn__aws_fails(failure, CFN__STORAGE_FAILED, "an object cannot be read from REPORT_BUCKET",
                       CFN__GET_OBJECT, &response, code);
    else if (response.is_cut)
        cfn__fails(failure, CFN__STORAGE_FAILED, "the object %s is larger than %d bytes", key,
                   LARGEST_ANSWER);
    else
        text = cfn__strndup(arena, response.body, response.length);
    *length = response.length;
    cfn__response_free(&response);
    return text;
}
