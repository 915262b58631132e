/* Runs a comparison: connects, plans, and goes from table to table. */
#include "compare/repair.h"

#include "base/text.h"

#include <stdlib.h>

const char *cfn_compare_verdict_name(cfn_compare_verdict verdict)
{
    static const char *const names[] = {"equal", "incomplete", "different"};
    return names[verdict];
}

const char *cfn_compare_change_name(cfn_compare_change change)
{
    static const char *const names[] = {"missing", "extra", "changed"};
    return names[change];
}

static void put_defaults(cfn__run *run)
{
    cfn_compare_options *o = &run->limits;
    *o = *run->options;
    o->chunk_rows = o->chunk_rows ? o->chunk_rows : 5000;
    o->max_differences = o->max_differences ? o->max_differences : 10000;
    o->max_details = o->max_details ? o->max_details : 100;
    o->settle_seconds = o->settle_seconds < 0 ? 0 : o->settle_seconds > 0 ? o->settle_seconds : 60;
    o->heartbeat_seconds = o->heartbeat_seconds > 0 ? o->heartbeat_seconds : 120;
    o->rounds = o->rounds ? o->rounds : 5;
    o->jobs = o->jobs ? o->jobs : 1;
    o->save_seconds = o->save_seconds > 0 ? o->save_seconds : 10;
    o->load = o->load > 0 && o->load < 100 ? o->load : 100;
    run->control.cancelled = o->cancelled;
    run->control.statement_seconds = (int)o->statement_seconds;
    run->control.deadline = o->max_seconds > 0 ? cfn__now() + o->max_seconds : 0;
}

static bool read_urls(cfn__run *run)
{
    const cfn_compare_options *o = run->options;
    if (!cfn__read_url(run->arena, run->diagnostics, "source", o->source ? o->source : "",
                       o->source_password, &run->source_url) ||
        !cfn__read_url(run->arena, run->diagnostics, "target", o->target ? o->target : "",
                       o->target_password, &run->target_url))
        return false;
    if (run->source_url.family == run->target_url.family)
        return true;
    cfn__report_at(run->diagnostics, CFN5001, (cfn__place){0}, NULL,
                   "source and target are of different families");
    cfn__hint(run->diagnostics, "Both must be MySQL or MariaDB, or both PostgreSQL");
    return false;
}

static const char *hint_of(cfn__fault fault)
{
    switch (fault) {
    case CFN__FAULT_REFUSED:
        return "Check the login, its password and what it is allowed to do";
    case CFN__FAULT_UNREACHABLE:
    case CFN__FAULT_TIMEOUT:
        return "Check host, port, network, and for TLS the name and the ssl-ca= of the URL";
    default:
        return "";
    }
}

static bool report_fault(cfn__run *run, const cfn__session *session)
{
    cfn__report_at(run->diagnostics,
                   session->fault == CFN__FAULT_UNREACHABLE ? CFN5002
                   : session->fault == CFN__FAULT_REFUSED   ? CFN5006
                                                            : CFN5003,
                   (cfn__place){0}, NULL, "%s, %s: %s", session->url->role, session->url->shown,
                   session->error);
    cfn__hint(run->diagnostics, "%s", hint_of(session->fault));
    return false;
}

/* The database of a MySQL URL limits the comparison to that schema. */
static const char *only_schema(const cfn__url *url)
{
    return url->family == CFN__MYSQL && *url->database ? url->database : NULL;
}

static bool open_side(cfn__run *run, cfn__session *session, const cfn__url *url)
{
    if (!cfn__session_open(session, url, &run->control))
        return report_fault(run, session);
    if (url->family == CFN__POSTGRESQL && session->version < 110000) {
        cfn__fail(session, CFN__FAULT_STATEMENT, "PostgreSQL before 11 is not understood");
        return report_fault(run, session);
    }
    return true;
}

bool cfn__open(cfn__run *run)
{
    put_defaults(run);
    return read_urls(run) && open_side(run, &run->source, &run->source_url) &&
           open_side(run, &run->target, &run->target_url);
}

static bool load_catalogs(cfn__run *run)
{
    if (!cfn__load_catalog(&run->source, run->arena, only_schema(&run->source_url),
                           &run->source_catalog))
        return report_fault(run, &run->source);
    return cfn__load_catalog(&run->target, run->arena, NULL, &run->target_catalog) ||
           report_fault(run, &run->target);
}

static const char *version_of(cfn__run *run, cfn__session *session)
{
    const char *text = cfn__ask(session, run->arena, "SELECT version()");
    return text ? text : "";
}

bool cfn__begin(cfn__run *run)
{
    cfn_compare_report *report = CFN__NEW(run->arena, cfn_compare_report);
    if (!report || !cfn__open(run) || !load_catalogs(run))
        return false;
    run->report = report;
    report->source = run->source_url.shown;
    report->target = run->target_url.shown;
    report->source_version = version_of(run, &run->source);
    report->target_version = version_of(run, &run->target);
    if (!cfn__plan(run))
        return false;
    if (run->pair_count)
        return true;
    cfn__report_at(run->diagnostics, CFN5004, (cfn__place){0}, NULL,
                   "no table of the source is to be compared");
    cfn__hint(run->diagnostics,
              "Check the mappings, the patterns of tables and what the login may see");
    return false;
}

void cfn__close(cfn__run *run)
{
    cfn__session_close(&run->source);
    cfn__session_close(&run->target);
}

void cfn__judge(cfn_compare_table *report)
{
    report->verdict = CFN_COMPARE_EQUAL;
    for (const cfn_compare_remark *r = report->remarks; r; r = r->next) {
        cfn_compare_verdict v = r->kind == CFN_COMPARE_STRUCTURE    ? CFN_COMPARE_DIFFERENT
                                : r->kind == CFN_COMPARE_UNCOMPARED ? CFN_COMPARE_INCOMPLETE
                                                                    : CFN_COMPARE_EQUAL;
        report->verdict = v > report->verdict ? v : report->verdict;
    }
    if (report->missing || report->extra || report->changed)
        report->verdict = CFN_COMPARE_DIFFERENT;
}

static void count(cfn__run *run, cfn__pair *pair)
{
    const cfn__side *sides[] = {&pair->source, &pair->target};
    const char *sql[2];
    unsigned tries = 0;
    cfn_compare_table *report = pair->report;
    for (int i = 0; i < 2; i++)
        sql[i] = cfn__format(run->arena, "SELECT COUNT(*) FROM %s WHERE %s", sides[i]->from,
                             sides[i]->condition);
    while (!cfn__ask_both(run, sql[0], sql[1]) || cfn__fetch(&run->source) <= 0 ||
           cfn__fetch(&run->target) <= 0)
        if (!cfn__recover(run, pair, &tries))
            return;
    report->source_rows = strtoull(run->source.cells[0], NULL, 10);
    report->target_rows = strtoull(run->target.cells[0], NULL, 10);
    if (report->source_rows > report->target_rows)
        report->missing = report->source_rows - report->target_rows;
    else
        report->extra = report->target_rows - report->source_rows;
}

/* Tables one after another; only what takes little time is done so. */
static void do_table(cfn__run *run, cfn__pair *pair, cfn_compare_task task)
{
    double started = cfn__now();
    if (task == CFN_COMPARE_COUNT && !pair->blocked) {
        if (cfn__must_stop(&run->control))
            cfn__remark(run->arena, pair->report, CFN_COMPARE_UNCOMPARED,
                        "there was no time for it");
        else if (run->lost)
            cfn__remark(run->arena, pair->report, CFN_COMPARE_UNCOMPARED,
                        "a database could not be reached any more");
        else
            count(run, pair);
        pair->report->seconds = cfn__now() - started;
    }
    cfn__judge(pair->report);
}

static void do_all(cfn__run *run, cfn_compare_task task)
{
    bool shared = task == CFN_COMPARE_CHECK && run->limits.jobs > 1;
    if ((run->limits.part_rows && task != CFN_COMPARE_COUNT) || shared)
        cfn__split(run, run->limits.part_rows);
    if (task == CFN_COMPARE_CHECK)
        cfn__work(run);
    else
        for (run->at = 0; run->at < run->pair_count; run->at++)
            do_table(run, run->pairs[run->at], task);
    if (task == CFN_COMPARE_CHECK && run->options->repair)
        cfn__repair(run);
    for (size_t i = 0; i < run->pair_count; i++)
        if (run->pairs[i]->report->verdict > run->report->verdict)
            run->report->verdict = run->pairs[i]->report->verdict;
    run->report->left = cfn__left(run, run->arena);
}

cfn_compare_report *cfn_compare_run(cfn_arena *arena, cfn_diagnostics *diagnostics,
                                    const cfn_compare_options *options, cfn_compare_task task)
{
    cfn__shared shared = {0}; /* what the first chunk leaves is told at once */
    cfn__run run = {
        .arena = arena, .diagnostics = diagnostics, .options = options, .shared = &shared};
    double started = cfn__now();
    if (pthread_mutex_init(&shared.lock, NULL) != 0) {
        cfn__report_no_memory(diagnostics);
        return NULL;
    }
    bool ready = cfn__begin(&run) && cfn__make_todos(&run);
    if (ready)
        do_all(&run, task);
    cfn__free_todos(&run);
    cfn__close(&run);
    pthread_mutex_destroy(&shared.lock);
    if (ready)
        run.report->seconds = cfn__now() - started;
    if (cfn_arena_failed(arena)) {
        cfn__report_no_memory(diagnostics);
        return NULL;
    }
    return ready ? run.report : NULL;
}
