/* The template of a deployed stack. */
#ifndef CLI_DEPLOY_TEMPLATE_H
#define CLI_DEPLOY_TEMPLATE_H

#include "stack.h"

typedef struct deployed_template {
    aws_answer answer;
    cfn_arena *arena;     /* of one that AWS keeps as text */
    const cfn_node *root; /* NULL when it cannot be read */
} deployed_template;

/* Fetches it as it was given to CloudFormation, before any transform. False after saying why AWS
 * does not tell. Free in any case. */
bool fetch_template(aws_client *client, const char *stack, deployed_template *tpl);
void deployed_template_free(deployed_template *tpl);

/* Whether what is in a resource of this type goes with it. */
bool type_holds_data(const char *type);

#endif
