/* Values of a template: a tree of nodes, each with the place it came from.
 *
 * Nodes are made by the readers (<cfngen/read.h>), by a stack and by the functions here; they live
 * in an arena. Every function accepts NULL for a node and then answers with nothing. */
#ifndef CFNGEN_NODE_H
#define CFNGEN_NODE_H

#include <cfngen/arena.h>
#include <cfngen/diagnostic.h>

CFN_BEGIN_DECLS

typedef struct cfn_node cfn_node;

typedef enum cfn_kind {
    CFN_KIND_NULL,
    CFN_KIND_BOOLEAN,
    CFN_KIND_NUMBER,
    CFN_KIND_STRING,
    CFN_KIND_LIST,
    CFN_KIND_MAP
} cfn_kind;

/* What the node is; CFN_KIND_NULL for NULL. */
CFN_API cfn_kind cfn_node_kind(const cfn_node *node);

/* The text of a string, the digits of a number just as they were written, "true", "false" or
 * "null"; NULL for a list, a map or NULL. Never holds a NUL byte. */
CFN_API const char *cfn_node_text(const cfn_node *node);

/* The key under which the node stands in its map; NULL in a list and at the root. */
CFN_API const char *cfn_node_key(const cfn_node *node);

/* How many members a list or a map has; 0 for all else. */
CFN_API size_t cfn_node_size(const cfn_node *node);

/* The members of a list or a map in the order of the document:
 *     for (const cfn_node *n = cfn_node_first(list); n; n = cfn_node_next(n)) */
CFN_API const cfn_node *cfn_node_first(const cfn_node *node);
CFN_API const cfn_node *cfn_node_next(const cfn_node *node);

/* The member of a map with this key, or NULL. */
CFN_API const cfn_node *cfn_node_get(const cfn_node *map, const char *key);

/* The member of a list at this index from 0, or NULL. */
CFN_API const cfn_node *cfn_node_at(const cfn_node *list, size_t index);

/* Follows keys and indexes separated by slashes, as "Resources/Db/Properties/Tags/0"; NULL when one
 * of them is missing. */
CFN_API const cfn_node *cfn_node_find(const cfn_node *root, const char *path);

/* Whether both are the same value: kind, text and members. The order of a map's keys does not
 * count, numbers are compared as they are written (1.0 is not 1), places are not compared. */
CFN_API bool cfn_node_equal(const cfn_node *a, const cfn_node *b);

/* Where the node was written. */
CFN_API cfn_mark cfn_node_mark(const cfn_node *node);

CFN_END_DECLS

#endif
