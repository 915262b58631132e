/* The template as a whole: against a pattern, and against a golden file. */
#include "assertions/assertions.h"

#include <cfngen/diff.h>
#include <cfngen/write.h>
#include <errno.h>
#include <string.h>
#include <sys/stat.h>

typedef size_t compare_with(cfn__comparison *c, const cfn_node *pattern, const cfn_node *value,
                            cfn__mood mood);

static cfn_verdict compare_whole(cfn_assertions *t, compare_with *compare, const cfn_node *pattern,
                                 cfn__mood mood, const char *heading)
{
    cfn__comparison c = cfn__comparison_of(t);
    c.recording = true;
    cfn_verdict verdict = {.text = "", .holds = compare(&c, pattern, t->root, mood) == 0};
    if (c.broken)
        return cfn__undecided(t, "%s", c.broken);
    verdict.captures = c.captures;
    verdict.capture_count = verdict.holds ? c.capture_count : 0;
    if (verdict.holds)
        return cfn__whole(t, verdict);
    cfn__buffer out = {0};
    cfn__buffer_add_text(&out, heading);
    cfn__render(&out, &c, "Template", t->root);
    verdict.text = cfn__take_text(t->arena, &out);
    return cfn__whole(t, verdict);
}

cfn_verdict cfn__assert_template(cfn_assertions *t, const cfn_node *pattern)
{
    cfn_verdict verdict;
    if (cfn__cannot_assert(t, &verdict))
        return verdict;
    pattern = cfn__resolved_pattern(t, pattern);
    if (!pattern)
        return cfn__undecided(t, "the pattern becomes too large when its values are worked out");
    return compare_whole(t, cfn__pattern_compare, pattern, CFN__PARTIAL,
                         "Template did not match as expected. The following mismatches were "
                         "found:\n");
}

/* --- snapshots --- */

static cfn_format format_of(const char *path)
{
    const char *dot = strrchr(path, '.');
    bool yaml = dot && (strcmp(dot, ".yaml") == 0 || strcmp(dot, ".yml") == 0);
    return yaml ? CFN_FORMAT_YAML : CFN_FORMAT_JSON;
}

static cfn_verdict write_snapshot(cfn_assertions *t, const char *path, cfn_diagnostics *diagnostics)
{
    size_t length = 0;
    const char *text =
        cfn_write_text(t->arena, t->root, &(cfn_write_options){.format = format_of(path)}, &length);
    if (text && cfn_write_file(diagnostics, path, text, length))
        return (cfn_verdict){.holds = true, .text = ""};
    return cfn__undecided_by(t, text ? diagnostics : NULL);
}

/* What the diff of both says; NULL when it takes them for equal, as "10" and 10. */
static const char *changes_from(cfn_assertions *t, const cfn_node *golden,
                                cfn_diagnostics *diagnostics)
{
    cfn_template_diff *diff = cfn_template_diff_new(golden, t->root, NULL, diagnostics);
    const char *text = NULL;
    bool differs = !diff || !cfn_template_diff_is_empty(diff, CFN_DIFF_ALL);
    if (diff && differs)
        text = cfn_template_diff_render(diff, NULL, NULL);
    if (differs && !text)
        cfn__arena_fail(t->arena); /* nothing else prevents it */
    text = text ? cfn__strdup(t->arena, text) : NULL;
    cfn_template_diff_free(diff);
    return text;
}

static cfn_verdict tell_changes(cfn_assertions *t, const char *path, const cfn_node *golden,
                                cfn_diagnostics *diagnostics)
{
    const char *heading =
        cfn__format(t->arena,
                    "Template is not that of the snapshot %s (update it with --update, or with "
                    "CFNGEN_UPDATE_SNAPSHOTS=1):\n",
                    path);
    const char *changes = changes_from(t, golden, diagnostics);
    if (changes)
        return cfn__holds_not(t, "%s\n%s", heading, changes);
    return compare_whole(t, cfn__compare_literal, golden, CFN__EXACT, heading);
}

static cfn_verdict against(cfn_assertions *t, const char *path, cfn_diagnostics *diagnostics)
{
    struct stat status;
    bool missing = stat(path, &status) != 0 && errno == ENOENT;
    if (missing && t->update)
        return write_snapshot(t, path, diagnostics);
    if (missing)
        return cfn__holds_not(t,
                              "there is no snapshot %s: look at the template and write it with "
                              "--update, or with CFNGEN_UPDATE_SNAPSHOTS=1",
                              path);
    const cfn_node *golden = cfn_read_file(t->arena, diagnostics, path, CFN_FORMAT_AUTO);
    if (golden && cfn_node_equal(golden, t->root))
        return (cfn_verdict){.holds = true, .text = ""};
    if (t->update)
        return write_snapshot(t, path, diagnostics);
    if (!golden)
        return cfn__undecided_by(t, diagnostics);
    return tell_changes(t, path, golden, diagnostics);
}

cfn_verdict cfn_assert_snapshot(cfn_assertions *t, const char *path)
{
    cfn_verdict verdict;
    if (cfn__cannot_assert(t, &verdict))
        return verdict;
    cfn_diagnostics *diagnostics = cfn_diagnostics_new();
    if (!diagnostics)
        return cfn__undecided(t, "memory is out");
    verdict = against(t, path, diagnostics);
    cfn_diagnostics_free(diagnostics);
    return verdict;
}
