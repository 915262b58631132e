/* All construct types, and what they offer to each other while they are wired and expanded. */
#ifndef CFN_CONSTRUCTS_CONSTRUCTS_H
#define CFN_CONSTRUCTS_CONSTRUCTS_H

#include "stack/construct.h"

#include <cfngen/rds_aurora_cluster.h>

/* Every type, ended by NULL. */
extern const cfn__construct_type *const cfn__construct_types[];

extern const cfn__construct_type cfn__kms_key_type;
extern const cfn__construct_type cfn__ec2_network_type;
extern const cfn__construct_type cfn__ec2_security_group_type;
extern const cfn__construct_type cfn__secretsmanager_secret_type;
extern const cfn__construct_type cfn__rds_aurora_cluster_type;

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

/* ---- helpers ---- */

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

/* A short alphanumeric name for a value, to be part of a logical id: what it refers to, or its text
 * with x for all else; so that the id says whom it is about and does not change with the order. */
const char *cfn__label(cfn_arena *arena, const cfn_node *value);

/* Reports CFN2024 when a literal is not `prefix` followed by 8 to 17 hexadecimal digits. */
void cfn__check_ec2_id(cfn__expansion *x, const cfn__construct *c, const char *property,
                       cfn_str value, const char *prefix);

/* Reports CFN4901 when a literal description has characters that the service does not take. */
void cfn__check_description(cfn__expansion *x, const cfn__construct *c, const char *property,
                            cfn_str value, const char *allowed);

#endif
