/* Failures of an invocation and their names. */
#include "lambda/failure.h"

#include <stdarg.h>
#include <stdio.h>

const char *cfn__failure_name(cfn__function function, cfn__failure_type type)
{
    static const char *const names[][2] = {{"", ""},
#define NAMES(id, validator, cutover) {validator, cutover},
                                           CFN__FAILURES(NAMES)
#undef NAMES
    };
    return names[type][function] ? names[type][function] : "";
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
