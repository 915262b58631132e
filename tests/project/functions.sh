#!/bin/sh
# Checks the pages of the functions for Lambda: failures and their tests, variables, calls and metrics are those of the code.
set -eu
cd "$(dirname "$0")/../.."
. tests/support/tap.sh

# Where each of them has its page, name in failures, environment, calls and metrics.
choose() { # FUNCTION
    page=docs/$1.md
    case $1 in
    validator) name=Validator settings=lib/lambda/settings.c calls=CFN__VALIDATOR_CALLS ;;
    cutover) name=Cutover settings=lib/lambda/cutover_settings.c calls=CFN__CUTOVER_CALLS ;;
    esac
    metrics=lib/lambda/$1.c
}

# A column of the table that begins with a line, without that and the next one.
column() { # HEADING NUMBER
    awk -F ' *[|] *' -v heading="$1" -v column="$2" '
        $0 == heading { inside = 1; next }
        !/^\|/ { inside = 0 }
        inside && !/^\|---/ { print $column }' "$page"
}
quoted() {
    grep -o '`[A-Za-z0-9_.:]*`' | tr -d '`' | LC_ALL=C sort -u
}
same() { # what the code has in $scratch/code, what the page has on standard input
    LC_ALL=C sort -u >"$scratch/page"
    test -s "$scratch/page"
    LC_ALL=C sort -u "$scratch/code" | diff - "$scratch/page"
}
failures='| failure | answer | tests |'

every_failure_has_an_answer_and_a_test() {
    choose "$1"
    awk -F ' *[|] *' -v heading="$failures" '
        $0 == heading { inside = 1; next }
        !/^\|/ { inside = 0 }
        inside && !/^\|---/ { rows++; if (NF != 5 || $2 == "" || $3 == "" || $4 !~ /`/) { print; bad = 1 } }
        END { exit bad || rows < 20 }' "$page"
}
every_type_of_error_is_in_the_table() {
    choose "$1"
    grep -o "\"$name\.[A-Za-z]*" lib/lambda/failure.h | tr -d '"' >"$scratch/code"
    column "$failures" 3 | quoted | grep "^$name" | same
}
every_test_of_the_table_exists() {
    choose "$1"
    sed -n -e 's/^ *TEST(\([a-z0-9_]*\)).*/\1/p' tests/unit/lambda/*.c >"$scratch/tests"
    grep -ho '^[a-z0-9_]*() {' tests/lambda/*.sh tests/compare/faults.sh tests/support/lambda.sh | sed 's/() {//' >>"$scratch/tests"
    LC_ALL=C sort -u "$scratch/tests" >"$scratch/known"
    { column "$failures" 4; sed -n '/^What the function writes/,$p' "$page"; } | quoted | LC_ALL=C comm -13 "$scratch/known" - >"$scratch/missing"
    cat "$scratch/missing"
    test ! -s "$scratch/missing"
}
# Each name is defined, and named once more: in a loop of tests or behind `check`.
every_test_is_run() {
    choose "$1"
    for file in tests/lambda/*.sh; do
        for name in $(column "$failures" 4 | quoted); do
            grep -q "^$name() {" "$file" || continue
            test "$(grep -ow "$name" "$file" | wc -l)" -gt 1 || { echo "$file: $name"; return 1; }
        done
    done
}
# Lambda's own are described together, and the address that counts for all services with those of each.
every_variable_is_in_the_table() {
    choose "$1"
    sed -n 's/^ *{"\([A-Z_0-9]*\)", MEMBER.*/\1/p' "$settings" |
        grep -vE '^(AWS_LAMBDA_RUNTIME_API|AWS_REGION|AWS_ACCESS_KEY_ID|AWS_SECRET_ACCESS_KEY|AWS_SESSION_TOKEN|AWS_LAMBDA_FUNCTION_NAME|LAMBDA_TASK_ROOT)$' >"$scratch/code"
    echo AWS_ENDPOINT_URL >>"$scratch/code"
    column '| variable | what it is |' 2 | grep -o '`[A-Z_0-9]*`' | tr -d '`' | same
}
every_call_is_in_the_table() {
    choose "$1"
    sed -n "/define $calls/,/^\$/s/.*X(CFN__[A-Z_]*, \"\([a-z0-9]*\)\", \"\([A-Za-z]*\)\".*/\1 \2/p" lib/lambda/calls.h >"$scratch/code"
    column '| service | action | what for |' 2 | tr -d '`' >"$scratch/services"
    column '| service | action | what for |' 3 | tr -d '`' | paste -d ' ' "$scratch/services" - | same
}
every_metric_is_in_the_table() {
    choose "$1"
    sed -n '/cfn__metric metrics/,/};/p' "$metrics" | grep -o '{"[A-Za-z]*"' | tr -d '{"' >"$scratch/code"
    column '| metric | when | what |' 2 | quoted | same
}

for function in validator cutover; do
    check every_failure_has_an_answer_and_a_test $function
    check every_type_of_error_is_in_the_table $function
    check every_test_of_the_table_exists $function
    check every_test_is_run $function
    check every_variable_is_in_the_table $function
    check every_call_is_in_the_table $function
    check every_metric_is_in_the_table $function
done
finish
