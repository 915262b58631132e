/* A value against what it may be: its kind first, then what its rules say. */
#include "check/check.h"

#include "base/text.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Alternatives within alternatives, values within values; foreign facts may have circles. */
enum { DEEPEST = 200 };

/* What looks at each rule; NULL: it is looked at elsewhere, or says nothing about a value. */
static cfn__rule_check *const rule_checks[CFN_SCHEMA_RULE_COUNT] = {
    [CFN_SCHEMA_PATTERN] = cfn__check_pattern,
    [CFN_SCHEMA_FORMAT] = cfn__check_text_format,
    [CFN_SCHEMA_CONST] = cfn__check_const,
    [CFN_SCHEMA_MIN_LENGTH] = cfn__check_text_size,
    [CFN_SCHEMA_MAX_LENGTH] = cfn__check_text_size,
    [CFN_SCHEMA_MINIMUM] = cfn__check_range,
    [CFN_SCHEMA_MAXIMUM] = cfn__check_range,
    [CFN_SCHEMA_EXCLUSIVE_MINIMUM] = cfn__check_range,
    [CFN_SCHEMA_EXCLUSIVE_MAXIMUM] = cfn__check_range,
    [CFN_SCHEMA_MULTIPLE_OF] = cfn__check_multiple,
    [CFN_SCHEMA_ENUM] = cfn__check_enum,
    [CFN_SCHEMA_ITEMS] = cfn__check_items,
    [CFN_SCHEMA_PREFIX_ITEMS] = cfn__check_prefix_items,
    [CFN_SCHEMA_MAX_UNIQUE_ITEMS] = cfn__check_max_unique_items,
    [CFN_SCHEMA_UNIQUE_KEYS] = cfn__check_unique_keys,
    [CFN_SCHEMA_ONE_OF] = cfn__check_one_of,
    [CFN_SCHEMA_ANY_OF] = cfn__check_any_of,
    [CFN_SCHEMA_ALL_OF] = cfn__check_all_of,
    [CFN_SCHEMA_NOT] = cfn__check_not,
    [CFN_SCHEMA_IF] = cfn__check_if_then,
    [CFN_SCHEMA_DEPENDENT_SCHEMA] = cfn__check_dependent_schema,
    [CFN_SCHEMA_CONTAINS] = cfn__check_contains,
    [CFN_SCHEMA_PROPERTY_NAMES] = cfn__check_property_names,
};

static bool is_whole_number(const char *text)
{
    if (*text == '-' || *text == '+')
        text++;
    size_t digits = strspn(text, "0123456789");
    return digits && (!text[digits] || (text[digits] == '.' &&
                                        text[digits + 1 + strspn(text + digits + 1, "0")] == '\0'));
}

/* As C reads it, so that 080 and 1e3 are numbers; not nan. */
static bool is_number(const char *text)
{
    char *end = NULL;
    double number = strtod(text, &end);
    return end != text && !*end && isfinite(number);
}

static bool is_truth(const char *text)
{
    static const char *const words[] = {"true", "false", "True", "False", "TRUE", "FALSE"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(text, words[i]) == 0)
            return true;
    return false;
}

/* CloudFormation turns scalars into what the property wants, as far as their text can be read so:
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/parameters-section-structure.html
 * has numbers as text, and templates in the wild have "true". */
static bool is_of_types(const cfn_node *node, unsigned types)
{
    const char *text = node->text;
    if (!text) /* null is told by the template's own check */
        return node->kind == CFN_KIND_NULL ||
               types & (node->kind == CFN_KIND_MAP ? CFN_SCHEMA_OBJECT : CFN_SCHEMA_LIST);
    if (types & CFN_SCHEMA_STRING)
        return true;
    if (node->kind == CFN_KIND_BOOLEAN)
        return types & CFN_SCHEMA_BOOLEAN;
    if (types & CFN_SCHEMA_NUMBER && is_number(text))
        return true;
    if (types & CFN_SCHEMA_INTEGER && is_whole_number(text))
        return true;
    return node->kind == CFN_KIND_STRING && types & CFN_SCHEMA_BOOLEAN && is_truth(text);
}

/* "a string or a list" */
static const char *names_of_types(cfn__check *check, unsigned types)
{
    static const struct {
        unsigned type;
        const char *name;
    } names[] = {
        {CFN_SCHEMA_STRING, "text"},      {CFN_SCHEMA_INTEGER, "an integer"},
        {CFN_SCHEMA_NUMBER, "a number"},  {CFN_SCHEMA_BOOLEAN, "a boolean"},
        {CFN_SCHEMA_OBJECT, "a mapping"}, {CFN_SCHEMA_LIST, "a list"},
    };
    const char *text = "";
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (types & names[i].type)
            text = *text ? cfn__format(check->out.arena, "%s or %s", text, names[i].name)
                         : names[i].name;
    return text;
}

/* `aws cloudformation package` takes the name of a local file in place of these.
 * https://docs.aws.amazon.com/cli/latest/reference/cloudformation/package.html */
static bool takes_local_file(const cfn__check *check, const cfn_node *node)
{
    static const struct {
        const char *type, *property;
    } local[] = {
        {"AWS::ApiGateway::RestApi", "BodyS3Location"},
        {"AWS::AppSync::FunctionConfiguration", "RequestMappingTemplateS3Location"},
        {"AWS::AppSync::FunctionConfiguration", "ResponseMappingTemplateS3Location"},
        {"AWS::AppSync::GraphQLSchema", "DefinitionS3Location"},
        {"AWS::AppSync::Resolver", "RequestMappingTemplateS3Location"},
        {"AWS::AppSync::Resolver", "ResponseMappingTemplateS3Location"},
        {"AWS::CodeCommit::Repository", "Code"},
        {"AWS::ElasticBeanstalk::ApplicationVersion", "SourceBundle"},
        {"AWS::Glue::Job", "Command"},
        {"AWS::Lambda::Function", "Code"},
        {"AWS::Lambda::LayerVersion", "Content"},
        {"AWS::StepFunctions::StateMachine", "DefinitionS3Location"},
    };
    if (!check->resource || !node->key || node->kind != CFN_KIND_STRING)
        return false;
    for (size_t i = 0; i < sizeof local / sizeof *local; i++)
        if (strcmp(node->key, local[i].property) == 0 &&
            strcmp(check->resource->type, local[i].type) == 0)
            return true;
    return false;
}

static cfn__fit refuse_type(cfn__check *check, const cfn_schema_value_facts *facts,
                            cfn__subject subject)
{
    const cfn_node *node = subject.node;
    if (check->quiet)
        return CFN__UNFIT;
    const char *what = cfn__name_of(check, subject);
    const char *wanted = names_of_types(check, facts->types);
    if (node->text)
        cfn__refuse(check, CFN3105, subject, "%.100s must be %s, not %.100s", what, wanted,
                    *node->text ? node->text : "empty text");
    else
        cfn__refuse(check, CFN3105, subject, "%.100s must be %s, not %s", what, wanted,
                    cfn__kind_name(node->kind));
    if (facts->types == CFN_SCHEMA_LIST && node->kind != CFN_KIND_LIST)
        cfn__suggest(check, "make it a list of one: [...]");
    else if (facts->types == CFN_SCHEMA_BOOLEAN && node->text)
        cfn__suggest(check, "write true or false");
    return CFN__UNFIT;
}

static cfn__fit check_rules(cfn__check *check, const cfn_schema_value *value,
                            const cfn_schema_value_facts *facts, cfn__subject subject)
{
    cfn__fit fit = CFN__FITS;
    cfn__rule_use use = {.value = value, .facts = facts, .subject = subject};
    cfn_schema_rule rule;
    use.rule = &rule;
    for (size_t i = 0; cfn_schema_rule_at(check->schema, value, i, &rule); i++) {
        cfn__rule_check *rule_check = rule_checks[rule.id];
        if (rule_check)
            fit = cfn__worse(fit, rule_check(check, &use));
        if (fit == CFN__UNFIT && check->quiet)
            break;
    }
    return fit;
}

/* A secret or parameter that CloudFormation puts in when it deploys.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references.html */
static bool is_dynamic(const cfn_node *node)
{
    bool is_text = node->text && node->kind == CFN_KIND_STRING;
    const char *open = is_text ? strstr(node->text, "{{") : NULL;
    while (open && !cfn__starts_with(open + strspn(open, "{ "), "resolve"))
        open = strstr(open + strspn(open, "{"), "{{");
    return open != NULL;
}

static cfn__fit check_literal(cfn__check *check, const cfn_schema_value *value,
                              const cfn_schema_value_facts *facts, cfn__subject subject)
{
    const cfn_node *node = subject.node;
    if (node->kind == CFN_KIND_NULL || is_dynamic(node) || takes_local_file(check, node))
        return CFN__MAY_FIT;
    if (facts->types && !is_of_types(node, facts->types))
        return refuse_type(check, facts, subject);
    cfn__fit fit = CFN__FITS;
    uint64_t rules = cfn_schema_rule_set(check->schema, value);
    if (node->kind == CFN_KIND_MAP)
        fit = cfn__check_members(check, value, facts, rules, subject);
    if (fit == CFN__UNFIT && check->quiet)
        return fit;
    if (node->kind == CFN_KIND_LIST || node->kind == CFN_KIND_MAP)
        fit = cfn__worse(fit, cfn__check_presence(check, value, facts, rules, subject));
    if (node->kind == CFN_KIND_LIST && facts->unique)
        fit = cfn__worse(fit, cfn__check_unique(check, subject, NULL));
    if (fit == CFN__UNFIT && check->quiet)
        return fit;
    return rules ? cfn__worse(fit, check_rules(check, value, facts, subject)) : fit;
}

static cfn__fit check_forbidden(cfn__check *check, cfn__subject subject)
{
    const char *condition = NULL;
    cfn__fit present = cfn__is_present(check, subject.node, &condition);
    if (present != CFN__FITS)
        return present == CFN__UNFIT ? CFN__FITS : CFN__MAY_FIT;
    if (check->resource && subject.node == check->resource->properties)
        return cfn__refuse_key(check, CFN3112, subject, "%s",
                               check->cross && cfn__ends_with(check->cross->name, "_deprecated")
                                   ? "what is chosen here is deprecated"
                                   : "these properties do not go together");
    return cfn__refuse_key(check, CFN3112, subject,
                           "%.100s does not go with the other properties here",
                           cfn__name_of(check, subject));
}

/* What a scalar is does not depend on conditions. What a function gives is not kept: it is gone
 * before another value may stand where it stood. */
static cfn__tried *slot_of(cfn__check *check, const cfn_schema_value *value, const cfn_node *node)
{
    uintptr_t hash = ((uintptr_t)value >> 2) * 31 ^ ((uintptr_t)node >> 4);
    return &check->tried[hash % CFN__MOST_TRIED];
}

cfn__fit cfn__examine(cfn__check *check, const cfn_schema_value *value, cfn__subject subject)
{
    if (!check->effort || check->depth >= DEEPEST) {
        check->spent = true;
        return CFN__MAY_FIT;
    }
    check->effort--;
    check->depth++;
    cfn_kind kind = subject.node->kind;
    bool is_kept = check->quiet && kind != CFN_KIND_MAP && kind != CFN_KIND_LIST && !subject.at;
    cfn__tried *tried = is_kept ? slot_of(check, value, subject.node) : NULL;
    bool across = check->cross != NULL;
    if (tried && tried->value == value && tried->node == subject.node && tried->across == across) {
        check->depth--;
        return tried->fit;
    }
    cfn_schema_value_facts facts = cfn_schema_value_describe(check->schema, value);
    cfn__function function = cfn__quick_function_of(subject.node);
    cfn__fit fit;
    if (facts.forbidden)
        fit = check_forbidden(check, subject);
    else if (function == CFN__FN_NONE || function == CFN__FN_CONDITION)
        fit = check_literal(check, value, &facts, subject);
    else
        fit = cfn__check_function(check, value, &facts, subject);
    if (tried)
        *tried = (cfn__tried){value, subject.node, across, fit};
    check->depth--;
    return fit;
}
