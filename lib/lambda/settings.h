/* What the environment says: what is to be compared, where reports go, and what Lambda itself tells
 * a function. */
#ifndef CFN_LAMBDA_SETTINGS_H
#define CFN_LAMBDA_SETTINGS_H

#include "lambda/failure.h"

#include <cfngen/arena.h>
#include <cfngen/dms_table_mappings.h>

/* What every function is told by Lambda itself. Texts are those of the environment; NULL where a
 * variable is missing or empty. */
typedef struct cfn__lambda_settings {
    const char *region, *key_id, *key, *session_token;
    const char *runtime, *function, *task_root;
    const char *endpoint;
} cfn__lambda_settings;

typedef struct cfn__variable {
    const char *name;
    size_t member; /* where its const char * is */
    bool is_required;
    const char *otherwise; /* the default; NULL: none */
    bool (*accepts)(const char *text);
    const char *form; /* what it must be */
} cfn__variable;

/* Reads variables with getenv into a struct of settings, and those of Lambda. False when one is
 * missing or wrong: the message names all that are. */
bool cfn__read_variables(const cfn__variable *variables, size_t count, void *settings,
                         cfn__lambda_settings *lambda, cfn__failure *failure);

/* What the validator is told. */
typedef struct cfn__settings {
    const char *source_secret, *target_secret;
    const char *engine;    /* mysql or postgresql */
    const char *databases; /* separated by commas */
    const char *mappings;  /* JSON text */
    const char *report_bucket, *report_prefix;
    const char *ca_file; /* of the databases */
    const char *heartbeat, *settle_seconds, *max_load, *mode;
    const char *secrets_endpoint, *s3_endpoint;
    cfn__lambda_settings lambda;
} cfn__settings;

/* What has no value gets its default; one that has to be made lives in the arena. */
bool cfn__read_environment(cfn_arena *arena, cfn__settings *settings, cfn__failure *failure);

/* The certificates that AWS is trusted by; NULL: those that libcurl knows. */
const char *cfn__aws_ca_file(void);

/* Letters, digits and these; an address of an endpoint. */
bool cfn__is_made_of(const char *text, const char *others);
bool cfn__is_address(const char *text);

/* Whether a text is a number from `least` to `most`. */
bool cfn__is_number_within(const char *text, double least, double most);

#endif
