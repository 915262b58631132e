/* What cfngen has to say about its input: all problems of a run, each with its place.
 *
 * A cfn_diagnostics collects; it copies what it is told, so it may outlive the arena whose nodes it
 * speaks of. Functions that find problems report them here and go on as far as they can. */
#ifndef CFNGEN_DIAGNOSTIC_H
#define CFNGEN_DIAGNOSTIC_H

#include <cfngen/common.h>
#include <cfngen/diagnostic_ids.h>

CFN_BEGIN_DECLS

typedef enum cfn_severity { CFN_ERROR, CFN_WARNING, CFN_NOTE } cfn_severity;

typedef enum cfn_diagnostic_id {
#define CFN_DIAGNOSTIC_ENUM(id, severity, title) id,
    CFN_DIAGNOSTIC_IDS(CFN_DIAGNOSTIC_ENUM)
#undef CFN_DIAGNOSTIC_ENUM
        CFN_DIAGNOSTIC_COUNT
} cfn_diagnostic_id;

/* A place in a file. Lines and columns count from 1, columns in code points; the end is just past
 * the last character. Zero means not known (a file as a whole, a line without a column). */
typedef struct cfn_mark {
    const char *file;
    uint32_t line, column, end_line, end_column;
} cfn_mark;

typedef struct cfn_diagnostic {
    cfn_diagnostic_id id;
    cfn_severity severity;
    cfn_mark mark;
    const char *path;        /* JSON array, as ["Resources","Db","Properties"]; never NULL */
    const char *message;     /* what is wrong */
    const char *hint;        /* what to do; "" when there is nothing to add */
    const char *source_line; /* the text of the marked line; "" when there is none */
} cfn_diagnostic;

typedef struct cfn_diagnostics cfn_diagnostics;

/* A new, empty collection; NULL when memory is out. Free it with cfn_diagnostics_free. */
CFN_API cfn_diagnostics *cfn_diagnostics_new(void);
CFN_API void cfn_diagnostics_free(cfn_diagnostics *diagnostics);

/* How many there are of one severity. Memory that ran out counts as an error. */
CFN_API size_t cfn_diagnostics_count(const cfn_diagnostics *diagnostics, cfn_severity severity);

/* How many there are in all, and each of them, ordered by file, line and column. NULL past the end.
 * At most 1000 are kept; CFN0013 then says how many more there were. */
CFN_API size_t cfn_diagnostics_size(const cfn_diagnostics *diagnostics);
CFN_API const cfn_diagnostic *cfn_diagnostics_at(cfn_diagnostics *diagnostics, size_t index);

/* All of them as text for people (with source line, caret and hint; ANSI colours on request), or as
 * JSON for programs, one object a line: id, severity, file, line, column, endLine, endColumn, path,
 * message, hint. The text lives in the collection until it is freed; NULL when memory is out. */
CFN_API const char *cfn_diagnostics_text(cfn_diagnostics *diagnostics, bool colours);
CFN_API const char *cfn_diagnostics_json(cfn_diagnostics *diagnostics);

/* The name ("CFN0010"), the title and the severity of an id; the id of a name, or
 * CFN_DIAGNOSTIC_COUNT when there is none of that name. */
CFN_API const char *cfn_diagnostic_name(cfn_diagnostic_id id);
CFN_API const char *cfn_diagnostic_title(cfn_diagnostic_id id);
CFN_API cfn_severity cfn_diagnostic_severity(cfn_diagnostic_id id);
CFN_API cfn_diagnostic_id cfn_diagnostic_find(const char *name);

/* "error", "warning", "note". */
CFN_API const char *cfn_severity_name(cfn_severity severity);

CFN_END_DECLS

#endif
