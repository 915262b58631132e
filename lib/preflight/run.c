/* Runs the preflight: connects, asks for facts and the catalogue, and judges each check. */
#include "base/text.h"
#include "preflight/preflight.h"

#include <string.h>

typedef struct check_list {
    cfn__family family;
    bool of_target;
    const cfn__check *checks;
} check_list;

static const check_list lists[] = {
    {CFN__MYSQL, false, cfn__mysql_checks},
    {CFN__MYSQL, false, cfn__mysql_table_checks},
    {CFN__MYSQL, true, cfn__mysql_target_checks},
    {CFN__POSTGRESQL, false, cfn__postgresql_checks},
    {CFN__POSTGRESQL, false, cfn__postgresql_table_checks},
    {CFN__POSTGRESQL, true, cfn__postgresql_target_checks},
};

const cfn_preflight_check *cfn_preflight_check_at(size_t index)
{
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
        for (const cfn__check *c = lists[i].checks; c->about.id; c++)
            if (index-- == 0)
                return &c->about;
    return NULL;
}

static bool report_fault(cfn__preflight *run, const cfn__session *session)
{
    bool reach = session->fault == CFN__FAULT_UNREACHABLE || session->fault == CFN__FAULT_REFUSED;
    cfn__report_at(run->diagnostics, reach ? CFN5002 : CFN5003, (cfn__place){0}, NULL, "%s, %s: %s",
                   session->url->role, session->url->shown, session->error);
    if (reach)
        cfn__hint(run->diagnostics, "Check host, port, network, login and password, and for TLS "
                                    "the name and the ssl-ca= of the URL");
    return false;
}

static bool open_side(cfn__preflight *run, cfn__session *session, const cfn__url *url,
                      cfn__facts *facts)
{
    facts->arena = run->arena;
    if (!cfn__session_open(session, url, &run->control))
        return report_fault(run, session);
    if (url->family == CFN__POSTGRESQL && session->version < 100000) {
        cfn__fail(session, CFN__FAULT_STATEMENT, "PostgreSQL before 10 is not understood");
        return report_fault(run, session);
    }
    return cfn__load_facts(session, facts) || report_fault(run, session);
}

static bool read_urls(cfn__preflight *run)
{
    const cfn_preflight_options *o = run->options;
    if (!cfn__read_url(run->arena, run->diagnostics, "source", o->source ? o->source : "",
                       o->source_password, &run->source_url))
        return false;
    if (!o->target)
        return true;
    if (!cfn__read_url(run->arena, run->diagnostics, "target", o->target, o->target_password,
                       &run->target_url))
        return false;
    if (run->source_url.family == run->target_url.family)
        return true;
    cfn__report_at(run->diagnostics, CFN5001, (cfn__place){0}, NULL,
                   "source and target are of different families");
    cfn__hint(run->diagnostics, "Both must be MySQL or MariaDB, or both PostgreSQL");
    return false;
}

/* Opens what there is to open, and finds out what is migrated. */
static bool begin(cfn__preflight *run)
{
    const char *database = run->source_url.database;
    bool only_one = run->source_url.family == CFN__MYSQL && *database;
    if (!open_side(run, &run->source, &run->source_url, &run->source_facts))
        return false;
    if (!cfn__load_catalog(&run->source, run->arena, only_one ? database : NULL, &run->catalog))
        return report_fault(run, &run->source);
    run->target_facts.source = &run->source_facts;
    if (run->options->target && !open_side(run, &run->target, &run->target_url, &run->target_facts))
        return false;
    return cfn__choose_tables(run);
}

static bool has_target(const cfn__preflight *run)
{
    return run->options->target != NULL;
}

/* The result keeps what the outcome has in the arena. */
static bool judge_one(cfn__preflight *run, const cfn__check *check, cfn_preflight_result *result)
{
    cfn__outcome outcome = {0};
    bool judged = cfn__preflight_judge(check, run, &outcome) && !outcome.found.failed;
    *result = (cfn_preflight_result){
        .check = &check->about,
        .verdict = outcome.verdict,
        .found = outcome.found.text ? cfn__strdup(run->arena, outcome.found.text) : "",
        .objects = outcome.objects,
        .object_count = outcome.object_count,
        .objects_in_all = outcome.objects_in_all};
    if (outcome.verdict > run->report->verdict)
        run->report->verdict = outcome.verdict;
    cfn__buffer_free(&outcome.found);
    return judged;
}

static bool judge_all(cfn__preflight *run)
{
    size_t most = 0;
    while (cfn_preflight_check_at(most))
        most++;
    cfn_preflight_result *results = CFN__NEW_ARRAY(run->arena, most, cfn_preflight_result);
    run->report->results = results;
    for (size_t i = 0; i < sizeof lists / sizeof *lists && results; i++) {
        if (lists[i].family != run->source_url.family || (lists[i].of_target && !has_target(run)))
            continue;
        cfn__session *session = lists[i].of_target ? &run->target : &run->source;
        for (const cfn__check *c = lists[i].checks; c->about.id; c++) {
            if (c->applies &&
                !c->applies(lists[i].of_target ? &run->target_facts : &run->source_facts))
                continue;
            bool judged = cfn__must_stop(&run->control)
                              ? cfn__fail(session, CFN__FAULT_STOPPED, "stopped before the end")
                              : judge_one(run, c, &results[run->report->result_count++]);
            if (!judged)
                return report_fault(run, session);
        }
    }
    return results != NULL;
}

static void describe(cfn__preflight *run)
{
    static const char *const platforms[] = {"self-managed", "Amazon RDS", "Amazon Aurora"};
    cfn_preflight_report *r = run->report;
    const char *source = cfn__ask(&run->source, run->arena, "SELECT version()");
    const char *target =
        has_target(run) ? cfn__ask(&run->target, run->arena, "SELECT version()") : NULL;
    r->source = run->source_url.shown;
    r->target = has_target(run) ? run->target_url.shown : NULL;
    r->source_version = source ? source : "";
    r->target_version = target ? target : "";
    r->platform = platforms[cfn__platform_of(&run->source_facts)];
    r->table_count = run->scope.count;
}

cfn_preflight_report *cfn_preflight_run(cfn_arena *arena, cfn_diagnostics *diagnostics,
                                        const cfn_preflight_options *options)
{
    cfn__preflight run = {.arena = arena, .diagnostics = diagnostics, .options = options};
    double since = cfn__now();
    run.control.cancelled = options->cancelled;
    run.control.deadline = options->max_seconds > 0 ? since + options->max_seconds : 0;
    run.report = CFN__NEW(arena, cfn_preflight_report);
    bool ready = run.report && read_urls(&run) && begin(&run);
    if (ready) {
        describe(&run);
        ready = judge_all(&run);
        run.report->seconds = cfn__now() - since;
    }
    cfn__session_close(&run.source);
    cfn__session_close(&run.target);
    if (cfn_arena_failed(arena))
        cfn__report_no_memory(diagnostics);
    return ready && !cfn_arena_failed(arena) ? run.report : NULL;
}

cfn_preflight_parameters *cfn_preflight_match_parameters(cfn_arena *arena,
                                                         cfn_diagnostics *diagnostics,
                                                         const cfn_preflight_options *options)
{
    cfn_preflight_options alone = *options;
    alone.target = NULL;
    cfn__preflight run = {.arena = arena, .diagnostics = diagnostics, .options = &alone};
    cfn_preflight_parameters *matched = CFN__NEW(arena, cfn_preflight_parameters);
    run.control.cancelled = options->cancelled;
    run.control.deadline = options->max_seconds > 0 ? cfn__now() + options->max_seconds : 0;
    bool ready = matched && read_urls(&run) &&
                 open_side(&run, &run.source, &run.source_url, &run.source_facts);
    if (ready) {
        const char *version = cfn__ask(&run.source, arena, "SELECT version()");
        matched->source = run.source_url.shown;
        matched->source_version = version ? version : "";
        cfn__match_parameters(&run.source_facts, run.source_url.family, matched);
    }
    cfn__session_close(&run.source);
    if (cfn_arena_failed(arena))
        cfn__report_no_memory(diagnostics);
    return ready && !cfn_arena_failed(arena) ? matched : NULL;
}
