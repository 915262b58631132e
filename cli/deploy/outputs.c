/* Flattens outputs and writes them as a file. */
#include "outputs.h"

#include "../output.h"

#include <cfngen/write.h>
#include <errno.h>
#include <string.h>
#include <sys/stat.h>

/* Only the folder of the path that nobody has given. */
static bool make_folder(const char *path)
{
    static const char folder[] = "cfn-outputs";
    if (strcmp(path, OUTPUTS_FILE) != 0 || mkdir(folder, 0777) == 0 || errno == EEXIST)
        return true;
    trouble("the folder %s cannot be made: %s", folder, strerror(errno));
    return false;
}

static bool write_flat(cfn_arena *arena, cfn_diagnostics *diagnostics, const cfn_node *flat,
                       const outputs_request *request)
{
    size_t length = 0;
    const char *text = request->shell ? cfn_outputs_shell(arena, diagnostics, flat, &length)
                                      : cfn_write_text(arena, flat, NULL, &length);
    return text && make_folder(request->path) &&
           cfn_write_file(diagnostics, request->path, text, length);
}

static bool flatten(cfn_arena *arena, cfn_diagnostics *diagnostics, const cfn_node *const *answers,
                    size_t count, const outputs_request *request)
{
    cfn_node *flat = cfn_outputs_flatten(arena, diagnostics, answers, count, &request->options);
    return flat &&
           (!request->expected || cfn_outputs_expect(flat, request->expected, diagnostics)) &&
           write_flat(arena, diagnostics, flat, request);
}

int write_outputs(const cfn_node *const *answers, size_t count, const outputs_request *request)
{
    cfn_arena *arena = cfn_arena_new();
    cfn_diagnostics *diagnostics = cfn_diagnostics_new();
    bool written = arena && diagnostics && flatten(arena, diagnostics, answers, count, request);
    int status = diagnostics ? diagnostics_status(diagnostics, false) : STATUS_TROUBLE;
    if (diagnostics)
        print_diagnostics(stderr, diagnostics, false);
    if (!written && status == STATUS_CLEAN)
        status = STATUS_TROUBLE;
    cfn_diagnostics_free(diagnostics);
    cfn_arena_free(arena);
    return status;
}
