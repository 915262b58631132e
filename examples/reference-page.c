/* Prints the reference page of all constructs as Markdown, from the facts in <cfngen/constructs.h>;
 * docs/constructs.md is what it prints. */
#include <cfngen/constructs.h>
#include <inttypes.h>
#include <stdio.h>

/* A table's cell ends at a bar. */
static void print_cell(const char *text)
{
    for (; *text; text++) {
        if (*text == '|')
            putchar('\\');
        putchar(*text);
    }
}

static void print_values(const char *const *values)
{
    for (const char *const *value = values; *value; value++)
        printf("%s`%s`", value == values ? " One of " : ", ", *value);
    putchar('.');
}

static void print_property(const cfn_property *property, const char *prefix)
{
    cfn_property_facts facts = cfn_property_describe(property);
    char name[128];
    snprintf(name, sizeof name, "%s%s", prefix, facts.name);
    printf("| `%s` | %s%s | %s | ", name, facts.list ? "list of " : "", facts.type,
           facts.required ? "required" : facts.default_text);
    print_cell(facts.doc);
    if (facts.values)
        print_values(facts.values);
    if (facts.min < facts.max)
        printf(" From %" PRId64 " to %" PRId64 ".", facts.min, facts.max);
    if (facts.synth_time)
        printf(" Known at synth.");
    printf(" |\n");
    snprintf(name, sizeof name, "%s%s%s.", prefix, facts.name, facts.list ? "[]" : "");
    for (size_t i = 0; cfn_property_member(property, i); i++)
        print_property(cfn_property_member(property, i), name);
}

static void print_construct(const cfn_construct_facts *construct)
{
    cfn_construct_entry entry;
    printf("\n## %s\n\n%s\n", cfn_construct_name(construct), cfn_construct_doc(construct));
    printf("\n| property | type | default | |\n|---|---|---|---|\n");
    for (size_t i = 0; cfn_construct_property(construct, i); i++)
        print_property(cfn_construct_property(construct, i), "");
    printf("\n`Ref` gives %s.\n\n| attribute | |\n|---|---|\n", cfn_construct_ref(construct));
    for (size_t i = 0; cfn_construct_attribute(construct, i, &entry); i++)
        printf("| `%s` | %s |\n", entry.name, entry.doc);
    if (!cfn_construct_resource(construct, 0, &entry)) {
        printf("\nIt makes no resource.\n");
        return;
    }
    printf("\n| resource | type | |\n|---|---|---|\n");
    for (size_t i = 0; cfn_construct_resource(construct, i, &entry); i++)
        printf("| `{id}%s` | %s | %s |\n", entry.name, entry.type, entry.doc);
}

int main(void)
{
    printf(
        "# Constructs\n\n"
        "What each construct takes, gives and makes. `cfngen explain` says the same; [stack files]"
        "(stack-files.md) has what holds for all of them: `Condition`, `DependsOn`, "
        "`DeletionPolicy`, `UpdateReplacePolicy` and `Metadata` beside `Properties`, and "
        "`Overrides` among them.\n");
    for (size_t i = 0; cfn_construct_at(i); i++)
        print_construct(cfn_construct_at(i));
    return 0;
}
