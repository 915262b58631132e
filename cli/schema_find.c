/* Where the facts about resource types are taken from, and types as users type their names. */
#include "schema_words.h"

#include <cfngen/nearest.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

cli_schema open_schema(const cli_arguments *arguments)
{
    cli_schema opened = {.schema = NULL};
    const char *path = option_value(arguments, "schema");
    if (!path)
        path = getenv("CFNGEN_SCHEMA");
    if (!path || !*path) {
        opened.schema = cfn_schema_embedded();
        return opened;
    }
    opened.arena = cfn_arena_new();
    opened.diagnostics = cfn_diagnostics_new();
    if (!opened.arena || !opened.diagnostics) {
        out_of_memory();
        return opened;
    }
    opened.schema = cfn_schema_open_file(opened.arena, opened.diagnostics, path);
    if (!opened.schema)
        print_diagnostics(stderr, opened.diagnostics, false);
    return opened;
}

void close_schema(cli_schema *opened)
{
    cfn_arena_free(opened->arena);
    cfn_diagnostics_free(opened->diagnostics);
}

/* Whether the text is the name, or what follows one of its "::". */
static bool may_mean(const char *name, const char *text, size_t length)
{
    while (name && (strlen(name) != length || strncasecmp(name, text, length) != 0)) {
        name = strstr(name, "::");
        if (name)
            name += 2;
    }
    return name != NULL;
}

const cfn_schema_type *find_type(const cfn_schema *schema, const char *name, size_t length,
                                 const cfn_schema_type **other)
{
    const cfn_schema_type *found = cfn_schema_type_find(schema, name, length), *type;
    *other = NULL;
    if (found)
        return found;
    for (size_t i = 0; !*other && (type = cfn_schema_type_at(schema, i)); i++) {
        if (!may_mean(cfn_schema_type_describe(schema, type).name, name, length))
            continue;
        *(found ? other : &found) = type;
    }
    return found;
}

cli_suggestion suggest_type(const cfn_schema *schema, const char *name)
{
    cli_suggestion suggestion = {""};
    size_t count = cfn_schema_type_count(schema);
    const char **names = calloc(count + 1, sizeof *names);
    if (!names)
        return suggestion;
    for (size_t i = 0; i < count; i++)
        names[i] = cfn_schema_type_describe(schema, cfn_schema_type_at(schema, i)).name;
    const char *nearest = cfn_nearest(name, names);
    if (nearest)
        snprintf(suggestion.text, sizeof suggestion.text, "; did you mean %s?", nearest);
    free(names);
    return suggestion;
}

bool names_type(const cfn_schema *schema, const char *name)
{
    const cfn_schema_type *other;
    size_t length = strcspn(name, ".");
    return strncasecmp(name, "AWS::", 5) == 0 || find_type(schema, name, length, &other);
}

static int unknown_property(const cli_arguments *arguments, const cli_type_subject *subject,
                            const char *text, int length)
{
    char name[120];
    cli_words words = {0};
    const cfn_schema *s = subject->schema;
    const cfn_schema_value *value = innermost_value(s, subject->place.value);
    const cfn_schema_property *property;
    for (size_t i = 0; (property = cfn_schema_property_at(s, value, i)); i++)
        add_word(&words, cfn_schema_property_describe(s, property).name);
    snprintf(name, sizeof name, "%.*s", length, text);
    return usage_error(arguments->command, "%s has no property %s%s", subject->path, name,
                       suggest("", name, &words).text);
}

/* Enters a member; when there is none of that name, one whose letter case alone is another. */
static bool enter(const cfn_schema *s, cfn_schema_place *place, const char *name, size_t length)
{
    const cfn_schema_value *value = innermost_value(s, place->value);
    const cfn_schema_property *property;
    if (cfn_schema_enter(s, place, name, length))
        return true;
    for (size_t i = 0; (property = cfn_schema_property_at(s, value, i)); i++) {
        const char *its_name = cfn_schema_property_describe(s, property).name;
        if (strlen(its_name) == length && strncasecmp(its_name, name, length) == 0)
            return cfn_schema_enter(s, place, its_name, length);
    }
    return false;
}

static int find_place(const cli_arguments *arguments, cli_type_subject *subject, const char *path)
{
    while (*path) {
        size_t length = strcspn(++path, "."), used = strlen(subject->path);
        if (!enter(subject->schema, &subject->place, path, length))
            return unknown_property(arguments, subject, path, (int)length);
        bool items = strspn(path, "*0123456789") >= length;
        const char *name =
            items ? "*"
                  : cfn_schema_property_describe(subject->schema, subject->place.property).name;
        snprintf(subject->path + used, sizeof subject->path - used, ".%s", name);
        path += length;
    }
    return STATUS_CLEAN;
}

int explain_type(const cli_arguments *arguments, const cfn_schema *schema, const char *name)
{
    char text[120];
    const cfn_schema_type *other;
    size_t length = strcspn(name, ".");
    cli_type_subject subject = {.schema = schema};
    subject.type = find_type(schema, name, length, &other);
    snprintf(text, sizeof text, "%.*s", (int)length, name);
    if (!subject.type)
        return usage_error(arguments->command, "there is no resource type %s%s", text,
                           suggest_type(schema, text).text);
    const char *full = cfn_schema_type_describe(schema, subject.type).name;
    if (other)
        return usage_error(arguments->command,
                           "%s may mean %s, %s or another; \"cfngen schema types %s\" lists them",
                           text, full, cfn_schema_type_describe(schema, other).name, text);
    subject.place = cfn_schema_place_of(schema, subject.type);
    snprintf(subject.path, sizeof subject.path, "%s", full);
    int status = find_place(arguments, &subject, name + length);
    if (status != STATUS_CLEAN)
        return status;
    if (option_value(arguments, "json"))
        explain_type_json(&subject);
    else
        explain_type_text(&subject);
    return STATUS_CLEAN;
}
