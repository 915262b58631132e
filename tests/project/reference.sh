#!/bin/sh
# Checks that docs/constructs.md is what the constructs say of themselves, and docs/diagnostics.md what
# there is to be said (BLESS=1 rewrites both), and that each diagnostic stands in its page.
set -eu
cd "$(dirname "$0")/../.."
. tests/support/tap.sh

"${OUT:-build}/examples/reference-page" >"$scratch/constructs.md"
{
    echo "# Diagnostics"
    echo
    echo "Every diagnostic has an id that never changes. \`cfngen explain ID\` says what it is about; its message says what is wrong in a"
    echo "file, its hint what helps. \`Metadata.Cfngen.Suppress\` takes one away for a reason ([stack-files.md](stack-files.md)). This page is"
    echo "made of the program's own table."
    echo
    echo "| id | severity | what | more in |"
    echo "|---|---|---|---|"
    "${CFNGEN:?the program}" list diagnostics | sed -n 's/^  \(CFN[0-9]*\)  *\([a-z]*\)  *\(.*\)/\1 \2 \3/p' |
        while read -r id severity what; do
            page=$(grep -l "^| \`*$id\`* " docs/*.md | grep -v docs/diagnostics.md | head -1) || :
            echo "| $id | $severity | $(echo "$what" | sed 's/|/\\|/g') | ${page:+[${page#docs/}](${page#docs/})} |"
        done
} >"$scratch/diagnostics.md"
if [ -n "${BLESS-}" ]; then
    cp "$scratch/constructs.md" docs/constructs.md
    cp "$scratch/diagnostics.md" docs/diagnostics.md
fi

the_reference_page_is_current() {
    diff -u docs/constructs.md "$scratch/constructs.md"
}

the_page_of_diagnostics_is_current() {
    diff -u docs/diagnostics.md "$scratch/diagnostics.md"
    test "$(grep -c '^| CFN' docs/diagnostics.md)" = "$(grep -c '^    X(CFN' include/cfngen/diagnostic_ids.h)"
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
check the_page_of_diagnostics_is_current
check every_assertion_has_its_words_in_its_page
check every_example_of_cdk_stands_in_the_page
check every_rule_stands_in_its_page
check every_check_of_facts_stands_in_its_page
finish
