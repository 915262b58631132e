/* cfngen schema editor: a JSON Schema of stack files, out of the tables of the constructs and the
 * facts about resource types. Editors complete and mark by it; what a stack file may be is decided
 * by `cfngen validate` alone, so the schema lets through what it cannot know: wherever a function
 * may stand, editors see the text, list or mapping that follows its short tag. */
#include "schema_words.h"

#include <cfngen/constructs.h>
#include <fnmatch.h>
#include <string.h>

enum { DEEPEST = 8 };

static void put_reference(cli_json *json, const char *key, const char *definition)
{
    char text[160];
    snprintf(text, sizeof text, "#/definitions/%s", definition);
    json_open(json, key, '{');
    json_text(json, "$ref", text);
    json_close(json, '}');
}

static void put_type(cli_json *json, const char *type)
{
    json_text(json, "type", type);
}

/* ---- constructs ---- */

/* The types of <cfngen/constructs.h> and JSON Schema's; anything else is a construct that is named
 * or referred to. */
static const struct {
    const char *type, *word;
} words[] = {{"string", "string"},   {"whole number", "integer"}, {"number", "number"},
             {"boolean", "boolean"}, {"mapping", "object"},       {"value", NULL}};

static void put_property_list(cli_json *json, const cfn_property *owner,
                              const cfn_construct_facts *construct);

static void put_single(cli_json *json, const cfn_property *property,
                       const cfn_property_facts *facts)
{
    size_t i = 0;
    while (i < sizeof words / sizeof *words && strcmp(words[i].type, facts->type) != 0)
        i++;
    if (i < sizeof words / sizeof *words && words[i].word)
        put_type(json, words[i].word);
    if (facts->values) {
        json_open(json, "enum", '[');
        for (const char *const *v = facts->values; *v; v++)
            json_text(json, NULL, *v);
        json_close(json, ']');
    }
    if (facts->max > facts->min) {
        json_integer(json, "minimum", facts->min);
        json_integer(json, "maximum", facts->max);
    }
    if (cfn_property_member(property, 0))
        put_property_list(json, property, NULL);
}

static void put_alternatives(cli_json *json, const cfn_property *property,
                             const cfn_property_facts *facts)
{
    json_open(json, NULL, '{');
    if (facts->list) {
        put_type(json, "array");
        json_open(json, "items", '{');
        json_open(json, "anyOf", '[');
        json_open(json, NULL, '{');
        put_single(json, property, facts);
        json_close(json, '}');
        put_reference(json, NULL, "tagged");
        json_close(json, ']');
        json_close(json, '}');
    } else {
        put_single(json, property, facts);
    }
    json_close(json, '}');
}

static void put_purpose(cli_json *json, const cfn_property_facts *facts)
{
    char text[600];
    snprintf(text, sizeof text, "%s%s%s", facts->doc, *facts->default_text ? "\nDefault: " : "",
             facts->default_text);
    json_text(json, "description", text);
}

static void put_property(cli_json *json, const cfn_property *property)
{
    cfn_property_facts facts = cfn_property_describe(property);
    json_open(json, facts.name, '{');
    put_purpose(json, &facts);
    json_open(json, "anyOf", '[');
    put_alternatives(json, property, &facts);
    if (!facts.synth_time)
        put_reference(json, NULL, "tagged");
    json_close(json, ']');
    json_close(json, '}');
}

/* What every construct takes. */
static void put_overrides(cli_json *json)
{
    json_open(json, "Overrides", '{');
    json_text(json, "description", "Properties of what it makes, by logical id");
    put_type(json, "object");
    json_close(json, '}');
}

/* The properties of a construct, or the members of a property (the other one is NULL). */
static const cfn_property *part(const cfn_property *owner, const cfn_construct_facts *construct,
                                size_t index)
{
    return owner ? cfn_property_member(owner, index) : cfn_construct_property(construct, index);
}

static void put_property_list(cli_json *json, const cfn_property *owner,
                              const cfn_construct_facts *construct)
{
    const cfn_property *p;
    json_open(json, "properties", '{');
    for (size_t i = 0; (p = part(owner, construct, i)); i++)
        put_property(json, p);
    if (construct)
        put_overrides(json);
    json_close(json, '}');
    json_boolean(json, "additionalProperties", false);
    json_open(json, "required", '[');
    for (size_t i = 0; (p = part(owner, construct, i)); i++)
        if (cfn_property_describe(p).required)
            json_text(json, NULL, cfn_property_describe(p).name);
    json_close(json, ']');
}

static void put_construct(cli_json *json, const cfn_construct_facts *construct)
{
    json_open(json, cfn_construct_name(construct), '{');
    json_text(json, "description", cfn_construct_doc(construct));
    put_type(json, "object");
    put_property_list(json, NULL, construct);
    json_close(json, '}');
}

/* ---- resource types ---- */

/* Values that are being written, the innermost first: types may contain themselves. */
typedef struct nesting {
    const struct nesting *outer;
    const cfn_schema_value *value;
    int depth;
} nesting;

static bool goes_on(const nesting *outer, const cfn_schema_value *value)
{
    if (outer && outer->depth >= DEEPEST)
        return false;
    for (; outer; outer = outer->outer)
        if (outer->value == value)
            return false;
    return true;
}

static void put_value(cli_json *json, const cfn_schema *s, const cfn_schema_value *value,
                      const nesting *outer);

static void put_members(cli_json *json, const cfn_schema *s, const cfn_schema_value *value,
                        const nesting *outer)
{
    nesting here = {outer, value, outer ? outer->depth + 1 : 0};
    const cfn_schema_property *p;
    json_open(json, "properties", '{');
    for (size_t i = 0; (p = cfn_schema_property_at(s, value, i)); i++) {
        cfn_schema_property_facts facts = cfn_schema_property_describe(s, p);
        if (facts.read_only)
            continue;
        json_open(json, facts.name, '{');
        if (facts.change == CFN_SCHEMA_REPLACES)
            json_text(json, "description", "A change replaces the resource");
        json_open(json, "anyOf", '[');
        json_open(json, NULL, '{');
        put_value(json, s, facts.value, &here);
        json_close(json, '}');
        put_reference(json, NULL, "tagged");
        json_close(json, ']');
        json_close(json, '}');
    }
    json_close(json, '}');
    if (cfn_schema_value_describe(s, value).closed)
        json_boolean(json, "additionalProperties", false);
}

static void put_value(cli_json *json, const cfn_schema *s, const cfn_schema_value *value,
                      const nesting *outer)
{
    static const char *const names[] = {"string", "integer", "number", "boolean",
                                        "object", "array",   "null"};
    cfn_schema_value_facts facts = cfn_schema_value_describe(s, value);
    cfn_schema_rule rule;
    const char *text;
    if (facts.types) {
        json_open(json, "type", '[');
        for (unsigned i = 0; i < sizeof names / sizeof *names; i++)
            if (facts.types & 1U << i)
                json_text(json, NULL, names[i]);
        json_close(json, ']');
    }
    if (cfn_schema_rule_find(s, value, CFN_SCHEMA_ENUM, &rule) && !facts.enum_any_case) {
        json_open(json, "enum", '[');
        for (size_t i = 0; (text = cfn_schema_rule_text(s, &rule, i)); i++)
            json_text(json, NULL, text);
        json_close(json, ']');
    }
    if (!goes_on(outer, value))
        return;
    if (cfn_schema_property_at(s, value, 0))
        put_members(json, s, value, outer);
    if (cfn_schema_rule_find(s, value, CFN_SCHEMA_ITEMS, &rule)) {
        nesting here = {outer, value, outer ? outer->depth + 1 : 0};
        json_open(json, "items", '{');
        put_value(json, s, rule.value, &here);
        json_close(json, '}');
    }
}

static bool is_asked_for(const cli_arguments *arguments, const char *type)
{
    for (size_t i = 0; i < arguments->operand_count; i++)
        if (fnmatch(arguments->operands[i], type, 0) == 0)
            return true;
    return false;
}

/* ---- the whole ---- */

/* What comes before the names of the types, between those and the cases, and so on. */
static const char *const frame[] = {
    "{\"$schema\":\"http://json-schema.org/draft-07/schema#\",\"title\":\"cfngen stack file\","
    "\"type\":\"object\",\"required\":[\"Resources\"],\"properties\":{"
    "\"AWSTemplateFormatVersion\":{\"enum\":[\"2010-09-09\"]},"
    "\"Description\":{\"type\":\"string\",\"maxLength\":1024},"
    "\"Metadata\":{\"type\":\"object\"},\"Parameters\":{\"type\":\"object\"},"
    "\"Rules\":{\"type\":\"object\"},\"Mappings\":{\"type\":\"object\"},"
    "\"Conditions\":{\"type\":\"object\"},\"Transform\":{\"type\":[\"string\",\"array\"]},"
    "\"Outputs\":{\"type\":\"object\"},\"Hooks\":{\"type\":\"object\"},"
    "\"Globals\":{\"type\":\"object\"},"
    "\"Resources\":{\"type\":\"object\",\"additionalProperties\":{"
    "\"$ref\":\"#/definitions/resource\"}}},"
    "\"definitions\":{\"tagged\":{\"description\":\"A function, or what follows its short tag\","
    "\"type\":[\"string\",\"array\",\"object\"]},"
    "\"resource\":{\"type\":\"object\",\"required\":[\"Type\"],\"properties\":{"
    "\"Properties\":{\"type\":\"object\"},\"Metadata\":{\"type\":\"object\"},"
    "\"Condition\":{\"type\":\"string\"},\"DependsOn\":{\"type\":[\"string\",\"array\"]},"
    "\"DeletionPolicy\":{\"enum\":[\"Delete\",\"Retain\",\"RetainExceptOnCreate\",\"Snapshot\"]},"
    "\"UpdateReplacePolicy\":{\"enum\":[\"Delete\",\"Retain\",\"Snapshot\"]},"
    "\"CreationPolicy\":{\"type\":\"object\"},\"UpdatePolicy\":{\"type\":\"object\"},"
    "\"Type\":{\"anyOf\":[{\"pattern\":\"^Custom::|::MODULE$\"},{\"enum\":[",
    "]}]}},\"allOf\":[", "]},", "}}\n"};

/* Calls `put` for each construct, and for each resource type that was asked for, with NULL for the
 * other one. */
static void each_definition(cli_json *json, const cfn_schema *s, const cli_arguments *arguments,
                            void (*put)(cli_json *, const cfn_construct_facts *, const cfn_schema *,
                                        const cfn_schema_type_facts *))
{
    const cfn_construct_facts *construct;
    const cfn_schema_type *type;
    for (size_t i = 0; (construct = cfn_construct_at(i)); i++)
        put(json, construct, NULL, NULL);
    for (size_t i = 0; (type = cfn_schema_type_at(s, i)); i++) {
        cfn_schema_type_facts facts = cfn_schema_type_describe(s, type);
        if (is_asked_for(arguments, facts.name))
            put(json, NULL, s, &facts);
    }
}

static void put_names(cli_json *json, const cfn_schema *s)
{
    const cfn_construct_facts *construct;
    const cfn_schema_type *type;
    for (size_t i = 0; (construct = cfn_construct_at(i)); i++)
        json_text(json, NULL, cfn_construct_name(construct));
    for (size_t i = 0; (type = cfn_schema_type_at(s, i)); i++)
        json_text(json, NULL, cfn_schema_type_describe(s, type).name);
}

/* A resource of this type has properties by its definition. */
static void put_case(cli_json *json, const cfn_construct_facts *construct, const cfn_schema *s,
                     const cfn_schema_type_facts *facts)
{
    (void)s;
    const char *type = construct ? cfn_construct_name(construct) : facts->name;
    json_open(json, NULL, '{');
    json_open(json, "if", '{');
    json_open(json, "properties", '{');
    json_open(json, "Type", '{');
    json_text(json, "const", type);
    for (int i = 0; i < 3; i++)
        json_close(json, '}');
    json_open(json, "then", '{');
    json_open(json, "properties", '{');
    put_reference(json, "Properties", type);
    for (int i = 0; i < 3; i++)
        json_close(json, '}');
}

static void put_definition(cli_json *json, const cfn_construct_facts *construct,
                           const cfn_schema *s, const cfn_schema_type_facts *facts)
{
    if (construct) {
        put_construct(json, construct);
        return;
    }
    json_open(json, facts->name, '{');
    put_value(json, s, facts->value, NULL);
    json_close(json, '}');
}

static int put_schema(const cli_arguments *arguments, const cfn_schema *s)
{
    for (size_t i = 0; i < arguments->operand_count; i++) {
        const cfn_schema_type *type = NULL;
        size_t j = 0;
        while ((type = cfn_schema_type_at(s, j)) &&
               fnmatch(arguments->operands[i], cfn_schema_type_describe(s, type).name, 0) != 0)
            j++;
        if (!type)
            return usage_error(arguments->command, "no resource type matches %s%s",
                               arguments->operands[i],
                               suggest_type(s, arguments->operands[i]).text);
    }
    fputs(frame[0], stdout);
    put_names(&(cli_json){stdout, false}, s);
    fputs(frame[1], stdout);
    each_definition(&(cli_json){stdout, false}, s, arguments, put_case);
    fputs(frame[2], stdout);
    each_definition(&(cli_json){stdout, false}, s, arguments, put_definition);
    fputs(frame[3], stdout);
    return STATUS_CLEAN;
}

int cmd_schema_editor(const cli_arguments *arguments)
{
    cli_schema opened = open_schema(arguments);
    int status = opened.schema ? put_schema(arguments, opened.schema) : STATUS_TROUBLE;
    close_schema(&opened);
    return status;
}
