/* The stack from the inside: one document in the form of a stack file, read or built by C calls. */
#ifndef CFN_STACK_STACK_H
#define CFN_STACK_STACK_H

#include "node/node.h"
#include "stack/construct.h"

#include <cfngen/stack.h>

typedef struct cfn__parameter_setting {
    const char *parameter, *value;
    struct cfn__parameter_setting *next;
} cfn__parameter_setting;

struct cfn_stack {
    cfn_arena *arena;
    cfn_diagnostics *diagnostics;
    cfn_node *document;
    cfn_stack_options options;
    cfn__parameter_setting *settings, **last_setting;
    const cfn__source *program; /* the C file of the last call */
    const cfn_node *synthesised;
    bool unreadable; /* a stack file was to be read and could not be */
    bool done;
};

/* A section of the document, made when it is missing, at the place where it belongs. */
cfn_node *cfn__section(cfn_stack *stack, cfn_node *document, const char *name);

/* Metadata.Cfngen of the document, or a member of it, made when it is missing. */
cfn_node *cfn__settings_section(cfn_stack *stack, const char *name);

/* For nodes that a line of a C program makes. */
cfn__maker cfn__program_maker(cfn_stack *stack, const char *file, int line);

/* A struct as the mapping of a stack file, by the same table that binds it; NULL for NULL. */
cfn_node *cfn__record_to_node(const cfn__maker *make, const cfn_record *record, const void *props);

/* Puts entries into a map; of one key the last one counts. */
void cfn__put_entries(const cfn__maker *make, cfn_node *map, const cfn_entry *entries,
                      size_t count);

/* Puts a copy of the text, unless it is NULL. */
void cfn__put_text(const cfn__maker *make, cfn_node *map, const char *key, const char *text);

/* What C calls add to a resource: Condition, DependsOn, policies, Metadata. `attributes` may be
 * NULL.
 */
void cfn__put_attributes(const cfn__maker *make, cfn_node *resource,
                         const cfn_attributes *attributes);

#endif
