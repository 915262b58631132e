/* What is secret is compared, but not shown: a diff ends up in logs and comments. */
#include "base/text.h"
#include "diff/diff.h"
#include "template/intrinsic.h"

#include <string.h>
#include <strings.h>

static const cfn_node hidden = {.kind = CFN_KIND_STRING, .text = "****", .length = 4};

/* Keys of what is secret, of whichever type; and all that end in Password. */
static const char *const secrets[] = {
    "AccessToken",     "AuthToken",    "ClientSecret", "OAuthToken", "PrivateKey",
    "SecretAccessKey", "SecretString", "TokenKey",     NULL,
};

static bool is_secret(const char *key)
{
    static const char password[] = "password";
    size_t length = key ? strlen(key) : 0, tail = sizeof password - 1;
    const char *const *s = secrets;
    while (length && *s && strcmp(*s, key) != 0)
        s++;
    return length && (*s || (length >= tail && strcasecmp(key + length - tail, password) == 0));
}

/* A reference only says where the secret is. */
static bool is_reference(const cfn_node *value)
{
    const char *first = cfn_node_text(value);
    switch (cfn__function_of(value)) {
    case CFN__FN_REF:
    case CFN__FN_CONDITION:
    case CFN__FN_GET_ATT:
    case CFN__FN_FIND_IN_MAP:
    case CFN__FN_IMPORT_VALUE:
    case CFN__FN_GET_STACK_OUTPUT:
        return true;
    case CFN__FN_JOIN: /* of a separator and what is joined */
        first = cfn_node_text(cfn_node_first(cfn_node_next(cfn_node_first(value->first))));
        break;
    default:
        break;
    }
    const char *close = first && cfn__starts_with(first, "${") ? strchr(first, '}') : NULL;
    return first && (cfn__starts_with(first, "{{resolve:") || (close && !close[1]));
}

static bool names_condition(const cfn_node *item)
{
    const cfn_node *list = item->parent;
    return cfn__is_list(list) && item == list->first && list->parent &&
           cfn__function_of(list->parent) == CFN__FN_IF;
}

/* `secret`: it is below the key of something secret. */
static bool is_hidden(const cfn_node *value, bool secret)
{
    cfn_kind kind = cfn_node_kind(value);
    return secret && (kind == CFN_KIND_STRING || kind == CFN_KIND_NUMBER) && *value->text;
}

static bool is_shown(const cfn_node *value)
{
    return is_reference(value) || names_condition(value);
}

static bool holds_secret(const cfn_node *value, bool secret)
{
    bool found = is_hidden(value, secret);
    if (is_shown(value))
        return false;
    for (const cfn_node *n = cfn_node_first(value); n && !found; n = n->next)
        found = holds_secret(n, secret || is_secret(n->key));
    return found;
}

static void hide(cfn_node *value, bool secret)
{
    if (is_shown(value))
        return;
    for (cfn_node *n = value->kind >= CFN_KIND_LIST ? value->first : NULL; n; n = n->next)
        hide(n, secret || is_secret(n->key));
    if (is_hidden(value, secret))
        cfn__become(value, &hidden);
}

static const cfn_node *without_secret(cfn_arena *arena, const cfn_node *value, bool secret)
{
    if (!value || !holds_secret(value, secret))
        return value;
    cfn_node *copy = value->kind >= CFN_KIND_LIST ? cfn__copy(arena, value) : NULL;
    if (copy)
        hide(copy, secret);
    return copy ? copy : &hidden;
}

static void hide_in_change(const cfn_template_diff *diff, cfn_diff_change *change)
{
    bool secret = false, same = change->old_value == change->new_value;
    for (size_t i = 0; i < change->step_count && !secret; i++)
        secret = is_secret(change->steps[i].key);
    change->old_value = without_secret(diff->arena, change->old_value, secret);
    change->new_value =
        same ? change->old_value : without_secret(diff->arena, change->new_value, secret);
}

void cfn__hide_secrets(cfn_template_diff *diff)
{
    for (size_t i = 0; i < diff->entry_list.count; i++)
        for (size_t j = 0; j < diff->entries[i].change_count; j++)
            hide_in_change(diff, (cfn_diff_change *)&diff->entries[i].changes[j]);
}

/* --- parameters that must not be echoed --- */

/* Members of a parameter that tell what it may be. */
static const char *const tellers[] = {"Default", "AllowedValues"};
enum { TELLER_COUNT = sizeof tellers / sizeof *tellers };

static const cfn_node *without_values(cfn_arena *arena, const cfn_node *parameter)
{
    cfn_node *copy = cfn__is_map(parameter) ? cfn__copy(arena, parameter) : NULL;
    for (size_t i = 0; i < TELLER_COUNT; i++)
        if (cfn__get(copy, tellers[i]))
            cfn__become(cfn__get(copy, tellers[i]), &hidden);
    return copy ? copy : parameter;
}

static const cfn_node *shown_of_parameter(cfn_arena *arena, const cfn_diff_change *change,
                                          const cfn_node *value)
{
    bool tells = false;
    for (size_t i = 0; i < TELLER_COUNT; i++)
        tells = tells || (change->step_count && cfn__step_is(change, 0, tellers[i]));
    if (!change->step_count)
        return without_values(arena, value);
    return value && tells ? &hidden : value;
}

void cfn__hide_values(cfn_template_diff *diff, cfn_diff_change *changes, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        cfn_diff_change *change = &changes[i];
        change->old_value = shown_of_parameter(diff->arena, change, change->old_value);
        change->new_value = shown_of_parameter(diff->arena, change, change->new_value);
    }
}
