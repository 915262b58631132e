/* Writing nodes as JSON or YAML text, and texts as files. */
#ifndef CFNGEN_WRITE_H
#define CFNGEN_WRITE_H

#include <cfngen/node.h>
#include <cfngen/read.h>

CFN_BEGIN_DECLS

typedef struct cfn_write_options {
    cfn_format format; /* CFN_FORMAT_AUTO: JSON */
    bool minify;       /* JSON without spaces and newlines; YAML has no minified form */
} cfn_write_options;

/* The document as text, ended by a newline; keys keep their order. Options may be NULL. Reading the
 * text again gives an equal tree. The text lives in the arena; NULL when memory is out. `length`,
 * when not NULL, is given the length in bytes. */
CFN_API const char *cfn_write_text(cfn_arena *arena, const cfn_node *root,
                                   const cfn_write_options *options, size_t *length);

/* Writes a file whole or not at all: a temporary file beside it takes its place at the end. An
 * existing file keeps its permissions; a path that is not a regular file (a pipe, /dev/stdout) is
 * written directly, and "-" is standard output. False, and CFN0003 reported, when it failed. */
CFN_API bool cfn_write_file(cfn_diagnostics *diagnostics, const char *path, const char *text,
                            size_t length);

CFN_END_DECLS

#endif
