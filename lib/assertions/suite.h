/* A test file from the inside. */
#ifndef CFN_ASSERTIONS_SUITE_H
#define CFN_ASSERTIONS_SUITE_H

#include "assertions/assertions.h"

#include <cfngen/test_suite.h>

typedef enum cfn__step_kind {
    CFN__STEP_ENTRIES, /* has, all, none, count */
    CFN__STEP_TEMPLATE,
    CFN__STEP_SNAPSHOT,
    CFN__STEP_MAY,
    CFN__STEP_MAY_NOT
} cfn__step_kind;

/* One assertion of a test. */
typedef struct cfn__step {
    struct cfn__step *next;
    const cfn_node *at;
    const char *name; /* "has" */
    cfn__step_kind kind;
    cfn_assertion assertion;
    const cfn_node *pattern;  /* NULL: anything */
    const cfn_node *captured; /* name -> pattern of the list of what was captured; or NULL */
    cfn_permission permission;
    const char *path; /* of a snapshot */
} cfn__step;

typedef struct cfn__givens {
    const cfn_given *items;
    size_t count;
    bool resolve; /* parameters are spoken of */
} cfn__givens;

typedef struct cfn__test {
    const cfn_node *at;
    const char *name;
    cfn__step *steps, *last;
    cfn__givens givens;
    bool own_givens;
} cfn__test;

struct cfn_suite {
    cfn_arena *arena;
    const char *folder; /* of the file: "" or ended by / */
    cfn_suite_subject subject;
    cfn__givens givens;
    bool loose;
    cfn__test *tests;
    size_t test_count;
    cfn_assertions *t; /* of the template that was tested last, without a test's own parameters */
    const cfn_node *root;
    bool update;
};

/* --- suite_keys.c: mappings with known keys --- */

enum {
    CFN__KEY_TEXT = 1,
    CFN__KEY_NUMBER = 2,
    CFN__KEY_TRUTH = 4,
    CFN__KEY_LIST = 8,
    CFN__KEY_MAP = 16,
    CFN__KEY_ANYTHING = 32, /* a pattern */
    CFN__KEY_REQUIRED = 64
};

typedef struct cfn__key {
    const char *name;
    unsigned takes;
} cfn__key;

/* Finds the members of a map; found[i] is that of keys[i], or NULL. False, and reported, when there
 * are others, when one is missing or of another kind. `what` is as in "a test". */
bool cfn__read_keys(cfn_diagnostics *diagnostics, const cfn_node *map, const cfn__key *keys,
                    size_t count, const char *what, const cfn_node **found);

/* --- suite_steps.c --- */

/* Whether a key is that of an assertion; reads those of a test. */
bool cfn__is_step(const char *key);
const char *cfn__nearest_step(const char *key);
bool cfn__read_steps(cfn_suite *suite, cfn_diagnostics *diagnostics, cfn__test *test,
                     const cfn_node *value);

#endif
