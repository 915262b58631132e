/* cfngen task test|start|stop|status|reload: replication tasks of DMS, which CloudFormation neither
 * starts nor stops. */
#include "../deploy/request.h"
#include "../deploy/stack.h"
#include "../json.h"
#include "../output.h"
#include "task.h"

#include <string.h>

static bool is_given(const task_run *run, const char *option)
{
    return option_value(run->arguments, option) != NULL;
}

static bool agrees(task_run *run, const char *question)
{
    return is_given(run, "yes") || aws_confirm(run->client, question, "--yes");
}

/* ---- start ---- */

/* How DMS is to start it: the first time, from where it stopped, or all over again. A task of
 * changes begins anew at a position that is given; going on would leave it out of account.
 * https://docs.aws.amazon.com/dms/latest/APIReference/API_StartReplicationTask.html */
static const char *start_type(const task_run *run)
{
    return is_new(run) || is_given(run, "from") ? "start-replication" : "resume-processing";
}

static int start(task_run *run, const char *type)
{
    char what[600], before[64];
    const char *position = option_value(run->arguments, "from");
    snprintf(before, sizeof before, "%s", task_state(&run->task));
    snprintf(what, sizeof what, "the task %s cannot be started", run->task.arn);
    aws_answer answer = aws_ask(
        run->client,
        &(aws_call){.service = "dms",
                    .operation = "start-replication-task",
                    .arguments = (const char *const[]){
                        "--replication-task-arn", run->task.arn, "--start-replication-task-type",
                        type, position ? "--cdc-start-position" : NULL, position, NULL}});
    bool good = answer.outcome == AWS_ANSWERED;
    if (!good)
        aws_complain(&answer, what);
    aws_answer_free(&answer);
    if (!good)
        return call_trouble(run->client);
    int status = await_change(&run->task, before);
    if (status != STATUS_CLEAN)
        return status;
    if (is_given(run, "watch"))
        return watch_task(run);
    return task_is(&run->task, "running") ? STATUS_CLEAN : print_task(run);
}

/* A position makes sense for changes alone; and where they begin is DMS's business later on. */
static int check_position(const task_run *run)
{
    if (!is_given(run, "from") || strcmp(text_of(run->task.node, "MigrationType"), "cdc") == 0)
        return STATUS_CLEAN;
    trouble("the task %s copies tables first: it takes no start position", run->task.arn);
    fputs("  = hint: --from is for tasks whose MigrationType is cdc\n", stderr);
    return STATUS_FINDINGS;
}

static int start_task(task_run *run)
{
    int status = settle_task(&run->task);
    const char *state = task_state(&run->task);
    if (status != STATUS_CLEAN)
        return status;
    if (strcmp(state, "running") == 0) {
        fputs("cfngen: the task runs already\n", stderr);
        return is_given(run, "watch") ? watch_task(run) : STATUS_CLEAN;
    }
    if (!task_means(&run->task, TASK_STARTABLE))
        return trouble("the task is %s, and cannot be started so", state);
    status = check_position(run);
    if (status == STATUS_CLEAN && is_new(run))
        status = test_connections(run);
    return status == STATUS_CLEAN ? start(run, start_type(run)) : status;
}

/* ---- stop ---- */

/* DMS stops tasks that run alone: one that starts is waited for, and so is one that stops. */
static int stop_task_if_it_runs(task_run *run)
{
    bool stops = task_is(&run->task, "stopping");
    int status = settle_task(&run->task);
    if (status != STATUS_CLEAN)
        return status;
    if (task_is(&run->task, "running"))
        return stop_task(&run->task);
    if (!stops)
        fprintf(stderr, "cfngen: the task does not run: it is %s\n", task_state(&run->task));
    return STATUS_CLEAN;
}

/* ---- reload ---- */

/* The first dot ends the schema: names with dots in them are for the console. */
static bool put_tables(request *r, const task_run *run)
{
    const cli_arguments *arguments = run->arguments;
    if (!begin_request(r))
        return false;
    json_text(&r->json, "ReplicationTaskArn", run->task.arn);
    json_open(&r->json, "TablesToReload", '[');
    const char *name;
    size_t cursor = 0;
    while ((name = option_next(arguments, "table", &cursor))) {
        char schema[300];
        const char *dot = strchr(name, '.');
        snprintf(schema, sizeof schema, "%.*s", (int)(dot - name), name);
        json_open(&r->json, NULL, '{');
        json_text(&r->json, "SchemaName", schema);
        json_text(&r->json, "TableName", dot + 1);
        json_close(&r->json, '}');
    }
    json_close(&r->json, ']');
    return true;
}

static int reload_tables(task_run *run)
{
    request r;
    if (!task_is(&run->task, "running")) {
        trouble("the task is %s: DMS reloads single tables of a running one alone",
                task_state(&run->task));
        fputs("  = hint: start it first; without --table all tables are loaded again\n", stderr);
        return STATUS_FINDINGS;
    }
    if (!agrees(run, "Load these tables again? What they hold at the target is replaced."))
        return aws_interrupted(run->client) ? STATUS_INCOMPLETE : STATUS_FINDINGS;
    const char *input = put_tables(&r, run) ? end_request(&r) : NULL;
    if (!input) {
        free_request(&r);
        return out_of_memory();
    }
    aws_answer answer = aws_ask(
        run->client, &(aws_call){.service = "dms", .operation = "reload-tables", .input = input});
    bool good = answer.outcome == AWS_ANSWERED;
    if (!good)
        aws_complain(&answer, "the tables cannot be loaded again");
    aws_answer_free(&answer);
    free_request(&r);
    if (!good)
        return call_trouble(run->client);
    return is_given(run, "watch") ? watch_task(run) : STATUS_CLEAN;
}

static int reload_task(task_run *run)
{
    int status = settle_task(&run->task);
    if (status != STATUS_CLEAN)
        return status;
    if (is_given(run, "table"))
        return reload_tables(run);
    if (is_new(run)) {
        trouble("the task was never started, so there is nothing to load again");
        fputs("  = hint: cfngen task start\n", stderr);
        return STATUS_FINDINGS;
    }
    if (!task_means(&run->task, TASK_STARTABLE)) {
        trouble("the task is %s", task_state(&run->task));
        fputs("  = hint: stop it first, or name the tables: --table SCHEMA.TABLE\n", stderr);
        return STATUS_FINDINGS;
    }
    if (!agrees(run, "Load all tables again? What they hold at the target is replaced."))
        return aws_interrupted(run->client) ? STATUS_INCOMPLETE : STATUS_FINDINGS;
    return start(run, "reload-target");
}

/* ---- status ---- */

static int show_task(task_run *run)
{
    return is_given(run, "watch") ? watch_task(run) : print_task(run);
}

/* ---- the commands ---- */

static int with_task(const cli_arguments *arguments, int (*work)(task_run *))
{
    task_run run = {.arguments = arguments};
    int status = open_task(&run);
    if (status == STATUS_CLEAN)
        status = work(&run);
    if (run.client && aws_interrupted(run.client)) {
        fputs("cfngen: interrupted; what DMS has begun goes on\n", stderr);
        status = STATUS_INCOMPLETE;
    }
    close_task(&run);
    return status;
}

int cmd_task_test(const cli_arguments *arguments)
{
    return with_task(arguments, test_connections);
}

int cmd_task_start(const cli_arguments *arguments)
{
    return with_task(arguments, start_task);
}

int cmd_task_stop(const cli_arguments *arguments)
{
    return with_task(arguments, stop_task_if_it_runs);
}

int cmd_task_status(const cli_arguments *arguments)
{
    return with_task(arguments, show_task);
}

int cmd_task_reload(const cli_arguments *arguments)
{
    return with_task(arguments, reload_task);
}
