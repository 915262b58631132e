/* What is sent to AWS, as JSON: it is no argument, so it may hold secrets. */
#ifndef CLI_DEPLOY_REQUEST_H
#define CLI_DEPLOY_REQUEST_H

#include "../json.h"

#include <stddef.h>

typedef struct request {
    cli_json json;
    char *text;
    size_t length;
} request;

/* Begins an object; false when memory is out. */
bool begin_request(request *r);

/* Ends it. The text is freed with free_request; NULL when memory is out. */
const char *end_request(request *r);
void free_request(request *r);

#endif
