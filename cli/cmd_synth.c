/* cfngen synth: from stack files to templates. All are synthesised before the first is written. */
#include "output.h"
#include "schema_words.h"
#include "stack_file.h"

#include <cfngen/synth.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { LONGEST_PATH = 4096 };

/* What the arguments ask for. */
typedef struct synth_job {
    const cli_arguments *arguments;
    const cfn_schema *schema;
    const char *const *files;
    size_t file_count;
    const char *output; /* "-" is standard output */
    bool into_folder;
    cfn_write_options options;
} synth_job;

static bool ends_with(const char *text, const char *end)
{
    size_t length = strlen(text), tail = strlen(end);
    return length >= tail && strcmp(text + length - tail, end) == 0;
}

static bool is_folder(const char *path)
{
    struct stat status;
    return ends_with(path, "/") || (stat(path, &status) == 0 && S_ISDIR(status.st_mode));
}

static bool is_yaml(const synth_job *job)
{
    const char *format = option_value(job->arguments, "format");
    if (format)
        return strcmp(format, "yaml") == 0;
    return !job->into_folder && (ends_with(job->output, ".yaml") || ends_with(job->output, ".yml"));
}

static void target(const synth_job *job, const char *file, char *path, size_t room)
{
    char name[STACK_NAME_SIZE];
    stack_name(name, file);
    if (!job->into_folder)
        snprintf(path, room, "%s", job->output);
    else
        snprintf(path, room, "%s%s%s.template.%s", job->output,
                 ends_with(job->output, "/") ? "" : "/", name,
                 job->options.format == CFN_FORMAT_YAML ? "yaml" : "json");
}

/* The input that the template would be written over; NULL: none. */
static const char *find_victim(const synth_job *job, const char *path)
{
    struct stat output, input;
    if (stat(path, &output) != 0 || !S_ISREG(output.st_mode))
        return NULL;
    for (size_t i = 0; i < job->file_count; i++)
        if (stat(job->files[i], &input) == 0 && input.st_dev == output.st_dev &&
            input.st_ino == output.st_ino)
            return job->files[i];
    return NULL;
}

/* The file before this one that has the same name; NULL: none. */
static const char *find_twin(const synth_job *job, size_t index)
{
    char name[STACK_NAME_SIZE], other[STACK_NAME_SIZE];
    stack_name(name, job->files[index]);
    for (size_t i = 0; i < index; i++) {
        stack_name(other, job->files[i]);
        if (strcmp(name, other) == 0)
            return job->files[i];
    }
    return NULL;
}

/* No input may be written over, and no output twice. */
static int check_targets(const synth_job *job)
{
    const cli_command *command = job->arguments->command;
    char path[LONGEST_PATH + STACK_NAME_SIZE];
    for (size_t i = 0; i < job->file_count; i++) {
        target(job, job->files[i], path, sizeof path);
        const char *twin = find_twin(job, i), *victim = find_victim(job, path);
        if (twin)
            return usage_error(command, "%s and %s would both become %s", twin, job->files[i],
                               path);
        if (victim)
            return usage_error(command, "the template of %s would be written over %s",
                               job->files[i], victim);
    }
    return STATUS_CLEAN;
}

static int check_job(const synth_job *job)
{
    const cli_command *command = job->arguments->command;
    if (job->arguments->operand_count == 0 && isatty(STDIN_FILENO))
        return usage_error(command, "no FILE is given, and standard input is a terminal");
    if (!*job->output)
        return usage_error(command, "-o needs the path of a file or a folder");
    if (job->file_count > 1 && !job->into_folder)
        return usage_error(command, "several files need -o with a folder: one that exists, or a "
                                    "path that ends in /");
    if (job->options.minify && job->options.format == CFN_FORMAT_YAML)
        return usage_error(command, "--minify is for JSON; YAML has no short form");
    return check_targets(job);
}

/* How the synthesis of all went: any that cannot be read outweighs what was found in the rest. */
static int overall_status(cfn_stack *const *stacks, size_t count)
{
    int worst = STATUS_CLEAN;
    for (size_t i = 0; i < count; i++) {
        int status = diagnostics_status(cfn_stack_diagnostics(stacks[i]), false);
        worst = status > worst ? status : worst;
    }
    return worst;
}

static int write_all(const synth_job *job, cfn_stack *const *stacks)
{
    if (job->into_folder && mkdir(job->output, 0777) != 0 && errno != EEXIST)
        return trouble("the folder %s cannot be made: %s", job->output, strerror(errno));
    for (size_t i = 0; i < job->file_count; i++)
        cfn_stack_write(stacks[i], job->output, &job->options);
    return overall_status(stacks, job->file_count);
}

static int synthesise(const synth_job *job, cfn_stack **stacks)
{
    for (size_t i = 0; i < job->file_count; i++) {
        stacks[i] = open_stack(job->arguments, job->schema, job->files[i]);
        if (!stacks[i])
            return out_of_memory();
    }
    int status = overall_status(stacks, job->file_count);
    if (status == STATUS_CLEAN)
        status = write_all(job, stacks);
    for (size_t i = 0; i < job->file_count; i++)
        print_diagnostics(stderr, cfn_stack_diagnostics(stacks[i]), wants_json(job->arguments));
    return status;
}

int cmd_synth(const cli_arguments *arguments)
{
    static const char *const standard_input[] = {"-"};
    bool named = arguments->operand_count > 0;
    const char *output = option_value(arguments, "output");
    synth_job task = {
        .arguments = arguments,
        .files = named ? arguments->operands : standard_input,
        .file_count = named ? arguments->operand_count : 1,
        .output = output ? output : "-",
    };
    task.into_folder = is_folder(task.output);
    task.options.format = is_yaml(&task) ? CFN_FORMAT_YAML : CFN_FORMAT_JSON;
    task.options.minify = option_value(arguments, "minify") != NULL;
    int status = check_job(&task);
    if (status != STATUS_CLEAN)
        return status;
    cli_schema opened = open_schema(arguments);
    task.schema = opened.schema;
    cfn_stack **stacks = calloc(task.file_count, sizeof *stacks);
    if (!stacks)
        status = out_of_memory();
    else
        status = opened.schema ? synthesise(&task, stacks) : STATUS_TROUBLE;
    for (size_t i = 0; stacks && i < task.file_count; i++)
        cfn_stack_free(stacks[i]);
    free(stacks);
    close_schema(&opened);
    return status;
}
