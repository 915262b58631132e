/* Forms. */
#include "lambda/form.h"

#include "base/text.h"

#include <string.h>

static void add_encoded(cfn__buffer *body, const char *text)
{
    for (; *text; text++)
        if (cfn__is_alphanumeric(*text) || strchr("-._~", *text))
            cfn__buffer_add_char(body, *text);
        else
            cfn__buffer_format(body, "%%%02X", (unsigned)(unsigned char)*text);
}

void cfn__form_add(cfn__buffer *body, const char *name, const char *value)
{
    if (body->length)
        cfn__buffer_add_char(body, '&');
    add_encoded(body, name);
    cfn__buffer_add_char(body, '=');
    add_encoded(body, value);
}
