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
        check->said = check->told != at;
        if (!check->said)
            return; /* several tables may know the same of a value */
        check->told = at;
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

const char *cfn__name_of(cfn__check *check, cfn__subject subject)
{
    const cfn_node *node = subject.at && !subject.node->key ? subject.at : subject.node;
    if (check->quiet)
        return "";
    if (check->resource && node == check->resource->properties)
        return check->resource->type;
    if (node->key)
        return node->key;
    while (node->parent && !node->key)
        node = node->parent;
    return node->key ? cfn__format(check->out.arena, "an item of %.100s", node->key) : "this";
}
