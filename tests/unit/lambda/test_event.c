/* Events: what they ask for, and what is wrong with them. */
#include "support.h"

#include "lambda/event.h"

static cfn__failure read_event(fixture *f, const char *text, cfn__event *event)
{
    cfn__failure failure = {0};
    bool read = cfn__read_event(f->arena, text, strlen(text), event, &failure);
    assert_int_equal(read, !failure.type);
    return failure;
}

static void assert_refused(fixture *f, const char *text, const char *message)
{
    cfn__event event;
    cfn__failure failure = read_event(f, text, &event);
    assert_string_equal(cfn__failure_name(CFN__VALIDATOR, failure.type), "Validator.BadEvent");
    assert_string_equal(failure.message, message);
}

static void every_action_is_known(void **state)
{
    static const struct {
        const char *text;
        cfn__action action;
    } events[] = {{"{\"action\":\"plan\"}", CFN__ACTION_PLAN},
                  {"{\"action\":\"check\"}", CFN__ACTION_CHECK},
                  {"{\"action\":\"recheck\",\"results\":[]}", CFN__ACTION_RECHECK},
                  {"{\"action\":\"gate\"}", CFN__ACTION_GATE}};
    cfn__event event;
    for (size_t i = 0; i < sizeof events / sizeof *events; i++) {
        assert_int_equal(read_event(*state, events[i].text, &event).type, CFN__NO_FAILURE);
        assert_int_equal(event.action, events[i].action);
        assert_false(event.is_scheduled);
    }
}

static void a_scheduled_event_is_a_check(void **state)
{
    cfn__event event;
    cfn__failure failure = read_event(
        *state, "{\"version\":\"0\",\"source\":\"aws.events\",\"detail\":{\"any\":[1]}}", &event);
    assert_int_equal(failure.type, CFN__NO_FAILURE);
    assert_int_equal(event.action, CFN__ACTION_CHECK);
    assert_true(event.is_scheduled);
}

static void members_are_taken(void **state)
{
    cfn__event event;
    cfn__failure failure =
        read_event(*state,
                   "{\"action\":\"check\",\"run\":\"a.b-c_9\",\"tables\":[\"shop.%\",\"a.b\"],"
                   "\"settleSeconds\":1.5,\"maxLoad\":30,\"mode\":\"digest\",\"details\":7,"
                   "\"heartbeat\":\"shop.beat\",\"report\":true,\"work\":{\"key\":\"a\"}}",
                   &event);
    assert_string_equal(failure.message, "");
    assert_string_equal(event.run, "a.b-c_9");
    assert_int_equal(cfn_node_size(event.tables), 2);
    assert_string_equal(event.settle_seconds, "1.5");
    assert_string_equal(event.max_load, "30");
    assert_string_equal(event.mode, "digest");
    assert_string_equal(event.heartbeat, "shop.beat");
    assert_int_equal(event.details, 7);
    assert_true(event.report);
    assert_string_equal(cfn_node_text(cfn_node_get(event.work, "key")), "a");
}

static void a_member_of_another_action_is_refused(void **state)
{
    assert_refused(*state, "{\"action\":\"plan\",\"work\":{}}", "the action plan takes no work");
    assert_refused(*state, "{\"action\":\"gate\",\"partRows\":5}",
                   "the action gate takes no partRows");
}

static void what_a_member_holds_is_not_repeated(void **state)
{
    assert_refused(*state, "{\"action\":\"secret-value\"}",
                   "the event's action must be plan, check, recheck or gate");
    assert_refused(*state, "{\"action\":\"check\",\"mode\":\"secret-value\"}",
                   "mode must be auto, digest or stream");
    assert_refused(*state, "{\"action\":\"check\",\"mode\":secret}",
                   "the event is no JSON object: line 1, column 26: JSON syntax (CFN0101)");
}

static void a_misspelt_member_is_told_with_the_nearest_one(void **state)
{
    assert_refused(*state, "{\"action\":\"check\",\"maxload\":5}",
                   "the event has a member maxload, which is not known; did you mean maxLoad?");
}

/* It becomes a part of the keys of objects. */
static void a_run_that_leads_elsewhere_is_refused(void **state)
{
    static const char *const runs[] = {"\"\"", "\"../a\"", "\"a/b\"", "\".a\"", "\"a:b\"", "1"};
    char text[80];
    for (size_t i = 0; i < sizeof runs / sizeof *runs; i++) {
        snprintf(text, sizeof text, "{\"action\":\"check\",\"run\":%s}", runs[i]);
        assert_refused(*state, text,
                       "run must be a text of at most 128 letters, digits and ._-, which begins "
                       "with a letter or digit");
    }
}

static void work_comes_from_one_place(void **state)
{
    assert_refused(*state, "{\"action\":\"check\",\"items\":[{}],\"work\":{}}",
                   "a check takes either items or work");
    assert_refused(*state, "{\"action\":\"recheck\",\"results\":[],\"work\":{}}",
                   "a recheck needs either results or work");
    assert_refused(*state, "{\"action\":\"recheck\"}", "a recheck needs either results or work");
}

static void memory_that_runs_out_is_no_bad_event(void **state)
{
    static const char text[] = "{\"action\":\"check\",\"tables\":[\"a.b\",\"a.c\",\"a.d\"]}";
    cfn__event event;
    cfn__failure failure = {0};
    cfn_arena *arena = cfn_arena_new();
    (void)state;
    cfn_arena_set_limit(arena, 1);
    while (!cfn_arena_failed(arena))
        read_as(&(fixture){arena, ((fixture *)*state)->diagnostics}, text, CFN_FORMAT_JSON);
    assert_false(cfn__read_event(arena, text, sizeof text - 1, &event, &failure));
    assert_string_equal(cfn__failure_name(CFN__VALIDATOR, failure.type), "Validator.OutOfMemory");
    cfn_arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(every_action_is_known),
        TEST(a_scheduled_event_is_a_check),
        TEST(members_are_taken),
        TEST(a_member_of_another_action_is_refused),
        TEST(what_a_member_holds_is_not_repeated),
        TEST(a_misspelt_member_is_told_with_the_nearest_one),
        TEST(a_run_that_leads_elsewhere_is_refused),
        TEST(work_comes_from_one_place),
        TEST(memory_that_runs_out_is_no_bad_event),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
