/* Diagnostics about nodes: their path and their place. */
#include "node/node.h"

#include "base/text.h"

#include <string.h>

static size_t index_of(const cfn_node *node)
{
    size_t index = 0;
    for (const cfn_node *n = node->parent->first; n && n != node; n = n->next)
        index++;
    return index;
}

static void add_steps(cfn__buffer *buffer, const cfn_node *node)
{
    if (!node->parent)
        return;
    add_steps(buffer, node->parent);
    if (node->parent->parent)
        cfn__buffer_add_char(buffer, ',');
    if (node->key)
        cfn__buffer_add_json_string(buffer, node->key, strlen(node->key));
    else
        cfn__buffer_format(buffer, "%zu", index_of(node));
}

void cfn__add_path(cfn__buffer *buffer, const cfn_node *node)
{
    cfn__buffer_add_char(buffer, '[');
    if (node)
        add_steps(buffer, node);
    cfn__buffer_add_char(buffer, ']');
}

static void report(cfn_diagnostics *diagnostics, cfn_diagnostic_id id, const cfn_node *node,
                   cfn__place place, const char *format, va_list arguments)
{
    cfn__buffer path = {0};
    cfn__add_path(&path, node);
    cfn__vreport_at(diagnostics, id, place, path.failed ? NULL : path.text, format, arguments);
    cfn__buffer_free(&path);
}

void cfn__report(cfn_diagnostics *diagnostics, cfn_diagnostic_id id, const cfn_node *node,
                 const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    report(diagnostics, id, node, node ? node->place : (cfn__place){0}, format, arguments);
    va_end(arguments);
}

void cfn__report_key(cfn_diagnostics *diagnostics, cfn_diagnostic_id id, const cfn_node *node,
                     const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    cfn__place place = node ? node->place : (cfn__place){0};
    if (node && node->key_line) {
        place.line = place.end_line = node->key_line;
        place.column = node->key_column;
        place.end_column = place.column + cfn__utf8_count(node->key, strlen(node->key));
    }
    report(diagnostics, id, node, place, format, arguments);
    va_end(arguments);
}
