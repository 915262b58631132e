/* From a stack file to a template, with and without memory: what comes out is a plain template, and
 * as a stack file it gives itself again. */
#include "checks.h"

#include <cfngen/synth.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool has_construct(const cfn_node *template)
{
    const cfn_node *resources = cfn_node_get(template, "Resources");
    for (const cfn_node *n = cfn_node_first(resources); n; n = cfn_node_next(n)) {
        const char *type = cfn_node_text(cfn_node_get(n, "Type"));
        if (type && strncmp(type, "Cfngen::", 8) == 0)
            return true;
    }
    return false;
}

static cfn_stack *synthesise(const char *text, size_t length, size_t limit)
{
    const cfn_stack_options options = {.suffix = "s1"};
    cfn_stack *stack = cfn_stack_new(limit % 2 ? &options : NULL);
    must(stack != NULL, "there is memory for a stack");
    cfn_arena_set_limit(cfn_stack_arena(stack), limit);
    cfn_stack_read_text(stack, "in", text, length, CFN_FORMAT_AUTO);
    const cfn_node *template = cfn_stack_synth(stack);
    cfn_diagnostics *diagnostics = cfn_stack_diagnostics(stack);
    bool failed = cfn_diagnostics_count(diagnostics, CFN_ERROR) > 0;
    must(failed == !template, "a template comes out just when there is no error");
    must(!has_construct(template), "no construct is left");
    must(cfn_diagnostics_text(diagnostics, true) != NULL, "diagnostics have a text");
    return stack;
}

/* A template may hold more than one reading allows (a text of a megabyte, say): then it is not
 * tried again. */
static void check_again(cfn_stack *stack)
{
    size_t length = 0;
    const char *text = cfn_stack_text(stack, NULL, &length);
    if (!text)
        return;
    cfn_stack *again = synthesise(text, length, 0);
    must(cfn_node_equal(cfn_stack_synth(stack), cfn_stack_synth(again)),
         "a template as a stack file gives itself");
    cfn_stack_free(again);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const char *text = (const char *)data;
    cfn_stack *stack = synthesise(text, size, 0);
    check_again(stack);
    cfn_stack_free(stack);
    cfn_stack_free(synthesise(text, size, 1 + cfn__hash(text, size) % 60000));
    return 0;
}
