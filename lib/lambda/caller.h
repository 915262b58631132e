/* Calls of the cutover function: a body out, a tree back, and a failure that says what is wrong. */
#ifndef CFN_LAMBDA_CALLER_H
#define CFN_LAMBDA_CALLER_H

#include "base/buffer.h"
#include "lambda/aws.h"

#include <cfngen/node.h>

typedef struct cfn__caller {
    const cfn__aws *aws;
    cfn_arena *arena;
    cfn__failure *failure;
    const char *tolerated; /* a code of AWS that is no failure; NULL: none */
} cfn__caller;

/* Makes a call and reads its answer, JSON or XML. The body is freed; NULL: none. `what` is what
 * could not be done, as "the state cannot be read". NULL, and the failure filled in, on a failure;
 * without one when the code is tolerated. */
const cfn_node *cfn__call(const cfn__caller *caller, cfn__aws_call call, const char *path,
                          cfn__buffer *body, const char *what);

/* Fills in that an answer has not the form that it must have; always false. */
bool cfn__bad_answer(const cfn__caller *caller, const char *what);

/* Adds `,"name":"text"` to a body of JSON; a brace in place of the comma when it is empty. */
void cfn__add_json_member(cfn__buffer *body, const char *name, const char *text);

#endif
