/* The members of events and of documents that the functions write themselves: tables say which
 * there are, what they hold and which action takes them. */
#ifndef CFN_LAMBDA_MEMBERS_H
#define CFN_LAMBDA_MEMBERS_H

#include "lambda/failure.h"

#include <cfngen/node.h>
#include <stddef.h>

/* Takes a node over into what `to` points at, or says no. */
typedef bool (*cfn__taker)(cfn_arena *arena, const cfn_node *node, void *to);

typedef struct cfn__member {
    const char *name;
    size_t at; /* of the event's struct */
    cfn__taker take;
    unsigned actions; /* bits of those that take it */
    const char *form; /* what it must be */
} cfn__member;

typedef struct cfn__event_form {
    const cfn__member *members;
    size_t count;
    const char *const *actions; /* ended by NULL */
} cfn__event_form;

/* The root of an event's text; NULL, and the failure filled in, when it is no JSON object. */
const cfn_node *cfn__event_root(cfn_arena *arena, const char *text, size_t length,
                                cfn__failure *failure);

/* Which action the event names; false, and the failure filled in, when it is none of these. */
bool cfn__take_action(const cfn__event_form *form, const cfn_node *root, unsigned *action,
                      cfn__failure *failure);

/* Takes all members over; false, and the failure filled in, when one is wrong or not known. */
bool cfn__take_members(const cfn__event_form *form, cfn_arena *arena, const cfn_node *root,
                       unsigned action, void *event, cfn__failure *failure);

/* Takers: of a name that is safe as a part of a key (const char *), of true and false (bool), and
 * of nothing. */
bool cfn__take_name(cfn_arena *arena, const cfn_node *node, void *to);
bool cfn__take_bool(cfn_arena *arena, const cfn_node *node, void *to);
bool cfn__take_nothing(cfn_arena *arena, const cfn_node *node, void *to);

/* A number within these; its text to a const char *. */
bool cfn__take_number(const cfn_node *node, double least, double most, bool whole, void *to);

#define CFN__FORM_OF_RUN                                                                           \
    "a text of at most 128 letters, digits and ._-, which begins with a letter or digit"

#endif
