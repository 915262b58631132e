/* States of a state machine, in the states language, for each construct that makes one.
 * https://states-language.net/spec.html */
#ifndef CFN_CONSTRUCTS_STATES_H
#define CFN_CONSTRUCTS_STATES_H

#include "constructs/constructs.h"

/* {"Type": type}. */
cfn_node *cfn__state(const cfn__maker *make, const char *type);

/* Where it goes on; NULL: it is the end. Gives the state. */
cfn_node *cfn__then(const cfn__maker *make, cfn_node *state, const char *next);

/* Adds names and paths in turn, ended by NULL. Gives the map. */
cfn_node *cfn__paths(const cfn__maker *make, cfn_node *map, const char *const *members);

/* A list of texts, ended by NULL. */
cfn_node *cfn__texts(const cfn__maker *make, const char *const *texts);

/* A Choice between rules, of which cfn__when_true is one; else it goes on at `otherwise`. */
cfn_node *cfn__choice(const cfn__maker *make, cfn_node *rules, const char *otherwise);
cfn_node *cfn__when_true(const cfn__maker *make, const char *variable, const char *next);

/* An invocation of the function that the construct is. */
typedef struct cfn__invocation {
    const char *action;
    const char *payload[9]; /* names and paths in turn, beside the action */
    const char *result;     /* where its answer goes, as "answer" in a map */
    const char *next;
} cfn__invocation;

/* A task that invokes it, without where it goes on. It is tried again when Lambda refuses, and
 * after the errors named in `passing` (ended by NULL), which may be over in a minute. */
cfn_node *cfn__invoke(const cfn__construct *c, const cfn__invocation *facts,
                      const char *const *passing);

/* A task that tells a topic, without where it goes on; `message` has Subject and Message, as
 * cfn__paths takes them. */
cfn_node *cfn__tell(const cfn__maker *make, cfn_sns_topic topic, const char *const *message);

#endif
