/* The table of stack states.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/view-stack-events.html */
#include "stack_state.h"

#include <stddef.h>
#include <string.h>

#define DELETE_FIRST "it was never created: cfngen destroy it, then deploy again"
#define CONTINUE_FIRST                                                                             \
    "correct what the events name, then run: aws cloudformation continue-update-rollback "         \
    "--stack-name NAME"

static const stack_state states[] = {
    {"CREATE_COMPLETE", STACK_READY, false, NULL},
    {"CREATE_FAILED", STACK_BROKEN, true, DELETE_FIRST},
    {"CREATE_IN_PROGRESS", STACK_BUSY, false, NULL},
    {"DELETE_COMPLETE", STACK_ABSENT, false, NULL},
    {"DELETE_FAILED", STACK_BROKEN, true, "it was deleted in part: cfngen destroy it again"},
    {"DELETE_IN_PROGRESS", STACK_BUSY, false, NULL},
    {"IMPORT_COMPLETE", STACK_READY, false, NULL},
    {"IMPORT_IN_PROGRESS", STACK_BUSY, false, NULL},
    {"IMPORT_ROLLBACK_COMPLETE", STACK_READY, true, NULL},
    {"IMPORT_ROLLBACK_FAILED", STACK_STUCK, true, CONTINUE_FIRST},
    {"IMPORT_ROLLBACK_IN_PROGRESS", STACK_BUSY, true, NULL},
    {"REVIEW_IN_PROGRESS", STACK_REVIEWED, false, NULL},
    {"ROLLBACK_COMPLETE", STACK_BROKEN, true, DELETE_FIRST},
    {"ROLLBACK_FAILED", STACK_BROKEN, true, DELETE_FIRST},
    {"ROLLBACK_IN_PROGRESS", STACK_BUSY, true, NULL},
    {"UPDATE_COMPLETE", STACK_READY, false, NULL},
    {"UPDATE_COMPLETE_CLEANUP_IN_PROGRESS", STACK_BUSY, false, NULL},
    {"UPDATE_FAILED", STACK_READY, true, NULL},
    {"UPDATE_IN_PROGRESS", STACK_BUSY, false, NULL},
    {"UPDATE_ROLLBACK_COMPLETE", STACK_READY, true, NULL},
    {"UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS", STACK_BUSY, true, NULL},
    {"UPDATE_ROLLBACK_FAILED", STACK_STUCK, true, CONTINUE_FIRST},
    {"UPDATE_ROLLBACK_IN_PROGRESS", STACK_BUSY, true, NULL},
};

static bool ends_with(const char *text, const char *end)
{
    size_t length = strlen(text), tail = strlen(end);
    return length >= tail && strcmp(text + length - tail, end) == 0;
}

stack_state find_stack_state(const char *name)
{
    for (size_t i = 0; i < sizeof states / sizeof *states; i++)
        if (strcmp(states[i].name, name) == 0)
            return states[i];
    bool complete = ends_with(name, "_COMPLETE");
    return (stack_state){name, complete ? STACK_READY : STACK_BUSY, strstr(name, "FAILED") != NULL,
                         NULL};
}
