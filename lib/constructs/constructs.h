/* All construct types, and what they offer to each other while they are wired and expanded. */
#ifndef CFN_CONSTRUCTS_CONSTRUCTS_H
#define CFN_CONSTRUCTS_CONSTRUCTS_H

#include "stack/construct.h"

#include <cfngen/iam_role.h>
#include <cfngen/rds_aurora_cluster.h>
#include <cfngen/sns_topic.h>

/* Every type, ended by NULL. */
extern const cfn__construct_type *const cfn__construct_types[];

extern const cfn__construct_type cfn__backup_plan_type;
extern const cfn__construct_type cfn__cloudwatch_alarm_type;
extern const cfn__construct_type cfn__cloudwatch_dashboard_type;
extern const cfn__construct_type cfn__events_rule_type;
extern const cfn__construct_type cfn__iam_role_type;
extern const cfn__construct_type cfn__kms_key_type;
extern const cfn__construct_type cfn__lambda_function_type;
extern const cfn__construct_type cfn__logs_log_group_type;
extern const cfn__construct_type cfn__logs_metric_filter_type;
extern const cfn__construct_type cfn__migration_alarms_type;
extern const cfn__construct_type cfn__migration_cutover_type;
extern const cfn__construct_type cfn__migration_validator_type;
extern const cfn__construct_type cfn__route53_cutover_record_type;
extern const cfn__construct_type cfn__s3_bucket_type;
extern const cfn__construct_type cfn__ssm_parameter_type;
extern const cfn__construct_type cfn__sns_topic_type;
extern const cfn__construct_type cfn__ec2_interface_endpoints_type;
extern const cfn__construct_type cfn__ec2_network_type;
extern const cfn__construct_type cfn__ec2_security_group_type;
extern const cfn__construct_type cfn__ec2_vpc_type;
extern const cfn__construct_type cfn__secretsmanager_secret_type;
extern const cfn__construct_type cfn__rds_aurora_cluster_type;
extern const cfn__construct_type cfn__rds_instance_type;

/* ---- tables ---- */

/* Rows of a table of fields: CFN__FIELD(props, STR, "Name", name, flags, default, doc). */
#define CFN__ROW(type, kind_, name_, member)                                                       \
    .base.name = (name_), .base.offset = offsetof(type, member), .base.kind = CFN_FIELD_##kind_
#define CFN__RECORD(name_, type, fields_)                                                          \
    {                                                                                              \
        .name = (name_), .size = sizeof(type), .fields = &(fields_)[0].base,                       \
        .count = CFN__COUNT(fields_), .stride = sizeof(cfn__field)                                 \
    }

/* The last row of every construct. */
#define CFN__ATTRIBUTES_ROW(type)                                                                  \
    {                                                                                              \
        CFN__ROW(type, ATTRIBUTES, "Attributes", attributes),                                      \
            .doc = "Condition, DependsOn, DeletionPolicy, UpdateReplacePolicy, Metadata stand "    \
                   "beside Properties; Overrides among them."                                      \
    }

/* ---- KMS key ---- */

/* Wiring: CloudWatch Logs shall be able to encrypt the log group of this name with the key. */
void cfn__kms_key_serve_log_group(cfn__expansion *x, cfn_kms_key key, cfn_node *name);

/* A service that the key's policy lets use the key. */
typedef struct cfn__key_user {
    const char *sid;     /* of the statement; there is one for each sid */
    const char *service; /* the principal; may hold ${...} */
    const char *const *actions;
    bool for_this_account; /* the service says for whose account it calls, so others are shut out */
} cfn__key_user;

/* Wiring: the service shall be able to use the key. */
void cfn__kms_key_serve(cfn__expansion *x, cfn_kms_key key, const cfn__key_user *user);

/* Wiring: the key must outlive the stack, since `by` leaves something encrypted behind. */
void cfn__kms_key_keep(cfn__expansion *x, cfn_kms_key key, const cfn__construct *by);

/* ---- network ---- */

/* The subnets of a network of this stack; nothing for one that is given by its VPC alone. */
cfn_str_list cfn__ec2_network_subnet_ids(cfn_ec2_network network);

/* The zone for the n-th instance (from 0), round and round; nothing when the zones are not known.
 */
cfn_str cfn__ec2_network_zone(cfn__expansion *x, const cfn__maker *make, cfn_ec2_network network,
                              size_t n);

/* ---- security group ---- */

/* The id of the network of a new group; NULL when it is not a construct of this stack. */
const char *cfn__ec2_security_group_network(cfn__expansion *x, cfn_ec2_security_group group);

/* Wiring: the group must outlive the stack, since a member of it does. */
void cfn__ec2_security_group_keep(cfn__expansion *x, cfn_ec2_security_group group);

/* Whether the group is made by this stack: it has no rules but those that are known here. */
bool cfn__is_new_group(cfn__expansion *x, cfn_ec2_security_group group);

/* The ids of the groups. */
cfn_str_list cfn__ec2_security_group_ids(const cfn__maker *make,
                                         const cfn_ec2_security_group_list *groups);

/* Wiring: another construct lets members of the group out to services of AWS, port 443. */
void cfn__ec2_security_group_reaches_aws(cfn__expansion *x, cfn_ec2_security_group group,
                                         const cfn__construct *by);

/* Adds DependsOn to a resource that was just made: it needs what lets members of its groups reach
 * AWS as soon as it is there. */
void cfn__ec2_await_endpoints(cfn__expansion *x, cfn_node *properties,
                              const cfn_ec2_security_group_list *groups);

/* The checks below are for the expansion, when all is wired; `property` holds the groups of `c`.
 *
 * Reports CFN4501, or CFN4502, when no group lets members out to Secrets Manager, or to the
 * database of this stack; `who` wants to get there. Nothing is said when a group is not of this
 * stack, since its rules are not known. */
void cfn__check_reaches_aws(cfn__expansion *x, const cfn__construct *c, const char *property,
                            const cfn_ec2_security_group_list *groups);
void cfn__check_reaches_cluster(cfn__expansion *x, const cfn__construct *c, const char *property,
                                const char *who, const cfn_ec2_security_group_list *groups,
                                cfn_rds_aurora_cluster cluster);

/* Reports ids that are none (CFN2024) and groups of another network (CFN4003). */
void cfn__check_groups(cfn__expansion *x, const cfn__construct *c, const char *property,
                       cfn_ec2_network network, const cfn_ec2_security_group_list *groups);

/* Reports CFN2008 and answers false when the network is a VPC's id, which names no subnets. */
bool cfn__check_network(cfn__expansion *x, const cfn__construct *c, const char *property,
                        cfn_ec2_network network);

/* ---- role ---- */

/* A list of statements is the property Statements of a construct: its items, its check (CFN4431),
 * and the nodes that go into a policy. */
extern const cfn_record cfn__iam_statement_record;
void cfn__check_iam_statements(cfn__expansion *x, const cfn__construct *c,
                               const cfn_iam_statement_list *statements);
void cfn__append_iam_statements(const cfn__maker *make, cfn_node *list,
                                const cfn_iam_statement_list *statements);

/* ---- secret ---- */

/* {{resolve:secretsmanager:...}} for one key of the secret's JSON.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references-secretsmanager.html
 */
cfn_str cfn__secret_value(const cfn__maker *make, cfn_secretsmanager_secret secret,
                          const char *json_key);

/* The statements of a policy that lets a role read the secret: it alone, and its key when it has
 * one of its own. */
cfn_node *cfn__secret_read_statements(cfn__expansion *x, const cfn__maker *make,
                                      cfn_secretsmanager_secret secret);

#define CFN__SECRET_ARN                                                                            \
    "arn:${AWS::Partition}:secretsmanager:${AWS::Region}:${AWS::AccountId}:secret:"

/* The statements of a policy that lets its holder do `actions` (ended by NULL) with just these
 * secrets, and decrypt them through Secrets Manager with the keys they have. */
cfn_node *cfn__secret_statements(cfn__expansion *x, const cfn__maker *make,
                                 const cfn_secretsmanager_secret *secrets, size_t count,
                                 const char *const *actions);

/* Adds a DependsOn to a resource that was just made: it needs the host in the secret, which the
 * attachment writes. */
void cfn__secret_await(cfn__expansion *x, cfn_node *properties, cfn_secretsmanager_secret secret);

/* The database that the secret is attached to; a handle that is not set when there is none. */
cfn_rds_aurora_cluster cfn__secret_cluster(cfn__expansion *x, cfn_secretsmanager_secret secret);

/* Whether both are known to be one secret. */
bool cfn__is_same_secret(cfn_secretsmanager_secret a, cfn_secretsmanager_secret b);

/* Reports CFN4506 when the secret is one that RDS manages, which has no host. */
void cfn__check_secret_has_host(cfn__expansion *x, const cfn__construct *by, const char *property,
                                cfn_secretsmanager_secret secret);

/* The same for `by`, an endpoint of DMS, and CFN4503 when the secret is rotated. */
void cfn__secret_serve_dms(cfn__expansion *x, const cfn__construct *by, const char *property,
                           cfn_secretsmanager_secret secret);

/* ---- database ---- */

/* A cluster, or an instance that a secret is attached to. mysql or postgresql, and the port; NULL
 * and 0 when they are not known. */
const char *cfn__rds_database_family(cfn__expansion *x, cfn_rds_aurora_cluster database);
int64_t cfn__rds_database_port(cfn__expansion *x, cfn_rds_aurora_cluster database);

/* Its security groups; NULL when they are not known. */
const cfn_ec2_security_group_list *cfn__rds_database_groups(cfn__expansion *x,
                                                            cfn_rds_aurora_cluster database);

/* Whether DMS could take changes from it, as far as is known: it keeps a log of them that has the
 * rows. */
bool cfn__rds_database_logs_changes(cfn__expansion *x, cfn_rds_aurora_cluster database);

/* Whether it is a Cfngen::RDS::Instance of this stack. */
bool cfn__is_rds_instance(cfn__expansion *x, cfn_rds_aurora_cluster database);

/* Whether the cluster has readers; one that is not of this stack is taken to have some. */
bool cfn__rds_aurora_cluster_has_readers(cfn__expansion *x, cfn_rds_aurora_cluster cluster);

/* ---- topic ---- */

/* Who may publish to a topic without a role of its own. */
typedef enum cfn__publisher {
    CFN__CLOUDWATCH,
    CFN__EVENTBRIDGE,
    CFN__DMS_EVENTS,
    CFN__RDS_EVENTS,
    CFN__BACKUP_EVENTS,
    CFN__PUBLISHERS
} cfn__publisher;

/* Wiring: the service shall be able to publish to the topic and to use its key. */
void cfn__sns_topic_admit(cfn__expansion *x, cfn_sns_topic topic, cfn__publisher publisher);

/* The statements that let a role publish to the topic: {Sid, Effect, Action, Resource} each. */
cfn_node *cfn__sns_topic_publish_statements(cfn__expansion *x, const cfn__maker *make,
                                            cfn_sns_topic topic);

/* ---- parameter of Systems Manager ---- */

/* The ARN of the one that is called `name`; a list of two where it is not known whether the name
 * begins with a slash. */
cfn_node *cfn__ssm_arns(const cfn__construct *c, cfn_node *name);

/* Reports CFN4811 when a literal is no name of a parameter. */
void cfn__check_ssm_name(cfn__expansion *x, const cfn__construct *c, const char *property,
                         cfn_str value);

/* ---- helpers ---- */

/* Whether what the construct makes may stay when the stack is deleted, or when it is replaced. */
bool cfn__outlives_the_stack(const cfn__construct *c);

/* cfn__tags for the types that take their tags as a map. */
cfn_str_map cfn__tags_map(cfn__expansion *x, const cfn__construct *c, const cfn_node *name,
                          cfn_json own);

/* {"StringEquals": {"aws:SourceAccount": the account of the stack}}. */
cfn_node *cfn__this_account(const cfn__maker *make);

/* Reports CFN4423 for each of a construct's PolicyStatements that lets EventBridge in under a
 * condition. */
void cfn__check_event_statements(cfn__expansion *x, const cfn__construct *c,
                                 const cfn_json_list *statements);

/* Makes a policy {Id}{prefix}{Role} for each role that a property (a list of role names) grants
 * `statements` to; reports CFN2024 when one is not a name. */
void cfn__grant(cfn__expansion *x, cfn__construct *c, const char *property, const char *prefix,
                const cfn_str_list *roles, const cfn_node *statements);

/* Reports CFN4504 when a literal is neither rate(...) nor cron(...) as the service takes it:
 * Secrets Manager, EventBridge, or AWS Backup, which takes cron(...) alone. */
typedef enum cfn__scheduler {
    CFN__SECRETS_MANAGER,
    CFN__EVENT_BRIDGE,
    CFN__AWS_BACKUP
} cfn__scheduler;
void cfn__check_schedule(cfn__expansion *x, const cfn__construct *c, const char *property,
                         cfn_str value, cfn__scheduler scheduler);

/* A policy statement without its Resource. */
cfn_node *cfn__statement(const cfn__maker *make, const char *sid, cfn_node *principal,
                         const char *const *actions);

/* {"Version": "2012-10-17", "Statement": [...]}. */
cfn_node *cfn__policy_document(const cfn__maker *make, cfn_node *statements);

/* {"Service": text}, the text may hold ${...}. */
cfn_node *cfn__service_principal(const cfn__maker *make, const char *service);

/* {operator: {key: value}}. */
cfn_node *cfn__policy_condition(const cfn__maker *make, const char *operator_name, const char *key,
                                cfn_node *value);

/* A value as JSON text on one line: a string, or a Fn::Sub when there are functions in it. What a
 * function gives at deployment stands in quotes. */
cfn_node *cfn__json_text_node(const cfn__maker *make, const cfn_node *value);

/* Inside of such a value: a function that gives a number, which stands without quotes. */
cfn_node *cfn__json_bare(const cfn__maker *make, cfn_node *function);

/* A copy to be checked in the place of a value that is made: functions in it are texts, and what is
 * said of it names the path of `key` in `owner`. */
cfn_node *cfn__stand_in(cfn_arena *arena, const cfn_node *value, const cfn_node *owner,
                        const char *key);

/* The items as one text with commas between them, or a Fn::Join; NULL when there are none. */
cfn_node *cfn__comma_separated(const cfn__maker *make, const cfn_str_list *list);

/* A short alphanumeric name for a value, to be part of a logical id: what it refers to, or its text
 * with x for all else; so that the id says whom it is about and does not change with the order. */
const char *cfn__label(cfn_arena *arena, const cfn_node *value);

/* Reports CFN2024 when a literal is not `prefix` followed by 8 to 17 hexadecimal digits. */
void cfn__check_ec2_id(cfn__expansion *x, const cfn__construct *c, const char *property,
                       cfn_str value, const char *prefix);

/* Reports CFN2024 when the value is the ARN of a function: metrics know it by its name. */
void cfn__check_function_name(cfn__expansion *x, const cfn__construct *c, const char *property,
                              cfn_str value);

/* Reports CFN4901 when a literal description has characters that the service does not take. */
void cfn__check_description(cfn__expansion *x, const cfn__construct *c, const char *property,
                            cfn_str value, const char *allowed);

#endif
