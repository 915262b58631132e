/* The lines of SHOW GRANTS: whatever they hold, a login with all privileges has each of them, and
 * one without lines has none. */
#include "checks.h"

#include "preflight/preflight.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char all[] = "\nGRANT ALL PRIVILEGES ON *.* TO `me`@`%`";
    static const char *const schemas[] = {NULL, "", "shop", "sh_p%",
                                          "aaaaaaaaaaaaaaaaaaaaaaaaaaaa"};
    char *lines = malloc(size + sizeof all);
    if (!lines)
        return 0;
    for (size_t i = 0; i < sizeof schemas / sizeof *schemas; i++) {
        memcpy(lines, data, size);
        lines[size] = '\0';
        cfn__held held = cfn__is_granted(lines, "REPLICATION CLIENT", schemas[i]);
        if (held != CFN__HELD_YES)
            must(cfn__is_granted(lines, "REPLICATION CLIENT", NULL) != CFN__HELD_YES,
                 "what is held everywhere is held for a schema");
        size_t length = strlen(lines);
        memcpy(lines + length, all, sizeof all);
        must(cfn__is_granted(lines, "REPLICATION CLIENT", schemas[i]) == CFN__HELD_YES,
             "all privileges hold each of them");
    }
    free(lines);
    return 0;
}
