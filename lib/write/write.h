/* The writers of each format: they add the text of a tree to a buffer. */
#ifndef CFN_WRITE_WRITE_H
#define CFN_WRITE_WRITE_H

#include "node/node.h"

#include <cfngen/write.h>

void cfn__write_json(cfn__buffer *buffer, const cfn_node *root, bool minify);
void cfn__write_yaml(cfn__buffer *buffer, const cfn_node *root);

#endif
