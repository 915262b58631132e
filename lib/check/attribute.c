/* Fn::GetAtt and ${Id.Attribute}: does the resource have the attribute? */
#include "check/check.h"

#include "base/text.h"
#include "template/function.h"

#include <string.h>

/* What a resource answers that is made by code of the user, or by a transform. */
static bool answers_anything(const char *type)
{
    return cfn__starts_with(type, "Custom::") || cfn__starts_with(type, "AWS::Serverless::") ||
           strcmp(type, "AWS::CloudFormation::CustomResource") == 0;
}

/* Of some types properties are attributes, too. */
static void suggest_properties(cfn__check *check, const cfn_schema_type *type, cfn__search *search)
{
    const cfn_schema_property *property;
    cfn_schema_place place = cfn_schema_place_of(check->schema, type);
    for (size_t i = 0; (property = cfn_schema_property_at(check->schema, place.value, i)); i++) {
        const char *name = cfn_schema_property_describe(check->schema, property).name;
        if (cfn_schema_has_attribute(check->schema, type, name))
            cfn__search_name(search, name);
    }
}

static void suggest_attribute(cfn__check *check, const cfn_schema_type *type, const char *wanted)
{
    enum { MOST_SHOWN = 8 };
    cfn__search search = cfn__search_for(&check->out, wanted);
    const char *name, *list = "";
    size_t count = 0;
    for (; (name = cfn_schema_attribute_at(check->schema, type, count)); count++) {
        cfn__search_name(&search, name);
        if (count < MOST_SHOWN)
            list = cfn__format(check->out.arena, "%s%s%s", list, count ? ", " : "", name);
    }
    suggest_properties(check, type, &search);
    if (search.best)
        cfn__hint_nearest(check->out.diagnostics, search.best);
    else if (count)
        cfn__advise(&check->out, "it has %s%s", list, count > MOST_SHOWN ? " ..." : "");
    else
        cfn__advise(&check->out, "it has none: use Ref");
}

/* ${Id.Attribute} puts text in. */
static void check_list_in_text(cfn__check *check, const cfn_schema_type *type,
                               const cfn_reference *reference)
{
    cfn_schema_place place = cfn_schema_place_of(check->schema, type);
    if (reference->kind != CFN_REFERENCE_SUB ||
        !cfn_schema_follow(check->schema, &place, reference->attribute))
        return;
    unsigned types = cfn_schema_value_describe(check->schema, place.value).types;
    if (cfn__kinds_of_types(types) & CFN__TEXT)
        return;
    cfn__complain(&check->out, CFN3115, reference->from,
                  "${%.100s.%.100s} takes text, and it is %s", reference->target,
                  reference->attribute, types & CFN_SCHEMA_LIST ? "a list" : "a mapping");
    if (types & CFN_SCHEMA_LIST)
        cfn__advise(&check->out, "choose one with Fn::Select, or join them with Fn::Join");
    else
        cfn__advise(&check->out, "name one of its members: ${%.100s.%.100s.Name}",
                    reference->target, reference->attribute);
}

static void check_reference(cfn__check *check, const cfn_reference *reference)
{
    if (reference->section != CFN_SECTION_RESOURCES || !reference->attribute)
        return;
    const char *name = check->tpl->resources[reference->index].type;
    const cfn_schema_type *type = cfn_schema_type_find(check->schema, name, strlen(name));
    if (!type || answers_anything(name))
        return;
    if (cfn_schema_has_attribute(check->schema, type, reference->attribute)) {
        check_list_in_text(check, type, reference);
        return;
    }
    cfn__complain(&check->out, CFN3114, reference->from, "%.100s has no attribute %.100s", name,
                  reference->attribute);
    suggest_attribute(check, type, reference->attribute);
}

void cfn__check_attributes_of(cfn__check *check)
{
    for (size_t i = 0; i < check->tpl->reference_count; i++) {
        const cfn_reference *reference = &check->tpl->references[i];
        if (reference->kind == CFN_REFERENCE_GET_ATT || reference->kind == CFN_REFERENCE_SUB)
            check_reference(check, reference);
    }
}
