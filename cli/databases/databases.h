/* The source and the target of a migration, as the commands that look at them take them: where they
 * are, the logins, which tables. */
#ifndef CLI_DATABASES_H
#define CLI_DATABASES_H

#include "../output.h"

#include <cfngen/dms_table_mappings.h>
#include <cfngen/node.h>

/* Start with {0}; free in any case. */
typedef struct databases {
    const char *source, *target; /* URLs; NULL: none is given */
    const char *source_password, *target_password;
    const cfn_node *outputs; /* of the stack; NULL: not given */
    char *made[2];           /* URLs that were made of secrets */
} databases;

/* Finds out where the databases are and how to log in: from options, the environment, secrets of
 * AWS and the outputs of a stack. STATUS_CLEAN, or the status to exit with after it has said what
 * is wrong, to standard error or as a diagnostic. What is read lives in the arena. */
int find_databases(const cli_arguments *arguments, cfn_arena *arena, cfn_diagnostics *diagnostics,
                   bool target_is_needed, databases *found);
void databases_free(databases *found);

/* An output of the stack, or NULL; the region that an ARN names, or NULL. */
const char *output_of(const databases *d, const char *key);
const char *region_of(const char *arn, char *room, size_t size);

/* The patterns of --table, to be freed; NULL without memory. */
const char **table_patterns(const cli_arguments *arguments, size_t *count);

/* The mappings of --mappings; NULL without it, and when they are wrong, which `good` tells and the
 * diagnostics explain. */
const cfn_dms_mappings *read_table_mappings(const cli_arguments *arguments, cfn_arena *arena,
                                            cfn_diagnostics *diagnostics, bool *good);

/* The number of an option, 0 when it is not given. */
double number_value(const cli_arguments *arguments, const char *name);

/* Has the first SIGINT and SIGTERM set what is returned, and the next one end the program. */
const volatile int *watch_for_signals(void);

/* What options take: numbers between two bounds, counts, seconds, SCHEMA.TABLE. */
bool is_number(const char *text, double least, double most);
bool is_count(const char *text);
bool is_seconds(const char *text);
bool is_table(const char *text);

extern const cli_option source_option, target_option, source_secret_option, target_secret_option,
    ssl_ca_option, outputs_option, table_option, mappings_option;

#define DATABASE_OPTIONS                                                                           \
    &source_option, &target_option, &source_secret_option, &target_secret_option, &ssl_ca_option,  \
        &outputs_option

#endif
