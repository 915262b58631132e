/* Table mappings, with and without memory: what was read can be asked for any table and column. */
#include "checks.h"

#include <cfngen/dms_table_mappings.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void ask(const cfn_dms_mappings *mappings, cfn_arena *arena)
{
    static const char *const names[] = {"", "shop", "orders", "temp_1", "\xc3\xa9", "a[b", "%"};
    enum { NAMES = sizeof names / sizeof *names };
    for (size_t i = 0; i < NAMES * NAMES; i++) {
        const char *schema = names[i / NAMES], *table = names[i % NAMES];
        cfn_dms_table t;
        if (cfn_dms_select(mappings, arena, schema, table, i % 2, &t)) {
            must(t.schema && t.name, "a table that is selected has a name");
            for (size_t f = 0; f < t.filter_count; f++)
                must(t.filters[f].column && t.filters[f].condition_count > 0, "a filter is whole");
        }
        cfn_dms_map_column(mappings, arena, schema, table, names[(i + 1) % NAMES]);
        must(cfn_dms_matches("%", table), "anything is any text");
        cfn_dms_matches(table, schema);
    }
}

static void check_mappings(const char *text, size_t length, size_t limit)
{
    reading r = read_input(text, length, CFN_FORMAT_JSON, 0);
    if (r.root) {
        cfn_arena *arena = cfn_arena_new();
        cfn_arena_set_limit(arena, limit);
        cfn_dms_mappings *mappings = cfn_dms_mappings_read(arena, r.diagnostics, r.root);
        size_t errors = cfn_diagnostics_count(r.diagnostics, CFN_ERROR);
        must((mappings != NULL) == (errors == 0), "there are mappings, or else an error");
        must(cfn_diagnostics_text(r.diagnostics, false) != NULL, "diagnostics have a text");
        if (mappings)
            ask(mappings, arena);
        cfn_arena_free(arena);
    }
    forget(&r);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    check_mappings((const char *)data, size, 0);
    check_mappings((const char *)data, size, 1 + cfn__hash((const char *)data, size) % 20000);
    return 0;
}
