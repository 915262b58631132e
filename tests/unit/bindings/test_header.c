/* Headers of services: which there are, what they hold, and what is refused. The whole text of one
 * is in tests/project/bindings. */
#include "../schema/schema_support.h"

#include <cfngen/bindings.h>

static void every_service_stands_once_and_in_order(void **state)
{
    fixture *f = *state;
    const char *const *services = cfn_bindings_services(f->arena, cfn_schema_embedded());
    size_t count = 0;
    for (; services[count]; count++)
        assert_true(!count || strcmp(services[count - 1], services[count]) < 0);
    assert_true(count > 280);
}

static void a_header_is_called_by_vendor_and_service(void **state)
{
    fixture *f = *state;
    assert_string_equal(cfn_bindings_path(f->arena, "AWS::RDS"), "cfngen/aws/rds.h");
    assert_string_equal(cfn_bindings_path(f->arena, "Alexa::ASK"), "cfngen/alexa/ask.h");
}

/* Two services of one header would overwrite each other. */
static void no_two_services_have_one_header(void **state)
{
    fixture *f = *state;
    const char *const *services = cfn_bindings_services(f->arena, cfn_schema_embedded());
    for (size_t i = 0; services[i]; i++)
        for (size_t k = 0; k < i; k++)
            assert_string_not_equal(cfn_bindings_path(f->arena, services[i]),
                                    cfn_bindings_path(f->arena, services[k]));
}

static void the_same_facts_give_the_same_bytes(void **state)
{
    fixture *f = *state;
    size_t first = 0, second = 0;
    const char *text = cfn_bindings_text(f->arena, cfn_schema_embedded(), "AWS::EC2", &first);
    const char *again = cfn_bindings_text(f->arena, cfn_schema_embedded(), "AWS::EC2", &second);
    assert_int_equal(first, second);
    assert_string_equal(text, again);
}

static void a_type_without_three_words_has_no_binding(void **state)
{
    fixture *f = *state;
    const schema_file files[] = {
        {NULL, "a.json", "{\"typeName\":\"AWS::A::B\",\"properties\":{}}"},
        {NULL, "b.json", "{\"typeName\":\"Module\",\"properties\":{}}"},
        {NULL, NULL, NULL},
    };
    size_t size = 0;
    unsigned char *facts = build_facts(f, files, &size);
    const cfn_schema *schema = cfn_schema_open(f->diagnostics, "facts", facts, size);
    const char *const *services = cfn_bindings_services(f->arena, schema);
    assert_string_equal(services[0], "AWS::A");
    assert_null(services[1]);
    free(facts);
}

static void a_service_that_is_not_there_has_no_text(void **state)
{
    fixture *f = *state;
    size_t length = 0;
    assert_null(cfn_bindings_text(f->arena, cfn_schema_embedded(), "AWS::Rds", &length));
    assert_null(cfn_bindings_text(f->arena, cfn_schema_embedded(), "", &length));
}

static void writing_a_service_that_is_not_there_is_reported(void **state)
{
    fixture *f = *state;
    assert_false(cfn_bindings_write(cfn_schema_embedded(), f->diagnostics, "nowhere", "AWS::Rds"));
    assert_found(f, "CFN3006 0:0");
    assert_said(f, "the facts know no resource types of AWS::Rds");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(every_service_stands_once_and_in_order),
        TEST(a_header_is_called_by_vendor_and_service),
        TEST(no_two_services_have_one_header),
        TEST(the_same_facts_give_the_same_bytes),
        TEST(a_type_without_three_words_has_no_binding),
        TEST(a_service_that_is_not_there_has_no_text),
        TEST(writing_a_service_that_is_not_there_is_reported),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
