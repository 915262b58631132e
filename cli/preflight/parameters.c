/* The parameters that match the source, as YAML to paste into a stack file and as JSON. */
#include "../json.h"
#include "preflight.h"

#include <string.h>

/* A comment holds no line breaks. */
static void print_comment(const char *text)
{
    printf("# ");
    for (const char *p = text; *p; p++)
        putchar((unsigned char)*p < ' ' ? ' ' : *p);
    putchar('\n');
}

/* JSON's strings are YAML's, too. */
static void print_value(const cfn_preflight_parameter *p)
{
    cli_json json = {stdout, false};
    if (p->is_number || p->is_boolean)
        printf("%s", p->value);
    else
        json_text(&json, NULL, p->value);
}

void print_parameters(const cfn_preflight_parameters *matched)
{
    const char *group = "";
    printf("# What %s has set and Aurora has not by default, for Properties of a\n"
           "# Cfngen::RDS::AuroraCluster with Engine: %s\n",
           matched->source, matched->engine);
    print_comment(matched->source_version);
    for (size_t i = 0; i < matched->parameter_count; i++) {
        const cfn_preflight_parameter *p = &matched->parameters[i];
        if (strcmp(group, p->group) != 0)
            printf("%s:\n", p->group);
        group = p->group;
        printf("  %s: ", p->property);
        print_value(p);
        if (*p->aurora_default)
            printf(" # not %s", p->aurora_default);
        putchar('\n');
    }
    for (size_t i = 0; i < matched->note_count; i++)
        print_comment(matched->notes[i]);
}

void print_parameters_json(const cfn_preflight_parameters *matched)
{
    cli_json json = {stdout, false};
    json_open(&json, NULL, '{');
    json_text(&json, "engine", matched->engine);
    json_text(&json, "source", matched->source);
    json_text(&json, "sourceVersion", matched->source_version);
    json_open(&json, "parameters", '[');
    for (size_t i = 0; i < matched->parameter_count; i++) {
        const cfn_preflight_parameter *p = &matched->parameters[i];
        json_open(&json, NULL, '{');
        json_text(&json, "name", p->name);
        json_text(&json, "value", p->value);
        json_text(&json, "auroraDefault", p->aurora_default);
        json_text(&json, "group", p->group);
        json_text(&json, "property", p->property);
        json_close(&json, '}');
    }
    json_close(&json, ']');
    json_open(&json, "notes", '[');
    for (size_t i = 0; i < matched->note_count; i++)
        json_text(&json, NULL, matched->notes[i]);
    json_close(&json, ']');
    json_close(&json, '}');
    putchar('\n');
}
