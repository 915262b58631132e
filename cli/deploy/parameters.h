/* The values of a template's parameters, as the user gives them. */
#ifndef CLI_DEPLOY_PARAMETERS_H
#define CLI_DEPLOY_PARAMETERS_H

#include "../aws/aws.h"
#include "../json.h"

#include <cfngen/template.h>

typedef struct parameter {
    char *name, *value;
    bool among_arguments; /* others on the machine can see it */
} parameter;

typedef struct parameter_list {
    parameter *items;
    size_t count;
} parameter_list;

/* Takes --parameters-file, then each --parameter, which beats it. STATUS_CLEAN, or the status to
 * exit with after it has said what is wrong; values are never said. Free in any case. */
int read_parameters(const cli_arguments *arguments, parameter_list *list);
void parameters_free(parameter_list *list);

/* Gives a parameter a value, which beats the one it has; false when memory is out. */
bool put_parameter(parameter_list *list, const char *name, size_t length, const char *value,
                   bool among_arguments);

/* Whether the template takes all of them, and those without a Default have a value: here, or in the
 * stack as it is deployed (NULL: none). Says all that is wrong. */
int check_parameters(const parameter_list *list, const cfn_template *tpl, const cfn_node *deployed);

/* Has no message show the values of parameters that the template hides (NoEcho). */
bool hide_secrets(aws_client *client, const parameter_list *list, const cfn_template *tpl);

/* The member Parameters of a request. A parameter that the deployed stack has keeps its value when
 * none is given. */
void put_parameters(cli_json *json, const parameter_list *list, const cfn_template *tpl,
                    const cfn_node *deployed);

#endif
