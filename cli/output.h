/* What the commands say: results on standard output, everything else on standard error. */
#ifndef CLI_OUTPUT_H
#define CLI_OUTPUT_H

#include "command.h"

#include <cfngen/diagnostic.h>
#include <stdio.h>

/* Says what is wrong with the arguments, and where to read on. `command` may be NULL. Returns
 * STATUS_USAGE. */
int usage_error(const cli_command *command, const char *format, ...) CFN_PRINTF(2, 3);

/* Says what cannot be done. Returns STATUS_TROUBLE. */
int trouble(const char *format, ...) CFN_PRINTF(1, 2);
int out_of_memory(void);

/* The help of the program, and of a command; a line of the former. */
void print_overview(FILE *stream);
void print_purpose(FILE *stream, const char *name, const char *purpose);
void print_help(const cli_command *command);

/* The commands of a group. */
void print_group(FILE *stream, const char *group);

/* Prints text in lines of at most 80 columns; all but the first are indented. `column` is where the
 * first one starts. */
void print_wrapped(FILE *stream, const char *text, int column, int indent);

/* Prints one of the lists of `cfngen list`; NULL: those it prints without being asked. */
void print_list(const char *name, bool as_json);

/* Whether the stream is a terminal whose user has nothing against colours. */
bool wants_colours(FILE *stream);

/* Prints all diagnostics of a run, in colour where that is wanted. */
void print_diagnostics(FILE *stream, cfn_diagnostics *diagnostics, bool json);

/* The exit status they mean; STATUS_TROUBLE for a file that cannot be read or written. */
int diagnostics_status(cfn_diagnostics *diagnostics, bool warnings_count);

/* Flushes standard output. What could not be written is said, and makes the status STATUS_TROUBLE.
 */
int finish_output(int status);

/* Words among which the nearest to another one is looked for; those that find no room are left out.
 * Start with {0}. */
typedef struct cli_words {
    const char *words[255];
    size_t count;
    const char *end; /* keeps the list ended by NULL */
} cli_words;
void add_word(cli_words *list, const char *word);

/* "; did you mean X?", or "". The prefix stands before X. */
typedef struct cli_suggestion {
    char text[160];
} cli_suggestion;
cli_suggestion suggest_command(const char *name);
cli_suggestion suggest(const char *prefix, const char *word, const cli_words *candidates);

#endif
