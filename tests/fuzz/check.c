/* Templates against facts: whatever they hold, checking them ends, and says what is wrong. */
#include "check_checks.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    check_a_check((const char *)data, size);
    return 0;
}
