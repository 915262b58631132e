/* The flow logs of a VPC: a log group of their own, and a role that may write to it alone. */
#include "constructs/ec2_vpc.h"

#include <cfngen/aws/ec2.h>
#include <cfngen/aws/iam.h>
#include <cfngen/aws/logs.h>

typedef cfn_ec2_vpc_props props_type;

static bool are_on(const props_type *props)
{
    return cfn__bool_or(props->flow_logs, true).value;
}

void cfn__wire_vpc_flow_logs(cfn__expansion *x, cfn__construct *c)
{
    static const cfn__name_rule rule = {"a log group name", 512, "/_.#", false, false};
    const props_type *props = c->props;
    cfn__vpc_state *state = c->state;
    if (!are_on(props))
        return;
    state->log_group_name = cfn__name(x, c, "FlowLogGroup", &rule);
    cfn__kms_key_serve_log_group(x, props->encryption_key,
                                 cfn__copy(c->make.arena, state->log_group_name));
    if (cfn__outlives_the_stack(c))
        cfn__kms_key_keep(x, props->encryption_key, c);
}

static void check(cfn__expansion *x, const cfn__construct *c)
{
    const cfn_handle *key = &((const props_type *)c->props)->encryption_key.handle;
    if (!are_on(c->props) && cfn__handle_is_set(key)) {
        cfn__report_property(x, c, "EncryptionKey", CFN2019, "there are no flow logs to encrypt");
        cfn__hint(cfn__expansion_diagnostics(x), "take out EncryptionKey, or FlowLogs: false");
    } else if (cfn__handle_is_set(key) && !key->id) {
        cfn__report_property(x, c, "EncryptionKey", CFN4202,
                             "the policy of this key must let CloudWatch Logs use it, or the log "
                             "group cannot be made");
        cfn__hint(cfn__expansion_diagnostics(x),
                  "allow logs.REGION.amazonaws.com to encrypt and decrypt for this group; a "
                  "Cfngen::KMS::Key does it by itself");
    }
}

static void make_group(cfn__expansion *x, cfn__construct *c)
{
    const props_type *props = c->props;
    cfn_node *name = ((const cfn__vpc_state *)c->state)->log_group_name;
    cfn_node *group =
        CFN__RESOURCE(aws_logs_LogGroup, x, c, "FlowLogGroup",
                      &(aws_logs_LogGroup_props){
                          .KmsKeyId = cfn_kms_key_arn(props->encryption_key),
                          .LogGroupName = cfn_of_node(name),
                          .RetentionInDays = cfn__int_or(props->flow_log_retention_in_days, 30),
                          .Tags = cfn__tags(x, c, name, props->tags)});
    cfn__resource_policies(x, group, "Delete");
}

/* The service, for flow logs of this account and region alone.
 * https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-iam-role.html */
static cfn_node *trust(const cfn__maker *make)
{
    static const char *const assume[] = {"sts:AssumeRole", NULL};
    cfn_node *statement = cfn__statement(
        make, "FlowLogs", cfn__service_principal(make, "vpc-flow-logs.amazonaws.com"), assume);
    cfn_node *condition = cfn__this_account(make);
    cfn__put(condition, "ArnLike",
             cfn__single(make, "aws:SourceArn",
                         cfn__sub_node(make, "arn:${AWS::Partition}:ec2:${AWS::Region}:"
                                             "${AWS::AccountId}:vpc-flow-log/*")));
    cfn__put(statement, "Condition", condition);
    return cfn__policy_document(make, cfn__append(cfn__list(make), statement));
}

/* The group is there already, so streams are all that is made. */
static cfn_node *permissions(cfn__expansion *x, const cfn__construct *c)
{
    static const char *const actions[] = {"logs:CreateLogStream", "logs:DescribeLogStreams",
                                          "logs:PutLogEvents", NULL};
    const cfn__maker *make = &c->make;
    cfn_node *statement = cfn__statement(make, "WriteFlowLogs", NULL, actions);
    cfn__put(statement, "Resource",
             cfn__get_att_node(make, cfn__role_id(x, c, "FlowLogGroup"), "Arn"));
    return cfn__policy_document(make, cfn__append(cfn__list(make), statement));
}

static void make_role(cfn__expansion *x, cfn__construct *c)
{
    static const cfn__name_rule rule = {"a role name", 64, "+=,.@_", false, false};
    cfn_node *name = cfn__name(x, c, "FlowLogRole", &rule);
    const aws_iam_Role_Policies policy = {
        .PolicyDocument = cfn__json_of_node(permissions(x, c)),
        .PolicyName = cfn_s("flow-logs"),
    };
    CFN__RESOURCE(
        aws_iam_Role, x, c, "FlowLogRole",
        &(aws_iam_Role_props){.AssumeRolePolicyDocument = cfn__json_of_node(trust(&c->make)),
                              .Policies = CFN_ITEMS(aws_iam_Role_Policies, policy),
                              .RoleName = cfn_of_node(name),
                              .Tags = cfn__tags(x, c, name, ((const props_type *)c->props)->tags)});
}

void cfn__make_vpc_flow_logs(cfn__expansion *x, cfn__construct *c)
{
    static const cfn__name_rule rule = {"a name", 255, "-", false, false};
    const props_type *props = c->props;
    check(x, c);
    if (!are_on(props))
        return;
    make_group(x, c);
    make_role(x, c);
    CFN__RESOURCE(aws_ec2_FlowLog, x, c, "FlowLog",
                  &(aws_ec2_FlowLog_props){
                      .DeliverLogsPermissionArn = cfn_att(cfn__role_id(x, c, "FlowLogRole"), "Arn"),
                      .LogDestinationType = cfn_s("cloud-watch-logs"),
                      .LogGroupName = cfn_ref(cfn__role_id(x, c, "FlowLogGroup")),
                      .ResourceId = cfn_ref(c->id),
                      .ResourceType = cfn_s("VPC"),
                      .Tags = cfn__tags(x, c, cfn__name(x, c, "FlowLog", &rule), props->tags),
                      .TrafficType = cfn__str_or(props->flow_log_traffic, "ALL")});
}
