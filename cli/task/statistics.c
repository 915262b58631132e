/* How a task is, and what its tables are at: once, as JSON, or as a table that changes. */
#include "../deploy/stack.h"
#include "../json.h"
#include "../output.h"
#include "task.h"

#include <string.h>
#include <unistd.h>

enum { MOST_LIVE_ROWS = 20, LONGEST_NAME = 40 };

/* The columns of numbers, under the names of DMS. */
static const struct {
    const char *title, *key;
    int width;
} columns[] = {{"ROWS", "FullLoadRows", 12},
               {"INSERTS", "Inserts", 9},
               {"UPDATES", "Updates", 9},
               {"DELETES", "Deletes", 9},
               {"DDLS", "Ddls", 6}};
enum { COLUMN_COUNT = sizeof columns / sizeof *columns };

static aws_answer ask_tables(task_run *run)
{
    aws_answer answer = aws_ask(
        run->client, &(aws_call){.service = "dms",
                                 .operation = "describe-table-statistics",
                                 .arguments = (const char *const[]){"--replication-task-arn",
                                                                    run->task.arn, NULL},
                                 .reads_only = true});
    if (answer.outcome != AWS_ANSWERED)
        aws_complain(&answer, "the statistics of the tables cannot be looked up");
    return answer;
}

/* Whether a table needs somebody to look at it: it has an error, or rows that differ. */
static bool is_in_trouble(const cfn_node *table)
{
    return strstr(text_of(table, "TableState"), "error") ||
           strstr(text_of(table, "TableState"), "does not exist") ||
           strcmp(text_of(table, "ValidationState"), "Mismatched records") == 0 ||
           strcmp(text_of(table, "ValidationState"), "Table error") == 0 ||
           strcmp(text_of(table, "ValidationState"), "Error") == 0 ||
           number_of(table, "ValidationFailedRecords") > 0;
}

static bool is_done(const cfn_node *table)
{
    return strcmp(text_of(table, "TableState"), "Table completed") == 0;
}

static const cfn_node *tables_of(const aws_answer *answer)
{
    return cfn_node_first(cfn_node_get(answer->root, "TableStatistics"));
}

/* ---- as text ---- */

static void print_head(void)
{
    printf("%-*s  %-18s", LONGEST_NAME, "TABLE", "STATE");
    for (size_t i = 0; i < COLUMN_COUNT; i++)
        printf(" %*s", columns[i].width, columns[i].title);
    puts("  VALIDATION");
}

static void print_table(const task_run *run, const cfn_node *table)
{
    char both[300], name[300];
    snprintf(both, sizeof both, "%s.%s", text_of(table, "SchemaName"), text_of(table, "TableName"));
    copy_text(run->client, name, sizeof name, both);
    printf("%-*s  %-18s", LONGEST_NAME, name, text_of(table, "TableState"));
    for (size_t i = 0; i < COLUMN_COUNT; i++)
        printf(" %*lld", columns[i].width, number_of(table, columns[i].key));
    printf("  %s", text_of(table, "ValidationState"));
    static const struct {
        const char *key, *word;
    } counts[] = {{"ValidationPendingRecords", "pending"},
                  {"ValidationFailedRecords", "failed"},
                  {"ValidationSuspendedRecords", "suspended"}};
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++)
        if (number_of(table, counts[i].key))
            printf(", %lld %s", number_of(table, counts[i].key), counts[i].word);
    putchar('\n');
}

static void print_line(const task_run *run, const char *what, const char *text)
{
    char shown[2048];
    copy_text(run->client, shown, sizeof shown, text);
    if (*shown)
        printf("%-8s %s\n", what, shown);
}

static void print_state(const task_run *run)
{
    const cfn_node *stats = cfn_node_get(run->task.node, "ReplicationTaskStats");
    print_line(run, "task", text_of(run->task.node, "ReplicationTaskIdentifier"));
    print_line(run, "state",
               is_new(run) && task_is(&run->task, "ready") ? "ready (never started)"
                                                           : task_state(&run->task));
    print_line(run, "type", text_of(run->task.node, "MigrationType"));
    print_line(run, "started", text_of(run->task.node, "ReplicationTaskStartDate"));
    print_line(run, "reason", text_of(run->task.node, "StopReason"));
    print_line(run, "failure", text_of(run->task.node, "LastFailureMessage"));
    if (stats)
        printf("%-8s %lld %%: %lld tables loaded, %lld loading, %lld queued, %lld in error\n",
               "load", number_of(stats, "FullLoadProgressPercent"),
               number_of(stats, "TablesLoaded"), number_of(stats, "TablesLoading"),
               number_of(stats, "TablesQueued"), number_of(stats, "TablesErrored"));
}

/* ---- as JSON ---- */

static void put_number(cli_json *json, const char *key, const cfn_node *map, const char *member)
{
    if (cfn_node_get(map, member))
        json_integer(json, key, number_of(map, member));
}

static void put_table(cli_json *json, const cfn_node *table)
{
    static const struct {
        const char *key, *member;
    } texts[] = {{"schema", "SchemaName"},
                 {"table", "TableName"},
                 {"state", "TableState"},
                 {"validationState", "ValidationState"}},
      numbers[] = {{"fullLoadRows", "FullLoadRows"},
                   {"fullLoadErrorRows", "FullLoadErrorRows"},
                   {"inserts", "Inserts"},
                   {"updates", "Updates"},
                   {"deletes", "Deletes"},
                   {"ddls", "Ddls"},
                   {"validationPendingRecords", "ValidationPendingRecords"},
                   {"validationFailedRecords", "ValidationFailedRecords"},
                   {"validationSuspendedRecords", "ValidationSuspendedRecords"}};
    json_open(json, NULL, '{');
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        json_text(json, texts[i].key, text_of(table, texts[i].member));
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        put_number(json, numbers[i].key, table, numbers[i].member);
    json_close(json, '}');
}

static void print_json(const task_run *run, const aws_answer *tables)
{
    cli_json json = {stdout, false};
    const cfn_node *stats = cfn_node_get(run->task.node, "ReplicationTaskStats");
    static const struct {
        const char *key, *member;
    } texts[] = {{"task", "ReplicationTaskIdentifier"},
                 {"arn", "ReplicationTaskArn"},
                 {"state", "Status"},
                 {"migrationType", "MigrationType"},
                 {"stopReason", "StopReason"},
                 {"lastFailureMessage", "LastFailureMessage"},
                 {"started", "ReplicationTaskStartDate"}},
      numbers[] = {{"fullLoadProgressPercent", "FullLoadProgressPercent"},
                   {"tablesLoaded", "TablesLoaded"},
                   {"tablesLoading", "TablesLoading"},
                   {"tablesQueued", "TablesQueued"},
                   {"tablesErrored", "TablesErrored"}};
    json_open(&json, NULL, '{');
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (*text_of(run->task.node, texts[i].member))
            json_text(&json, texts[i].key, text_of(run->task.node, texts[i].member));
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        put_number(&json, numbers[i].key, stats, numbers[i].member);
    json_open(&json, "tables", '[');
    for (const cfn_node *t = tables_of(tables); t; t = cfn_node_next(t))
        put_table(&json, t);
    json_close(&json, ']');
    json_close(&json, '}');
    putchar('\n');
}

/* ---- once, and again and again ---- */

static int verdict(const task_run *run, const aws_answer *tables)
{
    bool bad = task_is(&run->task, "failed");
    for (const cfn_node *t = tables_of(tables); t && !bad; t = cfn_node_next(t))
        bad = is_in_trouble(t);
    return bad ? STATUS_FINDINGS : STATUS_CLEAN;
}

int print_task(task_run *run)
{
    aws_answer tables = ask_tables(run);
    int status = tables.outcome == AWS_ANSWERED ? verdict(run, &tables) : call_trouble(run->client);
    if (tables.outcome == AWS_ANSWERED && option_value(run->arguments, "json")) {
        print_json(run, &tables);
    } else if (tables.outcome == AWS_ANSWERED) {
        print_state(run);
        if (tables_of(&tables))
            print_head();
        for (const cfn_node *t = tables_of(&tables); t; t = cfn_node_next(t))
            print_table(run, t);
    }
    aws_answer_free(&tables);
    return status;
}

/* What needs a look first, then what is going on; how many lines that took. */
static size_t draw(const task_run *run, const aws_answer *tables)
{
    const cfn_node *stats = cfn_node_get(run->task.node, "ReplicationTaskStats");
    size_t rows = 0, left = 0;
    fputs("\x1b[?7l", stdout); /* a line that is too long is cut: the lines are counted */
    printf("%s, %lld %% loaded\x1b[K\n", task_state(&run->task),
           number_of(stats, "FullLoadProgressPercent"));
    print_head();
    for (int pass = 0; pass < 2; pass++)
        for (const cfn_node *t = tables_of(tables); t; t = cfn_node_next(t)) {
            if (is_in_trouble(t) != (pass == 0) || (pass == 1 && is_done(t)))
                continue;
            if (rows < MOST_LIVE_ROWS) {
                fputs("\x1b[K", stdout);
                print_table(run, t);
                rows++;
            } else {
                left++;
            }
        }
    printf("%lld tables are loaded, %zu more are not\x1b[K\x1b[J\x1b[?7h\n",
           number_of(stats, "TablesLoaded"), left);
    fflush(stdout);
    return rows + 3;
}

/* Without a terminal a line for each time that the load got further. */
static void print_step(const task_run *run, long long *last)
{
    const cfn_node *stats = cfn_node_get(run->task.node, "ReplicationTaskStats");
    long long percent = number_of(stats, "FullLoadProgressPercent");
    if (percent == *last)
        return;
    *last = percent;
    printf("%s, %lld %% loaded, %lld tables loaded, %lld loading, %lld queued, %lld in error\n",
           task_state(&run->task), percent, number_of(stats, "TablesLoaded"),
           number_of(stats, "TablesLoading"), number_of(stats, "TablesQueued"),
           number_of(stats, "TablesErrored"));
    fflush(stdout);
}

int watch_task(task_run *run)
{
    bool live = isatty(STDOUT_FILENO);
    long long last = -1;
    size_t lines = 0;
    while (task_means(&run->task, TASK_WORKS) && !is_loaded(run)) {
        aws_answer tables = live ? ask_tables(run) : (aws_answer){.outcome = AWS_ANSWERED};
        bool good = tables.outcome == AWS_ANSWERED;
        if (good && live) {
            if (lines)
                printf("\x1b[%zuA", lines);
            lines = draw(run, &tables);
        } else if (good) {
            print_step(run, &last);
        }
        aws_answer_free(&tables);
        if (!good)
            return call_trouble(run->client);
        if (!aws_pause(run->client, 5))
            return STATUS_INCOMPLETE;
        int status = look_up_task(&run->task);
        if (status != STATUS_CLEAN)
            return status;
    }
    if (lines)
        printf("\x1b[%zuA\x1b[J", lines);
    return print_task(run);
}
