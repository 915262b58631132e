/* What holds of patterns and test files, whatever they are; shared by their fuzzers and the unit
 * tests that replay inputs. */
#ifndef CFN_TESTS_ASSERTION_CHECKS_H
#define CFN_TESTS_ASSERTION_CHECKS_H

#include "checks.h"

#include <cfngen/test_suite.h>

static const char subject[] =
    "Parameters: {A: {Type: String, Default: a}, L: {Type: CommaDelimitedList, Default: 'x,y'}}\n"
    "Mappings: {M: {a: {b: c}}}\n"
    "Conditions: {C: !Equals [!Ref A, a], D: !Not [!Condition C]}\n"
    "Resources:\n"
    "  One: {Type: Custom::Queue, Properties: {DelaySeconds: 1, Tags: [{Key: a, Value: b}, {Key: "
    "c}]}}\n"
    "  Two: {Type: Custom::Queue, Condition: D, DependsOn: [One]}\n"
    "  Text: {Type: AWS::SNS::Topic, Properties: {TopicName: !Sub '{\"a\": [1, \"${A}\"]}', L: "
    "!Ref L}}\n"
    "  Role: {Type: AWS::IAM::Role, Properties: {Policies: [{PolicyDocument: {Statement: [{Effect: "
    "Allow, Action: 's3:*', Resource: !If [C, '*', !Ref A]}]}}]}}\n"
    "Outputs: {O: {Value: !Join ['-', [!Ref A, !FindInMap [M, !Ref A, b], !Select [0, !Ref "
    "L]]]}}\n";

CHECK void check_verdict(cfn_verdict v)
{
    must(v.text != NULL, "a verdict has a text");
    must(v.holds == (*v.text == '\0'), "a verdict that does not hold says why");
    must(!v.holds || !v.broken, "what cannot be decided does not hold");
    for (size_t i = 0; i < v.found_count; i++)
        must(cfn_node_key(v.found[i]) != NULL, "what is found has an id");
    for (size_t i = 0; i < v.capture_count; i++)
        must(v.captures[i].name && v.captures[i].value, "a capture is whole");
}

/* A pattern against everything, as it is and worked out. What matches does not fail to match. */
CHECK void check_a_pattern(const char *text, size_t length)
{
    reading r = read_input(subject, strlen(subject), CFN_FORMAT_YAML, 0);
    char *pattern = malloc(length + 1);
    must(r.root && pattern, "there is memory");
    memcpy(pattern, text, length);
    pattern[length] = '\0';
    for (int resolve = 0; resolve < 2; resolve++) {
        cfn_assertions *t = cfn_assertions_new(
            r.root, &(cfn_assertions_options){.resolve = resolve, .loose = length % 2});
        cfn_verdict has = cfn_assert_has_properties(t, "Custom::Queue", pattern);
        cfn_verdict none = cfn_assert_no_properties(t, "Custom::Queue", pattern);
        must(has.broken || has.holds != none.holds, "one of two opposites holds");
        must(has.broken == none.broken, "both can be decided, or neither");
        check_verdict(has);
        check_verdict(none);
        check_verdict(cfn_assert_all_resources(t, NULL, pattern));
        check_verdict(cfn_assert_no_properties(t, "AWS::SNS::Topic", pattern));
        check_verdict(cfn_assert_template(t, pattern));
        check_verdict(cfn_assert_has_output(t, "*", pattern));
        cfn_assertions_free(t);
    }
    free(pattern);
    forget(&r);
}

/* A test file is read whole or refused with a reason, and its tests come to an end. */
CHECK void check_a_test_file(const char *text, size_t length)
{
    reading r = read_input(subject, strlen(subject), CFN_FORMAT_YAML, 0);
    cfn_diagnostics *diagnostics = cfn_diagnostics_new();
    cfn_suite *suite = cfn_suite_read_text(diagnostics, "tests.yaml", text, length);
    must((suite != NULL) == (cfn_diagnostics_count(diagnostics, CFN_ERROR) == 0),
         "there is a suite, or else an error");
    must(cfn_diagnostics_text(diagnostics, false) != NULL, "the diagnostics have a text");
    for (size_t i = 0; suite && i < cfn_suite_size(suite) && i < 10; i++) {
        cfn_verdict v = cfn_suite_run(suite, i, r.root, false);
        must(v.holds == (*v.text == '\0'), "a test that fails says why");
        must(*cfn_suite_name_at(suite, i) != '\0', "a test has a name");
    }
    cfn_suite_free(suite);
    cfn_diagnostics_free(diagnostics);
    forget(&r);
}

#endif
