/* Advice about outputs that other stacks may import.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-stack-exports.html */
#include "diff/diff.h"

static const cfn_node *export_of(const cfn_node *output)
{
    return cfn__get(cfn__get(output, "Export"), "Name");
}

static bool changes_what_is_exported(const cfn_diff_entry *output)
{
    for (size_t i = 0; i < output->change_count; i++)
        if (!output->changes[i].step_count || cfn__step_is(&output->changes[i], 0, "Export") ||
            cfn__step_is(&output->changes[i], 0, "Value"))
            return true;
    return false;
}

void cfn__advise_of_exports(cfn_template_diff *diff)
{
    for (size_t i = 0; i < diff->entry_list.count; i++) {
        const cfn_diff_entry *entry = &diff->entries[i];
        if (entry->section != CFN_SECTION_OUTPUTS || entry->kind == CFN_DIFF_ADDED ||
            !export_of(entry->old_node) || !changes_what_is_exported(entry))
            continue;
        cfn__diff_advise(
            diff, CFN6014, entry->id, "",
            "the output %s is exported: while another stack imports it, CloudFormation "
            "refuses to %s it",
            entry->id, entry->kind == CFN_DIFF_REMOVED ? "remove" : "change");
    }
}
