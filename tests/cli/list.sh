#!/bin/sh
# cfngen list: what there is.
set -eu
cd "$(dirname "$0")/../.."
. tests/support/tap.sh
. tests/support/cli.sh
first=rds-mysql-to-aurora-mysql

constructs_and_blueprints_are_listed() {
    ends 0 list
    says_nothing
    prints "  Cfngen::KMS::Key"
    prints "      A customer-managed key"
    prints "  $first"
    lacks "$scratch/out" CFN0001
}
one_kind_is_listed() {
    ends 0 list constructs
    prints Cfngen::KMS::Key
    lacks "$scratch/out" "$first"
    ends 0 list blueprints
    prints "$first"
    lacks "$scratch/out" "  Cfngen::KMS::Key"
}
every_blueprint_has_a_purpose() {
    "$CFNGEN" list blueprints --json | tr '{' '\n' >"$scratch/blueprints"
    for file in templates/*.yaml; do
        grep -q "\"name\":\"$(basename "$file" .yaml)\",\"purpose\":\"[A-Za-z]" "$scratch/blueprints"
    done
}
diagnostics_are_listed() {
    ends 0 list diagnostics
    prints "CFN0010  error    a key is given twice"
    prints "CFN0013  note"
}
json_is_json() {
    for what in '' constructs blueprints diagnostics; do
        # shellcheck disable=SC2086
        ends 0 list $what --json
        test "$(wc -l <"$scratch/out")" = 1
        holds_json_lines "$scratch/out"
    done
    prints '{"id":"CFN0010","severity":"error","title":"a key is given twice"}'
}
no_line_is_longer_than_80_columns() {
    ends 0 list
    awk 'length > 80 { print; bad = 1 } END { exit bad }' "$scratch/out"
}
an_unknown_kind_is_refused() {
    ends 2 list construct
    prints_nothing
    says "construct is not one of [constructs|blueprints|diagnostics]; did you mean constructs?"
}

for test in constructs_and_blueprints_are_listed one_kind_is_listed every_blueprint_has_a_purpose \
    diagnostics_are_listed json_is_json no_line_is_longer_than_80_columns an_unknown_kind_is_refused; do
    check $test
done
finish
