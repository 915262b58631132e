/* What is secret is compared, but not shown: a diff ends up in logs and comments. */
#include "base/text.h"
#include "diff/diff.h"

#include <string.h>

static const cfn_node hidden = {.kind = CFN_KIND_STRING, .text = "****", .length = 4};

/* Properties that take a secret, of whichever type. */
static const char *const secrets[] = {
    "AccessToken",        "AuthToken",    "ClientSecret", "MasterPassword",
    "MasterUserPassword", "OAuthToken",   "Password",     "PrivateKey",
    "SecretAccessKey",    "SecretString", "TokenKey",
};

static bool is_secret(const char *key)
{
    for (size_t i = 0; i < sizeof secrets / sizeof *secrets; i++)
        if (strcmp(secrets[i], key) == 0)
            return true;
    return false;
}

/* A dynamic reference and a function only say where it is. */
const cfn_node *cfn__without_secret(const cfn_node *value, const cfn_diff_step *last)
{
    bool hides = cfn__is_string(value) && *value->text && last && last->key &&
                 is_secret(last->key) && !cfn__starts_with(value->text, "{{resolve:");
    return hides ? &hidden : value;
}

/* --- parameters that must not be echoed --- */

static const cfn_node *without_default(cfn_arena *arena, const cfn_node *parameter)
{
    cfn_node *copy = cfn__is_map(parameter) ? cfn__copy(arena, parameter) : NULL;
    if (!cfn__get(copy, "Default"))
        return parameter;
    cfn__become(cfn__get(copy, "Default"), &hidden);
    return copy;
}

static const cfn_node *shown_of_parameter(cfn_arena *arena, const cfn_diff_change *change,
                                          const cfn_node *value)
{
    if (!change->step_count)
        return without_default(arena, value);
    return value && cfn__step_is(change, 0, "Default") ? &hidden : value;
}

void cfn__hide_default(cfn_template_diff *diff, cfn_diff_change *changes, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        cfn_diff_change *change = &changes[i];
        change->old_value = shown_of_parameter(diff->arena, change, change->old_value);
        change->new_value = shown_of_parameter(diff->arena, change, change->new_value);
    }
}
