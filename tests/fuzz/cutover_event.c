/* What the cutover function is sent, and what it has written itself: events, the state, the lock.
 */
#include "checks.h"

#include "lambda/cutover_event.h"
#include "lambda/cutover_state.h"
#include "lambda/lock.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_event(cfn_arena *arena, const char *text, size_t length)
{
    cfn__cutover_event event;
    cfn__failure failure = {0};
    if (!cfn__read_cutover_event(arena, text, length, &event, &failure)) {
        must(failure.type != CFN__NO_FAILURE && *failure.message, "a failure says what it is");
        return;
    }
    must(event.weight >= 0 && event.weight <= 100, "a weight is a share");
    must(event.action != CFN__TASK_EVENT || (event.task && event.told), "a task is named");
    must(!event.run || strlen(event.run) <= 128, "a run has a name");
}

/* What can be read is written so that it is read as the same. */
static void check_state(cfn_arena *arena, const char *text)
{
    cfn__state state, again;
    if (cfn__parse_state(arena, text, &state))
        return;
    must(state.weight >= 0 && state.weight <= 100, "a weight is a share");
    must(!state.pending.is_there || state.pending.action != CFN__STATUS, "what is pending shifts");
    const char *once = cfn__state_text(arena, &state);
    if (!once)
        return;
    must(!cfn__parse_state(arena, once, &again), "a state can be read again");
    const char *twice = cfn__state_text(arena, &again);
    must(!twice || strcmp(once, twice) == 0, "a state is read as it was written");
}

static void check_lock(cfn_arena *arena, const char *text)
{
    const char *holder = NULL;
    int64_t until;
    if (cfn__parse_lock(arena, text, &holder, &until))
        must(holder != NULL, "a lock has a holder");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    cfn_arena *arena = cfn_arena_new();
    char *text = malloc(size + 1);
    if (arena && text) {
        memcpy(text, data, size);
        text[size] = '\0';
        check_event(arena, text, size);
        check_state(arena, text);
        check_lock(arena, text);
    }
    free(text);
    cfn_arena_free(arena);
    return 0;
}
