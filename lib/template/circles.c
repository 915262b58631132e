/* Reporting circles: for each component the shortest one through its first member. */
#include "template/graph.h"

#include <string.h>

enum { MOST_NAMES = 12, MOST_HINTS = 4, MOST_BRANCHES = 16 };

static const cfn_node *node_of(const cfn__graph *g, uint32_t v)
{
    const cfn_template *tpl = g->tpl;
    return v < tpl->resource_count ? tpl->resources[v].node
                                   : tpl->conditions[v - tpl->resource_count];
}

/* Breadth first from `start` inside its component until it is met again. The circle is written to
 * `circle`, `start` first; the result is its length. */
static uint32_t find_circle(const cfn__graph *g, uint32_t start, uint32_t *circle, uint32_t *queue,
                            uint32_t *before)
{
    uint32_t head = 0, tail = 0, last = CFN__NOWHERE;
    queue[tail++] = start;
    while (head < tail && last == CFN__NOWHERE) {
        uint32_t v = queue[head++];
        for (uint32_t e = g->first_edge[v]; e < g->first_edge[v + 1]; e++) {
            uint32_t target = g->edges[e];
            if (target == start) {
                last = v;
                break;
            }
            if (g->component[target] != g->component[start] || before[target] != CFN__NOWHERE)
                continue;
            before[target] = v;
            queue[tail++] = target;
        }
    }
    uint32_t length = 0;
    for (uint32_t v = last; v != start; v = before[v])
        length++;
    circle[0] = start;
    for (uint32_t v = last, i = length; v != start; v = before[v])
        circle[i--] = v;
    return length + 1;
}

/* --- circles that cannot be --- */

/* A branch of a Fn::If in which a reference stands. */
typedef struct branch {
    const char *condition;
    bool second;
} branch;

static size_t branches_of(const cfn_reference *reference, branch *branches, size_t count)
{
    for (const cfn_node *n = reference->from; n && n != reference->owner; n = n->parent) {
        const cfn_node *list = n->parent;
        if (list && list->key && strcmp(list->key, "Fn::If") == 0 && cfn__is_string(list->first) &&
            count < MOST_BRANCHES)
            branches[count++] = (branch){list->first->text, n == list->last};
    }
    return count;
}

/* Whether two of its references stand in opposite branches of one condition. */
static bool is_impossible(const cfn__graph *g, const uint32_t *circle, uint32_t length)
{
    branch branches[MOST_BRANCHES];
    size_t count = 0;
    for (uint32_t i = 0; i < length && i < MOST_NAMES; i++)
        count = branches_of(cfn__edge_reference(g, circle[i], circle[(i + 1) % length]), branches,
                            count);
    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < i; j++)
            if (branches[i].second != branches[j].second &&
                strcmp(branches[i].condition, branches[j].condition) == 0)
                return true;
    return false;
}

/* --- saying so --- */

/* "A -> B -> C -> A", the middle of a long one left out. */
static void add_names(cfn__buffer *text, const cfn__graph *g, const uint32_t *circle,
                      uint32_t length)
{
    for (uint32_t i = 0; i < length; i++) {
        if (length > MOST_NAMES && i == MOST_NAMES - 2) {
            cfn__buffer_format(text, "... (%u in all) -> ", (unsigned)length);
            i = length - 1;
        }
        cfn__buffer_format(text, "%.40s -> ", node_of(g, circle[i])->key);
    }
    cfn__buffer_format(text, "%.40s", node_of(g, circle[0])->key);
}

static void add_places(cfn__buffer *text, const cfn__graph *g, const uint32_t *circle,
                       uint32_t length)
{
    cfn__buffer_add_text(text, "remove one of these references");
    for (uint32_t i = 0; i < length && i < MOST_HINTS; i++) {
        uint32_t from = circle[i], to = circle[(i + 1) % length];
        const cfn_reference *reference = cfn__edge_reference(g, from, to);
        cfn__buffer_format(text, "%s %.40s to %.40s", i ? "," : ":", node_of(g, from)->key,
                           node_of(g, to)->key);
        if (reference->from->place.line)
            cfn__buffer_format(text, " in line %u", (unsigned)reference->from->place.line);
    }
}

static void report(cfn__checker *c, const cfn__graph *g, const uint32_t *circle, uint32_t length)
{
    cfn__buffer names = {0}, places = {0};
    add_names(&names, g, circle, length);
    add_places(&places, g, circle, length);
    const cfn_reference *reference = cfn__edge_reference(g, circle[0], circle[1]);
    bool resources = circle[0] < g->tpl->resource_count;
    if (names.failed || places.failed) {
        cfn__report_no_memory(c->diagnostics);
    } else {
        cfn__complain(c, CFN1308, reference->from, "%s need each other in a circle: %s",
                      resources ? "resources" : "conditions", names.text);
        cfn__advise(c, "%s", places.text);
    }
    cfn__buffer_free(&names);
    cfn__buffer_free(&places);
}

void cfn__report_circles(cfn__checker *c, const cfn__graph *g, uint32_t *memory)
{
    uint32_t *circle = memory, *queue = memory + g->size, *before = memory + 2 * (size_t)g->size;
    uint32_t *sizes = memory + 3 * (size_t)g->size; /* of components, by number less one */
    memset(before, 0xff, g->size * sizeof *before);
    memset(sizes, 0, g->size * sizeof *sizes);
    for (uint32_t v = 0; v < g->size; v++)
        sizes[g->component[v] - 1]++;
    for (uint32_t v = 0; v < g->size; v++) {
        uint32_t *size = &sizes[g->component[v] - 1];
        if (*size < 2 || (c->tpl->rewritten && v < c->tpl->resource_count))
            continue;
        *size = 0; /* reported now */
        uint32_t length = find_circle(g, v, circle, queue, before);
        if (!is_impossible(g, circle, length))
            report(c, g, circle, length);
    }
}
