/* Long texts, line by line. */
#include "base/text.h"
#include "diff/render.h"

#include <string.h>

typedef struct lines {
    const char **starts; /* one more than there are lines: where the text ends */
    uint64_t *hashes;
    size_t count;
} lines;

bool cfn__are_long_texts(const cfn_node *old, const cfn_node *new)
{
    return cfn__is_string(old) && cfn__is_string(new) &&
           (strchr(old->text, '\n') || strchr(new->text, '\n'));
}

static bool split(cfn_arena *scratch, const char *text, lines *found)
{
    size_t count = 1;
    for (const char *p = text; *p; p++)
        count += *p == '\n';
    found->starts = CFN__NEW_ARRAY(scratch, count + 1, const char *);
    found->hashes = CFN__NEW_ARRAY(scratch, count, uint64_t);
    if (!found->starts || !found->hashes)
        return false;
    for (const char *line = text; *line; found->count++) {
        size_t length = strcspn(line, "\n");
        found->starts[found->count] = line;
        found->hashes[found->count] =
            ((uint64_t)length << 32 | cfn__hash(line, length)) ^ (uint64_t)*line << 56;
        line += length + (line[length] == '\n');
        found->starts[found->count + 1] = line;
    }
    return true;
}

typedef struct lines_walk {
    cfn__line_taker *take;
    void *context;
    const lines *old, *new;
    const size_t *partner;
    size_t around; /* how many equal lines are shown beside a change */
    size_t shown;  /* new lines up to here were shown, or left out */
} lines_walk;

static void hand(const lines_walk *w, char sign, const lines *from, size_t i)
{
    w->take(w->context, sign, from->starts[i], strcspn(from->starts[i], "\n"));
}

/* Equal lines from `shown` up to `end`: those near a change, which stands before and, unless the
 * text ends there, after them. */
static void hand_equal(lines_walk *w, size_t end, bool before, bool after)
{
    size_t head = before ? w->around : 0, tail = after ? w->around : 0;
    size_t first = w->shown, count = end - first;
    bool cut = count > head + tail;
    for (size_t i = first; i < end; i++) {
        if (cut && i == first + head && after)
            w->take(w->context, '@', NULL, end - tail + 1);
        if (!cut || i < first + head || i >= end - tail)
            hand(w, ' ', w->new, i);
    }
    w->shown = end;
}

static void walk(lines_walk *w)
{
    size_t old = 0, i = 0;
    bool before = false;
    while (i < w->new->count || old < w->old->count) {
        if (i < w->new->count && w->partner[i] == old) {
            i++;
            old++;
            continue;
        }
        hand_equal(w, i, before, true);
        before = true;
        size_t next = i;
        while (next < w->new->count && w->partner[next] == SIZE_MAX)
            next++;
        size_t until = next < w->new->count ? w->partner[next] : w->old->count;
        for (; old < until; old++)
            hand(w, '-', w->old, old);
        for (; i < next; i++)
            hand(w, '+', w->new, i);
        w->shown = i;
    }
    hand_equal(w, w->new->count, before, false);
}

void cfn__compare_lines(const cfn__renderer *r, const char *old, const char *new,
                        cfn__line_taker *take, void *context)
{
    cfn__arena_mark mark = cfn__mark(r->scratch);
    lines before = {0}, after = {0};
    if (split(r->scratch, old, &before) && split(r->scratch, new, &after)) {
        size_t *partner = CFN__NEW_ARRAY(r->scratch, after.count + 1, size_t);
        lines_walk w = {take, context, &before, &after, partner, r->options.context, 0};
        if (partner &&
            cfn__align(r->scratch, before.hashes, before.count, after.hashes, after.count, partner))
            walk(&w);
    }
    cfn__rewind(r->scratch, mark);
}
