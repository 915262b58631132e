/* Outputs of stacks, with and without memory: what was flattened is sorted, and a shell can read
 * it. */
#include "checks.h"

#include <cfngen/outputs.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_flat(cfn_arena *arena, const cfn_node *flat)
{
    size_t length = 0;
    cfn_diagnostics *diagnostics = cfn_diagnostics_new();
    const char *before = NULL;
    for (const cfn_node *n = cfn_node_first(flat); n; n = cfn_node_next(n)) {
        must(!before || strcmp(before, cfn_node_key(n)) < 0,
             "keys are sorted, and each is there once");
        must(cfn_node_kind(n) == CFN_KIND_STRING, "a value is a text");
        before = cfn_node_key(n);
    }
    const char *text = cfn_outputs_shell(arena, diagnostics, flat, &length);
    size_t errors = cfn_diagnostics_count(diagnostics, CFN_ERROR);
    must((text != NULL) == (errors == 0), "there are lines, or else an error");
    must(!text || strlen(text) == length, "the length is that of the text");
    cfn_diagnostics_free(diagnostics);
}

static void check_outputs(const char *text, size_t length, size_t limit, bool prefix)
{
    reading r = read_input(text, length, CFN_FORMAT_JSON, 0);
    if (r.root) {
        const cfn_node *answer = r.root;
        cfn_arena *arena = cfn_arena_new();
        cfn_arena_set_limit(arena, limit);
        const cfn_node *flat = cfn_outputs_flatten(arena, r.diagnostics, &answer, 1,
                                                   &(cfn_outputs_options){.prefix = prefix});
        size_t errors = cfn_diagnostics_count(r.diagnostics, CFN_ERROR);
        must((flat != NULL) == (errors == 0), "there are outputs, or else an error");
        must(cfn_diagnostics_text(r.diagnostics, false) != NULL, "diagnostics have a text");
        if (flat) {
            cfn_outputs_expect(flat, answer, r.diagnostics);
            check_flat(arena, flat);
        }
        cfn_arena_free(arena);
    }
    forget(&r);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const char *text = (const char *)data;
    check_outputs(text, size, 0, false);
    check_outputs(text, size, 0, true);
    check_outputs(text, size, 2000 + size % 7 * 500, false);
    return 0;
}
