/* How far the target is: a number is written to a replicated table of the source, and awaited at
 * the target. */
#include "base/text.h"
#include "compare/run.h"

#include <stdlib.h>
#include <string.h>

/* Where the heartbeat is at the source and at the target. */
typedef struct heartbeat {
    char *schema, *name;
    cfn_dms_table target;
} heartbeat;

static bool find_heartbeat(cfn__run *run, heartbeat *h)
{
    const char *text = run->options->heartbeat;
    const char *dot = strchr(text, '.');
    h->schema = cfn__strndup(run->arena, text, dot ? (size_t)(dot - text) : 0);
    h->name = cfn__strdup(run->arena, dot ? dot + 1 : text);
    h->target = (cfn_dms_table){.schema = h->schema, .name = h->name};
    return !run->options->mappings || cfn_dms_select(run->options->mappings, run->arena, h->schema,
                                                     h->name, false, &h->target);
}

static bool write_beat(cfn__run *run, const heartbeat *h, long long beat)
{
    cfn__family family = run->source.driver->family;
    cfn__buffer sql = {0};
    cfn__buffer_add_text(&sql, family == CFN__MYSQL ? "REPLACE INTO " : "INSERT INTO ");
    cfn__add_table_name(family, &sql, h->schema, h->name);
    cfn__buffer_format(&sql, "(id,beat) VALUES (1,%lld)", beat);
    if (family == CFN__POSTGRESQL)
        cfn__buffer_format(&sql, " ON CONFLICT (id) DO UPDATE SET beat=%lld", beat);
    bool written = !sql.failed && cfn__execute(&run->source, sql.text);
    cfn__buffer_free(&sql);
    return written;
}

static bool has_arrived(cfn__run *run, const heartbeat *h, long long beat)
{
    cfn__buffer sql = {0};
    cfn_arena *arena = cfn_arena_new();
    cfn__buffer_add_text(&sql, "SELECT beat FROM ");
    cfn__add_table_name(run->target.driver->family, &sql, h->target.schema, h->target.name);
    cfn__buffer_add_text(&sql, " WHERE id=1");
    const char *answer = arena && !sql.failed ? cfn__ask(&run->target, arena, sql.text) : NULL;
    bool arrived = answer && strtoll(answer, NULL, 10) >= beat;
    cfn_arena_free(arena);
    cfn__buffer_free(&sql);
    return arrived;
}

/* Beats grow from run to run, by the clock of the source. */
static long long next_beat(cfn__run *run)
{
    cfn_arena *arena = cfn_arena_new();
    const char *sql = run->source.driver->family == CFN__MYSQL
                          ? "SELECT CAST(UNIX_TIMESTAMP(NOW(6))*1000000 AS UNSIGNED)"
                          : "SELECT (extract(epoch FROM clock_timestamp())*1000000)::bigint";
    const char *answer = arena ? cfn__ask(&run->source, arena, sql) : NULL;
    long long beat = answer ? strtoll(answer, NULL, 10) : 0;
    cfn_arena_free(arena);
    return beat;
}

static const char *write_next(cfn__run *run, const heartbeat *h, long long *beat)
{
    *beat = next_beat(run);
    if (*beat && write_beat(run, h, *beat))
        return NULL;
    return cfn__format(run->arena, "the heartbeat cannot be written; source: %s",
                       run->source.error);
}

const char *cfn__beat(cfn__run *run, double since, double *seconds)
{
    heartbeat h;
    long long beat;
    const char *name = run->options->heartbeat;
    if (!find_heartbeat(run, &h))
        return cfn__format(run->arena, "the heartbeat table %s is not migrated", name);
    const char *why = write_next(run, &h, &beat);
    double begin = cfn__now(), end = begin + run->limits.heartbeat_seconds, pause = 0.02;
    while (!why && !cfn__must_stop(&run->control) && cfn__now() < end) {
        bool arrived = has_arrived(run, &h, beat);
        *seconds = cfn__now() - begin;
        if (arrived)
            return NULL;
        if (run->target.fault != CFN__FAULT_NONE)
            return cfn__format(run->arena, "the heartbeat cannot be read; target: %s",
                               run->target.error);
        cfn__tell_progress(run, "waiting for the target", since);
        cfn__sleep(&run->control, pause);
        pause = pause < 0.2 ? pause * 2 : pause;
    }
    if (why)
        return why;
    if (cfn__must_stop(&run->control))
        return cfn__format(run->arena, "stopped while it was awaited that %s comes to the target",
                           name);
    return cfn__format(run->arena,
                       "what was written to %s has not come to the target for %.0f s: replication "
                       "stands still or is far behind",
                       name, run->limits.heartbeat_seconds);
}
