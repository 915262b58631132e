/* A diff as Markdown, for a comment on a pull request. */
#include "diff/render.h"

#include <string.h>

/* Longer values are cut: the comment is for people, and hosts limit how long it may be. */
enum { LONGEST_VALUE = 400 };

/* --- text that is not to be taken for Markdown --- */

static void add_character(cfn__buffer *out, char c)
{
    static const struct {
        char c;
        const char *text;
    } escapes[] = {
        {'&', "&amp;"}, {'<', "&lt;"},   {'>', "&gt;"},   {'|', "&#124;"},
        {'`', "&#96;"}, {'*', "&#42;"},  {'_', "&#95;"},  {'[', "&#91;"},
        {'\n', "<br>"}, {'\\', "&#92;"}, {'~', "&#126;"}, {'@', "&#64;"},
    };
    for (size_t i = 0; i < sizeof escapes / sizeof *escapes; i++)
        if (escapes[i].c == c) {
            cfn__buffer_add_text(out, escapes[i].text);
            return;
        }
    cfn__buffer_add_char(out, (unsigned char)c < ' ' ? ' ' : c);
}

/* Cut at a whole character. */
static void add_escaped(cfn__buffer *out, const char *text, size_t most)
{
    size_t length = strlen(text), end = length > most ? most : length;
    while (end < length && ((unsigned char)text[end] & 0xc0) == 0x80)
        end--;
    for (size_t i = 0; i < end; i++)
        add_character(out, text[i]);
    cfn__buffer_add_text(out, end < length ? "…" : "");
}

static void add_code(cfn__buffer *out, const char *text)
{
    if (!*text)
        return;
    cfn__buffer_add_text(out, "<code>");
    add_escaped(out, text, LONGEST_VALUE);
    cfn__buffer_add_text(out, "</code>");
}

static void add_value(cfn__renderer *r, const cfn_node *value)
{
    cfn__buffer text = {0};
    if (value) {
        cfn__add_diff_value(&text, value);
        add_code(&r->out, text.length ? text.text : " ");
    }
    r->out.failed = r->out.failed || text.failed;
    cfn__buffer_free(&text);
}

/* --- a table of what changed --- */

static const char *sign_of(cfn_diff_kind kind)
{
    static const char *const signs[] = {"➕", "➖", "✏️"};
    return signs[kind];
}

static void add_entry(cfn__renderer *r, const cfn_diff_entry *entry)
{
    cfn__buffer *out = &r->out;
    const char *impact = cfn__impact_words(entry);
    cfn__buffer_format(out, "| %s | ", sign_of(entry->kind));
    add_code(out, entry->id);
    cfn__buffer_add_text(out, " | ");
    add_escaped(out, *cfn__entry_noun(entry) ? cfn__entry_noun(entry) : "", LONGEST_VALUE);
    cfn__buffer_add_text(out, " | ");
    bool bold = entry->impact >= CFN_IMPACT_MAY_REPLACE;
    cfn__buffer_format(out, bold ? "**%s**" : "%s", impact);
    if (*entry->loss) {
        cfn__buffer_add_text(out, *impact ? "<br>holds data: " : "holds data: ");
        add_escaped(out, entry->loss, LONGEST_VALUE);
    }
    cfn__buffer_add_text(out, " |\n");
}

static void add_entries(cfn__renderer *r)
{
    const cfn_diff_entry *entry;
    bool any = false;
    for (size_t i = 0; (entry = cfn_template_diff_entry_at(r->diff, i)); i++) {
        if (!cfn__shows_entry(r, entry))
            continue;
        if (!any)
            cfn__buffer_add_text(&r->out, "\n| | Name | What | Impact |\n|---|---|---|---|\n");
        any = true;
        add_entry(r, entry);
    }
}

/* --- the changes of each --- */

static void add_change(cfn__renderer *r, const cfn_diff_change *change)
{
    cfn__buffer *out = &r->out;
    const char *words = cfn__change_words(change);
    cfn__buffer_add_text(out, "| ");
    add_code(out, change->path);
    cfn__buffer_add_text(out, " | ");
    add_value(r, change->old_value);
    cfn__buffer_add_text(out, " | ");
    add_value(r, change->new_value);
    cfn__buffer_add_text(out, " | ");
    add_escaped(out, change->note, LONGEST_VALUE);
    cfn__buffer_format(out, "%s%s |\n", *change->note && *words ? "; " : "", words);
}

static void add_details(cfn__renderer *r)
{
    const cfn_diff_entry *entry;
    for (size_t i = 0; (entry = cfn_template_diff_entry_at(r->diff, i)); i++) {
        if (!cfn__shows_entry(r, entry) || !entry->change_count ||
            (entry->kind != CFN_DIFF_CHANGED && entry->section == CFN_SECTION_RESOURCES))
            continue;
        cfn__buffer_add_text(&r->out, "\n<details><summary>");
        add_escaped(&r->out, entry->id, LONGEST_VALUE);
        cfn__buffer_format(&r->out, ": %zu change%s</summary>\n\n", entry->change_count,
                           entry->change_count == 1 ? "" : "s");
        cfn__buffer_add_text(&r->out, "| Where | Old | New | |\n|---|---|---|---|\n");
        for (size_t c = 0; c < entry->change_count; c++)
            add_change(r, &entry->changes[c]);
        cfn__buffer_add_text(&r->out, "\n</details>\n");
    }
}

/* --- access and advice --- */

static void add_access_header(cfn__renderer *r, cfn_access_table table)
{
    cfn__buffer_format(&r->out, "\n#### %s\n\n| |", cfn_access_title(table));
    for (size_t i = 0; cfn_access_column(table, i); i++)
        cfn__buffer_format(&r->out, " %s |", cfn_access_column(table, i));
    cfn__buffer_add_text(&r->out, " |\n|---|");
    for (size_t i = 0; cfn_access_column(table, i); i++)
        cfn__buffer_add_text(&r->out, "---|");
    cfn__buffer_add_text(&r->out, "---|\n");
}

static void add_access(cfn__renderer *r)
{
    const cfn_access_change *change;
    int table = -1;
    for (size_t i = 0; (change = cfn_template_diff_access_at(r->diff, i)); i++) {
        if ((int)change->table != table)
            add_access_header(r, change->table);
        table = (int)change->table;
        cfn__buffer_format(&r->out, "| %s |", sign_of(change->kind));
        for (size_t c = 0; cfn_access_column(change->table, c); c++) {
            cfn__buffer_add_char(&r->out, ' ');
            add_code(&r->out, change->cells[c]);
            cfn__buffer_add_text(&r->out, " |");
        }
        cfn__buffer_add_text(&r->out, change->broadens ? " **broadens** " : " ");
        add_escaped(&r->out, change->reason, LONGEST_VALUE);
        cfn__buffer_add_text(&r->out, " |\n");
    }
}

static void add_advice(cfn__renderer *r)
{
    const cfn_diff_advice *advice;
    for (size_t i = 0; (advice = cfn_template_diff_advice_at(r->diff, i)); i++) {
        if (!cfn__shows_advice(r, advice))
            continue;
        cfn__buffer_format(&r->out, "- **%s** %s ", cfn_severity_name(advice->severity),
                           cfn_diagnostic_name(advice->id));
        add_code(&r->out, advice->logical_id);
        cfn__buffer_add_text(&r->out, *advice->path ? " " : "");
        add_code(&r->out, advice->path);
        cfn__buffer_add_text(&r->out, ": ");
        add_escaped(&r->out, advice->text, strlen(advice->text));
        cfn__buffer_add_char(&r->out, '\n');
    }
}

void cfn__render_markdown(cfn__renderer *r)
{
    if (cfn_template_diff_is_empty(r->diff, r->options.part)) {
        cfn__buffer_add_text(&r->out, "There are no differences.\n");
        return;
    }
    cfn__buffer_add_text(&r->out, "### Changes of the stack\n\n");
    add_advice(r);
    if (cfn__shows_access(r))
        add_access(r);
    add_entries(r);
    add_details(r);
}
