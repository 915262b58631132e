/* Runs libcfncompare, and tells its diagnostics as failures. */
#include "lambda/comparison.h"

#include "base/arena.h"
#include "base/buffer.h"
#include "base/text.h"
#include "lambda/wipe.h"
#include "node/node.h"

#include <cfngen/read.h>
#include <stdlib.h>
#include <string.h>

/* ---- logins ---- */

bool cfn__read_logins(cfn__databases *databases, cfn__failure *failure)
{
    const cfn__settings *s = databases->settings;
    cfn__aws *aws = &databases->aws;
    aws->http = cfn__http_new(aws->interrupt); /* one connection for both; without: one for each */
    bool done = cfn__read_login(aws, s->source_secret, "source", &databases->source, failure) &&
                cfn__read_login(aws, s->target_secret, "target", &databases->target, failure);
    cfn__http_free(aws->http);
    aws->http = NULL;
    return done;
}

void cfn__forget_logins(cfn__databases *databases)
{
    cfn__wipe(&databases->source, sizeof databases->source);
    cfn__wipe(&databases->target, sizeof databases->target);
}

/* Whether both could be read, and one is another than before. */
static bool logins_have_changed(cfn__databases *databases, cfn__failure *failure)
{
    cfn__login before[2] = {databases->source, databases->target};
    bool changed =
        cfn__read_logins(databases, failure) && (!cfn__same_login(&before[0], &databases->source) ||
                                                 !cfn__same_login(&before[1], &databases->target));
    cfn__wipe(before, sizeof before);
    return changed;
}

/* ---- options ---- */

static void add_encoded(cfn__buffer *url, const char *text)
{
    for (const char *p = text; *p; p++)
        if (cfn__is_alphanumeric(*p) || strchr("._-/", *p))
            cfn__buffer_add_char(url, *p);
        else
            cfn__buffer_format(url, "%%%02X", (unsigned)(unsigned char)*p);
}

/* The URL without the password, which is handed over apart. A database of MySQL is left out: what
 * is compared is said by DATABASES. */
static const char *url_of(cfn_arena *arena, const cfn__settings *s, const cfn__login *login)
{
    bool is_postgresql = strcmp(s->engine, "postgresql") == 0, is_v6 = strchr(login->host, ':');
    cfn__buffer url = {0};
    cfn__buffer_format(&url, "%s://", s->engine);
    add_encoded(&url, login->username);
    cfn__buffer_format(&url, "@%s%s%s", is_v6 ? "[" : "", login->host, is_v6 ? "]" : "");
    if (login->port)
        cfn__buffer_format(&url, ":%u", login->port);
    cfn__buffer_add_char(&url, '/');
    if (is_postgresql)
        add_encoded(&url, *login->database ? login->database : "postgres");
    if (s->ca_file) {
        cfn__buffer_add_text(&url, "?ssl-ca=");
        add_encoded(&url, s->ca_file);
    }
    const char *text = url.failed ? NULL : cfn__strndup(arena, url.text, url.length);
    cfn__buffer_free(&url);
    return text;
}

/* Takes the patterns of table mappings for what they are. */
static const char *pattern_of_schema(cfn_arena *arena, const char *name, size_t length)
{
    cfn__buffer pattern = {0};
    for (size_t i = 0; i < length; i++)
        if (strchr("%_[", name[i]))
            cfn__buffer_format(&pattern, "[%c]", name[i]);
        else
            cfn__buffer_add_char(&pattern, name[i]);
    cfn__buffer_add_text(&pattern, ".%");
    const char *text = pattern.failed ? "" : cfn__strndup(arena, pattern.text, pattern.length);
    cfn__buffer_free(&pattern);
    return text;
}

/* The event's tables, else all of the schemas in DATABASES, else all. */
static void take_tables(cfn_arena *arena, const cfn__settings *s, const cfn__event *event,
                        cfn_compare_options *options)
{
    size_t most = event->tables ? cfn_node_size(event->tables) : 1;
    for (const char *p = s->databases; p && *p && !event->tables; p++)
        most += *p == ',';
    const char **tables = CFN__NEW_ARRAY(arena, most, const char *);
    options->tables = tables;
    for (const cfn_node *n = cfn_node_first(event->tables); n && tables; n = cfn_node_next(n))
        tables[options->table_count++] = cfn_node_text(n);
    for (const char *p = s->databases; p && *p && tables && !event->tables;) {
        size_t blank = strspn(p, ", "), length = strcspn(p + blank, ",");
        p += blank;
        size_t name = length;
        while (name && p[name - 1] == ' ')
            name--;
        if (name)
            tables[options->table_count++] = pattern_of_schema(arena, p, name);
        p += length;
    }
}

static cfn_compare_mode mode_of(const char *mode)
{
    return !mode || *mode == 'a' ? CFN_COMPARE_AUTO
           : *mode == 'd'        ? CFN_COMPARE_DIGEST
                                 : CFN_COMPARE_STREAM;
}

static const char *first_of(const char *a, const char *b)
{
    return a ? a : b;
}

static void take_options(const cfn__databases *databases, const cfn__event *event, cfn_arena *arena,
                         cfn_compare_options *o)
{
    const cfn__settings *s = databases->settings;
    const char *settle = first_of(event->settle_seconds, s->settle_seconds);
    const char *load = first_of(event->max_load, s->max_load);
    take_tables(arena, s, event, o);
    o->mode = mode_of(first_of(event->mode, s->mode));
    o->heartbeat = first_of(event->heartbeat, s->heartbeat);
    o->load = load ? (unsigned)strtoul(load, NULL, 10) : 0;
    o->max_details = event->details;
    o->settle_seconds = settle ? strtod(settle, NULL) : 0;
    if (settle && o->settle_seconds <= 0)
        o->settle_seconds = -1; /* none; 0 would be the default */
    o->cancelled = databases->aws.interrupt.flag;
}

static bool take_mappings(cfn_arena *arena, cfn_diagnostics *diagnostics, const cfn__settings *s,
                          const cfn__event *event, cfn_compare_options *options,
                          cfn__failure *failure)
{
    const cfn_node *root = event->mappings;
    if (!root && !s->mappings)
        return true;
    if (!root)
        root = cfn_read_text(arena, diagnostics, "MAPPINGS", s->mappings, strlen(s->mappings),
                             CFN_FORMAT_JSON);
    if (root)
        options->mappings = cfn_dms_mappings_read(arena, diagnostics, root);
    const cfn_diagnostic *d = cfn_diagnostics_at(diagnostics, 0);
    return options->mappings ||
           cfn__fails(failure, event->mappings ? CFN__BAD_EVENT : CFN__BAD_CONFIGURATION,
                      "the table mappings of %s: %s", event->mappings ? "the event" : "MAPPINGS",
                      d ? d->message : "memory is out");
}

/* ---- failures ---- */

static cfn__failure_type type_of(const cfn_diagnostic *d)
{
    static const struct {
        cfn_diagnostic_id id;
        cfn__failure_type type;
    } types[] = {{CFN5001, CFN__BAD_SECRET},      {CFN5002, CFN__UNREACHABLE},
                 {CFN5003, CFN__DATABASE_FAILED}, {CFN5004, CFN__NOTHING_TO_COMPARE},
                 {CFN5005, CFN__PLAN_OUTDATED},   {CFN5006, CFN__AUTHENTICATION_FAILED}};
    for (size_t i = 0; i < sizeof types / sizeof *types && d; i++)
        if (types[i].id == d->id)
            return types[i].type;
    return !d || d->id == CFN0001 ? CFN__OUT_OF_MEMORY : CFN__DATABASE_FAILED;
}

static const cfn_diagnostic *first_error(cfn_diagnostics *diagnostics)
{
    const cfn_diagnostic *d;
    for (size_t i = 0; (d = cfn_diagnostics_at(diagnostics, i)); i++)
        if (d->severity == CFN_ERROR)
            return d;
    return NULL;
}

/* ---- runs ---- */

static double seconds_left(const cfn__invocation *invocation)
{
    return (double)(invocation->deadline - cfn__milliseconds()) / 1000 - CFN__RESERVE_SECONDS;
}

bool cfn__has_no_time(const cfn__databases *databases, const cfn__invocation *invocation)
{
    return cfn__is_interrupted(&databases->aws.interrupt) ||
           (invocation->deadline && seconds_left(invocation) <= 0);
}

/* One try; a failure of the kind that CFN__AUTHENTICATION_FAILED is may end with another one. */
static const cfn_compare_report *run(cfn__databases *databases, const cfn__invocation *invocation,
                                     const cfn_compare_options *options, cfn_compare_task task,
                                     cfn__failure *failure)
{
    cfn_arena *arena = invocation->arena;
    const cfn__settings *s = databases->settings;
    cfn_diagnostics *diagnostics = cfn_diagnostics_new();
    const cfn_compare_report *report = NULL;
    cfn_compare_options o = *options;
    o.source = url_of(arena, s, &databases->source);
    o.target = url_of(arena, s, &databases->target);
    o.source_password = databases->source.password;
    o.target_password = databases->target.password;
    o.max_seconds = invocation->deadline ? seconds_left(invocation) : 0;
    if (invocation->deadline && o.max_seconds <= 0)
        cfn__fails(failure, CFN__OUT_OF_TIME,
                   "less than %d seconds are left: give the function a longer Timeout",
                   CFN__RESERVE_SECONDS);
    else if (diagnostics && o.source && o.target)
        report = cfn_compare_run(arena, diagnostics, &o, task);
    if (!report && cfn__has_no_time(databases, invocation))
        cfn__fails(failure, CFN__OUT_OF_TIME, "the deadline came before anything was compared");
    if (!report) {
        const cfn_diagnostic *d = diagnostics ? first_error(diagnostics) : NULL;
        cfn__fails(failure, type_of(d), "%s%s%s%s", d ? d->message : "memory is out",
                   d && *d->hint ? " (" : "", d ? d->hint : "", d && *d->hint ? ")" : "");
    }
    cfn_diagnostics_free(diagnostics);
    return report;
}

static const cfn_compare_report *run_with_logins(cfn__databases *databases,
                                                 const cfn__invocation *invocation,
                                                 const cfn_compare_options *options,
                                                 cfn_compare_task task, cfn__failure *failure)
{
    if (!databases->source.is_known || !databases->target.is_known)
        if (!cfn__read_logins(databases, failure))
            return NULL;
    const cfn_compare_report *report = run(databases, invocation, options, task, failure);
    if (failure->type != CFN__AUTHENTICATION_FAILED)
        return report;
    cfn__failure reading = {0};
    cfn__say(databases->log, CFN__WARN, "a database refuses the login: reading the secrets again",
             NULL);
    if (logins_have_changed(databases, &reading)) {
        *failure = (cfn__failure){0};
        return run(databases, invocation, options, task, failure);
    }
    if (reading.type)
        *failure = reading;
    return NULL;
}

const cfn_compare_report *cfn__run_comparison(cfn__databases *databases,
                                              const cfn__invocation *invocation,
                                              const cfn__event *event, cfn_compare_task task,
                                              const cfn_compare_work *work, uint64_t part_rows,
                                              cfn__failure *failure)
{
    cfn_arena *arena = invocation->arena;
    cfn_diagnostics *diagnostics = cfn_diagnostics_new();
    const cfn_compare_report *report = NULL;
    cfn_compare_options options = {.work = work, .part_rows = part_rows};
    take_options(databases, event, arena, &options);
    if (!diagnostics || cfn_arena_failed(arena))
        cfn__fails(failure, CFN__OUT_OF_MEMORY, "memory is out");
    else if (take_mappings(arena, diagnostics, databases->settings, event, &options, failure))
        report = run_with_logins(databases, invocation, &options, task, failure);
    cfn_diagnostics_free(diagnostics);
    return report;
}
