/* The YAML reader, with and without memory. */
#include "checks.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    check_yaml((const char *)data, size);
    return 0;
}
