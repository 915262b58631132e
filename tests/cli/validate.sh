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


cat >queue.yaml <<'EOF'
Resources:
  A:
    Type: AWS::SQS::Queue
    Properties: {QueueNam: x}
EOF
resources_are_compared_with_the_facts() {
    ends 1 validate queue.yaml
    prints "queue.yaml:4:18: error CFN3103: AWS::SQS::Queue has no property QueueNam"
    prints "hint: did you mean QueueName?"
    says "1 error, 0 warnings, 0 notes"
    ends 1 synth queue.yaml
    prints_nothing
    says "CFN3103"
}
json_says_which_property_it_is() {
    ends 1 validate queue.yaml --diagnostics json
    holds_json_lines out
    prints '"id":"CFN3103","severity":"error"'
    prints '"path":["Resources","A","Properties","QueueNam"]'
    prints '"hint":"did you mean QueueName?"'
}
a_region_decides_what_there_is() {
    printf 'Resources:\n  A: {Type: "AWS::AppStream::AppBlockBuilder"}\n' >region.yaml
    ends 1 validate region.yaml
    lacks out CFN3102
    ends 1 validate region.yaml --region af-south-1
    prints "error CFN3102: AWS::AppStream::AppBlockBuilder does not exist in af-south-1"
}
other_facts_come_from_a_file() {
    printf '%s\n' '{"typeName":"AWS::SQS::Queue","additionalProperties":false,"properties":{"QueueNam":{"type":"string","maxLength":1}}}' >facts.json
    mkdir -p facts && mv facts.json facts/queue.json
    "$CFNGEN" schema build facts -o facts.bin 2>err || { cat err; return 1; }
    ends 0 validate queue.yaml --schema facts.bin
    sed 's/: x/: xy/' queue.yaml >long.yaml
    ends 1 validate long.yaml --schema facts.bin
    prints "CFN3109"
    CFNGEN_SCHEMA=facts.bin "$CFNGEN" validate queue.yaml >out 2>err
    prints "no problems"
}
a_check_can_be_silenced_with_a_reason() {
    sed 's/Type: .*/&\
    Metadata: {Cfngen: {Suppress: [{Id: CFN3103, Reason: it is new}]}}/' queue.yaml >silent.yaml
    ends 0 validate silent.yaml
    prints "no problems"
}

for test in a_good_file_has_no_problems errors_are_the_result a_warning_is_a_finding a_note_is_none \
    several_files_are_summed_up standard_input_is_read quiet_prints_problems_only json_is_one_object_a_line \
    options_are_those_of_synth a_file_is_needed the_template_of_synth_validates \
    resources_are_compared_with_the_facts json_says_which_property_it_is a_region_decides_what_there_is \
    other_facts_come_from_a_file a_check_can_be_silenced_with_a_reason; do
    check $test
done
finish
