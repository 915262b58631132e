/* What the JSON and the YAML reader share: the text they read, where nodes go, and the limits. */
#ifndef CFN_READ_READER_H
#define CFN_READ_READER_H

#include "node/node.h"
#include "read/tags.h"

#include <cfngen/read.h>

typedef struct cfn__reader {
    cfn_arena *arena;
    cfn_diagnostics *diagnostics;
    const cfn__source *source;   /* text is NUL-terminated, valid UTF-8 and without a NUL inside */
    const cfn__dialect *dialect; /* NULL: that of templates */
    bool ascii;                  /* every character of the text is one byte */
    bool stopped;                /* a problem was reported after which reading makes no sense */
    uint32_t nodes;              /* how many were made, aliases counted as what they expand to */
    uint32_t reported;           /* how many problems */
} cfn__reader;

/* cfn_read_text for a document that is no template. */
cfn_node *cfn__read_dialect(cfn_arena *arena, cfn_diagnostics *diagnostics, const char *file,
                            const char *text, size_t length, cfn_format format,
                            const cfn__dialect *dialect);

/* Each reads the text and returns its root (of any kind); NULL when it was stopped. */
cfn_node *cfn__read_json(cfn__reader *reader);
cfn_node *cfn__read_yaml(cfn__reader *reader);

/* The limits. Each is false, and stops the reader with a problem that names the limit, when it is
 * exceeded. */
bool cfn__count_nodes(cfn__reader *reader, uint32_t more, cfn__place place);
bool cfn__check_depth(cfn__reader *reader, uint32_t depth, cfn__place place);
bool cfn__check_length(cfn__reader *reader, size_t length, cfn__place place);

/* Report a problem at a place, at a node's value or at its key. */
void cfn__reader_say(cfn__reader *reader, cfn_diagnostic_id id, cfn__place place,
                     const char *format, ...) CFN_PRINTF(4, 5);
void cfn__reader_say_of(cfn__reader *reader, cfn_diagnostic_id id, const cfn_node *node,
                        const char *format, ...) CFN_PRINTF(4, 5);
void cfn__reader_say_of_key(cfn__reader *reader, cfn_diagnostic_id id, const cfn_node *node,
                            const char *format, ...) CFN_PRINTF(4, 5);

/* Reports keys that a map holds twice, at the later one and naming the place of the first. */
void cfn__check_keys(cfn__reader *reader, const cfn_node *map);

/* Text of the input as it may stand in a message: in quotes, escaped, cut when it is long. */
const char *cfn__shown(cfn_arena *arena, const char *text);

#endif
