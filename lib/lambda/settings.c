/* The environment: one table of variables, with what each may hold. */
#include "lambda/settings.h"

#include "base/arena.h"
#include "base/buffer.h"
#include "base/text.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

bool cfn__is_number_within(const char *text, double least, double most)
{
    char *end = NULL;
    double value = strtod(text, &end);
    return *text && strspn(text, "0123456789.") == strlen(text) && !*end && value >= least &&
           value <= most;
}

static bool is_seconds(const char *text)
{
    return cfn__is_number_within(text, 0, 900);
}

static bool is_percent(const char *text)
{
    return cfn__is_number_within(text, 1, 100) && !strchr(text, '.');
}

static bool is_engine(const char *text)
{
    return strcmp(text, "mysql") == 0 || strcmp(text, "postgresql") == 0;
}

static bool is_mode(const char *text)
{
    return strcmp(text, "auto") == 0 || strcmp(text, "digest") == 0 || strcmp(text, "stream") == 0;
}

static bool is_table(const char *text)
{
    return strchr(text, '.') != NULL;
}

bool cfn__is_made_of(const char *text, const char *others)
{
    for (; *text; text++)
        if (!cfn__is_alphanumeric(*text) && !strchr(others, *text))
            return false;
    return true;
}

static bool is_bucket(const char *text)
{
    return cfn__is_made_of(text, ".-_");
}

static bool is_prefix(const char *text)
{
    return cfn__is_made_of(text, "._-/") && *text != '/' && strlen(text) <= 200 &&
           !strstr(text, "..");
}

static bool is_file(const char *text)
{
    return access(text, R_OK) == 0;
}

static bool is_region(const char *text)
{
    return cfn__is_made_of(text, "-") && strlen(text) <= 40;
}

bool cfn__is_address(const char *text)
{
    return (cfn__starts_with(text, "https://") || cfn__starts_with(text, "http://")) &&
           strlen(text) <= 500;
}

#define MEMBER(name) offsetof(cfn__lambda_settings, name)
static const cfn__variable lambda_variables[] = {
    {"AWS_LAMBDA_RUNTIME_API", MEMBER(runtime), true, NULL, NULL, NULL},
    {"AWS_REGION", MEMBER(region), true, NULL, is_region, "a region, as eu-west-2"},
    {"AWS_ACCESS_KEY_ID", MEMBER(key_id), true, NULL, NULL, NULL},
    {"AWS_SECRET_ACCESS_KEY", MEMBER(key), true, NULL, NULL, NULL},
    {"AWS_SESSION_TOKEN", MEMBER(session_token), false, NULL, NULL, NULL},
    {"AWS_LAMBDA_FUNCTION_NAME", MEMBER(function), true, NULL, NULL, NULL},
    {"LAMBDA_TASK_ROOT", MEMBER(task_root), false, NULL, NULL, NULL},
    {"AWS_ENDPOINT_URL", MEMBER(endpoint), false, NULL, cfn__is_address,
     "an address, as https://host"},
};
#undef MEMBER

#define MEMBER(name) offsetof(cfn__settings, name)
static const cfn__variable variables[] = {
    {"SOURCE_SECRET", MEMBER(source_secret), true, NULL, NULL, NULL},
    {"TARGET_SECRET", MEMBER(target_secret), true, NULL, NULL, NULL},
    {"ENGINE", MEMBER(engine), false, "mysql", is_engine, "mysql or postgresql"},
    {"DATABASES", MEMBER(databases), false, NULL, NULL, NULL},
    {"MAPPINGS", MEMBER(mappings), false, NULL, NULL, NULL},
    {"REPORT_BUCKET", MEMBER(report_bucket), false, NULL, is_bucket, "the name of a bucket"},
    {"REPORT_PREFIX", MEMBER(report_prefix), false, "validator/", is_prefix,
     "the beginning of a key, of letters, digits and ._-/"},
    {"CA_FILE", MEMBER(ca_file), false, NULL, is_file, "a file that can be read"},
    {"HEARTBEAT", MEMBER(heartbeat), false, NULL, is_table, "a schema and a table"},
    {"SETTLE_SECONDS", MEMBER(settle_seconds), false, NULL, is_seconds, "from 0 to 900"},
    {"MAX_LOAD", MEMBER(max_load), false, NULL, is_percent, "a whole number from 1 to 100"},
    {"MODE", MEMBER(mode), false, NULL, is_mode, "auto, digest or stream"},
    {"AWS_ENDPOINT_URL_SECRETS_MANAGER", MEMBER(secrets_endpoint), false, NULL, cfn__is_address,
     "an address, as https://host"},
    {"AWS_ENDPOINT_URL_S3", MEMBER(s3_endpoint), false, NULL, cfn__is_address,
     "an address, as https://host"},
};
#undef MEMBER

/* The value is not shown: it may be anything. */
static const char *read_variable(const cfn__variable *v, cfn__buffer *problems)
{
    const char *text = getenv(v->name); // NOLINT(concurrency-mt-unsafe)
    text = text && *text ? text : v->otherwise;
    if (!text && v->is_required)
        cfn__buffer_format(problems, "; %s is missing", v->name);
    else if (text && v->accepts && !v->accepts(text))
        cfn__buffer_format(problems, "; %s must be %s", v->name, v->form);
    return text;
}

static void read_all(const cfn__variable *all, size_t count, void *settings, cfn__buffer *problems)
{
    for (const cfn__variable *v = all; v < all + count; v++)
        *(const char **)(void *)((char *)settings + v->member) = read_variable(v, problems);
}

bool cfn__read_variables(const cfn__variable *own, size_t count, void *settings,
                         cfn__lambda_settings *lambda, cfn__failure *failure)
{
    cfn__buffer problems = {0};
    read_all(own, count, settings, &problems);
    read_all(lambda_variables, sizeof lambda_variables / sizeof *lambda_variables, lambda,
             &problems);
    if (problems.failed)
        cfn__fails(failure, CFN__OUT_OF_MEMORY, "memory is out");
    else if (problems.length)
        cfn__fails(failure, CFN__BAD_CONFIGURATION, "the environment of the function: %s",
                   problems.text + 2);
    cfn__buffer_free(&problems);
    return !failure->type;
}

/* The bundle has the certificates of RDS beside the program. */
static void find_ca_file(cfn_arena *arena, cfn__settings *settings)
{
    if (settings->ca_file || !settings->lambda.task_root)
        return;
    const char *path = cfn__format(arena, "%s/rds-ca.pem", settings->lambda.task_root);
    if (is_file(path))
        settings->ca_file = path;
}

bool cfn__read_environment(cfn_arena *arena, cfn__settings *settings, cfn__failure *failure)
{
    bool read = cfn__read_variables(variables, sizeof variables / sizeof *variables, settings,
                                    &settings->lambda, failure);
    find_ca_file(arena, settings);
    if (cfn_arena_failed(arena))
        cfn__fails(failure, CFN__OUT_OF_MEMORY, "memory is out");
    return read && !failure->type;
}

const char *cfn__aws_ca_file(void)
{
    static const char lambda[] = "/etc/pki/tls/certs/ca-bundle.crt";
    return access(lambda, R_OK) == 0 ? lambda : NULL;
}
