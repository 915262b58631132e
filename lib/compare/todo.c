/* What is to be done of each table: made of the plan, or of the work that an earlier run has left;
 * and what is left of it. */
#include "base/text.h"
#include "compare/run.h"

#include <stdlib.h>
#include <string.h>

/* A row of a table without key is known by a number alone; it comes from a file, and goes into SQL
 * as it is. */
static bool is_key(const cfn__pair *pair, const cfn__end *end)
{
    if (pair->method != CFN__METHOD_KEYLESS)
        return true;
    return end->texts[0] && *end->texts[0] &&
           strspn(end->texts[0], "-0123456789") == end->lengths[0];
}

static size_t key_cells(const cfn__pair *pair)
{
    return pair->key_count ? pair->key_count : 1;
}

static bool refuse(cfn__run *run, const cfn_compare_work_table *t, const char *why)
{
    cfn__report_at(run->diagnostics, CFN5005, (cfn__place){0}, NULL, "%s.%s: %s", t->schema,
                   t->name, why);
    cfn__hint(run->diagnostics, "Compare with what it was begun with, or begin anew");
    return false;
}

static bool take_rows(cfn__todo *todo, const char *const *rows, size_t count)
{
    size_t cells = key_cells(todo->pair);
    bool taken = true;
    for (size_t i = 0; i < count && taken; i++) {
        cfn__end key = {0};
        taken =
            cfn__read_key_text(&key, rows[i], cells) && is_key(todo->pair, &key) &&
            cfn__rowset_add(&todo->suspects, (const char *const *)key.texts, key.lengths, cells);
        cfn__end_free(&key);
    }
    return taken;
}

/* Only ranges of a key have ends. */
static bool take_range(cfn__todo *todo, const cfn_compare_range *range)
{
    const cfn__pair *pair = todo->pair;
    cfn__part *part = &todo->parts[todo->part_count++];
    if (pair->method != CFN__METHOD_RANGES)
        return !range->low && !range->high;
    return (!range->low || cfn__read_key_text(&part->low, range->low, pair->key_count)) &&
           (!range->high || cfn__read_key_text(&part->high, range->high, pair->key_count));
}

static bool take_given(cfn__run *run, cfn__todo *todo)
{
    const cfn_compare_work_table *t = todo->given;
    cfn_compare_table *report = todo->pair->report;
    bool taken = take_rows(todo, t->suspects, t->suspect_count) &&
                 take_rows(todo, t->confirmed, t->confirmed_count);
    for (size_t i = 0; i < t->range_count && taken; i++)
        taken = take_range(todo, &t->ranges[i]);
    report->source_rows = t->source_rows;
    report->target_rows = t->target_rows;
    report->chunks = t->chunks;
    report->settled = t->settled;
    todo->found = todo->suspects.count;
    return taken || refuse(run, t, "a range or a row of it is none of its key");
}

void cfn__set_up_part(cfn__todo *todo, size_t i)
{
    cfn__part *part = &todo->parts[i];
    part->todo = todo;
    part->pair = *todo->pair;
    part->pair.report = &part->report;
    part->report.mode = "";
}

static bool make_todo(cfn__run *run, cfn__todo *todo)
{
    const cfn__pair *pair = todo->pair;
    const cfn_compare_work_table *given = todo->given;
    size_t count = given ? given->range_count : 1;
    if (pair->blocked)
        return true;
    if (given && given->plan && strcmp(given->plan, pair->digest) != 0)
        return refuse(run, given,
                      "its columns or key, the mappings or the condition are not those that the "
                      "work was planned with");
    todo->parts = calloc(count + 1, sizeof *todo->parts);
    if (!todo->parts) {
        cfn__report_no_memory(run->diagnostics);
        return false;
    }
    if (!given)
        todo->part_count = 1;
    else if (!take_given(run, todo))
        return false;
    for (size_t i = 0; i < todo->part_count; i++)
        cfn__set_up_part(todo, i);
    todo->open = todo->part_count;
    return true;
}

static bool is_pair(const cfn__pair *pair, const cfn_compare_work_table *t)
{
    return strcmp(pair->schema, t->schema) == 0 && strcmp(pair->name, t->name) == 0;
}

/* Whether the work is about these databases. */
static bool fits(cfn__run *run, const cfn_compare_work *work)
{
    const struct {
        const char *is, *was, *role;
    } sides[] = {{run->source_url.place, work->source, "source"},
                 {run->target_url.place, work->target, "target"}};
    for (size_t i = 0; i < 2; i++) {
        if (strcmp(sides[i].is, sides[i].was) == 0)
            continue;
        cfn__report_at(run->diagnostics, CFN5005, (cfn__place){0}, NULL,
                       "it is about another %s: %s, not %s", sides[i].role, sides[i].was,
                       sides[i].is);
        cfn__hint(run->diagnostics, "Compare what it was begun with, or begin anew");
        return false;
    }
    return true;
}

bool cfn__make_todos(cfn__run *run)
{
    const cfn_compare_work *work = run->options->work;
    size_t found = 0;
    cfn__shared *shared = run->shared;
    if (work && !fits(run, work))
        return false;
    shared->todos = calloc(run->pair_count + 1, sizeof *shared->todos);
    if (!shared->todos) {
        cfn__report_no_memory(run->diagnostics);
        return false;
    }
    shared->todo_count = run->pair_count;
    for (size_t i = 0; i < run->pair_count; i++) {
        cfn__todo *todo = &shared->todos[i];
        todo->pair = run->pairs[i];
        if (work && found < work->table_count && is_pair(todo->pair, &work->tables[found]))
            todo->given = &work->tables[found++];
        if (!make_todo(run, todo))
            return false;
    }
    return !work || found == work->table_count ||
           refuse(run, &work->tables[found],
                  "it is not among the tables that are to be compared now");
}

void cfn__free_todos(cfn__run *run)
{
    cfn__shared *shared = run->shared;
    for (size_t i = 0; i < shared->todo_count; i++) {
        cfn__todo *todo = &shared->todos[i];
        for (size_t k = 0; k < todo->part_count; k++) {
            cfn__end_free(&todo->parts[k].low);
            cfn__end_free(&todo->parts[k].high);
            cfn__rowset_free(&todo->parts[k].suspects);
        }
        free(todo->parts);
        cfn__rowset_free(&todo->suspects);
        cfn__rowset_free(&todo->confirmed);
    }
    free(shared->todos);
    shared->todos = NULL;
    shared->todo_count = 0;
}
