/* Goes through the tables with several workers: each takes the next part, and who ends the last
 * part of a table looks again at what differs in it. */
#include "compare/run.h"

#include "base/arena.h"

#include <stdlib.h>
#include <string.h>

enum { MOST_JOBS = 64 };

typedef struct worker {
    cfn__run run;
    pthread_t thread;
    bool started;
} worker;

/* The next part that nobody has begun; NULL when there is none. */
static cfn__part *next_part(cfn__shared *shared, cfn__todo **todo)
{
    while (shared->next_todo < shared->todo_count) {
        *todo = &shared->todos[shared->next_todo];
        if (shared->next_part < (*todo)->part_count)
            return &(*todo)->parts[shared->next_part++];
        shared->next_todo++;
        shared->next_part = 0;
        if (!(*todo)->part_count)
            return NULL; /* it has nothing but rows, or nothing at all */
    }
    *todo = NULL;
    return NULL;
}

/* Adds what a part has said to the report of the table; what others have said is not repeated. */
static void add_remarks(cfn__run *run, cfn_compare_table *report, const cfn_compare_remark *remarks)
{
    for (; remarks; remarks = remarks->next) {
        const cfn_compare_remark *r = report->remarks;
        while (r && strcmp(r->text, remarks->text) != 0)
            r = r->next;
        if (!r)
            cfn__remark(run->arena, report, remarks->kind, "%s", remarks->text);
    }
}

/* Brings together what came of the parts. False without memory. */
static bool gather(cfn__run *run, cfn__todo *todo)
{
    cfn_compare_table *report = todo->pair->report;
    bool whole = true;
    uint64_t streamed = 0, digested = 0;
    for (size_t i = 0; todo->parts && i < todo->part_count; i++) {
        cfn__part *part = &todo->parts[i];
        report->source_rows += part->report.source_rows;
        report->target_rows += part->report.target_rows;
        report->chunks += part->report.chunks;
        if (strcmp(part->report.mode, "stream") == 0)
            streamed += part->report.chunks;
        else
            digested += part->report.chunks;
        for (size_t k = 0; k < part->suspects.count; k++)
            whole = cfn__rowset_add_same(&todo->suspects, part->suspects.rows[k]) && whole;
        cfn__rowset_free(&part->suspects);
        part->report.source_rows = part->report.target_rows = part->report.chunks = 0;
        add_remarks(run, report, part->report.remarks);
    }
    if (streamed + digested)
        report->mode = streamed > digested ? "stream" : "digest";
    return whole;
}

/* What was not gone through is never equal, whatever else is known. */
static void tell_what_is_open(cfn__run *run, cfn__todo *todo)
{
    size_t begun = 0, undone = 0;
    for (size_t i = 0; i < todo->part_count; i++) {
        begun += todo->parts[i].begun;
        undone += !todo->parts[i].done;
    }
    bool stopped = cfn__must_stop(&run->control);
    if (undone && !begun)
        cfn__remark(run->arena, todo->pair->report, CFN_COMPARE_UNCOMPARED, "%s",
                    stopped ? "there was no time for it"
                            : "a database could not be reached any more");
    else if (undone && begun < todo->part_count)
        cfn__remark(run->arena, todo->pair->report, CFN_COMPARE_UNCOMPARED,
                    "%zu of its %zu parts were not gone through", undone, todo->part_count);
    if (undone && todo->found >= run->limits.max_differences)
        cfn__remark(run->arena, todo->pair->report, CFN_COMPARE_UNCOMPARED,
                    "given up after %zu rows that seem to differ", todo->found);
}

/* All parts have ended. */
static void finish(cfn__run *run, cfn__todo *todo)
{
    pthread_mutex_lock(&run->shared->lock);
    bool gathered = gather(run, todo);
    pthread_mutex_unlock(&run->shared->lock);
    run->at = (size_t)(todo - run->shared->todos);
    tell_what_is_open(run, todo);
    if (!gathered)
        cfn__remark(run->arena, todo->pair->report, CFN_COMPARE_UNCOMPARED, "memory is out");
    if (todo->suspects.count)
        cfn__recheck(run, todo);
    cfn__describe(run, todo->pair, &todo->confirmed);
    todo->pair->report->seconds = todo->started > 0 ? cfn__now() - todo->started : 0;
    cfn__judge(todo->pair->report);
}

static void do_part(cfn__run *run, cfn__part *part)
{
    run->at = (size_t)(part->todo - run->shared->todos);
    part->begun = !cfn__must_stop(&run->control) && !run->lost;
    if (part->begun)
        cfn__scan(run, part);
}

/* Works until nothing is left to begin. Who cannot reach a database any more leaves it to others;
 * the last one says of each table that it was not gone through. */
static void work(cfn__run *run, bool is_last)
{
    cfn__shared *shared = run->shared;
    while (!run->lost || is_last) {
        cfn__todo *todo = NULL;
        pthread_mutex_lock(&shared->lock);
        cfn__part *part = next_part(shared, &todo);
        if (todo && todo->started <= 0)
            todo->started = cfn__now();
        pthread_mutex_unlock(&shared->lock);
        if (!todo)
            return;
        if (part)
            do_part(run, part);
        pthread_mutex_lock(&shared->lock);
        bool ended = !part || --todo->open == 0;
        pthread_mutex_unlock(&shared->lock);
        if (ended)
            finish(run, todo);
    }
}

static void *worker_main(void *argument)
{
    worker *w = argument;
    cfn__run *run = &w->run;
    if (cfn__session_open(&run->source, &run->source_url, &run->control) &&
        cfn__session_open(&run->target, &run->target_url, &run->control))
        work(run, false);
    cfn__close(run);
    return NULL;
}

static void start(worker *w, const cfn__run *run)
{
    w->run = *run;
    w->run.source = w->run.target = (cfn__session){0};
    w->run.arena = cfn_arena_new();
    w->started = w->run.arena && pthread_create(&w->thread, NULL, worker_main, w) == 0;
    if (!w->started)
        cfn_arena_free(w->run.arena);
}

void cfn__work(cfn__run *run)
{
    size_t count = run->limits.jobs < MOST_JOBS ? run->limits.jobs : MOST_JOBS, parts = 0;
    for (size_t i = 0; i < run->shared->todo_count; i++)
        parts += run->shared->todos[i].part_count;
    count = count < parts ? count : parts;
    worker *others = count > 1 ? calloc(count - 1, sizeof *others) : NULL;
    for (size_t i = 0; others && i + 1 < count; i++)
        start(&others[i], run);
    work(run, false);
    for (size_t i = 0; others && i + 1 < count; i++)
        if (others[i].started) {
            pthread_join(others[i].thread, NULL);
            cfn__absorb(run->arena, others[i].run.arena);
        }
    work(run, true);
    free(others);
}
