/* Commands and their options as data: one table makes the parser, the help and the completions. */
#ifndef CLI_COMMAND_H
#define CLI_COMMAND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The exit status of every command. */
enum {
    STATUS_CLEAN = 0,
    STATUS_FINDINGS = 1, /* errors in the input; for validate warnings too */
    STATUS_USAGE = 2,
    STATUS_TROUBLE = 3,   /* something cannot be read, written or reached */
    STATUS_INCOMPLETE = 4 /* not all could be looked at, or waited for */
};

/* What a shell may offer for a value or an operand; or-ed together. */
enum {
    OFFER_NOTHING = 0,
    OFFER_FILES = 1,
    OFFER_FOLDERS = 2,
    OFFER_COMMANDS = 4,
    OFFER_CONSTRUCTS = 8,
    OFFER_BLUEPRINTS = 16,
    OFFER_TYPES = 32
};

typedef struct cli_option {
    const char *name;                   /* "format" for --format */
    char letter;                        /* 'o' for -o; 0: none */
    const char *value;                  /* what the help calls its value; NULL: it takes none */
    const char *const *values;          /* the values allowed, ended by NULL; NULL: any */
    bool (*accepts)(const char *value); /* NULL: any */
    const char *form;                   /* what `accepts` accepts, for the message */
    bool repeats;
    unsigned offers;
    const char *purpose;
} cli_option;

typedef struct cli_arguments cli_arguments;

/* A name of two words is a command of a group: "schema types". */
typedef struct cli_command {
    const char *name;
    const char *operands; /* as the usage line shows them */
    size_t least, most;   /* how many operands */
    unsigned offers;
    const char *const *words;         /* operands allowed, ended by NULL; NULL: any */
    const char *purpose;              /* one line */
    const char *description;          /* what the help says beyond that */
    const char *examples;             /* lines, each ended by a newline */
    const cli_option *const *options; /* ended by NULL */
    int (*run)(const cli_arguments *arguments);
} cli_command;

/* All commands, ended by one without a name. */
extern const cli_command commands[];

/* Every command takes it. */
extern const cli_option help_option;

/* The command of that name, or of that name and the word after it (NULL: none); `words` is how many
 * of the two it took. NULL when there is none. */
const cli_command *find_command(const char *name, const char *next, int *words);

/* Whether the command belongs to the group of that name; whether there is such a group. */
bool is_in_group(const cli_command *command, const char *group);
bool is_group(const char *name);

/* Goes through the groups, from NULL: the name of the next command's group that was not there yet,
 * in `group`. False at the end. */
enum { GROUP_NAME_SIZE = 32 };
bool next_group(const cli_command **command, char group[GROUP_NAME_SIZE]);

/* The arguments of a command, taken apart. Values and operands are those of main. */
struct cli_arguments {
    const cli_command *command;
    const char **operands;
    size_t operand_count;
    const cli_option **options; /* each that was given, with its value in `values` */
    const char **values;
    size_t option_count;
    bool help;
};

/* Takes argv apart; the command name is not in it any more. Returns STATUS_CLEAN, or the status to
 * exit with after it has said what is wrong. Free with arguments_free in either case. */
int parse_arguments(cli_arguments *arguments, const cli_command *command, int argc, char **argv);
void arguments_free(cli_arguments *arguments);

/* The value of an option, "" of one that takes none, NULL when it was not given. */
const char *option_value(const cli_arguments *arguments, const char *name);

/* The values of an option that repeats, one a call; `cursor` starts at 0. NULL at the end. */
const char *option_next(const cli_arguments *arguments, const char *name, size_t *cursor);

int cmd_synth(const cli_arguments *arguments);
int cmd_validate(const cli_arguments *arguments);
int cmd_diff(const cli_arguments *arguments);
int cmd_test(const cli_arguments *arguments);
int cmd_list(const cli_arguments *arguments);
int cmd_init(const cli_arguments *arguments);
int cmd_runbook(const cli_arguments *arguments);
int cmd_explain(const cli_arguments *arguments);
int cmd_schema_types(const cli_arguments *arguments);
int cmd_schema_dump(const cli_arguments *arguments);
int cmd_schema_editor(const cli_arguments *arguments);
int cmd_schema_build(const cli_arguments *arguments);
int cmd_bindings(const cli_arguments *arguments);
int cmd_deploy(const cli_arguments *arguments);
int cmd_outputs(const cli_arguments *arguments);
int cmd_destroy(const cli_arguments *arguments);
int cmd_drift(const cli_arguments *arguments);
int cmd_status(const cli_arguments *arguments);
int cmd_task_test(const cli_arguments *arguments);
int cmd_task_start(const cli_arguments *arguments);
int cmd_task_stop(const cli_arguments *arguments);
int cmd_task_status(const cli_arguments *arguments);
int cmd_task_reload(const cli_arguments *arguments);
int cmd_cutover_status(const cli_arguments *arguments);
int cmd_cutover_shift(const cli_arguments *arguments);
int cmd_cutover_complete(const cli_arguments *arguments);
int cmd_cutover_rollback(const cli_arguments *arguments);
int cmd_completion(const cli_arguments *arguments);
int cmd_help(const cli_arguments *arguments);
int cmd_version(const cli_arguments *arguments);

/* Runs the program cfngen-NAME beside this one, or on the PATH; argv[0] is replaced. Returns only
 * when there is none (STATUS_CLEAN) or it cannot be run (STATUS_TROUBLE, after saying so). */
int run_external(const char *name, char **argv);

/* The programs of this kind that come with cfngen, ended by one without a name. */
typedef struct cli_companion {
    const char *name, *purpose;
} cli_companion;
extern const cli_companion companions[];

/* Calls `print` for each program cfngen-NAME that run_external would find and that is no command of
 * the table, by name. What it is for is known of companions alone. */
void each_external(void (*print)(void *context, const char *name, const char *purpose),
                   void *context);

#endif
