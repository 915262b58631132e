/* From a stack to a checked CloudFormation template. */
#ifndef CFNGEN_SYNTH_H
#define CFNGEN_SYNTH_H

#include <cfngen/stack.h>

CFN_BEGIN_DECLS

/* Binds all constructs, wires them to each other, expands them in the order they were declared and
 * checks the template. NULL when an error was found; the stack's diagnostics tell. The template
 * lives in the stack; a second call gives the same node. Nothing may be added afterwards. */
CFN_API const cfn_node *cfn_stack_synth(cfn_stack *stack);

/* Synthesises and gives the template's text; NULL as above. */
CFN_API const char *cfn_stack_text(cfn_stack *stack, const cfn_write_options *options,
                                   size_t *length);

/* Synthesises and writes the template: to a file, to "-" (standard output), or into a folder
 * ("build/", or one that exists) under the stack's name. False when there was an error; the file is
 * then as it was. */
CFN_API bool cfn_stack_write(cfn_stack *stack, const char *path, const cfn_write_options *options);

CFN_END_DECLS

#endif
