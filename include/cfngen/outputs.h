/* The outputs of deployed stacks, flat: {"OutputKey": "value"}, as programs and tests read them.
 *
 *     const cfn_node *answer = cfn_read_file(arena, diagnostics, "-", CFN_FORMAT_JSON);
 *     cfn_node *flat = cfn_outputs_flatten(arena, diagnostics, &answer, 1, NULL);
 *     const char *text = flat ? cfn_write_text(arena, flat, NULL, &length) : NULL;
 *
 * What AWS answers is described at
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_Stack.html */
#ifndef CFNGEN_OUTPUTS_H
#define CFNGEN_OUTPUTS_H

#include <cfngen/node.h>

CFN_BEGIN_DECLS

typedef struct cfn_outputs_options {
    const char *const *stacks; /* the names of the stacks to take, ended by NULL; NULL: all there
                                  are. CFN6102 tells one that is not there */
    bool prefix;               /* keys are STACK.OutputKey */
} cfn_outputs_options;

/* All outputs of what describe-stacks answered, `count` times: each answer is {"Stacks": [...]}, or
 * one stack of such a list. The map that comes back is sorted by key, byte by byte; each value is a
 * string. Options may be NULL. NULL when an answer is not of this form (CFN6101), or when two
 * stacks have an output of the same key and `prefix` is not set (CFN6103). */
CFN_API cfn_node *cfn_outputs_flatten(cfn_arena *arena, cfn_diagnostics *diagnostics,
                                      const cfn_node *const *answers, size_t count,
                                      const cfn_outputs_options *options);

/* Compares flat outputs, without prefix, with those that a template or a stack file declares. One
 * that is missing is an error (CFN6104), unless it has a condition; one that is not declared is a
 * warning (CFN6105), unless something may add to the outputs when the template is deployed. False
 * when there was an error. */
CFN_API bool cfn_outputs_expect(const cfn_node *flat, const cfn_node *tpl,
                                cfn_diagnostics *diagnostics);

/* Flat outputs as a shell reads them: a line KEY='value' for each, in which all but letters and
 * digits of the key have become underscores. The text lives in the arena. NULL when a key cannot be
 * such a name, or two become the same one (CFN6106). */
CFN_API const char *cfn_outputs_shell(cfn_arena *arena, cfn_diagnostics *diagnostics,
                                      const cfn_node *flat, size_t *length);

CFN_END_DECLS

#endif
