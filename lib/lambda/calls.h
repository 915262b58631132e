/* Every call to AWS that the functions make, and what for: a table for each function. No other call
 * can be made: a request names one of these, and a policy that allows them is enough. */
#ifndef CFN_LAMBDA_CALLS_H
#define CFN_LAMBDA_CALLS_H

/* X(id, service, action, purpose): of the validator. */
#define CFN__VALIDATOR_CALLS(X)                                                                    \
    X(CFN__GET_SECRET, "secretsmanager", "GetSecretValue", "the logins of the two databases")      \
    X(CFN__PUT_OBJECT, "s3", "PutObject", "the items of a plan, work that is large, reports")      \
    X(CFN__GET_OBJECT, "s3", "GetObject", "work that an event names by its key")

/* The same of the cutover function. */
#define CFN__CUTOVER_CALLS(X)                                                                      \
    X(CFN__LIST_RECORDS, "route53", "ListResourceRecordSets", "how the record stands")             \
    X(CFN__CHANGE_RECORDS, "route53", "ChangeResourceRecordSets", "a shift of the traffic")        \
    X(CFN__GET_CHANGE, "route53", "GetChange", "whether all name servers know a shift")            \
    X(CFN__GET_PARAMETER, "ssm", "GetParameter", "the state and the lock")                         \
    X(CFN__PUT_PARAMETER, "ssm", "PutParameter", "the same")                                       \
    X(CFN__DESCRIBE_TASKS, "dms", "DescribeReplicationTasks", "the state of the tasks")            \
    X(CFN__STOP_TASK, "dms", "StopReplicationTask", "the direction is turned round")               \
    X(CFN__START_TASK, "dms", "StartReplicationTask", "the same: the reverse task")                \
    X(CFN__GET_METRICS, "cloudwatch", "GetMetricData", "latency, and what the validator found")    \
    X(CFN__DESCRIBE_ALARMS, "cloudwatch", "DescribeAlarms", "alarms that refuse a shift")          \
    X(CFN__PUBLISH, "sns", "Publish", "what the topic is told")

typedef enum cfn__aws_call {
#define CFN__AWS_CALL_ENUM(id, service, action, purpose) id,
    CFN__VALIDATOR_CALLS(CFN__AWS_CALL_ENUM) CFN__CUTOVER_CALLS(CFN__AWS_CALL_ENUM)
#undef CFN__AWS_CALL_ENUM
} cfn__aws_call;

#endif
