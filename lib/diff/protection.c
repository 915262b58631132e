/* Advice about what is lost, and about what keeps it from being lost. */
#include "diff/diff.h"

#include <string.h>

static void advise_of_loss(cfn_template_diff *diff, const cfn_diff_entry *entry)
{
    bool removed = entry->impact == CFN_IMPACT_DESTROY;
    const char *verb = removed                               ? "is removed"
                       : entry->impact == CFN_IMPACT_REPLACE ? "is replaced"
                                                             : "may be replaced";
    const char *help = removed ? "DeletionPolicy: Retain keeps it, deployed before"
                               : "UpdateReplacePolicy: Retain keeps the old one";
    if (*entry->loss)
        cfn__diff_advise(diff, CFN6010, entry->id, "", "%s %s; lost with it: %s (%s)", entry->id,
                         verb, entry->loss, help);
}

static void advise_of_condition(cfn_template_diff *diff, const cfn_diff_entry *entry)
{
    for (size_t i = 0; entry->holds_data && i < entry->change_count; i++)
        if (cfn__step_is(&entry->changes[i], 0, "Condition"))
            cfn__diff_advise(diff, CFN6015, entry->id, "Condition",
                             "a condition decides whether %s is there, and it changes: where it "
                             "does not hold, the resource and what is in it are removed",
                             entry->id);
}

/* Attributes and properties that protect a resource, and the values that do. */
static const struct {
    const char *attribute, *property; /* property: NULL for the attribute itself */
    const char *protecting[4];
} protections[] = {
    {"DeletionPolicy", NULL, {"Retain", "RetainExceptOnCreate", "Snapshot", NULL}},
    {"UpdateReplacePolicy", NULL, {"Retain", "Snapshot", NULL}},
    {"Properties", "DeletionProtection", {"true", "ACTIVE", NULL}},
    {"Properties", "DeletionProtectionEnabled", {"true", NULL}},
    {"Properties", "DisableApiTermination", {"true", NULL}},
};

static const cfn_node *protection_in(const cfn_node *resource, size_t i)
{
    const cfn_node *attribute = cfn__get(resource, protections[i].attribute);
    return protections[i].property ? cfn__get(attribute, protections[i].property) : attribute;
}

static bool protects(const cfn_node *value, size_t i)
{
    const char *text = cfn_node_text(value);
    for (const char *const *p = protections[i].protecting; text && *p; p++)
        if (strcmp(*p, text) == 0)
            return true;
    return false;
}

static void advise_of_protection(cfn_template_diff *diff, const cfn_diff_entry *entry)
{
    for (size_t i = 0; i < sizeof protections / sizeof *protections; i++) {
        const cfn_node *now = protection_in(entry->new_node, i);
        if (!protects(protection_in(entry->old_node, i), i) || protects(now, i) ||
            (now && !now->text))
            continue;
        const char *name =
            protections[i].property ? protections[i].property : protections[i].attribute;
        cfn__diff_advise(diff, CFN6016, entry->id, name,
                         "%s does not protect %s any more: it was %s, and is %s", name, entry->id,
                         cfn_node_text(protection_in(entry->old_node, i)),
                         now ? now->text : "not there");
    }
}

void cfn__advise_of_protection(cfn_template_diff *diff)
{
    for (size_t i = 0; i < diff->entry_list.count; i++) {
        const cfn_diff_entry *entry = &diff->entries[i];
        if (entry->section != CFN_SECTION_RESOURCES)
            continue;
        advise_of_loss(diff, entry);
        if (entry->kind != CFN_DIFF_CHANGED)
            continue;
        advise_of_condition(diff, entry);
        advise_of_protection(diff, entry);
    }
}
