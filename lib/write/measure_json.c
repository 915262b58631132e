/* The size of JSON text, without the text: most templates are measured and then written once. */
#include "write/write.h"

#include <string.h>

static void add(cfn__json_size *size, size_t bytes)
{
    size->written += bytes;
    size->minified += bytes;
}

static void add_value(cfn__json_size *size, const cfn_node *node, size_t depth);

static void add_members(cfn__json_size *size, const cfn_node *node, size_t depth)
{
    add(size, strlen("{}"));
    if (!node->first)
        return;
    for (const cfn_node *n = node->first; n; n = n->next) {
        size->written += strlen("\n") + (depth + 1) * CFN__JSON_INDENT;
        if (node->kind == CFN_KIND_MAP) {
            add(size, cfn__json_string_length(n->key, strlen(n->key)) + strlen(":"));
            size->written += strlen(" ");
        }
        add_value(size, n, depth + 1);
        if (n->next)
            add(size, strlen(","));
    }
    size->written += strlen("\n") + depth * CFN__JSON_INDENT;
}

static void add_value(cfn__json_size *size, const cfn_node *node, size_t depth)
{
    switch (cfn_node_kind(node)) {
    case CFN_KIND_NULL:
        add(size, strlen("null"));
        break;
    case CFN_KIND_BOOLEAN:
    case CFN_KIND_NUMBER:
        add(size, node->length);
        break;
    case CFN_KIND_STRING:
        add(size, cfn__json_string_length(node->text, node->length));
        break;
    case CFN_KIND_LIST:
    case CFN_KIND_MAP:
        add_members(size, node, depth);
        break;
    }
}

cfn__json_size cfn__measure_json(const cfn_node *root)
{
    cfn__json_size size = {0};
    add_value(&size, root, 0);
    add(&size, strlen("\n"));
    return size;
}
