/* Reading files and standard input. */
#include "folder.h"

static void a_file_is_read_by_its_extension(void **state)
{
    fixture *f = *state;
    put_file("a.yaml", "{a: 1}\n");
    put_file("a.json", "{\"a\": 1}\n");
    assert_json(f, cfn_read_file(f->arena, f->diagnostics, "a.yaml", CFN_FORMAT_AUTO), "{\"a\":1}");
    assert_json(f, cfn_read_file(f->arena, f->diagnostics, "a.json", CFN_FORMAT_AUTO), "{\"a\":1}");
}

static void marks_name_the_path_as_it_was_given(void **state)
{
    fixture *f = *state;
    put_file("a.yaml", "a: 1\n");
    const cfn_node *root = cfn_read_file(f->arena, f->diagnostics, "./a.yaml", CFN_FORMAT_AUTO);
    assert_string_equal(cfn_node_mark(root).file, "./a.yaml");
}

static void a_file_that_does_not_exist_is_an_error(void **state)
{
    fixture *f = *state;
    assert_null(cfn_read_file(f->arena, f->diagnostics, "none.yaml", CFN_FORMAT_AUTO));
    assert_found(f, "CFN0002 0:0");
    assert_said(f, "none.yaml: error CFN0002: the file cannot be read: No such file or directory");
}

static void a_folder_is_an_error(void **state)
{
    fixture *f = *state;
    assert_null(cfn_read_file(f->arena, f->diagnostics, ".", CFN_FORMAT_AUTO));
    assert_said(f, "Is a directory");
    assert_said(f, "hint: name a file in this folder");
}

static void an_empty_file_is_an_error(void **state)
{
    fixture *f = *state;
    put_file("a.yaml", "");
    assert_null(cfn_read_file(f->arena, f->diagnostics, "a.yaml", CFN_FORMAT_AUTO));
    assert_found(f, "CFN0007 0:0");
}

static void a_file_larger_than_the_limit_is_not_read(void **state)
{
    fixture *f = *state;
    put_file("a.yaml", "a: 1\n");
    assert_int_equal(truncate("a.yaml", (off_t)1 << 40), 0);
    assert_null(cfn_read_file(f->arena, f->diagnostics, "a.yaml", CFN_FORMAT_AUTO));
    assert_found(f, "CFN0004 0:0");
}

static void an_endless_file_is_read_no_further_than_the_limit(void **state)
{
    fixture *f = *state;
    assert_null(cfn_read_file(f->arena, f->diagnostics, "/dev/zero", CFN_FORMAT_AUTO));
    assert_found(f, "CFN0004 0:0");
}

static void a_minus_is_standard_input(void **state)
{
    fixture *f = *state;
    put_file("in", "a: yes\n");
    assert_non_null(freopen("in", "rb", stdin));
    assert_json(f, cfn_read_file(f->arena, f->diagnostics, "-", CFN_FORMAT_AUTO), "{\"a\":true}");
    assert_said(f, "<stdin>:1:4: warning");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FOLDER_TEST(a_file_is_read_by_its_extension),
        FOLDER_TEST(marks_name_the_path_as_it_was_given),
        FOLDER_TEST(a_file_that_does_not_exist_is_an_error),
        FOLDER_TEST(a_folder_is_an_error),
        FOLDER_TEST(an_empty_file_is_an_error),
        FOLDER_TEST(a_file_larger_than_the_limit_is_not_read),
        FOLDER_TEST(an_endless_file_is_read_no_further_than_the_limit),
        FOLDER_TEST(a_minus_is_standard_input),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
