/* Judges the checks, each in its own way: by facts, by the catalogue, by a query of its own. */
#include "base/text.h"
#include "preflight/preflight.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

enum { MOST_OBJECTS = 100 };

const char *cfn_preflight_verdict_name(cfn_preflight_verdict verdict)
{
    static const char *const names[] = {"pass", "warn", "unknown", "fail"};
    return names[verdict];
}

void cfn__add_object(cfn_arena *arena, cfn__outcome *outcome, const char *format, ...)
{
    va_list list;
    outcome->objects_in_all++;
    if (!outcome->objects)
        outcome->objects = CFN__NEW_ARRAY(arena, MOST_OBJECTS, const char *);
    if (!outcome->objects || outcome->object_count == MOST_OBJECTS)
        return;
    va_start(list, format);
    outcome->objects[outcome->object_count++] = cfn__vformat(arena, format, list);
    va_end(list);
}

/* Whether a value is one of "ON|1"; letter case does not count. */
static bool is_one_of(const char *value, const char *good)
{
    for (const char *p = good; *p; p += *p == '|') {
        size_t length = strcspn(p, "|");
        if (strlen(value) == length && strncasecmp(value, p, length) == 0)
            return true;
        p += length;
    }
    return !*good && !*value;
}

static void judge_setting(const cfn__check *check, const cfn__facts *facts, cfn__outcome *outcome)
{
    const cfn__fact *fact = cfn__find_fact(facts, check->setting);
    if (!fact) {
        outcome->verdict = check->absent;
        cfn__buffer_format(&outcome->found, "%s is not there", check->setting);
    } else if (!fact->value) {
        outcome->verdict = CFN_PREFLIGHT_UNKNOWN;
        cfn__buffer_add_text(&outcome->found, fact->problem ? fact->problem : "it is not known");
    } else {
        outcome->verdict =
            is_one_of(fact->value, check->good) ? CFN_PREFLIGHT_PASS : check->otherwise;
        cfn__buffer_format(&outcome->found, "%s = %s", check->setting,
                           *fact->value ? fact->value : "''");
    }
}

void cfn__judge_facts(const cfn__check *check, const cfn__facts *facts, cfn__outcome *outcome)
{
    if (check->judge)
        check->judge(facts, outcome);
    else
        judge_setting(check, facts, outcome);
}

static void tell_count(const cfn__check *check, cfn__outcome *outcome)
{
    outcome->verdict = outcome->objects_in_all ? check->otherwise : CFN_PREFLIGHT_PASS;
    if (outcome->objects_in_all)
        cfn__buffer_format(&outcome->found, "%zu", outcome->objects_in_all);
    else
        cfn__buffer_add_text(&outcome->found, "none");
}

static void judge_tables(const cfn__check *check, cfn__preflight *run, cfn__outcome *outcome)
{
    for (size_t i = 0; i < run->scope.count; i++)
        check->table(check, run->arena, &run->scope.tables[i], outcome);
    tell_count(check, outcome);
}

/* At the target tables have the names that the mappings give them. */
static const cfn__migrated *migrated_as(const cfn__scope *scope, const cfn__check *check,
                                        const char *schema, const char *table)
{
    if (check->about.side[0] == 's')
        return cfn__find_migrated(scope, schema, table);
    for (size_t i = 0; i < scope->count; i++)
        if (strcmp(scope->tables[i].target_schema, schema) == 0 &&
            strcmp(scope->tables[i].target_name, table) == 0)
            return &scope->tables[i];
    return NULL;
}

static bool touches_schema(const cfn__scope *scope, const char *schema)
{
    for (size_t i = 0; i < scope->count; i++)
        if (strcmp(scope->tables[i].table->schema, schema) == 0)
            return true;
    return false;
}

static bool sees(const cfn__facts *facts, const char *needs, const char *schema)
{
    for (const char *p = needs; *p; p += strcspn(p, "|"), p += *p == '|') {
        char privilege[40];
        snprintf(privilege, sizeof privilege, "%.*s", (int)strcspn(p, "|"), p);
        if (cfn__is_granted(facts->grants, privilege, schema) == CFN__HELD_YES)
            return true;
    }
    return false;
}

/* No row means nothing to a login that is shown none. */
static void judge_sight(const cfn__check *check, cfn__preflight *run, cfn__outcome *outcome)
{
    bool of_target = check->about.side[0] == 't';
    const cfn__facts *facts = of_target ? &run->target_facts : &run->source_facts;
    bool shown = check->shown_from && !facts->is_mariadb && facts->version >= check->shown_from;
    if (!check->needs || shown || outcome->objects_in_all)
        return;
    for (size_t i = 0; i < run->scope.count; i++) {
        const cfn__migrated *m = &run->scope.tables[i];
        const char *schema = of_target ? m->target_schema : m->table->schema;
        if (sees(facts, check->needs, schema))
            continue;
        outcome->verdict =
            check->otherwise == CFN_PREFLIGHT_WARN ? check->otherwise : CFN_PREFLIGHT_UNKNOWN;
        cfn__buffer_format(&outcome->found,
                           ", but the login is not shown those of %s: it takes %.*s", schema,
                           (int)strcspn(check->needs, "|"), check->needs);
        return;
    }
}

/* A row with an empty table is about its schema. */
static bool judge_query(const cfn__check *check, cfn__preflight *run, cfn__session *session,
                        cfn__outcome *outcome)
{
    int got = -1;
    if (cfn__send(session, check->query) && cfn__await(session))
        while ((got = cfn__fetch(session)) > 0) {
            const char *const *c = session->cells;
            const char *what = session->column_count > 2 && c[2] ? c[2] : "";
            if (c[1] && *c[1] ? migrated_as(&run->scope, check, c[0], c[1]) != NULL
                              : touches_schema(&run->scope, c[0]))
                cfn__add_object(run->arena, outcome, "%s%s%s%s%s", c[0], c[1] && *c[1] ? "." : "",
                                c[1] ? c[1] : "", *what ? ": " : "", what);
        }
    if (got == 0) {
        tell_count(check, outcome);
        judge_sight(check, run, outcome);
        return true;
    }
    outcome->verdict = CFN_PREFLIGHT_UNKNOWN;
    cfn__buffer_add_text(&outcome->found, session->error);
    return !cfn__is_lost(session);
}

bool cfn__preflight_judge(const cfn__check *check, cfn__preflight *run, cfn__outcome *outcome)
{
    bool of_target = check->about.side[0] == 't';
    cfn__session *session = of_target ? &run->target : &run->source;
    if (check->look)
        return check->look(check, run, session, outcome);
    if (check->query)
        return judge_query(check, run, session, outcome);
    if (check->table)
        judge_tables(check, run, outcome);
    else
        cfn__judge_facts(check, of_target ? &run->target_facts : &run->source_facts, outcome);
    return true;
}
