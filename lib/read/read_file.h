/* Files that are read as text, and files that cannot be read or written. */
#ifndef CFN_READ_READ_FILE_H
#define CFN_READ_READ_FILE_H

#include "base/arena.h"
#include "base/diagnostics.h"

/* Reports that something (as "cannot be read") is wrong with a file, what errno says of it, and a
 * hint for the usual causes. */
void cfn__report_errno(cfn_diagnostics *diagnostics, cfn_diagnostic_id id, const char *path,
                       const char *what, int error);

/* What a regular file holds, in the arena and ended by a NUL; NULL after a report. */
const char *cfn__read_text_file(cfn_arena *arena, cfn_diagnostics *diagnostics, const char *path,
                                size_t *length);

#endif
