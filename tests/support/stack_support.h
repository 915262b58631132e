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

/* The stack as JSON on one line, to be freed; what is wrong with it fails the test. */
SUPPORT char *template_text(stack_fixture *t)
{
    size_t length = 0;
    t->template = cfn_stack_synth(t->stack);
    if (!t->template)
        print_error("%s", cfn_diagnostics_text(t->f.diagnostics, false));
    assert_non_null(t->template);
    return strdup(
        cfn_write_text(t->f.arena, t->template, &(cfn_write_options){.minify = true}, &length));
}

/* Whether what C calls made is, byte for byte, what the stack file makes; its version is added. */
SUPPORT void assert_same_as_file(stack_fixture *t, const char *text)
{
    char *by_calls = template_text(t);
    restart(t, &(cfn_stack_options){.environment = "test", .suffix = "s1"});
    char *whole = malloc(strlen(text) + 40);
    assert_non_null(whole);
    sprintf(whole, "AWSTemplateFormatVersion: '2010-09-09'\n%s", text);
    cfn_stack_read_text(t->stack, "in", whole, strlen(whole), CFN_FORMAT_YAML);
    free(whole);
    char *by_file = template_text(t);
    bool same = strcmp(by_calls, by_file) == 0;
    if (!same)
        print_error("by calls %s\nby file  %s\n", by_calls, by_file);
    free(by_calls);
    free(by_file);
    assert_true(same);
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

/* A stack with the fixture's options, for a program to add to. */
SUPPORT cfn_stack *new_program(void)
{
    cfn_stack *program = cfn_stack_new(&(cfn_stack_options){.environment = "test", .suffix = "s1"});
    assert_non_null(program);
    return program;
}

/* That the program's template has the same bytes as the stack file's; frees the program. */
SUPPORT void assert_same_as(stack_fixture *t, cfn_stack *program)
{
    size_t length = 0;
    const char *expected = cfn_stack_text(t->stack, NULL, &length);
    const char *text = cfn_stack_text(program, NULL, &length);
    if (!text)
        print_error("%s", cfn_diagnostics_text(cfn_stack_diagnostics(program), false));
    assert_non_null(expected);
    assert_non_null(text);
    assert_string_equal(text, expected);
    cfn_stack_free(program);
}

#endif
