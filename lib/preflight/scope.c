/* Which tables the task migrates: those of the mappings, or all, as far as -t names them. */
#include "base/text.h"
#include "dms/mappings.h"
#include "preflight/preflight.h"

#include <stdlib.h>
#include <string.h>

static bool is_wanted(const cfn__preflight *run, const char *pattern_of, bool *found)
{
    const cfn_preflight_options *o = run->options;
    bool wanted = !o->table_count;
    for (size_t i = 0; i < o->table_count; i++)
        if (cfn_dms_matches(o->tables[i], pattern_of))
            wanted = found[i] = true;
    return wanted;
}

/* What becomes of its columns. */
static bool *columns_left_out(cfn__preflight *run, const cfn__table *table)
{
    bool *left_out = CFN__NEW_ARRAY(run->arena, table->column_count + 1, bool);
    for (size_t i = 0; i < table->column_count && left_out && run->options->mappings; i++)
        left_out[i] = cfn_dms_map_column(run->options->mappings, run->arena, table->schema,
                                         table->name, table->columns[i].name)
                          .name == NULL;
    return left_out;
}

static void report_missing(cfn__preflight *run, const bool *found)
{
    const cfn_preflight_options *o = run->options;
    for (size_t i = 0; i < o->table_count; i++)
        if (!found[i] && !strpbrk(o->tables[i], "%["))
            cfn__report_at(run->diagnostics, CFN5004, (cfn__place){0}, NULL,
                           "there is no table %s at the source that the task would migrate",
                           o->tables[i]);
    if (run->scope.count || cfn_diagnostics_count(run->diagnostics, CFN_ERROR))
        return;
    cfn__report_at(run->diagnostics, CFN5004, (cfn__place){0}, NULL,
                   "no table of the source would be migrated");
    cfn__hint(run->diagnostics,
              "Check the mappings, the patterns of tables and what the login may see");
}

bool cfn__choose_tables(cfn__preflight *run)
{
    const cfn_preflight_options *o = run->options;
    const cfn__catalog *catalog = &run->catalog;
    bool *found = CFN__NEW_ARRAY(run->arena, o->table_count + 1, bool);
    run->scope.tables = CFN__NEW_ARRAY(run->arena, catalog->table_count + 1, cfn__migrated);
    if (!run->scope.tables || !found)
        return false;
    for (size_t i = 0; i < catalog->table_count; i++) {
        const cfn__table *t = catalog->tables[i];
        cfn_dms_table mapped = {.schema = t->schema, .name = t->name};
        bool selected = o->mappings ? cfn_dms_select(o->mappings, run->arena, t->schema, t->name,
                                                     t->is_view, &mapped)
                                    : !t->is_view;
        if (selected && is_wanted(run, cfn__format(run->arena, "%s.%s", t->schema, t->name), found))
            run->scope.tables[run->scope.count++] =
                (cfn__migrated){t, mapped.schema, mapped.name, columns_left_out(run, t)};
    }
    report_missing(run, found);
    return cfn_diagnostics_count(run->diagnostics, CFN_ERROR) == 0 && !cfn_arena_failed(run->arena);
}

static int by_name(const void *key, const void *element)
{
    const cfn__table *wanted = key, *table = ((const cfn__migrated *)element)->table;
    int schemas = strcmp(wanted->schema, table->schema);
    return schemas ? schemas : strcmp(wanted->name, table->name);
}

const cfn__migrated *cfn__find_migrated(const cfn__scope *scope, const char *schema,
                                        const char *table)
{
    cfn__table wanted = {.schema = schema, .name = table};
    return scope->count
               ? bsearch(&wanted, scope->tables, scope->count, sizeof *scope->tables, by_name)
               : NULL;
}

static bool selects(const cfn__dms_selection *rule, const cfn__table *table)
{
    if (table->is_view ? !rule->views : !rule->tables)
        return false;
    return rule->literally
               ? strcmp(rule->schema, table->schema) == 0 && strcmp(rule->table, table->name) == 0
               : cfn_dms_matches(rule->schema, table->schema) &&
                     cfn_dms_matches(rule->table, table->name);
}

static bool selects_any(const cfn__dms_selection *rule, const cfn__catalog *catalog)
{
    for (size_t i = 0; i < catalog->table_count; i++)
        if (selects(rule, catalog->tables[i]))
            return true;
    return false;
}

bool cfn__look_at_mappings(const cfn__check *check, cfn__preflight *run, cfn__session *session,
                           cfn__outcome *outcome)
{
    const cfn_dms_mappings *m = run->options->mappings;
    (void)session;
    outcome->verdict = CFN_PREFLIGHT_PASS;
    for (size_t i = 0; m && i < m->selection_count; i++) {
        const cfn__dms_selection *rule = &m->selections[i];
        if (rule->exclude || selects_any(rule, &run->catalog))
            continue;
        bool exact =
            rule->literally || (cfn__dms_is_exact(rule->schema) && cfn__dms_is_exact(rule->table));
        cfn__add_object(run->arena, outcome, "rule %s: %s.%s", rule->id, rule->schema, rule->table);
        if (exact || outcome->verdict == CFN_PREFLIGHT_PASS)
            outcome->verdict = exact ? check->otherwise : CFN_PREFLIGHT_WARN;
    }
    if (m)
        cfn__buffer_format(&outcome->found, "%zu rules select nothing", outcome->objects_in_all);
    else
        cfn__buffer_add_text(&outcome->found, "there are none");
    return true;
}
