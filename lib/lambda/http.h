/* HTTP requests, one at a time, over libcurl. Nothing else in the project uses it. */
#ifndef CFN_LAMBDA_HTTP_H
#define CFN_LAMBDA_HTTP_H

#include <cfngen/common.h>

/* A request may be broken off: `flag` is set, and `wake` can then be read, from a signal handler.
 * A wake of -1 is none. */
typedef struct cfn__interrupt {
    const volatile int *flag;
    int wake;
} cfn__interrupt;

bool cfn__is_interrupted(const cfn__interrupt *interrupt);

typedef struct cfn__http cfn__http;

/* NULL when memory is out. The connections that it keeps are closed by cfn__http_free. */
cfn__http *cfn__http_new(cfn__interrupt interrupt);
void cfn__http_free(cfn__http *http);

/* Version 4 of AWS's signatures; none without a key. */
typedef struct cfn__signature {
    const char *service, *region;
    const char *key_id, *key, *session_token; /* the token may be NULL */
} cfn__signature;

typedef struct cfn__request {
    const char *method, *url;
    const char *const *headers; /* "Name: value", ended by NULL */
    const char *body;           /* NULL: none */
    size_t length;
    size_t limit;        /* of the answer's body, in bytes; what is beyond is dropped */
    long seconds;        /* for all of it; 0: no limit */
    bool may_be_broken;  /* by the interrupt */
    const char *ca_file; /* NULL: libcurl's own */
    cfn__signature signature;
} cfn__request;

/* Start with {0}. The body ends with a NUL that is not counted. */
typedef struct cfn__response {
    int status;         /* 0: there was no answer, and `problem` says why */
    bool is_broken_off; /* by the interrupt */
    bool is_cut;        /* the body was larger than the limit */
    bool has_no_memory;
    char *body;
    size_t length, room;
    char problem[160];
} cfn__response;

/* Sends the request and takes the answer; false without one. */
bool cfn__http_perform(cfn__http *http, const cfn__request *request, cfn__response *response);

/* A header of the answer that came last; NULL when it had none. Valid until the next request. */
const char *cfn__http_header(const cfn__http *http, const char *name);

/* Overwrites the body and frees it. */
void cfn__response_free(cfn__response *response);

/* Waits, but not when the interrupt comes. */
void cfn__pause(const cfn__interrupt *interrupt, long milliseconds);

/* The time, in milliseconds since 1970. */
int64_t cfn__milliseconds(void);

/* For a program: to be called before the first request, and after the last one. */
bool cfn__http_begin(void);
void cfn__http_end(void);

#endif
