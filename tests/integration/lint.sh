#!/bin/bash
# Has independent judges check what cfngen writes: cfn-lint in two regions, cloudformation-validate of
# AWS, and for the blueprints the packs AwsSolutions and NIST 800-53 R5 of cdk-nag. Whatever they find
# is explained in a table, and nothing in a table is stale.
#
# The last two are packages of node. Where node finds none, they are installed in build/node; where
# that is not possible either, their checks are skipped.
set -eu
cd "$(dirname "$0")/../.."
. tests/support/tap.sh
: "${CFNGEN:?the program to test}" "${OUT:?where the examples were built}"
node_packages='@aws/cloudformation-validate@1.9.0-beta cdk-nag@3.0.2 aws-cdk-lib@2.276.0 constructs@10.8.1'
if ! command -v python3 >/dev/null; then
    echo "1..0 # SKIP no python3"
    exit
fi
others=tests/integration/findings.md

# Templates go by what they come from: a blueprint, a golden case, an example. A blueprint is there
# twice: without a suffix, names end in the parameter EnvironmentSuffix.
templates=$scratch/templates
mkdir -p "$templates/blueprints" "$templates/without-a-suffix" "$templates/examples" "$templates/cases"
write_templates() {
    for file in templates/*.yaml; do
        name=$(basename "$file" .yaml)
        "$CFNGEN" synth "$file" --environment test --suffix it1 -o "$templates/blueprints/$name.json"
        "$CFNGEN" synth "$file" --environment test -o "$templates/without-a-suffix/$name.json"
    done
    for file in examples/*.yaml; do
        case $file in *.test.yaml) continue ;; esac
        "$CFNGEN" synth "$file" --environment test --suffix it1 \
            -o "$templates/examples/$(basename "$file" .yaml).json"
    done
    for program in examples/*.c; do
        name=$(basename "$program" .c)
        # The one that prints a page writes no template; a blueprint's twin writes the same one.
        if ! grep -q cfn_stack_write "$program" || [ -f "templates/$name.yaml" ]; then continue; fi
        "$OUT/${program%.c}" >"$templates/examples/$name-in-c.json"
    done
    for file in tests/cases/*/*/expected.json tests/cases/*/*/expected.yaml; do
        case $file in tests/cases/diff/*) continue ;; esac
        if [ -f "$file" ] && grep -q Resources "$file"; then
            cp "$file" "$templates/cases/$(basename "$(dirname "$file")").${file##*.}"
        fi
    done
}

findings_in_blueprints_are_explained() { # TOOL
    python3 tests/integration/findings.py docs/findings.md "$1" \
        "$templates/blueprints"/* "$templates/without-a-suffix"/*
}

other_findings_are_explained() { # TOOL
    python3 tests/integration/findings.py "$others" "$1" "$templates/examples"/* "$templates/cases"/*
}

check_with() { # TOOL
    check findings_in_blueprints_are_explained "$1"
    if [ "$1" != cdk-nag ]; then check other_findings_are_explained "$1"; fi
}

# The tests of the judges themselves: a wrong table must not pass.
a_finding_without_an_explanation_fails() {
    mkdir "$scratch/one"
    "$CFNGEN" synth tests/integration/with-a-finding.yaml -o "$scratch/one/template.json"
    : >"$scratch/empty.md"
    if python3 tests/integration/findings.py "$scratch/empty.md" cfn-lint "$scratch/one/template.json" \
        >"$scratch/said"; then return 1; fi
    grep -q '^not explained: W3010 .* Instance:' "$scratch/said"
}

an_explanation_of_nothing_fails() {
    echo '| cfn-lint | W9999 | * | is there no more |' >"$scratch/stale.md"
    if python3 tests/integration/findings.py "$scratch/stale.md" cfn-lint \
        "$templates/examples/first-stack.json" >"$scratch/said"; then return 1; fi
    grep -q '^explains nothing: W9999' "$scratch/said"
}

node_finds() { # PACKAGE
    node -e 'require(process.argv[1])' "$1" 2>/dev/null
}

all_node_packages_are_found() {
    node_finds @aws/cloudformation-validate && node_finds cdk-nag && node_finds aws-cdk-lib
}

get_node_packages() {
    export NODE_PATH="$PWD/build/node/node_modules:${NODE_PATH:-$(npm root -g 2>/dev/null || :)}"
    all_node_packages_are_found && return
    mkdir -p build/node
    # shellcheck disable=SC2086 # several words
    npm install --prefix build/node --no-save --no-audit --no-fund --ignore-scripts --fetch-retries 0 \
        $node_packages >"$scratch/npm.log" 2>&1 || :
    all_node_packages_are_found
}

check write_templates
if command -v cfn-lint >/dev/null && cfn-lint --version >/dev/null 2>&1; then
    check_with cfn-lint
    check a_finding_without_an_explanation_fails
    check an_explanation_of_nothing_fails
else
    skip what_cfn_lint_finds_is_explained 'no cfn-lint'
fi
if ! command -v node >/dev/null || ! command -v npm >/dev/null; then
    skip what_cloudformation_validate_and_cdk_nag_find_is_explained 'no node with npm'
elif ! get_node_packages; then
    skip what_cloudformation_validate_and_cdk_nag_find_is_explained \
        'npm cannot install @aws/cloudformation-validate and cdk-nag'
else
    check_with cloudformation-validate
    check_with cdk-nag
fi
finish
