/* Failures of an invocation and their names. */
#include "lambda/failure.h"

#include <stdarg.h>
#include <stdio.h>

const char *cfn__failure_name(cfn__failure_type type)
{
    static const char *const names[] = {"",
#define NAME(id, name) name,
                                        CFN__FAILURES(NAME)
#undef NAME
    };
    return names[type];
}

bool cfn__fails(cfn__failure *failure, cfn__failure_type type, const char *format, ...)
{
    va_list list;
    if (failure->type)
        return false;
    failure->type = type;
    va_start(list, format);
    vsnprintf(failure->message, sizeof failure->message, format, list);
    va_end(list);
    return false;
}
