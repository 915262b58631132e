/* Shows what a deployment would change, and asks where data or security are touched. */
#include "deploy.h"
#include "template.h"

static int say_how_to_execute(const deployment *d)
{
    printf("The change set waits; this executes it:\n"
           "  aws cloudformation execute-change-set --change-set-name %s\n",
           d->set.id);
    return STATUS_CLEAN;
}

/* Without a terminal there is nobody to ask, and the option that agrees was not given. */
static int ask(deployment *d, const char *reason)
{
    char question[700];
    snprintf(question, sizeof question, "%s. Go on with the stack %s?", reason, d->name);
    if (option_value(d->arguments, "yes"))
        return GO_ON;
    if (aws_confirm(d->client, question, "--yes"))
        return GO_ON;
    return aws_interrupted(d->client) ? STATUS_INCOMPLETE : STATUS_FINDINGS;
}

int review_changes(deployment *d)
{
    char reason[512];
    printf("CloudFormation would change in the stack %s:\n", d->name);
    if (!print_changes(&d->set))
        puts("  nothing but outputs, tags or other things that are no resources");
    fflush(stdout);
    if (option_value(d->arguments, "no-execute"))
        return say_how_to_execute(d);
    const cfn_node *risk = find_risk(&d->set, type_holds_data);
    if (!risk)
        return GO_ON;
    snprintf(reason, sizeof reason, "%s (%s) holds data and would be replaced or deleted",
             text_of(risk, "LogicalResourceId"), text_of(risk, "ResourceType"));
    return ask(d, reason);
}
