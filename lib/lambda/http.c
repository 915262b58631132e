/* HTTP over libcurl. Requests are made with its multi interface, because that can wait for the
 * interrupt as well. */
#include "lambda/http.h"

#include "lambda/wipe.h"

#include <curl/curl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { CONNECT_SECONDS = 5, FIRST_ROOM = 16 * 1024 };

struct cfn__http {
    CURL *easy;
    CURLM *multi;
    cfn__interrupt interrupt;
};

/* What libcurl frees may have been a secret. */
bool cfn__http_begin(void)
{
    return curl_global_init_mem(CURL_GLOBAL_ALL, malloc, cfn__wipe_and_free, realloc, strdup,
                                calloc) == CURLE_OK;
}

void cfn__http_end(void)
{
    curl_global_cleanup();
}

bool cfn__is_interrupted(const cfn__interrupt *interrupt)
{
    return interrupt->flag && *interrupt->flag;
}

cfn__http *cfn__http_new(cfn__interrupt interrupt)
{
    cfn__http *http = calloc(1, sizeof *http);
    if (!http)
        return NULL;
    http->interrupt = interrupt;
    http->easy = curl_easy_init();
    http->multi = curl_multi_init();
    if (http->easy && http->multi)
        return http;
    cfn__http_free(http);
    return NULL;
}

void cfn__http_free(cfn__http *http)
{
    if (!http)
        return;
    curl_easy_cleanup(http->easy);
    curl_multi_cleanup(http->multi);
    free(http);
}

/* Not realloc, which would leave the old memory as it was. */
static bool make_room(cfn__response *response, size_t needed)
{
    size_t room = response->room ? response->room : FIRST_ROOM;
    while (room < needed)
        room *= 2;
    if (room == response->room)
        return true;
    char *body = calloc(1, room);
    if (!body)
        return false;
    if (response->length)
        memcpy(body, response->body, response->length);
    cfn__wipe_and_free(response->body);
    response->body = body;
    response->room = room;
    return true;
}

typedef struct receiver {
    cfn__response *response;
    size_t limit;
} receiver;

static size_t receive(char *data, size_t one, size_t count, void *context)
{
    receiver *r = context;
    cfn__response *response = r->response;
    (void)one;
    if (count > r->limit - response->length) {
        response->is_cut = true;
        return count;
    }
    if (!make_room(response, response->length + count + 1)) {
        response->has_no_memory = true;
        return 0;
    }
    memcpy(response->body + response->length, data, count);
    response->length += count;
    response->body[response->length] = '\0';
    return count;
}

void cfn__response_free(cfn__response *response)
{
    cfn__wipe_and_free(response->body);
    *response = (cfn__response){0};
}

static struct curl_slist *header_list(const cfn__request *request, bool *complete)
{
    struct curl_slist *list = NULL;
    *complete = true;
    for (const char *const *h = request->headers; h && *h && *complete; h++) {
        struct curl_slist *longer = curl_slist_append(list, *h);
        *complete = longer != NULL;
        list = longer ? longer : list;
    }
    return list;
}

static void sign(CURL *easy, const cfn__signature *signature)
{
    char provider[160];
    if (!signature->key)
        return;
    snprintf(provider, sizeof provider, "aws:amz:%s:%s", signature->region, signature->service);
    curl_easy_setopt(easy, CURLOPT_AWS_SIGV4, provider);
    curl_easy_setopt(easy, CURLOPT_USERNAME, signature->key_id);
    curl_easy_setopt(easy, CURLOPT_PASSWORD, signature->key);
}

static void prepare(CURL *easy, const cfn__request *request, struct curl_slist *headers,
                    receiver *to)
{
    curl_easy_reset(easy);
    curl_easy_setopt(easy, CURLOPT_URL, request->url);
    curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(easy, CURLOPT_PROXY, "");
    curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT, (long)CONNECT_SECONDS);
    curl_easy_setopt(easy, CURLOPT_TIMEOUT, request->seconds);
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, receive);
    curl_easy_setopt(easy, CURLOPT_WRITEDATA, to);
    curl_easy_setopt(easy, CURLOPT_HTTPHEADER, headers);
    if (request->ca_file)
        curl_easy_setopt(easy, CURLOPT_CAINFO, request->ca_file);
    if (request->body) {
        curl_easy_setopt(easy, CURLOPT_POSTFIELDS, request->body);
        curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)request->length);
    }
    curl_easy_setopt(easy, CURLOPT_CUSTOMREQUEST, request->method);
    sign(easy, &request->signature);
}

/* What became of the transfer, once it has ended. */
static bool has_ended(cfn__http *http, CURLcode *result)
{
    int left;
    for (CURLMsg *m = curl_multi_info_read(http->multi, &left); m;
         m = curl_multi_info_read(http->multi, &left))
        if (m->msg == CURLMSG_DONE) {
            *result = m->data.result;
            return true;
        }
    return false;
}

static CURLcode transfer(cfn__http *http, const cfn__request *request, cfn__response *response)
{
    CURLcode result = CURLE_OK;
    int running = 1;
    bool watched = request->may_be_broken && http->interrupt.wake >= 0;
    while (curl_multi_perform(http->multi, &running) == CURLM_OK && !has_ended(http, &result)) {
        struct curl_waitfd wake = {http->interrupt.wake, CURL_WAIT_POLLIN, 0};
        if (request->may_be_broken && cfn__is_interrupted(&http->interrupt)) {
            response->is_broken_off = true;
            return CURLE_ABORTED_BY_CALLBACK;
        }
        if (!running || curl_multi_poll(http->multi, &wake, watched, 1000, NULL) != CURLM_OK)
            return CURLE_FAILED_INIT;
    }
    return result;
}

bool cfn__http_perform(cfn__http *http, const cfn__request *request, cfn__response *response)
{
    bool complete;
    struct curl_slist *headers = header_list(request, &complete);
    receiver to = {response, request->limit};
    CURLcode result = CURLE_OUT_OF_MEMORY;
    if (complete && make_room(response, 1)) {
        prepare(http->easy, request, headers, &to);
        if (curl_multi_add_handle(http->multi, http->easy) == CURLM_OK) {
            result = transfer(http, request, response);
            curl_multi_remove_handle(http->multi, http->easy);
        }
    }
    curl_slist_free_all(headers);
    if (result == CURLE_OK) {
        long status = 0;
        curl_easy_getinfo(http->easy, CURLINFO_RESPONSE_CODE, &status);
        response->status = (int)status;
        return true;
    }
    response->has_no_memory |= result == CURLE_OUT_OF_MEMORY;
    snprintf(response->problem, sizeof response->problem, "%s", curl_easy_strerror(result));
    return false;
}

const char *cfn__http_header(const cfn__http *http, const char *name)
{
    struct curl_header *header = NULL;
    return curl_easy_header(http->easy, name, 0, CURLH_HEADER, -1, &header) == CURLHE_OK
               ? header->value
               : NULL;
}

void cfn__pause(const cfn__interrupt *interrupt, long milliseconds)
{
    struct pollfd wake = {interrupt->wake, POLLIN, 0};
    poll(&wake, 1, (int)milliseconds); /* a negative descriptor is not looked at */
}

int64_t cfn__milliseconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}
