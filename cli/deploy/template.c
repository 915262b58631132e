/* Fetches templates, and says what deletion does to what is in them. */
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

/* Without a policy only databases that stand alone leave a snapshot.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-deletionpolicy.html
 */
resource_fate fate_of_resource(const cfn_node *resource)
{
    static const struct {
        const char *policy;
        resource_fate fate;
    } fates[] = {{"Delete", RESOURCE_GOES},
                 {"Snapshot", RESOURCE_LEAVES_SNAPSHOT},
                 {"Retain", RESOURCE_STAYS},
                 {"RetainExceptOnCreate", RESOURCE_STAYS}};
    const char *policy = text_of(resource, "DeletionPolicy"), *type = text_of(resource, "Type");
    for (size_t i = 0; i < sizeof fates / sizeof *fates; i++)
        if (strcmp(policy, fates[i].policy) == 0)
            return fates[i].fate;
    bool alone = strcmp(type, "AWS::RDS::DBInstance") == 0 &&
                 !cfn_node_find(resource, "Properties/DBClusterIdentifier");
    return alone || strcmp(type, "AWS::RDS::DBCluster") == 0 ? RESOURCE_LEAVES_SNAPSHOT
                                                             : RESOURCE_GOES;
}

bool type_holds_data(const char *type)
{
    const cfn_schema *facts = cfn_schema_embedded();
    const cfn_schema_type *found = facts ? cfn_schema_type_find(facts, type, strlen(type)) : NULL;
    return found && cfn_schema_type_describe(facts, found).holds_data;
}
