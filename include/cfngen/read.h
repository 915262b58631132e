/* Reading YAML and JSON text into nodes.
 *
 * JSON is what RFC 8259 calls JSON, without duplicate keys and with numbers that fit into 64 bits.
 * YAML is YAML 1.1 as CloudFormation takes it: short tags (!Ref, !GetAtt, !Sub ...) become their
 * long forms, anchors, aliases and merge keys (<<) are followed. docs/reading.md has the rules. */
#ifndef CFNGEN_READ_H
#define CFNGEN_READ_H

#include <cfngen/node.h>

CFN_BEGIN_DECLS

typedef enum cfn_format {
    CFN_FORMAT_AUTO, /* by the file's extension (.json; .yaml, .yml), else by the first
                        character: { or [ is JSON */
    CFN_FORMAT_JSON,
    CFN_FORMAT_YAML
} cfn_format;

/* Limits of what is read; what exceeds them is reported, never followed. */
enum {
    CFN_MAX_INPUT_BYTES = 8 * 1024 * 1024,
    CFN_MAX_SCALAR_BYTES = 1024 * 1024, /* of one value or key, once it is decoded */
    CFN_MAX_DEPTH = 200,                /* of lists and mappings, as JSON would write them */
    CFN_MAX_NODES = 500000              /* values; an alias counts as what it expands to */
};

/* Reads one document, which must be a mapping. The file name is for marks and for CFN_FORMAT_AUTO;
 * the text is UTF-8, with or without a byte order mark, and is copied. Problems (CFN00xx, CFN01xx,
 * CFN02xx) are added to the diagnostics; when one of them is an error the result is NULL. */
CFN_API cfn_node *cfn_read_text(cfn_arena *arena, cfn_diagnostics *diagnostics, const char *file,
                                const char *text, size_t length, cfn_format format);

/* Reads a file; "-" is standard input, called <stdin> in marks. */
CFN_API cfn_node *cfn_read_file(cfn_arena *arena, cfn_diagnostics *diagnostics, const char *path,
                                cfn_format format);

CFN_END_DECLS

#endif
