#!/bin/sh
# Checks that docs/constructs.md is what the constructs say of themselves; BLESS=1 rewrites it.
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

check the_reference_page_is_current
check every_rule_stands_in_its_page
finish
