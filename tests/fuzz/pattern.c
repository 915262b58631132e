/* Patterns of assertions: never a crash, never a pass by mistake. */
#include "assertion_checks.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    check_a_pattern((const char *)data, size);
    return 0;
}
