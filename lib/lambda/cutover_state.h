/* The state of a cutover: a parameter that says how far it is, so that a call goes on from where
 * another one has ended. docs/cutover.md has its members. */
#ifndef CFN_LAMBDA_CUTOVER_STATE_H
#define CFN_LAMBDA_CUTOVER_STATE_H

#include "lambda/cutover_event.h"
#include "lambda/parameter.h"

typedef enum cfn__phase {
    CFN__PHASE_WAITING,
    CFN__PHASE_READY,
    CFN__PHASE_SHIFTING,
    CFN__PHASE_COMPLETE,
    CFN__PHASE_ROLLED_BACK
} cfn__phase;

/* "waiting", "ready" ... */
const char *cfn__phase_name(cfn__phase phase);

/* What was begun and is not done. */
typedef struct cfn__pending {
    bool is_there, reverse;
    bool caught_up; /* the reverse task had brought everything, and was to be stopped */
    cfn__cutover_action action;
    int weight;
} cfn__pending;

/* Texts may be NULL. */
typedef struct cfn__state {
    int64_t version;
    cfn__phase phase;
    int weight; /* as it was before what is pending */
    cfn__pending pending;
    const char *change; /* the last change of Route 53; NULL while what is pending has made none */
    const char *task, *reverse;
    const char *updated, *run, *by;
} cfn__state;

/* Reads a text; what is wrong with it, or NULL. It lives in the arena. */
const char *cfn__parse_state(cfn_arena *arena, const char *text, cfn__state *state);

/* The text of a state; NULL when memory is out. */
const char *cfn__state_text(cfn_arena *arena, const cfn__state *state);

bool cfn__read_state(const cfn__caller *caller, cfn__parameter *parameter, cfn__state *state);

/* Writes it with the next version, and fails with CFN__STATE_CHANGED when someone else has written
 * since it was read. */
bool cfn__write_state(const cfn__caller *caller, cfn__parameter *parameter, cfn__state *state);

#endif
