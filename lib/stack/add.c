/* What a C program adds to a stack: each call writes the node that a stack file would hold. */
#include "stack/stack.h"
#include "template/intrinsic.h"

#include <cfngen/read.h>

#include <string.h>

/* Puts a new member into a section, or reports that its id is taken. */
static void add(cfn_stack *stack, const char *section, const char *id, cfn_node *value)
{
    cfn_node *map = cfn__section(stack, stack->document, section);
    if (!value)
        return;
    const cfn_node *first = id ? cfn__get(map, id) : NULL;
    if (!id)
        cfn__report(stack->diagnostics, CFN2010, value, "an id in %s is NULL", section);
    else if (first)
        cfn__report(stack->diagnostics, CFN2010, value, "%s is already in %s, added at line %u", id,
                    section, first->place.line);
    else
        cfn__put(map, cfn__strdup(stack->arena, id), value);
}

void cfn_parameter_add_at(cfn_stack *stack, const char *id, const cfn_parameter_props *props,
                          const char *file, int line)
{
    static const cfn_parameter_props defaults;
    cfn__maker make = cfn__program_maker(stack, file, line);
    cfn_node *map = cfn__map(&make);
    if (!props)
        props = &defaults;
    cfn__put_text(&make, map, "Type", props->type ? props->type : "String");
    cfn__put_text(&make, map, "Description", props->description);
    cfn__put_text(&make, map, "Default", props->default_value);
    cfn__put(map, "AllowedValues", cfn__str_list_node(&make, &props->allowed_values));
    cfn__put_text(&make, map, "AllowedPattern", props->allowed_pattern);
    cfn__put_text(&make, map, "ConstraintDescription", props->constraint_description);
    cfn__put(map, "MinLength", cfn__int_node(&make, props->min_length));
    cfn__put(map, "MaxLength", cfn__int_node(&make, props->max_length));
    cfn__put(map, "MinValue", cfn__int_node(&make, props->min_value));
    cfn__put(map, "MaxValue", cfn__int_node(&make, props->max_value));
    cfn__put(map, "NoEcho", cfn__bool_node(&make, props->no_echo));
    add(stack, "Parameters", id, map);
}

void cfn_mapping_add_at(cfn_stack *stack, const char *id, cfn_json mapping, const char *file,
                        int line)
{
    cfn__maker make = cfn__program_maker(stack, file, line);
    add(stack, "Mappings", id, cfn__json_node(&make, mapping));
}

void cfn_condition_add_at(cfn_stack *stack, const char *id, cfn_str condition, const char *file,
                          int line)
{
    cfn__maker make = cfn__program_maker(stack, file, line);
    add(stack, "Conditions", id, cfn__str_node(&make, condition));
}

void cfn_rule_add_at(cfn_stack *stack, const char *id, cfn_json rule, const char *file, int line)
{
    cfn__maker make = cfn__program_maker(stack, file, line);
    add(stack, "Rules", id, cfn__json_node(&make, rule));
}

void cfn_output_add_at(cfn_stack *stack, const char *id, const cfn_output_props *props,
                       const char *file, int line)
{
    static const cfn_output_props nothing;
    cfn__maker make = cfn__program_maker(stack, file, line);
    cfn_node *map = cfn__map(&make);
    if (!props)
        props = &nothing; /* without a Value, which is told when the template is checked */
    cfn__put_text(&make, map, "Condition", props->condition);
    cfn__put_text(&make, map, "Description", props->description);
    cfn__put(map, "Value", cfn__str_node(&make, props->value));
    if (cfn__is_set(props->export_name))
        cfn__put(map, "Export",
                 cfn__single(&make, "Name", cfn__str_node(&make, props->export_name)));
    add(stack, "Outputs", id, map);
}

void cfn_resource_add_at(cfn_stack *stack, const char *id, const char *type,
                         const cfn_resource_props *props, const char *file, int line)
{
    cfn__maker make = cfn__program_maker(stack, file, line);
    cfn_node *resource = cfn__map(&make);
    cfn__put_text(&make, resource, "Type", type);
    if (props) {
        cfn__put(resource, "Properties", cfn__json_node(&make, props->properties));
        cfn__put_attributes(&make, resource, &props->attributes);
    }
    add(stack, "Resources", id, resource);
}

void cfn_metadata_add_at(cfn_stack *stack, const char *key, cfn_json value, const char *file,
                         int line)
{
    cfn__maker make = cfn__program_maker(stack, file, line);
    add(stack, "Metadata", key, cfn__json_node(&make, value));
}

void cfn_transform_add_at(cfn_stack *stack, const char *name, const char *file, int line)
{
    cfn__maker make = cfn__program_maker(stack, file, line);
    cfn_node *section = cfn__section(stack, stack->document, "Transform");
    if (cfn__is_string(section)) { /* as a stack file may have it */
        cfn_node *list = cfn__append(cfn__list(&make), cfn__copy(stack->arena, section));
        cfn__become(section, list);
    } else if (section && !cfn_node_size(section)) {
        section->kind = CFN_KIND_LIST;
    }
    cfn__append(section, cfn__string(&make, cfn__strdup(stack->arena, name ? name : "")));
}

/* Gives nodes the place in the program instead of the one in the wrapped text. */
static void move(cfn_node *node, cfn__place place)
{
    if (!node)
        return;
    node->place = place;
    node->key_line = node->key_column = 0;
    for (cfn_node *n = node->first; n; n = n->next)
        move(n, place);
}

cfn_json cfn_json_text_at(cfn_stack *stack, const char *text, const char *file, int line)
{
    /* The reader wants a mapping or a list at the root only of templates; here any value may stand,
     * so it is read as the member of a mapping. */
    cfn__maker make = cfn__program_maker(stack, file, line);
    const char *wrapped = cfn__format(stack->arena, "{\"value\":%s\n}", text);
    cfn_diagnostics *problems = cfn_diagnostics_new();
    if (!problems) {
        cfn__report_no_memory(stack->diagnostics);
        return cfn_json_of(cfn_s(NULL));
    }
    cfn_node *root =
        cfn_read_text(stack->arena, problems, file, wrapped, strlen(wrapped), CFN_FORMAT_JSON);
    const cfn_diagnostic *first = cfn_diagnostics_at(problems, 0);
    if (root && cfn_node_size(root) != 1)
        cfn__report_at(stack->diagnostics, CFN0101, make.place, NULL,
                       "the JSON text is more than one value");
    if (!root || first)
        cfn__report_at(stack->diagnostics, first ? first->id : CFN0001, make.place, NULL,
                       "the JSON text is not valid: %s", first ? first->message : "no memory");
    cfn_diagnostics_free(problems);
    cfn_node *value = cfn__get(root, "value");
    move(value, make.place);
    return cfn_json_of(cfn_of_node(value));
}

const char *cfn__construct_add(cfn_stack *stack, const cfn__construct_type *type, const char *id,
                               const void *props, const char *file, int line)
{
    cfn__maker make = cfn__program_maker(stack, file, line);
    cfn_node *resource = cfn__map(&make);
    const cfn_attributes *attributes = cfn__attributes_in(&type->props, props);
    cfn__put(resource, "Type", cfn__string(&make, type->name));
    cfn_node *properties = cfn__record_to_node(&make, &type->props, props);
    if (attributes)
        cfn__put(properties, "Overrides", cfn__json_node(&make, attributes->overrides));
    if (cfn_node_size(properties))
        cfn__put(resource, "Properties", properties);
    cfn__put_attributes(&make, resource, attributes);
    add(stack, "Resources", id, resource);
    return id ? cfn__strdup(stack->arena, id) : NULL;
}

/* ---- resources as they are ---- */

/* Overrides go by logical ids, and here is one alone. Its type is what the rest was made for. */
static void lay_over(cfn_stack *stack, cfn_node *resource, const char *id,
                     const cfn_node *overrides)
{
    if (overrides && overrides->kind != CFN_KIND_MAP)
        cfn__report(stack->diagnostics, CFN2003, overrides, "Overrides must be a mapping, not %s",
                    cfn__kind_name(overrides->kind));
    for (const cfn_node *n = cfn__is_map(overrides) ? overrides->first : NULL; n; n = n->next) {
        if (n->kind != CFN_KIND_MAP || !id || strcmp(n->key, id) != 0 || cfn_node_get(n, "Type")) {
            cfn__report(stack->diagnostics, CFN2014, n, "Overrides cannot change %s here", n->key);
            cfn__hint(stack->diagnostics, "write it as {\"%s\": {\"Properties\": {...}}}",
                      id ? id : "");
        } else {
            cfn__merge_patch(stack->arena, resource, n, cfn__is_intrinsic);
        }
    }
}

const char *cfn_record_add_at(cfn_stack *stack, const cfn_record *record, const char *id,
                              const void *props, const char *file, int line)
{
    cfn__maker make = cfn__program_maker(stack, file, line);
    cfn_node *resource = cfn__map(&make);
    const cfn_attributes *attributes = cfn__attributes_in(record, props);
    cfn__put_text(&make, resource, "Type", record->name);
    cfn_node *properties = cfn__record_to_node(&make, record, props);
    if (cfn_node_size(properties))
        cfn__put(resource, "Properties", properties);
    cfn__put_attributes(&make, resource, attributes);
    if (attributes)
        lay_over(stack, resource, id, cfn__json_node(&make, attributes->overrides));
    add(stack, "Resources", id, resource);
    return id ? cfn__strdup(stack->arena, id) : NULL;
}

cfn_str cfn_record_value(cfn_stack *stack, const cfn_record *record, const void *value)
{
    cfn__maker make = {stack->arena, {0}}; /* it gets its place where it is used */
    return cfn_of_node(cfn__record_to_node(&make, record, value));
}
