/* Showing a diff: which parts, in which words. */
#include "diff/render.h"

#include "write/write.h"

#include <string.h>

/* --- parts --- */

static bool is_replacement(const cfn_diff_entry *entry)
{
    return entry->section == CFN_SECTION_RESOURCES && entry->impact >= CFN_IMPACT_MAY_REPLACE;
}

static bool has_entry(const cfn_diff_entry *entry, cfn_diff_part part)
{
    return part == CFN_DIFF_ALL || (part == CFN_DIFF_REPLACEMENTS && is_replacement(entry));
}

/* Advice about who gets at what; all else of access is in its tables. */
static const cfn_diagnostic_id about_security[] = {CFN6040, CFN6042, CFN6045};

static bool is_about_security(const cfn_diff_advice *advice)
{
    for (size_t i = 0; i < sizeof about_security / sizeof *about_security; i++)
        if (about_security[i] == advice->id)
            return true;
    return false;
}

static bool has_advice(const cfn_template_diff *diff, const cfn_diff_advice *advice,
                       cfn_diff_part part)
{
    if (part == CFN_DIFF_REPLACEMENTS) {
        const cfn_diff_entry *entry =
            cfn_template_diff_entry(diff, CFN_SECTION_RESOURCES, advice->logical_id);
        return entry && is_replacement(entry);
    }
    return part == CFN_DIFF_ALL || is_about_security(advice);
}

bool cfn__shows_entry(const cfn__renderer *r, const cfn_diff_entry *entry)
{
    return has_entry(entry, r->options.part);
}

bool cfn__shows_access(const cfn__renderer *r)
{
    return r->options.part != CFN_DIFF_REPLACEMENTS;
}

bool cfn__shows_advice(const cfn__renderer *r, const cfn_diff_advice *advice)
{
    return has_advice(r->diff, advice, r->options.part);
}

bool cfn_template_diff_is_empty(const cfn_template_diff *diff, cfn_diff_part part)
{
    for (size_t i = 0; i < diff->entry_list.count; i++)
        if (has_entry(&diff->entries[i], part))
            return false;
    for (size_t i = 0; i < diff->advice_list.count; i++)
        if (has_advice(diff, &diff->advice[i], part))
            return false;
    return part == CFN_DIFF_REPLACEMENTS || diff->access_list.count == 0;
}

/* --- words --- */

const char *cfn__impact_words(const cfn_diff_entry *entry)
{
    static const char *const replaced[][2] = {
        [CFN_FATE_STAYS] = {"may replace", "replace"},
        [CFN_FATE_DELETED] = {"may replace", "replace"},
        [CFN_FATE_SNAPSHOT] = {"may replace; a snapshot of the old one stays",
                               "replace; a snapshot of the old one stays"},
        [CFN_FATE_RETAINED] = {"may replace; the old one is retained",
                               "replace; the old one is retained"},
    };
    static const char *const removed[] = {
        [CFN_FATE_STAYS] = "destroy",
        [CFN_FATE_DELETED] = "destroy",
        [CFN_FATE_SNAPSHOT] = "destroy; a snapshot stays",
        [CFN_FATE_RETAINED] = "orphan; it is retained",
    };
    switch (entry->impact) {
    case CFN_IMPACT_NONE:
        return "";
    case CFN_IMPACT_MAY_REPLACE:
    case CFN_IMPACT_REPLACE:
        return replaced[entry->fate][entry->impact == CFN_IMPACT_REPLACE];
    case CFN_IMPACT_DESTROY:
        return removed[entry->fate];
    default:
        return cfn_impact_name(entry->impact);
    }
}

const char *cfn__change_words(const cfn_diff_change *change)
{
    return change->impact == CFN_IMPACT_REPLACE       ? "requires replacement"
           : change->impact == CFN_IMPACT_MAY_REPLACE ? "may require replacement"
                                                      : "";
}

const char *cfn__entry_noun(const cfn_diff_entry *entry)
{
    static const char *const nouns[CFN_SECTION_COUNT] = {
        [CFN_SECTION_PARAMETERS] = "Parameter", [CFN_SECTION_RULES] = "Rule",
        [CFN_SECTION_MAPPINGS] = "Mapping",     [CFN_SECTION_CONDITIONS] = "Condition",
        [CFN_SECTION_OUTPUTS] = "Output",
    };
    const char *noun = nouns[entry->section];
    return *entry->type ? entry->type : noun ? noun : "";
}

/* --- values --- */

void cfn__add_diff_value(cfn__buffer *out, const cfn_node *value)
{
    if (value && value->text) {
        cfn__buffer_add(out, value->text, value->length);
        return;
    }
    size_t before = out->length;
    cfn__write_json(out, value, true);
    if (!out->failed && out->length > before)
        out->text[--out->length] = '\0'; /* the newline */
}

/* --- rendering --- */

typedef void render_form(cfn__renderer *r);

const char *cfn_template_diff_render(cfn_template_diff *diff,
                                     const cfn_diff_render_options *options, size_t *length)
{
    static render_form *const forms[] = {cfn__render_text, cfn__render_json, cfn__render_markdown};
    cfn__renderer r = {.diff = diff, .scratch = cfn_arena_new()};
    if (options)
        r.options = *options;
    if (r.scratch)
        forms[r.options.format](&r);
    bool failed = !r.scratch || cfn_arena_failed(r.scratch) || r.out.failed || !r.out.text;
    const char *text = failed ? NULL : cfn__strndup(diff->arena, r.out.text, r.out.length);
    if (length)
        *length = text ? r.out.length : 0;
    cfn_arena_free(r.scratch);
    cfn__buffer_free(&r.out);
    return cfn_arena_failed(diff->arena) ? NULL : text;
}
