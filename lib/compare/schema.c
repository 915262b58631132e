/* Compares what the schemas consist of: each kind of thing is listed at both sides, brought under
 * the names of the target, sorted and merged. */
#include "compare/schema.h"

#include <stdlib.h>
#include <string.h>

/* Names are those of the target. */
typedef struct object {
    const char *schema, *table, *name, *definition;
} object;

typedef struct objects {
    object *all;
    size_t count, room;
    bool failed;
} objects;

static int by_name(const void *a, const void *b)
{
    const object *x = a, *y = b;
    int order = strcmp(x->schema, y->schema);
    order = order ? order : strcmp(x->table, y->table);
    return order ? order : strcmp(x->name, y->name);
}

static object *new_object(objects *o)
{
    if (o->count == o->room) {
        size_t room = o->room ? o->room * 2 : 64;
        object *more = realloc(o->all, room * sizeof *more);
        if (!more) {
            o->failed = true;
            return NULL;
        }
        o->all = more;
        o->room = room;
    }
    return &o->all[o->count++];
}

/* The pair that a table belongs to, or, for what belongs to none, any pair of the schema. */
static const cfn__pair *find_pair(const cfn__run *run, bool of_target, const char *schema,
                                  const char *table)
{
    for (size_t i = 0; i < run->pair_count; i++) {
        const cfn__pair *p = run->pairs[i];
        if (strcmp(of_target ? p->target_schema : p->schema, schema) == 0 &&
            (!*table || strcmp(of_target ? p->target_name : p->name, table) == 0))
            return p;
    }
    return NULL;
}

static bool is_part_of_a_name(char c)
{
    return c == '_' || c == '$' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
           (c >= 'A' && c <= 'Z');
}

/* The definition with the target's schema where it names the source's. */
static const char *renamed(cfn_arena *arena, const char *text, const char *from, const char *to)
{
    cfn__buffer result = {0};
    size_t length = strlen(from);
    const char *start = text;
    if (strcmp(from, to) == 0)
        return text;
    for (const char *p; (p = strstr(text, from)); text = p + length) {
        bool whole =
            (p == start || !is_part_of_a_name(p[-1])) &&
            (p[length] == '.' || ((p[length] == '`' || p[length] == '"') && p[length + 1] == '.'));
        cfn__buffer_add(&result, text, (size_t)(p - text));
        cfn__buffer_add_text(&result, whole ? to : from);
    }
    cfn__buffer_add_text(&result, text);
    const char *copy = result.failed ? "" : cfn__strndup(arena, result.text, result.length);
    cfn__buffer_free(&result);
    return copy;
}

static const char *copied(cfn_arena *arena, const cfn__session *session, size_t i)
{
    return session->cells[i] ? cfn__strndup(arena, session->cells[i], session->lengths[i]) : "";
}

/* Takes the object at hand, if it belongs to what is compared. */
static void take_object(cfn__run *run, const cfn__session *session, bool of_target, objects *list)
{
    const char *schema = copied(run->arena, session, 0), *table = copied(run->arena, session, 1);
    const cfn__pair *pair = find_pair(run, of_target, schema, table);
    object *o = pair ? new_object(list) : NULL;
    if (!o)
        return;
    const char *definition = copied(run->arena, session, 3);
    *o = (object){.schema = pair->target_schema,
                  .table = *table ? pair->target_name : "",
                  .name = copied(run->arena, session, 2),
                  .definition = of_target ? definition
                                          : renamed(run->arena, definition, pair->schema,
                                                    pair->target_schema)};
}

static bool list_objects(cfn__run *run, cfn__session *session, const cfn__schema_query *query,
                         objects *list)
{
    int got = -1;
    if (!cfn__send(session, query->sql) || !cfn__await(session))
        return false;
    while ((got = cfn__fetch(session)) > 0)
        take_object(run, session, session == &run->target, list);
    if (list->count)
        qsort(list->all, list->count, sizeof *list->all, by_name);
    return got == 0 && !list->failed;
}

static bool is_alike(const cfn__schema_query *query, const char *source, const char *target)
{
    if (query->likeness == CFN__LIKE_NUMBER)
        return strtoull(target, NULL, 10) >= strtoull(source, NULL, 10);
    return strcmp(source, target) == 0;
}

static void report_object(cfn_compare_object *to, const char *kind, const object *source,
                          const object *target)
{
    const object *o = source ? source : target;
    if (!o)
        return;
    *to = (cfn_compare_object){.kind = kind,
                               .schema = o->schema,
                               .table = o->table,
                               .name = o->name,
                               .change = !target   ? CFN_COMPARE_MISSING
                                         : !source ? CFN_COMPARE_EXTRA
                                                   : CFN_COMPARE_CHANGED,
                               .source = source ? source->definition : NULL,
                               .target = target ? target->definition : NULL};
}

/* Makes room for what both lists may add at most, behind what is there. */
static cfn_compare_object *grown(cfn__run *run, const cfn_compare_schema_report *report,
                                 size_t more)
{
    cfn_compare_object *all =
        CFN__NEW_ARRAY(run->arena, report->object_count + more + 1, cfn_compare_object);
    if (all && report->object_count)
        memcpy(all, report->objects, report->object_count * sizeof *all);
    return all;
}

static bool merge(cfn__run *run, const cfn__schema_query *query, const objects *source,
                  const objects *target, cfn_compare_schema_report *report)
{
    size_t i = 0, k = 0, count = report->object_count;
    cfn_compare_object *all = grown(run, report, source->count + target->count);
    while (all && (i < source->count || k < target->count)) {
        const object *a = i < source->count ? &source->all[i] : NULL;
        const object *b = k < target->count ? &target->all[k] : NULL;
        int order = !a ? 1 : !b ? -1 : by_name(a, b);
        bool same = order == 0 && is_alike(query, a->definition, b->definition);
        if (!same)
            report_object(&all[count++], query->kind, order <= 0 ? a : NULL, order >= 0 ? b : NULL);
        if (!same && order <= 0)
            report->verdict = CFN_COMPARE_DIFFERENT;
        i += order <= 0;
        k += order >= 0;
    }
    report->objects = all;
    report->object_count = count;
    report->compared += source->count;
    return all != NULL;
}

static bool compare_kind(cfn__run *run, const cfn__schema_query *query,
                         cfn_compare_schema_report *report)
{
    objects source = {0}, target = {0};
    bool done = list_objects(run, &run->source, query, &source) &&
                list_objects(run, &run->target, query, &target) &&
                merge(run, query, &source, &target, report);
    free(source.all);
    free(target.all);
    return done;
}

static void report_fault(cfn__run *run, const cfn__schema_query *query)
{
    const cfn__session *s = run->source.fault ? &run->source : &run->target;
    cfn__report_at(run->diagnostics, CFN5003, (cfn__place){0}, NULL,
                   "%s, %s: each %s cannot be listed: %s", s->url->role, s->url->shown, query->kind,
                   s->error);
}

cfn_compare_schema_report *cfn_compare_schemas(cfn_arena *arena, cfn_diagnostics *diagnostics,
                                               const cfn_compare_options *options)
{
    cfn__run run = {.arena = arena, .diagnostics = diagnostics, .options = options};
    cfn_compare_schema_report *report = CFN__NEW(arena, cfn_compare_schema_report);
    bool ready = report && cfn__begin(&run);
    if (ready)
        for (const cfn__schema_query *q = cfn__schema_queries(run.source_url.family);
             q->kind && ready; q++)
            if (!compare_kind(&run, q, report)) {
                report_fault(&run, q);
                ready = false;
            }
    cfn__close(&run);
    if (cfn_arena_failed(arena))
        cfn__report_no_memory(diagnostics);
    return ready && !cfn_arena_failed(arena) ? report : NULL;
}
