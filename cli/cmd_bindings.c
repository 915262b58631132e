/* cfngen bindings: writes the typed C headers of services. */
#include "schema_words.h"

#include <cfngen/bindings.h>
#include <cfngen/nearest.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

typedef struct bindings_job {
    const cli_arguments *arguments;
    const cfn_schema *schema;
    cfn_arena *arena;
    const char *const *services; /* that there are */
    const char **wanted;         /* of them, ended by NULL */
    const char *folder;
} bindings_job;

/* "SQS" of "AWS::SQS". */
static const char *short_name(const char *service)
{
    const char *rest = strstr(service, "::");
    return rest ? rest + 2 : service;
}

static const char *find_service(const bindings_job *job, const char *name)
{
    for (const char *const *s = job->services; *s; s++)
        if (strcasecmp(*s, name) == 0 || strcasecmp(short_name(*s), name) == 0)
            return *s;
    return NULL;
}

static int unknown_service(const bindings_job *job, const char *name)
{
    const char *nearest[] = {cfn_nearest(name, job->services), NULL};
    for (const char *const *s = job->services; *s && !nearest[0]; s++) {
        const char *one[] = {short_name(*s), NULL};
        nearest[0] = cfn_nearest(name, one);
    }
    return usage_error(job->arguments->command, "there is no service %s%s%s%s", name,
                       nearest[0] ? "; did you mean " : "", nearest[0] ? nearest[0] : "",
                       nearest[0] ? "?" : "");
}

/* All operands are looked at before the first header is written. */
static int find_wanted(bindings_job *job)
{
    size_t count = job->arguments->operand_count;
    job->wanted = calloc(count + 1, sizeof *job->wanted);
    if (!job->wanted)
        return out_of_memory();
    for (size_t i = 0; i < count; i++) {
        const char *name = job->arguments->operands[i];
        job->wanted[i] = find_service(job, name);
        if (!job->wanted[i])
            return unknown_service(job, name);
    }
    return STATUS_CLEAN;
}

static int write_headers(const bindings_job *job, const char *const *services)
{
    cfn_diagnostics *diagnostics = cfn_diagnostics_new();
    size_t count = 0;
    bool good = diagnostics != NULL;
    if (!diagnostics)
        return out_of_memory();
    for (; services[count] && good; count++)
        good = cfn_bindings_write(job->schema, diagnostics, job->folder, services[count]);
    print_diagnostics(stderr, diagnostics, false);
    int status = diagnostics_status(diagnostics, false);
    cfn_diagnostics_free(diagnostics);
    if (!good)
        return status == STATUS_CLEAN ? STATUS_TROUBLE : status;
    if (services == job->services)
        printf("The headers of %zu services are there. Give the compiler -I%s.\n", count,
               job->folder);
    else
        printf("Give the compiler -I%s. Then:\n", job->folder);
    for (; services != job->services && *services; services++)
        printf("#include <%s>\n", cfn_bindings_path(job->arena, *services));
    return STATUS_CLEAN;
}

static int run(bindings_job *job)
{
    bool all = option_value(job->arguments, "all");
    job->services = cfn_bindings_services(job->arena, job->schema);
    if (!job->services)
        return out_of_memory();
    if (all && job->arguments->operand_count)
        return usage_error(job->arguments->command, "--all leaves no SERVICE to name");
    if (!*job->folder)
        return usage_error(job->arguments->command, "DIR is empty");
    if (all)
        return write_headers(job, job->services);
    int status = find_wanted(job);
    if (status == STATUS_CLEAN && job->wanted[0])
        return write_headers(job, job->wanted);
    for (const char *const *s = job->services; status == STATUS_CLEAN && *s; s++)
        puts(*s);
    return status;
}

int cmd_bindings(const cli_arguments *arguments)
{
    const char *folder = option_value(arguments, "output");
    bindings_job job = {.arguments = arguments, .folder = folder ? folder : "."};
    cli_schema opened = open_schema(arguments);
    int status = STATUS_TROUBLE;
    job.schema = opened.schema;
    job.arena = cfn_arena_new();
    if (opened.schema)
        status = job.arena ? run(&job) : out_of_memory();
    free(job.wanted);
    cfn_arena_free(job.arena);
    close_schema(&opened);
    return status;
}
