/* Shows what a deployment would change, and asks where data or security are touched. */
#include "deploy.h"
#include "template.h"

#include <cfngen/diff.h>

enum { LINES_OF_CONTEXT = 3 };

/* What is asked about, and what is known of it. */
typedef struct review {
    deployment *d;
    deployed_template old;
    cfn_diagnostics *diagnostics;
    cfn_template_diff *diff;
    size_t reasons; /* to ask; each was said */
} review;

/* A stack that is only being made has no template yet. */
static bool open_review(review *r)
{
    deployment *d = r->d;
    bool exists = d->before.state.phase == STACK_READY;
    if (exists && !fetch_template(d->client, d->name, &r->old))
        return false;
    r->diagnostics = cfn_diagnostics_new();
    if (r->diagnostics)
        r->diff = cfn_template_diff_new(
            r->old.root, d->root, &(cfn_diff_options){.schema = d->facts.schema}, r->diagnostics);
    if (!r->diff)
        out_of_memory();
    return r->diff != NULL;
}

static void close_review(review *r)
{
    cfn_template_diff_free(r->diff);
    cfn_diagnostics_free(r->diagnostics);
    deployed_template_free(&r->old);
}

/* Of a new stack everything is new; who may do what in it is worth reading all the same. */
static void show(const review *r)
{
    cfn_diff_render_options form = {
        .part = r->old.root ? CFN_DIFF_ALL : CFN_DIFF_SECURITY,
        .colours = wants_colours(stdout),
        .context = LINES_OF_CONTEXT,
    };
    const char *text = cfn_template_diff_render(r->diff, &form, NULL);
    if (text && !cfn_template_diff_is_empty(r->diff, form.part))
        fputs(text, stdout);
    printf("CloudFormation would change in the stack %s:\n", r->d->name);
    if (!print_changes(&r->d->set))
        puts("  nothing but outputs, tags or other things that are no resources");
    fflush(stdout);
}

static void find_lost_data(review *r)
{
    const cfn_diff_entry *e;
    for (size_t i = 0; (e = cfn_template_diff_entry_at(r->diff, i)); i++) {
        if (!e->holds_data || e->impact < CFN_IMPACT_MAY_REPLACE)
            continue;
        fprintf(stderr, "cfngen: data is touched: %s (%s): %s%s%s\n", e->id, e->old_type,
                cfn_impact_name(e->impact), *e->loss ? ": " : "", e->loss);
        r->reasons++;
    }
}

/* What CloudFormation alone knows, as the values of its dynamic references. */
static void find_more_lost_data(review *r)
{
    const cfn_node *risk = find_risk(&r->d->set, type_holds_data);
    if (!risk || r->reasons)
        return;
    fprintf(stderr,
            "cfngen: data is touched: %s (%s) holds data and would be replaced or deleted\n",
            text_of(risk, "LogicalResourceId"), text_of(risk, "ResourceType"));
    r->reasons++;
}

static void find_broader_access(review *r)
{
    const cfn_access_change *a;
    size_t count = 0;
    for (size_t i = 0; (a = cfn_template_diff_access_at(r->diff, i)); i++)
        count += a->broadens;
    if (!count)
        return;
    fprintf(stderr, "cfngen: security is touched: %zu change%s above allow%s more than before\n",
            count, count == 1 ? "" : "s", count == 1 ? "s" : "");
    r->reasons++;
}

static int say_how_to_execute(const deployment *d)
{
    printf("The change set waits; this executes it:\n"
           "  aws cloudformation execute-change-set --change-set-name %s\n",
           d->set.id);
    return STATUS_CLEAN;
}

static int ask(const review *r)
{
    char question[300];
    deployment *d = r->d;
    snprintf(question, sizeof question, "Go on with the stack %s?", d->name);
    if (!r->reasons || option_value(d->arguments, "yes"))
        return GO_ON;
    if (aws_confirm(d->client, question, "--yes"))
        return GO_ON;
    return aws_interrupted(d->client) ? STATUS_INCOMPLETE : STATUS_FINDINGS;
}

int review_changes(deployment *d)
{
    review r = {.d = d};
    int status = open_review(&r) ? GO_ON : STATUS_TROUBLE;
    if (status == GO_ON) {
        show(&r);
        find_lost_data(&r);
        find_more_lost_data(&r);
        find_broader_access(&r);
        status = option_value(d->arguments, "no-execute") ? say_how_to_execute(d) : ask(&r);
    }
    close_review(&r);
    return status;
}
