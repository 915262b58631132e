/* cfngen schema types and cfngen schema build. */
#include "schema_words.h"

#include <ctype.h>
#include <fnmatch.h>
#include <stdlib.h>
#include <string.h>

enum { LONGEST_NAME = 256 };

static void to_lower(char *out, size_t room, const char *before, const char *text,
                     const char *after)
{
    snprintf(out, room, "%s%s%s", before, text, after);
    for (char *p = out; *p; p++)
        *p = (char)tolower((unsigned char)*p);
}

/* A pattern without special letters may stand anywhere in the name. */
static bool matches(const char *glob, const char *name)
{
    char pattern[LONGEST_NAME], text[LONGEST_NAME];
    const char *around = strpbrk(glob, "*?[") ? "" : "*";
    to_lower(pattern, sizeof pattern, around, glob, around);
    to_lower(text, sizeof text, "", name, "");
    return fnmatch(pattern, text, 0) == 0;
}

static void print_type(cli_json *json, const cfn_schema *schema, const cfn_schema_type_facts *facts)
{
    if (!json) {
        puts(facts->name);
        return;
    }
    json_open(json, NULL, '{');
    json_text(json, "name", facts->name);
    json_boolean(json, "structureOnly", facts->structure_only);
    put_regions(json, schema, facts->regions);
    json_close(json, '}');
}

/* How many types there are; `region` -1: in any. */
static size_t list_types(const cfn_schema *schema, const char *glob, int region, cli_json *json)
{
    size_t count = 0;
    const cfn_schema_type *type;
    for (size_t i = 0; (type = cfn_schema_type_at(schema, i)); i++) {
        cfn_schema_type_facts facts = cfn_schema_type_describe(schema, type);
        if ((region >= 0 && !(facts.regions >> region & 1)) || !matches(glob, facts.name))
            continue;
        print_type(json, schema, &facts);
        count++;
    }
    return count;
}

static int unknown_region(const cli_arguments *arguments, const cfn_schema *schema,
                          const char *region)
{
    cli_words words = {0};
    const char *name;
    for (size_t i = 0; (name = cfn_schema_region_at(schema, i)); i++)
        add_word(&words, name);
    return usage_error(arguments->command, "the facts know no region %s%s", region,
                       suggest("", region, &words).text);
}

static int print_types(const cli_arguments *arguments, const cfn_schema *schema)
{
    const char *glob = arguments->operand_count ? arguments->operands[0] : "*";
    const char *region = option_value(arguments, "region");
    int index = region ? cfn_schema_region_find(schema, region) : -1;
    cli_json json = {stdout, false};
    bool as_json = option_value(arguments, "json");
    if (region && index < 0)
        return unknown_region(arguments, schema, region);
    if (as_json)
        json_open(&json, NULL, '[');
    size_t count = list_types(schema, glob, index, as_json ? &json : NULL);
    if (as_json) {
        json_close(&json, ']');
        putchar('\n');
    }
    if (count || as_json)
        return STATUS_CLEAN;
    return usage_error(arguments->command, "no resource type matches %s%s", glob,
                       suggest_type(schema, glob).text);
}

int cmd_schema_types(const cli_arguments *arguments)
{
    cli_schema opened = open_schema(arguments);
    int status = opened.schema ? print_types(arguments, opened.schema) : STATUS_TROUBLE;
    close_schema(&opened);
    return status;
}

/* The program of its own is given what was taken apart here. */
int cmd_schema_build(const cli_arguments *arguments)
{
    const char *output = option_value(arguments, "output");
    size_t most = 1 + arguments->operand_count + 2 * arguments->option_count, count = 1;
    if (!output)
        return usage_error(arguments->command, "-o FILE says where to write");
    const char **argv = calloc(most + 1, sizeof *argv);
    if (!argv)
        return out_of_memory();
    for (size_t i = 0; i < arguments->option_count; i++) {
        static const char *const names[][2] = {
            {"output", "--output"}, {"source", "--source"}, {"date", "--date"}};
        for (size_t j = 0; j < sizeof names / sizeof *names; j++)
            if (strcmp(arguments->options[i]->name, names[j][0]) == 0) {
                argv[count++] = names[j][1];
                argv[count++] = arguments->values[i];
            }
    }
    for (size_t i = 0; i < arguments->operand_count; i++)
        argv[count++] = arguments->operands[i];
    int status = run_external("schema-build", (char **)(uintptr_t)argv);
    free(argv);
    return status != STATUS_CLEAN
               ? status
               : trouble("there is no program cfngen-schema-build; \"make schema-build\" makes it");
}
