/* cfngen completion: the words to offer, and which shell they are for. */
#include "blueprints.h"
#include "completion.h"

#include <cfngen/constructs.h>
#include <cfngen/schema.h>
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

/* Those of the services that migrations use: all types would make the scripts slow to read. */
static void each_type(void (*print)(void *context, const char *word), void *context)
{
    static const char *const services[] = {
        "AWS::DMS::", "AWS::RDS::", "AWS::KMS::", "AWS::SecretsManager::"};
    const cfn_schema *schema = cfn_schema_embedded();
    const cfn_schema_type *type;
    for (size_t i = 0; (type = cfn_schema_type_at(schema, i)); i++) {
        const char *name = cfn_schema_type_describe(schema, type).name;
        for (size_t j = 0; j < sizeof services / sizeof *services; j++)
            if (strncmp(name, services[j], strlen(services[j])) == 0)
                print(context, name);
    }
}

static void each_blueprint(void (*print)(void *context, const char *word), void *context)
{
    cli_blueprint blueprint;
    for (size_t i = 0; blueprint_at(i, &blueprint); i++)
        print(context, blueprint.name);
}

void each_first_word(void (*print)(void *context, const char *word), void *context)
{
    for (const cli_command *c = commands; c->name; c++)
        if (!strchr(c->name, ' '))
            print(context, c->name);
    char group[GROUP_NAME_SIZE];
    for (const cli_command *c = NULL; next_group(&c, group);)
        print(context, group);
    for (const cli_companion *c = companions; c->name; c++)
        print(context, c->name);
}

void each_offered_word(const cli_command *command, void (*print)(void *context, const char *word),
                       void *context)
{
    for (const char *const *w = command->words; w && *w; w++)
        print(context, *w);
    if (command->offers & OFFER_CONSTRUCTS)
        each_construct(print, context);
    if (command->offers & OFFER_TYPES)
        each_type(print, context);
    if (command->offers & OFFER_BLUEPRINTS)
        each_blueprint(print, context);
    if (command->offers & OFFER_COMMANDS)
        each_first_word(print, context);
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
