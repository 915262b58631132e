/* Reading a text that may or may not be a document. */
#include "read/quiet.h"

#include "base/arena.h"

static bool is_out_of_memory(cfn_diagnostics *unheard)
{
    for (size_t i = 0; i < cfn_diagnostics_size(unheard); i++)
        if (cfn_diagnostics_at(unheard, i)->id == CFN0001)
            return true;
    return false;
}

const cfn_node *cfn__read_quietly(cfn_arena *arena, const char *text, size_t length)
{
    cfn_diagnostics *unheard = cfn_diagnostics_new();
    const cfn_node *root =
        unheard ? cfn_read_text(arena, unheard, "text", text, length, CFN_FORMAT_JSON) : NULL;
    if (!unheard || (!root && is_out_of_memory(unheard)))
        cfn__arena_fail(arena);
    cfn_diagnostics_free(unheard);
    return root;
}
