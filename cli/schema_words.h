/* Facts about resource types in words, and where the facts are taken from. */
#ifndef CLI_SCHEMA_WORDS_H
#define CLI_SCHEMA_WORDS_H

#include "json.h"
#include "output.h"

#include <cfngen/schema.h>

/* Opened by open_schema, closed by close_schema; `schema` is NULL when that failed. */
typedef struct cli_schema {
    const cfn_schema *schema;
    cfn_arena *arena;
    cfn_diagnostics *diagnostics;
} cli_schema;

/* The facts of --schema, of CFNGEN_SCHEMA or of the library; what is wrong with them is said. */
cli_schema open_schema(const cli_arguments *arguments);
void close_schema(cli_schema *opened);

/* Finds a type by its name, or by what follows one of its "::"; letter case does not count. NULL
 * when there is none, or when there are several: `other` is then the second. */
const cfn_schema_type *find_type(const cfn_schema *schema, const char *name, size_t length,
                                 const cfn_schema_type **other);

/* "; did you mean X?", or "". */
cli_suggestion suggest_type(const cfn_schema *schema, const char *name);

/* "list of string", "integer or string", "object", "anything" ... */
void print_value_type(FILE *stream, const cfn_schema *schema, const cfn_schema_value *value);

/* What is said of the rules of a value on one line, each after ", ": lengths, ranges, counts. */
void print_limits(FILE *stream, const cfn_schema *schema, const cfn_schema_value *value);

/* A pattern or another text on one line: control characters are escaped. */
void print_text(FILE *stream, const char *text);

/* The value that has the members: of a list the items, of a map the values. */
const cfn_schema_value *innermost_value(const cfn_schema *schema, const cfn_schema_value *value);

/* A member "regions" with their names. */
void put_regions(cli_json *json, const cfn_schema *schema, uint64_t regions);

/* "no", "may", "yes". */
const char *change_word(cfn_schema_change change);

/* What explain can speak of: a type, or a place inside of it. */
typedef struct cli_type_subject {
    const cfn_schema *schema;
    const cfn_schema_type *type;
    cfn_schema_place place;
    char path[300];
} cli_type_subject;

void explain_type_text(const cli_type_subject *subject);
void explain_type_json(const cli_type_subject *subject);

/* Whether the name up to its first dot is, or looks like, that of a resource type. */
bool names_type(const cfn_schema *schema, const char *name);

/* Explains a type or a place inside of it; the exit status. */
int explain_type(const cli_arguments *arguments, const cfn_schema *schema, const char *name);

#endif
