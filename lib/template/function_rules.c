/* The table of intrinsic functions.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference.html
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference-rules.html
 */
#include "template/function.h"

enum {
    V = CFN__IN_VALUES,
    C = CFN__IN_CONDITIONS,
    R = CFN__IN_RULES,
    TEXT = CFN__TEXT,
    LIST = CFN__LISTS,
    TRUTH = CFN__TRUTH,
    VALUE = CFN__VALUE,
    UNKNOWN = CFN__UNKNOWN,
    EARLY = CFN__EARLY,
    EXTENSION = CFN__EXTENSION
};

#define ONE(shape)                                                                                 \
    0, 0,                                                                                          \
    {                                                                                              \
        CFN__##shape                                                                               \
    }
#define LIST_1(a)                                                                                  \
    1, 1,                                                                                          \
    {                                                                                              \
        CFN__##a                                                                                   \
    }
#define LIST_2(a, b)                                                                               \
    2, 2,                                                                                          \
    {                                                                                              \
        CFN__##a, CFN__##b                                                                         \
    }
#define LIST_3(a, b, c)                                                                            \
    3, 3,                                                                                          \
    {                                                                                              \
        CFN__##a, CFN__##b, CFN__##c                                                               \
    }
#define CONDITIONS_2_TO_10                                                                         \
    2, 10,                                                                                         \
    {                                                                                              \
        CFN__A_CONDITION, CFN__A_CONDITION, CFN__A_CONDITION, CFN__A_CONDITION                     \
    }

/* clang-format off */
static const cfn__rule rules[] = {
    [CFN__FN_REF]                = {"Ref", V | C | R, TEXT | LIST, ONE(RAW),
                                    "name", cfn__check_ref, 0},
    [CFN__FN_CONDITION]          = {"Condition", C, TRUTH, ONE(A_CONDITION_NAME),
                                    "name", cfn__check_condition_name, 0},
    [CFN__FN_GET_ATT]            = {"Fn::GetAtt", V, VALUE, ONE(RAW),
                                    "[resource, attribute]", cfn__check_get_att, 0},
    [CFN__FN_SUB]                = {"Fn::Sub", V | C, TEXT, ONE(RAW),
                                    "text, or [text, {variable: value}]", cfn__check_sub, 0},
    [CFN__FN_JOIN]               = {"Fn::Join", V | C, TEXT, LIST_2(A_LITERAL, A_LIST),
                                    "[delimiter, [values]]", NULL, 0},
    [CFN__FN_SELECT]             = {"Fn::Select", V | C, VALUE, LIST_2(AN_INDEX, A_LIST),
                                    "[index, [values]]", cfn__check_select, 0},
    [CFN__FN_SPLIT]              = {"Fn::Split", V | C, LIST, LIST_2(A_LITERAL, A_TEXT),
                                    "[delimiter, text]", NULL, 0},
    [CFN__FN_FIND_IN_MAP]        = {"Fn::FindInMap", V | C, VALUE, 3, 4,
                                    {CFN__A_TEXT, CFN__A_TEXT, CFN__A_TEXT, CFN__AN_ANYTHING},
                                    "[mapping, key, second key]", cfn__check_find_in_map, 0},
    [CFN__FN_IF]                 = {"Fn::If", V, VALUE,
                                    LIST_3(A_CONDITION_NAME, AN_ANYTHING, AN_ANYTHING),
                                    "[condition, value if true, value if false]", cfn__check_if, 0},
    [CFN__FN_EQUALS]             = {"Fn::Equals", C | R, TRUTH, LIST_2(A_COMPARED, A_COMPARED),
                                    "[value, value]", NULL, 0},
    [CFN__FN_AND]                = {"Fn::And", C | R, TRUTH, CONDITIONS_2_TO_10,
                                    "[2 to 10 conditions]", NULL, 0},
    [CFN__FN_OR]                 = {"Fn::Or", C | R, TRUTH, CONDITIONS_2_TO_10,
                                    "[2 to 10 conditions]", NULL, 0},
    [CFN__FN_NOT]                = {"Fn::Not", C | R, TRUTH, LIST_1(A_CONDITION),
                                    "[condition]", NULL, 0},
    [CFN__FN_BASE64]             = {"Fn::Base64", V, TEXT, ONE(A_TEXT), "text", NULL, 0},
    [CFN__FN_CIDR]               = {"Fn::Cidr", V, LIST, 2, 3,
                                    {CFN__A_TEXT, CFN__AN_INDEX, CFN__AN_INDEX},
                                    "[address block, count, bits]", NULL, 0},
    [CFN__FN_GET_AZS]            = {"Fn::GetAZs", V, LIST, ONE(A_TEXT),
                                    "region, or empty text for that of the stack", NULL, 0},
    [CFN__FN_IMPORT_VALUE]       = {"Fn::ImportValue", V, TEXT, ONE(A_TEXT),
                                    "name of an export", NULL, EARLY},
    [CFN__FN_GET_STACK_OUTPUT]   = {"Fn::GetStackOutput", V, TEXT, ONE(RAW),
                                    "{StackName: stack, OutputName: output}",
                                    cfn__check_stack_output, 0},
    [CFN__FN_LENGTH]             = {"Fn::Length", V | C, TEXT, ONE(A_LIST),
                                    "[values]", NULL, EXTENSION},
    [CFN__FN_TO_JSON_STRING]     = {"Fn::ToJsonString", V | C, TEXT, ONE(AN_ANYTHING),
                                    "value", NULL, EXTENSION},
    [CFN__FN_TRANSFORM]          = {"Fn::Transform", V | C | R, UNKNOWN, ONE(RAW),
                                    "{Name: macro}", NULL, 0},
    [CFN__FN_FOR_EACH]           = {"Fn::ForEach::Name", V | C | R, UNKNOWN, ONE(RAW),
                                    "[variable, [values], {}]", NULL, 0},
    [CFN__FN_CONTAINS]           = {"Fn::Contains", R, TRUTH, LIST_2(A_LIST, A_TEXT),
                                    "[[values], value]", NULL, 0},
    [CFN__FN_EACH_MEMBER_EQUALS] = {"Fn::EachMemberEquals", R, TRUTH, LIST_2(A_LIST, A_TEXT),
                                    "[[values], value]", NULL, 0},
    [CFN__FN_EACH_MEMBER_IN]     = {"Fn::EachMemberIn", R, TRUTH, LIST_2(A_LIST, A_LIST),
                                    "[[values], [values]]", NULL, 0},
    [CFN__FN_REF_ALL]            = {"Fn::RefAll", R, LIST, ONE(A_LITERAL),
                                    "parameter type", NULL, 0},
    [CFN__FN_VALUE_OF]           = {"Fn::ValueOf", R, TEXT | LIST, LIST_2(A_LITERAL, A_LITERAL),
                                    "[parameter, attribute]", cfn__check_value_of, 0},
    [CFN__FN_VALUE_OF_ALL]       = {"Fn::ValueOfAll", R, LIST, LIST_2(A_LITERAL, A_LITERAL),
                                    "[parameter type, attribute]", NULL, 0},
};
/* clang-format on */

const cfn__rule *cfn__rule_of(cfn__function function)
{
    return &rules[function];
}
