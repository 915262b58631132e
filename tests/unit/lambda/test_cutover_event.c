/* Events of the cutover function, and its state: what they ask for and hold. */
#include "support.h"

#include "lambda/cutover_event.h"
#include "lambda/cutover_state.h"
#include "lambda/lock.h"

static cfn__failure read_event(fixture *f, const char *text, cfn__cutover_event *event)
{
    cfn__failure failure = {0};
    bool read = cfn__read_cutover_event(f->arena, text, strlen(text), event, &failure);
    assert_int_equal(read, !failure.type);
    return failure;
}

static void assert_refused(fixture *f, const char *text, const char *message)
{
    cfn__cutover_event event;
    cfn__failure failure = read_event(f, text, &event);
    assert_string_equal(cfn__failure_name(CFN__CUTOVER, failure.type), "Cutover.BadEvent");
    assert_string_equal(failure.message, message);
}

static void every_action_has_its_weight(void **state)
{
    static const struct {
        const char *text;
        cfn__cutover_action action;
        int weight;
    } events[] = {
        {"{\"action\":\"gradual_cutover\",\"aurora_weight\":20}", CFN__GRADUAL_CUTOVER, 20},
        {"{\"action\":\"manual_cutover\",\"reverse\":true}", CFN__MANUAL_CUTOVER, 100},
        {"{\"action\":\"rollback\",\"force\":true}", CFN__ROLLBACK, 0},
        {"{\"action\":\"status\"}", CFN__STATUS, 0}};
    cfn__cutover_event event;
    for (size_t i = 0; i < sizeof events / sizeof *events; i++) {
        assert_int_equal(read_event(*state, events[i].text, &event).type, CFN__NO_FAILURE);
        assert_int_equal(event.action, events[i].action);
        assert_int_equal(event.weight, events[i].weight);
        assert_int_equal(event.reverse, event.action == CFN__MANUAL_CUTOVER);
        assert_int_equal(event.force, event.action == CFN__ROLLBACK);
    }
}

static void an_event_of_dms_tells_the_state_of_a_task(void **state)
{
    cfn__cutover_event event;
    read_event(*state,
               "{\"source\":\"aws.dms\",\"detail-type\":\"DMS Replication Task State Change\","
               "\"resources\":[\"arn:aws:dms:x\"],\"detail\":{\"eventType\":"
               "\"REPLICATION_TASK_FAILED\"}}",
               &event);
    assert_int_equal(event.action, CFN__TASK_EVENT);
    assert_string_equal(event.task, "arn:aws:dms:x");
    assert_string_equal(event.told, "failed");
}

static void what_is_wrong_with_an_event_is_told_by_its_names(void **state)
{
    assert_refused(*state, "{\"action\":\"planted\"}",
                   "the event's action must be status, gradual_cutover, manual_cutover or "
                   "rollback");
    assert_refused(*state, "{\"action\":\"gradual_cutover\"}",
                   "a gradual_cutover needs an aurora_weight from 0 to 100");
    assert_refused(*state, "{\"action\":\"gradual_cutover\",\"aurora_weight\":101}",
                   "aurora_weight must be a whole number from 0 to 100");
    assert_refused(*state, "{\"action\":\"status\",\"reverse\":true}",
                   "the action status takes no reverse");
    assert_refused(*state, "{\"action\":\"rollback\",\"forced\":true}",
                   "the event has a member forced, which is not known; did you mean force?");
}

static void a_failure_has_the_name_of_its_function(void **state)
{
    (void)state;
    assert_string_equal(cfn__failure_name(CFN__CUTOVER, CFN__OUT_OF_TIME), "Cutover.OutOfTime");
    assert_string_equal(cfn__failure_name(CFN__VALIDATOR, CFN__OUT_OF_TIME), "Validator.OutOfTime");
    assert_string_equal(cfn__failure_name(CFN__CUTOVER, CFN__BAD_SECRET), "");
}

/* ---- the state ---- */

static void a_state_comes_out_as_it_was_written(void **state)
{
    static const char text[] =
        "{\"version\":7,\"phase\":\"shifting\",\"weight\":20,\"pending\":{\"action\":"
        "\"manual_cutover\",\"weight\":100,\"reverse\":true},\"change\":\"/change/C1\","
        "\"task\":\"running\",\"reverse\":\"ready\",\"updated\":\"2026-11-21T03:00:00Z\","
        "\"run\":\"a\",\"by\":\"gradual_cutover\"}";
    fixture *f = *state;
    cfn__state s;
    assert_null(cfn__parse_state(f->arena, text, &s));
    assert_true(s.pending.is_there && s.pending.reverse);
    assert_int_equal(s.pending.action, CFN__MANUAL_CUTOVER);
    assert_string_equal(cfn__state_text(f->arena, &s), text);
}

static void what_a_template_makes_is_a_state(void **state)
{
    cfn__state s;
    assert_null(cfn__parse_state(((fixture *)*state)->arena,
                                 "{\"version\":0,\"phase\":\"waiting\",\"weight\":0}", &s));
    assert_int_equal(s.phase, CFN__PHASE_WAITING);
    assert_false(s.pending.is_there);
    assert_null(s.change);
}

static void a_state_that_is_none_is_told(void **state)
{
    static const char *const texts[][2] = {
        {"", "it is no JSON object"},
        {"[]", "it is no JSON object"},
        {"{}", "version is no whole number"},
        {"{\"version\":-1}", "version is no whole number"},
        {"{\"version\":1,\"phase\":\"done\"}",
         "phase is none of waiting, ready, shifting, complete, rolled_back"},
        {"{\"version\":1,\"phase\":\"ready\",\"weight\":1e1}",
         "weight is no whole number from 0 to 100"},
        {"{\"version\":1,\"phase\":\"ready\",\"weight\":1,\"pending\":{\"action\":\"rollback\"}}",
         "pending is no shift: an object with action, weight and reverse"},
        {"{\"version\":1,\"phase\":\"ready\",\"weight\":1,\"by\":[]}",
         "a member that must be a text is none"}};
    cfn__state s;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        const char *wrong = cfn__parse_state(((fixture *)*state)->arena, texts[i][0], &s);
        assert_non_null(wrong);
        assert_string_equal(wrong, texts[i][1]);
    }
}

static void a_lock_has_a_holder_and_an_end(void **state)
{
    cfn_arena *arena = ((fixture *)*state)->arena;
    const char *holder = NULL;
    int64_t until = 0;
    assert_true(cfn__parse_lock(arena, "{\"holder\":\"a\",\"until\":1700000000}", &holder, &until));
    assert_string_equal(holder, "a");
    assert_int_equal(until, 1700000000);
    assert_false(cfn__parse_lock(arena, "{\"holder\":\"a\"}", &holder, &until));
    assert_false(cfn__parse_lock(arena, "", &holder, &until));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(every_action_has_its_weight),
        TEST(an_event_of_dms_tells_the_state_of_a_task),
        TEST(what_is_wrong_with_an_event_is_told_by_its_names),
        TEST(a_failure_has_the_name_of_its_function),
        TEST(a_state_comes_out_as_it_was_written),
        TEST(what_a_template_makes_is_a_state),
        TEST(a_state_that_is_none_is_told),
        TEST(a_lock_has_a_holder_and_an_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
