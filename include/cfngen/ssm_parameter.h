/* Cfngen::SSM::Parameter: a text, or a list of texts, that programs read and may change.
 *
 * Makes {Id} (AWS::SSM::Parameter), and for each role in GrantReadTo and GrantWriteTo a policy
 * {Id}ReadBy{Role} or {Id}WriteBy{Role} (AWS::IAM::Policy) for this parameter alone.
 *
 * A parameter is no place for a secret: CloudFormation makes none of the type SecureString, and
 * what a dynamic reference resolves to would be stored in clear text (CFN4812); a
 * Cfngen::SecretsManager::Secret is. What a program has written stays there until the value in the
 * template changes.
 *
 * Ref is the parameter's name. Attributes: Type, Value.
 *
 * https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_PutParameter.html */
#ifndef CFNGEN_SSM_PARAMETER_H
#define CFNGEN_SSM_PARAMETER_H

#include <cfngen/stack.h>

CFN_BEGIN_DECLS

/* cfn_ssm_parameter_existing takes the name of a parameter that exists. */
CFN_HANDLE(cfn_ssm_parameter);

/* Defaults: name {id}-{environment}-{suffix}, tier Standard. */
typedef struct cfn_ssm_parameter_props {
    cfn_str name;            /* with slashes it starts with one, and has 15 levels at most */
    cfn_str description;     /* 1024 characters at most */
    cfn_str value;           /* of a String; 4 KB, or 8 KB with the tier Advanced */
    cfn_str_list values;     /* of a StringList, whose items have no commas; excludes value */
    cfn_str allowed_pattern; /* a regular expression for new values */
    cfn_str tier;            /* Standard, Advanced, Intelligent-Tiering */
    cfn_str_list grant_read_to, grant_write_to; /* names of roles */
    cfn_json tags;
    cfn_attributes attributes;
} cfn_ssm_parameter_props;

#define cfn_ssm_parameter_add(stack, id, ...)                                                      \
    cfn_ssm_parameter_add_at(stack, id, __VA_ARGS__, __FILE__, __LINE__)
CFN_API cfn_ssm_parameter cfn_ssm_parameter_add_at(cfn_stack *stack, const char *id,
                                                   const cfn_ssm_parameter_props *props,
                                                   const char *file, int line);

static inline cfn_str cfn_ssm_parameter_name(cfn_ssm_parameter parameter)
{
    return parameter.handle.id ? cfn_ref(parameter.handle.id) : parameter.handle.value;
}

CFN_END_DECLS

#endif
