/* The environment of the cutover function: one table of variables, with what each may hold. */
#include "lambda/cutover_settings.h"

#include "base/text.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

static bool is_whole_within(const char *text, double least, double most)
{
    return cfn__is_number_within(text, least, most) && !strchr(text, '.');
}

static bool is_zone(const char *text)
{
    return cfn__is_made_of(text, "") && strlen(text) <= 32;
}

/* It goes into a URL and into XML as it is. */
static bool is_host(const char *text)
{
    return cfn__is_made_of(text, ".-_") && strchr(text, '.') && strlen(text) <= 255;
}

static bool is_mode(const char *text)
{
    return strcmp(text, "cname") == 0 || strcmp(text, "weighted") == 0;
}

static bool is_bool(const char *text)
{
    return strcmp(text, "true") == 0 || strcmp(text, "false") == 0;
}

static bool is_ttl(const char *text)
{
    return is_whole_within(text, 1, 300);
}

static bool is_set_identifier(const char *text)
{
    for (const char *c = text; *c; c++)
        if ((unsigned char)*c < ' ' || strchr("<>&\"'", *c))
            return false;
    return strlen(text) <= 128;
}

static bool is_arn(const char *text)
{
    return cfn__starts_with(text, "arn:") && cfn__is_made_of(text, ":-_/.") && strlen(text) <= 300;
}

static bool is_seconds(const char *text)
{
    return cfn__is_number_within(text, 1, 86400);
}

static bool is_datapoints(const char *text)
{
    return is_whole_within(text, 1, CFN__MOST_DATAPOINTS);
}

static bool is_age(const char *text)
{
    return is_whole_within(text, 60, 14 * 86400);
}

static bool is_name(const char *text)
{
    return cfn__is_made_of(text, "-_") && strlen(text) <= 140;
}

static bool is_parameter(const char *text)
{
    return cfn__is_made_of(text, "/._-") && strlen(text) <= 900;
}

static bool is_alarms(const char *text)
{
    int count = 1;
    for (const char *c = text; *c; c++)
        count += *c == ',';
    return count <= CFN__MOST_ALARMS;
}

#define HOST         "the name of a host"
#define PARAMETER    "the name of a parameter"
#define ADDRESS      "an address, as https://host"
#define MEMBER(name) offsetof(cfn__cutover_settings, name)
static const cfn__variable variables[] = {
    {"HOSTED_ZONE_ID", MEMBER(zone), true, NULL, is_zone, "the id of a hosted zone"},
    {"RECORD_NAME", MEMBER(record), true, NULL, is_host, HOST},
    {"RECORD_MODE", MEMBER(mode), true, NULL, is_mode, "cname or weighted"},
    {"SOURCE_HOST", MEMBER(source_host), true, NULL, is_host, HOST},
    {"TARGET_HOST", MEMBER(target_host), true, NULL, is_host, HOST},
    {"TTL", MEMBER(ttl), true, NULL, is_ttl, "a whole number from 1 to 300"},
    {"SOURCE_SET_IDENTIFIER", MEMBER(source_id), false, NULL, is_set_identifier,
     "at most 128 characters, none of which XML must escape"},
    {"TARGET_SET_IDENTIFIER", MEMBER(target_id), false, NULL, is_set_identifier,
     "at most 128 characters, none of which XML must escape"},
    {"TASK_ARN", MEMBER(task), true, NULL, is_arn, "an ARN"},
    {"REVERSE_TASK_ARN", MEMBER(reverse_task), false, NULL, is_arn, "an ARN"},
    {"REPLICATION_INSTANCE_IDENTIFIER", MEMBER(instance), true, NULL, is_name,
     "letters, digits and hyphens"},
    {"LATENCY_LIMIT_SECONDS", MEMBER(latency_limit), false, "60", is_seconds, "from 1 to 86400"},
    {"LATENCY_DATAPOINTS", MEMBER(latency_datapoints), false, "5", is_datapoints,
     "a whole number from 1 to 60"},
    {"VALIDATOR_FUNCTION", MEMBER(validator), false, NULL, is_name, "the name of a function"},
    {"VALIDATION_MAX_AGE_SECONDS", MEMBER(validation_max_age), false, "86400", is_age,
     "a whole number from 60 to 1209600"},
    {"ALARM_NAMES", MEMBER(alarms), false, NULL, is_alarms, "at most 100 names"},
    {"STATE_PARAMETER", MEMBER(state), true, NULL, is_parameter, PARAMETER},
    {"LOCK_PARAMETER", MEMBER(lock), true, NULL, is_parameter, PARAMETER},
    {"TOPIC_ARN", MEMBER(topic), false, NULL, is_arn, "an ARN"},
    {"READ_ONLY_TRAFFIC", MEMBER(read_only), false, "false", is_bool, "true or false"},
    {"AWS_ENDPOINT_URL_ROUTE_53", MEMBER(endpoints[0]), false, NULL, cfn__is_address, ADDRESS},
    {"AWS_ENDPOINT_URL_SSM", MEMBER(endpoints[1]), false, NULL, cfn__is_address, ADDRESS},
    {"AWS_ENDPOINT_URL_CLOUDWATCH", MEMBER(endpoints[2]), false, NULL, cfn__is_address, ADDRESS},
    {"AWS_ENDPOINT_URL_DATABASE_MIGRATION_SERVICE", MEMBER(endpoints[3]), false, NULL,
     cfn__is_address, ADDRESS},
    {"AWS_ENDPOINT_URL_SNS", MEMBER(endpoints[4]), false, NULL, cfn__is_address, ADDRESS},
};
#undef MEMBER

bool cfn__read_cutover_environment(cfn__cutover_settings *s, cfn__failure *failure)
{
    if (!cfn__read_variables(variables, sizeof variables / sizeof *variables, s, &s->lambda,
                             failure))
        return false;
    s->is_weighted = strcmp(s->mode, "weighted") == 0;
    s->is_read_only = strcmp(s->read_only, "true") == 0;
    s->limit = strtod(s->latency_limit, NULL);
    s->datapoints = (int)strtol(s->latency_datapoints, NULL, 10);
    s->max_age = strtol(s->validation_max_age, NULL, 10);
    if (s->is_weighted && (!s->source_id || !s->target_id))
        return cfn__fails(failure, CFN__BAD_CONFIGURATION,
                          "the environment of the function: RECORD_MODE weighted needs "
                          "SOURCE_SET_IDENTIFIER and TARGET_SET_IDENTIFIER");
    if (s->is_weighted && strcmp(s->source_id, s->target_id) == 0)
        return cfn__fails(failure, CFN__BAD_CONFIGURATION,
                          "the environment of the function: SOURCE_SET_IDENTIFIER and "
                          "TARGET_SET_IDENTIFIER are the same");
    if (strcmp(s->state, s->lock) == 0)
        return cfn__fails(failure, CFN__BAD_CONFIGURATION,
                          "the environment of the function: STATE_PARAMETER and LOCK_PARAMETER are "
                          "the same");
    return true;
}

void cfn__cutover_endpoints(const cfn__cutover_settings *settings, cfn__aws *aws)
{
    static const cfn__service services[] = {CFN__ROUTE_53, CFN__SSM, CFN__CLOUDWATCH, CFN__DMS,
                                            CFN__SNS};
    for (size_t i = 0; i < sizeof services / sizeof *services; i++)
        aws->service_endpoint[services[i]] = settings->endpoints[i];
}
