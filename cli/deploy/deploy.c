/* What the steps of a deployment need: uploads, the operation that is followed, and the end. */
#include "deploy.h"

#include <cfngen/assets.h>
#include <cfngen/synth.h>
#include <stdlib.h>
#include <string.h>

enum { LONGEST_PATH = 4096 };

/* ---- what is uploaded ---- */

static const char *bucket_of(const deployment *d)
{
    return option_value(d->arguments, "s3-bucket");
}

/* The parameters with which a function without a place for its code asks for one. */
static int put_code(deployment *d, const char *function, int length, const char *key)
{
    const char *const values[][2] = {{"CodeBucket", bucket_of(d)}, {"CodeKey", key}};
    for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
        char name[300];
        snprintf(name, sizeof name, "%.*s%s", length, function, values[i][0]);
        if (!cfn_template_get(d->tpl, CFN_SECTION_PARAMETERS, name)) {
            trouble("--code %.*s: the template has no parameter %s", length, function, name);
            fputs("  = hint: --code is for functions whose Code names neither bucket nor path\n",
                  stderr);
            return STATUS_FINDINGS;
        }
        if (!put_parameter(&d->parameters, name, strlen(name), values[i][1], false))
            return out_of_memory();
    }
    return GO_ON;
}

/* What --code names, for functions that ask for the place of their code by parameters. */
static int upload_code(deployment *d)
{
    size_t cursor = 0;
    const char *setting;
    int status = GO_ON;
    while (status == GO_ON && (setting = option_next(d->arguments, "code", &cursor))) {
        char key[UPLOAD_KEY_SIZE];
        const char *equals = strchr(setting, '=');
        status = upload_file(d->client, bucket_of(d), equals + 1, ".zip", key);
        if (status == STATUS_CLEAN)
            status = put_code(d, setting, (int)(equals - setting), key);
    }
    return status;
}

/* Where a path of the stack file leads: it is relative to the folder of that file. */
static void find_file(const deployment *d, const char *path, char file[LONGEST_PATH])
{
    const char *stack_file = d->arguments->operands[0];
    const char *slash = strrchr(stack_file, '/');
    int folder = *path != '/' && slash ? (int)(slash - stack_file) + 1 : 0;
    snprintf(file, LONGEST_PATH, "%.*s%s", folder, stack_file, path);
}

static int upload_asset(deployment *d, const cfn_asset *asset)
{
    char file[LONGEST_PATH], key[UPLOAD_KEY_SIZE];
    const char *slash = strrchr(asset->path, '/');
    const char *dot = strrchr(slash ? slash : asset->path, '.');
    if (!bucket_of(d)) {
        trouble("%s of %s is the local file %s, which goes through a bucket", asset->property,
                asset->resource, asset->path);
        fputs("  = hint: name a bucket of the same region with --s3-bucket\n", stderr);
        return STATUS_FINDINGS;
    }
    find_file(d, asset->path, file);
    int status = upload_file(d->client, bucket_of(d), file, dot ? dot : "", key);
    if (status == STATUS_CLEAN)
        cfn_asset_place(cfn_stack_arena(d->stack), asset, bucket_of(d), key);
    return status == STATUS_CLEAN ? GO_ON : status;
}

int upload_assets(deployment *d)
{
    size_t count;
    const cfn_asset *assets = cfn_assets_find(cfn_stack_arena(d->stack), d->tpl, &count);
    int status = upload_code(d);
    for (size_t i = 0; i < count && status == GO_ON; i++)
        status = upload_asset(d, &assets[i]);
    return status;
}

/* People read the template in the console, so it keeps its spaces where there is room. */
int prepare_template(deployment *d)
{
    size_t length = 0;
    d->text = cfn_stack_text(d->stack, NULL, &length);
    if (d->text && length > CFN_MAX_TEMPLATE_BODY_BYTES)
        d->text = cfn_stack_text(d->stack, &(cfn_write_options){.minify = true}, &length);
    if (!d->text)
        return out_of_memory();
    if (length <= CFN_MAX_TEMPLATE_BODY_BYTES)
        return GO_ON;
    if (!bucket_of(d)) {
        trouble("the template has %zu bytes, and more than %d go through a bucket", length,
                CFN_MAX_TEMPLATE_BODY_BYTES);
        fputs("  = hint: name a bucket of the same region with --s3-bucket\n", stderr);
        return STATUS_FINDINGS;
    }
    int status = upload_template(d->client, bucket_of(d), d->text, length, d->url);
    return status == STATUS_CLEAN ? GO_ON : status;
}

/* ---- the operation ---- */

static double timeout_of(const deployment *d)
{
    const char *text = option_value(d->arguments, "timeout");
    return text ? read_duration(text) : 0;
}

int follow_operation(deployment *d, watch *w, const char *what)
{
    char failed[256];
    w->seconds = timeout_of(d);
    switch (watch_operation(w)) {
    case WATCH_SUCCEEDED:
        return GO_ON;
    case WATCH_FAILED:
        snprintf(failed, sizeof failed, "the stack %s was not %s", d->name, what);
        return watch_complain(w, failed);
    case WATCH_TIME_OUT:
        fprintf(stderr, "cfngen: the time of --timeout is over\n");
        return say_how_to_go_on(d);
    case WATCH_STOPPED:
        return STATUS_INCOMPLETE;
    case WATCH_LOST:
        break;
    }
    say_how_to_go_on(d);
    return STATUS_TROUBLE;
}

/* ---- the end ---- */

static int say_running(const deployment *d)
{
    fprintf(stderr,
            "cfngen: the stack %s is left as it is, and what is under way goes on.\n"
            "  cfngen status --watch %s   watches it; so does the same deployment, run again\n"
            "  aws cloudformation cancel-update-stack --stack-name %s   takes an update back\n",
            d->name, d->name, d->name);
    return STATUS_INCOMPLETE;
}

int say_how_to_go_on(deployment *d)
{
    aws_forget_signal(d->client);
    if (d->stage == STAGE_RUNNING)
        return say_running(d);
    drop_change_set(d->client, &d->set);
    fprintf(stderr, "cfngen: interrupted; nothing was changed in the stack %s\n", d->name);
    return STATUS_INCOMPLETE;
}
