/* For tests of stacks and constructs: a stack in environment "test" with suffix "s1" for each test,
 * synthesised from the text of a stack file. assert_found and assert_said speak of the stack. */
#ifndef CFN_TESTS_STACK_SUPPORT_H
#define CFN_TESTS_STACK_SUPPORT_H

#include "support.h"

#include <cfngen/synth.h>

typedef struct stack_fixture {
    fixture f; /* the stack's own arena and diagnostics */
    cfn_stack *stack;
    const cfn_node *template;
} stack_fixture;

SUPPORT int set_up_stack(void **state)
{
    stack_fixture *t = calloc(1, sizeof *t);
    *state = t;
    if (t)
        t->stack = cfn_stack_new(&(cfn_stack_options){.environment = "test", .suffix = "s1"});
    if (!t || !t->stack)
        return -1;
    t->f = (fixture){cfn_stack_arena(t->stack), cfn_stack_diagnostics(t->stack)};
    return 0;
}

SUPPORT int tear_down_stack(void **state)
{
    stack_fixture *t = *state;
    cfn_stack_free(t->stack);
    free(t);
    return 0;
}

#define STACK_TEST(name) cmocka_unit_test_setup_teardown(name, set_up_stack, tear_down_stack)

/* Starts again with other options. */
SUPPORT void restart(stack_fixture *t, const cfn_stack_options *options)
{
    cfn_stack_free(t->stack);
    t->stack = cfn_stack_new(options);
    assert_non_null(t->stack);
    t->f = (fixture){cfn_stack_arena(t->stack), cfn_stack_diagnostics(t->stack)};
}

SUPPORT void synth(stack_fixture *t, const char *text)
{
    cfn_stack_read_text(t->stack, "in", text, strlen(text), CFN_FORMAT_YAML);
    t->template = cfn_stack_synth(t->stack);
}

/* What stands at a path of the template, as JSON on one line. */
SUPPORT void assert_at(stack_fixture *t, const char *path, const char *json)
{
    const cfn_node *node = cfn_node_find(t->template, path);
    if (!node)
        print_error("nothing at %s\n", path);
    assert_json(&t->f, node, json);
}

SUPPORT void assert_nothing_at(stack_fixture *t, const char *path)
{
    assert_non_null(t->template);
    assert_null(cfn_node_find(t->template, path));
}

#endif
