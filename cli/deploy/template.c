/* Fetches templates, and says which types hold data. */
#include "template.h"

#include <cfngen/read.h>
#include <cfngen/schema.h>
#include <string.h>

/* aws makes JSON in an answer part of it; a template in YAML is a text. */
static const cfn_node *read_body(deployed_template *tpl, const cfn_node *body)
{
    const char *text = cfn_node_text(body);
    if (cfn_node_kind(body) != CFN_KIND_STRING)
        return body;
    cfn_diagnostics *unheard = cfn_diagnostics_new();
    tpl->arena = cfn_arena_new();
    const cfn_node *root = unheard && tpl->arena
                               ? cfn_read_text(tpl->arena, unheard, "deployed template", text,
                                               strlen(text), CFN_FORMAT_AUTO)
                               : NULL;
    cfn_diagnostics_free(unheard);
    return root;
}

bool fetch_template(aws_client *client, const char *stack, deployed_template *tpl)
{
    char what[600];
    snprintf(what, sizeof what, "the template of the stack %s cannot be read", stack);
    *tpl = (deployed_template){.arena = NULL};
    tpl->answer = aws_ask(
        client, &(aws_call){
                    .service = "cloudformation",
                    .operation = "get-template",
                    .arguments = (const char *const[]){"--stack-name", stack, "--template-stage",
                                                       "Original", NULL},
                    .reads_only = true,
                });
    if (tpl->answer.outcome == AWS_ANSWERED)
        tpl->root = read_body(tpl, cfn_node_get(tpl->answer.root, "TemplateBody"));
    else
        aws_complain(&tpl->answer, what);
    return tpl->answer.outcome == AWS_ANSWERED;
}

void deployed_template_free(deployed_template *tpl)
{
    aws_answer_free(&tpl->answer);
    cfn_arena_free(tpl->arena);
}

bool type_holds_data(const char *type)
{
    const cfn_schema *facts = cfn_schema_embedded();
    const cfn_schema_type *found = facts ? cfn_schema_type_find(facts, type, strlen(type)) : NULL;
    return found && cfn_schema_type_describe(facts, found).holds_data;
}
