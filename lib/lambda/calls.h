/* Every call to AWS that the function makes, and what for. No other call can be made: a request
 * names one of these, and a policy that allows them is enough. */
#ifndef CFN_LAMBDA_CALLS_H
#define CFN_LAMBDA_CALLS_H

/* X(id, service, action, purpose) */
#define CFN__AWS_CALLS(X)                                                                          \
    X(CFN__GET_SECRET, "secretsmanager", "GetSecretValue", "the logins of the two databases")      \
    X(CFN__PUT_OBJECT, "s3", "PutObject", "the items of a plan, work that is large, reports")      \
    X(CFN__GET_OBJECT, "s3", "GetObject", "work that an event names by its key")

typedef enum cfn__aws_call {
#define CFN__AWS_CALL_ENUM(id, service, action, purpose) id,
    CFN__AWS_CALLS(CFN__AWS_CALL_ENUM)
#undef CFN__AWS_CALL_ENUM
} cfn__aws_call;

#endif
