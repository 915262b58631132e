/* For tests of assertions: a template from a literal, and what is said of it. */
#ifndef CFN_TESTS_ASSERTIONS_SUPPORT_H
#define CFN_TESTS_ASSERTIONS_SUPPORT_H

#include "support.h"

#include <cfngen/assertions.h>

/* A template with these options; its nodes live in the fixture. Free it with cfn_assertions_free.
 */
SUPPORT cfn_assertions *assertions_with(fixture *f, const char *yaml,
                                        const cfn_assertions_options *options)
{
    const cfn_node *root = read_yaml(f, yaml);
    if (!root)
        print_error("%s", cfn_diagnostics_text(f->diagnostics, false));
    assert_non_null(root);
    cfn_assertions *t = cfn_assertions_new(root, options);
    assert_non_null(t);
    return t;
}

SUPPORT void assert_holds(cfn_verdict v)
{
    if (!v.holds)
        print_error("%s", v.text);
    assert_true(v.holds);
    assert_false(v.broken);
    assert_string_equal(v.text, "");
}

/* It fails, and says just this. */
SUPPORT void assert_fails(cfn_verdict v, const char *text)
{
    assert_false(v.holds);
    assert_false(v.broken);
    if (strcmp(v.text, text) != 0)
        print_error("expected:\n%s\ngot:\n%s\n", text, v.text);
    assert_string_equal(v.text, text);
}

/* It fails, and says this among other things. */
SUPPORT void assert_fails_with(cfn_verdict v, const char *part)
{
    assert_false(v.holds);
    assert_false(v.broken);
    if (!strstr(v.text, part))
        print_error("missing: %s\ngot:\n%s\n", part, v.text);
    assert_non_null(strstr(v.text, part));
}

/* It cannot be decided, and says why. */
SUPPORT void assert_broken(cfn_verdict v, const char *part)
{
    assert_false(v.holds);
    if (!v.broken || !strstr(v.text, part))
        print_error("missing: %s\ngot%s:\n%s\n", part, v.broken ? "" : " (not broken)", v.text);
    assert_true(v.broken);
    assert_non_null(strstr(v.text, part));
}

/* A value against a pattern: what compares them is told by what is said, NULL: they match. */
typedef struct comparison_row {
    const char *value, *pattern, *said;
} comparison_row;

SUPPORT void compare_row(fixture *f, const comparison_row *row,
                         const cfn_assertions_options *options)
{
    char yaml[1024], pattern[1024];
    snprintf(yaml, sizeof yaml, "V: %s\n", row->value);
    snprintf(pattern, sizeof pattern, "V: %s\n", row->pattern);
    cfn_assertions *t = assertions_with(f, yaml, options);
    cfn_verdict v = cfn_assert_template(t, pattern);
    if (v.holds == (row->said != NULL))
        print_error("%s against %s:\n%s\n", row->value, row->pattern, v.text);
    if (row->said)
        assert_fails_with(v, row->said);
    else
        assert_holds(v);
    cfn_assertions_free(t);
}

#define COMPARE_ROWS(f, ...)                                                                       \
    do {                                                                                           \
        const comparison_row rows[] = {__VA_ARGS__};                                               \
        for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)                                    \
            compare_row(f, &rows[i], NULL);                                                        \
    } while (0)

#endif
