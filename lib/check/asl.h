/* The parts of the check of state machines: what Step Functions refuses of a definition.
 * https://states-language.net/spec.html
 * https://docs.aws.amazon.com/step-functions/latest/dg/concepts-amazon-states-language.html */
#ifndef CFN_CHECK_ASL_H
#define CFN_CHECK_ASL_H

#include "base/index.h"
#include "check/check.h"

/* Which expressions a state uses; or-ed together. */
enum { CFN__JSONPATH = 1, CFN__JSONATA = 2 };

/* A definition that is looked at. */
typedef struct cfn__machine {
    cfn__check *check;
    const cfn_node *text; /* holds it as JSON text; NULL: it is written out in the template */
    bool lines;           /* the text has more than one */
    cfn__index names;     /* of all its states, which may not share them */
} cfn__machine;

/* The states of a machine, of a branch or of what a Map runs: transitions stay inside. */
typedef struct cfn__scope {
    cfn__machine *machine;
    cfn__index states; /* nodes by name */
    unsigned language; /* of states that do not say */
} cfn__scope;

/* A state, and the language of its expressions. */
typedef struct cfn__state {
    const cfn__scope *scope;
    const cfn_node *node;
    unsigned language;
} cfn__state;

/* --- asl_say.c --- */

/* Reports a problem of a node of the definition: there, or at the text that holds it. */
void cfn__asl_refuse(const cfn__machine *machine, cfn_diagnostic_id id, const cfn_node *node,
                     const char *format, ...) CFN_PRINTF(4, 5);

/* Whether a value is known at deployment alone: a function, or a text with a substitution. */
bool cfn__asl_is_open(const cfn_node *value);

/* What a value may be: of a kind, and a path or an expression where one is meant. */
typedef enum cfn__asl_shape {
    CFN__ASL_ANYTHING,
    CFN__ASL_TEXT,
    CFN__ASL_TRUTH,
    CFN__ASL_WHOLE, /* a whole number, not negative */
    CFN__ASL_NUMBER,
    CFN__ASL_LIST,
    CFN__ASL_MAP,
    CFN__ASL_PATH,      /* $, $.a.b, or null */
    CFN__ASL_REFERENCE, /* a path that names one place, or null */
    CFN__ASL_TEMPLATE   /* a map in which keys that end in .$ hold paths */
} cfn__asl_shape;

/* Whether the value fits; reports it when not. `state` is whose it is. */
bool cfn__asl_fits(const cfn__state *state, const cfn_node *value, cfn__asl_shape shape);

/* A member that a map of the definition may have. */
typedef struct cfn__asl_field {
    const char *name;
    cfn__asl_shape shape;
    unsigned languages; /* 0: both */
    unsigned types;     /* of states; 0: all */
    bool required;
} cfn__asl_field;

/* Checks the members of a map against a table ended by one without a name: those there are not,
 * those of another type of state or language, and those that are missing. `what` is as in "a
 * catcher"; NULL: a state. */
void cfn__asl_members(const cfn__state *state, const cfn_node *map, const cfn__asl_field *table,
                      unsigned type, const char *what, cfn_diagnostic_id id);

/* "the state Load" */
const char *cfn__asl_name(const cfn__state *state);

/* Whether the text names a state of the scope; reports it when not. */
void cfn__asl_leads_to_state(const cfn__state *state, const cfn_node *name);

/* --- asl_state.c --- */

/* A map with StartAt and States: reports all that is wrong in it. `language` is that of the states
 * that do not say. */
void cfn__asl_states(cfn__machine *machine, const cfn_node *map, unsigned language);

/* Looks at a state, and at the scopes inside of it. */
void cfn__asl_state(const cfn__scope *scope, const cfn_node *node);

/* --- asl_choice.c, asl_errors.c --- */
void cfn__asl_choices(const cfn__state *state);
void cfn__asl_errors(const cfn__state *state);

#endif
