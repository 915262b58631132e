/* The completion script for bash. */
#include "completion.h"

#include <string.h>

/* Words are split at blanks alone here: bash itself would split at colons and equals signs, too. */
static const char start[] =
    "# Completion of cfngen for bash; made by \"cfngen completion bash\".\n"
    "_cfngen() {\n"
    "    local line=${COMP_LINE:0:COMP_POINT} command='' previous='' words='' complete='' "
    "prefix=''\n"
    "    local current list typed\n"
    "    read -ra typed <<<\"$line\"\n"
    "    current=${line##*[[:space:]]}\n"
    "    [[ -n $current ]] && unset \"typed[${#typed[@]}-1]\"\n"
    "    command=${typed[1]-}\n"
    "    [[ ${#typed[@]} -gt 0 ]] && previous=${typed[${#typed[@]}-1]}\n"
    "    if [[ $current == --*=* ]]; then\n"
    "        previous=${current%%=*} prefix=${current%%=*}= current=${current#*=}\n"
    "    fi\n";
static const char middle[] = "    esac\n"
                             "    case $command:$previous in\n";
static const char end[] =
    "    esac\n"
    "    COMPREPLY=($(compgen -W \"$words\" -- \"$current\"))\n"
    "    if [[ $complete ]]; then\n"
    "        compopt -o filenames 2>/dev/null\n"
    "        while IFS= read -r list; do COMPREPLY+=(\"$list\"); done "
    "< <(compgen \"$complete\" -- \"$current\")\n"
    "    fi\n"
    "    # What stands before a colon or an equals sign is a word of its own to bash.\n"
    "    if [[ $current == *:* && $COMP_WORDBREAKS == *:* ]]; then\n"
    "        COMPREPLY=(\"${COMPREPLY[@]#\"${current%\"${current##*:}\"}\"}\")\n"
    "    elif [[ $prefix && $COMP_WORDBREAKS != *=* ]]; then\n"
    "        COMPREPLY=(\"${COMPREPLY[@]/#/$prefix}\")\n"
    "    fi\n"
    "}\n"
    "complete -F _cfngen cfngen\n";

static void print_word(void *context, const char *word)
{
    (void)context;
    printf("%s ", word);
}

static const char *file_action(unsigned offers)
{
    return offers & OFFER_FILES ? "-f" : offers & OFFER_FOLDERS ? "-d" : "";
}

static void print_option_words(const cli_option *option)
{
    printf("--%s ", option->name);
    if (option->letter)
        printf("-%c ", option->letter);
}

static void print_command(const cli_command *command)
{
    printf("    '%s')\n        words='", command->name);
    each_offered_word(command, print_word, NULL);
    printf("' complete='%s'\n        [[ $current == -* ]] && words='",
           file_action(command->offers));
    for (const cli_option *const *o = command->options; *o; o++)
        print_option_words(*o);
    print_option_words(&help_option);
    puts("' complete=''\n        ;;");
}

/* The second word belongs to the name of the command, once it is typed. */
static void print_groups(void)
{
    char group[GROUP_NAME_SIZE];
    for (const cli_command *c = NULL; next_group(&c, group);)
        printf("    [[ $command == %s && ${typed[2]-} ]] && command+=\" ${typed[2]}\"\n", group);
}

/* The words that may follow the name of a group. */
static void print_members(const char *group)
{
    printf("    %s)\n        words='", group);
    for (const cli_command *c = commands; c->name; c++)
        if (is_in_group(c, group))
            print_word(NULL, c->name + strlen(group) + 1);
    puts("--help'\n        ;;");
}

/* What an option with a value takes. */
static void print_values(const cli_command *command, const cli_option *option)
{
    if (!option->value)
        return;
    printf("    '%s':--%s", command->name, option->name);
    if (option->letter)
        printf(" | '%s':-%c", command->name, option->letter);
    printf(") words='");
    for (const char *const *v = option->values; v && *v; v++)
        print_word(NULL, *v);
    printf("' complete='%s' ;;\n", file_action(option->offers));
}

void print_bash_completion(void)
{
    fputs(start, stdout);
    print_groups();
    printf("    case $command in\n    '')\n        words='");
    each_first_word(print_word, NULL);
    puts("--help --version'\n        ;;");
    for (const cli_command *c = commands; c->name; c++)
        print_command(c);
    char group[GROUP_NAME_SIZE];
    for (const cli_command *c = NULL; next_group(&c, group);)
        print_members(group);
    fputs(middle, stdout);
    for (const cli_command *c = commands; c->name; c++)
        for (const cli_option *const *o = c->options; *o; o++)
            print_values(c, *o);
    fputs(end, stdout);
}
