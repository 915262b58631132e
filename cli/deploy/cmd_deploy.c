/* cfngen deploy: one step after the other, from a stack file to the outputs of the stack. */
#include "../stack_file.h"
#include "deploy.h"
#include "outputs.h"
#include "request.h"

#include <cfngen/synth.h>
#include <string.h>

static bool is_given(const deployment *d, const char *option)
{
    return option_value(d->arguments, option) != NULL;
}

/* ---- before AWS is asked ---- */

static int synthesise(deployment *d)
{
    d->facts = open_schema(d->arguments);
    if (!d->facts.schema)
        return STATUS_TROUBLE;
    d->stack = open_stack(d->arguments, d->facts.schema, d->arguments->operands[0]);
    if (!d->stack)
        return out_of_memory();
    cfn_diagnostics *diagnostics = cfn_stack_diagnostics(d->stack);
    print_diagnostics(stderr, diagnostics, wants_json(d->arguments));
    int status = diagnostics_status(diagnostics, false);
    if (status != STATUS_CLEAN)
        return status;
    /* It was checked: what is looked for now is what it holds. */
    cfn_diagnostics *unheard = cfn_diagnostics_new();
    d->root = cfn_stack_synth(d->stack);
    if (unheard && d->root)
        d->tpl = cfn_template_new(cfn_stack_arena(d->stack), d->root, unheard);
    cfn_diagnostics_free(unheard);
    return d->tpl ? GO_ON : out_of_memory();
}

static int take_parameters(deployment *d)
{
    int status = read_parameters(d->arguments, &d->parameters);
    return status == STATUS_CLEAN ? GO_ON : status;
}

/* ---- the stack as it is ---- */

static int look_up(deployment *d)
{
    deployed_stack_free(&d->before);
    return describe_stack(d->client, d->name, &d->before) ? GO_ON : STATUS_TROUBLE;
}

/* Another deployment, or an earlier one that was interrupted: its end comes first. */
static int await_running(deployment *d)
{
    watch w;
    fprintf(stderr, "cfngen: the stack %s is %s: watching that first\n", d->name,
            d->before.state.name);
    d->stage = STAGE_RUNNING;
    if (!watch_running(&w, d->client, &d->before))
        return STATUS_TROUBLE;
    int status = follow_operation(d, &w, "finished");
    if (status != GO_ON)
        return status;
    d->stage = STAGE_NOTHING;
    return look_up(d);
}

static int refuse_state(deployment *d)
{
    trouble("the stack %s is %s and cannot be updated", d->name, d->before.state.name);
    if (d->before.state.advice)
        fprintf(stderr, "  = hint: %s\n", d->before.state.advice);
    return STATUS_FINDINGS;
}

static int delete_remains(deployment *d)
{
    char question[256];
    watch w;
    snprintf(question, sizeof question,
             "The stack %s failed when it was created, and is empty (%s). Delete it and create it "
             "anew?",
             d->name, d->before.state.name);
    if (!is_given(d, "yes") && !aws_confirm(d->client, question, "--yes"))
        return STATUS_FINDINGS;
    if (!watch_from_now(&w, d->client, &d->before))
        return STATUS_TROUBLE;
    d->stage = STAGE_RUNNING;
    if (!delete_stack(d->client, w.stack, option_value(d->arguments, "role-arn")))
        return STATUS_TROUBLE;
    int status = follow_operation(d, &w, "deleted");
    if (status != GO_ON)
        return status;
    d->stage = STAGE_NOTHING;
    return look_up(d);
}

/* Nothing is in it, so it may go; but not for a look at what would be. */
static bool is_replaced(const deployment *d)
{
    return strcmp(d->before.state.name, "ROLLBACK_COMPLETE") == 0 && !is_given(d, "no-execute");
}

/* Until the stack is in a state in which it can be created or updated. */
static int settle(deployment *d)
{
    int status = GO_ON;
    if (d->before.state.phase == STACK_BUSY)
        status = await_running(d);
    if (status != GO_ON)
        return status;
    switch (d->before.state.phase) {
    case STACK_BUSY:
    case STACK_STUCK:
        return refuse_state(d);
    case STACK_BROKEN:
        return is_replaced(d) ? delete_remains(d) : refuse_state(d);
    default:
        return GO_ON;
    }
}

static int check_values(deployment *d)
{
    if (!hide_secrets(d->client, &d->parameters, d->tpl))
        return out_of_memory();
    /* A stack that is only being made has no values yet. */
    bool exists = d->before.state.phase == STACK_READY;
    int status = check_parameters(&d->parameters, d->tpl, exists ? d->before.node : NULL);
    return status == STATUS_CLEAN ? GO_ON : status;
}

/* ---- the change set ---- */

static void put_capabilities(cli_json *json, const cfn_template *tpl)
{
    unsigned needed = cfn_template_capabilities(tpl);
    if (needed & CFN_CAPABILITY_NAMED_IAM)
        needed &= ~(unsigned)CFN_CAPABILITY_IAM;
    json_open(json, "Capabilities", '[');
    for (unsigned bit = 1; bit <= CFN_CAPABILITY_AUTO_EXPAND; bit <<= 1)
        if (needed & bit)
            json_text(json, NULL, cfn_capability_name(bit));
    json_close(json, ']');
}

static void put_tags(cli_json *json, const cli_arguments *arguments)
{
    size_t cursor = 0;
    const char *setting;
    if (!option_value(arguments, "tags"))
        return;
    json_open(json, "Tags", '[');
    while ((setting = option_next(arguments, "tags", &cursor))) {
        char key[256];
        const char *equals = strchr(setting, '=');
        snprintf(key, sizeof key, "%.*s", (int)(equals - setting), setting);
        json_open(json, NULL, '{');
        json_text(json, "Key", key);
        json_text(json, "Value", equals + 1);
        json_close(json, '}');
    }
    json_close(json, ']');
}

static const char *write_request(deployment *d, request *r)
{
    bool exists = d->before.state.phase == STACK_READY;
    const char *role = option_value(d->arguments, "role-arn");
    if (!begin_request(r))
        return NULL;
    json_text(&r->json, "StackName", d->name);
    json_text(&r->json, "ChangeSetName", d->set.name);
    json_text(&r->json, "ChangeSetType", exists ? "UPDATE" : "CREATE");
    json_text(&r->json, "Description", "made by cfngen deploy");
    json_text(&r->json, *d->url ? "TemplateURL" : "TemplateBody", *d->url ? d->url : d->text);
    put_parameters(&r->json, &d->parameters, d->tpl, exists ? d->before.node : NULL);
    put_capabilities(&r->json, d->tpl);
    put_tags(&r->json, d->arguments);
    if (role)
        json_text(&r->json, "RoleARN", role);
    return end_request(r);
}

static int propose(deployment *d)
{
    request r;
    name_change_set(&d->set, d->name, d->before.state.phase == STACK_ABSENT);
    const char *text = write_request(d, &r);
    d->stage = STAGE_PROPOSED;
    change_set_end end = text ? make_change_set(d->client, &d->set, text) : CHANGE_SET_FAILED;
    free_request(&r);
    if (!text)
        out_of_memory();
    if (end == CHANGE_SET_READY)
        return GO_ON;
    if (end == CHANGE_SET_STOPPED)
        return STATUS_INCOMPLETE;
    drop_change_set(d->client, &d->set);
    d->stage = STAGE_NOTHING;
    if (end == CHANGE_SET_FAILED)
        return STATUS_FINDINGS;
    printf("nothing changes in the stack %s\n", d->name);
    d->nothing_changes = true;
    return GO_ON;
}

static int give_up(deployment *d)
{
    if (aws_interrupted(d->client))
        return STATUS_INCOMPLETE;
    drop_change_set(d->client, &d->set);
    d->stage = STAGE_NOTHING;
    fputs("cfngen: nothing was changed\n", stderr);
    return STATUS_TROUBLE;
}

static int review(deployment *d)
{
    if (d->nothing_changes)
        return GO_ON;
    int status = review_changes(d);
    if (status == STATUS_CLEAN) /* --no-execute */
        return status;
    if (status != GO_ON)
        give_up(d);
    return status;
}

static int say_lost(deployment *d)
{
    say_how_to_go_on(d);
    return STATUS_TROUBLE;
}

static int execute(deployment *d)
{
    watch w;
    deployed_stack made;
    if (d->nothing_changes)
        return GO_ON;
    bool known = describe_stack(d->client, d->set.stack_id, &made) && made.node &&
                 watch_from_now(&w, d->client, &made);
    deployed_stack_free(&made);
    if (!known)
        return give_up(d);
    d->stage = STAGE_RUNNING;
    aws_outcome outcome = execute_change_set(d->client, &d->set);
    if (outcome == AWS_REFUSED)
        return give_up(d);
    if (outcome != AWS_ANSWERED) /* it may have arrived all the same */
        return aws_interrupted(d->client) ? STATUS_INCOMPLETE : say_lost(d);
    w.total = cfn_node_size(cfn_node_get(d->set.answer.root, "Changes"));
    return follow_operation(d, &w, d->set.creates ? "created" : "updated");
}

static int write_down(deployment *d)
{
    const char *path = option_value(d->arguments, "output");
    outputs_request wanted = {.path = path ? path : OUTPUTS_FILE};
    d->stage = STAGE_NOTHING;
    int status = look_up(d);
    if (status != GO_ON)
        return status;
    if (!d->before.node)
        return trouble("the stack %s is gone", d->name);
    status = write_outputs(&d->before.answer.root, 1, &wanted);
    if (status == STATUS_CLEAN && strcmp(wanted.path, "-") != 0)
        fprintf(stderr, "cfngen: %s has the outputs of the stack %s\n", wanted.path, d->name);
    return status;
}

static int check_arguments(const cli_arguments *arguments)
{
    const char *file = option_value(arguments, "parameters-file");
    if (!option_value(arguments, "stack-name"))
        return usage_error(arguments->command, "name the stack with --stack-name");
    if (file && strcmp(file, "-") == 0 && strcmp(arguments->operands[0], "-") == 0)
        return usage_error(arguments->command,
                           "only one of FILE and --parameters-file can be standard input");
    if (option_value(arguments, "code") && !option_value(arguments, "s3-bucket"))
        return usage_error(arguments->command, "--code needs --s3-bucket, the bucket to upload to");
    return STATUS_CLEAN;
}

int cmd_deploy(const cli_arguments *arguments)
{
    static int (*const steps[])(deployment *) = {
        synthesise,       take_parameters, look_up, settle,  upload_assets, check_values,
        prepare_template, propose,         review,  execute, write_down};
    deployment d = {.arguments = arguments, .name = option_value(arguments, "stack-name")};
    int status = check_arguments(arguments);
    if (status != STATUS_CLEAN)
        return status;
    d.client = aws_open(option_value(arguments, "region"));
    status = d.client ? GO_ON : STATUS_TROUBLE;
    for (size_t i = 0; i < sizeof steps / sizeof *steps && status == GO_ON; i++)
        status = steps[i](&d);
    if (d.client && aws_interrupted(d.client))
        status = say_how_to_go_on(&d);
    change_set_free(&d.set);
    deployed_stack_free(&d.before);
    parameters_free(&d.parameters);
    aws_close(d.client);
    cfn_stack_free(d.stack);
    close_schema(&d.facts);
    return status;
}
