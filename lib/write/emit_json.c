/* Nodes to JSON text. jansson's own encoder would lose how numbers were written. */
#include "write/write.h"

#include <string.h>

static void add_value(cfn__buffer *b, const cfn_node *node, size_t depth, bool minify);

static void add_line(cfn__buffer *b, size_t depth, bool minify)
{
    if (minify)
        return;
    cfn__buffer_add_char(b, '\n');
    cfn__buffer_add_spaces(b, depth * CFN__JSON_INDENT);
}

static void add_members(cfn__buffer *b, const cfn_node *node, size_t depth, bool minify)
{
    for (const cfn_node *n = node->first; n; n = n->next) {
        add_line(b, depth + 1, minify);
        if (node->kind == CFN_KIND_MAP) {
            cfn__buffer_add_json_string(b, n->key, strlen(n->key));
            cfn__buffer_add_text(b, minify ? ":" : ": ");
        }
        add_value(b, n, depth + 1, minify);
        if (n->next)
            cfn__buffer_add_char(b, ',');
    }
    if (node->first)
        add_line(b, depth, minify);
}

static void add_value(cfn__buffer *b, const cfn_node *node, size_t depth, bool minify)
{
    switch (cfn_node_kind(node)) {
    case CFN_KIND_NULL:
        cfn__buffer_add_text(b, "null");
        break;
    case CFN_KIND_BOOLEAN:
    case CFN_KIND_NUMBER:
        cfn__buffer_add(b, node->text, node->length);
        break;
    case CFN_KIND_STRING:
        cfn__buffer_add_json_string(b, node->text, node->length);
        break;
    case CFN_KIND_LIST:
    case CFN_KIND_MAP:
        cfn__buffer_add_char(b, node->kind == CFN_KIND_MAP ? '{' : '[');
        add_members(b, node, depth, minify);
        cfn__buffer_add_char(b, node->kind == CFN_KIND_MAP ? '}' : ']');
        break;
    }
}

void cfn__write_json(cfn__buffer *buffer, const cfn_node *root, bool minify)
{
    add_value(buffer, root, 0, minify);
    cfn__buffer_add_char(buffer, '\n');
}
