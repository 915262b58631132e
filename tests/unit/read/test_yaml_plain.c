/* What plain scalars mean; docs/reading.md has the rules. */
#include "support.h"

#include "read/plain.h"

static void numbers_are_those_of_json_and_keep_their_text(void **state)
{
    fixture *f = *state;
    assert_json(f, read_yaml(f, "a: [0, -1, 1.50, 1e5, 1E+05, -0.0, 9223372036854775807]\n"),
                "{\"a\":[0,-1,1.50,1e5,1E+05,-0.0,9223372036854775807]}");
    assert_found(f, "");
}

static void true_and_false_are_booleans(void **state)
{
    fixture *f = *state;
    assert_json(f, read_yaml(f, "a: [true, True, TRUE, false, False, FALSE]\n"),
                "{\"a\":[true,true,true,false,false,false]}");
    assert_found(f, "");
}

static void yes_and_no_are_booleans_with_a_warning(void **state)
{
    fixture *f = *state;
    assert_json(f, read_yaml(f, "a: [yes, No, ON, off]\n"), "{\"a\":[true,false,true,false]}");
    assert_found(f, "CFN0208 1:5, CFN0208 1:10, CFN0208 1:14, CFN0208 1:18");
    assert_said(f, "hint: write true, or \"yes\" when text is meant");
}

static void y_and_n_are_text(void **state)
{
    fixture *f = *state;
    assert_json(f, read_yaml(f, "a: [y, Y, n, N]\n"), "{\"a\":[\"y\",\"Y\",\"n\",\"N\"]}");
    assert_found(f, "");
}

static void null_the_tilde_and_nothing_are_null(void **state)
{
    fixture *f = *state;
    assert_json(f, read_yaml(f, "a: [null, Null, NULL, ~]\nb:\n"),
                "{\"a\":[null,null,null,null],\"b\":null}");
    assert_found(f, "");
}

static void dates_are_text(void **state)
{
    fixture *f = *state;
    assert_json(f, read_yaml(f, "a: [2012-10-17, 2010-09-09T10:00:00Z]\n"),
                "{\"a\":[\"2012-10-17\",\"2010-09-09T10:00:00Z\"]}");
    assert_found(f, "");
}

static void an_account_number_with_a_zero_in_front_is_text_with_a_warning(void **state)
{
    fixture *f = *state;
    assert_json(f, read_yaml(f, "a: 012345670001\n"), "{\"a\":\"012345670001\"}");
    assert_found(f, "CFN0209 1:4");
    assert_said(f, "hint: put it in quotes: \"012345670001\"");
}

static void what_only_some_yaml_readers_take_for_a_number_is_text_with_a_warning(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "22:22", "190:20:30", "0x1F", "0b101", "0o17", "0777", "08",  "1_000", "+1",    ".5",
        "5.",    "1.e3",      ".inf", "-.INF", ".nan", "+0x1", "-01", "00",    "1_0.5", "20:30.15"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        assert_int_equal(cfn__plain_of(texts[i]), CFN__PLAIN_NUMBER_LIKE);
}

static void text_with_digits_in_it_is_just_text(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "1.2.3", "10.0.0.0/16", "127.0.0.1", "80:8080", "22:61",  "1e",      "0x",
        "0xg",   "-",           "1 000",     "12a",     "1-2",    "a1",      "5432/tcp",
        "3.8.x", ".",           "..",        "+",       "db.r6g", "2012-10", "1:2:x",
        "e5",    ".e5",         "1.5e",      "0b2",     "_1",     "arn:x"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        assert_int_equal(cfn__plain_of(texts[i]), CFN__PLAIN_TEXT);
}

static void quoted_scalars_are_text(void **state)
{
    fixture *f = *state;
    assert_json(f, read_yaml(f, "a: ['1', \"yes\", 'null', '012']\nb: |-\n  1\nc: ''\n"),
                "{\"a\":[\"1\",\"yes\",\"null\",\"012\"],\"b\":\"1\",\"c\":\"\"}");
    assert_found(f, "");
}

static void a_number_too_large_for_json_is_refused_here_too(void **state)
{
    fixture *f = *state;
    assert_null(read_yaml(f, "a: 9223372036854775808\nb: 1e400\n"));
    assert_found(f, "CFN0102 1:4, CFN0102 2:4");
}

static void tags_of_yaml_are_honoured(void **state)
{
    fixture *f = *state;
    assert_json(
        f,
        read_yaml(
            f, "a: !!str 12\nb: ! 12\nc: !!int '5'\nd: !!float 1.5\ne: !!bool yes\nf: !!null ''\n"
               "g: !!map {}\nh: !!seq []\ni: &x ! 0x1\nj: ! text\nk: ! [1]\n"),
        "{\"a\":\"12\",\"b\":\"12\",\"c\":5,\"d\":1.5,\"e\":true,\"f\":null,\"g\":{},\"h\":[],"
        "\"i\":\"0x1\",\"j\":\"text\",\"k\":[1]}");
    assert_found(f, "");
}

static void tags_of_yaml_that_do_not_fit_are_refused(void **state)
{
    fixture *f = *state;
    assert_null(read_yaml(
        f, "a: !!int x\nb: !!int 1.5\nc: !!bool 1\nd: !!map x\ne: !!str [a]\nf: !!float .inf\n"));
    assert_found(f, "CFN0210 1:4, CFN0210 2:4, CFN0210 3:4, CFN0210 4:4, CFN0210 5:4, CFN0210 6:4");
}

static void tags_of_yaml_that_json_has_no_value_for_are_refused(void **state)
{
    fixture *f = *state;
    assert_null(read_yaml(f, "a: !!binary aGk=\nb: !!timestamp 2012-10-17\nc: !!set {a}\n"));
    assert_found(f, "CFN0202 1:4, CFN0202 2:4, CFN0202 3:4");
    assert_said(f, "!!binary");
}

static void every_form_of_yes_and_no_is_known(void **state)
{
    (void)state;
    static const char *const yes[] = {"yes", "Yes", "YES", "on", "On", "ON"};
    static const char *const no[] = {"no", "No", "NO", "off", "Off", "OFF"};
    for (size_t i = 0; i < sizeof yes / sizeof *yes; i++) {
        assert_int_equal(cfn__plain_of(yes[i]), CFN__PLAIN_YES);
        assert_int_equal(cfn__plain_of(no[i]), CFN__PLAIN_NO);
    }
    assert_int_equal(cfn__plain_of("yEs"), CFN__PLAIN_TEXT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(numbers_are_those_of_json_and_keep_their_text),
        TEST(true_and_false_are_booleans),
        TEST(yes_and_no_are_booleans_with_a_warning),
        TEST(y_and_n_are_text),
        TEST(null_the_tilde_and_nothing_are_null),
        TEST(dates_are_text),
        TEST(an_account_number_with_a_zero_in_front_is_text_with_a_warning),
        TEST(what_only_some_yaml_readers_take_for_a_number_is_text_with_a_warning),
        TEST(text_with_digits_in_it_is_just_text),
        TEST(quoted_scalars_are_text),
        TEST(a_number_too_large_for_json_is_refused_here_too),
        TEST(tags_of_yaml_are_honoured),
        TEST(tags_of_yaml_that_do_not_fit_are_refused),
        TEST(tags_of_yaml_that_json_has_no_value_for_are_refused),
        TEST(every_form_of_yes_and_no_is_known),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
