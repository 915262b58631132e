/* cfngen schema dump: all facts as lines of text, so that two versions can be compared. */
#include "schema_words.h"

#include <string.h>

enum { DEEPEST = 24, LONGEST_PATH = 1024 };

typedef struct dumper {
    const cfn_schema *schema;
    char path[LONGEST_PATH];
    const cfn_schema_value *open[DEEPEST + 1]; /* values on the way: types may contain themselves */
} dumper;

static void dump_value(dumper *d, const cfn_schema_value *value, size_t length, int depth);

static void dump_rule(dumper *d, const cfn_schema_rule *rule)
{
    const char *text;
    printf(" %s=", cfn_schema_rule_name(rule->id));
    if (rule->kind == CFN_SCHEMA_KIND_TEXT)
        print_text(stdout, rule->text);
    else if (rule->kind == CFN_SCHEMA_KIND_NUMBER)
        print_number(stdout, rule->number);
    else if (rule->kind == CFN_SCHEMA_KIND_VALUES)
        printf("%zu", rule->count);
    for (size_t i = 0; (text = cfn_schema_rule_text(d->schema, rule, i)); i++) {
        fputs(i ? "|" : "", stdout);
        print_text(stdout, text);
    }
}

/* What can be said on one line. */
static void dump_line(dumper *d, const cfn_schema_value *value)
{
    cfn_schema_value_facts facts = cfn_schema_value_describe(d->schema, value);
    const struct {
        bool is;
        const char *word;
    } words[] = {{facts.closed, "closed"},         {facts.unordered, "unordered"},
                 {facts.unique, "unique"},         {facts.attribute_list, "attributeList"},
                 {facts.enum_any_case, "anyCase"}, {facts.forbidden, "forbidden"}};
    cfn_schema_rule rule;
    putchar(' ');
    print_value_type(stdout, d->schema, value);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (words[i].is)
            printf(" %s", words[i].word);
    for (size_t i = 0; cfn_schema_rule_at(d->schema, value, i, &rule); i++)
        if (rule.kind != CFN_SCHEMA_KIND_VALUE && rule.kind != CFN_SCHEMA_KIND_TEXT_VALUE)
            dump_rule(d, &rule);
    putchar('\n');
}

static void dump_property(dumper *d, const cfn_schema_property *property, size_t length, int depth)
{
    cfn_schema_property_facts facts = cfn_schema_property_describe(d->schema, property);
    const struct {
        bool is;
        const char *word;
    } words[] = {{facts.required, "required"},
                 {facts.read_only, "readOnly"},
                 {facts.write_only, "writeOnly"},
                 {facts.deprecated, "deprecated"},
                 {facts.identifier, "identifier"},
                 {facts.conditional_create_only, "conditionalCreateOnly"},
                 {facts.change == CFN_SCHEMA_REPLACES, "replaces"},
                 {facts.change == CFN_SCHEMA_MAY_REPLACE, "mayReplace"}};
    int got = snprintf(d->path + length, sizeof d->path - length, ".%s", facts.name);
    if (got < 0 || (size_t)got >= sizeof d->path - length)
        return;
    fputs(d->path, stdout);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (words[i].is)
            printf(" %s", words[i].word);
    dump_line(d, facts.value);
    dump_value(d, facts.value, length + (size_t)got, depth);
}

/* A value that is no property: an item, an alternative. */
static void dump_part(dumper *d, const char *name, const char *text, size_t index,
                      const cfn_schema_value *value, size_t length, int depth)
{
    int got = *text ? snprintf(d->path + length, sizeof d->path - length, ".%s(%s)", name, text)
                    : snprintf(d->path + length, sizeof d->path - length, ".%s[%zu]", name, index);
    if (got < 0 || (size_t)got >= sizeof d->path - length)
        return;
    fputs(d->path, stdout);
    dump_line(d, value);
    dump_value(d, value, length + (size_t)got, depth);
}

static void dump_rules(dumper *d, const cfn_schema_value *value, size_t length, int depth)
{
    cfn_schema_rule rule;
    for (size_t i = 0; cfn_schema_rule_at(d->schema, value, i, &rule); i++) {
        const char *name = cfn_schema_rule_name(rule.id);
        const cfn_schema_value *part;
        if (rule.value)
            dump_part(d, name, rule.text, 0, rule.value, length, depth);
        for (size_t j = 0; (part = cfn_schema_rule_value(d->schema, &rule, j)); j++)
            dump_part(d, name, "", j, part, length, depth);
    }
}

static void dump_value(dumper *d, const cfn_schema_value *value, size_t length, int depth)
{
    const cfn_schema_property *property;
    for (int i = 0; i < depth; i++)
        if (d->open[i] == value || depth >= DEEPEST) {
            printf("%.*s ...\n", (int)length, d->path);
            return;
        }
    d->open[depth] = value;
    for (size_t i = 0; (property = cfn_schema_property_at(d->schema, value, i)); i++)
        dump_property(d, property, length, depth + 1);
    dump_rules(d, value, length, depth + 1);
}

static void dump_cross(dumper *d, const char *type, const cfn_schema_cross *cross)
{
    const char *name;
    int length = snprintf(d->path, sizeof d->path, "%s cross(%s)", type, cross->name);
    if (length <= 0 || (size_t)length >= sizeof d->path)
        return;
    printf("%s at=%s %s", d->path, cross->path, cross->is_warning ? "warning" : "error");
    for (size_t i = 0; (name = cfn_schema_region_at(d->schema, i)); i++)
        if (cross->regions != UINT64_MAX && cross->regions >> i & 1)
            printf(" region=%s", name);
    dump_line(d, cross->value);
    dump_value(d, cross->value, (size_t)length, 0);
}

static void dump_crosses(dumper *d, const cfn_schema_type *type, const char *name)
{
    cfn_schema_cross cross;
    for (size_t i = 0; cfn_schema_cross_at(d->schema, type, i, &cross); i++)
        dump_cross(d, name, &cross);
}

static void dump_type(dumper *d, const cfn_schema_type *type)
{
    cfn_schema_type_facts facts = cfn_schema_type_describe(d->schema, type);
    const struct {
        bool is;
        const char *word;
    } words[] = {{facts.structure_only, "structureOnly"},
                 {facts.holds_data, "holdsData"},
                 {facts.must_be_empty, "mustBeEmpty"},
                 {facts.deletes_first, "deletesFirst"},
                 {facts.tags_on_create, "tagsOnCreate"},
                 {facts.tags_change, "tagsChange"},
                 {facts.properties_are_attributes, "propertiesAreAttributes"},
                 {facts.takes_creation_policy, "creationPolicy"},
                 {facts.takes_update_policy, "updatePolicy"},
                 {facts.snapshot_on_delete, "snapshotOnDelete"},
                 {facts.snapshot_on_replace, "snapshotOnReplace"}};
    const char *name;
    fputs(facts.name, stdout);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (words[i].is)
            printf(" %s", words[i].word);
    if (facts.taggable)
        printf(" tags=%s", facts.tag_property);
    for (size_t i = 0; (name = cfn_schema_identifier_at(d->schema, type, i)); i++)
        printf(" identifier=%s", name);
    dump_line(d, facts.value);
    for (size_t i = 0; (name = cfn_schema_region_at(d->schema, i)); i++)
        if (facts.regions >> i & 1)
            printf("%s region %s\n", facts.name, name);
    for (size_t i = 0; (name = cfn_schema_attribute_at(d->schema, type, i)); i++)
        printf("%s attribute %s\n", facts.name, name);
    int length = snprintf(d->path, sizeof d->path, "%s", facts.name);
    if (length > 0 && (size_t)length < sizeof d->path)
        dump_value(d, facts.value, (size_t)length, 0);
    dump_crosses(d, type, facts.name);
}

static void dump_runtimes(const cfn_schema *schema)
{
    cfn_schema_runtime r;
    for (size_t i = 0; cfn_schema_runtime_at(schema, i, &r); i++)
        printf("runtime %s deprecated=%s createBlocked=%s updateBlocked=%s successor=%s\n", r.name,
               r.deprecated, r.create_blocked, r.update_blocked, r.successor);
}

static void dump_all(dumper *d)
{
    const char *name, *text;
    const cfn_schema_type *type;
    for (size_t i = 0; (name = cfn_schema_origin(d->schema, i, &text)); i++)
        printf("%s: %s\n", name, text);
    dump_runtimes(d->schema);
    for (size_t i = 0; (type = cfn_schema_type_at(d->schema, i)); i++)
        dump_type(d, type);
}

static int dump(const cli_arguments *arguments, const cfn_schema *schema)
{
    dumper d = {.schema = schema};
    if (!arguments->operand_count)
        dump_all(&d);
    for (size_t i = 0; i < arguments->operand_count; i++) {
        const char *name = arguments->operands[i];
        const cfn_schema_type *other, *type = find_type(schema, name, strlen(name), &other);
        if (!type || other)
            return usage_error(arguments->command, "there is no resource type %s%s", name,
                               suggest_type(schema, name).text);
        dump_type(&d, type);
    }
    return STATUS_CLEAN;
}

int cmd_schema_dump(const cli_arguments *arguments)
{
    cli_schema opened = open_schema(arguments);
    int status = opened.schema ? dump(arguments, opened.schema) : STATUS_TROUBLE;
    close_schema(&opened);
    return status;
}
