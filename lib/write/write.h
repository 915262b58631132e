/* The writers of each format: they add the text of a tree to a buffer. */
#ifndef CFN_WRITE_WRITE_H
#define CFN_WRITE_WRITE_H

#include "node/node.h"

#include <cfngen/write.h>

enum { CFN__JSON_INDENT = 2 };
void cfn__write_json(cfn__buffer *buffer, const cfn_node *root, bool minify);
/* How many bytes the JSON text has, both ways, without writing it. */
typedef struct cfn__json_size {
    size_t written, minified;
} cfn__json_size;
cfn__json_size cfn__measure_json(const cfn_node *root);

void cfn__write_yaml(cfn__buffer *buffer, const cfn_node *root);

#endif
