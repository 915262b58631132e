/* The layer for cmocka: a verdict that does not hold fails the test, and is shown. */
#include "folder.h"

#include <cfngen/assertions_cmocka.h>
#include <unistd.h>

/* What the layer calls in the test that it is in; here it is noted instead. */
static size_t failures;
#undef fail
#define fail() failures++

/* Standard error goes to a file from here on; what it was is given back. */
static int hide_stderr(void)
{
    int before = dup(STDERR_FILENO);
    assert_non_null(freopen("said", "w", stderr));
    return before;
}

static void show_stderr(int before)
{
    fflush(stderr);
    assert_int_equal(dup2(before, STDERR_FILENO), STDERR_FILENO);
    close(before);
}

static void a_verdict_that_does_not_hold_fails_the_test(void **state)
{
    fixture *f = *state;
    cfn_assertions *t =
        cfn_assertions_new(read_yaml(f, "Outputs: {O: {Value: 1}}\n"), CFN_CMOCKA_OPTIONS);
    failures = 0;
    int before = hide_stderr();
    assert_holds(cfn_assert_has_output(t, "O", "Value: 1"));
    size_t after_good = failures;
    assert_holds(cfn_assert_has_output(t, "P", NULL));
    size_t after_bad = failures;
    show_stderr(before);
    assert_int_equal(after_good, 0);
    assert_int_equal(after_bad, 1);
    assert_file("said", "Template has 0 outputs named P; did you mean O?\n");
    cfn_assertions_free(t);
}

static void snapshots_are_updated_when_the_environment_says_so(void **state)
{
    (void)state;
    static const struct {
        const char *value;
        bool wants;
    } rows[] = {{"1", true}, {"yes", true}, {"0", false}, {"", false}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        setenv("CFNGEN_UPDATE_SNAPSHOTS", rows[i].value, 1);
        assert_int_equal(CFN_CMOCKA_OPTIONS->update_snapshots, rows[i].wants);
    }
    unsetenv("CFNGEN_UPDATE_SNAPSHOTS");
    assert_false(CFN_CMOCKA_OPTIONS->update_snapshots);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FOLDER_TEST(a_verdict_that_does_not_hold_fails_the_test),
        FOLDER_TEST(snapshots_are_updated_when_the_environment_says_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
