/* Reporting what is wrong with a subject. */
#include "check/check.h"

#include <stdio.h>
#include <string.h>

enum { LONGEST_MESSAGE = 500 };

/* What a parameter lets in need not be what it has in a deployment: a warning. */
static void report(cfn__check *check, cfn_diagnostic_id id, cfn__subject subject, bool at_key,
                   const char *format, va_list arguments)
{
    char message[LONGEST_MESSAGE];
    vsnprintf(message, sizeof message, format, arguments);
    const cfn_node *at = subject.at ? subject.at : subject.node;
    const cfn_schema_cross *cross = check->cross;
    check->said = true;
    if (cross) {
        check->said = check->told != at || check->teller == cross->value;
        if (!check->said)
            return; /* several tables may know the same of a value */
        check->told = at;
        check->teller = cross->value;
        id = cross->is_warning ? CFN3122 : CFN3121;
        size_t length = strlen(message);
        snprintf(message + length, sizeof message - length, " (%s)", cross->name);
    }
    if (subject.parameter)
        cfn__complain(&check->out, CFN3118, at, "the parameter %.100s lets this in: %s",
                      subject.parameter->key, message);
    else if (at_key && !subject.at)
        cfn__complain_key(&check->out, id, at, "%s", message);
    else
        cfn__complain(&check->out, id, at, "%s", message);
}

cfn__fit cfn__refuse(cfn__check *check, cfn_diagnostic_id id, cfn__subject subject,
                     const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    if (!check->quiet)
        report(check, id, subject, false, format, arguments);
    va_end(arguments);
    return CFN__UNFIT;
}

cfn__fit cfn__refuse_key(cfn__check *check, cfn_diagnostic_id id, cfn__subject subject,
                         const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    if (!check->quiet)
        report(check, id, subject, true, format, arguments);
    va_end(arguments);
    return CFN__UNFIT;
}

void cfn__suggest(cfn__check *check, const char *format, ...)
{
    char hint[LONGEST_MESSAGE];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(hint, sizeof hint, format, arguments);
    va_end(arguments);
    if (!check->quiet && check->said)
        cfn__advise(&check->out, "%s", hint);
}

void cfn__suggest_nearest(cfn__check *check, const char *nearest)
{
    if (!check->quiet && check->said)
        cfn__hint_nearest(check->out.diagnostics, nearest);
}

/* Whether a node is a branch of a Fn::If; then the function stands in the same place. */
static bool is_branch(const cfn_node *node)
{
    const cfn_node *list = node->parent;
    return list && list->key && strcmp(list->key, "Fn::If") == 0 && list->parent &&
           list->parent->size == 1;
}

/* Where a subject stands: all branches of a Fn::If stand where the function does. */
static const cfn_node *place_of(cfn__subject subject)
{
    const cfn_node *node = subject.at ? subject.at : subject.node;
    while (!node->key && is_branch(node))
        node = node->parent->parent;
    return node;
}

static bool is_all_properties(const cfn__check *check, const cfn_node *node)
{
    const cfn_resource *resource = check->resource;
    return resource && (node == resource->properties || node == resource->node);
}

const char *cfn__name_of(cfn__check *check, cfn__subject subject)
{
    if (check->quiet)
        return "";
    const cfn_node *node = place_of(subject);
    bool is_item = false;
    while (!node->key && node->parent) {
        is_item = true;
        node = place_of((cfn__subject){.node = node->parent});
    }
    if (is_all_properties(check, node))
        return check->resource->type;
    if (!node->key)
        return "this";
    return is_item ? cfn__format(check->out.arena, "an item of %.100s", node->key) : node->key;
}

const char *cfn__path_of(cfn__check *check, cfn__subject subject)
{
    const char *path = "";
    const cfn_node *node = place_of(subject);
    if (check->quiet || !check->resource)
        return path;
    while (node && !is_all_properties(check, node)) {
        path = cfn__format(check->out.arena, ".%.100s%s", node->key ? node->key : "*", path);
        node = node->parent ? place_of((cfn__subject){.node = node->parent}) : NULL;
    }
    return cfn__format(check->out.arena, "%s%s", check->resource->type, path);
}
