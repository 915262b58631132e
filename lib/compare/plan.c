/* Which table is compared with which, by which columns and which key. */
#include "base/text.h"
#include "compare/run.h"

#include <stdio.h>
#include <string.h>

void cfn__remark(cfn_arena *arena, cfn_compare_table *report, cfn_compare_remark_kind kind,
                 const char *format, ...)
{
    cfn_compare_remark *remark = CFN__NEW(arena, cfn_compare_remark);
    const cfn_compare_remark **end = &report->remarks;
    va_list list;
    if (!remark)
        return;
    va_start(list, format);
    remark->text = cfn__vformat(arena, format, list);
    va_end(list);
    remark->kind = kind;
    while (*end)
        end = (const cfn_compare_remark **)&(*end)->next;
    *end = remark;
}

/* Adds what becomes of one column of the source: it is compared, or there is a remark. */
static void plan_column(cfn__run *run, cfn__pair *pair, const cfn__column *source, bool *used)
{
    cfn_dms_column mapped = {.name = source->name};
    const char *why = NULL;
    if (run->options->mappings)
        mapped = cfn_dms_map_column(run->options->mappings, run->arena, pair->schema, pair->name,
                                    source->name);
    if (!mapped.name) {
        cfn__remark(run->arena, pair->report, CFN_COMPARE_NOTE,
                    "column %s is not compared: the mappings leave it out", source->name);
        return;
    }
    const cfn__column *target = cfn__find_column(pair->target.table, mapped.name);
    if (target)
        used[target - pair->target.table->columns] = true;
    if (mapped.unclear)
        why = mapped.unclear;
    else if (mapped.altered)
        why = "the mappings mask its values";
    if (why)
        cfn__remark(run->arena, pair->report, CFN_COMPARE_UNCOMPARED,
                    "column %s is not compared: %s", source->name, why);
    else if (!target)
        cfn__remark(run->arena, pair->report, CFN_COMPARE_STRUCTURE,
                    "column %s is not there at the target%s%s", source->name,
                    strcmp(mapped.name, source->name) == 0 ? "" : ", where it should be ",
                    strcmp(mapped.name, source->name) == 0 ? "" : mapped.name);
    else if (!cfn__can_compare(run->source.driver->family, source, target, &why))
        cfn__remark(run->arena, pair->report, CFN_COMPARE_UNCOMPARED,
                    "column %s is not compared: %s (%s at the source, %s at the target)",
                    source->name, why, source->full_type, target->full_type);
    else
        pair->columns[pair->column_count++] =
            (cfn__pair_column){source, target,
                               cfn__is_fixed(run->source.driver->family, source) &&
                                   cfn__is_fixed(run->source.driver->family, target)};
}

static void plan_columns(cfn__run *run, cfn__pair *pair)
{
    const cfn__table *s = pair->source.table, *t = pair->target.table;
    pair->columns = CFN__NEW_ARRAY(run->arena, s->column_count + 1, cfn__pair_column);
    bool *used = CFN__NEW_ARRAY(run->arena, t->column_count + 1, bool);
    if (!pair->columns || !used)
        return;
    for (size_t i = 0; i < s->column_count; i++)
        plan_column(run, pair, &s->columns[i], used);
    for (size_t i = 0; i < t->column_count; i++)
        if (!used[i])
            cfn__remark(run->arena, pair->report, CFN_COMPARE_NOTE,
                        "column %s is at the target alone", t->columns[i].name);
    if (s->partly_visible || t->partly_visible)
        cfn__remark(run->arena, pair->report, CFN_COMPARE_UNCOMPARED,
                    "the login of the %s may read some of its columns only",
                    s->partly_visible ? "source" : "target");
    if (!pair->column_count) {
        pair->blocked = true;
        cfn__remark(run->arena, pair->report, CFN_COMPARE_UNCOMPARED, "no column can be compared");
    }
}

static size_t position_of(const cfn__pair *pair, const cfn__column *source)
{
    for (size_t i = 0; i < pair->column_count; i++)
        if (pair->columns[i].source == source)
            return i;
    return SIZE_MAX;
}

/* A hash, or a value that was cut, does not find a row again. */
static bool can_be_key(const cfn__pair *pair, const cfn__key *key)
{
    for (size_t i = 0; i < key->column_count; i++) {
        const cfn__column *c = &pair->source.table->columns[key->columns[i]];
        size_t at = position_of(pair, c);
        if (at == SIZE_MAX || c->type->class_ == CFN__CLASS_JSON ||
            c->type->class_ == CFN__CLASS_GEOMETRY ||
            (pair->source.family == CFN__MYSQL &&
             (c->type->large || pair->columns[at].target->type->large)))
            return false;
    }
    return key->column_count > 0 && key->column_count <= CFN__MOST_KEY_COLUMNS;
}

/* Brings the columns of the key to the front, in the key's order. */
static void take_key(cfn__pair *pair, const cfn__key *key)
{
    for (size_t i = 0; i < key->column_count; i++) {
        size_t at = position_of(pair, &pair->source.table->columns[key->columns[i]]);
        cfn__pair_column c = pair->columns[at];
        memmove(&pair->columns[i + 1], &pair->columns[i], (at - i) * sizeof c);
        pair->columns[i] = c;
    }
    pair->key_count = key->column_count;
    pair->method = CFN__METHOD_RANGES;
    for (size_t i = 0; i < pair->key_count; i++)
        if (pair->columns[i].target->nullable || /* NULL is in no range */
            !cfn__orders_alike(pair->columns[i].source, pair->columns[i].target))
            pair->method = CFN__METHOD_BUCKETS;
}

static bool has_same_key(const cfn__pair *pair)
{
    for (size_t k = 0; k < pair->target.table->key_count; k++) {
        const cfn__key *key = &pair->target.table->keys[k];
        size_t found = 0;
        for (size_t i = 0; i < key->column_count; i++)
            for (size_t j = 0; j < pair->key_count; j++)
                found += &pair->target.table->columns[key->columns[i]] == pair->columns[j].target;
        if (found == pair->key_count && key->column_count == found)
            return true;
    }
    return false;
}

static void plan_key(cfn__run *run, cfn__pair *pair)
{
    const cfn__table *s = pair->source.table;
    pair->method = CFN__METHOD_KEYLESS;
    for (size_t i = 0; i < s->key_count && !pair->key_count; i++)
        if (can_be_key(pair, &s->keys[i]))
            take_key(pair, &s->keys[i]);
    if (!pair->key_count) {
        cfn__remark(run->arena, pair->report, CFN_COMPARE_NOTE,
                    "no key that can be used: rows are known by a hash of their values");
        return;
    }
    if (!has_same_key(pair))
        cfn__remark(run->arena, pair->report, CFN_COMPARE_STRUCTURE,
                    "the target has no primary or unique key on the same columns");
}

static void add_condition(cfn__run *run, cfn__buffer *sql, const cfn_dms_table *mapped,
                          const cfn__side *side, bool of_target)
{
    cfn__buffer_add_text(sql, "TRUE");
    if (run->options->where)
        cfn__buffer_format(sql, " AND (%s)", run->options->where);
    for (size_t i = 0; i < mapped->filter_count && !of_target; i++) {
        cfn__buffer_add_text(sql, " AND ");
        cfn__add_filter(&run->source, sql, side->table, &mapped->filters[i]);
    }
}

static const char *taken(cfn_arena *arena, cfn__buffer *sql)
{
    const char *text = sql->failed || !sql->text ? "" : cfn__strndup(arena, sql->text, sql->length);
    cfn__buffer_free(sql);
    return text;
}

static void write_keys(cfn__run *run, cfn__pair *pair, cfn__side *side, bool of_target)
{
    int version = of_target ? run->target.version : run->source.version;
    cfn__buffer list = {0}, order = {0};
    side->keys = CFN__NEW_ARRAY(run->arena, pair->key_count + 1, const char *);
    side->key_names = CFN__NEW_ARRAY(run->arena, pair->key_count + 1, const char *);
    for (size_t i = 0; i < pair->key_count && side->keys && side->key_names; i++) {
        const cfn__pair_column *c = &pair->columns[i];
        const cfn__column *own = of_target ? c->target : c->source;
        const cfn__column *other = of_target ? c->source : c->target;
        cfn__buffer value = {0}, name = {0};
        cfn__add_value(&value, side->family, version, own, other, true);
        cfn__add_name(side->family, &name, own->name);
        side->keys[i] = taken(run->arena, &value);
        side->key_names[i] = taken(run->arena, &name);
        if (own->type->class_ == CFN__CLASS_FLOAT && side->family == CFN__MYSQL)
            side->key_names[i] = side->keys[i];
        cfn__buffer_format(&list, i ? ",%s" : "%s", side->keys[i]);
        cfn__buffer_format(&order, i ? ",%s" : "%s", side->key_names[i]);
    }
    side->key_list = pair->key_count ? taken(run->arena, &list) : side->row_hash;
    side->key_order = taken(run->arena, &order);
}

static void write_values(cfn__run *run, cfn__pair *pair, cfn__side *side, bool of_target)
{
    int version = of_target ? run->target.version : run->source.version;
    cfn__buffer values = {0};
    for (size_t i = pair->key_count; i < pair->column_count; i++) {
        const cfn__pair_column *c = &pair->columns[i];
        cfn__buffer_add_char(&values, ',');
        cfn__add_value(&values, side->family, version, of_target ? c->target : c->source,
                       of_target ? c->source : c->target, false);
    }
    side->values = taken(run->arena, &values);
}

/* The pieces of SQL of one side. */
static void write_side(cfn__run *run, cfn__pair *pair, const cfn_dms_table *mapped, bool of_target)
{
    cfn__side *side = of_target ? &pair->target : &pair->source;
    int version = of_target ? run->target.version : run->source.version;
    cfn__buffer from = {0}, condition = {0}, hash = {0}, key_hash = {0};
    cfn__add_table_name(side->family, &from, side->table->schema, side->table->name);
    add_condition(run, &condition, mapped, side, of_target);
    cfn__add_hash(&hash, side->family, version, pair->columns, pair->column_count, of_target,
                  false);
    if (pair->key_count)
        cfn__add_hash(&key_hash, side->family, version, pair->columns, pair->key_count, of_target,
                      true);
    side->from = taken(run->arena, &from);
    side->condition = taken(run->arena, &condition);
    side->row_hash = taken(run->arena, &hash);
    side->key_hash = pair->key_count ? taken(run->arena, &key_hash) : side->row_hash;
    write_keys(run, pair, side, of_target);
    write_values(run, pair, side, of_target);
}

static const char *digest_sql(cfn_arena *arena, const cfn__side *side)
{
    return cfn__format(arena, "SELECT COUNT(*), SUM(%s) FROM %s WHERE %s", side->row_hash,
                       side->from, side->condition);
}

/* The same when what is compared, and how rows are found again, is the same. */
static const char *digest_of(cfn_arena *arena, const cfn__pair *pair)
{
    const char *texts[] = {pair->source.key_list,    pair->source.key_order,
                           pair->target.key_list,    pair->target.key_order,
                           pair->report->source_sql, pair->report->target_sql,
                           pair->report->method};
    enum { TEXTS = sizeof texts / sizeof *texts };
    size_t lengths[TEXTS];
    for (size_t i = 0; i < TEXTS; i++)
        lengths[i] = strlen(texts[i]);
    cfn__digest128 d = cfn__digest_cells(texts, lengths, TEXTS);
    return cfn__format(arena, "%016llx%016llx", (unsigned long long)d.a, (unsigned long long)d.b);
}

static void describe_plan(cfn__run *run, cfn__pair *pair)
{
    static const char *const methods[] = {"ranges of the key", "buckets of the key",
                                          "hashes of rows"};
    cfn_compare_table *report = pair->report;
    const char **key = CFN__NEW_ARRAY(run->arena, pair->key_count + 1, const char *);
    for (size_t i = 0; i < pair->key_count && key; i++)
        key[i] = pair->columns[i].source->name;
    report->method = methods[pair->method];
    report->key = key;
    report->key_count = pair->key_count;
    report->column_count = pair->column_count;
    report->source_sql = digest_sql(run->arena, &pair->source);
    report->target_sql = digest_sql(run->arena, &pair->target);
    pair->digest = digest_of(run->arena, pair);
}

static void plan_pair(cfn__run *run, cfn__pair *pair, const cfn__table *source,
                      const cfn_dms_table *mapped)
{
    cfn__family family = run->source.driver->family;
    pair->source = (cfn__side){.family = family, .table = source};
    pair->target =
        (cfn__side){.family = family,
                    .table = cfn__find_table(&run->target_catalog, mapped->schema, mapped->name)};
    if (mapped->unclear) {
        pair->blocked = true;
        cfn__remark(run->arena, pair->report, CFN_COMPARE_UNCOMPARED,
                    "the mappings do not tell: %s", mapped->unclear);
    } else if (!pair->target.table) {
        pair->blocked = true;
        cfn__remark(run->arena, pair->report, CFN_COMPARE_STRUCTURE,
                    "the table is not there at the target");
    } else
        plan_columns(run, pair);
    if (pair->blocked)
        return;
    plan_key(run, pair);
    write_side(run, pair, mapped, false);
    write_side(run, pair, mapped, true);
    describe_plan(run, pair);
}

/* A table that was asked for by its name, and is not there, is not passed over. */
static void find_missing(cfn__run *run)
{
    const cfn_compare_options *o = run->options;
    for (size_t i = 0; i < o->table_count; i++) {
        const char *dot = strchr(o->tables[i], '.');
        bool found = !dot || strpbrk(o->tables[i], "%[") != NULL;
        for (size_t k = 0; k < run->pair_count && !found; k++) {
            const cfn__pair *p = run->pairs[k];
            found =
                cfn_dms_matches(o->tables[i], cfn__format(run->arena, "%s.%s", p->schema, p->name));
        }
        if (!found)
            cfn__report_at(run->diagnostics, CFN5004, (cfn__place){0}, NULL,
                           "there is no table %s at the source that could be compared",
                           o->tables[i]);
    }
}

/* Whether partial work has the table. */
static bool is_in(const cfn_compare_work *work, const cfn__table *table)
{
    for (size_t i = 0; i < work->table_count; i++)
        if (strcmp(work->tables[i].schema, table->schema) == 0 &&
            strcmp(work->tables[i].name, table->name) == 0)
            return true;
    return false;
}

/* Whether the table is among those that were asked for by name. */
static bool is_wanted(const cfn__run *run, const cfn__table *table)
{
    const cfn_compare_options *o = run->options;
    if (o->work && o->work->partial && !is_in(o->work, table))
        return false;
    char name[600];
    snprintf(name, sizeof name, "%s.%s", table->schema, table->name);
    for (size_t i = 0; i < o->table_count; i++)
        if (cfn_dms_matches(o->tables[i], name))
            return true;
    return !o->table_count;
}

static bool add_pair(cfn__run *run, const cfn__table *table, const cfn_dms_table *mapped)
{
    cfn__pair *pair = CFN__NEW(run->arena, cfn__pair);
    cfn_compare_table *report = CFN__NEW(run->arena, cfn_compare_table);
    if (!pair || !report)
        return false;
    *report = (cfn_compare_table){.schema = table->schema,
                                  .name = table->name,
                                  .target_schema = mapped->schema,
                                  .target_name = mapped->name,
                                  .method = "",
                                  .mode = "",
                                  .source_sql = "",
                                  .target_sql = "",
                                  .estimated_rows = (uint64_t)table->rows};
    *pair = (cfn__pair){.report = report,
                        .schema = table->schema,
                        .name = table->name,
                        .target_schema = mapped->schema,
                        .target_name = mapped->name};
    plan_pair(run, pair, table, mapped);
    run->report->tables[run->pair_count] = report;
    run->pairs[run->pair_count++] = pair;
    return !cfn_arena_failed(run->arena);
}

bool cfn__plan(cfn__run *run)
{
    size_t count = run->source_catalog.table_count;
    run->pairs = CFN__NEW_ARRAY(run->arena, count + 1, cfn__pair *);
    run->report->tables = CFN__NEW_ARRAY(run->arena, count + 1, cfn_compare_table *);
    if (!run->pairs || !run->report->tables)
        return false;
    for (size_t i = 0; i < count; i++) {
        const cfn__table *t = run->source_catalog.tables[i];
        cfn_dms_table mapped = {.schema = t->schema, .name = t->name};
        bool selected = run->options->mappings
                            ? cfn_dms_select(run->options->mappings, run->arena, t->schema, t->name,
                                             t->is_view, &mapped)
                            : !t->is_view;
        if (selected && is_wanted(run, t) && !add_pair(run, t, &mapped))
            return false;
    }
    run->report->table_count = run->pair_count;
    find_missing(run);
    return cfn_diagnostics_count(run->diagnostics, CFN_ERROR) == 0 && !cfn_arena_failed(run->arena);
}
