/* What the validator function is sent: events, with the results and work in them, and secrets. */
#include "checks.h"

#include "lambda/event.h"
#include "lambda/gate.h"
#include "lambda/secrets.h"
#include "lambda/work.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_message(const cfn__failure *failure)
{
    must(failure->type != CFN__NO_FAILURE && *failure->message, "a failure says what it is");
    must(strlen(failure->message) < sizeof failure->message, "a message is a text");
}

static const cfn_compare_work *read_work(cfn_arena *arena, cfn_diagnostics *d, const cfn_node *node)
{
    const cfn_compare_work *work = node ? cfn_compare_work_read(arena, d, node) : NULL;
    if (work)
        must(cfn_compare_work_node(arena, work) || cfn_arena_failed(arena), "work can be written");
    return work;
}

/* All work of an event, as one and in items. */
static void put_together(cfn_arena *arena, cfn_diagnostics *d, const cfn__event *event)
{
    enum { MOST = 8 };
    const cfn_compare_work *works[MOST];
    const cfn__maker make = {.arena = arena};
    size_t count = 0, pieces = 0;
    for (const cfn_node *n = cfn_node_first(event->items); n && count < MOST; n = cfn_node_next(n))
        if ((works[count] = read_work(arena, d, n)))
            pieces += cfn_compare_work_size(works[count++]);
    const cfn_compare_work *all = cfn__merge_work(arena, works, count);
    if (!all)
        return;
    must(cfn_compare_work_size(all) <= pieces, "nothing is added to work");
    const cfn_node *items = cfn__work_items(&make, all);
    must(items || cfn_arena_failed(arena), "work has items");
    must(cfn_node_size(items) <= CFN__MOST_ITEMS, "there are not too many items");
}

static void check_event(const char *text, size_t length)
{
    cfn_arena *arena = cfn_arena_new();
    cfn_diagnostics *diagnostics = cfn_diagnostics_new();
    const cfn__maker make = {.arena = arena};
    cfn__event event;
    cfn__failure failure = {0};
    if (cfn__read_event(arena, text, length, &event, &failure)) {
        read_work(arena, diagnostics, event.work);
        put_together(arena, diagnostics, &event);
        cfn__result result = cfn__gate_result(&make, &event);
        must(result.verdict == CFN_COMPARE_EQUAL || cfn_node_size(result.reasons) ||
                 event.results || event.plan,
             "a verdict has a reason");
        must(cfn__result_node(&make, &result) || cfn_arena_failed(arena), "a result is a node");
    } else {
        check_message(&failure);
    }
    cfn_arena_free(arena);
    cfn_diagnostics_free(diagnostics);
}

static void check_secret(const char *text, size_t length)
{
    cfn__login login;
    cfn__failure failure = {0};
    if (cfn__parse_login(text, length, "source", &login, &failure))
        must(login.is_known && *login.host && *login.username && *login.password,
             "a login is whole");
    else
        check_message(&failure);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    check_event((const char *)data, size);
    check_secret((const char *)data, size);
    return 0;
}
