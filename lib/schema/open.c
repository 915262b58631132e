/* Where facts come from: those embedded in the library, foreign memory, a file. */
#include "base/diagnostics.h"
#include "read/read_file.h"
#include "schema/format.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

enum { MOST_BYTES = 64 * 1024 * 1024 };

/* The assembler copies the file, because C11 cannot. */
__asm__(".pushsection .rodata\n"
        ".balign 64\n"
        "cfn__schema_facts:\n"
        ".incbin \"lib/schema/facts.bin\"\n"
        ".popsection\n");
extern const unsigned char cfn__schema_facts[] __attribute__((visibility("hidden")));

const cfn_schema *cfn_schema_embedded(void)
{
    return (const void *)cfn__schema_facts;
}

const cfn_schema *cfn_schema_open(cfn_diagnostics *diagnostics, const char *name,
                                  const void *memory, size_t size)
{
    return cfn__schema_is_valid(diagnostics, name, memory, size) ? memory : NULL;
}

static bool read_whole(int file, unsigned char *bytes, size_t size)
{
    while (size) {
        ssize_t got = read(file, bytes, size);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return false;
        bytes += got;
        size -= (size_t)got;
    }
    return true;
}

static const cfn_schema *open_file(cfn_arena *arena, cfn_diagnostics *diagnostics, const char *path,
                                   int file)
{
    struct stat status;
    if (fstat(file, &status) != 0 || !S_ISREG(status.st_mode) || status.st_size > MOST_BYTES) {
        cfn__source source = {.file = path};
        cfn__report_at(diagnostics, CFN3001, (cfn__place){.source = &source}, NULL,
                       "this is no file of facts about resource types");
        return NULL;
    }
    size_t size = (size_t)status.st_size;
    unsigned char *bytes = cfn__alloc(arena, size + 1);
    if (!bytes) {
        cfn__report_no_memory(diagnostics);
        return NULL;
    }
    if (read_whole(file, bytes, size))
        return cfn_schema_open(diagnostics, path, bytes, size);
    cfn__report_errno(diagnostics, CFN0002, path, "cannot be read", errno);
    return NULL;
}

const cfn_schema *cfn_schema_open_file(cfn_arena *arena, cfn_diagnostics *diagnostics,
                                       const char *path)
{
    int file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (file < 0) {
        cfn__report_errno(diagnostics, CFN0002, path, "cannot be read", errno);
        return NULL;
    }
    const cfn_schema *schema = open_file(arena, diagnostics, path, file);
    close(file);
    return schema;
}
