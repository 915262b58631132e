#!/bin/sh
# cfngen test: what it prints, where it writes, and how it ends.
set -eu
cd "$(dirname "$0")/../.."
. tests/support/tap.sh
. tests/support/cli.sh
cd "$scratch"
good_stack stack.yaml
cat >good.yaml <<'END'
template: stack.yaml
environment: prod
suffix: v1
tests:
  - name: there is one cluster
    count: {type: AWS::RDS::DBCluster, is: 1}
  - name: it is named for its environment
    has: {type: AWS::RDS::DBCluster, properties: {DBClusterIdentifier: aurora-prod-v1}}
END
cat >bad.yaml <<'END'
template: stack.yaml
tests:
  - name: "a name with <&>\" and #"
    count: {type: AWS::RDS::DBCluster, is: 2}
  - name: there is one cluster
    count: {type: AWS::RDS::DBCluster, is: 1}
END

tests_that_pass_end_with_0() {
    ends 0 test good.yaml
    says_nothing
    printf 'good.yaml\n  ok     there is one cluster\n  ok     it is named for its environment\n2 passed, 0 failed\n' >expected
    diff expected out
}
tests_that_fail_end_with_1_and_say_why() {
    ends 1 test bad.yaml good.yaml
    prints 'not ok a name with <&>" and #'
    prints 'bad.yaml:4: count'
    prints 'Expected 2 resources of type AWS::RDS::DBCluster but found 1'
    prints '3 passed, 1 failed'
}
tap_is_printed_on_request() {
    ends 1 test bad.yaml --format tap
    prints 'not ok 1 - a name with <&>" and \#'
    prints '# Expected 2 resources'
    prints 'ok 2 - there is one cluster'
    prints '1..2'
}
what_a_terminal_would_act_on_is_not_printed() {
    printf 'template: stack.yaml\ntests: [{name: "a\\e[31mb", has: {type: "A::B\\e::C"}}]\n' >hostile.yaml
    for format in text tap; do
        ends 1 test hostile.yaml --format $format --junit results.xml
        prints 'a?[31mb'
        prints 'A::B?::C'
        lacks out "$(printf '\033')"
        lacks results.xml "$(printf '\033')"
    done
}
junit_gets_what_failed() {
    ends 1 test good.yaml bad.yaml --junit results.xml
    for part in '<testsuites name="cfngen test" tests="4" failures="1" errors="0">' \
        '<testsuite name="bad.yaml" tests="2" failures="1" errors="0" skipped="0">' \
        'name="a name with &lt;&amp;&gt;&quot; and #" file="bad.yaml" line="3">' \
        '<failure message="bad.yaml:4: count">'; do
        grep -F -- "$part" results.xml
    done
    if command -v python3; then python3 -c 'import sys, xml.dom.minidom as m; m.parse("results.xml")'; fi
}
junit_gets_files_that_cannot_be_tested() {
    printf 'template: none.yaml\ntests: [{name: a, none: {type: A::B::C}}]\n' >lost.yaml
    ends 3 test lost.yaml --junit results.xml
    grep -F '<error message="none.yaml: error CFN0002' results.xml
    says 'none.yaml: error CFN0002'
}
junit_that_cannot_be_written_ends_with_3() {
    ends 3 test good.yaml --junit no/such/folder/results.xml
    says CFN0003
}
a_filter_chooses_tests() {
    ends 0 test bad.yaml good.yaml --filter 'one cluster'
    prints '2 passed, 0 failed'
    ends 2 test good.yaml --filter nothing
    says 'no test has "nothing" in its name'
    prints_nothing
}
mistakes_in_a_test_file_end_with_1() {
    printf 'template: stack.yaml\ntests: [{name: a, has: {type: A::B::C, propertis: {}}}]\n' >wrong.yaml
    ends 1 test wrong.yaml
    says 'wrong.yaml:2:40: error CFN6303: has takes no key propertis'
    says 'did you mean properties?'
    prints '0 passed, 1 failed'
    printf 'template: [\n' >wrong.yaml
    ends 1 test wrong.yaml good.yaml
    prints '2 passed, 1 failed'
}
a_stack_file_with_errors_fails() {
    printf 'Resources: {A: {Type: Cfngen::RDS::AuroraClstr}}\n' >broken-stack.yaml
    printf 'template: broken-stack.yaml\ntests: [{name: a, none: {type: A::B::C}}]\n' >broken.yaml
    ends 1 test broken.yaml
    says 'broken-stack.yaml:1:'
    prints 'not ok (the file can be tested)'
}
what_cannot_be_read_ends_with_3() {
    ends 3 test none.yaml
    says 'none.yaml: error CFN0002'
    ends 3 test .
    ends 2 test
    says 'something is missing: FILE...'
}
a_template_stands_beside_its_test_file() {
    mkdir -p folder
    cp stack.yaml good.yaml folder
    (cd / && ends 0 test "$scratch/folder/good.yaml")
}
snapshots_are_written_on_request() {
    printf 'template: stack.yaml\ntests: [{name: a, snapshot: golden.json}]\n' >snapshot.yaml
    ends 1 test snapshot.yaml
    prints 'there is no snapshot golden.json'
    test ! -f golden.json
    ends 0 test snapshot.yaml --update
    ends 0 test snapshot.yaml
    sed 's/aurora-mysql/aurora-postgresql/' golden.json >changed.json
    mv changed.json golden.json
    ends 1 test snapshot.yaml
    prints 'Template is not that of the snapshot golden.json'
    CFNGEN_UPDATE_SNAPSHOTS=1 ends 0 test snapshot.yaml
    ends 0 test snapshot.yaml
}

check tests_that_pass_end_with_0
check tests_that_fail_end_with_1_and_say_why
check tap_is_printed_on_request
check what_a_terminal_would_act_on_is_not_printed
check junit_gets_what_failed
check junit_gets_files_that_cannot_be_tested
check junit_that_cannot_be_written_ends_with_3
check a_filter_chooses_tests
check mistakes_in_a_test_file_end_with_1
check a_stack_file_with_errors_fails
check what_cannot_be_read_ends_with_3
check a_template_stands_beside_its_test_file
check snapshots_are_written_on_request
finish
