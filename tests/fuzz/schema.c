/* Foreign facts: whatever a block holds, opening it ends well, and what was opened can be used. */
#include "schema_checks.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    check_facts((const char *)data, size);
    return 0;
}
