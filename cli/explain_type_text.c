/* What `cfngen explain` prints for people about resource types. */
#include "schema_words.h"

#include <string.h>

enum { INDENT = 6 };

/* Collects a paragraph, which is wrapped at its end. */
typedef struct paragraph {
    char text[4096];
    size_t length;
} paragraph;

static void add(paragraph *p, const char *before, const char *text)
{
    int got = snprintf(p->text + p->length, sizeof p->text - p->length, "%s%s", before, text);
    size_t room = sizeof p->text - 1 - p->length;
    p->length += got >= 0 && (size_t)got <= room ? (size_t)got : room;
}

static void print_paragraph(const char *label, const char *text)
{
    int length = printf("%*s%s", INDENT, "", label);
    print_wrapped(stdout, text, length, INDENT);
}

/* All of them, or those where it is, or those where it is not, whichever is shorter. */
static void print_regions(const cfn_schema *s, uint64_t regions)
{
    paragraph with = {.length = 0}, without = {.length = 0};
    size_t count = 0, all = 0;
    const char *name;
    for (; (name = cfn_schema_region_at(s, all)); all++) {
        bool is_there = regions >> all & 1;
        paragraph *p = is_there ? &with : &without;
        add(p, p->length ? ", " : "", name);
        count += is_there;
    }
    if (!count)
        print_paragraph("", "In which regions it exists is not known.");
    else if (count == all)
        printf("%*sIn all %zu regions.\n", INDENT, "", all);
    else if (count * 2 <= all)
        print_paragraph("In the regions ", with.text);
    else
        print_paragraph("In all regions but ", without.text);
}

static void print_identifier(const cli_type_subject *subject)
{
    paragraph p = {.length = 0};
    const char *name;
    for (size_t i = 0; (name = cfn_schema_identifier_at(subject->schema, subject->type, i)); i++)
        add(&p, i ? ", " : "", name);
    if (p.length)
        print_paragraph("Identified by ", p.text);
}

static void print_type_facts(const cli_type_subject *subject)
{
    cfn_schema_type_facts facts = cfn_schema_type_describe(subject->schema, subject->type);
    print_identifier(subject);
    if (facts.holds_data)
        print_paragraph("", "It holds data, which goes when it is deleted or replaced.");
    if (facts.must_be_empty)
        print_paragraph("", "It cannot be deleted while something is in it.");
    if (facts.deletes_first)
        print_paragraph("", "A replacement starts by deleting the old one.");
    if (facts.taggable)
        printf("%*sIts tags are %s%s.\n", INDENT, "", facts.tag_property,
               facts.tags_change ? "" : "; a change of them is not possible");
    if (facts.takes_creation_policy)
        print_paragraph("", "It takes a CreationPolicy.");
    if (facts.takes_update_policy)
        print_paragraph("", "It takes an UpdatePolicy.");
    if (facts.snapshot_on_delete)
        print_paragraph("", facts.snapshot_on_replace
                                ? "DeletionPolicy and UpdateReplacePolicy may be Snapshot."
                                : "DeletionPolicy may be Snapshot.");
    if (facts.structure_only)
        print_paragraph("", "It is new: patterns, ranges and allowed values are not known.");
    print_regions(subject->schema, facts.regions);
}

static void print_flags(const cfn_schema_property_facts *facts, cfn_schema_change change)
{
    fputs(facts->required ? ", required" : "", stdout);
    fputs(facts->read_only ? ", read-only" : "", stdout);
    fputs(facts->write_only ? ", write-only" : "", stdout);
    fputs(facts->deprecated ? ", deprecated" : "", stdout);
    if (change == CFN_SCHEMA_REPLACES)
        fputs(", a change replaces the resource", stdout);
    else if (change == CFN_SCHEMA_MAY_REPLACE)
        fputs(", a change may replace the resource", stdout);
    putchar('\n');
}

static void print_rule(const cfn_schema *s, const cfn_schema_value *value, cfn_schema_rule_id id,
                       const char *label)
{
    paragraph p = {.length = 0};
    cfn_schema_rule rule;
    const char *text;
    for (size_t i = 0; cfn_schema_rule_at(s, value, i, &rule); i++) {
        if (rule.id != id)
            continue;
        p.length = 0;
        add(&p, "", rule.text);
        for (size_t j = 0; (text = cfn_schema_rule_text(s, &rule, j)); j++)
            add(&p, j ? ", " : "", text);
        print_paragraph(label, p.text);
    }
}

static bool is_choice(cfn_schema_rule_id id)
{
    return id == CFN_SCHEMA_ONE_OF || id == CFN_SCHEMA_ANY_OF;
}

/* What an alternative requires, as "A and B". */
static void add_required(const cfn_schema *s, const cfn_schema_value *value, paragraph *p)
{
    const char *text, *between = p->length ? " | " : "";
    const cfn_schema_property *property;
    cfn_schema_rule rule;
    for (size_t i = 0; (property = cfn_schema_property_at(s, value, i)); i++) {
        cfn_schema_property_facts facts = cfn_schema_property_describe(s, property);
        if (!facts.required)
            continue;
        add(p, between, facts.name);
        between = " and ";
    }
    if (!cfn_schema_rule_find(s, value, CFN_SCHEMA_REQUIRED, &rule))
        return;
    for (size_t i = 0; (text = cfn_schema_rule_text(s, &rule, i)); i++, between = " and ")
        add(p, between, text);
}

/* Properties of which some are needed. */
static void print_choices(const cfn_schema *s, const cfn_schema_value *value)
{
    cfn_schema_rule rule;
    const cfn_schema_value *alternative;
    for (size_t i = 0; cfn_schema_rule_at(s, value, i, &rule); i++) {
        paragraph p = {.length = 0};
        for (size_t j = 0; is_choice(rule.id) && (alternative = cfn_schema_rule_value(s, &rule, j));
             j++)
            add_required(s, alternative, &p);
        if (p.length)
            print_paragraph(rule.id == CFN_SCHEMA_ONE_OF ? "Exactly one is needed: "
                                                         : "At least one is needed: ",
                            p.text);
    }
}

/* Patterns are printed as they are: a line break in one would change it. */
static void print_rules(const cfn_schema *s, const cfn_schema_value *value)
{
    static const struct {
        cfn_schema_rule_id id;
        const char *label;
    } rules[] = {
        {CFN_SCHEMA_ENUM, "One of: "},
        {CFN_SCHEMA_CONST, "Always: "},
        {CFN_SCHEMA_FORMAT, "Format: "},
        {CFN_SCHEMA_RELATIONSHIP, "Names a: "},
        {CFN_SCHEMA_REQUIRED_XOR, "Exactly one of: "},
        {CFN_SCHEMA_REQUIRED_OR, "At least one of: "},
        {CFN_SCHEMA_DEPENDENT_REQUIRED, "The first needs the others: "},
        {CFN_SCHEMA_DEPENDENT_EXCLUDED, "The first excludes the others: "},
    };
    cfn_schema_rule rule;
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++)
        print_rule(s, value, rules[i].id, rules[i].label);
    print_choices(s, value);
    if (!cfn_schema_rule_find(s, value, CFN_SCHEMA_PATTERN, &rule))
        return;
    printf("%*sPattern: ", INDENT, "");
    print_text(stdout, rule.text);
    putchar('\n');
}

static void print_property(const cfn_schema *s, const cfn_schema_property *property)
{
    cfn_schema_property_facts facts = cfn_schema_property_describe(s, property);
    printf("  %s: ", facts.name);
    print_value_type(stdout, s, facts.value);
    print_limits(stdout, s, facts.value);
    print_flags(&facts, facts.change);
    if (innermost_value(s, facts.value) != facts.value ||
        !cfn_schema_property_at(s, facts.value, 0))
        print_rules(s, facts.value);
}

static void print_members(const cfn_schema *s, const cfn_schema_value *value, const char *title)
{
    const cfn_schema_property *property;
    if (cfn_schema_property_at(s, value, 0))
        puts(title);
    for (size_t i = 0; (property = cfn_schema_property_at(s, value, i)); i++)
        print_property(s, property);
}

/* Those that stand in an alternative alone. */
static void print_alternatives(const cfn_schema *s, const cfn_schema_value *value)
{
    cfn_schema_rule rule;
    const cfn_schema_value *alternative;
    for (size_t i = 0; cfn_schema_rule_at(s, value, i, &rule); i++) {
        bool has_members = is_choice(rule.id) || rule.id == CFN_SCHEMA_ALL_OF;
        for (size_t j = 0; has_members && (alternative = cfn_schema_rule_value(s, &rule, j)); j++)
            print_members(s, alternative, "\nMembers in an alternative:");
    }
}

static void print_attributes(const cli_type_subject *subject)
{
    const char *name;
    puts("\n!GetAtt gives:");
    for (size_t i = 0; (name = cfn_schema_attribute_at(subject->schema, subject->type, i)); i++)
        printf("  %s\n", name);
    if (cfn_schema_type_describe(subject->schema, subject->type).properties_are_attributes)
        puts("  and every property");
    else if (!cfn_schema_attribute_at(subject->schema, subject->type, 0))
        puts("  nothing");
}

/* Each once, however many regions say different things. */
static void print_crosses(const cli_type_subject *subject)
{
    cfn_schema_cross cross, before = {.name = "", .path = ""};
    for (size_t i = 0; cfn_schema_cross_at(subject->schema, subject->type, i, &cross); i++) {
        if (i == 0)
            puts("\nRules over several properties:");
        if (strcmp(cross.name, before.name) != 0 || strcmp(cross.path, before.path) != 0)
            printf("  %s%s%s%s%s\n", cross.name, *cross.path ? ", of " : "", cross.path,
                   cross.is_warning ? ", a warning" : "",
                   cross.regions == UINT64_MAX ? "" : ", for some regions");
        before = cross;
    }
}

static void explain_place(const cli_type_subject *subject)
{
    const cfn_schema *s = subject->schema;
    const cfn_schema_value *value = subject->place.value;
    cfn_schema_property_facts facts = cfn_schema_property_describe(s, subject->place.property);
    const cfn_schema_value *inner = innermost_value(s, value);
    facts.read_only = subject->place.read_only;
    facts.required = facts.required && value == facts.value;
    printf("%*s", INDENT, "");
    print_value_type(stdout, s, value);
    print_limits(stdout, s, value);
    print_flags(&facts, subject->place.change);
    print_rules(s, value);
    if (inner != value) {
        printf("%*sEach one: ", INDENT, "");
        print_value_type(stdout, s, inner);
        print_limits(stdout, s, inner);
        putchar('\n');
        print_rules(s, inner);
    }
    print_members(s, inner, "\nMembers:");
    print_alternatives(s, inner);
}

void explain_type_text(const cli_type_subject *subject)
{
    puts(subject->path);
    if (subject->place.property) {
        explain_place(subject);
        return;
    }
    print_type_facts(subject);
    print_rules(subject->schema, subject->place.value);
    print_members(subject->schema, subject->place.value, "\nProperties:");
    print_attributes(subject);
    print_crosses(subject);
}
