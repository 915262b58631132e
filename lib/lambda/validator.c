/* The actions of the validator. */
#include "lambda/validator.h"

#include "lambda/answer.h"
#include "lambda/gate.h"
#include "lambda/result.h"
#include "lambda/work.h"

#include "base/arena.h"
#include "write/write.h"

#include <stdio.h>
#include <string.h>

enum { PART_ROWS = 2000000 };

static cfn_node *begin_answer(const cfn__answering *a)
{
    const cfn__maker *make = &a->make;
    cfn_node *answer = cfn__map(make);
    cfn__put(answer, "action", cfn__string(make, cfn__action_name(a->event->action)));
    return cfn__put(answer, "run", cfn__string(make, cfn__run_name(a)));
}

static const char *end_answer(const cfn__answering *a, cfn_node *answer, int64_t started)
{
    const char *seconds =
        cfn__format(a->make.arena, "%.1f", (double)(cfn__milliseconds() - started) / 1000);
    cfn__put(answer, "seconds", cfn__scalar(&a->make, CFN_KIND_NUMBER, seconds, strlen(seconds)));
    return cfn__answer_text(a, answer);
}

static void count_found(cfn__validator *v, const cfn__result *result)
{
    v->found = (cfn__found){(double)cfn__result_mismatches(result), (double)result->incomplete,
                            (double)result->rows};
}

/* ---- plan ---- */

static uint64_t part_rows(const cfn__event *event, const cfn_compare_report *report)
{
    uint64_t rows = 0, least = event->part_rows ? event->part_rows : PART_ROWS;
    for (size_t i = 0; i < report->table_count; i++)
        rows += report->tables[i]->estimated_rows;
    return rows / CFN__MOST_ITEMS > least ? rows / CFN__MOST_ITEMS : least;
}

static bool add_items(const cfn__answering *a, cfn_node *answer, cfn_node *items)
{
    const cfn__maker *make = &a->make;
    const char *bucket = a->databases->settings->report_bucket;
    if (!bucket) {
        cfn__put(answer, "items", items);
        return true;
    }
    const char *key = cfn__store(a, "items", items);
    cfn_node *at = cfn__map(make);
    if (!key)
        return false;
    cfn__put(at, "bucket", cfn__string(make, bucket));
    cfn__put(at, "key", cfn__string(make, key));
    cfn__put(answer, "itemsObject", at);
    return true;
}

/* The first look tells how many rows there are, the second one cuts them. */
static const char *plan(cfn__validator *v, const cfn__answering *a, int64_t started)
{
    const cfn_compare_report *report = cfn__run_comparison(&v->databases, a->invocation, a->event,
                                                           CFN_COMPARE_PLAN, NULL, 0, a->failure);
    if (report)
        report = cfn__run_comparison(&v->databases, a->invocation, a->event, CFN_COMPARE_PLAN, NULL,
                                     part_rows(a->event, report), a->failure);
    if (!report)
        return NULL;
    cfn_node *answer = begin_answer(a);
    cfn_node *items = cfn__work_items(&a->make, report->left);
    cfn__result result = cfn__result_of_report(&a->make, report);
    result.pieces = cfn_node_size(items);
    if (!items || !add_items(a, answer, items))
        return NULL;
    cfn__put(answer, "result", cfn__result_node(&a->make, &result));
    return end_answer(a, answer, started);
}

/* ---- check, and what is like it ---- */

/* Whether a run with this work has got any further. */
static bool has_got_on(const cfn__answering *a, const cfn_compare_work *before,
                       const cfn_compare_report *report)
{
    const cfn_node *old = before ? cfn_compare_work_node(a->make.arena, before) : NULL;
    const cfn_node *left = cfn_compare_work_node(a->make.arena, report->left);
    uint64_t done = 0;
    for (size_t i = 0; i < report->table_count && !old; i++)
        done += report->tables[i]->chunks + report->tables[i]->source_rows +
                (report->tables[i]->verdict == CFN_COMPARE_EQUAL);
    return old ? !cfn_node_equal(old, left) : done > 0;
}

typedef struct outcome {
    const cfn_compare_report *report;
    cfn__result result;
    cfn_node *next; /* NULL: it is done */
} outcome;

/* Compares, and says what is left; false on a failure. */
static bool compare(cfn__validator *v, const cfn__answering *a, const cfn_compare_work *work,
                    outcome *o)
{
    o->report = cfn__run_comparison(&v->databases, a->invocation, a->event, CFN_COMPARE_CHECK, work,
                                    0, a->failure);
    if (!o->report)
        return false;
    const cfn_compare_work *left = o->report->left;
    bool stopped =
        cfn__has_no_time(&v->databases, a->invocation) && !cfn_compare_work_is_done(left);
    if (stopped && !has_got_on(a, work, o->report))
        return cfn__fails(a->failure, CFN__OUT_OF_TIME,
                          "the deadline came before anything was compared");
    o->result = cfn__result_of_report(&a->make, o->report);
    count_found(v, &o->result);
    if (stopped) {
        o->next = cfn__work_member(a, left, "work");
        return o->next != NULL;
    }
    if (o->result.verdict != CFN_COMPARE_EQUAL && cfn_compare_work_size(left) > 0) {
        o->result.again = cfn__work_member(a, left, "again");
        return o->result.again != NULL;
    }
    return true;
}

static const char *tell(const cfn__answering *a, const outcome *o, int64_t started)
{
    const cfn__maker *make = &a->make;
    cfn_node *answer = begin_answer(a);
    cfn__put(answer, "done", cfn__boolean(make, !o->next));
    if (o->next)
        cfn__put(answer, "next", o->next);
    cfn__put(answer, "result", cfn__result_node(make, &o->result));
    if (o->report && !cfn__add_tables(a, answer, o->report))
        return NULL;
    return end_answer(a, answer, started);
}

/* The work of a list of nodes as one; of its members called so, unless that is NULL. *count is how
 * many there were. NULL when there is none, or on a failure. */
static const cfn_compare_work *work_of_list(const cfn__answering *a, const cfn_node *list,
                                            const char *member, uint64_t *count)
{
    cfn_arena *arena = a->make.arena;
    const cfn_compare_work **works =
        CFN__NEW_ARRAY(arena, cfn_node_size(list) + 1, const cfn_compare_work *);
    *count = 0;
    for (const cfn_node *n = cfn_node_first(list); n && works; n = cfn_node_next(n)) {
        const cfn_node *node = member ? cfn_node_get(n, member) : n;
        if (!node)
            continue;
        works[*count] = cfn__work_of_member(a, node);
        if (!works[(*count)++])
            return NULL;
    }
    const cfn_compare_work *all = works && *count ? cfn__merge_work(arena, works, *count) : NULL;
    if (works && *count && !all)
        cfn__fails(a->failure, CFN__BAD_EVENT, "the work is of different databases");
    return all;
}

static const char *check(cfn__validator *v, const cfn__answering *a, int64_t started)
{
    const cfn__event *event = a->event;
    outcome o = {0};
    uint64_t pieces = event->pieces ? event->pieces : 1;
    const cfn_compare_work *work = NULL;
    if (event->items)
        work = work_of_list(a, event->items, NULL, &pieces);
    else if (event->work)
        work = cfn__work_of_member(a, event->work);
    if (a->failure->type || !compare(v, a, work, &o))
        return NULL;
    o.result.pieces = pieces;
    return tell(a, &o, started);
}

static const char *recheck(cfn__validator *v, const cfn__answering *a, int64_t started)
{
    outcome o = {0};
    uint64_t pieces = a->event->pieces ? a->event->pieces : 1;
    const cfn_compare_work *work = a->event->work
                                       ? cfn__work_of_member(a, a->event->work)
                                       : work_of_list(a, a->event->results, "again", &pieces);
    if (a->failure->type)
        return NULL;
    if (work && !compare(v, a, work, &o))
        return NULL;
    if (!work)
        v->found = (cfn__found){0, 0, 0};
    o.result.pieces = pieces;
    return tell(a, &o, started);
}

/* ---- gate ---- */

static const char *gate(cfn__validator *v, const cfn__answering *a, int64_t started)
{
    const cfn__maker *make = &a->make;
    outcome o = {0};
    if (a->event->results || a->event->plan || a->event->recheck) {
        o.result = cfn__gate_result(make, a->event);
        count_found(v, &o.result);
        v->found.rows = -1;
    } else if (!compare(v, a, NULL, &o)) {
        return NULL;
    }
    cfn_node *answer = begin_answer(a);
    cfn__put(answer, "verdict", cfn__string(make, cfn__gate_word(&o.result)));
    cfn__put(answer, "result", cfn__result_node(make, &o.result));
    cfn__put(answer, "reasons",
             o.result.reasons ? cfn__copy(make->arena, o.result.reasons) : cfn__list(make));
    if (o.report && !cfn__add_tables(a, answer, o.report))
        return NULL;
    return end_answer(a, answer, started);
}

/* ---- all ---- */

static void say_what_was_done(const cfn__validator *v, const cfn__answering *a, int64_t started)
{
    const cfn__log_field fields[] = {
        {"action", cfn__action_name(a->event->action), 0},
        {"run", cfn__run_name(a), 0},
        {"mismatches", NULL, v->found.mismatches},
        {"incomplete", NULL, v->found.incomplete},
        {"rows", NULL, v->found.rows},
        {"milliseconds", NULL, (double)(cfn__milliseconds() - started)},
        {.name = NULL}};
    cfn__say(v->databases.log, CFN__INFO, "answered", fields);
}

/* A part without differences says nothing of the whole: were it told, and the run ended there, it
 * would look as if all had been compared. */
static void leave_out_clean_part(cfn__validator *v, const cfn__event *event)
{
    bool is_part =
        event->work || event->items || event->tables || event->action == CFN__ACTION_RECHECK;
    if (is_part && v->found.mismatches == 0 && v->found.incomplete == 0)
        v->found.mismatches = v->found.incomplete = -1;
}

const char *cfn__validate(void *context, const cfn__invocation *invocation, cfn__failure *failure)
{
    static const char *(*const actions[])(cfn__validator *, const cfn__answering *,
                                          int64_t) = {plan, check, recheck, gate};
    cfn__validator *v = context;
    cfn__event event;
    int64_t started = cfn__milliseconds();
    const cfn__answering a = {
        {.arena = invocation->arena}, &v->databases, invocation, &event, failure};
    v->found = (cfn__found){-1, -1, -1};
    v->databases.aws.deadline = invocation->deadline;
    if (!cfn__read_event(invocation->arena, invocation->event, invocation->length, &event, failure))
        return NULL;
    if (event.report && !v->databases.settings->report_bucket) {
        cfn__fails(failure, CFN__BAD_EVENT, "a report needs a REPORT_BUCKET in the environment");
        return NULL;
    }
    const char *text = actions[event.action](v, &a, started);
    if (text)
        say_what_was_done(v, &a, started);
    leave_out_clean_part(v, &event);
    return text;
}

void cfn__validated(void *context, const cfn__failure *failure)
{
    const cfn__validator *v = context;
    const cfn__found nothing = {-1, -1, -1}, *found = failure->type ? &nothing : &v->found;
    const cfn__metric metrics[] = {{"Mismatches", found->mismatches},
                                   {"Incomplete", found->incomplete},
                                   {"Rows", found->rows},
                                   {"Failures", failure->type ? 1 : 0},
                                   {NULL, 0}};
    cfn__tell_metrics(v->databases.log, metrics);
}
