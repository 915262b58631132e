/* Pairs of templates: whatever they hold, comparing them ends, and what it says can be shown. */
#include "diff_checks.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    check_a_diff((const char *)data, size);
    return 0;
}
