/* Parameters of SSM.
 * https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_PutParameter.html */
#include "lambda/parameter.h"

#include "base/arena.h"

#include <stdlib.h>
#include <string.h>

static int64_t version_of(const cfn_node *node)
{
    const char *text = cfn_node_text(node);
    return cfn_node_kind(node) == CFN_KIND_NUMBER ? strtoll(text, NULL, 10) : 0;
}

/* A version of one's own is named behind a colon. */
static const char *read_value(const cfn__caller *caller, const char *name, const char *what,
                              int64_t *version)
{
    cfn__buffer body = {0};
    cfn__add_json_member(&body, "Name", name);
    cfn__buffer_add_char(&body, '}');
    what = cfn__format(caller->arena, "%s cannot be read", what);
    const cfn_node *root = cfn__call(caller, CFN__GET_PARAMETER, "/", &body, what);
    const cfn_node *parameter = cfn_node_get(root, "Parameter");
    const char *value = cfn_node_text(cfn_node_get(parameter, "Value"));
    *version = version_of(cfn_node_get(parameter, "Version"));
    if (root && (!value || *version < 1)) {
        cfn__bad_answer(caller, what);
        return NULL;
    }
    return root ? value : NULL;
}

bool cfn__get_parameter(const cfn__caller *caller, cfn__parameter *p)
{
    p->value = read_value(caller, p->name, p->what, &p->version);
    return p->value != NULL;
}

/* From the newest version before one's own to the oldest one. */
static bool look_between(const cfn__caller *caller, const cfn__parameter *p, int64_t before,
                         cfn__judge judge, const void *context, bool *lost)
{
    cfn__between means = CFN__OURS;
    for (int64_t v = p->version - 1; v > before && means == CFN__OURS; v--) {
        int64_t any;
        const char *name = cfn__format(caller->arena, "%s:%lld", p->name, (long long)v);
        const char *value = read_value(caller, name, p->what, &any);
        if (!value)
            return false;
        means = judge(context, value);
    }
    *lost |= means == CFN__OTHERS;
    return true;
}

bool cfn__put_parameter(const cfn__caller *caller, cfn__parameter *p, const char *value,
                        cfn__judge judge, const void *context, bool *lost)
{
    cfn__buffer body = {0};
    cfn__add_json_member(&body, "Name", p->name);
    cfn__add_json_member(&body, "Value", value);
    cfn__buffer_add_text(&body, ",\"Type\":\"String\",\"Overwrite\":true}");
    const char *what = cfn__format(caller->arena, "%s cannot be written", p->what);
    const cfn_node *root = cfn__call(caller, CFN__PUT_PARAMETER, "/", &body, what);
    int64_t before = p->version, version = version_of(cfn_node_get(root, "Version"));
    *lost = false;
    if (!root)
        return false;
    if (version <= 0)
        return cfn__bad_answer(caller, what);
    p->version = version;
    p->value = value;
    *lost = version <= before;
    return !judge || look_between(caller, p, before, judge, context, lost);
}
