/* Showing a diff: what all forms share. */
#ifndef CFN_DIFF_RENDER_H
#define CFN_DIFF_RENDER_H

#include "diff/diff.h"

/* A diff on its way to a text. */
typedef struct cfn__renderer {
    cfn_template_diff *diff;
    cfn_diff_render_options options;
    cfn_arena *scratch; /* goes when it is rendered */
    cfn__buffer out;
} cfn__renderer;

void cfn__render_text(cfn__renderer *r);
void cfn__render_json(cfn__renderer *r);
void cfn__render_markdown(cfn__renderer *r);

/* Whether it belongs to the part that is rendered. */
bool cfn__shows_entry(const cfn__renderer *r, const cfn_diff_entry *entry);
bool cfn__shows_access(const cfn__renderer *r);
bool cfn__shows_advice(const cfn__renderer *r, const cfn_diff_advice *advice);

/* What is said of the impact of an entry, its fate included: "replace; the old one is retained". */
const char *cfn__impact_words(const cfn_diff_entry *entry);

/* What is said of a single change: "requires replacement"; "" for nothing. */
const char *cfn__change_words(const cfn_diff_change *change);

/* What the entry of a section is called: "Parameter"; for resources their type. */
const char *cfn__entry_noun(const cfn_diff_entry *entry);

/* A value on one line: scalars as they are, all else as JSON. */
void cfn__add_diff_value(cfn__buffer *out, const cfn_node *value);

/* Whether both are texts of several lines, that are to be compared line by line. */
bool cfn__are_long_texts(const cfn_node *old, const cfn_node *new);

/* Compares two texts line by line, and hands out the lines to be shown: ' ' for one that is the
 * same, '-' and '+', and '@' with the number of the line in `length` where lines were left out. */
typedef void cfn__line_taker(void *context, char sign, const char *line, size_t length);
void cfn__compare_lines(const cfn__renderer *r, const char *old, const char *new,
                        cfn__line_taker *take, void *context);

#endif
