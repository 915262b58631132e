/* What advisers on AWS's services ask of the templates. */
#include "diff/advice.h"

#include <string.h>

const char *cfn__known_text(const cfn_template *tpl, const cfn_node *value)
{
    if (cfn__function_of(value) == CFN__FN_REF && value->first->text) {
        const cfn_node *parameter =
            cfn_template_get(tpl, CFN_SECTION_PARAMETERS, value->first->text);
        value = cfn_node_get(parameter, "Default");
    }
    return cfn_node_text(value);
}

static const char *text_in(const cfn_template *tpl, const cfn_node *value, const char *without)
{
    return value && !cfn__is_no_value(value) ? cfn__known_text(tpl, value) : without;
}

const char *cfn__old_text(const cfn_template_diff *diff, const cfn_diff_entry *entry,
                          const char *property, const char *without)
{
    return text_in(diff->old_tpl, cfn__old_property(entry, property), without);
}

const char *cfn__new_text(const cfn_template_diff *diff, const cfn_diff_entry *entry,
                          const char *property, const char *without)
{
    return text_in(diff->new_tpl, cfn__new_property(entry, property), without);
}

bool cfn__is_kept(const cfn_diff_entry *entry, const char *type)
{
    return entry->section == CFN_SECTION_RESOURCES && entry->kind == CFN_DIFF_CHANGED &&
           strcmp(entry->type, type) == 0 && strcmp(entry->old_type, type) == 0;
}

static bool is_one_of(const char *type, const char *const *types)
{
    while (*types && strcmp(*types, type) != 0)
        types++;
    return *types != NULL;
}

static bool refers_to(const cfn_resource *resource, const char *id)
{
    for (size_t i = 0; i < resource->reference_count; i++)
        if (resource->references[i].kind <= CFN_REFERENCE_SUB &&
            strcmp(resource->references[i].target, id) == 0)
            return true;
    return false;
}

const char *cfn__users_of(const cfn_template_diff *diff, const char *id, const char *const *types)
{
    const char *users = NULL;
    for (size_t i = 0; i < cfn_template_resource_count(diff->new_tpl); i++) {
        const cfn_resource *resource = cfn_template_resource_at(diff->new_tpl, i);
        if (is_one_of(resource->type, types) && refers_to(resource, id))
            users = cfn__format(diff->arena, "%s%s%s", users ? users : "", users ? ", " : "",
                                resource->id);
    }
    return users;
}
