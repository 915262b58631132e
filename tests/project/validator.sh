#!/bin/sh
# Checks the page of the validator function: failures and their tests, variables, calls and metrics are
# those of the code.
set -eu
cd "$(dirname "$0")/../.."
. tests/support/tap.sh
page=docs/validator.md

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
    awk -F ' *[|] *' -v heading="$failures" '
        $0 == heading { inside = 1; next }
        !/^\|/ { inside = 0 }
        inside && !/^\|---/ { rows++; if (NF != 5 || $2 == "" || $3 == "" || $4 !~ /`/) { print; bad = 1 } }
        END { exit bad || rows < 20 }' "$page"
}
every_type_of_error_is_in_the_table() {
    grep -o 'Validator\.[A-Za-z]*' lib/lambda/failure.h >"$scratch/code"
    column "$failures" 3 | quoted | grep '^Validator' | same
}
every_test_of_the_table_exists() {
    sed -n -e 's/^ *TEST(\([a-z0-9_]*\)).*/\1/p' tests/unit/lambda/*.c >"$scratch/tests"
    grep -ho '^[a-z0-9_]*() {' tests/lambda/*.sh tests/compare/faults.sh tests/support/lambda.sh | sed 's/() {//' >>"$scratch/tests"
    LC_ALL=C sort -u "$scratch/tests" >"$scratch/known"
    { column "$failures" 4; sed -n '/^What the function writes/,$p' "$page"; } | quoted | LC_ALL=C comm -13 "$scratch/known" - >"$scratch/missing"
    cat "$scratch/missing"
    test ! -s "$scratch/missing"
}
# Each name is defined, and named once more: in a loop of tests or behind `check`.
every_test_is_run() {
    for file in tests/lambda/*.sh; do
        for name in $(column "$failures" 4 | quoted); do
            grep -q "^$name() {" "$file" || continue
            test "$(grep -ow "$name" "$file" | wc -l)" -gt 1 || { echo "$file: $name"; return 1; }
        done
    done
}
# Lambda's own are described together.
every_variable_is_in_the_table() {
    sed -n 's/^ *{"\([A-Z_0-9]*\)", MEMBER.*/\1/p' lib/lambda/settings.c |
        grep -vE '^(AWS_LAMBDA_RUNTIME_API|AWS_REGION|AWS_ACCESS_KEY_ID|AWS_SECRET_ACCESS_KEY|AWS_SESSION_TOKEN|AWS_LAMBDA_FUNCTION_NAME|LAMBDA_TASK_ROOT)$' >"$scratch/code"
    column '| variable | what it is |' 2 | quoted | same
}
every_call_is_in_the_table() {
    sed -n '/CFN__VALIDATOR_CALLS/,/^$/s/.*X(CFN__[A-Z_]*, "\([a-z0-9]*\)", "\([A-Za-z]*\)".*/\1 \2/p' lib/lambda/calls.h >"$scratch/code"
    column '| service | action | what for |' 2 | tr -d '`' >"$scratch/services"
    column '| service | action | what for |' 3 | tr -d '`' | paste -d ' ' "$scratch/services" - | same
}
every_metric_is_in_the_table() {
    sed -n '/cfn__metric metrics/,/};/s/.*{"\([A-Za-z]*\)".*/\1/p' lib/lambda/validator.c >"$scratch/code"
    column '| metric | when | what |' 2 | quoted | same
}

check every_failure_has_an_answer_and_a_test
check every_type_of_error_is_in_the_table
check every_test_of_the_table_exists
check every_test_is_run
check every_variable_is_in_the_table
check every_call_is_in_the_table
check every_metric_is_in_the_table
finish
