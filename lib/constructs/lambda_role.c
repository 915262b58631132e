/* The role of a Lambda function: what the service does with it, and what the code may do. */
#include "constructs/lambda_function.h"

typedef cfn_lambda_function_props props_type;

/* {Sid, Effect, Action, Resource}. */
static cfn_node *allow(const cfn__maker *make, const char *sid, const char *const *actions,
                       cfn_node *resource)
{
    return cfn__put(cfn__statement(make, sid, NULL, actions), "Resource", resource);
}

/* The group is there already, so streams are all that is made. */
static cfn_node *logs(cfn__expansion *x, const cfn__construct *c)
{
    static const char *const actions[] = {"logs:CreateLogStream", "logs:PutLogEvents", NULL};
    return allow(&c->make, "WriteLogs", actions,
                 cfn__get_att_node(&c->make, cfn__role_id(x, c, "LogGroup"), "Arn"));
}

static cfn_node *key_of(const cfn__construct *c, const props_type *props)
{
    return cfn__str_node(&c->make, cfn_kms_key_arn(props->encryption_key));
}

static cfn_node *environment(const cfn__construct *c, const props_type *props)
{
    static const char *const actions[] = {"kms:Decrypt", NULL};
    return allow(&c->make, "DecryptEnvironment", actions, key_of(c, props));
}

/* None of them takes a resource that is known before the interface is there. */
static const char *const network_actions[] = {"ec2:AssignPrivateIpAddresses",
                                              "ec2:CreateNetworkInterface",
                                              "ec2:DeleteNetworkInterface",
                                              "ec2:DescribeNetworkInterfaces",
                                              "ec2:DescribeSubnets",
                                              "ec2:UnassignPrivateIpAddresses",
                                              NULL};

static cfn_node *network(const cfn__construct *c)
{
    const cfn__maker *make = &c->make;
    return allow(make, "ConnectToNetwork", network_actions, cfn__string(make, "*"));
}

/* Lambda does that with the role; the code has no business there.
 * https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html */
static cfn_node *not_the_code(const cfn__construct *c, const cfn__lambda_state *state)
{
    const cfn__maker *make = &c->make;
    cfn_node *statement = allow(make, "NotTheCodeItself", network_actions, cfn__string(make, "*"));
    cfn_node *function =
        cfn__concat(make, "arn:${AWS::Partition}:lambda:${AWS::Region}:${AWS::AccountId}:function:",
                    cfn__copy(make->arena, state->name), "");
    cfn__set(statement, "Effect", cfn__string(make, "Deny"));
    return cfn__put(statement, "Condition",
                    cfn__policy_condition(make, "ArnEquals", "lambda:SourceFunctionArn", function));
}

static void append_all(cfn_node *list, const cfn__maker *make, const cfn_node *statements)
{
    for (const cfn_node *n = cfn_node_first(statements); n; n = cfn_node_next(n))
        cfn__append(list, cfn__copy(make->arena, n));
}

/* Of a queue that exists the key is not known; its owner's policy of the key must do. */
static void append_failures(cfn__expansion *x, const cfn__construct *c, const props_type *props,
                            cfn_node *list)
{
    static const char *const send[] = {"sqs:SendMessage", NULL};
    static const char *const encrypt[] = {"kms:Decrypt", "kms:GenerateDataKey", NULL};
    const cfn__maker *make = &c->make;
    if (cfn__handle_is_set(&props->failure_topic.handle)) {
        append_all(list, make, cfn__sns_topic_publish_statements(x, make, props->failure_topic));
        return;
    }
    bool own = !cfn__is_set(props->failure_queue);
    cfn_node *queue = own ? cfn__get_att_node(make, cfn__role_id(x, c, "FailureQueue"), "Arn")
                          : cfn__str_node(make, props->failure_queue);
    cfn__append(list, allow(make, "TellFailures", send, queue));
    if (!own)
        return;
    cfn_node *statement = allow(make, "EncryptFailures", encrypt, key_of(c, props));
    cfn__append(list, cfn__put(statement, "Condition",
                               cfn__policy_condition(
                                   make, "StringEquals", "kms:ViaService",
                                   cfn__sub_node(make, "sqs.${AWS::Region}.amazonaws.com"))));
}

cfn_node *cfn__lambda_statements(cfn__expansion *x, cfn__construct *c, const props_type *props,
                                 const cfn__lambda_state *state)
{
    cfn_node *list = cfn__append(cfn__list(&c->make), logs(x, c));
    if (cfn__is_set(props->environment.expression))
        cfn__append(list, environment(c, props));
    if (cfn__handle_is_set(&props->network.handle)) {
        cfn__append(list, network(c));
        cfn__append(list, not_the_code(c, state));
    }
    append_failures(x, c, props, list);
    return list;
}
