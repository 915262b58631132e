/* What `cfngen explain` prints for people. */
#include "explain.h"

#include <inttypes.h>

enum { INDENT = 6 };

static void print_range(const cfn_property_facts *facts)
{
    if (facts->max <= facts->min)
        return;
    printf(", %" PRId64 " to %" PRId64 "%s", facts->min, facts->max, facts->list ? " of them" : "");
}

/* "list of string, required, known at synth" */
static void print_type(const cfn_property_facts *facts)
{
    printf("%s%s", facts->list ? "list of " : "", facts->type);
    print_range(facts);
    printf("%s%s\n", facts->required ? ", required" : "",
           facts->synth_time ? ", known at synth" : "");
}

static void print_paragraph(const char *label, const char *text)
{
    int length = printf("%*s%s", INDENT, "", label);
    print_wrapped(stdout, text, length, INDENT);
}

static void print_values(const char *const *values)
{
    printf("%*sOne of:", INDENT, "");
    for (; *values; values++)
        printf(" %s%s", *values, values[1] ? "," : "\n");
}

static void print_facts(const cfn_property_facts *facts)
{
    print_paragraph("", facts->doc);
    if (facts->values)
        print_values(facts->values);
    if (*facts->default_text)
        print_paragraph("Default: ", facts->default_text);
}

static void print_property(const cfn_property *property)
{
    cfn_property_facts facts = cfn_property_describe(property);
    printf("  %s: ", facts.name);
    print_type(&facts);
    print_facts(&facts);
    if (cfn_property_member(property, 0))
        print_paragraph("", "Has members: explain it for more.");
}

static void print_attributes(const cfn_construct_facts *construct)
{
    cfn_construct_entry entry;
    printf("\n!Ref gives %s.\n!GetAtt gives:\n", cfn_construct_ref(construct));
    for (size_t i = 0; cfn_construct_attribute(construct, i, &entry); i++)
        printf("  %s: %s\n", entry.name, entry.doc);
}

static void print_resources(const cfn_construct_facts *construct)
{
    cfn_construct_entry entry;
    if (!cfn_construct_resource(construct, 0, &entry)) {
        puts("\nIt makes no resources.");
        return;
    }
    puts("\nResources it makes (Id is its own logical id):");
    for (size_t i = 0; cfn_construct_resource(construct, i, &entry); i++) {
        printf("  Id%s: %s\n", entry.name, entry.type);
        print_paragraph("", entry.doc);
    }
}

static void explain_construct(const cfn_construct_facts *construct)
{
    const cfn_property *property;
    putchar('\n');
    print_wrapped(stdout, cfn_construct_doc(construct), 0, 0);
    puts("\nProperties:");
    for (size_t i = 0; (property = cfn_construct_property(construct, i)); i++)
        print_property(property);
    puts("  Overrides: mapping, for every construct\n"
         "      {LogicalId: {Properties: {...}}}, laid over the resources that are made.");
    print_attributes(construct);
    print_resources(construct);
}

static void explain_property(const cfn_property *property)
{
    cfn_property_facts facts = cfn_property_describe(property);
    const cfn_property *member;
    printf("      ");
    print_type(&facts);
    print_facts(&facts);
    if (facts.synth_time)
        print_paragraph("", "It decides what is made, so no intrinsic function can stand here.");
    if (cfn_property_member(property, 0))
        puts("\nMembers:");
    for (size_t i = 0; (member = cfn_property_member(property, i)); i++)
        print_property(member);
}

void explain_text(const cli_subject *subject)
{
    puts(subject->path);
    if (subject->is_attribute)
        printf("      attribute: %s\n", subject->attribute.doc);
    else if (subject->property)
        explain_property(subject->property);
    else
        explain_construct(subject->construct);
}
