/* Patterns of CloudWatch Logs: never a crash, the fault inside of the text. */
#include "check/filter_pattern.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *text = malloc(size + 1);
    if (!text)
        return 0;
    memcpy(text, data, size);
    text[size] = 0;
    cfn__filter_pattern pattern = cfn__filter_pattern_read(text);
    if (pattern.at > strlen(text) || !pattern.fault != !pattern.hint)
        abort();
    if (pattern.kind == CFN__FILTER_COLUMNS && !pattern.fault)
        cfn__filter_pattern_has_column(text, "level");
    free(text);
    return 0;
}
