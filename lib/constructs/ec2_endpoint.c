/* Interface endpoints, and the security group that they are reached through. */
#include "constructs/ec2_endpoint.h"

#include "base/text.h"

#include <cfngen/aws/ec2.h>

#include <string.h>

/* Their names, and what stands for them in logical ids.
 * https://docs.aws.amazon.com/vpc/latest/privatelink/aws-services-privatelink-support.html */
#define SERVICES(X)                                                                                \
    X("secretsmanager", "SecretsManager")                                                          \
    X("kms", "Kms")                                                                                \
    X("logs", "Logs")                                                                              \
    X("monitoring", "Monitoring")                                                                  \
    X("events", "Events")                                                                          \
    X("sns", "Sns")                                                                                \
    X("sqs", "Sqs")                                                                                \
    X("dms", "Dms")                                                                                \
    X("rds", "Rds")                                                                                \
    X("ssm", "Ssm")                                                                                \
    X("sts", "Sts")                                                                                \
    X("lambda", "Lambda")                                                                          \
    X("states", "States")
#define NAME(name, role) name,
#define ROLE(name, role) role,
const char *const cfn__endpoint_services[] = {SERVICES(NAME) NULL};
static const char *const service_roles[] = {SERVICES(ROLE)};

void cfn__make_endpoint_group(cfn__expansion *x, cfn__construct *c, const char *role,
                              cfn_str vpc_id, cfn_json tags)
{
    static const cfn__name_rule rule = {"a group name", 255, " ._-:/()#,@[]+=&;{}!$*", false,
                                        false};
    cfn_node *name = cfn__name(x, c, role, &rule);
    const aws_ec2_SecurityGroup_SecurityGroupEgress nothing = {
        .CidrIp = cfn_s("127.0.0.1/32"),
        .Description = cfn_s("Endpoints connect to nothing"),
        .IpProtocol = cfn_s("-1"),
    };
    CFN__RESOURCE(
        aws_ec2_SecurityGroup, x, c, role,
        &(aws_ec2_SecurityGroup_props){
            .GroupDescription = cfn_s(cfn__format(c->make.arena, "%s of this stack", c->id)),
            .GroupName = cfn_of_node(name),
            .SecurityGroupEgress = CFN_ITEMS(aws_ec2_SecurityGroup_SecurityGroupEgress, nothing),
            .Tags = cfn__tags(x, c, name, tags),
            .VpcId = vpc_id});
}

static cfn_json policy_of(const cfn__construct *c, const cfn__endpoint *endpoint)
{
    static const char *const actions[] = {"*", NULL};
    const cfn__maker *make = &c->make;
    if (cfn__is_set(endpoint->policy_document.expression))
        return endpoint->policy_document;
    cfn_node *everybody = cfn__single(make, "AWS", cfn__string(make, "*"));
    cfn_node *statement = cfn__statement(make, "ThisAccount", everybody, actions);
    cfn__put(statement, "Resource", cfn__string(make, "*"));
    cfn__put(statement, "Condition",
             cfn__policy_condition(make, "StringEquals", "aws:PrincipalAccount",
                                   cfn__ref_node(make, "AWS::AccountId")));
    return cfn__json_of_node(cfn__policy_document(make, cfn__append(cfn__list(make), statement)));
}

static const char *role_of(const cfn__construct *c, const cfn__endpoint *endpoint)
{
    size_t i = 0;
    while (i + 1 < CFN__COUNT(service_roles) &&
           strcmp(cfn__endpoint_services[i], endpoint->service) != 0)
        i++;
    return cfn__format(c->make.arena, "%s%s", endpoint->role_prefix, service_roles[i]);
}

void cfn__make_endpoint(cfn__expansion *x, cfn__construct *c, const cfn__endpoint *endpoint)
{
    static const cfn__name_rule rule = {"a name", 255, "-", false, false};
    const char *role = role_of(c, endpoint);
    if (cfn__properties_of(c, role))
        return; /* named twice */
    cfn_node *made =
        CFN__RESOURCE(aws_ec2_VPCEndpoint, x, c, role,
                      &(aws_ec2_VPCEndpoint_props){
                          .PolicyDocument = policy_of(c, endpoint),
                          .PrivateDnsEnabled = cfn_b(true),
                          .SecurityGroupIds = CFN_LIST(endpoint->group_id),
                          .ServiceName = cfn_sub(cfn__format(
                              c->make.arena, "com.amazonaws.${AWS::Region}.%s", endpoint->service)),
                          .SubnetIds = endpoint->subnet_ids,
                          .Tags = cfn__tags(x, c, cfn__name(x, c, role, &rule), endpoint->tags),
                          .VpcEndpointType = cfn_s("Interface"),
                          .VpcId = endpoint->vpc_id});
    cfn__resource_completes(c, made);
}
