#!/bin/sh
# cfngen synth: where it reads and writes, and what its options do.
set -eu
cd "$(dirname "$0")/../.."
. tests/support/tap.sh
. tests/support/cli.sh
cd "$scratch"
good_stack good.yaml

a_stack_file_becomes_a_template_on_standard_output() {
    ends 0 synth good.yaml
    says_nothing
    prints '"Type": "AWS::RDS::DBCluster"'
    prints '"Type": "AWS::KMS::Key"'
    lacks out 'Cfngen::'
}
standard_input_is_read_without_a_file_and_with_a_dash() {
    "$CFNGEN" synth good.yaml >expected.json
    input=good.yaml
    for dash in '' -; do
        # shellcheck disable=SC2086
        ends 0 synth $dash
        cmp out expected.json
    done
}
a_terminal_as_input_is_refused() {
    # `script` makes standard input a terminal, too.
    on_a_terminal "'$CFNGEN' synth; echo status \$?" >out
    prints "standard input is a terminal"
    prints "status 2"
}
an_output_file_is_written() {
    "$CFNGEN" synth good.yaml >expected.json
    ends 0 synth good.yaml -o written.json
    prints_nothing
    says_nothing
    cmp written.json expected.json
}
the_output_s_extension_decides_the_format() {
    "$CFNGEN" synth good.yaml --format yaml >expected.yaml
    ends 0 synth good.yaml -o written.yaml
    cmp written.yaml expected.yaml
    ends 0 synth good.yaml -owritten.yml
    cmp written.yml expected.yaml
    ends 0 synth good.yaml --output=written.yaml --format=json
    head -c 1 written.yaml | grep -qF '{'
}
minified_json_has_one_line() {
    ends 0 synth good.yaml --minify
    test "$(wc -l <out)" = 1
    cp out minified.json
    "$CFNGEN" synth minified.json >again.json
    "$CFNGEN" synth good.yaml | cmp - again.json
}
the_size_that_counts_is_the_one_that_is_written() {
    "$CFNGEN" init rds-mysql-to-aurora-mysql . --force >said
    ends 0 synth rds-mysql-to-aurora-mysql.yaml --environment test --suffix s1
    says CFN1405
    ends 0 synth rds-mysql-to-aurora-mysql.yaml --environment test --suffix s1 --minify
    test ! -s err
}
minified_yaml_is_refused() {
    ends 2 synth good.yaml --minify --format yaml
    says "--minify is for JSON"
}
yaml_output_read_again_gives_the_same_json() {
    "$CFNGEN" synth good.yaml >expected.json
    "$CFNGEN" synth good.yaml --format yaml >again.yaml
    ends 0 synth again.yaml
    cmp out expected.json
}
ten_runs_are_identical() {
    "$CFNGEN" synth good.yaml --suffix a >expected.json
    for _ in 1 2 3 4 5 6 7 8 9 10; do
        "$CFNGEN" synth good.yaml --suffix a | cmp - expected.json
    done
}
line_ends_and_byte_order_marks_do_not_count() {
    "$CFNGEN" synth good.yaml >expected.json
    { printf '\357\273\277'; sed 's/$/\r/' good.yaml; } >crlf.yaml
    ends 0 synth crlf.yaml
    cmp out expected.json
    { printf '\357\273\277'; sed 's/$/\r/' expected.json; } >crlf.json
    ends 0 synth crlf.json
    cmp out expected.json
}
environment_and_suffix_end_names() {
    ends 0 synth good.yaml --environment prod --suffix pr42
    prints '"DBClusterIdentifier": "aurora-prod-pr42"'
    lacks out EnvironmentSuffix
    ends 0 synth good.yaml
    prints '"EnvironmentSuffix": {'
}
a_parameter_is_set() {
    ends 0 synth good.yaml --set InstanceClass=db.r6g.8xlarge
    prints '"Default": "db.r6g.8xlarge"'
    ends 0 synth good.yaml --set=InstanceClass=a=b
    prints '"Default": "a=b"'
}
a_setting_without_an_equals_sign_is_refused() {
    for setting in InstanceClass =x ''; do
        ends 2 synth good.yaml --set "$setting"
        says "--set takes Parameter=Value, not \"$setting\""
    done
}
regions_have_a_form() {
    for region in eu-central-1 us-gov-west-1 us-iso-east-1 ap-southeast-2 eusc-de-east-1; do
        ends 0 synth good.yaml --region $region
    done
    for region in '' eu central-1 eu-central eu-central-1a EU-CENTRAL-1 eu--1 eu-central-1-; do
        ends 2 synth good.yaml --region "$region"
        says "--region takes a region such as eu-central-1"
    done
}
warnings_alone_are_no_failure() {
    echo 'Resources: {A: {Type: "AWS::SQS::Queue", Properties: {FifoQueue: yes}}}' >warning.yaml
    ends 0 synth warning.yaml -o warned.json
    says "warning CFN0208"
    grep -qF '"FifoQueue": true' warned.json
}
several_files_go_into_a_folder() {
    mkdir -p a b existing
    good_stack a/one.yaml
    good_stack b/two.template.json.yml
    ends 0 synth a/one.yaml b/two.template.json.yml -o made/
    "$CFNGEN" synth good.yaml | cmp - made/one.template.json
    cmp made/one.template.json made/two.template.json
    ends 0 synth a/one.yaml b/two.template.json.yml -o existing --format yaml
    test "$(cd existing && echo *)" = "one.template.yaml two.template.yaml"
}
standard_input_goes_into_a_folder_as_stack() {
    input=good.yaml
    ends 0 synth -o piped/
    test "$(cd piped && echo *)" = stack.template.json
}
nothing_is_written_when_one_of_several_is_wrong() {
    echo 'A: 1' >bad.yaml
    ends 1 synth good.yaml bad.yaml -o untouched/
    says "bad.yaml:1:1: error CFN1001"
    test ! -e untouched
}
several_files_need_a_folder() {
    for output in '' '-o -' '-o one.json'; do
        # shellcheck disable=SC2086
        ends 2 synth good.yaml a.yaml $output
        says "several files need -o with a folder"
        prints_nothing
    done
}
two_files_of_the_same_name_are_refused() {
    mkdir -p same
    good_stack same/good.yml
    ends 2 synth good.yaml same/good.yml -o twice/
    says "good.yaml and same/good.yml would both become twice/good.template.json"
    test ! -e twice
}
an_input_is_never_written_over() {
    "$CFNGEN" synth good.yaml >own.template.json
    cp own.template.json before.json
    ends 2 synth own.template.json --suffix x -o .
    says "the template of own.template.json would be written over own.template.json"
    ends 2 synth own.template.json --suffix x -o ./own.template.json
    cmp own.template.json before.json
}
diagnostics_are_json_lines() {
    printf 'Resources:\n  "A\\tB": {Type: "AWS::SNS::Topic"}\n  C: {Typ: "x\\"y"}\n' >bad.yaml
    ends 1 synth bad.yaml --diagnostics json
    prints_nothing
    holds_json_lines err
    says '"id":"CFN1002","severity":"error","file":"bad.yaml","line":3,"column":7,'
    says '"path":["Resources","C","Typ"]'
}
colours_are_for_terminals() {
    escape=$(printf '\033')
    echo 'A: 1' >bad.yaml
    ends 1 synth bad.yaml
    lacks err "$escape"
    TERM=xterm on_a_terminal "'$CFNGEN' synth bad.yaml || :" >out
    prints "$escape"
    for setting in NO_COLOR=1 TERM=dumb; do
        env TERM=xterm $setting script -qec "'$CFNGEN' synth bad.yaml || :" /dev/null </dev/null >out
        prints CFN1001
        lacks out "$escape"
    done
}

for test in a_stack_file_becomes_a_template_on_standard_output standard_input_is_read_without_a_file_and_with_a_dash \
    an_output_file_is_written the_output_s_extension_decides_the_format minified_json_has_one_line \
    the_size_that_counts_is_the_one_that_is_written \
    minified_yaml_is_refused yaml_output_read_again_gives_the_same_json ten_runs_are_identical \
    line_ends_and_byte_order_marks_do_not_count environment_and_suffix_end_names a_parameter_is_set \
    a_setting_without_an_equals_sign_is_refused regions_have_a_form warnings_alone_are_no_failure \
    several_files_go_into_a_folder standard_input_goes_into_a_folder_as_stack \
    nothing_is_written_when_one_of_several_is_wrong several_files_need_a_folder two_files_of_the_same_name_are_refused \
    an_input_is_never_written_over diagnostics_are_json_lines; do
    check "$test"
done
for test in a_terminal_as_input_is_refused colours_are_for_terminals; do
    if command -v script >/dev/null; then check $test; else skip $test "no script"; fi
done
finish
