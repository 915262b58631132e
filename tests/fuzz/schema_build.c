/* Provider schemas: whatever they hold, building ends well, and what was built can be opened. */
#include "checks.h"

#include <cfngen/schema.h>
#include <cfngen/schema_build.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    cfn_diagnostics *diagnostics = cfn_diagnostics_new();
    cfn_schema_builder *builder = cfn_schema_builder_new(diagnostics);
    size_t length = 0;
    cfn_schema_builder_add(builder, NULL, "a.json", (const char *)data, size);
    const void *facts = cfn_schema_builder_finish(builder, &length);
    must((facts != NULL) == (cfn_diagnostics_count(diagnostics, CFN_ERROR) == 0), "else an error");
    if (facts) {
        const cfn_schema *s = cfn_schema_open(diagnostics, "facts", facts, length);
        must(s != NULL, "what was built can be opened");
        must(cfn_schema_type_count(s) == 1, "it holds the type");
        cfn_schema_place place = cfn_schema_place_of(s, cfn_schema_type_at(s, 0));
        cfn_schema_follow(s, &place, "P.*.Q");
    }
    cfn_schema_builder_free(builder);
    cfn_diagnostics_free(diagnostics);
    return 0;
}
