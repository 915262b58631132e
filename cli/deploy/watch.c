/* The events of a stack, page by page, until the one that ends the operation. */
#include "watch.h"

#include "../aws/child.h"
#include "progress.h"

#include <stdlib.h>
#include <string.h>

enum { FIRST_PAGE = 100, LARGEST_PAGE = 12800, SECONDS_BETWEEN_LOOKS = 3 };

static bool ends_with(const char *text, const char *end)
{
    size_t length = strlen(text), tail = strlen(end);
    return length >= tail && strcmp(text + length - tail, end) == 0;
}

static void copy(char *target, size_t room, const char *text)
{
    snprintf(target, room, "%s", text);
}

static aws_answer ask_events(aws_client *client, const char *stack, size_t count)
{
    char most[32];
    snprintf(most, sizeof most, "%zu", count);
    return aws_ask(client,
                   &(aws_call){.service = "cloudformation",
                               .operation = "describe-stack-events",
                               .arguments = (const char *const[]){"--stack-name", stack,
                                                                  "--max-items", most, NULL},
                               .reads_only = true});
}

static bool is_of_stack(const cfn_node *event)
{
    const char *id = text_of(event, "PhysicalResourceId");
    return *id && strcmp(id, text_of(event, "StackId")) == 0;
}

/* The event with which the operation of this state began. A deletion that is over is not looked
 * for: what was before it tells why a nested stack went. */
static bool begins_operation(const cfn_node *event, const char *state)
{
    static const char *const statuses[] = {"CREATE_IN_PROGRESS", "UPDATE_IN_PROGRESS",
                                           "IMPORT_IN_PROGRESS", NULL};
    const char *status = text_of(event, "ResourceStatus");
    if (!is_of_stack(event))
        return false;
    for (const char *const *s = statuses; *s; s++)
        if (strcmp(status, *s) == 0)
            return true;
    return strcmp(status, "DELETE_IN_PROGRESS") == 0 && strcmp(status, state) == 0;
}

/* How many of the newest events are new: those before the one that is known. All of them when it is
 * not among them; `found` tells. */
static size_t count_new(const watch *w, const cfn_node *events, bool *found)
{
    size_t count = 0;
    *found = false;
    for (const cfn_node *n = cfn_node_first(events); n && !*found; n = cfn_node_next(n)) {
        *found = *w->last && strcmp(text_of(n, "EventId"), w->last) == 0;
        count += !*found;
    }
    return count;
}

static bool complain(const watch *w, const aws_answer *answer)
{
    char what[WATCH_ID_SIZE + 64];
    snprintf(what, sizeof what, "the events of the stack %s cannot be read", w->stack);
    aws_complain(answer, what);
    return false;
}

/* Asks for so many events that the one that is known is among them, or all that there are. */
static bool ask_new_events(const watch *w, aws_answer *answer, size_t *count)
{
    for (size_t page = FIRST_PAGE;; page *= 2) {
        bool found;
        *answer = ask_events(w->client, w->stack, page);
        if (answer->outcome != AWS_ANSWERED)
            return complain(w, answer);
        const cfn_node *events = cfn_node_get(answer->root, "StackEvents");
        *count = count_new(w, events, &found);
        if (found || cfn_node_size(events) < page || page >= LARGEST_PAGE)
            return true;
        aws_answer_free(answer);
    }
}

static void begin(watch *w, aws_client *client, const deployed_stack *stack)
{
    *w = (watch){.client = client, .began = clock_seconds()};
    copy(w->stack, sizeof w->stack, text_of(stack->node, "StackId"));
    copy(w->status, sizeof w->status, stack->state.name);
}

bool watch_from_now(watch *w, aws_client *client, const deployed_stack *stack)
{
    begin(w, client, stack);
    aws_answer answer = ask_events(client, w->stack, 1);
    bool good = answer.outcome == AWS_ANSWERED || complain(w, &answer);
    copy(w->last, sizeof w->last, text_of(cfn_node_find(answer.root, "StackEvents/0"), "EventId"));
    aws_answer_free(&answer);
    return good;
}

bool watch_running(watch *w, aws_client *client, const deployed_stack *stack)
{
    begin(w, client, stack);
    for (size_t page = FIRST_PAGE;; page *= 2) {
        aws_answer answer = ask_events(client, w->stack, page);
        bool good = answer.outcome == AWS_ANSWERED || complain(w, &answer), found = false;
        const cfn_node *events = cfn_node_get(answer.root, "StackEvents");
        size_t size = cfn_node_size(events);
        const cfn_node *n = cfn_node_first(events);
        while (n && !found) {
            found = begins_operation(n, stack->state.name);
            n = cfn_node_next(n);
        }
        copy(w->last, sizeof w->last, text_of(n, "EventId"));
        aws_answer_free(&answer);
        if (!good || (found && (*w->last || size < page)) || size < page || page >= LARGEST_PAGE)
            return good;
    }
}

/* "Resource creation cancelled" and the like tell of others. */
static bool is_cause(const cfn_node *event)
{
    const char *reason = text_of(event, "ResourceStatusReason");
    return ends_with(text_of(event, "ResourceStatus"), "_FAILED") && !is_of_stack(event) &&
           !strstr(reason, "cancelled");
}

static void keep_failure(watch *w, const cfn_node *event)
{
    if (w->failure_count++ >= WATCH_MOST_FAILURES)
        return;
    watch_failure *f = &w->failures[w->failure_count - 1];
    copy(f->id, sizeof f->id, text_of(event, "LogicalResourceId"));
    copy(f->type, sizeof f->type, text_of(event, "ResourceType"));
    copy(f->physical_id, sizeof f->physical_id, text_of(event, "PhysicalResourceId"));
    copy(f->status, sizeof f->status, text_of(event, "ResourceStatus"));
    copy_text(w->client, f->reason, sizeof f->reason, text_of(event, "ResourceStatusReason"));
}

static void take_event(watch *w, const cfn_node *event)
{
    const char *status = text_of(event, "ResourceStatus");
    copy(w->last, sizeof w->last, text_of(event, "EventId"));
    if (!w->quiet)
        print_event(w->client, event);
    if (is_cause(event))
        keep_failure(w, event);
    if (is_of_stack(event)) {
        copy(w->status, sizeof w->status, status);
        w->ended = find_stack_state(status).phase != STACK_BUSY &&
                   find_stack_state(status).phase != STACK_REVIEWED;
    } else if (ends_with(status, "_COMPLETE")) {
        w->done++;
    }
}

/* Takes the new events, the oldest first. */
static bool look(watch *w)
{
    aws_answer answer;
    size_t count = 0;
    bool good = ask_new_events(w, &answer, &count);
    const cfn_node *events = cfn_node_get(answer.root, "StackEvents");
    const cfn_node **list = calloc(count + 1, sizeof *list);
    size_t i = 0;
    for (const cfn_node *n = cfn_node_first(events); good && list && n && i < count;
         n = cfn_node_next(n))
        list[i++] = n;
    if (i)
        clear_progress();
    while (i)
        take_event(w, list[--i]);
    free(list);
    aws_answer_free(&answer);
    return good;
}

static watch_end how_it_ended(const watch *w)
{
    stack_state state = find_stack_state(w->status);
    return state.failed ? WATCH_FAILED : WATCH_SUCCEEDED;
}

watch_end watch_operation(watch *w)
{
    watch_end end = WATCH_LOST;
    for (;;) {
        bool good = look(w);
        if (w->ended || !good) {
            end = w->ended                     ? how_it_ended(w)
                  : aws_interrupted(w->client) ? WATCH_STOPPED
                                               : WATCH_LOST;
            break;
        }
        double passed = clock_seconds() - w->began;
        if (w->seconds > 0 && passed >= w->seconds) {
            end = WATCH_TIME_OUT;
            break;
        }
        show_progress(w->status, w->done, w->total, passed);
        if (!aws_pause(w->client, SECONDS_BETWEEN_LOOKS)) {
            end = WATCH_STOPPED;
            break;
        }
    }
    clear_progress();
    return end;
}
