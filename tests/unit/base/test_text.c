/* UTF-8, numbers and nearness of words. */
#include "support.h"

#include "base/text.h"

static void valid_sequences_have_their_length(void **state)
{
    (void)state;
    assert_int_equal(cfn__utf8_length("a", 1), 1);
    assert_int_equal(cfn__utf8_length("\xc3\xa9", 2), 2);
    assert_int_equal(cfn__utf8_length("\xe2\x82\xac", 3), 3);
    assert_int_equal(cfn__utf8_length("\xf0\x9f\x98\x80", 4), 4);
}

static void what_is_not_utf8_has_length_zero(void **state)
{
    (void)state;
    static const char *const bad[] = {
        "\x80",             /* a continuation without a beginning */
        "\xc0\xaf",         /* overlong */
        "\xe0\x80\xaf",     /* overlong */
        "\xf0\x80\x80\xaf", /* overlong */
        "\xed\xa0\x80",     /* a surrogate */
        "\xf4\x90\x80\x80", /* past U+10FFFF */
        "\xff",
        "\xc3(",
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_int_equal(cfn__utf8_length(bad[i], strlen(bad[i])), 0);
}

static void a_sequence_that_is_cut_off_is_not_valid(void **state)
{
    (void)state;
    assert_int_equal(cfn__utf8_length("\xe2\x82\xac", 2), 0);
    assert_int_equal(cfn__utf8_length("", 0), 0);
}

static void columns_count_code_points(void **state)
{
    (void)state;
    assert_int_equal(cfn__utf8_count("a\xc3\xa9\xf0\x9f\x98\x80", 7), 3);
}

static void numbers_are_those_of_json(void **state)
{
    (void)state;
    static const char *const good[] = {"0", "-0", "12", "1.5", "0.10", "1e5", "1E+5", "-1.5e-10"};
    static const char *const bad[] = {"",   "-",   "01",  "+1", ".5",  "1.",
                                      "1e", "0x1", "1_0", "1 ", "NaN", "1.5.2"};
    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        assert_true(cfn__is_json_number(good[i]));
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_false(cfn__is_json_number(bad[i]));
}

static void the_nearest_word_is_found(void **state)
{
    (void)state;
    cfn__nearest nearest = cfn__nearest_to("Engin");
    cfn__nearest_offer(&nearest, "EngineVersion");
    cfn__nearest_offer(&nearest, "Engine");
    cfn__nearest_offer(&nearest, "Port");
    assert_string_equal(nearest.best, "Engine");
}

static void letter_case_counts_for_little(void **state)
{
    (void)state;
    cfn__nearest nearest = cfn__nearest_to("kmskeyid");
    cfn__nearest_offer(&nearest, "KmsKeyId");
    assert_string_equal(nearest.best, "KmsKeyId");
}

static void two_letters_in_the_wrong_order_are_one_mistake(void **state)
{
    (void)state;
    cfn__nearest nearest = cfn__nearest_to("Rfe");
    cfn__nearest_offer(&nearest, "Ref");
    assert_string_equal(nearest.best, "Ref");
}

static void words_far_away_are_not_offered(void **state)
{
    (void)state;
    cfn__nearest nearest = cfn__nearest_to("Port");
    cfn__nearest_offer(&nearest, "MasterUsername");
    assert_null(nearest.best);
}

static void prefixes_and_suffixes_are_recognised(void **state)
{
    (void)state;
    assert_true(cfn__starts_with("Fn::Sub", "Fn::"));
    assert_false(cfn__starts_with("F", "Fn::"));
    assert_true(cfn__ends_with("a.yaml", ".yaml"));
    assert_false(cfn__ends_with("yaml", ".yaml"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(valid_sequences_have_their_length),
        TEST(what_is_not_utf8_has_length_zero),
        TEST(a_sequence_that_is_cut_off_is_not_valid),
        TEST(columns_count_code_points),
        TEST(numbers_are_those_of_json),
        TEST(the_nearest_word_is_found),
        TEST(letter_case_counts_for_little),
        TEST(two_letters_in_the_wrong_order_are_one_mistake),
        TEST(words_far_away_are_not_offered),
        TEST(prefixes_and_suffixes_are_recognised),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
