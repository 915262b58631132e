# Sourced by the tests of commands that talk to AWS, after cli.sh: tests/support/fake-aws answers.
#
#   scenario <<END         what the next calls of aws are answered; begins a new record of them
#   called TEXT            asserts that a call had these arguments; `calls` prints all of them
#   was_given TEXT         asserts that a call was given this text through its standard input
#
#   answer_of_stack STATUS [MEMBERS]   prints what describe-stacks says of a stack.
export CFNGEN_AWS="$PWD/tests/support/fake-aws" CFNGEN_AWS_WAIT=0 FAKE_AWS="$scratch/scenario"
unset CFNGEN_AWS_TIMEOUT

scenario() {
    rm -f "$FAKE_AWS" "$FAKE_AWS".*
    cat >"$FAKE_AWS"
    : >"$FAKE_AWS.calls"
    : >"$FAKE_AWS.input"
}

calls() {
    cat "$FAKE_AWS.calls"
}

called() {
    grep -qF -- "$1" "$FAKE_AWS.calls" || { echo "not called: $1"; calls; return 1; }
}

was_given() {
    grep -qF -- "$1" "$FAKE_AWS.input" || { echo "not given: $1"; cat "$FAKE_AWS.input"; return 1; }
}

answer_of_stack() { # STATUS [MEMBERS]
    printf '{"Stacks": [{"StackName": "shop", "StackId": "arn:aws:cloudformation:eu-west-2:123456789012:stack/shop/1", '
    printf '"CreationTime": "2026-01-02T03:04:05.678000+00:00", "StackStatus": "%s"%s}]}\n' "$1" "${2-}"
}
