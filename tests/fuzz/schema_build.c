/* Provider schemas and tables: whatever they hold, building ends well, and what was built can be
 * opened. */
#include "schema_checks.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    check_build((const char *)data, size);
    return 0;
}
