/* CloudFormation's short tags. */
#include "support.h"

static void a_ref_becomes_its_long_form(void **state)
{
    fixture *f = *state;
    assert_json(f, read_yaml(f, "A: !Ref B\n"), "{\"A\":{\"Ref\":\"B\"}}");
    assert_found(f, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {TEST(a_ref_becomes_its_long_form)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
