/* The node tree from the inside: how it is laid out, made, changed and reported on.
 *
 * A node belongs to at most one parent. What makes or takes nodes accepts NULL (an arena that
 * failed hands it out) and does nothing with it. */
#ifndef CFN_NODE_NODE_H
#define CFN_NODE_NODE_H

#include "base/arena.h"
#include "base/buffer.h"
#include "base/diagnostics.h"

#include <cfngen/node.h>

struct cfn_node {
    cfn_node *parent, *first, *last, *next;
    const char *key;
    const char *text;
    cfn__place place;
    uint32_t key_line, key_column; /* where the key stands; 0 in a list */
    uint32_t length;               /* of text, in bytes */
    uint32_t size;                 /* how many members */
    cfn_kind kind;
};

/* Where new nodes live and which place they are given. */
typedef struct cfn__maker {
    cfn_arena *arena;
    cfn__place place;
} cfn__maker;

/* Text and keys are not copied: they must live as long as the arena (literals, arena strings). */
cfn_node *cfn__scalar(const cfn__maker *maker, cfn_kind kind, const char *text, size_t length);
cfn_node *cfn__string(const cfn__maker *maker, const char *text);
cfn_node *cfn__integer(const cfn__maker *maker, int64_t value);
cfn_node *cfn__boolean(const cfn__maker *maker, bool value);
cfn_node *cfn__null(const cfn__maker *maker);
cfn_node *cfn__list(const cfn__maker *maker);
cfn_node *cfn__map(const cfn__maker *maker);

/* Add a member at the end. Both return the parent, so that calls can be nested. The key is not
 * looked for: the caller knows that it is new. */
cfn_node *cfn__append(cfn_node *list, cfn_node *value);
cfn_node *cfn__put(cfn_node *map, const char *key, cfn_node *value);

/* The same just behind a member; first of all when that is NULL. */
void cfn__put_after(cfn_node *map, cfn_node *before, const char *key, cfn_node *value);

/* A map with one member: {key: value}. */
cfn_node *cfn__single(const cfn__maker *maker, const char *key, cfn_node *value);

/* A list of two: [first, second]. */
cfn_node *cfn__pair(const cfn__maker *maker, cfn_node *first, cfn_node *second);

/* Puts `value` where the key stands now, or at the end when there is no such key. */
void cfn__set(cfn_node *map, const char *key, cfn_node *value);

/* Makes `node` become a copy of `value` where it stands: key, place and parent stay. */
void cfn__become(cfn_node *node, const cfn_node *value);

/* Takes a member out of its parent. */
void cfn__remove(cfn_node *member);

/* A deep copy with the same places. */
cfn_node *cfn__copy(cfn_arena *arena, const cfn_node *node);

/* Lays `patch` over a map as RFC 7396 says: maps are merged, null takes a key out, all else
 * replaces. A map that `is_whole` says yes to is replaced, not merged, and replaces; NULL: no map
 * is. The patch is copied. */
void cfn__merge_patch(cfn_arena *arena, cfn_node *map, const cfn_node *patch,
                      bool (*is_whole)(const cfn_node *));

/* cfn_node_get for nodes that may be changed. */
cfn_node *cfn__get(const cfn_node *map, const char *key);

static inline bool cfn__is_string(const cfn_node *node)
{
    return node && node->kind == CFN_KIND_STRING;
}
static inline bool cfn__is_map(const cfn_node *node)
{
    return node && node->kind == CFN_KIND_MAP;
}
static inline bool cfn__is_list(const cfn_node *node)
{
    return node && node->kind == CFN_KIND_LIST;
}
bool cfn__text_is(const cfn_node *node, const char *text);

/* What kinds are called in messages: "a string", "a list" ... */
const char *cfn__kind_name(cfn_kind kind);

/* The path from the root as a JSON array: ["Resources","Db"]. */
void cfn__add_path(cfn__buffer *buffer, const cfn_node *node);

/* Report a problem at the value, or at the key, of a node; see base/diagnostics.h. */
void cfn__report(cfn_diagnostics *diagnostics, cfn_diagnostic_id id, const cfn_node *node,
                 const char *format, ...) CFN_PRINTF(4, 5);
void cfn__report_key(cfn_diagnostics *diagnostics, cfn_diagnostic_id id, const cfn_node *node,
                     const char *format, ...) CFN_PRINTF(4, 5);

#endif
