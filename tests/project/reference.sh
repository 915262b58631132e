#!/bin/sh
# Checks that docs/constructs.md is what the constructs say of themselves (BLESS=1 rewrites it), and that
# each diagnostic stands in its page.
set -eu
cd "$(dirname "$0")/../.."
. tests/support/tap.sh

"${OUT:-build}/examples/reference-page" >"$scratch/constructs.md"
if [ -n "${BLESS-}" ]; then cp "$scratch/constructs.md" docs/constructs.md; fi

the_reference_page_is_current() {
    diff -u docs/constructs.md "$scratch/constructs.md"
}

every_rule_stands_in_its_page() {
    for id in $(sed -n 's/.*X(\(CFN4[0-9]*\),.*/\1/p' include/cfngen/diagnostic_ids.h); do
        grep -q "^| $id " docs/rules.md || { echo "docs/rules.md does not have $id"; return 1; }
    done
}

every_check_of_facts_stands_in_its_page() {
    for id in $(sed -n 's/.*X(\(CFN31[0-9]*\),.*/\1/p' include/cfngen/diagnostic_ids.h); do
        grep -q "^| $id " docs/checks.md || { echo "docs/checks.md does not have $id"; return 1; }
    done
    for id in $(sed -n 's/^| \(CFN[0-9]*\) .*/\1/p' docs/checks.md); do
        grep -q "X($id," include/cfngen/diagnostic_ids.h || { echo "there is no $id"; return 1; }
    done
}

every_assertion_has_its_words_in_its_page() {
    for id in $(sed -n 's/.*X(\(CFN63[0-9]*\),.*/\1/p' include/cfngen/diagnostic_ids.h); do
        grep -q "^| $id " docs/assertions.md || { echo "docs/assertions.md does not have $id"; return 1; }
    done
    for tag in $(sed -n 's/^    {"\(![A-Za-z]*\)", PREFIX.*/\1/p' lib/assertions/pattern.c); do
        grep -q "^| .*\`$tag[ \`]" docs/assertions.md || { echo "docs/assertions.md does not have $tag"; return 1; }
    done
}

every_example_of_cdk_stands_in_the_page() {
    sed -n 's/^  - name: \([A-Za-z.]*\).*/\1/p' tests/cases/assertions/the-documented-examples-of-cdk/tests.yaml |
        sort -u >"$scratch/examples"
    test "$(wc -l <"$scratch/examples")" -gt 20
    sed -n '/^## Coming from CDK/,/^## How much/p' docs/assertions.md >"$scratch/page"
    while read -r name; do
        grep -qF "$name" "$scratch/page" || { echo "docs/assertions.md does not have $name"; return 1; }
    done <"$scratch/examples"
}

check the_reference_page_is_current
check every_assertion_has_its_words_in_its_page
check every_example_of_cdk_stands_in_the_page
check every_rule_stands_in_its_page
check every_check_of_facts_stands_in_its_page
finish
