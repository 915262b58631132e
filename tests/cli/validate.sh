#!/bin/sh
# cfngen validate: diagnostics are its result.
set -eu
cd "$(dirname "$0")/../.."
. tests/support/tap.sh
. tests/support/cli.sh
cd "$scratch"
good_stack good.yaml
echo 'Resources: {A: {Type: "AWS::SQS::Queue", Properties: {FifoQueue: yes}}}' >warning.yaml
printf 'Resources: {}\nUnknown: {}\nFurther: {}\n' >bad.yaml

a_good_file_has_no_problems() {
    ends 0 validate good.yaml
    test "$(cat out)" = "good.yaml: no problems"
    test "$(cat err)" = "0 errors, 0 warnings, 0 notes"
}
errors_are_the_result() {
    ends 1 validate bad.yaml
    prints "bad.yaml:2:1: error CFN1001"
    prints "bad.yaml:3:1: error CFN1001"
    says "3 errors, 0 warnings, 0 notes"
}
a_warning_is_a_finding() {
    ends 1 validate warning.yaml
    prints "warning CFN0208"
    test "$(cat err)" = "0 errors, 1 warning, 0 notes"
}
a_note_is_none() {
    sed '/AvailabilityZones/d' good.yaml >note.yaml
    ends 0 validate note.yaml
    prints "note CFN4111"
    test "$(cat err)" = "0 errors, 0 warnings, 1 note"
}
several_files_are_summed_up() {
    ends 1 validate good.yaml warning.yaml bad.yaml
    prints "good.yaml: no problems"
    prints "warning.yaml:1:"
    prints "bad.yaml:2:1: "
    says "3 errors, 1 warning, 0 notes"
}
standard_input_is_read() {
    input=good.yaml
    ends 0 validate -
    prints "<stdin>: no problems"
}
quiet_prints_problems_only() {
    ends 0 validate --quiet good.yaml
    prints_nothing
    says_nothing
    ends 1 validate -q good.yaml warning.yaml
    prints CFN0208
    lacks out "no problems"
    says_nothing
}
json_is_one_object_a_line() {
    ends 1 validate good.yaml bad.yaml --diagnostics json
    says_nothing
    holds_json_lines out
    test "$(wc -l <out)" = 3
    ends 0 validate good.yaml --diagnostics=json
    prints_nothing
    says_nothing
}
options_are_those_of_synth() {
    ends 1 validate good.yaml --suffix A_B --set Nothing=1
    prints CFN2011
    prints CFN2017
    ends 0 validate good.yaml --environment prod --suffix pr42 --region eu-central-1 --set InstanceClass=db.r6g.xlarge
    ends 2 validate good.yaml -o out.json
    says "unknown option -o"
}
a_file_is_needed() {
    ends 2 validate
    says "something is missing: FILE..."
}
the_template_of_synth_validates() {
    "$CFNGEN" synth good.yaml -o template.json
    ends 0 validate template.json
}

for test in a_good_file_has_no_problems errors_are_the_result a_warning_is_a_finding a_note_is_none \
    several_files_are_summed_up standard_input_is_read quiet_prints_problems_only json_is_one_object_a_line \
    options_are_those_of_synth a_file_is_needed the_template_of_synth_validates; do
    check $test
done
finish
