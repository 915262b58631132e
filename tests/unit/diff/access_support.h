/* What the tests of access and advice share: two templates compared, and what is said of them. */
#ifndef CFN_TESTS_DIFF_ACCESS_SUPPORT_H
#define CFN_TESTS_DIFF_ACCESS_SUPPORT_H

#include "../../support/support.h"

#include "base/arena.h"

#include <cfngen/diff.h>

typedef struct diff_fixture {
    fixture f;
    cfn_template_diff *diff;
} diff_fixture;

SUPPORT int set_up_diff(void **state)
{
    diff_fixture *t = calloc(1, sizeof *t);
    *state = t;
    if (t)
        t->f = (fixture){cfn_arena_new(), cfn_diagnostics_new()};
    return t && t->f.arena && t->f.diagnostics ? 0 : -1;
}

SUPPORT int tear_down_diff(void **state)
{
    diff_fixture *t = *state;
    cfn_template_diff_free(t->diff);
    cfn_arena_free(t->f.arena);
    cfn_diagnostics_free(t->f.diagnostics);
    free(t);
    return 0;
}

#define DIFF_TEST(name) cmocka_unit_test_setup_teardown(name, set_up_diff, tear_down_diff)

SUPPORT void compare(diff_fixture *t, const char *old_yaml, const char *new_yaml)
{
    const cfn_node *old = old_yaml ? read_yaml(&t->f, old_yaml) : NULL;
    const cfn_node *new = read_yaml(&t->f, new_yaml);
    if (!new || (old_yaml && !old))
        print_error("%s", cfn_diagnostics_text(t->f.diagnostics, false));
    assert_non_null(new);
    cfn_template_diff_free(t->diff);
    t->diff = cfn_template_diff_new(old, new, NULL, t->f.diagnostics);
    assert_non_null(t->diff);
}

/* What a cell holds, with commas between. */
SUPPORT const char *cell_text(diff_fixture *t, const char *cell)
{
    char *text = cfn__format(t->f.arena, "%s", cell);
    for (char *p = strchr(text, '\n'); p; p = strchr(p, '\n'))
        *p = ',';
    return text;
}

/* The changes of access, one a line: "+ cell | cell | ... (how it broadens)". */
SUPPORT void assert_access(diff_fixture *t, const char *expected)
{
    const char *found = "";
    for (size_t i = 0; i < cfn_template_diff_access_count(t->diff); i++) {
        const cfn_access_change *c = cfn_template_diff_access_at(t->diff, i);
        found = cfn__format(t->f.arena, "%s%s%c", found, i ? "\n" : "",
                            c->kind == CFN_DIFF_ADDED ? '+' : '-');
        for (size_t k = 0; k < CFN_ACCESS_MOST_CELLS && cfn_access_column(c->table, k); k++)
            found = cfn__format(t->f.arena, "%s%s%s", found, k ? " | " : " ",
                                cell_text(t, c->cells[k]));
        assert_int_equal(c->broadens, *c->reason != '\0');
        if (c->broadens)
            found = cfn__format(t->f.arena, "%s (%s)", found, c->reason);
    }
    assert_string_equal(found, expected);
}

/* The advice of these ids and above, one a line: "CFN6039 Db BackupRetentionPeriod: text". */
SUPPORT void assert_advice(diff_fixture *t, const char *expected)
{
    const char *found = "";
    for (size_t i = 0; i < cfn_template_diff_advice_count(t->diff); i++) {
        const cfn_diff_advice *a = cfn_template_diff_advice_at(t->diff, i);
        if (a->id < CFN6031)
            continue; /* not of services */
        found = cfn__format(t->f.arena, "%s%s%s %s %s: %s", found, *found ? "\n" : "",
                            cfn_diagnostic_name(a->id), a->logical_id, a->path, a->text);
    }
    assert_string_equal(found, expected);
}

#endif
