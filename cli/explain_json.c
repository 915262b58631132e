/* What `cfngen explain --json` prints for programs. */
#include "explain.h"
#include "json.h"

static void put_values(cli_json *json, const char *const *values)
{
    json_open(json, "values", '[');
    for (; *values; values++)
        json_text(json, NULL, *values);
    json_close(json, ']');
}

static void put_facts(cli_json *json, const cfn_property_facts *facts)
{
    json_text(json, "type", facts->type);
    json_boolean(json, "list", facts->list);
    json_boolean(json, "required", facts->required);
    json_boolean(json, "synthTime", facts->synth_time);
    json_text(json, "purpose", facts->doc);
    if (*facts->default_text)
        json_text(json, "default", facts->default_text);
    if (facts->values)
        put_values(json, facts->values);
    if (facts->max > facts->min) {
        json_integer(json, "min", facts->min);
        json_integer(json, "max", facts->max);
    }
}

static void put_property(cli_json *json, const cfn_property *property, const char *name)
{
    cfn_property_facts facts = cfn_property_describe(property);
    const cfn_property *member;
    json_open(json, NULL, '{');
    json_text(json, "name", name ? name : facts.name);
    put_facts(json, &facts);
    if (cfn_property_member(property, 0)) {
        json_open(json, "members", '[');
        for (size_t i = 0; (member = cfn_property_member(property, i)); i++)
            put_property(json, member, NULL);
        json_close(json, ']');
    }
    json_close(json, '}');
}

typedef bool entry_at(const cfn_construct_facts *construct, size_t index,
                      cfn_construct_entry *entry);

static void put_entries(cli_json *json, const char *key, const char *name_key,
                        const cfn_construct_facts *construct, entry_at *at)
{
    cfn_construct_entry entry;
    json_open(json, key, '[');
    for (size_t i = 0; at(construct, i, &entry); i++) {
        json_open(json, NULL, '{');
        json_text(json, name_key, entry.name);
        if (*entry.type)
            json_text(json, "type", entry.type);
        json_text(json, "purpose", entry.doc);
        json_close(json, '}');
    }
    json_close(json, ']');
}

static void put_construct(cli_json *json, const cfn_construct_facts *construct)
{
    const cfn_property *property;
    json_open(json, NULL, '{');
    json_text(json, "name", cfn_construct_name(construct));
    json_text(json, "purpose", cfn_construct_doc(construct));
    json_text(json, "ref", cfn_construct_ref(construct));
    json_open(json, "properties", '[');
    for (size_t i = 0; (property = cfn_construct_property(construct, i)); i++)
        put_property(json, property, NULL);
    json_close(json, ']');
    put_entries(json, "attributes", "name", construct, cfn_construct_attribute);
    put_entries(json, "resources", "suffix", construct, cfn_construct_resource);
    json_close(json, '}');
}

static void put_attribute(cli_json *json, const cli_subject *subject)
{
    json_open(json, NULL, '{');
    json_text(json, "name", subject->path);
    json_text(json, "type", "attribute");
    json_text(json, "purpose", subject->attribute.doc);
    json_close(json, '}');
}

void explain_json(const cli_subject *subject)
{
    cli_json json = {stdout, false};
    if (subject->is_attribute)
        put_attribute(&json, subject);
    else if (subject->property)
        put_property(&json, subject->property, subject->path);
    else
        put_construct(&json, subject->construct);
    putchar('\n');
}
