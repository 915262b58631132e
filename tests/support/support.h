/* What unit tests share: an arena and diagnostics for each test, reading from a literal, and
 * assertions that show the whole difference when they fail.
 *
 *     static void a_ref_becomes_its_long_form(void **state)
 *     {
 *         fixture *f = *state;
 *         assert_json(f, read_yaml(f, "A: !Ref B\n"), "{\"A\":{\"Ref\":\"B\"}}");
 *         assert_found(f, "");
 *     }
 *     int main(void)
 *     {
 *         const struct CMUnitTest tests[] = {TEST(a_ref_becomes_its_long_form)};
 *         return cmocka_run_group_tests(tests, NULL, NULL);
 *     }
 */
#ifndef CFN_TESTS_SUPPORT_H
#define CFN_TESTS_SUPPORT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <cfngen/diagnostic.h>
#include <cfngen/read.h>
#include <cfngen/write.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SUPPORT static inline __attribute__((unused))

typedef struct fixture {
    cfn_arena *arena;
    cfn_diagnostics *diagnostics;
} fixture;

SUPPORT int set_up(void **state)
{
    fixture *f = calloc(1, sizeof *f);
    if (f) {
        f->arena = cfn_arena_new();
        f->diagnostics = cfn_diagnostics_new();
    }
    *state = f;
    return f && f->arena && f->diagnostics ? 0 : -1;
}

SUPPORT int tear_down(void **state)
{
    fixture *f = *state;
    cfn_arena_free(f->arena);
    cfn_diagnostics_free(f->diagnostics);
    free(f);
    return 0;
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

SUPPORT cfn_node *read_as(fixture *f, const char *text, cfn_format format)
{
    return cfn_read_text(f->arena, f->diagnostics, "in", text, strlen(text), format);
}

SUPPORT cfn_node *read_yaml(fixture *f, const char *text)
{
    return read_as(f, text, CFN_FORMAT_YAML);
}

SUPPORT cfn_node *read_json(fixture *f, const char *text)
{
    return read_as(f, text, CFN_FORMAT_JSON);
}

/* The tree as JSON on one line. */
SUPPORT void assert_json(fixture *f, const cfn_node *node, const char *expected)
{
    if (!node)
        print_error("no tree:\n%s", cfn_diagnostics_text(f->diagnostics, false));
    assert_non_null(node);
    size_t length = 0;
    const char *text =
        cfn_write_text(f->arena, node, &(cfn_write_options){.minify = true}, &length);
    char *line = strdup(text);
    line[length - 1] = '\0'; /* the newline */
    bool same = strcmp(line, expected) == 0;
    if (!same)
        print_error("expected %s\n     got %s\n", expected, line);
    free(line);
    assert_true(same);
}

/* All diagnostics, as "CFN0010 3:4" each, with a comma and a space between them. */
SUPPORT void assert_found(fixture *f, const char *expected)
{
    char found[4096] = "";
    size_t used = 0;
    for (size_t i = 0; i < cfn_diagnostics_size(f->diagnostics) && used < sizeof found; i++) {
        const cfn_diagnostic *d = cfn_diagnostics_at(f->diagnostics, i);
        used += (size_t)snprintf(found + used, sizeof found - used, "%s%s %u:%u", i ? ", " : "",
                                 cfn_diagnostic_name(d->id), d->mark.line, d->mark.column);
    }
    if (strcmp(found, expected) != 0)
        print_error("expected %s\n     got %s\n%s", expected, found,
                    cfn_diagnostics_text(f->diagnostics, false));
    assert_string_equal(found, expected);
}

/* Whether this stands somewhere in the diagnostics as they are shown to people. */
SUPPORT void assert_said(fixture *f, const char *part)
{
    const char *text = cfn_diagnostics_text(f->diagnostics, false);
    if (!strstr(text, part))
        print_error("not said: %s\n     got %s\n", part, text);
    assert_non_null(strstr(text, part));
}

#endif
