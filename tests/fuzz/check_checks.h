/* What must hold when a template is checked against facts. The fuzz target and the replay of its
 * finds share these checks; one that does not hold aborts. */
#ifndef CFN_TESTS_FUZZ_CHECK_CHECKS_H
#define CFN_TESTS_FUZZ_CHECK_CHECKS_H

#include "checks.h"

#include <cfngen/check.h>

#include "../support/small_facts.h"

CHECK bool is_out_of_memory(cfn_diagnostics *diagnostics)
{
    for (size_t i = 0; i < cfn_diagnostics_size(diagnostics); i++)
        if (cfn_diagnostics_at(diagnostics, i)->id == CFN0001)
            return true;
    return false;
}

/* Each problem says where and what it is. */
CHECK void check_messages(cfn_diagnostics *diagnostics)
{
    for (size_t i = 0; i < cfn_diagnostics_size(diagnostics); i++) {
        const cfn_diagnostic *d = cfn_diagnostics_at(diagnostics, i);
        must(*d->message, "a problem is told");
        must(d->id == CFN0001 || d->mark.line, "a problem has a place");
    }
    must(cfn_diagnostics_text(diagnostics, false) != NULL, "the diagnostics have a text");
    must(cfn_diagnostics_json(diagnostics) != NULL, "the diagnostics can be written as JSON");
}

/* Checks a tree; `limit` is that of the check's memory. */
CHECK void check_tree(const cfn_node *root, const cfn_check_options *options, size_t limit)
{
    cfn_arena *arena = cfn_arena_new();
    cfn_diagnostics *diagnostics = cfn_diagnostics_new(), *unheard = cfn_diagnostics_new();
    const cfn_template *tpl = cfn_template_new(arena, root, unheard);
    must(tpl != NULL, "there is a template");
    cfn_arena_set_limit(arena, limit);
    bool ok = cfn_template_check(tpl, options, diagnostics);
    must(ok || limit, "only memory that is out prevents a check");
    must(ok != is_out_of_memory(diagnostics), "memory that is out is reported");
    check_messages(diagnostics);
    cfn_diagnostics_free(unheard);
    cfn_diagnostics_free(diagnostics);
    cfn_arena_free(arena);
}

/* With the facts of the library, those of a test that have circles, a region, and little memory. */
CHECK void check_a_check(const char *text, size_t length)
{
    reading r = read_input(text, length, CFN_FORMAT_YAML, 0);
    if (r.root) {
        cfn_diagnostics *unheard = cfn_diagnostics_new();
        cfn_schema_builder *builder = small_facts_new(unheard);
        size_t size = 0;
        const void *facts = cfn_schema_builder_finish(builder, &size);
        const cfn_schema *small = cfn_schema_open(unheard, "facts", facts, size);
        must(small != NULL, "the small facts are good");
        check_tree(r.root, NULL, 0);
        check_tree(r.root, &(cfn_check_options){.region = "eu-west-1"}, 0);
        check_tree(r.root, &(cfn_check_options){.schema = small}, 0);
        check_tree(r.root, &(cfn_check_options){.schema = small},
                   1 + cfn__hash(text, length) % 3000);
        check_tree(r.root, NULL, 1 + cfn__hash(text, length) % 20000);
        cfn_schema_builder_free(builder);
        cfn_diagnostics_free(unheard);
    }
    forget(&r);
}

#endif
