/* cfngen completion: the words to offer, and which shell they are for. */
#include "blueprints.h"
#include "completion.h"

#include <cfngen/constructs.h>
#include <string.h>

static void each_construct(void (*print)(void *context, const char *word), void *context)
{
    const cfn_construct_facts *construct;
    for (size_t i = 0; (construct = cfn_construct_at(i)); i++) {
        const char *colon = strrchr(cfn_construct_name(construct), ':');
        print(context, cfn_construct_name(construct));
        if (colon)
            print(context, colon + 1);
    }
}

static void each_blueprint(void (*print)(void *context, const char *word), void *context)
{
    cli_blueprint blueprint;
    for (size_t i = 0; blueprint_at(i, &blueprint); i++)
        print(context, blueprint.name);
}

static void each_command(void (*print)(void *context, const char *word), void *context)
{
    for (const cli_command *c = commands; c->name; c++)
        print(context, c->name);
}

void each_offered_word(const cli_command *command, void (*print)(void *context, const char *word),
                       void *context)
{
    for (const char *const *w = command->words; w && *w; w++)
        print(context, *w);
    if (command->offers & OFFER_CONSTRUCTS)
        each_construct(print, context);
    if (command->offers & OFFER_BLUEPRINTS)
        each_blueprint(print, context);
    if (command->offers & OFFER_COMMANDS)
        each_command(print, context);
}

int cmd_completion(const cli_arguments *arguments)
{
    static const struct {
        const char *name;
        void (*print)(void);
    } shells[] = {
        {"bash", print_bash_completion},
        {"zsh", print_zsh_completion},
        {"fish", print_fish_completion},
    };
    for (size_t i = 0; i < sizeof shells / sizeof *shells; i++)
        if (strcmp(shells[i].name, arguments->operands[0]) == 0)
            shells[i].print();
    return STATUS_CLEAN;
}
