/* States of a state machine, in the states language. */
#include "constructs/states.h"

cfn_node *cfn__state(const cfn__maker *make, const char *type)
{
    return cfn__single(make, "Type", cfn__string(make, type));
}

cfn_node *cfn__then(const cfn__maker *make, cfn_node *state, const char *next)
{
    return next ? cfn__put(state, "Next", cfn__string(make, next))
                : cfn__put(state, "End", cfn__boolean(make, true));
}

cfn_node *cfn__paths(const cfn__maker *make, cfn_node *map, const char *const *members)
{
    for (; *members; members += 2)
        cfn__put(map, members[0], cfn__string(make, members[1]));
    return map;
}

cfn_node *cfn__texts(const cfn__maker *make, const char *const *texts)
{
    cfn_node *list = cfn__list(make);
    for (; *texts; texts++)
        cfn__append(list, cfn__string(make, *texts));
    return list;
}

/* ---- choices ---- */

cfn_node *cfn__choice(const cfn__maker *make, cfn_node *rules, const char *otherwise)
{
    cfn_node *choice = cfn__put(cfn__state(make, "Choice"), "Choices", rules);
    return cfn__put(choice, "Default", cfn__string(make, otherwise));
}

cfn_node *cfn__when_true(const cfn__maker *make, const char *variable, const char *next)
{
    cfn_node *rule = cfn__single(make, "Variable", cfn__string(make, variable));
    cfn__put(rule, "BooleanEquals", cfn__boolean(make, true));
    return cfn__then(make, rule, next);
}

/* ---- tasks ---- */

static cfn_node *retrier(const cfn__maker *make, const char *const *errors, int64_t seconds,
                         int64_t attempts)
{
    cfn_node *map = cfn__single(make, "ErrorEquals", cfn__texts(make, errors));
    cfn__put(map, "IntervalSeconds", cfn__integer(make, seconds));
    cfn__put(map, "MaxAttempts", cfn__integer(make, attempts));
    cfn__put(map, "BackoffRate", cfn__integer(make, 2));
    return cfn__put(map, "JitterStrategy", cfn__string(make, "FULL"));
}

/* Lambda itself: https://docs.aws.amazon.com/step-functions/latest/dg/sfn-best-practices.html */
static cfn_node *retriers(const cfn__maker *make, const char *const *passing)
{
    static const char *const service[] = {"Lambda.TooManyRequestsException",
                                          "Lambda.ServiceException", "Lambda.AWSLambdaException",
                                          "Lambda.SdkClientException", NULL};
    cfn_node *list = cfn__append(cfn__list(make), retrier(make, service, 2, 6));
    return cfn__append(list, retrier(make, passing, 60, 3));
}

/* The answer is what the function gave, without what Step Functions knows of the call. */
cfn_node *cfn__invoke(const cfn__construct *c, const cfn__invocation *facts,
                      const char *const *passing)
{
    const cfn__maker *make = &c->make;
    cfn_node *task = cfn__state(make, "Task");
    cfn_node *payload = cfn__single(make, "action", cfn__string(make, facts->action));
    cfn_node *parameters = cfn__single(make, "FunctionName", cfn__get_att_node(make, c->id, "Arn"));
    cfn__put(parameters, "Payload", cfn__paths(make, payload, facts->payload));
    cfn__put(task, "Resource", cfn__sub_node(make, "arn:${AWS::Partition}:states:::lambda:invoke"));
    cfn__put(task, "Parameters", parameters);
    cfn__put(task, "ResultSelector", cfn__single(make, "answer.$", cfn__string(make, "$.Payload")));
    cfn__put(task, "ResultPath", cfn__string(make, facts->result));
    return cfn__put(task, "Retry", retriers(make, passing));
}

cfn_node *cfn__tell(const cfn__maker *make, cfn_sns_topic topic, const char *const *message)
{
    cfn_node *task = cfn__state(make, "Task");
    cfn_node *parameters =
        cfn__single(make, "TopicArn", cfn__str_node(make, cfn_sns_topic_arn(topic)));
    cfn__put(task, "Resource", cfn__sub_node(make, "arn:${AWS::Partition}:states:::sns:publish"));
    cfn__put(task, "Parameters", cfn__paths(make, parameters, message));
    return cfn__put(task, "ResultPath", cfn__null(make));
}
