/* Signed calls to AWS: addresses, time limits, and trying again. */
#ifndef CFN_LAMBDA_AWS_H
#define CFN_LAMBDA_AWS_H

#include "lambda/calls.h"
#include "lambda/failure.h"
#include "lambda/http.h"
#include "lambda/log.h"

#include <cfngen/arena.h>

/* X(id, name, host, target, type): services by the names that policies have for them, the beginning
 * of their host's name, what their actions' names follow in X-Amz-Target, and the type of a body.
 */
#define CFN__SERVICES(X)                                                                           \
    X(CFN__SECRETS_MANAGER, "secretsmanager", "secretsmanager", "secretsmanager", CFN__TYPE_JSON)  \
    X(CFN__S3, "s3", "s3", NULL, "application/json")                                               \
    X(CFN__ROUTE_53, "route53", "route53", NULL, CFN__TYPE_XML)                                    \
    X(CFN__SSM, "ssm", "ssm", "AmazonSSM", CFN__TYPE_JSON)                                         \
    X(CFN__DMS, "dms", "dms", "AmazonDMSv20160101", CFN__TYPE_JSON)                                \
    X(CFN__CLOUDWATCH, "cloudwatch", "monitoring", NULL, CFN__TYPE_FORM)                           \
    X(CFN__SNS, "sns", "sns", NULL, CFN__TYPE_FORM)
#define CFN__TYPE_JSON "application/x-amz-json-1.1"
#define CFN__TYPE_XML  "application/xml"
#define CFN__TYPE_FORM "application/x-www-form-urlencoded; charset=utf-8"

typedef enum cfn__service {
#define CFN__SERVICE_ENUM(id, name, host, target, type) id,
    CFN__SERVICES(CFN__SERVICE_ENUM)
#undef CFN__SERVICE_ENUM
        CFN__SERVICE_COUNT
} cfn__service;

typedef struct cfn__aws {
    const char *region, *key_id, *key, *session_token;
    const char *endpoint;                             /* of all services; NULL: AWS's own */
    const char *service_endpoint[CFN__SERVICE_COUNT]; /* of one; NULL as above */
    const char *ca_file;
    cfn__interrupt interrupt;
    const cfn__log *log;
    cfn__http *http;  /* for calls that follow one another closely; NULL: each has its own */
    int64_t deadline; /* of the invocation at hand, in milliseconds since 1970; 0: none */
} cfn__aws;

enum { CFN__ERROR_CODE_SIZE = 64 };

/* Makes a call: `path` begins with a slash and needs no encoding; a query in it has its names in
 * order. What AWS throttles, and what
 * fails at its side or on the way, is tried again after a while. False unless the status is 200;
 * `code` is then AWS's name for the error, or "". The answer is to be freed in either case. */
bool cfn__aws_call_service(const cfn__aws *aws, cfn__aws_call call, const char *path,
                           const char *body, size_t length, cfn__response *response,
                           char code[CFN__ERROR_CODE_SIZE]);

/* Whether the call's answer is XML rather than JSON. */
bool cfn__aws_answers_xml(cfn__aws_call call);

/* Whether a code says that there were too many calls. */
bool cfn__aws_is_throttled(const char *code);

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
