/* A diff as text for people, in the form that users of other diffs of templates know. */
#include "base/text.h"
#include "diff/render.h"

#include <cfngen/write.h>

#include <string.h>

enum { WIDEST_VALUE = 100 };

/* --- colours --- */

static const char *colour_of(char sign)
{
    return sign == '+' ? "\033[32m" : sign == '-' ? "\033[31m" : "\033[33m";
}

/* Control characters of a value must not reach a terminal. */
static void add_printable(cfn__buffer *out, const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        unsigned char c = (unsigned char)text[i];
        if (c == '\t' || (c >= ' ' && c != 0x7f))
            cfn__buffer_add_char(out, text[i]);
        else
            cfn__buffer_format(out, "\\u%04x", (unsigned)c);
    }
}

static void add_in(cfn__renderer *r, const char *colour, const char *text, size_t length)
{
    bool colours = r->options.colours && colour;
    if (colours)
        cfn__buffer_add_text(&r->out, colour);
    add_printable(&r->out, text, length);
    if (colours)
        cfn__buffer_add_text(&r->out, "\033[0m");
}

static void add_sign(cfn__renderer *r, char sign)
{
    const char text[] = {'[', sign, ']', '\0'};
    add_in(r, colour_of(sign), text, 3);
    cfn__buffer_add_char(&r->out, ' ');
}

static char sign_of(cfn_diff_kind kind)
{
    static const char signs[] = {'+', '-', '~'};
    return signs[kind];
}

static void add_bold(cfn__renderer *r, const char *text)
{
    add_in(r, "\033[1m", text, strlen(text));
}

static void end_line(cfn__renderer *r)
{
    cfn__buffer_add_char(&r->out, '\n');
}

/* --- values --- */

/* One line of a value; what stands before it keeps it below its change. */
static void add_value_line(cfn__renderer *r, const char *indent, const char *branch, char sign,
                           const char *text, size_t length)
{
    cfn__buffer_format(&r->out, "%s%s", indent, branch);
    if (sign != ' ')
        add_sign(r, sign);
    else
        cfn__buffer_add_text(&r->out, "    ");
    if (sign != ' ' && r->options.colours)
        cfn__buffer_add_text(&r->out, colour_of(sign));
    add_printable(&r->out, text, length);
    if (sign != ' ' && r->options.colours)
        cfn__buffer_add_text(&r->out, "\033[0m");
    end_line(r);
}

/* A value of several lines goes on below its first one. */
static void add_lines(cfn__renderer *r, const char *indent, bool last, char sign, const char *text)
{
    const char *branch = last ? " └─ " : " ├─ ", *further = last ? "    " : " │  ";
    bool first = true;
    do {
        size_t length = strcspn(text, "\n");
        add_value_line(r, indent, first ? branch : further, first ? sign : ' ', text, length);
        text += length + (text[length] == '\n');
        first = false;
    } while (*text);
}

static void add_value(cfn__renderer *r, const char *indent, bool last, char sign,
                      const cfn_node *value)
{
    cfn__buffer text = {0};
    cfn__add_diff_value(&text, value);
    if (text.length > WIDEST_VALUE && !value->text) {
        size_t length;
        const char *pretty = cfn_write_text(r->scratch, value, NULL, &length);
        r->out.failed = r->out.failed || !pretty;
        add_lines(r, indent, last, sign, pretty ? pretty : "");
    } else {
        add_lines(r, indent, last, sign, text.text ? text.text : "");
    }
    r->out.failed = r->out.failed || text.failed;
    cfn__buffer_free(&text);
}

/* --- changes --- */

typedef struct text_lines {
    cfn__renderer *r;
    const char *indent;
} text_lines;

static void take_line(void *context, char sign, const char *line, size_t length)
{
    const text_lines *t = context;
    if (sign == '@')
        cfn__buffer_format(&t->r->out, "%s    line %zu\n", t->indent, length);
    else
        add_value_line(t->r, t->indent, "    ", sign, line, length);
}

static void add_values(cfn__renderer *r, const cfn_diff_change *change, const char *indent)
{
    const cfn_node *old = change->old_value, *new = change->new_value;
    if (cfn__are_long_texts(old, new) && old != new) {
        cfn__compare_lines(r, old->text, new->text, take_line, &(text_lines){r, indent});
        return;
    }
    if (change->cause || old == new) {
        add_value(r, indent, true, '~', new);
        return;
    }
    if (old)
        add_value(r, indent, !new, '-', old);
    if (new)
        add_value(r, indent, true, '+', new);
}

static void add_remark(cfn__renderer *r, const char *text, bool red)
{
    if (!*text)
        return;
    cfn__buffer_add_char(&r->out, ' ');
    add_in(r, red ? "\033[31m" : NULL, "(", 1);
    add_in(r, red ? "\033[31m" : NULL, text, strlen(text));
    add_in(r, red ? "\033[31m" : NULL, ")", 1);
}

static void add_change(cfn__renderer *r, const cfn_diff_change *change, bool last)
{
    cfn__buffer_add_text(&r->out, last ? " └─ " : " ├─ ");
    add_sign(r, sign_of(change->kind));
    add_printable(&r->out, change->path, strlen(change->path));
    add_remark(r, change->note, false);
    add_remark(r, cfn__change_words(change), true);
    end_line(r);
    add_values(r, change, last ? "    " : " │  ");
}

/* --- entries --- */

static void add_headline(cfn__renderer *r, const cfn_diff_entry *entry)
{
    const char *noun = cfn__entry_noun(entry), *impact = cfn__impact_words(entry);
    add_sign(r, sign_of(entry->kind));
    add_printable(&r->out, noun, strlen(noun));
    cfn__buffer_add_text(&r->out, *noun ? " " : "");
    add_bold(r, entry->id);
    if (*impact) {
        bool red = entry->impact >= CFN_IMPACT_MAY_REPLACE;
        cfn__buffer_add_text(&r->out, "  ");
        add_in(r, red ? "\033[1;31m" : NULL, impact, strlen(impact));
    }
    if (*entry->loss) {
        cfn__buffer_add_text(&r->out, "  ");
        add_in(r, "\033[1;31m", "holds data: ", 12);
        cfn__buffer_add_text(&r->out, entry->loss);
    }
    end_line(r);
}

/* Of what was added or removed, sections of a single value show it: there is no other place. */
static bool shows_changes(const cfn_diff_entry *entry)
{
    return entry->change_count > 0 &&
           (entry->kind == CFN_DIFF_CHANGED || (entry->section != CFN_SECTION_RESOURCES));
}

static void add_entry(cfn__renderer *r, const cfn_diff_entry *entry)
{
    add_headline(r, entry);
    for (size_t i = 0; shows_changes(entry) && i < entry->change_count; i++) {
        const cfn_diff_change *change = &entry->changes[i];
        if (change->step_count)
            add_change(r, change, i + 1 == entry->change_count);
        else
            add_values(r, change, "");
    }
}

static void add_section_title(cfn__renderer *r, const char *title)
{
    if (r->out.length)
        end_line(r);
    add_in(r, "\033[1;4m", title, strlen(title));
    end_line(r);
}

static void add_entries(cfn__renderer *r)
{
    const cfn_diff_entry *entry;
    int section = -1;
    for (size_t i = 0; (entry = cfn_template_diff_entry_at(r->diff, i)); i++) {
        if (!cfn__shows_entry(r, entry))
            continue;
        if ((int)entry->section != section)
            add_section_title(r, entry->section ? cfn_section_name(entry->section) : "Other");
        section = (int)entry->section;
        add_entry(r, entry);
    }
}

/* --- access --- */

/* A cell may hold several things, one a line. */
static const char *cell_text(cfn__renderer *r, const char *cell)
{
    cfn__buffer text = {0};
    while (*cell) {
        size_t length = strcspn(cell, "\n");
        cfn__buffer_add_text(&text, text.length ? ", " : "");
        add_printable(&text, cell, length);
        cell += length + (cell[length] == '\n');
    }
    return cfn__buffer_take(&text, r->scratch);
}

static size_t width_of(const char *text)
{
    return cfn__utf8_count(text, strlen(text));
}

static void add_cells(cfn__renderer *r, const char *const *cells, const size_t *widths,
                      cfn_access_table table)
{
    for (size_t i = 0; cfn_access_column(table, i); i++) {
        cfn__buffer_add_text(&r->out, cells[i]);
        if (cfn_access_column(table, i + 1))
            cfn__buffer_add_spaces(&r->out, widths[i] - width_of(cells[i]) + 2);
    }
}

static void add_row(cfn__renderer *r, const cfn_access_change *change, const size_t *widths)
{
    const char *cells[CFN_ACCESS_MOST_CELLS];
    for (size_t i = 0; i < CFN_ACCESS_MOST_CELLS; i++)
        cells[i] = cell_text(r, change->cells[i]);
    add_sign(r, sign_of(change->kind));
    add_cells(r, cells, widths, change->table);
    while (r->out.length && r->out.text[r->out.length - 1] == ' ')
        r->out.text[--r->out.length] = '\0';
    if (change->broadens)
        add_remark(r, cfn__format(r->scratch, "broadens: %s", change->reason), true);
    end_line(r);
}

static void add_access_table(cfn__renderer *r, cfn_access_table table)
{
    const cfn_access_change *change;
    const char *titles[CFN_ACCESS_MOST_CELLS] = {0};
    size_t widths[CFN_ACCESS_MOST_CELLS] = {0}, rows = 0;
    for (size_t i = 0; cfn_access_column(table, i); i++)
        widths[i] = width_of(titles[i] = cfn_access_column(table, i));
    for (size_t i = 0; (change = cfn_template_diff_access_at(r->diff, i)); i++)
        for (size_t c = 0; change->table == table && c < CFN_ACCESS_MOST_CELLS; c++, rows++) {
            size_t width = width_of(cell_text(r, change->cells[c]));
            widths[c] = width > widths[c] ? width : widths[c];
        }
    if (!rows)
        return;
    add_section_title(r, cfn_access_title(table));
    cfn__buffer_add_spaces(&r->out, 4);
    add_cells(r, titles, widths, table);
    end_line(r);
    for (size_t i = 0; (change = cfn_template_diff_access_at(r->diff, i)); i++)
        if (change->table == table)
            add_row(r, change, widths);
}

/* --- advice --- */

static void add_advice(cfn__renderer *r)
{
    const cfn_diff_advice *advice;
    bool any = false;
    for (size_t i = 0; (advice = cfn_template_diff_advice_at(r->diff, i)); i++) {
        if (!cfn__shows_advice(r, advice))
            continue;
        if (!any)
            add_section_title(r, "Advice");
        any = true;
        const char *severity = cfn_severity_name(advice->severity);
        add_in(r, advice->severity == CFN_ERROR ? "\033[1;31m" : "\033[1;33m", severity,
               strlen(severity));
        const char *line =
            cfn__format(r->scratch, " %s%s%s%s%s: %s", cfn_diagnostic_name(advice->id),
                        *advice->logical_id ? " " : "", advice->logical_id,
                        *advice->path ? " " : "", advice->path, advice->text);
        add_printable(&r->out, line, strlen(line));
        cfn__buffer_add_char(&r->out, '\n');
    }
}

void cfn__render_text(cfn__renderer *r)
{
    for (cfn_access_table table = 0; cfn__shows_access(r) && table < CFN_ACCESS_TABLE_COUNT;
         table++)
        add_access_table(r, table);
    add_entries(r);
    add_advice(r);
    if (!r->out.length)
        cfn__buffer_add_text(&r->out, "There are no differences.\n");
}
