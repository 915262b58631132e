/* Dependencies among resources, and among conditions; and the circles in them. Tarjan's algorithm
 * without recursion, so that a chain of any length is followed. */
#include "template/graph.h"

#include <string.h>

static uint32_t smaller(uint32_t a, uint32_t b)
{
    return a < b ? a : b;
}

/* The vertex that a reference from `vertex` leads to, or NOWHERE. Conditions depend on conditions
 * alone, so that a resource's reference to one is of no interest. */
static uint32_t target_of(const cfn_template *tpl, uint32_t vertex, const cfn_reference *reference)
{
    bool is_resource = vertex < tpl->resource_count;
    cfn_section wanted = is_resource ? CFN_SECTION_RESOURCES : CFN_SECTION_CONDITIONS;
    if (reference->section != wanted)
        return CFN__NOWHERE;
    uint32_t target = (uint32_t)(reference->index + (is_resource ? 0 : tpl->resource_count));
    return target == vertex ? CFN__NOWHERE : target;
}

const cfn_reference *cfn__edge_reference(const cfn__graph *g, uint32_t from, uint32_t to)
{
    const cfn__span *span = &g->tpl->spans[from];
    const cfn_reference *first = g->tpl->references + span->first, *any = NULL;
    for (const cfn_reference *r = first; r < first + span->count; r++) {
        if (target_of(g->tpl, from, r) != to)
            continue;
        if (!cfn__is_under_if(r->from, r->owner))
            return r;
        if (!any)
            any = r;
    }
    return any;
}

/* Each target once: seen[target] is the last vertex that named it, plus one. */
static void find_edges(cfn__graph *g, uint32_t *seen)
{
    const cfn_template *tpl = g->tpl;
    uint32_t count = 0;
    for (uint32_t v = 0; v < g->size; v++) {
        g->first_edge[v] = count;
        const cfn__span *span = &tpl->spans[v];
        for (size_t i = 0; i < span->count; i++) {
            uint32_t target = target_of(tpl, v, &tpl->references[span->first + i]);
            if (target == CFN__NOWHERE || seen[target] == v + 1)
                continue;
            seen[target] = v + 1;
            g->edges[count++] = target;
        }
    }
    g->first_edge[g->size] = count;
}

/* Where Tarjan's algorithm is. */
typedef struct walk {
    uint32_t *order, *low;   /* order 0: not visited yet */
    uint32_t *next_edge;     /* of a vertex that is being visited */
    uint32_t *caller;        /* from which it was reached */
    uint32_t *stack, height; /* vertices whose component is not known */
    uint32_t visited;
} walk;

static void enter(cfn__graph *g, walk *w, uint32_t v, uint32_t caller)
{
    w->order[v] = w->low[v] = ++w->visited;
    w->next_edge[v] = g->first_edge[v];
    w->caller[v] = caller;
    w->stack[w->height++] = v;
}

/* A vertex that reaches no earlier one closes a component: it and what lies above it. */
static void leave(cfn__graph *g, walk *w, uint32_t v)
{
    if (w->low[v] != w->order[v])
        return;
    uint32_t member = CFN__NOWHERE, size = 0;
    g->components++;
    while (member != v) {
        member = w->stack[--w->height];
        g->component[member] = g->components;
        size++;
    }
    if (size > 1)
        g->any_circle = true;
}

static void visit(cfn__graph *g, walk *w, uint32_t root)
{
    enter(g, w, root, CFN__NOWHERE);
    for (uint32_t v = root; v != CFN__NOWHERE;) {
        if (w->next_edge[v] < g->first_edge[v + 1]) {
            uint32_t target = g->edges[w->next_edge[v]++];
            if (!w->order[target]) {
                enter(g, w, target, v);
                v = target;
            } else if (!g->component[target]) {
                w->low[v] = smaller(w->low[v], w->order[target]);
            }
            continue;
        }
        leave(g, w, v);
        uint32_t caller = w->caller[v];
        if (caller != CFN__NOWHERE)
            w->low[caller] = smaller(w->low[caller], w->low[v]);
        v = caller;
    }
}

/* Cuts a number for each vertex from the memory that is left. */
static uint32_t *take(uint32_t **memory, uint32_t count)
{
    uint32_t *numbers = *memory;
    *memory += count;
    return numbers;
}

static void find_components(cfn__graph *g, uint32_t *memory)
{
    walk w = {.order = take(&memory, g->size)};
    w.low = take(&memory, g->size);
    w.next_edge = take(&memory, g->size);
    w.caller = take(&memory, g->size);
    w.stack = take(&memory, g->size);
    for (uint32_t v = 0; v < g->size; v++)
        if (!w.order[v])
            visit(g, &w, v);
}

static void hand_out_dependencies(const cfn__graph *g)
{
    for (uint32_t i = 0; i < g->tpl->resource_count; i++) {
        cfn_resource *resource = &g->tpl->resources[i];
        const cfn__span *span = &g->tpl->spans[i];
        resource->references = span->count ? g->tpl->references + span->first : NULL;
        resource->reference_count = span->count;
        resource->dependencies = g->edges + g->first_edge[i];
        resource->dependency_count = g->first_edge[i + 1] - g->first_edge[i];
    }
}

void cfn__check_graph(cfn__checker *c)
{
    cfn_template *tpl = c->tpl;
    size_t size = tpl->resource_count + tpl->condition_count;
    if (size >= CFN__NOWHERE || tpl->reference_count >= CFN__NOWHERE)
        return;
    cfn__graph g = {.tpl = tpl, .size = (uint32_t)size};
    g.first_edge = CFN__NEW_ARRAY(c->arena, size + 1, uint32_t);
    g.edges = CFN__NEW_ARRAY(c->arena, tpl->reference_count, uint32_t);
    g.component = CFN__NEW_ARRAY(c->arena, size, uint32_t);
    uint32_t *memory = CFN__NEW_ARRAY(c->arena, size * 5, uint32_t);
    if (!size || cfn_arena_failed(c->arena))
        return;
    find_edges(&g, memory);
    hand_out_dependencies(&g);
    memset(memory, 0, size * sizeof *memory);
    find_components(&g, memory);
    if (g.any_circle)
        cfn__report_circles(c, &g, memory);
}
