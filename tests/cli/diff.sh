#!/bin/sh
# cfngen diff: templates and stack files against each other.
set -eu
cd "$(dirname "$0")/../.."
. tests/support/tap.sh
. tests/support/cli.sh
. tests/support/aws.sh
cd "$scratch"
good_stack good.yaml
cat >old.yaml <<'END'
Resources:
  Queue: {Type: "AWS::SQS::Queue", Properties: {QueueName: !Sub "a-${AWS::Region}", DelaySeconds: 1, FifoQueue: true}}
  Gone: {Type: "AWS::S3::Bucket", DeletionPolicy: Retain}
END
cat >new.yaml <<'END'
Resources:
  Queue: {Type: "AWS::SQS::Queue", Properties: {QueueName: !Sub "b-${AWS::Region}", DelaySeconds: "1", FifoQueue: false}}
  User: {Type: "AWS::SNS::Topic", Properties: {TopicName: !GetAtt Queue.QueueName}}
END

differences_are_the_result() {
    ends 0 diff old.yaml new.yaml
    says_nothing
    prints "[~] AWS::SQS::Queue Queue  replace  holds data: the messages that were not received yet"
    prints '     ├─ [-] true'
    prints '     └─ [+] false'
    prints "[+] AWS::SNS::Topic User  create"
    prints "[-] AWS::S3::Bucket Gone  orphan; it is retained"
    lacks out DelaySeconds
    lacks out "$(printf '\033')"
}
yaml_and_json_are_the_same() {
    "$CFNGEN" synth old.yaml -o old.json
    ends 0 diff old.yaml old.json --exit-code
    test "$(cat out)" = "There are no differences."
    says_nothing
}
the_exit_code_tells_on_request() {
    ends 1 diff old.yaml new.yaml --exit-code
    ends 0 diff old.yaml old.yaml --exit-code
    ends 0 diff old.yaml new.yaml
    ends 0 diff old.yaml new.yaml --exit-code --only security
    ends 1 diff old.yaml new.yaml --exit-code --only replacements
}
standard_input_is_one_of_the_two() {
    input=old.yaml
    ends 0 diff - old.yaml --exit-code
    ends 1 diff new.yaml - --exit-code
    ends 2 diff - -
    says "only one of the two can be standard input"
}
stack_files_are_expanded_first() {
    "$CFNGEN" synth good.yaml --suffix one --environment prod -o template.json
    ends 0 diff template.json good.yaml --suffix one --environment prod --exit-code
    ends 1 diff template.json good.yaml --suffix two --environment prod --exit-code
    prints AuroraWriter
    ends 1 diff template.json good.yaml --suffix one --environment prod --set InstanceClass=db.r6g.xlarge --exit-code
    prints "[~] Parameter InstanceClass"
    prints "(the parameter InstanceClass has another default)"
}
a_stack_file_with_errors_is_trouble() {
    sed 's/Port: 3306/Prt: 3306/' good.yaml >bad.yaml
    ends 3 diff bad.yaml good.yaml --exit-code
    prints_nothing
    says "bad.yaml:"
    says "error CFN"
    ends 3 diff good.yaml bad.yaml --diagnostics json
    holds_json_lines err
}
a_template_with_mistakes_is_compared() {
    echo 'Resources: {A: {Type: "AWS::SQS::Queue", Properties: {Nothing: !Ref Nowhere}}, B: 1, C: [x]}' >odd.yaml
    ends 0 diff odd.yaml odd.yaml --exit-code
    ends 1 diff odd.yaml old.yaml --exit-code
    says_nothing
}
what_is_no_template_is_trouble() {
    echo '{"a": 1}' >other.json
    ends 3 diff other.json new.yaml --exit-code
    prints_nothing
    says "other.json:1:1: error CFN6001: this is no template"
    ends 3 diff new.yaml nothing.yaml
    says "nothing.yaml: error CFN0002"
    echo 'A: [' >broken.yaml
    ends 3 diff broken.yaml new.yaml
    says CFN0201
}
json_is_for_programs() {
    ends 0 diff old.yaml new.yaml --format json
    prints '"version": 1'
    prints '"impact": "replace"'
    prints '"fate": "retained"'
    cp out first
    ends 0 diff old.yaml new.yaml --format json
    cmp out first
    tr -d '\n' <out >line.json
    echo >>line.json
    holds_json_lines line.json
}
markdown_is_for_comments() {
    ends 0 diff old.yaml new.yaml --format markdown
    prints "### Changes of the stack"
    prints "| ➖ | <code>Gone</code> | AWS::S3::Bucket | **orphan; it is retained** |"
}
context_is_a_number_of_lines() {
    for code in 1 2; do
        printf 'Resources:\n  F:\n    Type: T\n    Properties:\n      Code: |\n        one\n        two\n        %s\n        three\n' $code >code$code.yaml
    done
    ends 0 diff code1.yaml code2.yaml --context 1
    prints "two"
    prints "three"
    lacks out "one"
    ends 0 diff code1.yaml code2.yaml
    prints "one"
    for value in -1 x '' 10000; do ends 2 diff old.yaml new.yaml --context "$value"; done
    says "--context takes a number of lines"
}
two_files_are_needed() {
    ends 2 diff old.yaml
    says "two files are compared, or one with --stack"
    ends 2 diff
    says "something is missing: [OLD] NEW"
    ends 2 diff old.yaml new.yaml old.yaml
    ends 2 diff old.yaml new.yaml --only nothing
    ends 2 diff old.yaml new.yaml --format yaml
}
deployed_is() { # FILE: what aws answers when it is asked for the template
    printf '> cloudformation get-template --stack-name shop*\n{"TemplateBody": %s}\n' "$(cat "$1")" | scenario
}
what_is_deployed_is_the_old_one() {
    "$CFNGEN" synth old.yaml --minify -o deployed.json
    deployed_is deployed.json
    ends 1 diff new.yaml --stack shop --exit-code --region eu-west-2
    prints "[-] AWS::S3::Bucket Gone  orphan; it is retained"
    called "--template-stage Original"
    called "--region eu-west-2"
    ends 0 diff old.yaml --stack shop --exit-code
}
a_deployed_template_may_be_yaml() {
    printf '%s\n' '"Resources:\n  A: {Type: \"AWS::SQS::Queue\", Properties: {QueueName: !Ref AWS::Region}}\n"' >text.json
    deployed_is text.json
    echo 'Resources: {A: {Type: "AWS::SQS::Queue", Properties: {QueueName: !Sub "${AWS::Region}"}}}' >same.yaml
    ends 0 diff same.yaml --stack shop --exit-code
    printf '%s\n' '"Resources: ["' >text.json
    deployed_is text.json
    ends 3 diff same.yaml --stack shop --exit-code
    says "the template of the stack shop is neither JSON nor YAML"
    echo '{"A": 1}' >text.json
    deployed_is text.json
    ends 3 diff same.yaml --stack shop --exit-code
    says CFN6001
}
a_stack_that_is_not_there_is_trouble() {
    scenario <<'END'
> cloudformation get-template*
!error ValidationError Stack with id shop does not exist
END
    ends 3 diff new.yaml --stack shop --exit-code
    prints_nothing
    says "the template of the stack shop cannot be read"
    says "Stack with id shop does not exist"
}
aws_is_not_asked_about_a_file_with_mistakes() {
    echo | scenario
    ends 3 diff nothing.yaml --stack shop
    test -z "$(calls)"
    ends 2 diff old.yaml new.yaml --stack shop
    says "--stack is the old one"
}
a_terminal_shows_colours() {
    TERM=xterm on_a_terminal "'$CFNGEN' diff old.yaml new.yaml" >out
    prints "$(printf '\033[32m[+]\033[0m')"
    NO_COLOR=1 TERM=xterm on_a_terminal "'$CFNGEN' diff old.yaml new.yaml" >out
    lacks out "$(printf '\033')"
}

for test in differences_are_the_result yaml_and_json_are_the_same the_exit_code_tells_on_request \
    standard_input_is_one_of_the_two stack_files_are_expanded_first a_stack_file_with_errors_is_trouble \
    a_template_with_mistakes_is_compared what_is_no_template_is_trouble json_is_for_programs \
    markdown_is_for_comments context_is_a_number_of_lines two_files_are_needed \
    what_is_deployed_is_the_old_one a_deployed_template_may_be_yaml a_stack_that_is_not_there_is_trouble \
    aws_is_not_asked_about_a_file_with_mistakes; do
    check $test
done
if script -qec true /dev/null </dev/null >/dev/null 2>&1; then
    check a_terminal_shows_colours
else
    skip a_terminal_shows_colours "there is no script(1) to make a terminal"
fi
finish
