/* What the tests of diffs share: two templates, and their diff on one line. */
#ifndef CFN_TESTS_DIFF_SUPPORT_H
#define CFN_TESTS_DIFF_SUPPORT_H

#include "support.h"

#include <cfngen/diff.h>

typedef struct summary {
    char text[8192];
    size_t length;
} summary;

SUPPORT void add(summary *s, const char *format, ...)
{
    va_list list;
    va_start(list, format);
    int length = vsnprintf(s->text + s->length, sizeof s->text - s->length, format, list);
    va_end(list);
    s->length += length > 0 ? (size_t)length : 0;
    assert_true(s->length < sizeof s->text);
}

SUPPORT void add_change(summary *s, const cfn_diff_change *change)
{
    static const char signs[] = {'+', '-', '~'};
    add(s, "%c%s", signs[change->kind], change->path);
    if (change->impact != CFN_IMPACT_NONE && change->impact != CFN_IMPACT_UPDATE)
        add(s, " (%s)", cfn_impact_name(change->impact));
    if (change->cause)
        add(s, " by %s", change->cause);
    if (*change->note && !change->cause)
        add(s, ": %s", change->note);
}

/* "~Db replace, snapshot {~Engine (replace)}"; impacts that are as usual are left out. */
SUPPORT void add_entry(summary *s, const cfn_diff_entry *entry)
{
    static const char signs[] = {'+', '-', '~'};
    add(s, "%s%c%s", s->length ? " " : "", signs[entry->kind], entry->id);
    if (entry->impact != CFN_IMPACT_NONE && entry->impact != CFN_IMPACT_CREATE)
        add(s, " %s", cfn_impact_name(entry->impact));
    if (entry->fate != CFN_FATE_STAYS)
        add(s, ", %s", cfn_fate_name(entry->fate));
    if (entry->kind != CFN_DIFF_CHANGED)
        return;
    add(s, " {");
    for (size_t i = 0; i < entry->change_count; i++) {
        add(s, i ? ", " : "");
        add_change(s, &entry->changes[i]);
    }
    add(s, "}");
}

/* Free it with cfn_template_diff_free. */
SUPPORT cfn_template_diff *diff_of(fixture *f, const char *old, const char *new)
{
    const cfn_node *before = read_yaml(f, old), *after = read_yaml(f, new);
    if (!before || !after)
        print_error("%s", cfn_diagnostics_text(f->diagnostics, false));
    assert_non_null(before);
    assert_non_null(after);
    cfn_template_diff *diff = cfn_template_diff_new(before, after, NULL, f->diagnostics);
    assert_non_null(diff);
    return diff;
}

SUPPORT void assert_diff(fixture *f, const char *old, const char *new, const char *expected)
{
    summary s = {"", 0};
    cfn_template_diff *diff = diff_of(f, old, new);
    for (size_t i = 0; i < cfn_template_diff_entry_count(diff); i++)
        add_entry(&s, cfn_template_diff_entry_at(diff, i));
    if (strcmp(s.text, expected) != 0)
        print_error("expected %s\n     got %s\n", expected, s.text);
    assert_string_equal(s.text, expected);
    cfn_template_diff_free(diff);
}

/* The properties of one resource, before and after: flow or block, each line indented by eight. */
SUPPORT void assert_properties(fixture *f, const char *type, const char *old, const char *new,
                               const char *expected)
{
    char before[4096], after[4096];
    static const char form[] = "Resources:\n  A:\n    Type: %s\n    Properties: %s\n";
    snprintf(before, sizeof before, form, type, old);
    snprintf(after, sizeof after, form, type, new);
    assert_diff(f, before, after, expected);
}

/* All advice: "CFN6010 Db, CFN6014 E". */
SUPPORT void assert_advice(fixture *f, const char *old, const char *new, const char *expected)
{
    summary s = {"", 0};
    cfn_template_diff *diff = diff_of(f, old, new);
    for (size_t i = 0; i < cfn_template_diff_advice_count(diff); i++) {
        const cfn_diff_advice *advice = cfn_template_diff_advice_at(diff, i);
        add(&s, "%s%s %s", i ? ", " : "", cfn_diagnostic_name(advice->id), advice->logical_id);
        add(&s, *advice->path ? " %s" : "%s", advice->path);
    }
    if (strcmp(s.text, expected) != 0)
        print_error("expected %s\n     got %s\n", expected, s.text);
    assert_string_equal(s.text, expected);
    cfn_template_diff_free(diff);
}

SUPPORT void assert_rendered(fixture *f, const char *old, const char *new,
                             const cfn_diff_render_options *options, const char *expected)
{
    cfn_template_diff *diff = diff_of(f, old, new);
    const char *text = cfn_template_diff_render(diff, options, NULL);
    if (text && strcmp(text, expected) != 0)
        print_error("expected:\n%s\ngot:\n%s\n", expected, text);
    assert_string_equal(text, expected);
    cfn_template_diff_free(diff);
}

#endif
