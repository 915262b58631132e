/* JSON inside of a text, as in the settings of a DMS task or the body of a dashboard. */
#include "diff/diff.h"
#include "read/quiet.h"

#include <string.h>

/* The reader takes a mapping alone: the text becomes its only member. */
const cfn_node *cfn__read_json_text(cfn_template_diff *diff, const char *text)
{
    text += strspn(text, " \t\r\n");
    if (*text != '{' && *text != '[')
        return NULL;
    cfn__buffer whole = {0};
    cfn__buffer_add_text(&whole, "{\"\":");
    cfn__buffer_add_text(&whole, text);
    cfn__buffer_add_char(&whole, '}');
    const cfn_node *root = NULL;
    if (whole.failed)
        cfn__arena_fail(diff->arena);
    else
        root = cfn__read_quietly(diff->arena, whole.text, whole.length);
    cfn__buffer_free(&whole);
    return root && root->size == 1 ? root->first : NULL;
}
