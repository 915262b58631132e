/* Cfngen::SSM::Parameter. */
#include "base/text.h"
#include "constructs/constructs.h"

#include <cfngen/aws/ssm.h>
#include <cfngen/ssm_parameter.h>

#include <string.h>
#include <strings.h>

typedef cfn_ssm_parameter_props props_type;

enum { STANDARD = 4096, ADVANCED = 8192, LEVELS = 15 };

/* ---- checks ---- */

/* https://docs.aws.amazon.com/systems-manager/latest/userguide/sysman-paramstore-su-create.html */
static const char *fault_of(const char *name)
{
    size_t levels = 0;
    const char *first = name + (*name == '/');
    for (const char *p = name; *p; p++) {
        levels += *p == '/';
        if (*p == '/' && (p[1] == '/' || !p[1]))
            return "has a level without a name";
    }
    if (levels && *name != '/')
        return "has levels, and does not start with a slash";
    if (levels > LEVELS)
        return "has more than 15 levels";
    if (strncasecmp(first, "aws", 3) == 0 || strncasecmp(first, "ssm", 3) == 0)
        return "starts with aws or ssm, as AWS's own do";
    return NULL;
}

void cfn__check_ssm_name(cfn__expansion *x, const cfn__construct *c, const char *property,
                         cfn_str value)
{
    const char *name = cfn__literal(value);
    const char *fault = name ? fault_of(name) : NULL;
    if (!fault)
        return;
    cfn__report_property(x, c, property, CFN4811, "Systems Manager refuses \"%s\": it %s", name,
                         fault);
    cfn__hint(cfn__expansion_diagnostics(x), "write /migration/prod/state, or leave %s out",
              property);
}

static void check_one_value(cfn__expansion *x, const cfn__construct *c)
{
    const props_type *props = c->props;
    bool list = props->values.count || cfn__is_set(props->values.all);
    if (cfn__is_set(props->value) != list)
        return;
    cfn__report_property(x, c, list ? "Values" : NULL, CFN2019,
                         list ? "Value and Values exclude each other"
                              : "a parameter needs a Value, or Values");
    cfn__hint(cfn__expansion_diagnostics(x),
              "Value is the text of a String, Values are those of a StringList");
}

static void check_items(cfn__expansion *x, const cfn__construct *c)
{
    const props_type *props = c->props;
    for (size_t i = 0; i < props->values.count; i++) {
        const char *item = cfn__literal(props->values.items[i]);
        if (!item || !strchr(item, ','))
            continue;
        cfn__report_property(x, c, cfn__format(c->make.arena, "Values/%zu", i), CFN4811,
                             "a comma would make two items of this one");
        cfn__hint(cfn__expansion_diagnostics(x), "write two items, or a Value with JSON in it");
    }
}

static bool mentions(const cfn_node *value, const char *text)
{
    bool found = value && value->text && strstr(value->text, text);
    for (const cfn_node *n = cfn_node_first(value); n && !found; n = cfn_node_next(n))
        found = mentions(n, text);
    return found;
}

static void check_value(cfn__expansion *x, const cfn__construct *c, const cfn_node *value)
{
    const props_type *props = c->props;
    const char *text = cfn__is_string(value) ? value->text : NULL;
    const char *tier = cfn__literal(cfn__str_or(props->tier, "Standard"));
    const char *property = cfn__is_set(props->value) ? "Value" : "Values";
    size_t most = tier && strcmp(tier, "Standard") == 0 ? STANDARD : ADVANCED;
    cfn_diagnostics *diagnostics = cfn__expansion_diagnostics(x);
    if (text && (!*text || strlen(text) > most)) {
        cfn__report_property(x, c, property, CFN4811,
                             "Systems Manager stores 1 to %zu bytes here, not %zu", most,
                             strlen(text));
        cfn__hint(diagnostics, "the tier Advanced takes 8192; what is larger belongs in a bucket");
    }
    if (!mentions(value, "{{resolve:secretsmanager:") && !mentions(value, "{{resolve:ssm-secure:"))
        return;
    cfn__report_property(x, c, property, CFN4812,
                         "whoever may look at the parameter reads this secret");
    cfn__hint(diagnostics, "store the ARN of the secret, and let the program read it there");
}

/* ---- the parameter ---- */

/* The items as one text when all are known, else a Fn::Join. */
static cfn_node *joined(const cfn__construct *c, const cfn_str_list *values)
{
    const cfn__maker *make = &c->make;
    const char *text = "";
    for (size_t i = 0; text && i < values->count; i++) {
        const char *item = cfn__literal(values->items[i]);
        text = item ? cfn__format(make->arena, "%s%s%s", text, i ? "," : "", item) : NULL;
    }
    if (text && values->count)
        return cfn__string(make, text);
    return cfn__single(make, "Fn::Join",
                       cfn__pair(make, cfn__string(make, ","), cfn__str_list_node(make, values)));
}

/* The name follows "parameter" with just one slash between them, so that one which is not known may
 * stand in either way. */
cfn_node *cfn__ssm_arns(const cfn__construct *c, cfn_node *name)
{
#define ARN "arn:${AWS::Partition}:ssm:${AWS::Region}:${AWS::AccountId}:parameter"
    const cfn__maker *make = &c->make;
    const cfn_node *sub = cfn_node_get(name, "Fn::Sub");
    const char *text = cfn__is_string(name) ? name->text : cfn__is_string(sub) ? sub->text : NULL;
    if (text && !cfn__starts_with(text, "${"))
        return cfn__concat(make, *text == '/' ? ARN : ARN "/", name, "");
    cfn_node *list =
        cfn__append(cfn__list(make), cfn__concat(make, ARN, cfn__copy(make->arena, name), ""));
    return cfn__append(list, cfn__concat(make, ARN "/", name, ""));
#undef ARN
}

static void grant(cfn__expansion *x, cfn__construct *c, const cfn_node *name)
{
    static const char *const get[] = {"ssm:GetParameter", "ssm:GetParameters", NULL};
    static const char *const put[] = {"ssm:PutParameter", NULL};
    const props_type *props = c->props;
    const cfn__maker *make = &c->make;
    cfn_node *read = cfn__statement(make, "ReadParameter", NULL, get);
    cfn_node *write = cfn__statement(make, "WriteParameter", NULL, put);
    cfn__put(read, "Resource", cfn__ssm_arns(c, cfn__copy(make->arena, name)));
    cfn__put(write, "Resource", cfn__ssm_arns(c, cfn__copy(make->arena, name)));
    cfn__grant(x, c, "GrantReadTo", "ReadBy", &props->grant_read_to,
               cfn__append(cfn__list(make), read));
    cfn__grant(x, c, "GrantWriteTo", "WriteBy", &props->grant_write_to,
               cfn__append(cfn__list(make), write));
}

static void expand(cfn__expansion *x, cfn__construct *c)
{
    static const cfn__name_rule rule = {"a parameter name", 1011, "/_.", false, false};
    const props_type *props = c->props;
    bool one = cfn__is_set(props->value);
    cfn_node *name = cfn__name_or(x, c, props->name, "Name", "", &rule);
    cfn_node *value = one ? cfn__str_node(&c->make, props->value) : joined(c, &props->values);
    cfn__check_ssm_name(x, c, "Name", props->name);
    check_one_value(x, c);
    check_items(x, c);
    check_value(x, c, value);
    CFN__RESOURCE(aws_ssm_Parameter, x, c, "",
                  &(aws_ssm_Parameter_props){
                      .AllowedPattern = props->allowed_pattern,
                      .Description = props->description,
                      .Name = cfn_of_node(name),
                      .Tags = cfn__tags_map(x, c, name, ((const props_type *)c->props)->tags),
                      .Tier = cfn__str_or(props->tier, "Standard"),
                      .Type = cfn_s(one ? "String" : "StringList"),
                      .Value = cfn_of_node(value)});
    grant(x, c, name);
}

/* ---- tables ---- */

static const char *const tiers[] = {"Standard", "Advanced", "Intelligent-Tiering", NULL};

#define ROW(kind, name, member) CFN__ROW(cfn_ssm_parameter_props, kind, name, member)
static const cfn__field fields[] = {
    {ROW(STR, "Name", name), .also = "ParameterName", .default_text = "{id}-{environment}-{suffix}",
     .doc = "The name of the parameter; one with levels starts with a slash, as "
            "/migration/prod/state."},
    {ROW(STR, "Description", description), .doc = "What it is for."},
    {ROW(STR, "Value", value), .doc = "The text. It is seen by many, so it is no place for a "
                                      "secret."},
    {ROW(STR_LIST, "Values", values), .also = "StringList",
     .doc = "The texts of a list, without commas in them; excludes Value."},
    {ROW(STR, "AllowedPattern", allowed_pattern),
     .doc = "A regular expression that values must match."},
    {ROW(STR, "Tier", tier), .values = tiers, .default_text = "Standard",
     .doc = "Standard takes 4 KB, Advanced 8 KB for money."},
    {ROW(STR_LIST, "GrantReadTo", grant_read_to), .flags = CFN__WRITTEN_OUT,
     .doc = "The names of roles (!Ref of a role) that may read it."},
    {ROW(STR_LIST, "GrantWriteTo", grant_write_to), .flags = CFN__WRITTEN_OUT,
     .doc = "The names of roles that may change it."},
    {ROW(JSON, "Tags", tags), .flags = CFN__MAPPING,
     .doc = "Tags of the parameter, as Key: value."},
    CFN__ATTRIBUTES_ROW(cfn_ssm_parameter_props),
};
#undef ROW

static const cfn__attribute_facts attributes[] = {
    {"Type", "String or StringList"},
    {"Value", "the value that CloudFormation has given it"},
};
static const cfn__role_facts roles[] = {
    {"", "AWS::SSM::Parameter", "the parameter"},
    {"ReadBy{Role}", "AWS::IAM::Policy", "the right to read, for each role"},
    {"WriteBy{Role}", "AWS::IAM::Policy", "the right to change it, for each role"},
};

const cfn__construct_type cfn__ssm_parameter_type = {
    .name = "Cfngen::SSM::Parameter",
    .doc = "A parameter of Systems Manager: a text or a list that programs read and may change. "
           "What they have written stays until the value in the template changes.",
    .ref_doc = "the name of the parameter",
    .props = CFN__RECORD("Cfngen::SSM::Parameter", cfn_ssm_parameter_props, fields),
    .attributes = attributes,
    .attribute_count = CFN__COUNT(attributes),
    .roles = roles,
    .role_count = CFN__COUNT(roles),
    .expand = expand,
};

cfn_ssm_parameter cfn_ssm_parameter_add_at(cfn_stack *stack, const char *id,
                                           const cfn_ssm_parameter_props *props, const char *file,
                                           int line)
{
    return cfn_ssm_parameter_named(
        cfn__construct_add(stack, &cfn__ssm_parameter_type, id, props, file, line));
}
