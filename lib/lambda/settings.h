/* What the environment says: what is to be compared, where reports go, and what Lambda itself tells
 * a function. */
#ifndef CFN_LAMBDA_SETTINGS_H
#define CFN_LAMBDA_SETTINGS_H

#include "lambda/failure.h"

#include <cfngen/arena.h>
#include <cfngen/dms_table_mappings.h>

/* Texts are those of the environment; NULL where a variable is missing or empty. */
typedef struct cfn__settings {
    const char *source_secret, *target_secret;
    const char *engine;    /* mysql or postgresql */
    const char *databases; /* separated by commas */
    const char *mappings;  /* JSON text */
    const char *report_bucket, *report_prefix;
    const char *ca_file; /* of the databases */
    const char *heartbeat, *settle_seconds, *max_load, *mode;
    const char *region, *key_id, *key, *session_token;
    const char *runtime, *function, *task_root;
    const char *endpoint, *secrets_endpoint, *s3_endpoint;
} cfn__settings;

/* Reads them with getenv; what has no value gets its default. False when one is missing or wrong:
 * the message names all that are. Defaults that have to be made live in the arena. */
bool cfn__read_environment(cfn_arena *arena, cfn__settings *settings, cfn__failure *failure);

/* The certificates that AWS is trusted by; NULL: those that libcurl knows. */
const char *cfn__aws_ca_file(void);

/* Whether a text is a number from `least` to `most`. */
bool cfn__is_number_within(const char *text, double least, double most);

#endif
