/* The gate: what is not certain never passes. */
#include "lambda/gate.h"

#include "base/arena.h"

/* What a plan found that no piece stands for. Its numbers of tables and rows are those of pieces,
 * too. */
static void add_plan(const cfn__maker *make, cfn__result *all, const cfn_node *node)
{
    cfn__result plan;
    if (!node || cfn__read_result(make->arena, node, &plan))
        return;
    plan.pieces = plan.tables = plan.rows = 0;
    cfn__result_add(make, all, &plan);
}

/* The results that do not count because they were looked at again count for their pieces alone. */
static void add_results(const cfn__maker *make, cfn__result *all, const cfn_node *list,
                        bool without_again)
{
    for (const cfn_node *n = cfn_node_first(list); n; n = cfn_node_next(n)) {
        cfn__result result;
        if (cfn__read_result(make->arena, n, &result))
            continue;
        if (result.again && without_again)
            result = (cfn__result){.verdict = CFN_COMPARE_EQUAL, .pieces = result.pieces};
        cfn__result_add(make, all, &result);
    }
}

static uint64_t count_again(const cfn_node *list)
{
    uint64_t count = 0;
    for (const cfn_node *n = cfn_node_first(list); n; n = cfn_node_next(n))
        count += cfn_node_get(n, "again") != NULL;
    return count;
}

static void is_incomplete(const cfn__maker *make, cfn__result *all, uint64_t count,
                          const char *reason)
{
    const cfn__result missing = {.verdict = CFN_COMPARE_INCOMPLETE, .incomplete = count};
    cfn__result_add(make, all, &missing);
    cfn__result_reason(make, all, reason);
}

/* A recheck that is of other results says nothing about these. */
static bool add_recheck(const cfn__maker *make, cfn__result *all, const cfn__event *event)
{
    cfn__result recheck;
    if (!event->recheck || cfn__read_result(make->arena, event->recheck, &recheck))
        return false;
    if (recheck.pieces != count_again(event->results)) {
        is_incomplete(make, all, 1, "the recheck is not of these results");
        return false;
    }
    recheck.pieces = 0;
    cfn__result_add(make, all, &recheck);
    return true;
}

cfn__result cfn__gate_result(const cfn__maker *make, const cfn__event *event)
{
    cfn__result all = {.verdict = CFN_COMPARE_EQUAL}, plan = {0};
    add_plan(make, &all, event->plan);
    add_results(make, &all, event->results, add_recheck(make, &all, event));
    if (event->plan && !cfn__read_result(make->arena, event->plan, &plan) &&
        plan.pieces != all.pieces)
        is_incomplete(make, &all,
                      plan.pieces > all.pieces ? plan.pieces - all.pieces
                                               : all.pieces - plan.pieces,
                      cfn__format(make->arena, "the plan has %llu pieces, and %llu have a result",
                                  (unsigned long long)plan.pieces, (unsigned long long)all.pieces));
    if (!cfn_node_size(event->results))
        is_incomplete(make, &all, 1, "there are no results of checks");
    return all;
}

const char *cfn__gate_word(const cfn__result *result)
{
    static const char *const words[] = {"GO", "INCOMPLETE", "NO_GO"};
    return words[result->verdict];
}
