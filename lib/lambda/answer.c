/* Making answers. Rows are told by their keys, columns and reasons; their values are not asked for.
 */
#include "lambda/answer.h"

#include "base/text.h"
#include "write/write.h"

#include <cfngen/read.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- documents in S3 ---- */

const char *cfn__run_name(const cfn__answering *a)
{
    return a->event->run ? a->event->run : a->invocation->request_id;
}

static const char *text_of(const cfn__answering *a, const cfn_node *node, size_t *length)
{
    const cfn_write_options minified = {.format = CFN_FORMAT_JSON, .minify = true};
    const char *text = node ? cfn_write_text(a->make.arena, node, &minified, length) : NULL;
    if (!text)
        cfn__fails(a->failure, CFN__OUT_OF_MEMORY, "memory is out");
    return text;
}

const char *cfn__store(const cfn__answering *a, const char *name, const cfn_node *document)
{
    const cfn__settings *s = a->databases->settings;
    size_t length = 0;
    const char *text = text_of(a, document, &length);
    const char *key =
        cfn__format(a->make.arena, "%s%s/%s.json", s->report_prefix, cfn__run_name(a), name);
    return text && cfn__put_object(&a->databases->aws, s->report_bucket, key, text, length,
                                   a->failure)
               ? key
               : NULL;
}

cfn_node *cfn__work_member(const cfn__answering *a, const cfn_compare_work *work, const char *name)
{
    const cfn__maker *make = &a->make;
    const cfn_node *node = work ? cfn_compare_work_node(make->arena, work) : NULL;
    if (!node) {
        cfn__fails(a->failure, CFN__OUT_OF_MEMORY, "memory is out");
        return NULL;
    }
    if (!a->databases->settings->report_bucket ||
        cfn__measure_json(node).minified <= CFN__MOST_WORK_BYTES)
        return cfn__copy(make->arena, node);
    const char *key =
        cfn__store(a, cfn__format(make->arena, "%s-%s", name, a->invocation->request_id), node);
    return key ? cfn__single(make, "key", cfn__string(make, key)) : NULL;
}

/* Nothing but what was written by cfn__store is read. */
static bool is_key(const cfn__settings *s, const char *key)
{
    bool is_plain = key && cfn__starts_with(key, s->report_prefix) && !strstr(key, "..");
    for (const char *p = key; is_plain && *p; p++)
        is_plain = cfn__is_alphanumeric(*p) || strchr("._-/", *p);
    return is_plain;
}

static const cfn_node *fetch(const cfn__answering *a, const char *key, cfn_diagnostics *diagnostics)
{
    const cfn__settings *s = a->databases->settings;
    size_t length = 0;
    if (!s->report_bucket || !is_key(s, key)) {
        cfn__fails(a->failure, CFN__BAD_EVENT,
                   "work is named by a key that is not one of this function's: REPORT_BUCKET and "
                   "REPORT_PREFIX must be those of the invocation that gave it");
        return NULL;
    }
    const char *text = cfn__get_object(&a->databases->aws, a->make.arena, s->report_bucket, key,
                                       &length, a->failure);
    return text ? cfn_read_text(a->make.arena, diagnostics, "work", text, length, CFN_FORMAT_JSON)
                : NULL;
}

const cfn_compare_work *cfn__work_of_member(const cfn__answering *a, const cfn_node *member)
{
    cfn_diagnostics *diagnostics = cfn_diagnostics_new();
    const cfn_node *key = cfn_node_get(member, "key");
    const cfn_compare_work *work = NULL;
    if (diagnostics && key)
        member = fetch(a, cfn_node_text(key), diagnostics);
    if (diagnostics && member)
        work = cfn_compare_work_read(a->make.arena, diagnostics, member);
    if (!work) {
        const cfn_diagnostic *d = diagnostics ? cfn_diagnostics_at(diagnostics, 0) : NULL;
        cfn__fails(a->failure, !d || d->id == CFN0001 ? CFN__OUT_OF_MEMORY : CFN__BAD_EVENT,
                   "the work cannot be read: %s",
                   d ? cfn_diagnostic_title(d->id) : "memory is out");
    }
    cfn_diagnostics_free(diagnostics);
    return work;
}

/* ---- tables ---- */

static cfn_node *difference_node(const cfn__maker *make, const cfn_compare_table *t,
                                 const cfn_compare_difference *d)
{
    cfn_node *map = cfn__map(make), *key = cfn__map(make), *columns = cfn__list(make);
    cfn__put(map, "change", cfn__string(make, cfn_compare_change_name(d->change)));
    for (size_t i = 0; i < d->key_count; i++)
        cfn__put(key, t->key_count ? t->key[i] : "hash",
                 d->key[i] ? cfn__string(make, d->key[i]) : cfn__null(make));
    cfn__put(map, "key", key);
    if (d->source_count || d->target_count) {
        cfn__put(map, "sourceCount", cfn__integer(make, (int64_t)d->source_count));
        cfn__put(map, "targetCount", cfn__integer(make, (int64_t)d->target_count));
    }
    for (size_t i = 0; i < d->cell_count; i++) {
        cfn_node *column = cfn__map(make);
        cfn__put(column, "column", cfn__string(make, d->cells[i].column));
        cfn__put(column, "reason", cfn__string(make, d->cells[i].reason));
        cfn__append(columns, column);
    }
    return cfn__put(map, "columns", columns);
}

static cfn_node *remark_list(const cfn__maker *make, const cfn_compare_table *t)
{
    static const char *const kinds[] = {"note", "uncompared", "structure"};
    cfn_node *list = cfn__list(make);
    for (const cfn_compare_remark *r = t->remarks; r; r = r->next) {
        cfn_node *remark = cfn__map(make);
        cfn__put(remark, "kind", cfn__string(make, kinds[r->kind]));
        cfn__put(remark, "text", cfn__string(make, r->text));
        cfn__append(list, remark);
    }
    return list;
}

static cfn_node *table_node(const cfn__maker *make, const cfn_compare_table *t)
{
    const struct {
        const char *name;
        uint64_t value;
    } numbers[] = {{"sourceRows", t->source_rows},
                   {"targetRows", t->target_rows},
                   {"missing", t->missing},
                   {"extra", t->extra},
                   {"changed", t->changed},
                   {"settled", t->settled},
                   {"busy", t->busy}};
    cfn_node *map = cfn__map(make), *differences = cfn__list(make);
    cfn__put(map, "schema", cfn__string(make, t->schema));
    cfn__put(map, "table", cfn__string(make, t->name));
    cfn__put(map, "targetSchema", cfn__string(make, t->target_schema));
    cfn__put(map, "targetTable", cfn__string(make, t->target_name));
    cfn__put(map, "verdict", cfn__string(make, cfn_compare_verdict_name(t->verdict)));
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        cfn__put(map, numbers[i].name, cfn__integer(make, (int64_t)numbers[i].value));
    cfn__put(map, "remarks", remark_list(make, t));
    for (const cfn_compare_difference *d = t->differences; d; d = d->next)
        cfn__append(differences, difference_node(make, t, d));
    return cfn__put(map, "differences", differences);
}

static bool store_report(const cfn__answering *a, cfn_node *answer,
                         const cfn_compare_report *report)
{
    const cfn__maker *make = &a->make;
    cfn_node *document = cfn__map(make), *tables = cfn__list(make), *at = cfn__map(make);
    cfn__put(document, "verdict", cfn__string(make, cfn_compare_verdict_name(report->verdict)));
    cfn__put(document, "source", cfn__string(make, report->source));
    cfn__put(document, "target", cfn__string(make, report->target));
    for (size_t i = 0; i < report->table_count; i++)
        cfn__append(tables, table_node(make, report->tables[i]));
    cfn__put(document, "tables", tables);
    const char *key =
        cfn__store(a, cfn__format(make->arena, "report-%s", a->invocation->request_id), document);
    if (!key)
        return false;
    cfn__put(at, "bucket", cfn__string(make, a->databases->settings->report_bucket));
    cfn__put(at, "key", cfn__string(make, key));
    cfn__put(answer, "report", at);
    return true;
}

bool cfn__add_tables(const cfn__answering *a, cfn_node *answer, const cfn_compare_report *report)
{
    enum { OTHER_MEMBERS = 2048 }; /* what is added after the tables */
    const cfn__maker *make = &a->make;
    cfn_node *tables = cfn__list(make);
    size_t size = cfn__measure_json(answer).minified + OTHER_MEMBERS;
    int64_t left_out = 0;
    for (size_t i = 0; i < report->table_count; i++) {
        if (report->tables[i]->verdict == CFN_COMPARE_EQUAL)
            continue;
        cfn_node *node = table_node(make, report->tables[i]);
        size_t more = node ? cfn__measure_json(node).minified : 0;
        if (size + more > CFN__MOST_ANSWER_BYTES) {
            left_out++;
            continue;
        }
        size += more;
        cfn__append(tables, node);
    }
    cfn__put(answer, "tables", tables);
    if (left_out)
        cfn__put(answer, "leftOut", cfn__integer(make, left_out));
    bool stores = a->databases->settings->report_bucket && (left_out || a->event->report);
    return !stores || store_report(a, answer, report);
}

const char *cfn__answer_text(const cfn__answering *a, const cfn_node *answer)
{
    size_t length = 0;
    const char *text = text_of(a, answer, &length);
    if (text && length <= CFN__MOST_ANSWER_BYTES)
        return text;
    if (text)
        cfn__fails(a->failure, CFN__ANSWER_TOO_LARGE,
                   "the answer has %zu bytes, more than %d: give the function a REPORT_BUCKET",
                   length, CFN__MOST_ANSWER_BYTES);
    return NULL;
}
