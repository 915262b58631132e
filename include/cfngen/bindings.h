/* Typed C bindings of resource types: a header for each service, made from the facts about them.
 *
 * The bindings of the services that a migration needs are installed beside this header; `cfngen
 * bindings` makes the others. docs/bindings.md says how a resource type becomes C. */
#ifndef CFNGEN_BINDINGS_H
#define CFNGEN_BINDINGS_H

#include <cfngen/schema.h>

CFN_BEGIN_DECLS

/* The services that the facts know, as "AWS::RDS", in the order of their names and ended by NULL;
 * all in the arena. NULL when memory is out. */
CFN_API const char *const *cfn_bindings_services(cfn_arena *arena, const cfn_schema *schema);

/* The header of a service as it is included: "cfngen/aws/rds.h"; in the arena. */
CFN_API const char *cfn_bindings_path(cfn_arena *arena, const char *service);

/* The text of the header of a service ("AWS::RDS"), in the arena. The same facts give the same
 * bytes. NULL when there is no such service, or memory is out. */
CFN_API const char *cfn_bindings_text(cfn_arena *arena, const cfn_schema *schema,
                                      const char *service, size_t *length);

/* Writes the header of a service under a folder, which is then one for `-I`; what is missing of the
 * folder is made. A file that holds this text already is left alone; another one is replaced
 * whole or not at all. False, and CFN0003 reported, when it cannot be written. */
CFN_API bool cfn_bindings_write(const cfn_schema *schema, cfn_diagnostics *diagnostics,
                                const char *folder, const char *service);

CFN_END_DECLS

#endif
