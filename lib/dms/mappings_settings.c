/* Rules of type table-settings: how a table is loaded, and what is done with its LOBs.
 * https://docs.aws.amazon.com/dms/latest/userguide/CHAP_Tasks.CustomizingTasks.TableMapping.SelectionTransformation.Tablesettings.html
 */
#include "base/text.h"
#include "dms/mappings.h"

#include <stdlib.h>
#include <string.h>

static void check_name(cfn_diagnostics *diagnostics, const cfn_node *locator, const char *key)
{
    const char *name = cfn__dms_text(diagnostics, locator, key, true, false);
    if (!name || !strpbrk(name, "%["))
        return;
    cfn__report(diagnostics, CFN4327, cfn_node_get(locator, key),
                "table settings need the exact name, and \"%s\" is a pattern", name);
}

static void check_list(cfn_diagnostics *diagnostics, const cfn_node *map, const char *key,
                       bool needed)
{
    const cfn_node *list = cfn_node_get(map, key);
    if ((list && !cfn__is_list(list)) || (needed && !cfn_node_size(list)))
        cfn__report(diagnostics, CFN4327, list ? list : map, "\"%s\" must be a list", key);
}

static void check_parallel_load(cfn_diagnostics *diagnostics, const cfn_node *load)
{
    static const char *const keys[] = {"type",
                                       "partitions",
                                       "subpartitions",
                                       "columns",
                                       "boundaries",
                                       "number-of-partitions",
                                       "collection-count-from-metadata",
                                       "max-records-skip-per-page",
                                       "batch-size",
                                       NULL};
    static const char *const types[] = {
        "partitions-auto", "partitions-list", "ranges", "subpartitions-auto", "none", NULL};
    if (!cfn__is_map(load)) {
        cfn__report(diagnostics, CFN4327, load, "\"parallel-load\" must be a mapping");
        return;
    }
    cfn__dms_check_keys(diagnostics, load, keys);
    int type = cfn__dms_one_of(diagnostics, load, "type", types);
    check_list(diagnostics, load, "partitions", type == 1);
    check_list(diagnostics, load, "columns", type == 2);
    check_list(diagnostics, load, "boundaries", type == 2);
    size_t columns = cfn_node_size(cfn_node_get(load, "columns"));
    const cfn_node *boundaries = cfn_node_get(load, "boundaries");
    for (const cfn_node *n = cfn_node_first(boundaries); n; n = n->next)
        if (!cfn__is_list(n) || n->size != columns)
            cfn__report(diagnostics, CFN4327, n, "a boundary has a value for each of the columns");
}

static void check_lobs(cfn_diagnostics *diagnostics, const cfn_node *lobs)
{
    enum { SMALL = 32 };
    static const char *const keys[] = {"mode", "bulk-max-size", NULL};
    static const char *const modes[] = {"limited", "unlimited", "none", NULL};
    if (!cfn__is_map(lobs)) {
        cfn__report(diagnostics, CFN4327, lobs, "\"lob-settings\" must be a mapping");
        return;
    }
    cfn__dms_check_keys(diagnostics, lobs, keys);
    int mode = cfn_node_get(lobs, "mode") ? cfn__dms_one_of(diagnostics, lobs, "mode", modes) : -1;
    const char *size = cfn__dms_text(diagnostics, lobs, "bulk-max-size", false, true);
    if (mode != 0 || (size && atoi(size) > SMALL))
        return;
    cfn__report(diagnostics, CFN4324, lobs, "LOBs above %s KB are cut, and only a log line tells",
                size ? size : "32");
    cfn__hint(diagnostics, "give bulk-max-size the KB of the largest LOB there is, or the mode "
                           "unlimited");
}

void cfn__dms_check_table_settings(cfn_diagnostics *diagnostics, const cfn_node *rule)
{
    static const char *const keys[] = {
        "rule-type",     "rule-id",      "rule-name", "object-locator",
        "parallel-load", "lob-settings", NULL};
    static const char *const locator_keys[] = {"schema-name", "table-name", NULL};
    const cfn_node *locator = cfn__dms_locator(diagnostics, rule);
    const cfn_node *load = cfn_node_get(rule, "parallel-load");
    const cfn_node *lobs = cfn_node_get(rule, "lob-settings");
    cfn__dms_check_keys(diagnostics, rule, keys);
    if (locator) {
        cfn__dms_check_keys(diagnostics, locator, locator_keys);
        check_name(diagnostics, locator, "schema-name");
        check_name(diagnostics, locator, "table-name");
    }
    if (load)
        check_parallel_load(diagnostics, load);
    if (lobs)
        check_lobs(diagnostics, lobs);
}
