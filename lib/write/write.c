/* Nodes to text: choosing the format, and keeping the text in the arena. */
#include "write/write.h"

const char *cfn_write_text(cfn_arena *arena, const cfn_node *root, const cfn_write_options *options,
                           size_t *length)
{
    cfn_write_options chosen = options ? *options : (cfn_write_options){0};
    cfn__buffer buffer = {0};
    if (chosen.format == CFN_FORMAT_YAML)
        cfn__write_yaml(&buffer, root);
    else
        cfn__write_json(&buffer, root, chosen.minify);
    const char *text = buffer.failed ? NULL : cfn__strndup(arena, buffer.text, buffer.length);
    if (length)
        *length = buffer.length;
    cfn__buffer_free(&buffer);
    return cfn_arena_failed(arena) ? NULL : text;
}
