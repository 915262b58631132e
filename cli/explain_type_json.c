/* What `cfngen explain --json` prints for programs about resource types: the words are those of
 * provider schemas. */
#include "schema_words.h"

enum { DEEPEST = 8 };

static void put_types(cli_json *json, unsigned types)
{
    static const char *const names[] = {"string", "integer", "number", "boolean",
                                        "object", "array",   "null"};
    json_open(json, "types", '[');
    for (unsigned i = 0; i < sizeof names / sizeof *names; i++)
        if (types & 1U << i)
            json_text(json, NULL, names[i]);
    json_close(json, ']');
}

static void put_texts(cli_json *json, const cfn_schema *s, const cfn_schema_rule *rule)
{
    const char *text;
    json_open(json, cfn_schema_rule_name(rule->id), '[');
    for (size_t i = 0; (text = cfn_schema_rule_text(s, rule, i)); i++)
        json_text(json, NULL, text);
    json_close(json, ']');
}

/* Rules that may come more than once are in lists of their own. */
static void put_groups(cli_json *json, const cfn_schema *s, const cfn_schema_value *value,
                       cfn_schema_rule_id id)
{
    cfn_schema_rule rule;
    const char *text;
    if (!cfn_schema_rule_find(s, value, id, &rule))
        return;
    json_open(json, cfn_schema_rule_name(id), '[');
    for (size_t i = 0; cfn_schema_rule_at(s, value, i, &rule); i++) {
        if (rule.id != id)
            continue;
        json_open(json, NULL, '[');
        for (size_t j = 0; (text = cfn_schema_rule_text(s, &rule, j)); j++)
            json_text(json, NULL, text);
        json_close(json, ']');
    }
    json_close(json, ']');
}

static bool is_group_rule(cfn_schema_rule_id id)
{
    return id == CFN_SCHEMA_REQUIRED_XOR || id == CFN_SCHEMA_REQUIRED_OR ||
           id == CFN_SCHEMA_DEPENDENT_REQUIRED || id == CFN_SCHEMA_DEPENDENT_EXCLUDED;
}

static void put_value(cli_json *json, const cfn_schema *s, const cfn_schema_value *value, int depth)
{
    cfn_schema_value_facts facts = cfn_schema_value_describe(s, value);
    cfn_schema_rule rule;
    put_types(json, facts.types);
    if (facts.types & CFN_SCHEMA_LIST) {
        json_boolean(json, "insertionOrder", !facts.unordered);
        json_boolean(json, "uniqueItems", facts.unique);
    }
    for (size_t i = 0; cfn_schema_rule_at(s, value, i, &rule); i++) {
        if (rule.kind == CFN_SCHEMA_KIND_TEXT)
            json_text(json, cfn_schema_rule_name(rule.id), rule.text);
        else if (rule.kind == CFN_SCHEMA_KIND_NUMBER)
            json_number(json, cfn_schema_rule_name(rule.id), rule.number);
        else if (rule.kind == CFN_SCHEMA_KIND_TEXTS && !is_group_rule(rule.id))
            put_texts(json, s, &rule);
        else if (rule.id == CFN_SCHEMA_ITEMS && depth < 4) {
            json_open(json, "items", '{');
            put_value(json, s, rule.value, depth + 1);
            json_close(json, '}');
        }
    }
    for (int id = 0; id < CFN_SCHEMA_RULE_COUNT; id++)
        if (is_group_rule((cfn_schema_rule_id)id))
            put_groups(json, s, value, (cfn_schema_rule_id)id);
}

static void put_property(cli_json *json, const cfn_schema *s,
                         const cfn_schema_property_facts *facts)
{
    json_boolean(json, "required", facts->required);
    json_boolean(json, "readOnly", facts->read_only);
    json_boolean(json, "writeOnly", facts->write_only);
    json_boolean(json, "deprecated", facts->deprecated);
    json_text(json, "replaces", change_word(facts->change));
    put_value(json, s, facts->value, 0);
}

/* Values whose members are being written, the innermost first. */
typedef struct nesting {
    const struct nesting *outer;
    const cfn_schema_value *value;
    int depth;
} nesting;

static bool is_open(const nesting *n, const cfn_schema_value *value)
{
    for (; n; n = n->outer)
        if (n->value == value)
            return true;
    return false;
}

static void put_members(cli_json *json, const cfn_schema *s, const char *key,
                        const cfn_schema_value *value, const nesting *outer);

/* Types may contain themselves, or go very deep: then it is told that there is more. */
static void put_nested(cli_json *json, const cfn_schema *s, const cfn_schema_value *value,
                       const nesting *outer)
{
    const cfn_schema_value *inner = innermost_value(s, value);
    if (!cfn_schema_property_at(s, inner, 0))
        return;
    if (outer->depth < DEEPEST && !is_open(outer, inner))
        put_members(json, s, "members", inner, outer);
    else
        json_boolean(json, "moreMembers", true);
}

static void put_members(cli_json *json, const cfn_schema *s, const char *key,
                        const cfn_schema_value *value, const nesting *outer)
{
    const nesting own = {outer, value, outer ? outer->depth + 1 : 1};
    const cfn_schema_property *property;
    json_open(json, key, '[');
    for (size_t i = 0; (property = cfn_schema_property_at(s, value, i)); i++) {
        cfn_schema_property_facts facts = cfn_schema_property_describe(s, property);
        json_open(json, NULL, '{');
        json_text(json, "name", facts.name);
        put_property(json, s, &facts);
        put_nested(json, s, facts.value, &own);
        json_close(json, '}');
    }
    json_close(json, ']');
}

typedef const char *text_at(const cfn_schema *schema, const cfn_schema_type *type, size_t index);

static void put_names(cli_json *json, const cli_type_subject *subject, const char *key, text_at *at)
{
    const char *name;
    json_open(json, key, '[');
    for (size_t i = 0; (name = at(subject->schema, subject->type, i)); i++)
        json_text(json, NULL, name);
    json_close(json, ']');
}

static void put_crosses(cli_json *json, const cli_type_subject *subject)
{
    cfn_schema_cross cross;
    json_open(json, "crossRules", '[');
    for (size_t i = 0; cfn_schema_cross_at(subject->schema, subject->type, i, &cross); i++) {
        json_open(json, NULL, '{');
        json_text(json, "name", cross.name);
        json_text(json, "path", cross.path);
        json_text(json, "severity", cross.is_warning ? "warning" : "error");
        if (cross.regions != UINT64_MAX)
            put_regions(json, subject->schema, cross.regions);
        json_close(json, '}');
    }
    json_close(json, ']');
}

static void put_type(cli_json *json, const cli_type_subject *subject)
{
    const cfn_schema *s = subject->schema;
    cfn_schema_type_facts facts = cfn_schema_type_describe(s, subject->type);
    put_names(json, subject, "primaryIdentifier", cfn_schema_identifier_at);
    json_boolean(json, "holdsData", facts.holds_data);
    json_text(json, "replacementStrategy",
              facts.deletes_first ? "delete_then_create" : "create_then_delete");
    if (facts.taggable)
        json_text(json, "tagProperty", facts.tag_property);
    json_boolean(json, "structureOnly", facts.structure_only);
    json_boolean(json, "creationPolicy", facts.takes_creation_policy);
    json_boolean(json, "updatePolicy", facts.takes_update_policy);
    json_boolean(json, "snapshotOnDelete", facts.snapshot_on_delete);
    json_boolean(json, "snapshotOnReplace", facts.snapshot_on_replace);
    put_regions(json, s, facts.regions);
    put_names(json, subject, "attributes", cfn_schema_attribute_at);
    json_boolean(json, "propertiesAreAttributes", facts.properties_are_attributes);
    put_members(json, s, "properties", facts.value, NULL);
    put_crosses(json, subject);
}

void put_regions(cli_json *json, const cfn_schema *schema, uint64_t regions)
{
    const char *name;
    json_open(json, "regions", '[');
    for (size_t i = 0; (name = cfn_schema_region_at(schema, i)); i++)
        if (regions >> i & 1)
            json_text(json, NULL, name);
    json_close(json, ']');
}

void explain_type_json(const cli_type_subject *subject)
{
    cli_json json = {stdout, false};
    json_open(&json, NULL, '{');
    json_text(&json, "name", subject->path);
    if (subject->place.property) {
        const cfn_schema *s = subject->schema;
        cfn_schema_property_facts facts = cfn_schema_property_describe(s, subject->place.property);
        const cfn_schema_value *value = subject->place.value;
        facts.required = facts.required && facts.value == value;
        facts.value = value;
        facts.change = subject->place.change;
        facts.read_only = subject->place.read_only;
        put_property(&json, s, &facts);
        put_members(&json, s, "members", innermost_value(s, value), NULL);
    } else
        put_type(&json, subject);
    json_close(&json, '}');
    putchar('\n');
}
