/* The loop of a Lambda runtime: takes invocations and answers them.
 * https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html */
#ifndef CFN_LAMBDA_RUNTIME_H
#define CFN_LAMBDA_RUNTIME_H

#include "lambda/failure.h"
#include "lambda/http.h"
#include "lambda/log.h"

#include <cfngen/arena.h>

/* Events are at most so large (Lambda takes 6 MB, Step Functions and EventBridge far less). */
enum { CFN__MOST_EVENT_BYTES = 1024 * 1024 };

/* All of it goes when the invocation is over, its arena as well. */
typedef struct cfn__invocation {
    const char *request_id;
    const char *event; /* ended by a NUL that is not counted */
    size_t length;
    int64_t deadline; /* milliseconds since 1970 */
    cfn_arena *arena;
} cfn__invocation;

/* Gives the answer's text, which lives in the arena; NULL, and the failure filled in, for an
 * error. */
typedef const char *(*cfn__handler)(void *context, const cfn__invocation *invocation,
                                    cfn__failure *failure);

typedef struct cfn__runtime {
    cfn__function function;
    const char *address; /* host:port of the runtime's interface */
    cfn__http *http;
    cfn__interrupt interrupt;
    cfn__log *log;
    cfn__handler handle;
    void (*told)(void *context, const cfn__failure *failure); /* after each answer or error */
    void *context;
} cfn__runtime;

/* Answers until the interrupt comes (true), or the runtime's interface fails (false). */
bool cfn__runtime_loop(const cfn__runtime *runtime);

/* Says that the function cannot start. */
void cfn__runtime_cannot_start(const cfn__runtime *runtime, const cfn__failure *failure);

#endif
