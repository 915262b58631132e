/* What is wrong with JSON text, where, and how to mend it. */
#include "support.h"

/* One text, read alone: what is found, and part of what is said. */
static void assert_explained(const char *text, const char *found, const char *said)
{
    void *state = NULL;
    set_up(&state);
    fixture *f = state;
    read_as(f, text, CFN_FORMAT_JSON);
    assert_found(f, found);
    assert_said(f, said);
    tear_down(&state);
}

static void a_trailing_comma_is_explained(void **state)
{
    (void)state;
    assert_explained("{\"a\": 1,\n}", "CFN0101 1:8", "take the comma out");
}

static void a_trailing_comma_in_a_list_is_explained(void **state)
{
    (void)state;
    assert_explained("{\"a\": [1, ]}", "CFN0101 1:9", "take the comma out");
}

static void single_quotes_is_explained(void **state)
{
    (void)state;
    assert_explained("{'a': 1}", "CFN0101 1:2", "JSON has double quotes only");
}

static void a_key_without_quotes_is_explained(void **state)
{
    (void)state;
    assert_explained("{a: 1}", "CFN0101 1:2", "put text and keys in double quotes");
}

static void a_value_without_quotes_is_explained(void **state)
{
    (void)state;
    assert_explained("{\"a\": text}", "CFN0101 1:7", "put text and keys in double quotes");
}

static void a_comment_is_explained(void **state)
{
    (void)state;
    assert_explained("{\n// no\n\"a\": 1}", "CFN0101 2:1", "JSON has no comments");
}

static void a_comment_with_a_hash_is_explained(void **state)
{
    (void)state;
    assert_explained("{\"a\": 1 # no\n}", "CFN0101 1:9", "JSON has no comments");
}

static void a_missing_comma_is_explained(void **state)
{
    (void)state;
    assert_explained("{\"a\": 1\n\"b\": 2}", "CFN0101 1:8", "a comma is missing");
}

static void a_missing_comma_in_a_list_is_explained(void **state)
{
    (void)state;
    assert_explained("{\"a\": [1 2]}", "CFN0101 1:9", "put a comma before \"2\"");
}

static void a_missing_colon_is_explained(void **state)
{
    (void)state;
    assert_explained("{\"a\" 1}", "CFN0101 1:6", "write \"key\": value");
}

static void a_capital_literal_is_explained(void **state)
{
    (void)state;
    assert_explained("{\"a\": True}", "CFN0101 1:7", "did you mean true?");
}

static void none_is_explained(void **state)
{
    (void)state;
    assert_explained("{\"a\": None}", "CFN0101 1:7", "did you mean null?");
}

static void a_leading_zero_is_explained(void **state)
{
    (void)state;
    assert_explained("{\"a\": 012}", "CFN0101 1:7",
                     "a number begins with a digit, without zeros in front");
}

static void a_missing_value_is_explained(void **state)
{
    (void)state;
    assert_explained("{\"a\": }", "CFN0101 1:7", "a value stands here");
}

static void two_commas_is_explained(void **state)
{
    (void)state;
    assert_explained("{\"a\": 1,, \"b\": 2}", "CFN0101 1:9", "\",\" is not expected here");
}

static void the_wrong_bracket_is_explained(void **state)
{
    (void)state;
    assert_explained("{\"a\": [1}", "CFN0101 1:9", "']' expected here");
}

static void an_early_end_is_explained(void **state)
{
    (void)state;
    assert_explained("{\"a\": [1,\n 2", "CFN0101 2:3", "the [ of line 1, column 7 is not closed");
}

static void a_string_that_is_not_closed_is_explained(void **state)
{
    (void)state;
    assert_explained("{\"a\": \"x\n}", "CFN0101 1:7", "the string that begins here is not closed");
}

static void a_string_that_ends_the_text_is_explained(void **state)
{
    (void)state;
    assert_explained("{\"a\": \"x", "CFN0101 1:7", "the string that begins here is not closed");
}

static void an_unknown_escape_is_explained(void **state)
{
    (void)state;
    assert_explained("{\"a\": \"\\d\"}", "CFN0101 1:9", "a backslash itself is written");
}

static void a_tab_in_a_string_is_explained(void **state)
{
    (void)state;
    assert_explained("{\"a\": \"\t\"}", "CFN0101 1:8", "a control character stands in a string");
}

static void half_a_character_is_explained(void **state)
{
    (void)state;
    assert_explained("{\"a\": \"\\ud800\"}", "CFN0101 1:7",
                     "past U+FFFF two escapes make one character");
}

static void text_behind_the_document_is_explained(void **state)
{
    (void)state;
    assert_explained("{\"a\": 1} {}", "CFN0101 1:10", "one file holds one document");
}

static void an_escaped_nul_is_explained(void **state)
{
    (void)state;
    assert_explained("{\"a\": \"\\u0000\"}", "CFN0006 1:7", "\\u0000 stands in this string");
}

static void an_escaped_nul_in_a_key_is_explained(void **state)
{
    (void)state;
    assert_explained("{\"\\u0000\": 1}", "CFN0006 1:2", "\\u0000 stands in this key");
}

static void an_integer_of_more_than_64_bits_is_explained(void **state)
{
    (void)state;
    assert_explained("{\"a\": 9223372036854775808}", "CFN0102 1:7", "does not fit into 64 bits");
}

static void a_number_that_is_infinite_is_explained(void **state)
{
    (void)state;
    assert_explained("{\"a\": 1e400}", "CFN0102 1:7", "too large");
}

static void yaml_is_explained(void **state)
{
    (void)state;
    assert_explained("Resources: {}", "CFN0101 1:1", "put text and keys in double quotes");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_trailing_comma_is_explained),
        TEST(a_trailing_comma_in_a_list_is_explained),
        TEST(single_quotes_is_explained),
        TEST(a_key_without_quotes_is_explained),
        TEST(a_value_without_quotes_is_explained),
        TEST(a_comment_is_explained),
        TEST(a_comment_with_a_hash_is_explained),
        TEST(a_missing_comma_is_explained),
        TEST(a_missing_comma_in_a_list_is_explained),
        TEST(a_missing_colon_is_explained),
        TEST(a_capital_literal_is_explained),
        TEST(none_is_explained),
        TEST(a_leading_zero_is_explained),
        TEST(a_missing_value_is_explained),
        TEST(two_commas_is_explained),
        TEST(the_wrong_bracket_is_explained),
        TEST(an_early_end_is_explained),
        TEST(a_string_that_is_not_closed_is_explained),
        TEST(a_string_that_ends_the_text_is_explained),
        TEST(an_unknown_escape_is_explained),
        TEST(a_tab_in_a_string_is_explained),
        TEST(half_a_character_is_explained),
        TEST(text_behind_the_document_is_explained),
        TEST(an_escaped_nul_is_explained),
        TEST(an_escaped_nul_in_a_key_is_explained),
        TEST(an_integer_of_more_than_64_bits_is_explained),
        TEST(a_number_that_is_infinite_is_explained),
        TEST(yaml_is_explained),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
