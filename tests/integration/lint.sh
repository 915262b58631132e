#!/bin/bash
# Checks with cfn-lint, an independent judge, what cfngen makes of each blueprint and example, and
# what the example programs write: no errors and no warnings, in either of two regions.
set -eu
cd "$(dirname "$0")/../.."
. tests/support/tap.sh
: "${CFNGEN:?the program to test}" "${OUT:?where the examples were built}"

if ! command -v cfn-lint >/dev/null || ! cfn-lint --version >/dev/null 2>&1; then
    echo "1..0 # SKIP no cfn-lint"
    exit
fi

lint() {
    cfn-lint --regions eu-west-2 us-east-1 --format parseable -- "$scratch/template.json"
}

has_no_findings() { # FILE
    "$CFNGEN" synth "$1" --environment test --suffix it1 -o "$scratch/template.json"
    lint
}

has_no_findings_with_a_suffix_parameter() { # FILE
    "$CFNGEN" synth "$1" --environment test -o "$scratch/template.json"
    lint
}

for file in templates/*.yaml examples/*.yaml; do
    [ -f "$file" ] || continue
    check has_no_findings "$file"
done
program_has_no_findings() { # FILE
    "$OUT/${1%.c}" >"$scratch/template.json"
    lint
}
for program in examples/*.c; do
    # The one that prints a page writes no template.
    grep -q cfn_stack_write "$program" || continue
    check program_has_no_findings "$program"
done
# Without a suffix, names end in the parameter EnvironmentSuffix.
for file in templates/*.yaml; do
    if [ -f "$file" ]; then check has_no_findings_with_a_suffix_parameter "$file"; fi
done
finish
