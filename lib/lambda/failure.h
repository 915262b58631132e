/* What an invocation can fail with: a type that callers can tell apart, and a message that says
 * what to do. A message holds no secret and no value of a row. */
#ifndef CFN_LAMBDA_FAILURE_H
#define CFN_LAMBDA_FAILURE_H

#include <cfngen/common.h>

/* X(id, name): docs/validator.md says when each of them is told. */
#define CFN__FAILURES(X)                                                                           \
    X(CFN__BAD_CONFIGURATION, "Validator.BadConfiguration")                                        \
    X(CFN__BAD_EVENT, "Validator.BadEvent")                                                        \
    X(CFN__SECRET_UNAVAILABLE, "Validator.SecretUnavailable")                                      \
    X(CFN__EXPIRED_CREDENTIALS, "Validator.ExpiredCredentials")                                    \
    X(CFN__BAD_SECRET, "Validator.BadSecret")                                                      \
    X(CFN__AUTHENTICATION_FAILED, "Validator.AuthenticationFailed")                                \
    X(CFN__UNREACHABLE, "Validator.Unreachable")                                                   \
    X(CFN__DATABASE_FAILED, "Validator.DatabaseFailed")                                            \
    X(CFN__PLAN_OUTDATED, "Validator.PlanOutdated")                                                \
    X(CFN__NOTHING_TO_COMPARE, "Validator.NothingToCompare")                                       \
    X(CFN__STORAGE_FAILED, "Validator.StorageFailed")                                              \
    X(CFN__OUT_OF_TIME, "Validator.OutOfTime")                                                     \
    X(CFN__ANSWER_TOO_LARGE, "Validator.AnswerTooLarge")                                           \
    X(CFN__OUT_OF_MEMORY, "Validator.OutOfMemory")

typedef enum cfn__failure_type {
    CFN__NO_FAILURE,
#define CFN__FAILURE_ENUM(id, name) id,
    CFN__FAILURES(CFN__FAILURE_ENUM)
#undef CFN__FAILURE_ENUM
} cfn__failure_type;

typedef struct cfn__failure {
    cfn__failure_type type;
    char message[800];
} cfn__failure;

/* "Validator.BadEvent" ...; "" for none. */
const char *cfn__failure_name(cfn__failure_type type);

/* Fills it in, unless an earlier one stands there; always false. */
bool cfn__fails(cfn__failure *failure, cfn__failure_type type, const char *format, ...)
    CFN_PRINTF(3, 4);

#endif
