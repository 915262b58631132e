/* Nodes to YAML text. */
#include "write/write.h"

void cfn__write_yaml(cfn__buffer *buffer, const cfn_node *root)
{
    cfn__write_json(buffer, root, false); /* JSON is YAML, for now */
}
