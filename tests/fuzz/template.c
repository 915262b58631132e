/* Understanding a template, with and without memory: what it says of itself holds together. */
#include "checks.h"

#include <cfngen/template.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_references(const cfn_template *tpl)
{
    for (size_t i = 0; i < cfn_template_reference_count(tpl); i++) {
        const cfn_reference *r = cfn_template_reference_at(tpl, i);
        must(r->target && r->from && r->owner, "a reference is whole");
        must((r->node != NULL) == (r->section != CFN_SECTION_NONE), "a target stands somewhere");
        must(!r->node || cfn_template_get(tpl, r->section, r->target) == r->node,
             "a target is found by its name");
    }
}

static void check_resources(const cfn_template *tpl)
{
    for (size_t i = 0; i < cfn_template_resource_count(tpl); i++) {
        const cfn_resource *r = cfn_template_resource_at(tpl, i);
        must(cfn_template_resource(tpl, r->id) == r, "a resource is found by its id");
        must(r->type != NULL, "a resource has a type, if an empty one");
        for (size_t j = 0; j < r->dependency_count; j++)
            must(r->dependencies[j] < cfn_template_resource_count(tpl) && r->dependencies[j] != i,
                 "a dependency is another resource");
        for (size_t j = 0; j < r->reference_count; j++)
            must(r->references[j].owner == r->node, "a resource owns its references");
    }
}

static void check_template(const char *text, size_t length, size_t limit)
{
    reading r = read_input(text, length, CFN_FORMAT_YAML, 0);
    if (r.root) {
        cfn_arena *arena = cfn_arena_new();
        cfn_arena_set_limit(arena, limit);
        cfn_template *tpl = cfn_template_new(arena, r.root, r.diagnostics);
        must(tpl || limit, "only memory that is out prevents a template");
        must(tpl || is_found(&r, CFN0001), "memory that is out is reported");
        must(cfn_diagnostics_text(r.diagnostics, false) != NULL, "diagnostics have a text");
        if (tpl) {
            check_references(tpl);
            check_resources(tpl);
            cfn_template_check_size(tpl, r.diagnostics, length, 0);
            cfn_template_capabilities(tpl);
        }
        cfn_arena_free(arena);
    }
    forget(&r);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    check_template((const char *)data, size, 0);
    check_template((const char *)data, size, 1 + cfn__hash((const char *)data, size) % 20000);
    return 0;
}
