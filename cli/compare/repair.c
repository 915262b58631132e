/* --repair-sql: keeps the SQL that would make the target equal, and writes it as a file that only
 * its owner may read, for it holds data. */
#include "compare.h"

#include <cfngen/write.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

static void keep(void *context, const char *sql, size_t length)
{
    comparison *c = context;
    fwrite(sql, 1, length, c->repair_stream);
}

int begin_repair(const cli_arguments *arguments, comparison *c)
{
    c->repair = option_value(arguments, "repair-sql");
    if (!c->repair)
        return STATUS_CLEAN;
    c->repair_stream = open_memstream(&c->repair_text, &c->repair_length);
    if (!c->repair_stream)
        return out_of_memory();
    c->options.repair = keep;
    c->options.context = c;
    return STATUS_CLEAN;
}

int write_repair(comparison *c)
{
    if (!c->repair || !c->report)
        return STATUS_CLEAN;
    bool failed = ferror(c->repair_stream) != 0;
    failed = fclose(c->repair_stream) != 0 || failed;
    c->repair_stream = NULL;
    if (failed)
        return out_of_memory();
    /* An existing file keeps its permissions, so that it is made with those that it should have. */
    int file = open(c->repair, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR);
    if (file >= 0)
        close(file);
    if (cfn_write_file(c->diagnostics, c->repair, c->repair_text, c->repair_length))
        return STATUS_CLEAN;
    print_diagnostics(stderr, c->diagnostics, false);
    return STATUS_TROUBLE;
}

void free_repair(comparison *c)
{
    if (c->repair_stream)
        fclose(c->repair_stream);
    free(c->repair_text);
}
