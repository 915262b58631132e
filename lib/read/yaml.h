/* The parts of the YAML reader. */
#ifndef CFN_READ_YAML_H
#define CFN_READ_YAML_H

#include "base/index.h"
#include "read/reader.h"
#include "read/tags.h"

#include <yaml.h>

/* A value that an alias can stand for. */
typedef struct cfn__anchor {
    cfn_node *node;
    uint32_t nodes;  /* values in it; while it is open, those made before it */
    uint32_t height; /* levels of lists and mappings in it */
    bool open;       /* its end was not met yet */
} cfn__anchor;

/* A list or mapping whose end was not met yet. */
typedef struct cfn__frame {
    cfn_node *node;
    cfn__anchor *anchor;
    const char *key;  /* of the value that comes next; NULL when a key comes next */
    cfn__place place; /* of that key */
    uint32_t depth;   /* of the node; the root has 1 */
    uint32_t deepest; /* of all in it */
    bool merges;      /* there is a << among the keys */
    bool lost_key;    /* the key was refused, so its value goes nowhere */
} cfn__frame;

/* What must be done when the whole document is there; see yaml_aliases.c. */
typedef struct cfn__repair {
    struct cfn__repair *next;
    cfn_node *node;
    const cfn_node *target; /* what the alias stands for; NULL: a map with merge keys */
} cfn__repair;

typedef struct cfn__yaml {
    cfn__reader *reader;
    yaml_parser_t parser;
    yaml_event_t event;
    cfn_node *root;
    cfn__frame frames[CFN_MAX_DEPTH];
    uint32_t open; /* frames in use */
    cfn__index anchors;
    cfn__repair *repairs, *last_repair;
    size_t index, offset; /* of a character of the text, in characters and in bytes */
} cfn__yaml;

/* The key of a merge: told from a quoted "<<" by its address. */
extern const char cfn__merge_key[];

cfn__frame *cfn__yaml_top(cfn__yaml *y);
cfn__place cfn__yaml_place(const cfn__yaml *y);
uint32_t cfn__yaml_depth(cfn__yaml *y);

/* The text where the event begins. */
const char *cfn__yaml_source(cfn__yaml *y);

/* Gives a value its place in the innermost open list or mapping. */
void cfn__yaml_attach(cfn__yaml *y, cfn_node *node);

/* Looks whether the scalar of the event may be kept, and copies its text; NULL if not. */
const char *cfn__yaml_text(cfn__yaml *y);

/* Makes the value of a scalar event. */
void cfn__yaml_scalar(cfn__yaml *y);

/* The CloudFormation tag of the event, before a value of this kind; NULL when it has none, or one
 * that does not fit, which is reported. */
const cfn__tag *cfn__yaml_tag(cfn__yaml *y, const char *tag, cfn_kind kind);

/* Anchors: one begins at a node (NULL when it has no name), before which so many nodes were made;
 * it ends. */
cfn__anchor *cfn__yaml_anchor(cfn__yaml *y, const yaml_char_t *name, cfn_node *node,
                              uint32_t before);
void cfn__yaml_end_anchor(cfn__yaml *y, cfn__anchor *anchor, uint32_t height);

/* What the alias of the event stands for; NULL, and reported, when there is none. */
const cfn__anchor *cfn__yaml_aliased(cfn__yaml *y);
void cfn__yaml_alias(cfn__yaml *y);

/* Notes that a map has merge keys; carries out all that was noted. */
void cfn__yaml_note_merge(cfn__yaml *y, cfn_node *map);
void cfn__yaml_repair(cfn__yaml *y);

/* Says what libyaml stumbled over. */
void cfn__yaml_report(cfn__yaml *y);

#endif
