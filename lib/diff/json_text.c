/* JSON inside of a text, as in the settings of a DMS task or the body of a dashboard. */
#include "diff/diff.h"

#include <cfngen/read.h>

#include <string.h>

/* Memory that is out does not make a text another one. */
static void pass_on_failure(cfn_template_diff *diff, cfn_diagnostics *unheard)
{
    for (size_t i = 0; unheard && i < cfn_diagnostics_size(unheard); i++)
        if (cfn_diagnostics_at(unheard, i)->id == CFN0001)
            cfn__arena_fail(diff->arena);
    if (!unheard)
        cfn__arena_fail(diff->arena);
}

/* The reader takes a mapping alone: the text becomes its only member. */
const cfn_node *cfn__read_json_text(cfn_template_diff *diff, const char *text)
{
    static const char before[] = "{\"\":";
    text += strspn(text, " \t\r\n");
    if (*text != '{' && *text != '[')
        return NULL;
    cfn__buffer whole = {0};
    cfn_diagnostics *unheard = cfn_diagnostics_new();
    cfn__buffer_add_text(&whole, before);
    cfn__buffer_add_text(&whole, text);
    cfn__buffer_add_char(&whole, '}');
    const cfn_node *root = NULL;
    if (whole.failed)
        cfn__arena_fail(diff->arena);
    else if (unheard)
        root =
            cfn_read_text(diff->arena, unheard, "text", whole.text, whole.length, CFN_FORMAT_JSON);
    if (!root)
        pass_on_failure(diff, unheard);
    cfn_diagnostics_free(unheard);
    cfn__buffer_free(&whole);
    return root && root->size == 1 ? root->first : NULL;
}
