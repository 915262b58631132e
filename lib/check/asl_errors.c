/* What a state does about errors: Retry and Catch. */
#include "base/text.h"
#include "check/asl.h"

#include <stdlib.h>

static const cfn__asl_field retrier[] = {
    {"ErrorEquals", CFN__ASL_LIST, 0, 0, true},
    {"IntervalSeconds", CFN__ASL_WHOLE, 0, 0, false},
    {"MaxAttempts", CFN__ASL_WHOLE, 0, 0, false},
    {"BackoffRate", CFN__ASL_NUMBER, 0, 0, false},
    {"MaxDelaySeconds", CFN__ASL_WHOLE, 0, 0, false},
    {"JitterStrategy", CFN__ASL_TEXT, 0, 0, false},
    {"Comment", CFN__ASL_TEXT, 0, 0, false},
    {0},
};
static const cfn__asl_field catcher[] = {
    {"ErrorEquals", CFN__ASL_LIST, 0, 0, true},
    {"Next", CFN__ASL_TEXT, 0, 0, true},
    {"ResultPath", CFN__ASL_REFERENCE, CFN__JSONPATH, 0, false},
    {"Output", CFN__ASL_ANYTHING, CFN__JSONATA, 0, false},
    {"Assign", CFN__ASL_TEMPLATE, 0, 0, false},
    {"Comment", CFN__ASL_TEXT, 0, 0, false},
    {0},
};

/* Numbers of a retrier and the least that each may be.
 * https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html */
static const struct {
    const char *name;
    double least, most;
} numbers[] = {
    {"IntervalSeconds", 1, 99999999},
    {"MaxAttempts", 0, 99999999},
    {"BackoffRate", 1, 1e308},
    {"MaxDelaySeconds", 1, 31622399},
};

/* Names that begin with States. are the language's own. */
static const char *const own_errors[] = {"States.ALL",
                                         "States.Timeout",
                                         "States.HeartbeatTimeout",
                                         "States.TaskFailed",
                                         "States.Permissions",
                                         "States.Runtime",
                                         "States.DataLimitExceeded",
                                         "States.ResultPathMatchFailure",
                                         "States.ParameterPathFailure",
                                         "States.BranchFailed",
                                         "States.NoChoiceMatched",
                                         "States.IntrinsicFailure",
                                         "States.ExceedToleratedFailureThreshold",
                                         "States.ItemReaderFailed",
                                         "States.ResultWriterFailed",
                                         "States.QueryEvaluationError"};

static void check_own_error(const cfn__state *state, const cfn_node *name)
{
    cfn__checker *out = &state->scope->machine->check->out;
    cfn__search search = cfn__search_for(out, name->text);
    if (!cfn__starts_with(name->text, "States."))
        return;
    for (size_t i = 0; i < sizeof own_errors / sizeof *own_errors; i++) {
        if (strcmp(own_errors[i], name->text) == 0)
            return;
        cfn__search_name(&search, own_errors[i]);
    }
    if (!search.best) /* it may be newer */
        return;
    cfn__asl_refuse(state->scope->machine, CFN3146, name, "%s: there is no error %.80s",
                    cfn__asl_name(state), name->text);
    cfn__hint_nearest(out->diagnostics, search.best);
}

/* States.ALL stands for all others, so it stands alone and last. */
static void check_names(const cfn__state *state, const cfn_node *names, bool last, const char *what)
{
    const cfn__machine *machine = state->scope->machine;
    if (!cfn__is_list(names) || cfn__asl_is_open(names))
        return;
    if (!names->size)
        cfn__asl_refuse(machine, CFN3146, names, "%s: ErrorEquals of %s names no error",
                        cfn__asl_name(state), what);
    for (const cfn_node *n = names->first; n; n = n->next) {
        if (!cfn__asl_fits(state, n, CFN__ASL_TEXT) || !cfn__is_string(n))
            continue;
        check_own_error(state, n);
        if (strcmp(n->text, "States.ALL") == 0 && (names->size > 1 || !last))
            cfn__asl_refuse(machine, CFN3146, n,
                            names->size > 1 ? "%s: States.ALL stands alone in ErrorEquals of %s"
                                            : "%s: %s with States.ALL hides those that follow",
                            cfn__asl_name(state), what);
    }
}

static void check_numbers(const cfn__state *state, const cfn_node *map)
{
    static const char *const jitter[] = {"FULL", "NONE"};
    const cfn__machine *machine = state->scope->machine;
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        const cfn_node *n = cfn__get(map, numbers[i].name);
        if (!n || !n->text || !cfn__is_json_number(n->text))
            continue;
        double value = strtod(n->text, NULL);
        if (value < numbers[i].least || value > numbers[i].most)
            cfn__asl_refuse(machine, CFN3146, n, "%s: %s is from %g to %g", cfn__asl_name(state),
                            n->key, numbers[i].least, numbers[i].most);
    }
    const cfn_node *strategy = cfn__get(map, "JitterStrategy");
    if (cfn__is_string(strategy) && !cfn__asl_is_open(strategy) &&
        strcmp(strategy->text, jitter[0]) != 0 && strcmp(strategy->text, jitter[1]) != 0)
        cfn__asl_refuse(machine, CFN3146, strategy, "%s: JitterStrategy is FULL or NONE",
                        cfn__asl_name(state));
}

static void check_list(const cfn__state *state, const char *key, const cfn__asl_field *table,
                       const char *what)
{
    const cfn_node *list = cfn__get(state->node, key);
    for (const cfn_node *n = cfn__is_list(list) ? list->first : NULL; n; n = n->next) {
        if (cfn__asl_is_open(n))
            continue;
        if (!cfn__is_map(n)) {
            cfn__asl_refuse(state->scope->machine, CFN3146, n, "%s: %s is a mapping",
                            cfn__asl_name(state), what);
            continue;
        }
        cfn__asl_members(state, n, table, 0, what, CFN3146);
        check_names(state, cfn__get(n, "ErrorEquals"), !n->next, what);
        if (table == retrier)
            check_numbers(state, n);
        else
            cfn__asl_leads_to_state(state, cfn__get(n, "Next"));
    }
}

void cfn__asl_errors(const cfn__state *state)
{
    check_list(state, "Retry", retrier, "a retrier");
    check_list(state, "Catch", catcher, "a catcher");
}
