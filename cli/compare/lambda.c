/* The gate by the validator function: it is invoked until it has compared everything, has looked
 * again at what differed, and has decided. docs/validator.md describes its events and answers. */
#include "../aws/aws.h"
#include "../json.h"
#include "compare.h"

#include <cfngen/read.h>
#include <cfngen/write.h>
#include <stdlib.h>
#include <string.h>

typedef struct invocation {
    const cli_arguments *arguments;
    comparison c;
    aws_client *client;
    const cfn_node *mappings; /* NULL: none */
} invocation;

/* ---- options ---- */

/* The databases, and what belongs to them, are the function's own. */
static const char *const not_ours[] = {"source",
                                       "target",
                                       "source-secret",
                                       "target-secret",
                                       "ssl-ca",
                                       "outputs",
                                       "where",
                                       "heartbeat-seconds",
                                       "jobs",
                                       "max-seconds",
                                       "statement-seconds",
                                       "resume",
                                       "max-differences",
                                       "show-values",
                                       "repair-sql",
                                       NULL};

/* A GO would seem to stand for them. */
static const char *const not_of_data[] = {"task", "max-lag", NULL};

static int check_options_of(const cli_arguments *arguments)
{
    const char *function = option_value(arguments, "lambda");
    for (const char *const *name = not_ours; *name; name++)
        if (option_value(arguments, *name))
            return usage_error(arguments->command,
                               "--%s does not go with --lambda: the function has databases and "
                               "limits of its own",
                               *name);
    for (const char *const *name = not_of_data; *name; name++)
        if (option_value(arguments, *name))
            return usage_error(arguments->command,
                               "--%s does not go with --lambda: the function knows the data alone",
                               *name);
    if (!*function || *function == '-')
        return usage_error(arguments->command, "\"%s\" is not the name or ARN of a function",
                           function);
    return STATUS_CLEAN;
}

static int read_mappings_file(invocation *g)
{
    const char *path = option_value(g->arguments, "mappings");
    if (!path)
        return STATUS_CLEAN;
    g->mappings = cfn_read_file(g->c.arena, g->c.diagnostics, path, CFN_FORMAT_AUTO);
    if (g->mappings && cfn_dms_mappings_read(g->c.arena, g->c.diagnostics, g->mappings))
        return STATUS_CLEAN;
    print_diagnostics(stderr, g->c.diagnostics, false);
    return STATUS_TROUBLE;
}

/* ---- events ---- */

/* A member that is JSON already. */
static void put_node(invocation *g, cli_json *json, const char *key, const cfn_node *node)
{
    const cfn_write_options minified = {.format = CFN_FORMAT_JSON, .minify = true};
    size_t length = 0;
    const char *text = node ? cfn_write_text(g->c.arena, node, &minified, &length) : NULL;
    if (!text)
        return;
    while (length && text[length - 1] == '\n')
        length--;
    fprintf(json->stream, "%s", json->comma ? "," : "");
    if (key)
        fprintf(json->stream, "\"%s\":", key);
    fwrite(text, 1, length, json->stream);
    json->comma = true;
}

static void put_number(const invocation *g, cli_json *json, const char *option, const char *key)
{
    const char *value = option_value(g->arguments, option);
    if (value)
        json_number(json, key, strtod(value, NULL));
}

static void put_options(invocation *g, cli_json *json)
{
    size_t cursor = 0;
    const char *table = option_next(g->arguments, "table", &cursor);
    const char *mode = option_value(g->arguments, "mode");
    const char *heartbeat = option_value(g->arguments, "heartbeat");
    if (table)
        json_open(json, "tables", '[');
    for (const char *t = table; t; t = option_next(g->arguments, "table", &cursor))
        json_text(json, NULL, t);
    if (table)
        json_close(json, ']');
    put_node(g, json, "mappings", g->mappings);
    if (mode)
        json_text(json, "mode", mode);
    if (heartbeat)
        json_text(json, "heartbeat", heartbeat);
    put_number(g, json, "settle", "settleSeconds");
    put_number(g, json, "max-load", "maxLoad");
    put_number(g, json, "details", "details");
}

typedef struct event {
    const char *action;
    const cfn_node *work, *pieces; /* what is left, and of how many results */
    const cfn_node *result;        /* of a check; it becomes the list of results */
    const cfn_node *recheck;
} event;

/* NULL without memory. */
static char *event_text(invocation *g, const event *e)
{
    char *text = NULL;
    size_t length = 0;
    FILE *stream = open_memstream(&text, &length);
    if (!stream)
        return NULL;
    cli_json json = {stream, false};
    json_open(&json, NULL, '{');
    json_text(&json, "action", e->action);
    put_options(g, &json);
    put_node(g, &json, "work", e->work);
    put_node(g, &json, "pieces", e->pieces);
    if (e->result) {
        json_open(&json, "results", '[');
        put_node(g, &json, NULL, e->result);
        json_close(&json, ']');
    }
    put_node(g, &json, "recheck", e->recheck);
    json_close(&json, '}');
    return fclose(stream) == 0 ? text : NULL;
}

/* ---- invocations ---- */

/* The answer, in the arena; NULL after saying what is wrong. */
static const cfn_node *invoke(invocation *g, const event *e)
{
    const char *function = option_value(g->arguments, "lambda");
    char what[256];
    char *text = event_text(g, e);
    if (!text) {
        out_of_memory();
        return NULL;
    }
    aws_answer said = aws_invoke(g->client, g->c.arena, function, text);
    const cfn_node *answer = said.outcome == AWS_ANSWERED ? said.root : NULL;
    snprintf(what, sizeof what, "the function %s %s", function,
             said.outcome == AWS_RAISED ? "failed" : "cannot be invoked");
    if (!answer)
        aws_complain(&said, what);
    aws_answer_free(&said);
    free(text);
    return answer;
}

/* Invokes until all work is done; the last result, which speaks for all, or NULL. */
static const cfn_node *finish(invocation *g, const char *action, const cfn_node *checked)
{
    event e = {.action = action, .result = checked};
    for (;;) {
        const cfn_node *answer = invoke(g, &e);
        const cfn_node *result = cfn_node_get(answer, "result"),
                       *next = cfn_node_get(answer, "next");
        const char *done = cfn_node_text(cfn_node_get(answer, "done"));
        if (!answer)
            return NULL;
        if (!result || !done || (strcmp(done, "true") != 0 && !next)) {
            trouble("the function %s answered something else than a validator does",
                    option_value(g->arguments, "lambda"));
            return NULL;
        }
        if (strcmp(done, "true") == 0)
            return result;
        e = (event){.action = action,
                    .work = next,
                    .pieces = checked ? cfn_node_get(result, "pieces") : NULL};
    }
}

/* ---- the verdict ---- */

static int status_of(const char *verdict)
{
    if (verdict && strcmp(verdict, "GO") == 0)
        return STATUS_CLEAN;
    return verdict && strcmp(verdict, "NO_GO") == 0 ? STATUS_FINDINGS : STATUS_INCOMPLETE;
}

static int tell(invocation *g, const cfn_node *answer)
{
    const char *path = option_value(g->arguments, "json");
    const char *verdict = cfn_node_text(cfn_node_get(answer, "verdict"));
    const cfn_node *reasons = cfn_node_get(answer, "reasons");
    if (!path || strcmp(path, "-") != 0) {
        puts(verdict ? verdict : "INCOMPLETE");
        for (const cfn_node *n = cfn_node_first(reasons); n; n = cfn_node_next(n))
            printf("  %s\n", cfn_node_text(n) ? cfn_node_text(n) : "");
    }
    size_t length = 0;
    const char *text = path ? cfn_write_text(g->c.arena, answer, NULL, &length) : NULL;
    if (path && (!text || !cfn_write_file(g->c.diagnostics, path, text, length))) {
        print_diagnostics(stderr, g->c.diagnostics, false);
        return STATUS_TROUBLE;
    }
    return status_of(verdict);
}

static int decide(invocation *g)
{
    const cfn_node *checked = finish(g, "check", NULL), *again = NULL;
    if (checked && cfn_node_get(checked, "again"))
        again = finish(g, "recheck", checked);
    if (!checked || (!again && cfn_node_get(checked, "again")))
        return aws_interrupted(g->client) ? STATUS_INCOMPLETE : STATUS_TROUBLE;
    const cfn_node *answer =
        invoke(g, &(event){.action = "gate", .result = checked, .recheck = again});
    if (!answer)
        return aws_interrupted(g->client) ? STATUS_INCOMPLETE : STATUS_TROUBLE;
    return tell(g, answer);
}

int gate_by_function(const cli_arguments *arguments)
{
    invocation g = {.arguments = arguments,
                    .c = {.arena = cfn_arena_new(), .diagnostics = cfn_diagnostics_new()}};
    int status = g.c.arena && g.c.diagnostics ? check_options_of(arguments) : out_of_memory();
    if (status == STATUS_CLEAN)
        status = read_mappings_file(&g);
    if (status == STATUS_CLEAN && !(g.client = aws_open(option_value(arguments, "region"))))
        status = STATUS_TROUBLE;
    if (status == STATUS_CLEAN)
        status = decide(&g);
    aws_close(g.client);
    comparison_free(&g.c);
    return status;
}
