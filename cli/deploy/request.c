/* Collects JSON in memory. */
#include "request.h"

#include <stdlib.h>

bool begin_request(request *r)
{
    *r = (request){.text = NULL};
    r->json.stream = open_memstream(&r->text, &r->length);
    if (!r->json.stream)
        return false;
    json_open(&r->json, NULL, '{');
    return true;
}

const char *end_request(request *r)
{
    json_close(&r->json, '}');
    bool good = fclose(r->json.stream) == 0;
    r->json.stream = NULL;
    return good ? r->text : NULL;
}

void free_request(request *r)
{
    if (r->json.stream)
        fclose(r->json.stream);
    free(r->text);
}
