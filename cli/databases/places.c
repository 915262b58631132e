/* Where the databases are, and the logins: from options, the environment, secrets of AWS, and the
 * outputs of a stack. */
#include "../aws/aws.h"
#include "databases.h"

#include <cfngen/read.h>
#include <stdlib.h>
#include <string.h>

typedef struct place {
    const char *role, *option, *secret_option, *variable, *password_variable, *secret_output;
} place;

static const place places[2] = {
    {"source", "source", "source-secret", "CFNGEN_SOURCE_URL", "CFNGEN_SOURCE_PASSWORD",
     "SourceSecretArn"},
    {"target", "target", "target-secret", "CFNGEN_TARGET_URL", "CFNGEN_TARGET_PASSWORD",
     "TargetSecretArn"},
};

/* What the search goes through. */
typedef struct search {
    const cli_arguments *arguments;
    cfn_arena *arena;
    cfn_diagnostics *diagnostics;
    databases *found;
} search;

static bool read_outputs(const search *s)
{
    const char *path = option_value(s->arguments, "outputs");
    if (!path)
        return true;
    s->found->outputs = cfn_read_file(s->arena, s->diagnostics, path, CFN_FORMAT_JSON);
    return s->found->outputs != NULL;
}

const char *output_of(const databases *d, const char *key)
{
    const cfn_node *node = cfn_node_get(d->outputs, key);
    return cfn_node_kind(node) == CFN_KIND_STRING ? cfn_node_text(node) : NULL;
}

const char *region_of(const char *arn, char *room, size_t size)
{
    for (int i = 0; i < 3 && arn; i++) {
        arn = strchr(arn, ':');
        arn = arn ? arn + 1 : NULL;
    }
    size_t length = arn ? strcspn(arn, ":") : 0;
    if (!length || arn[length] != ':' || length >= size)
        return NULL;
    memcpy(room, arn, length);
    room[length] = '\0';
    return room;
}

/* A member of the secret, which may be a text or a number. */
static const char *member(const cfn_node *secret, const char *key)
{
    const char *text = cfn_node_text(cfn_node_get(secret, key));
    return text ? text : "";
}

/* Adds a part of a URL with all that could end it as %XX. */
static void print_escaped(FILE *stream, const char *text)
{
    for (; *text; text++)
        if (strchr("%@:/?#&= \"'\\", *text) || (unsigned char)*text < ' ')
            fprintf(stream, "%%%02x", (unsigned)(unsigned char)*text);
        else
            fputc(*text, stream);
}

static bool is_postgresql(const cfn_node *secret)
{
    const char *engine = member(secret, "engine");
    return strstr(engine, "postgres") || (!*engine && strcmp(member(secret, "port"), "5432") == 0);
}

/* The URL that a secret means, without its password. */
static char *url_of(const cfn_node *secret, const char *ca)
{
    char *text = NULL;
    size_t length = 0;
    bool postgresql = is_postgresql(secret);
    FILE *stream = open_memstream(&text, &length);
    if (!stream)
        return NULL;
    fputs(postgresql ? "postgresql://" : "mysql://", stream);
    print_escaped(stream, member(secret, "username"));
    fputc('@', stream);
    print_escaped(stream, member(secret, "host"));
    if (*member(secret, "port"))
        fprintf(stream, ":%s", member(secret, "port"));
    fputc('/', stream);
    if (postgresql)
        print_escaped(stream, member(secret, "dbname"));
    if (ca) {
        fputs("?ssl-ca=", stream);
        print_escaped(stream, ca);
    }
    return fclose(stream) == 0 ? text : NULL;
}

/* The secret as a node; NULL after saying why there is none. */
static const cfn_node *ask_secret(const search *s, const char *role, const char *id)
{
    char room[64], what[400];
    const char *const arguments[] = {"--secret-id", id, NULL};
    const cfn_node *secret = NULL;
    aws_client *client = aws_open(region_of(id, room, sizeof room));
    if (!client)
        return NULL;
    aws_answer answer = aws_ask(client, &(aws_call){.service = "secretsmanager",
                                                    .operation = "get-secret-value",
                                                    .arguments = arguments,
                                                    .reads_only = true});
    snprintf(what, sizeof what, "the secret of the %s, %.200s, cannot be read", role, id);
    const char *text = cfn_node_text(cfn_node_get(answer.root, "SecretString"));
    if (answer.outcome != AWS_ANSWERED)
        aws_complain(&answer, what);
    else if (text) {
        /* What is wrong with it is not told in its own words, for they are secret. */
        cfn_diagnostics *quiet = cfn_diagnostics_new();
        secret = quiet
                     ? cfn_read_text(s->arena, quiet, "secret", text, strlen(text), CFN_FORMAT_JSON)
                     : NULL;
        cfn_diagnostics_free(quiet);
    }
    if (answer.outcome == AWS_ANSWERED &&
        (!*member(secret, "username") || !*member(secret, "password") ||
         !*member(secret, "host"))) {
        trouble("%s: it is no JSON with username, password and host", what);
        secret = NULL;
    }
    aws_answer_free(&answer);
    aws_close(client);
    return secret;
}

static int find_place(const search *s, int side, bool is_needed)
{
    const place *p = &places[side];
    const char **url = side ? &s->found->target : &s->found->source;
    const char **password = side ? &s->found->target_password : &s->found->source_password;
    const char *given = option_value(s->arguments, p->option);
    const char *secret_id = option_value(s->arguments, p->secret_option);
    if (given && secret_id)
        return usage_error(s->arguments->command, "--%s and --%s exclude each other", p->option,
                           p->secret_option);
    *password = getenv(p->password_variable);
    *url = given ? given : secret_id ? NULL : getenv(p->variable);
    if (!*url && !secret_id)
        secret_id = output_of(s->found, p->secret_output);
    if (*url || (!secret_id && !is_needed))
        return STATUS_CLEAN;
    if (!secret_id)
        return usage_error(s->arguments->command, "--%s is missing, and %s is not set", p->option,
                           p->variable);
    const cfn_node *secret = ask_secret(s, p->role, secret_id);
    if (!secret)
        return STATUS_TROUBLE;
    s->found->made[side] = url_of(secret, option_value(s->arguments, "ssl-ca"));
    *url = s->found->made[side];
    *password = member(secret, "password");
    return *url ? STATUS_CLEAN : out_of_memory();
}

int find_databases(const cli_arguments *arguments, cfn_arena *arena, cfn_diagnostics *diagnostics,
                   bool target_is_needed, databases *found)
{
    const search s = {arguments, arena, diagnostics, found};
    if (!read_outputs(&s))
        return STATUS_TROUBLE;
    int status = find_place(&s, 0, true);
    return status == STATUS_CLEAN ? find_place(&s, 1, target_is_needed) : status;
}

void databases_free(databases *found)
{
    free(found->made[0]);
    free(found->made[1]);
}
