/* Resources: their attributes, as far as they do not depend on the type.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/resources-section-structure.html
 */
#include "base/text.h"
#include "template/template.h"

#include <string.h>

/* The rows of the table below. */
enum {
    TYPE,
    PROPERTIES,
    DEPENDS_ON,
    CONDITION,
    METADATA,
    CREATION_POLICY,
    UPDATE_POLICY,
    DELETION_POLICY,
    UPDATE_REPLACE_POLICY,
    VERSION,
    CONNECTORS,
    IGNORE_GLOBALS,
    ATTRIBUTES
};

static const cfn__attribute attributes[ATTRIBUTES] = {
    [TYPE] = {"Type", CFN__STRING, true},
    [PROPERTIES] = {"Properties", CFN__MAP, false},
    [DEPENDS_ON] = {"DependsOn", CFN__STRING | CFN__LIST, false},
    [CONDITION] = {"Condition", CFN__STRING, false},
    [METADATA] = {"Metadata", CFN__MAP, false},
    [CREATION_POLICY] = {"CreationPolicy", CFN__MAP, false},
    [UPDATE_POLICY] = {"UpdatePolicy", CFN__MAP, false},
    [DELETION_POLICY] = {"DeletionPolicy", CFN__ANYTHING, false},
    [UPDATE_REPLACE_POLICY] = {"UpdateReplacePolicy", CFN__ANYTHING, false},
    [VERSION] = {"Version", CFN__STRING | CFN__NUMBER, false}, /* of a custom resource */
    [CONNECTORS] = {"Connectors", CFN__MAP, false},            /* these two: AWS::Serverless */
    [IGNORE_GLOBALS] = {"IgnoreGlobals", CFN__STRING | CFN__LIST, false},
};

/* Without AWS::Serverless its two attributes are unknown ones. */
static size_t rows(const cfn__checker *c)
{
    return c->tpl->serverless ? ATTRIBUTES : CONNECTORS;
}

static bool is_segment(const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++)
        if (!cfn__is_alphanumeric(text[i]))
            return false;
    return length > 0;
}

/* Organisation::Service::Name, with ::MODULE for a module; or Custom::Name. */
static bool is_type(const char *type)
{
    static const char custom[] = "Custom::";
    if (cfn__starts_with(type, custom))
        return type[strlen(custom)] != '\0';
    size_t segments = 0;
    for (const char *p = type; p; segments++) {
        const char *end = strstr(p, "::");
        if (!is_segment(p, end ? (size_t)(end - p) : strlen(p)))
            return false;
        p = end ? end + 2 : NULL;
    }
    return segments == 3 || (segments == 4 && cfn__ends_with(type, "::MODULE"));
}

static void check_type(cfn__checker *c, const cfn_node *type)
{
    if (is_type(type->text) || c->tpl->macro)
        return;
    cfn__complain(c, CFN1009, type, "%.100s is not the name of a resource type", type->text);
    cfn__advise(c, "types are named as AWS::S3::Bucket or Custom::Name");
}

static void check_dependency(cfn__checker *c, const cfn_node *dependency)
{
    if (!cfn__check_kind(c, dependency, CFN__STRING, "DependsOn"))
        return;
    cfn__resolve(c, (cfn__use){.kind = CFN_REFERENCE_DEPENDS_ON,
                               .from = dependency,
                               .text = dependency->text,
                               .length = dependency->length});
}

/* Of those named twice in one list. Lists are short, and long ones are not worth the time. */
static void check_repeated(cfn__checker *c, const cfn_node *list)
{
    enum { LONGEST = CFN_MAX_RESOURCES };
    if (list->size > LONGEST)
        return;
    for (const cfn_node *n = list->first; n; n = n->next)
        for (const cfn_node *before = list->first; before != n; before = before->next)
            if (cfn__is_string(n) && cfn_node_equal(n, before)) {
                cfn__complain(c, CFN1311, n, "DependsOn names %.100s twice", n->text);
                cfn__advise(c, "remove one of the two");
                break;
            }
}

static void check_depends_on(cfn__checker *c, const cfn_node *depends_on)
{
    if (depends_on->kind != CFN_KIND_LIST) {
        check_dependency(c, depends_on);
        return;
    }
    for (const cfn_node *n = depends_on->first; n; n = n->next)
        check_dependency(c, n);
    check_repeated(c, depends_on);
}

static void check_policy(cfn__checker *c, const cfn_node *policy, const char *const *choices)
{
    if (!policy)
        return;
    if (policy->kind == CFN_KIND_STRING) {
        cfn__check_choice(c, policy, choices);
    } else if (cfn__function_of(policy) == CFN__FN_NONE) {
        cfn__check_kind(c, policy, CFN__STRING, policy->key);
    } else if (!c->tpl->language_extensions && !c->tpl->macro) {
        cfn__complain(c, CFN1205, policy, "%s takes no intrinsic function", policy->key);
        cfn__advise(c, "use one of the values itself, or add Transform: AWS::LanguageExtensions");
    } else {
        cfn__check_value(c, policy);
    }
}

static void check_values(cfn__checker *c, const cfn_node *const *found)
{
    static const char *const deletion[] = {"Delete", "Retain", "Snapshot", "RetainExceptOnCreate",
                                           NULL};
    static const char *const replacement[] = {"Delete", "Retain", "Snapshot", NULL};
    if (found[TYPE])
        check_type(c, found[TYPE]);
    if (found[CONDITION])
        cfn__resolve_condition(c, found[CONDITION], found[CONDITION]);
    if (found[DEPENDS_ON])
        check_depends_on(c, found[DEPENDS_ON]);
    check_policy(c, found[DELETION_POLICY], deletion);
    check_policy(c, found[UPDATE_REPLACE_POLICY], replacement);
    static const size_t values[] = {PROPERTIES, METADATA, CREATION_POLICY, UPDATE_POLICY};
    for (size_t i = 0; i < sizeof values / sizeof *values; i++)
        if (found[values[i]])
            cfn__check_value(c, found[values[i]]);
}

static void check_resource(cfn__checker *c, const cfn_resource *resource)
{
    const cfn_node *found[ATTRIBUTES] = {NULL};
    c->owner = resource->node;
    cfn__check_id(c, c->owner, "");
    const cfn__slot *parameter =
        cfn__find_entry(c->tpl, CFN_SECTION_PARAMETERS, resource->id, strlen(resource->id));
    if (parameter) {
        cfn__complain_key(c, CFN1008, c->owner, "%.100s is a parameter too, at line %u",
                          resource->id, (unsigned)parameter->node->key_line);
        cfn__advise(c, "rename one of the two: Ref could mean either");
    }
    if (!cfn__check_kind(c, c->owner, CFN__MAP, "a resource"))
        return;
    cfn__check_attributes(c, c->owner, attributes, rows(c), "a resource", found);
    c->condition = cfn_node_text(found[CONDITION]);
    check_values(c, found);
    c->condition = NULL;
}

void cfn__check_resources(cfn__checker *c)
{
    cfn_template *tpl = c->tpl;
    c->where = CFN__IN_VALUES;
    c->no_resources = NULL;
    for (size_t i = 0; tpl->resources && i < tpl->resource_count; i++) {
        size_t first = tpl->reference_count;
        check_resource(c, &tpl->resources[i]);
        if (tpl->spans)
            tpl->spans[i] = (cfn__span){first, tpl->reference_count - first};
    }
}
