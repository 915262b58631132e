/* From what a user types to a construct, a property or an attribute. */
#include "explain.h"

#include <string.h>
#include <strings.h>

static bool equals(const char *name, const char *text, size_t length)
{
    return strlen(name) == length && strncasecmp(name, text, length) == 0;
}

/* The last word of a construct's name. */
static const char *short_name(const cfn_construct_facts *construct)
{
    const char *name = cfn_construct_name(construct);
    const char *colon = strrchr(name, ':');
    return colon ? colon + 1 : name;
}

/* Whether the text is the name, or what follows one of its "::". */
static bool may_mean(const cfn_construct_facts *construct, const char *text, size_t length)
{
    const char *name = cfn_construct_name(construct);
    while (!equals(name, text, length)) {
        name = strstr(name, "::");
        if (!name)
            return false;
        name += 2;
    }
    return true;
}

static int unknown_construct(const cli_command *command, const char *text, size_t length)
{
    char name[80];
    cli_words words = {0};
    const cfn_construct_facts *construct;
    for (size_t i = 0; (construct = cfn_construct_at(i)); i++) {
        add_word(&words, cfn_construct_name(construct));
        add_word(&words, short_name(construct));
    }
    snprintf(name, sizeof name, "%.*s", (int)length, text);
    cli_suggestion suggested = suggest("", name, &words);
    return usage_error(command, "there is no construct or type %s%s", name,
                       *suggested.text ? suggested.text
                                       : "; \"cfngen list\" and \"cfngen schema types\" list them");
}

static int find_construct(const cli_command *command, const char *text, size_t length,
                          const cfn_construct_facts **found)
{
    const cfn_construct_facts *construct;
    *found = NULL;
    for (size_t i = 0; (construct = cfn_construct_at(i)); i++) {
        if (!may_mean(construct, text, length))
            continue;
        if (*found)
            return usage_error(command, "%.*s may mean %s or %s", (int)length, text,
                               cfn_construct_name(*found), cfn_construct_name(construct));
        *found = construct;
    }
    return *found ? STATUS_CLEAN : unknown_construct(command, text, length);
}

static const cfn_property *property_at(const cli_subject *subject, size_t index)
{
    if (subject->property)
        return cfn_property_member(subject->property, index);
    return cfn_construct_property(subject->construct, index);
}

static void extend_path(cli_subject *subject, const char *name)
{
    size_t length = strlen(subject->path);
    snprintf(subject->path + length, sizeof subject->path - length, ".%s", name);
}

static int find_property(const cli_command *command, const char *text, size_t length,
                         cli_subject *subject)
{
    char name[80];
    cli_words words = {0};
    const cfn_property *property;
    for (size_t i = 0; (property = property_at(subject, i)); i++) {
        const char *its_name = cfn_property_describe(property).name;
        if (equals(its_name, text, length)) {
            subject->property = property;
            extend_path(subject, its_name);
            return STATUS_CLEAN;
        }
        add_word(&words, its_name);
    }
    snprintf(name, sizeof name, "%.*s", (int)length, text);
    return usage_error(command, "%s has no property %s%s", subject->path, name,
                       suggest("", name, &words).text);
}

static bool find_attribute(const char *name, cli_subject *subject)
{
    for (size_t i = 0; cfn_construct_attribute(subject->construct, i, &subject->attribute); i++) {
        if (strcasecmp(subject->attribute.name, name) != 0)
            continue;
        subject->is_attribute = true;
        extend_path(subject, subject->attribute.name);
        return true;
    }
    return false;
}

bool names_construct(const char *name)
{
    const cfn_construct_facts *construct;
    for (size_t i = 0; (construct = cfn_construct_at(i)); i++)
        if (may_mean(construct, name, strcspn(name, ".")))
            return true;
    return false;
}

int find_subject(const cli_command *command, const char *name, cli_subject *subject)
{
    size_t length = strcspn(name, ".");
    *subject = (cli_subject){0};
    int status = find_construct(command, name, length, &subject->construct);
    if (status != STATUS_CLEAN)
        return status;
    snprintf(subject->path, sizeof subject->path, "%s", cfn_construct_name(subject->construct));
    name += length;
    if (*name && find_attribute(name + 1, subject))
        return STATUS_CLEAN;
    while (*name && status == STATUS_CLEAN) {
        name++;
        length = strcspn(name, ".");
        status = find_property(command, name, length, subject);
        name += length;
    }
    return status;
}
