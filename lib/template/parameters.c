/* Parameters: their types, and whether their rules and their default agree.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/parameters-section-structure.html
 */
#include "base/text.h"
#include "template/template.h"

#include <stdlib.h>
#include <string.h>

/* The rows of the table below. */
enum {
    TYPE,
    DEFAULT,
    ALLOWED_PATTERN,
    ALLOWED_VALUES,
    CONSTRAINT_DESCRIPTION,
    DESCRIPTION,
    MAX_LENGTH,
    MAX_VALUE,
    MIN_LENGTH,
    MIN_VALUE,
    NO_ECHO,
    ATTRIBUTES
};

static const cfn__attribute attributes[ATTRIBUTES] = {
    [TYPE] = {"Type", CFN__STRING, true},
    [DEFAULT] = {"Default", CFN__SCALAR, false},
    [ALLOWED_PATTERN] = {"AllowedPattern", CFN__STRING, false},
    [ALLOWED_VALUES] = {"AllowedValues", CFN__LIST, false},
    [CONSTRAINT_DESCRIPTION] = {"ConstraintDescription", CFN__STRING, false},
    [DESCRIPTION] = {"Description", CFN__STRING, false},
    [MAX_LENGTH] = {"MaxLength", CFN__STRING | CFN__NUMBER, false},
    [MAX_VALUE] = {"MaxValue", CFN__STRING | CFN__NUMBER, false},
    [MIN_LENGTH] = {"MinLength", CFN__STRING | CFN__NUMBER, false},
    [MIN_VALUE] = {"MinValue", CFN__STRING | CFN__NUMBER, false},
    [NO_ECHO] = {"NoEcho", CFN__BOOLEAN | CFN__STRING, false},
};

enum { SINGLE = 1, MANY = 2 };

static const struct {
    const char *name;
    unsigned forms; /* SINGLE: X, MANY: List<X> */
} types[] = {
    {"String", SINGLE | MANY},
    {"Number", SINGLE | MANY},
    {"CommaDelimitedList", SINGLE},
    {"AWS::EC2::AvailabilityZone::Name", SINGLE | MANY},
    {"AWS::EC2::Image::Id", SINGLE | MANY},
    {"AWS::EC2::Instance::Id", SINGLE | MANY},
    {"AWS::EC2::KeyPair::KeyName", SINGLE},
    {"AWS::EC2::SecurityGroup::GroupName", SINGLE | MANY},
    {"AWS::EC2::SecurityGroup::Id", SINGLE | MANY},
    {"AWS::EC2::Subnet::Id", SINGLE | MANY},
    {"AWS::EC2::VPC::Id", SINGLE | MANY},
    {"AWS::EC2::Volume::Id", SINGLE | MANY},
    {"AWS::Route53::HostedZone::Id", SINGLE | MANY},
    {"AWS::SSM::Parameter::Name", SINGLE},
};

static const char stored[] = "AWS::SSM::Parameter::Value<";
static const char list_of[] = "List<";

static bool starts_stored(const char *type)
{
    return cfn__starts_with(type, stored) && cfn__ends_with(type, ">");
}

bool cfn__is_list_parameter(const cfn_node *parameter)
{
    const cfn_node *type = cfn__get(parameter, "Type");
    if (!cfn__is_string(type))
        return false;
    const char *inner = type->text + (starts_stored(type->text) ? strlen(stored) : 0);
    return cfn__starts_with(inner, list_of) || cfn__starts_with(inner, "CommaDelimitedList");
}

/* The type spelt out, as List<Number>, for one form and one way of storing it. */
static const char *spell(cfn_arena *arena, size_t row, unsigned form, bool in_store)
{
    return cfn__format(arena, "%s%s%s%s%s", in_store ? stored : "", form == MANY ? list_of : "",
                       types[row].name, form == MANY ? ">" : "", in_store ? ">" : "");
}

static bool is_type(const char *type)
{
    bool in_store = starts_stored(type);
    const char *inner = type + (in_store ? strlen(stored) : 0);
    size_t length = strlen(inner) - in_store;
    bool many = cfn__starts_with(inner, list_of) && length && inner[length - 1] == '>';
    if (many) {
        inner += strlen(list_of);
        length -= strlen(list_of) + 1;
    }
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (strlen(types[i].name) == length && memcmp(types[i].name, inner, length) == 0 &&
            types[i].forms & (many ? MANY : SINGLE))
            return true;
    return false;
}

static void check_type(cfn__checker *c, const cfn_node *type)
{
    if (is_type(type->text) || c->tpl->macro)
        return;
    cfn__complain(c, CFN1101, type, "there is no parameter type %.100s", type->text);
    bool in_store = cfn__starts_with(type->text, stored);
    cfn__search search = cfn__search_for(c, type->text);
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        for (unsigned form = SINGLE; form <= MANY; form++)
            if (types[i].forms & form)
                cfn__search_name(&search, spell(c->arena, i, form, in_store));
    if (search.best)
        cfn__hint_nearest(c->diagnostics, search.best);
    else
        cfn__advise(c, "use String, Number, CommaDelimitedList, List<Number>, "
                       "AWS::SSM::Parameter::Value<...> or a type such as AWS::EC2::VPC::Id");
}

static bool number_of(const cfn_node *node, double *value)
{
    char *end = NULL;
    *value = node ? strtod(node->text, &end) : 0;
    return node && end != node->text && !*end;
}

/* A limit must be a number, and only some types have it. */
static void check_limits(cfn__checker *c, const cfn_node *parameter, const cfn_node **found,
                         size_t least, size_t most)
{
    double low = 0, high = 0;
    bool has_low = number_of(found[least], &low), has_high = number_of(found[most], &high);
    const size_t rows[] = {least, most};
    for (size_t i = 0; i < 2; i++) {
        const cfn_node *limit = found[rows[i]];
        if (limit && !(i ? has_high : has_low)) {
            cfn__complain(c, CFN1004, limit, "%s must be a number, not %.100s", limit->key,
                          limit->text);
            found[rows[i]] = NULL;
        }
    }
    if (!has_low || !has_high || low <= high)
        return;
    cfn__complain(c, CFN1103, found[least],
                  "%s is greater than %s: no value of %.100s can meet both", found[least]->key,
                  found[most]->key, parameter->key);
    found[least] = found[most] = NULL;
}

static void refuse(cfn__checker *c, const cfn_node *limit, const char *type, const char *instead)
{
    if (!limit)
        return;
    cfn__complain_key(c, CFN1103, limit, "%s does not go with the type %s", limit->key, type);
    cfn__advise(c, "%s", instead);
}

static bool is_same(const cfn_node *value, const char *text, size_t length, bool numbers)
{
    if (!value->text)
        return true; /* reported where the list was checked */
    if (value->length == length && memcmp(value->text, text, length) == 0)
        return true;
    double a = 0;
    char *end = NULL;
    double b = strtod(text, &end);
    return numbers && end == text + length && number_of(value, &a) && !(a < b) && !(a > b);
}

static bool is_allowed(const cfn_node *allowed, const char *text, size_t length, bool numbers)
{
    for (const cfn_node *n = allowed->first; n; n = n->next)
        if (is_same(n, text, length, numbers))
            return true;
    return false;
}

static void check_allowed(cfn__checker *c, const cfn_node *value, const cfn_node *allowed,
                          const char *text, size_t length, bool numbers)
{
    if (is_allowed(allowed, text, length, numbers))
        return;
    const char *word = cfn__strndup(c->arena, text, length);
    cfn__complain(c, CFN1102, value, "the default %.100s is not one of the AllowedValues", word);
    cfn__search search = cfn__search_for(c, word);
    for (const cfn_node *n = allowed->first; n; n = n->next)
        if (n->text)
            cfn__search_name(&search, n->text);
    cfn__hint_nearest(c->diagnostics, search.best);
}

/* Lists are comma-delimited text. They are allowed whole, or each value, without spaces around it.
 */
static void check_each_allowed(cfn__checker *c, const cfn_node *value, const cfn_node *allowed)
{
    if (is_allowed(allowed, value->text, value->length, false))
        return;
    for (const char *p = value->text; p; p = strchr(p, ',') ? strchr(p, ',') + 1 : NULL) {
        size_t length = strcspn(p, ",");
        while (length && *p == ' ')
            p++, length--;
        while (length && p[length - 1] == ' ')
            length--;
        check_allowed(c, value, allowed, p, length, false);
    }
}

static void check_number(cfn__checker *c, const cfn_node *value, const cfn_node **found)
{
    double number = 0, limit = 0;
    if (!number_of(value, &number)) {
        cfn__complain(c, CFN1102, value, "the default %.100s is not a number", value->text);
        return;
    }
    if (number_of(found[MIN_VALUE], &limit) && number < limit)
        cfn__complain(c, CFN1102, value, "the default %.100s is less than MinValue, %.100s",
                      value->text, found[MIN_VALUE]->text);
    if (number_of(found[MAX_VALUE], &limit) && number > limit)
        cfn__complain(c, CFN1102, value, "the default %.100s is greater than MaxValue, %.100s",
                      value->text, found[MAX_VALUE]->text);
}

static void check_text(cfn__checker *c, const cfn_node *value, const cfn_node **found)
{
    double limit = 0, length = (double)cfn__utf8_count(value->text, value->length);
    if (number_of(found[MIN_LENGTH], &limit) && length < limit)
        cfn__complain(c, CFN1102, value,
                      "the default has %.0f characters, fewer than MinLength, %.100s", length,
                      found[MIN_LENGTH]->text);
    if (number_of(found[MAX_LENGTH], &limit) && length > limit)
        cfn__complain(c, CFN1102, value,
                      "the default has %.0f characters, more than MaxLength, %.100s", length,
                      found[MAX_LENGTH]->text);
}

static void check_default(cfn__checker *c, const cfn_node **found, bool is_list)
{
    const cfn_node *value = found[DEFAULT];
    bool number = strcmp(found[TYPE]->text, "Number") == 0;
    cfn__check_text_length(c, value, CFN_MAX_PARAMETER_BYTES, "the default");
    if (value->length > CFN_MAX_PARAMETER_BYTES || strstr(found[TYPE]->text, "SSM::Parameter::"))
        return; /* in the Parameter Store the default only names a value */
    if (number)
        check_number(c, value, found);
    else if (!is_list)
        check_text(c, value, found);
    if (!found[ALLOWED_VALUES])
        return;
    if (is_list)
        check_each_allowed(c, value, found[ALLOWED_VALUES]);
    else
        check_allowed(c, value, found[ALLOWED_VALUES], value->text, value->length, number);
}

static void check_values(cfn__checker *c, const cfn_node *values)
{
    if (!values->size)
        cfn__complain(c, CFN1010, values, "AllowedValues allows nothing");
    for (const cfn_node *n = values->first; n; n = n->next)
        cfn__check_kind(c, n, CFN__SCALAR, "an allowed value");
}

static void check_parameter(cfn__checker *c, const cfn_node *parameter)
{
    const cfn_node *found[ATTRIBUTES];
    cfn__check_id(c, parameter, "");
    if (!cfn__check_kind(c, parameter, CFN__MAP, "a parameter"))
        return;
    cfn__check_attributes(c, parameter, attributes, ATTRIBUTES, "a parameter", found);
    if (found[ALLOWED_VALUES])
        check_values(c, found[ALLOWED_VALUES]);
    check_limits(c, parameter, found, MIN_LENGTH, MAX_LENGTH);
    check_limits(c, parameter, found, MIN_VALUE, MAX_VALUE);
    if (found[DESCRIPTION])
        cfn__check_text_length(c, found[DESCRIPTION], 4000, "the description");
    if (!found[TYPE])
        return;
    check_type(c, found[TYPE]);
    if (strcmp(found[TYPE]->text, "Number") == 0) {
        refuse(c, found[MIN_LENGTH], "Number", "use MinValue");
        refuse(c, found[MAX_LENGTH], "Number", "use MaxValue");
    } else if (strcmp(found[TYPE]->text, "String") == 0) {
        refuse(c, found[MIN_VALUE], "String", "use MinLength, or the type Number");
        refuse(c, found[MAX_VALUE], "String", "use MaxLength, or the type Number");
    }
    if (found[DEFAULT])
        check_default(c, found, cfn__is_list_parameter(parameter));
}

void cfn__check_parameters(cfn__checker *c)
{
    for (const cfn_node *n = cfn_node_first(c->tpl->sections[CFN_SECTION_PARAMETERS]); n;
         n = n->next)
        if (!cfn__is_generator(n))
            check_parameter(c, n);
}
