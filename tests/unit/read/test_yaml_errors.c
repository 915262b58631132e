/* What is wrong with YAML text, where, and how to mend it. */
#include "support.h"

/* One text, read alone: what is found, and part of what is said. */
static void assert_explained(const char *text, const char *found, const char *said)
{
    void *state = NULL;
    set_up(&state);
    fixture *f = state;
    read_as(f, text, CFN_FORMAT_YAML);
    assert_found(f, found);
    assert_said(f, said);
    tear_down(&state);
}

static void a_tab_for_indentation_is_explained(void **state)
{
    (void)state;
    assert_explained("a:\n\tb: 1\n", "CFN0201 2:1", "indent with spaces");
}

static void a_colon_inside_a_value_is_explained(void **state)
{
    (void)state;
    assert_explained("a: b: c\n", "CFN0201 1:5", "put text that holds \": \" in quotes");
}

static void a_value_with_an_at_sign_is_explained(void **state)
{
    (void)state;
    assert_explained("a: @b\n", "CFN0201 1:4", "put text that begins with @");
}

static void a_value_with_a_percent_sign_is_explained(void **state)
{
    (void)state;
    assert_explained("a: %b\n", "CFN0201 1:4", "put text that begins with @, %");
}

static void a_value_with_a_star_is_explained(void **state)
{
    (void)state;
    assert_explained("a: *\n", "CFN0201 1:4", "put text that begins with * in quotes");
}

static void a_host_with_a_star_is_explained(void **state)
{
    (void)state;
    assert_explained("a: *.example.com\n", "CFN0201 1:4", "put text that begins with * in quotes");
}

static void a_value_with_an_ampersand_is_explained(void **state)
{
    (void)state;
    assert_explained("a: & b\n", "CFN0201 1:4", "put text that begins with & in quotes");
}

static void a_quote_that_is_not_closed_is_explained(void **state)
{
    (void)state;
    assert_explained("a: \"b\nc: d\n", "CFN0201 1:4", "the quote that opens here is not closed");
}

static void text_behind_a_quoted_value_is_explained(void **state)
{
    (void)state;
    assert_explained("a: \"b\" c\n", "CFN0201 1:8", "put all of a text in quotes, or none");
}

static void an_unknown_escape_is_explained(void **state)
{
    (void)state;
    assert_explained("a: \"\\d\"\n", "CFN0201 1:5", "use single quotes");
}

static void half_a_character_is_explained(void **state)
{
    (void)state;
    assert_explained("a: \"\\ud83d\\ude00\"\n", "CFN0201 1:7", "past U+FFFF write one escape");
}

static void a_key_without_a_colon_is_explained(void **state)
{
    (void)state;
    assert_explained("a: 1\nb\nc: 2\n", "CFN0201 2:1", "a key without a colon");
}

static void a_wrong_indentation_is_explained(void **state)
{
    (void)state;
    assert_explained("a:\n    b: 1\n  c: 2\n", "CFN0201 3:3",
                     "give the keys of a mapping the same indentation");
}

static void a_list_member_out_of_line_is_explained(void **state)
{
    (void)state;
    assert_explained("a:\n  - b\n c: d\n", "CFN0201 3:2", "indentation");
}

static void a_list_that_is_not_closed_is_explained(void **state)
{
    (void)state;
    assert_explained("a: [b, c\nd: e\n", "CFN0201 2:2", "a comma or ] is missing");
}

static void a_mapping_that_is_not_closed_is_explained(void **state)
{
    (void)state;
    assert_explained("a: {b: c\n", "CFN0201 2:1", "a comma or } is missing");
}

static void a_list_on_the_line_of_its_key_is_explained(void **state)
{
    (void)state;
    assert_explained("a: - b\n", "CFN0201 1:4", "put - on a line of its own");
}

static void an_unknown_tag_prefix_is_explained(void **state)
{
    (void)state;
    assert_explained("a: !x!y z\n", "CFN0201 1:4", "this tag has a prefix that is not known");
}

static void a_control_character_is_explained(void **state)
{
    (void)state;
    assert_explained("a: \x01"
                     "\n",
                     "CFN0201 1:4", "U+0001 cannot stand in YAML");
}

static void text_behind_a_block_sign_is_explained(void **state)
{
    (void)state;
    assert_explained("a: | text\n", "CFN0201 1:6", "begin the text on the next line");
}

static void problems_before_a_mistake_are_reported_too(void **state)
{
    fixture *f = *state;
    read_yaml(f, "a: yes\nb: 1\nb: 2\nc: !X y\nd: 'x\n");
    assert_found(f, "CFN0208 1:4, CFN0202 4:4, CFN0201 5:4");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_tab_for_indentation_is_explained),
        TEST(a_colon_inside_a_value_is_explained),
        TEST(a_value_with_an_at_sign_is_explained),
        TEST(a_value_with_a_percent_sign_is_explained),
        TEST(a_value_with_a_star_is_explained),
        TEST(a_host_with_a_star_is_explained),
        TEST(a_value_with_an_ampersand_is_explained),
        TEST(a_quote_that_is_not_closed_is_explained),
        TEST(text_behind_a_quoted_value_is_explained),
        TEST(an_unknown_escape_is_explained),
        TEST(half_a_character_is_explained),
        TEST(a_key_without_a_colon_is_explained),
        TEST(a_wrong_indentation_is_explained),
        TEST(a_list_member_out_of_line_is_explained),
        TEST(a_list_that_is_not_closed_is_explained),
        TEST(a_mapping_that_is_not_closed_is_explained),
        TEST(a_list_on_the_line_of_its_key_is_explained),
        TEST(an_unknown_tag_prefix_is_explained),
        TEST(a_control_character_is_explained),
        TEST(text_behind_a_block_sign_is_explained),
        TEST(problems_before_a_mistake_are_reported_too),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
