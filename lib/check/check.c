/* All resources and outputs of a template against the facts. */
#include "check/check.h"

#include "base/text.h"
#include "template/function.h"

#include <string.h>

/* How much is looked at in one template: ten times what the largest ones need. */
enum { MOST_EFFORT = 2000000 };

/* --- resource types --- */

static void suggest_type(cfn__check *check, const char *name)
{
    cfn__search search = cfn__search_for(&check->out, name);
    for (size_t i = 0; i < cfn_schema_type_count(check->schema); i++) {
        const cfn_schema_type *type = cfn_schema_type_at(check->schema, i);
        cfn__search_name(&search, cfn_schema_type_describe(check->schema, type).name);
    }
    if (search.best)
        cfn__hint_nearest(check->out.diagnostics, search.best);
    else
        cfn__advise(&check->out, "cfngen schema types lists those that there are");
}

/* Those of AWS alone are known; others are registered in an account. */
static void refuse_unknown_type(cfn__check *check, const cfn_resource *resource)
{
    const cfn_node *type = cfn__get(resource->node, "Type");
    if (!type || !cfn__starts_with(resource->type, "AWS::") ||
        cfn__ends_with(resource->type, "::MODULE"))
        return;
    if (cfn__starts_with(resource->type, "AWS::Serverless::")) {
        if (check->tpl->serverless)
            return;
        cfn__complain(&check->out, CFN3101, type, "%.100s needs the transform of AWS::Serverless",
                      resource->type);
        cfn__advise(&check->out, "add Transform: AWS::Serverless-2016-10-31");
        return;
    }
    cfn__complain(&check->out, CFN3101, type, "there is no resource type %.100s", resource->type);
    suggest_type(check, resource->type);
}

static void check_region(cfn__check *check, const cfn_resource *resource,
                         const cfn_schema_type_facts *facts)
{
    if (check->region < 0 || !facts->regions || facts->regions >> check->region & 1)
        return;
    cfn__complain(&check->out, CFN3102, cfn__get(resource->node, "Type"),
                  "%.100s does not exist in %s", resource->type,
                  cfn_schema_region_at(check->schema, (size_t)check->region));
    cfn__advise(&check->out, "cfngen explain %s lists its regions", resource->type);
}

/* The facts for a resource: those of its type; all custom resources are of one. */
static const cfn_schema_type *find_type(const cfn__check *check, const char *type)
{
    if (cfn__starts_with(type, "AWS::Serverless::"))
        return NULL; /* a transform makes other resources of it */
    if (cfn__starts_with(type, "Custom::"))
        type = "AWS::CloudFormation::CustomResource";
    return cfn_schema_type_find(check->schema, type, strlen(type));
}

/* Properties that are not there are checked as none: some may be required. A transform beside them
 * may bring them; what is no mapping is told by the template's own check. */
static void check_properties(cfn__check *check, const cfn_schema_type_facts *facts)
{
    cfn_node nothing = *check->resource->node;
    const cfn_node *properties = check->resource->properties;
    if (properties ? !cfn__is_map(properties) : !!cfn__get(check->resource->node, "Fn::Transform"))
        return;
    nothing.kind = CFN_KIND_MAP;
    nothing.first = nothing.last = NULL;
    nothing.size = 0;
    cfn__subject subject = {.node = properties ? properties : &nothing};
    if (!properties)
        subject.at = check->resource->node;
    cfn__examine(check, facts->value, subject);
    cfn__check_crosses(check, subject);
}

static void check_against_type(cfn__check *check)
{
    cfn_schema_type_facts facts = cfn_schema_type_describe(check->schema, check->type);
    check_region(check, check->resource, &facts);
    cfn__check_policies(check, &facts);
    check_properties(check, &facts);
}

static void check_resource(cfn__check *check, const cfn_resource *resource)
{
    const cfn__left_out *out = check->left_out;
    if (!cfn__is_map(resource->node) || !*resource->type ||
        (out && out->is_left_out(out->context, resource->id)))
        return;
    cfn__arena_mark mark = cfn__mark(check->out.arena);
    check->resource = resource;
    check->type = find_type(check, resource->type);
    check->assumption_count = 0;
    if (resource->condition)
        cfn__assume(check, resource->condition, true);
    if (check->type)
        check_against_type(check);
    else
        refuse_unknown_type(check, resource);
    cfn__check_dms(check);
    cfn__check_rds(check);
    cfn__check_backup(check);
    if (strcmp(resource->type, "AWS::CloudWatch::Alarm") == 0)
        cfn__check_alarm(check);
    if (strcmp(resource->type, "AWS::Logs::MetricFilter") == 0)
        cfn__check_metric_filter(check);
    if (strcmp(resource->type, "AWS::CloudWatch::Dashboard") == 0)
        cfn__check_dashboard(check);
    if (strcmp(resource->type, "AWS::StepFunctions::StateMachine") == 0)
        cfn__check_state_machine(check);
    cfn__rewind(check->out.arena, mark);
}

/* --- outputs --- */

/* A literal that is no text is told by the template's own check, but for one in a Fn::If. */
static void check_output_value(cfn__check *check, const cfn_node *value, bool is_branch)
{
    cfn__function function = cfn__function_of(value);
    if (function == CFN__FN_IF && cfn__is_list(value->first) && value->first->size == 3) {
        check_output_value(check, value->first->first->next, true);
        check_output_value(check, value->first->last, true);
        return;
    }
    bool is_function = function != CFN__FN_NONE && function != CFN__FN_CONDITION;
    if (is_function ? (cfn__given_by(check, value) & CFN__TEXT) != 0
                    : !is_branch || value->text || value->kind == CFN_KIND_NULL)
        return;
    bool is_list = is_function ? (cfn__given_by(check, value) & CFN__LISTS) != 0
                               : value->kind == CFN_KIND_LIST;
    cfn__complain(&check->out, CFN3116, value, "the value of an output is text, not %s",
                  is_list ? "a list" : "a mapping");
    cfn__advise(&check->out, is_list ? "join it with Fn::Join" : "make an output of each member");
}

static void check_outputs(cfn__check *check)
{
    const cfn_node *outputs = check->tpl->sections[CFN_SECTION_OUTPUTS];
    check->resource = NULL;
    for (const cfn_node *n = cfn__is_map(outputs) ? outputs->first : NULL; n; n = n->next) {
        const cfn_node *value = cfn__is_generator(n) ? NULL : cfn__get(n, "Value");
        if (value)
            check_output_value(check, value, false);
    }
}

/* It may be newer than the facts; more often it is misspelt. */
static void doubt_region(cfn__check *check, const char *region)
{
    const char *name;
    cfn__search search = cfn__search_for(&check->out, region);
    for (size_t i = 0; (name = cfn_schema_region_at(check->schema, i)); i++)
        cfn__search_name(&search, name);
    cfn__complain(&check->out, CFN3124, check->tpl->root,
                  "the facts know no region %.100s: nothing that depends on it is checked", region);
    if (search.best)
        cfn__hint_nearest(check->out.diagnostics, search.best);
    else
        cfn__advise(&check->out, "take newer facts with --schema");
}

static void check_all(cfn__check *check)
{
    for (size_t i = 0; i < check->tpl->resource_count; i++)
        check_resource(check, &check->tpl->resources[i]);
    cfn__check_attributes_of(check);
    cfn__check_records(check);
    check_outputs(check);
    if (check->spent)
        cfn__complain(&check->out, CFN3119, check->tpl->root,
                      "some values were too much work to be checked");
}

bool cfn_template_check(const cfn_template *tpl, const cfn_check_options *options,
                        cfn_diagnostics *diagnostics)
{
    return cfn__template_check(tpl, options, diagnostics, NULL);
}

bool cfn__template_check(const cfn_template *tpl, const cfn_check_options *options,
                         cfn_diagnostics *diagnostics, const cfn__left_out *left_out)
{
    static const cfn_check_options defaults;
    cfn_arena *arena = cfn_arena_new();
    if (!arena) {
        cfn__report_no_memory(diagnostics);
        return false;
    }
    if (!options)
        options = &defaults;
    cfn_arena_set_limit(arena, cfn__arena_limit(tpl->arena));
    cfn__check check = {.tpl = tpl, .left_out = left_out, .region = -1, .effort = MOST_EFFORT};
    check.schema = options->schema ? options->schema : cfn_schema_embedded();
    check.out = (cfn__checker){.arena = arena, .diagnostics = diagnostics};
    if (options->region)
        check.region = cfn_schema_region_find(check.schema, options->region);
    if (options->region && check.region < 0 && cfn_schema_region_at(check.schema, 0))
        doubt_region(&check, options->region);
    if (!tpl->macro) /* it may turn anything into anything */
        check_all(&check);
    bool ok = !cfn_arena_failed(arena);
    if (!ok)
        cfn__report_no_memory(diagnostics);
    cfn__patterns_free(&check.patterns);
    cfn_arena_free(arena);
    return ok;
}
