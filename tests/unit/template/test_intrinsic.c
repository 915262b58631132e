/* Recognising functions, the target of a Fn::GetAtt, the pieces of a Fn::Sub. */
#include "check.h"

#include "template/intrinsic.h"

static cfn__function function_in(fixture *f, const char *json)
{
    return cfn__function_of(read_json(f, json));
}

static void functions_are_known_by_their_key(void **state)
{
    fixture *f = *state;
    assert_int_equal(function_in(f, "{\"Ref\": \"A\"}"), CFN__FN_REF);
    assert_int_equal(function_in(f, "{\"Fn::Join\": []}"), CFN__FN_JOIN);
    assert_int_equal(function_in(f, "{\"Fn::ForEach::Loop\": []}"), CFN__FN_FOR_EACH);
    assert_int_equal(function_in(f, "{\"Fn::Jion\": []}"), CFN__FN_UNKNOWN);
}

static void other_maps_are_no_functions(void **state)
{
    fixture *f = *state;
    assert_int_equal(function_in(f, "{\"Name\": \"A\"}"), CFN__FN_NONE);
    assert_int_equal(function_in(f, "{}"), CFN__FN_NONE);
    assert_int_equal(function_in(f, "{\"Ref\": \"A\", \"B\": 1}"), CFN__FN_NONE);
    assert_int_equal(cfn__function_of(NULL), CFN__FN_NONE);
}

static void a_condition_is_one_only_when_it_names_one(void **state)
{
    fixture *f = *state;
    assert_int_equal(function_in(f, "{\"Condition\": \"C\"}"), CFN__FN_CONDITION);
    assert_int_equal(function_in(f, "{\"Condition\": {}}"), CFN__FN_NONE);
}

static bool target_of(fixture *f, const char *json, const char **id, const char **attribute)
{
    return cfn__get_att_target(f->arena, read_json(f, json), id, attribute);
}

static void a_get_att_may_be_text_or_a_list(void **state)
{
    fixture *f = *state;
    const char *id = NULL, *attribute = NULL;
    assert_true(target_of(f, "{\"Fn::GetAtt\": \"Db.Endpoint.Address\"}", &id, &attribute));
    assert_string_equal(id, "Db");
    assert_string_equal(attribute, "Endpoint.Address");
    assert_true(target_of(f, "{\"Fn::GetAtt\": [\"Db\", \"Endpoint.Port\"]}", &id, &attribute));
    assert_string_equal(id, "Db");
    assert_string_equal(attribute, "Endpoint.Port");
}

static void a_get_att_of_a_computed_attribute_keeps_its_resource(void **state)
{
    fixture *f = *state;
    const char *id = NULL, *attribute = NULL;
    assert_false(target_of(f, "{\"Fn::GetAtt\": [\"Db\", {\"Ref\": \"P\"}]}", &id, &attribute));
    assert_string_equal(id, "Db");
    assert_null(attribute);
}

static void a_malformed_get_att_has_no_target(void **state)
{
    fixture *f = *state;
    const char *id = NULL, *attribute = NULL;
    assert_false(target_of(f, "{\"Fn::GetAtt\": \"Db\"}", &id, &attribute));
    assert_false(target_of(f, "{\"Fn::GetAtt\": \".Arn\"}", &id, &attribute));
    assert_false(target_of(f, "{\"Fn::GetAtt\": [\"Db\"]}", &id, &attribute));
    assert_false(target_of(f, "{\"Fn::GetAtt\": 1}", &id, &attribute));
}

/* Each piece in brackets, names after an equals sign. */
static void assert_pieces(const char *text, const char *expected)
{
    char got[256] = "";
    size_t used = 0;
    cfn__sub_piece piece;
    for (const char *next = text; cfn__sub_next(&next, &piece);) {
        used += (size_t)snprintf(got + used, sizeof got - used, "[%.*s", (int)piece.length,
                                 piece.start);
        if (piece.name)
            used += (size_t)snprintf(got + used, sizeof got - used, "=%.*s", (int)piece.name_length,
                                     piece.name);
        used += (size_t)snprintf(got + used, sizeof got - used, "]");
    }
    assert_string_equal(got, expected);
}

static void a_sub_is_cut_into_names_and_text(void **state)
{
    (void)state;
    assert_pieces("", "");
    assert_pieces("plain", "[plain]");
    assert_pieces("a${B.C}d", "[a][${B.C}=B.C][d]");
    assert_pieces("${A}${B}", "[${A}=A][${B}=B]");
}

static void spaces_around_a_name_do_not_count(void **state)
{
    (void)state;
    assert_pieces("${ A }", "[${ A }=A]");
    assert_pieces("${  }", "[${  }=]");
}

static void a_literal_is_no_name(void **state)
{
    (void)state;
    assert_pieces("${!A}", "[${!A}]");
    assert_pieces("$${A}$", "[$][${A}=A][$]");
}

static void what_is_not_closed_is_text(void **state)
{
    (void)state;
    assert_pieces("a${b", "[a][${b]");
    assert_pieces("${!b", "[${!b]");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(functions_are_known_by_their_key),
        TEST(other_maps_are_no_functions),
        TEST(a_condition_is_one_only_when_it_names_one),
        TEST(a_get_att_may_be_text_or_a_list),
        TEST(a_get_att_of_a_computed_attribute_keeps_its_resource),
        TEST(a_malformed_get_att_has_no_target),
        TEST(a_sub_is_cut_into_names_and_text),
        TEST(spaces_around_a_name_do_not_count),
        TEST(a_literal_is_no_name),
        TEST(what_is_not_closed_is_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
