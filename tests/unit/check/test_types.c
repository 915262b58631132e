/* The kinds of values: what CloudFormation turns into what, and what it does not. */
#include "check_support.h"

#define STRING  "{\"type\":\"string\"}"
#define INTEGER "{\"type\":\"integer\"}"
#define NUMBER  "{\"type\":\"number\"}"
#define BOOLEAN "{\"type\":\"boolean\"}"
#define OBJECT  "{\"type\":\"object\"}"
#define LIST    "{\"type\":\"array\",\"items\":{\"type\":\"string\"}}"

static void a_text_takes_any_scalar(void **state)
{
    assert_fits(*state, STRING, "text");
    assert_fits(*state, STRING, "5");
    assert_fits(*state, STRING, "true");
    assert_fits(*state, STRING, "2026-11-20");
}

static void a_text_takes_no_list_and_no_mapping(void **state)
{
    assert_unfit(*state, STRING, "[a]", "CFN3105");
    assert_said(*state, "P must be text, not a list");
    assert_unfit(*state, STRING, "{a: b}", "CFN3105");
}

static void an_integer_takes_texts_of_digits(void **state)
{
    assert_fits(*state, INTEGER, "5");
    assert_fits(*state, INTEGER, "'5'");
    assert_fits(*state, INTEGER, "'-5'");
    assert_fits(*state, INTEGER, "'5.0'");
}

static void an_integer_takes_nothing_else(void **state)
{
    assert_unfit(*state, INTEGER, "five", "CFN3105");
    assert_said(*state, "P must be an integer, not five");
    assert_unfit(*state, INTEGER, "5.5", "CFN3105");
    assert_unfit(*state, INTEGER, "''", "CFN3105");
    assert_said(*state, "not empty text");
    assert_unfit(*state, INTEGER, "true", "CFN3105");
    assert_unfit(*state, INTEGER, "[5]", "CFN3105");
}

static void a_number_takes_texts_of_numbers(void **state)
{
    assert_fits(*state, NUMBER, "5.5");
    assert_fits(*state, NUMBER, "'5.5'");
    assert_fits(*state, NUMBER, "'1e3'");
}

static void a_number_takes_nothing_else(void **state)
{
    assert_unfit(*state, NUMBER, "much", "CFN3105");
    assert_unfit(*state, NUMBER, "'nan'", "CFN3105");
    assert_unfit(*state, NUMBER, "'inf'", "CFN3105");
    assert_unfit(*state, NUMBER, "false", "CFN3105");
}

static void a_boolean_takes_the_words(void **state)
{
    assert_fits(*state, BOOLEAN, "true");
    assert_fits(*state, BOOLEAN, "'false'");
    assert_fits(*state, BOOLEAN, "'True'");
    assert_fits(*state, BOOLEAN, "'FALSE'");
}

static void a_boolean_takes_nothing_else(void **state)
{
    assert_unfit(*state, BOOLEAN, "1", "CFN3105");
    assert_unfit(*state, BOOLEAN, "'yes'", "CFN3105");
    assert_said(*state, "write true or false");
    assert_unfit(*state, BOOLEAN, "'tRUE'", "CFN3105");
}

static void a_mapping_takes_mappings_alone(void **state)
{
    assert_fits(*state, OBJECT, "{a: {b: [1]}}");
    assert_unfit(*state, OBJECT, "'{}'", "CFN3105");
    assert_unfit(*state, OBJECT, "[]", "CFN3105");
}

static void a_list_takes_lists_alone(void **state)
{
    assert_fits(*state, LIST, "[a]");
    assert_unfit(*state, LIST, "a", "CFN3105");
    assert_said(*state, "make it a list of one");
    assert_unfit(*state, LIST, "{a: b}", "CFN3105");
}

static void one_of_several_kinds_will_do(void **state)
{
    const char *schema = "{\"type\":[\"object\",\"integer\"]}";
    assert_fits(*state, schema, "{a: b}");
    assert_fits(*state, schema, "5");
    assert_unfit(*state, schema, "text", "CFN3105");
    assert_said(*state, "P must be an integer or a mapping, not text");
}

static void a_value_of_no_kind_may_be_anything(void **state)
{
    assert_fits(*state, "{}", "[a, {b: c}]");
    assert_fits(*state, "{}", "5");
}

static void an_item_is_named_after_its_list(void **state)
{
    assert_unfit(*state, LIST, "[a, [b]]", "CFN3105");
    assert_said(*state, "an item of P must be text, not a list");
}

/* It has its own diagnostic. */
static void null_is_left_to_the_check_of_the_template(void **state)
{
    assert_unfit(*state, STRING, "null", "CFN1006");
}

static void a_dynamic_reference_may_become_anything(void **state)
{
    assert_fits(*state, INTEGER, "'{{resolve:ssm:port}}'");
    assert_fits(*state, BOOLEAN, "'{{ resolve:ssm:flag:1}}'");
    assert_fits(*state,
                "{\"type\":\"string\",\"maxLength\":3,\"pattern\":\"^x$\",\"enum\":[\"x\"]}",
                "'{{resolve:secretsmanager:s:SecretString:p}}'");
}

static void package_takes_local_files_where_it_uploads_them(void **state)
{
    static const char form[] = "Resources:\n"
                               "  A:\n"
                               "    Type: AWS::Lambda::LayerVersion\n"
                               "    Properties: {Content: %s}\n";
    fixture *f = *state;
    check(f, cfn__format(f->arena, form, "./layer"));
    assert_ids(f, "");
    check(f, cfn__format(f->arena, form, "[./layer]"));
    assert_ids(f, "CFN3105");
}

static void package_takes_the_code_of_a_function(void **state)
{
    check(*state, "Resources:\n"
                  "  A:\n"
                  "    Type: AWS::Lambda::Function\n"
                  "    Properties:\n"
                  "      Code: src/\n"
                  "      Handler: a.b\n"
                  "      Runtime: python3.13\n"
                  "      Role: arn:aws:iam::123456789012:role/r\n");
    assert_ids(*state, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_text_takes_any_scalar),
        TEST(a_text_takes_no_list_and_no_mapping),
        TEST(an_integer_takes_texts_of_digits),
        TEST(an_integer_takes_nothing_else),
        TEST(a_number_takes_texts_of_numbers),
        TEST(a_number_takes_nothing_else),
        TEST(a_boolean_takes_the_words),
        TEST(a_boolean_takes_nothing_else),
        TEST(a_mapping_takes_mappings_alone),
        TEST(a_list_takes_lists_alone),
        TEST(one_of_several_kinds_will_do),
        TEST(a_value_of_no_kind_may_be_anything),
        TEST(an_item_is_named_after_its_list),
        TEST(null_is_left_to_the_check_of_the_template),
        TEST(a_dynamic_reference_may_become_anything),
        TEST(package_takes_local_files_where_it_uploads_them),
        TEST(package_takes_the_code_of_a_function),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
