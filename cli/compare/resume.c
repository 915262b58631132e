/* --resume: the work that is left is kept in a file while a comparison runs, and taken up from
 * there. */
#include "compare.h"

#include <cfngen/read.h>
#include <cfngen/write.h>
#include <errno.h>
#include <string.h>
#include <unistd.h>

/* A file that cannot be written does not end the comparison; it is said once. */
static bool write_work(comparison *c, const cfn_compare_work *left)
{
    static const cfn_write_options on_one_line = {.minify = true};
    cfn_arena *arena = cfn_arena_new();
    cfn_diagnostics *diagnostics = cfn_diagnostics_new();
    size_t length = 0;
    const cfn_node *node = arena && diagnostics ? cfn_compare_work_node(arena, left) : NULL;
    const char *text = node ? cfn_write_text(arena, node, &on_one_line, &length) : NULL;
    bool written = text && cfn_write_file(diagnostics, c->resume, text, length);
    if (!text)
        out_of_memory();
    else if (!written && !c->resume_failed)
        print_diagnostics(stderr, diagnostics, false);
    c->resume_failed = !written;
    cfn_arena_free(arena);
    cfn_diagnostics_free(diagnostics);
    return written;
}

static void save(void *context, const cfn_compare_work *left)
{
    write_work(context, left);
}

int begin_resuming(const cli_arguments *arguments, comparison *c)
{
    c->resume = option_value(arguments, "resume");
    if (!c->resume)
        return STATUS_CLEAN;
    c->options.save = save;
    c->options.context = c;
    if (access(c->resume, F_OK) != 0 && errno == ENOENT)
        return STATUS_CLEAN;
    const cfn_node *root = cfn_read_file(c->arena, c->diagnostics, c->resume, CFN_FORMAT_JSON);
    if (root)
        c->options.work = cfn_compare_work_read(c->arena, c->diagnostics, root);
    if (c->options.work)
        return STATUS_CLEAN;
    print_diagnostics(stderr, c->diagnostics, false);
    return STATUS_TROUBLE;
}

int keep_work(comparison *c)
{
    if (!c->resume || !c->report)
        return STATUS_CLEAN;
    return write_work(c, c->report->left) ? STATUS_CLEAN : STATUS_TROUBLE;
}

int end_resuming(comparison *c)
{
    if (!c->resume || !c->report || !cfn_compare_work_is_done(c->report->left))
        return STATUS_CLEAN;
    if (unlink(c->resume) == 0 || errno == ENOENT)
        return STATUS_CLEAN;
    return trouble("%s cannot be deleted: %s", c->resume, strerror(errno));
}
