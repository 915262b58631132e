#!/bin/sh
# Checks the runner of cases itself, with programs that pretend to be cfngen.
set -eu
cd "$(dirname "$0")/../.."
. tests/support/tap.sh

# A program that runs the given text instead of `cfngen synth ARGUMENT...` or `cfngen diff ...`.
program() { # NAME TEXT
    printf '#!/bin/sh\nset -eu\n%s\n' "$2" >"$scratch/$1"
    chmod +x "$scratch/$1"
}

case_with() { # FILE TEXT [FILE TEXT...]
    rm -rf "$scratch/cases"
    mkdir -p "$scratch/cases/one"
    echo '{}' >"$scratch/cases/one/in.json"
    while [ $# -gt 0 ]; do
        printf '%s\n' "$2" >"$scratch/cases/one/$1"
        shift 2
    done
}

ends() { # STATUS PROGRAM [TEXT IN THE REPORT]
    status=0
    CFNGEN=$scratch/$2 tests/run-cases "$scratch/cases" >"$scratch/out" 2>&1 || status=$?
    cat "$scratch/out"
    test "$status" = "$1"
    grep -qF -- "${3-ok 1 - cases: one}" "$scratch/out"
}

program steady 'echo "{}"'
program failing 'echo "in.json: error" >&2; exit 1'
program noisy 'echo "{}"; echo "a warning" >&2'
program counting "echo x >>$scratch/count; echo \"{\$(wc -l <$scratch/count)}\""
program careless 'case "$*" in *--minify*) echo "[]";; *out.min.json*) echo "[]";; *) echo "{}"; esac'
program failing_late 'case "$*" in "synth in.json") echo "{}";; *) exit 1;; esac'

what_is_expected_passes() {
    case_with expected.json '{}'
    ends 0 steady
    case_with expected.diagnostics 'in.json: error' expected.status 1
    ends 0 failing
}
another_output_fails() {
    case_with expected.json '[]'
    ends 1 steady '+{}'
}
an_output_that_is_not_expected_fails() {
    case_with
    ends 1 steady 'nothing was expected'
}
another_status_fails() {
    case_with expected.diagnostics 'in.json: error'
    ends 1 failing 'exit status'
}
a_warning_that_is_not_expected_fails() {
    case_with expected.json '{}'
    ends 1 noisy '+a warning'
}
a_second_run_that_differs_fails() {
    case_with expected.json '{}'
    ends 1 counting 'a second run printed something else'
}
an_output_that_does_not_survive_fails() {
    case_with expected.json '{}'
    ends 1 careless 'minified and read again is not the same'
    ends 1 failing_late 'the output cannot be read again'
}
bless_writes_what_comes_out() {
    case_with expected.json '[]' expected.status 1
    BLESS=1 ends 0 steady
    test "$(cat "$scratch/cases/one/expected.json")" = '{}'
    test ! -f "$scratch/cases/one/expected.status"
    BLESS=1 ends 0 failing
    test "$(cat "$scratch/cases/one/expected.diagnostics")" = 'in.json: error'
    test ! -f "$scratch/cases/one/expected.json"
    ends 0 failing
}

program comparing 'case "$2" in "$3") echo "There are no differences.";; *) echo "$2 $3 $5";; esac'
program inventing 'echo "$2 $3 ${5-}"'

diff_case_with() { # FILE TEXT...
    case_with old.json '{}' new.yaml 'a: 1' "$@"
    rm "$scratch/cases/one/in.json"
}
a_case_of_diff_has_two_inputs() {
    diff_case_with expected.txt 'old.json new.yaml text' expected.md 'old.json new.yaml markdown'
    ends 0 comparing
    diff_case_with expected.txt 'old.json new.yaml text' expected.json 'nothing'
    ends 1 comparing '+old.json new.yaml json'
}
what_differs_from_itself_fails() {
    diff_case_with expected.txt 'old.json new.yaml text'
    ends 1 inventing 'old.json differs from itself'
}

check what_is_expected_passes
check another_output_fails
check an_output_that_is_not_expected_fails
check another_status_fails
check a_warning_that_is_not_expected_fails
check a_second_run_that_differs_fails
check an_output_that_does_not_survive_fails
check bless_writes_what_comes_out
check a_case_of_diff_has_two_inputs
check what_differs_from_itself_fails
finish
