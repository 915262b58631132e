/* Cfngen::IAM::Role: a role for a service, with just the permissions that are stated.
 *
 * Makes {Id} (AWS::IAM::Role) with the statements as a policy of its own, so that whoever uses the
 * role has them from the first moment. Statements that allow every action of a service, or name no
 * resource where AWS offers one, are an error (CFN4431); managed policies that allow everything a
 * warning (CFN4432).
 *
 * Ref is the role's name, which is what GrantReadTo and its kin take. Attributes: Arn, RoleId.
 * A role with a name needs the capability CAPABILITY_NAMED_IAM at deployment.
 *
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#grant-least-privilege */
#ifndef CFNGEN_IAM_ROLE_H
#define CFNGEN_IAM_ROLE_H

#include <cfngen/stack.h>

CFN_BEGIN_DECLS

/* cfn_iam_role_existing takes the ARN of a role that exists. */
CFN_HANDLE(cfn_iam_role);

/* A statement of a policy, in IAM's own words. Default: effect Allow. */
typedef struct cfn_iam_statement {
    cfn_str sid;           /* letters and digits */
    cfn_str effect;        /* Allow, Deny */
    cfn_str_list action;   /* required */
    cfn_str_list resource; /* required: ARNs */
    cfn_json condition;    /* a mapping */
} cfn_iam_statement;

typedef CFN_LIST_OF(cfn_iam_statement) cfn_iam_statement_list;

#ifndef __cplusplus
/* .statements = CFN_STATEMENTS({.action = CFN_LIST(cfn_s("sqs:SendMessage")), ...}, {...}) */
#define CFN_STATEMENTS(...) CFN_ITEMS(cfn_iam_statement, __VA_ARGS__)
#endif

/* Defaults: name {id}-{environment}-{suffix}, path /. One at least of assumed_by and
 * assume_role_statements. */
typedef struct cfn_iam_role_props {
    cfn_str name, path, description;
    cfn_str_list assumed_by;              /* services, as lambda.amazonaws.com */
    cfn_json assumed_by_condition;        /* a mapping; the Condition under which they may */
    cfn_json_list assume_role_statements; /* anybody else: whole statements with a Principal */
    cfn_iam_statement_list statements;
    cfn_str_list managed_policies; /* ARNs, or names of AWS's own, as service-role/AWSBackup... */
    cfn_str permissions_boundary;  /* the ARN of a managed policy */
    cfn_int max_session_duration;  /* seconds, 3600 to 43200 */
    cfn_json tags;
    cfn_attributes attributes;
} cfn_iam_role_props;

#define cfn_iam_role_add(stack, id, ...)                                                           \
    cfn_iam_role_add_at(stack, id, __VA_ARGS__, __FILE__, __LINE__)
CFN_API cfn_iam_role cfn_iam_role_add_at(cfn_stack *stack, const char *id,
                                         const cfn_iam_role_props *props, const char *file,
                                         int line);

static inline cfn_str cfn_iam_role_arn(cfn_iam_role role)
{
    return role.handle.id ? cfn_att(role.handle.id, "Arn") : role.handle.value;
}

/* What grants take; holds nothing for a role that exists, whose name is known to you alone. */
static inline cfn_str cfn_iam_role_name(cfn_iam_role role)
{
    return role.handle.id ? cfn_ref(role.handle.id) : cfn_s(NULL);
}

CFN_END_DECLS

#endif
