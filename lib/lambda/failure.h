/* What an invocation can fail with: a type that callers can tell apart, and a message that says
 * what to do. A message holds no secret and no value of a row. */
#ifndef CFN_LAMBDA_FAILURE_H
#define CFN_LAMBDA_FAILURE_H

#include <cfngen/common.h>

/* X(id, validator's name, cutover's name): docs/validator.md and docs/cutover.md say when each of
 * them is told. One without a name is the other function's. */
#define CFN__FAILURES(X)                                                                           \
    X(CFN__BAD_CONFIGURATION, "Validator.BadConfiguration", "Cutover.BadConfiguration")            \
    X(CFN__BAD_EVENT, "Validator.BadEvent", "Cutover.BadEvent")                                    \
    X(CFN__SECRET_UNAVAILABLE, "Validator.SecretUnavailable", NULL)                                \
    X(CFN__EXPIRED_CREDENTIALS, "Validator.ExpiredCredentials", "Cutover.ExpiredCredentials")      \
    X(CFN__BAD_SECRET, "Validator.BadSecret", NULL)                                                \
    X(CFN__AUTHENTICATION_FAILED, "Validator.AuthenticationFailed", NULL)                          \
    X(CFN__UNREACHABLE, "Validator.Unreachable", "Cutover.Unreachable")                            \
    X(CFN__DATABASE_FAILED, "Validator.DatabaseFailed", NULL)                                      \
    X(CFN__PLAN_OUTDATED, "Validator.PlanOutdated", NULL)                                          \
    X(CFN__NOTHING_TO_COMPARE, "Validator.NothingToCompare", NULL)                                 \
    X(CFN__STORAGE_FAILED, "Validator.StorageFailed", NULL)                                        \
    X(CFN__BUSY, NULL, "Cutover.Busy")                                                             \
    X(CFN__THROTTLED, NULL, "Cutover.Throttled")                                                   \
    X(CFN__ACCESS_DENIED, NULL, "Cutover.AccessDenied")                                            \
    X(CFN__NOT_FOUND, NULL, "Cutover.NotFound")                                                    \
    X(CFN__CALL_FAILED, NULL, "Cutover.CallFailed")                                                \
    X(CFN__STATE_CHANGED, NULL, "Cutover.StateChanged")                                            \
    X(CFN__STATE_UNREADABLE, NULL, "Cutover.StateUnreadable")                                      \
    X(CFN__OUT_OF_TIME, "Validator.OutOfTime", "Cutover.OutOfTime")                                \
    X(CFN__ANSWER_TOO_LARGE, "Validator.AnswerTooLarge", "Cutover.AnswerTooLarge")                 \
    X(CFN__OUT_OF_MEMORY, "Validator.OutOfMemory", "Cutover.OutOfMemory")

typedef enum cfn__failure_type {
    CFN__NO_FAILURE,
#define CFN__FAILURE_ENUM(id, validator, cutover) id,
    CFN__FAILURES(CFN__FAILURE_ENUM)
#undef CFN__FAILURE_ENUM
} cfn__failure_type;

typedef struct cfn__failure {
    cfn__failure_type type;
    char message[800];
} cfn__failure;

/* Whose failure it is. */
typedef enum cfn__function { CFN__VALIDATOR, CFN__CUTOVER } cfn__function;

/* "Validator.BadEvent" ...; "" for none. */
const char *cfn__failure_name(cfn__function function, cfn__failure_type type);

/* Fills it in, unless an earlier one stands there; always false. */
bool cfn__fails(cfn__failure *failure, cfn__failure_type type, const char *format, ...)
    CFN_PRINTF(3, 4);

#endif
