/* Signed calls to AWS: addresses, time limits, and trying again. */
#ifndef CFN_LAMBDA_AWS_H
#define CFN_LAMBDA_AWS_H

#include "lambda/calls.h"
#include "lambda/failure.h"
#include "lambda/http.h"
#include "lambda/log.h"

#include <cfngen/arena.h>

typedef struct cfn__aws {
    const char *region, *key_id, *key, *session_token;
    const char *endpoint;            /* of all services; NULL: AWS's own */
    const char *service_endpoint[2]; /* of one: Secrets Manager, S3; NULL as above */
    const char *ca_file;
    cfn__interrupt interrupt;
    const cfn__log *log;
    cfn__http *http;  /* for calls that follow one another closely; NULL: each has its own */
    int64_t deadline; /* of the invocation at hand, in milliseconds since 1970; 0: none */
} cfn__aws;

enum { CFN__ERROR_CODE_SIZE = 64 };

/* Makes a call: `path` begins with a slash and needs no encoding. What AWS throttles, and what
 * fails at its side or on the way, is tried again after a while. False unless the status is 200;
 * `code` is then AWS's name for the error, or "". The answer is to be freed in either case. */
bool cfn__aws_call_service(const cfn__aws *aws, cfn__aws_call call, const char *path,
                           const char *body, size_t length, cfn__response *response,
                           char code[CFN__ERROR_CODE_SIZE]);

/* Fills in the failure of a call: expired credentials, or `type`. `what` is what could not be done,
 * as "the source's secret cannot be read". */
bool cfn__aws_fails(cfn__failure *failure, cfn__failure_type type, const char *what,
                    cfn__aws_call call, const cfn__response *response, const char *code);

/* Writes a JSON document under a key of a bucket, and reads one: into the arena, NULL on a
 * failure. Keys hold letters, digits and ._-/ alone. */
bool cfn__put_object(const cfn__aws *aws, const char *bucket, const char *key, const char *text,
                     size_t length, cfn__failure *failure);
const char *cfn__get_object(const cfn__aws *aws, cfn_arena *arena, const char *bucket,
                            const char *key, size_t *length, cfn__failure *failure);

#endif
