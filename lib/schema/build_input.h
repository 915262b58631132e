/* The files that the builder takes. */
#ifndef CFN_SCHEMA_BUILD_INPUT_H
#define CFN_SCHEMA_BUILD_INPUT_H

#include "schema/build.h"

/* Gives the variants of resource-schemas.jsonl the regions that regions.json has for them. */
void cfn__assign_lines(cfn_schema_builder *builder);

#endif
