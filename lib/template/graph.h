/* The graph of what needs what: resources are the first vertices, conditions come after them. */
#ifndef CFN_TEMPLATE_GRAPH_H
#define CFN_TEMPLATE_GRAPH_H

#include "template/template.h"

#define CFN__NOWHERE UINT32_MAX

typedef struct cfn__graph {
    cfn_template *tpl;
    uint32_t size;        /* how many vertices */
    uint32_t *first_edge; /* the edges of v: first_edge[v] up to first_edge[v + 1] */
    uint32_t *edges;      /* the vertices they lead to */
    uint32_t *component;  /* which reach each other; counted from 1 */
    uint32_t components;
    bool any_circle;
} cfn__graph;

/* The reference that makes an edge; one that always counts, when there is one. */
const cfn_reference *cfn__edge_reference(const cfn__graph *g, uint32_t from, uint32_t to);

/* Reports one circle of each component that has any. `memory` has room for five numbers a vertex.
 */
void cfn__report_circles(cfn__checker *c, const cfn__graph *g, uint32_t *memory);

#endif
