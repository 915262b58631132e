/* Running the tests of a test file. */
#include "assertions/suite.h"

#include <string.h>

/* The list of what was captured under a name. */
static cfn_node *captured_under(cfn_assertions *t, const cfn_verdict *verdict, const char *name)
{
    cfn_node *list = cfn__list(&(cfn__maker){.arena = t->arena});
    const cfn_node *value;
    for (size_t i = 0; (value = cfn_captured(verdict, name, i)); i++)
        cfn__append(list, cfn__copy(t->arena, value));
    return list;
}

static cfn_verdict check_captured(cfn_assertions *t, const cfn_node *expected, cfn_verdict verdict)
{
    for (const cfn_node *n = cfn_node_first(expected); n && verdict.holds; n = n->next) {
        const cfn_node *pattern = cfn__resolved_pattern(t, n);
        cfn_node *list = captured_under(t, &verdict, n->key);
        if (!list || !pattern)
            return cfn__undecided(t, "memory is out");
        cfn__comparison c = cfn__comparison_of(t);
        c.recording = true;
        size_t cost = cfn__pattern_compare(&c, pattern, list, CFN__PARTIAL);
        if (c.broken)
            return cfn__undecided(t, "%s", c.broken);
        if (!cost)
            continue;
        cfn__buffer out = {0};
        cfn__buffer_format(&out, "What was captured as %s does not match as expected.\n", n->key);
        cfn__render(&out, &c, n->key, list);
        verdict = (cfn_verdict){.text = cfn__take_text(t->arena, &out)};
    }
    return cfn__whole(t, verdict);
}

static cfn_verdict run_step(cfn_assertions *t, const cfn__step *step)
{
    switch (step->kind) {
    case CFN__STEP_ENTRIES:
        return check_captured(t, step->captured, cfn__assert(t, &step->assertion, step->pattern));
    case CFN__STEP_TEMPLATE:
        return cfn__assert_template(t, step->pattern);
    case CFN__STEP_SNAPSHOT:
        return cfn_assert_snapshot(t, step->path);
    case CFN__STEP_MAY:
    case CFN__STEP_MAY_NOT:
        break;
    }
    return cfn_assert_permission(t, &step->permission, step->kind == CFN__STEP_MAY);
}

static cfn_assertions *open_with(const cfn_suite *suite, const cfn_node *root, bool update,
                                 const cfn__givens *givens)
{
    return cfn_assertions_new(root, &(cfn_assertions_options){.loose = suite->loose,
                                                              .resolve = givens->resolve,
                                                              .given = givens->items,
                                                              .given_count = givens->count,
                                                              .update_snapshots = update});
}

/* The parameters of the file with those of the test, which win, behind them. */
static cfn__givens all_givens(cfn_suite *suite, const cfn__test *test)
{
    size_t count = suite->givens.count + test->givens.count;
    cfn_given *items = CFN__NEW_ARRAY(suite->arena, count + 1, cfn_given);
    if (items && suite->givens.count)
        memcpy(items, suite->givens.items, suite->givens.count * sizeof *items);
    if (items && test->givens.count)
        memcpy(items + suite->givens.count, test->givens.items, test->givens.count * sizeof *items);
    return (cfn__givens){items, items ? count : 0, true};
}

static cfn_assertions *assertions_for(cfn_suite *suite, const cfn__test *test, const cfn_node *root,
                                      bool update)
{
    if (test->own_givens) {
        cfn__givens givens = all_givens(suite, test);
        return open_with(suite, root, update, &givens);
    }
    if (suite->t && suite->root == root && suite->update == update)
        return suite->t;
    cfn_assertions_free(suite->t);
    suite->t = open_with(suite, root, update, &suite->givens);
    suite->root = root;
    suite->update = update;
    return suite->t;
}

static void add_failure(cfn__buffer *out, const cfn__step *step, const cfn_verdict *v)
{
    const cfn__place *place = &step->at->place;
    cfn__buffer_format(out, "%s%s:%u: %s\n", out->length ? "\n" : "",
                       place->source ? place->source->file : "", place->line, step->name);
    cfn__buffer_add_text(out, v->text);
}

cfn_verdict cfn_suite_run(cfn_suite *suite, size_t index, const cfn_node *root,
                          bool update_snapshots)
{
    if (index >= suite->test_count)
        return (cfn_verdict){.broken = true, .text = "there is no such test\n"};
    const cfn__test *test = &suite->tests[index];
    cfn_assertions *t = assertions_for(suite, test, root, update_snapshots);
    cfn_verdict whole = {.holds = true, .text = ""};
    cfn__buffer out = {0};
    for (const cfn__step *step = test->steps; step; step = step->next) {
        cfn_verdict v = run_step(t, step);
        if (v.holds)
            continue;
        whole.holds = false;
        whole.broken |= v.broken;
        add_failure(&out, step, &v);
    }
    if (!whole.holds)
        whole.text = cfn__take_text(suite->arena, &out);
    if (t != suite->t)
        cfn_assertions_free(t);
    if (cfn_arena_failed(suite->arena))
        return (cfn_verdict){.broken = true, .text = "memory is out\n"};
    return whole;
}
