/* Stack files as the commands that take --environment, --suffix, --region and --set see them. */
#ifndef CLI_STACK_FILE_H
#define CLI_STACK_FILE_H

#include "command.h"

#include <cfngen/stack.h>

enum { STACK_NAME_SIZE = 256 };

/* A new stack with the options applied and the file read into it and synthesised; its diagnostics
 * say how that went. NULL when memory is out. Free with cfn_stack_free. */
cfn_stack *open_stack(const cli_arguments *arguments, const cfn_schema *schema, const char *path);

/* The same for what is a template already: it is taken as it is, whatever may be wrong with it.
 * Constructs, and what has settings of cfngen, are synthesised. `root` is NULL when it cannot be
 * read or has errors. */
cfn_stack *open_template(const cli_arguments *arguments, const cfn_schema *schema, const char *path,
                         const cfn_node **root);

/* The name of a stack: that of the file without its folder and extensions; "stack" for "-". */
void stack_name(char name[STACK_NAME_SIZE], const char *path);

/* Whether --diagnostics asks for JSON. */
bool wants_json(const cli_arguments *arguments);

bool is_region(const char *text);
bool is_setting(const char *text);

#endif
