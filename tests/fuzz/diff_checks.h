/* What must hold when two templates are compared. The fuzz target and the replay of its finds share
 * these checks; one that does not hold aborts. */
#ifndef CFN_TESTS_FUZZ_DIFF_CHECKS_H
#define CFN_TESTS_FUZZ_DIFF_CHECKS_H

#include "checks.h"

#include <cfngen/diff.h>

CHECK void check_change(const cfn_diff_entry *entry, const cfn_diff_change *change)
{
    must(!change->old_value == (change->kind == CFN_DIFF_ADDED), "what is new has no old value");
    must(!change->new_value == (change->kind == CFN_DIFF_REMOVED), "what is gone has no new one");
    must(change->impact <= entry->impact || entry->section != CFN_SECTION_RESOURCES,
         "the impact of an entry is the largest of its changes");
    must(change->path && change->note, "a change has its texts");
}

CHECK void check_entries(const cfn_template_diff *diff)
{
    const cfn_diff_entry *entry;
    for (size_t i = 0; (entry = cfn_template_diff_entry_at(diff, i)); i++) {
        must(entry->change_count > 0, "an entry has changes");
        must(cfn_template_diff_entry(diff, entry->section, entry->id) == entry,
             "an entry is found by its id");
        must((entry->fate == CFN_FATE_STAYS) == (entry->impact < CFN_IMPACT_MAY_REPLACE),
             "what is replaced or removed has a fate");
        for (size_t c = 0; c < entry->change_count; c++)
            check_change(entry, &entry->changes[c]);
    }
}

/* Rendered twice it is the same, and JSON is JSON. */
CHECK void check_forms(cfn_template_diff *diff)
{
    for (cfn_diff_format form = CFN_DIFF_TEXT; form <= CFN_DIFF_MARKDOWN; form++)
        for (cfn_diff_part part = CFN_DIFF_ALL; part <= CFN_DIFF_REPLACEMENTS; part++) {
            cfn_diff_render_options options = {form, part, part == CFN_DIFF_ALL, 1};
            size_t length = 0, again = 0;
            const char *text = cfn_template_diff_render(diff, &options, &length);
            const char *second = cfn_template_diff_render(diff, &options, &again);
            must(text && second && length == again && memcmp(text, second, length) == 0,
                 "what is rendered twice is the same");
            must(length && text[length - 1] == '\n', "it ends with a newline");
            if (form != CFN_DIFF_JSON)
                continue;
            reading r = read_input(text, length, CFN_FORMAT_JSON, 0);
            must(r.root || is_found(&r, CFN0009) || is_found(&r, CFN0012),
                 "the JSON form can be read");
            forget(&r);
        }
}

CHECK bool differ(const cfn_node *old, const cfn_node *new)
{
    cfn_diagnostics *diagnostics = cfn_diagnostics_new();
    cfn_template_diff *diff = cfn_template_diff_new(old, new, NULL, diagnostics);
    must(diff != NULL, "there is a diff");
    check_entries(diff);
    check_forms(diff);
    bool empty = cfn_template_diff_is_empty(diff, CFN_DIFF_ALL);
    must(old != new || empty, "nothing differs from itself");
    cfn_template_diff_free(diff);
    cfn_diagnostics_free(diagnostics);
    return !empty;
}

CHECK void compare_with_little_memory(const cfn_node *old, const cfn_node *new, size_t limit)
{
    cfn_diagnostics *diagnostics = cfn_diagnostics_new();
    cfn_template_diff *diff =
        cfn_template_diff_new(old, new, &(cfn_diff_options){.most_bytes = limit}, diagnostics);
    bool told = false;
    for (size_t i = 0; i < cfn_diagnostics_size(diagnostics); i++)
        told = told || cfn_diagnostics_at(diagnostics, i)->id == CFN0001;
    must(told == !diff, "memory that is out is reported");
    cfn_template_diff_free(diff);
    cfn_diagnostics_free(diagnostics);
}

/* The two are parted by a line of equals signs. */
CHECK void check_a_diff(const char *text, size_t length)
{
    static const char line[] = "\n===\n";
    size_t cut = 0;
    while (cut + sizeof line - 1 < length && memcmp(text + cut, line, sizeof line - 1) != 0)
        cut++;
    size_t rest = cut + sizeof line - 1 < length ? cut + sizeof line - 1 : length;
    reading old = read_input(text, rest == length ? length : cut, CFN_FORMAT_YAML, 0);
    reading new = read_input(text + rest, length - rest, CFN_FORMAT_YAML, 0);
    if (old.root) {
        differ(old.root, old.root);
        differ(NULL, old.root);
    }
    if (old.root && new.root) {
        bool there = differ(old.root, new.root), back = differ(new.root, old.root);
        must(there == back, "what differs one way differs the other way");
        compare_with_little_memory(old.root, new.root, 1 + cfn__hash(text, length) % 30000);
    }
    forget(&old);
    forget(&new);
}

#endif
