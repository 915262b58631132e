/* Reading a text that may or may not be a document. */
#ifndef CFN_READ_QUIET_H
#define CFN_READ_QUIET_H

#include <cfngen/read.h>

/* The mapping of JSON that a text is; NULL, without a word, when it is something else. Memory that
 * is out does not make a text something else: the arena has failed then. */
const cfn_node *cfn__read_quietly(cfn_arena *arena, const char *text, size_t length);

#endif
