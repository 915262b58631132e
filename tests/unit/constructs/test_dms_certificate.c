/* Cfngen::DMS::Certificate. */
#include "folder.h"
#include "stack_support.h"

#include "constructs/dms.h"

#define BEGIN "-----BEGIN CERTIFICATE-----\n"
#define END   "-----END CERTIFICATE-----\n"
#define ONE   BEGIN "MIIB\nAQ==\n" END

static void comments_and_line_ends_of_other_systems_are_left_out(void **state)
{
    stack_fixture *t = *state;
    const char *fault = NULL;
    const char *text = "# The authority\r\n-----BEGIN CERTIFICATE-----\r\nMIIB\r\nAQ== \r\n"
                       "-----END CERTIFICATE-----\r\n\r\nAnother one\n" ONE;
    const char *pem = cfn__pem_certificates(cfn_stack_arena(t->stack), text, &fault);
    assert_null(fault);
    assert_string_equal(pem, ONE ONE);
}

static void what_holds_no_certificates_is_refused(void **state)
{
    stack_fixture *t = *state;
    static const char *const texts[] = {
        "",
        "hello\n",
        BEGIN "MIIB\n",
        "MIIB\n" END,
        BEGIN BEGIN "MIIB\n" END,
        BEGIN "not base64!\n" END,
        ONE "-----BEGIN PRIVATE KEY-----\nMIIB\n-----END PRIVATE KEY-----\n",
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        const char *fault = NULL;
        assert_null(cfn__pem_certificates(cfn_stack_arena(t->stack), texts[i], &fault));
        assert_non_null(fault);
    }
}

static void without_a_file_the_template_asks_for_an_arn(void **state)
{
    stack_fixture *t = *state;
    synth(t, "Resources: {C: {Type: 'Cfngen::DMS::Certificate'}, T: {Type: 'AWS::SNS::Topic'}}\n"
             "Outputs: {O: {Value: !Ref C}, A: {Value: !GetAtt C.Arn}}\n");
    assert_at(t, "Parameters/CArn/Type", "\"String\"");
    assert_at(t, "Outputs/O/Value", "{\"Ref\":\"CArn\"}");
    assert_at(t, "Outputs/A/Value", "{\"Ref\":\"CArn\"}");
    assert_nothing_at(t, "Resources/C");
}

static void a_certificate_of_another_service_is_refused(void **state)
{
    stack_fixture *t = *state;
    synth(t, "Resources:\n  C: {Type: 'Cfngen::DMS::Certificate', Properties: {CertificateArn: "
             "'arn:aws:acm:eu-west-2:111122223333:certificate/1'}}\n"
             "  T: {Type: 'AWS::SNS::Topic'}\n");
    assert_found(&t->f, "CFN2024 2:70");
}

static void a_file_that_is_not_there_is_reported(void **state)
{
    stack_fixture *t = *state;
    synth(t, "Resources:\n  C: {Type: 'Cfngen::DMS::Certificate', Properties: {File: "
             "/nonexistent/ca.pem}}\n");
    assert_said(&t->f, "/nonexistent/ca.pem: error CFN0002");
}

static void a_file_that_never_ends_is_not_read(void **state)
{
    stack_fixture *t = *state;
    synth(t, "Resources:\n  C: {Type: 'Cfngen::DMS::Certificate', Properties: {File: "
             "/dev/zero}}\n");
    assert_said(&t->f, "/dev/zero: error CFN0002");
}

static void a_file_and_an_arn_exclude_each_other(void **state)
{
    stack_fixture *t = *state;
    synth(t, "Parameters: {P: {Type: String}}\n"
             "Resources:\n  C: {Type: 'Cfngen::DMS::Certificate', Properties: {File: /dev/null, "
             "CertificateArn: !Ref P}}\n");
    assert_said(&t->f, "File and CertificateArn exclude each other");
}

/* Synthesises a stack file that stands in a folder with a certificate file. */
static void synth_with(stack_fixture *t, const char *pem)
{
    char folder[] = "/tmp/cfngen-test-XXXXXX", certificate[60], file[60];
    assert_non_null(mkdtemp(folder));
    snprintf(certificate, sizeof certificate, "%s/ca.pem", folder);
    snprintf(file, sizeof file, "%s/stack.yaml", folder);
    put_file(certificate, pem);
    put_file(file,
             "Resources:\n  C: {Type: 'Cfngen::DMS::Certificate', Properties: {File: ca.pem}}\n");
    cfn_stack_read(t->stack, file, CFN_FORMAT_AUTO);
    t->template = cfn_stack_synth(t->stack);
    unlink(certificate);
    unlink(file);
    rmdir(folder);
}

static void a_relative_path_starts_where_the_stack_file_is(void **state)
{
    stack_fixture *t = *state;
    synth_with(t, "An authority\n" ONE);
    assert_found(&t->f, "");
    assert_at(t, "Resources/C/Properties/CertificatePem",
              "\"-----BEGIN CERTIFICATE-----\\nMIIB\\nAQ==\\n-----END CERTIFICATE-----\\n\"");
}

/* A certificate cannot be changed, so other content needs another name. */
static void the_name_changes_with_the_content(void **state)
{
    stack_fixture *t = *state;
    synth_with(t, ONE);
    const char *first = strdup(
        cfn_node_text(cfn_node_find(t->template, "Resources/C/Properties/CertificateIdentifier")));
    restart(t, &(cfn_stack_options){.environment = "test", .suffix = "s1"});
    synth_with(t, ONE ONE);
    const char *second =
        cfn_node_text(cfn_node_find(t->template, "Resources/C/Properties/CertificateIdentifier"));
    assert_string_not_equal(first, second);
    assert_int_equal(strncmp(second, "c-", 2), 0);
    free((char *)first);
}

static void a_file_without_certificates_is_refused(void **state)
{
    stack_fixture *t = *state;
    synth_with(t, "hello\n");
    assert_found(&t->f, "CFN4345 2:60");
}

static void a_bundle_of_all_regions_is_warned_of(void **state)
{
    enum { MANY = 2000 };
    stack_fixture *t = *state;
    char *all = calloc(MANY, sizeof ONE);
    for (int i = 0; i < MANY; i++)
        memcpy(all + (size_t)i * (sizeof ONE - 1), ONE, sizeof ONE - 1);
    synth_with(t, all);
    free(all);
    assert_said(&t->f, "CFN4349");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        STACK_TEST(comments_and_line_ends_of_other_systems_are_left_out),
        STACK_TEST(what_holds_no_certificates_is_refused),
        STACK_TEST(without_a_file_the_template_asks_for_an_arn),
        STACK_TEST(a_certificate_of_another_service_is_refused),
        STACK_TEST(a_file_that_is_not_there_is_reported),
        STACK_TEST(a_file_that_never_ends_is_not_read),
        STACK_TEST(a_file_and_an_arn_exclude_each_other),
        STACK_TEST(a_relative_path_starts_where_the_stack_file_is),
        STACK_TEST(the_name_changes_with_the_content),
        STACK_TEST(a_file_without_certificates_is_refused),
        STACK_TEST(a_bundle_of_all_regions_is_warned_of),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
