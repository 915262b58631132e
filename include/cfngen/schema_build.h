/* Building facts about resource types (<cfngen/schema.h>) from provider schemas.
 *
 * The same inputs give the same bytes. docs/schema.md describes the inputs. */
#ifndef CFNGEN_SCHEMA_BUILD_H
#define CFNGEN_SCHEMA_BUILD_H

#include <cfngen/diagnostic.h>

CFN_BEGIN_DECLS

typedef struct cfn_schema_builder cfn_schema_builder;

/* A new builder that reports to the diagnostics; NULL when memory is out. Free it with
 * cfn_schema_builder_free. */
CFN_API cfn_schema_builder *cfn_schema_builder_new(cfn_diagnostics *diagnostics);
CFN_API void cfn_schema_builder_free(cfn_schema_builder *builder);

/* Adds a file by its name (without folders): one of the tables that docs/schema.md lists, or, when
 * it ends in .json, a provider schema as AWS publishes it. `region` is where that one is from, NULL
 * when that is not known. The text is copied. False when the name means nothing to the builder. */
CFN_API bool cfn_schema_builder_add(cfn_schema_builder *builder, const char *region,
                                    const char *name, const char *text, size_t length);

/* Adds to where the facts come from: "source" or "date" with a text. */
CFN_API void cfn_schema_builder_origin(cfn_schema_builder *builder, const char *name,
                                       const char *text);

/* Makes the block of facts; it lives in the builder. NULL when the builder has reported an
 * error. To be called once, at the end. */
CFN_API const void *cfn_schema_builder_finish(cfn_schema_builder *builder, size_t *size);

CFN_END_DECLS

#endif
