/* Reporting problems from inside the library; <cfngen/diagnostic.h> has what callers see. */
#ifndef CFN_BASE_DIAGNOSTICS_H
#define CFN_BASE_DIAGNOSTICS_H

#include "base/arena.h"

#include <cfngen/diagnostic.h>

/* A file whose values are spoken of. `text` is NULL when there is no text to show (C programs). It
 * must live as long as the nodes that point to it. */
typedef struct cfn__source {
    const char *file;
    const char *text;
    size_t length;
} cfn__source;

/* A place in a source. Zero-initialised: nowhere. */
typedef struct cfn__place {
    const cfn__source *source;
    uint32_t line, column, end_line, end_column;
} cfn__place;

/* Reports a problem. `path` is a JSON array as text; NULL means []. */
void cfn__report_at(cfn_diagnostics *diagnostics, cfn_diagnostic_id id, cfn__place place,
                    const char *path, const char *format, ...) CFN_PRINTF(5, 6);
void cfn__vreport_at(cfn_diagnostics *diagnostics, cfn_diagnostic_id id, cfn__place place,
                     const char *path, const char *format, va_list arguments);

/* Gives the problem reported last its hint: what to do about it. */
void cfn__hint(cfn_diagnostics *diagnostics, const char *format, ...) CFN_PRINTF(2, 3);

/* The hint "did you mean X?", when there is an X. */
void cfn__hint_nearest(cfn_diagnostics *diagnostics, const char *nearest);

/* Reports CFN0001. */
void cfn__report_no_memory(cfn_diagnostics *diagnostics);

/* The place of a byte in a text: its line and column. */
cfn__place cfn__place_of_offset(const cfn__source *source, size_t offset);

/* Takes out those that `drop` says yes to; used for suppressions. */
void cfn__diagnostics_filter(cfn_diagnostics *diagnostics,
                             bool (*drop)(void *context, const cfn_diagnostic *), void *context);

#endif
