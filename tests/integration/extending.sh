#!/bin/sh
# Applies the worked examples of docs/extending.md to a copy of the sources, one after the other, builds it, and runs the tests
# that they add.
set -eu
cd "$(dirname "$0")/../.."
. tests/support/tap.sh
: "${OUT:?where it was built}" "${CC:?the compiler}" "${VARIANT:?how it was built}"
page=$PWD/docs/extending.md
copy=$scratch/copy
out=${OUT#"$PWD"/}

# What was built comes along, with its times, so that only what the examples change is built again.
mkdir -p "$copy/$out"
project_files | tar -cf - -T - | tar -xf - -C "$copy"
cp -Rp "$out/obj" "$out/gen" "$out/cfngen-bindings" "$copy/$out/"
cd "$copy"

example() { # NUMBER: the patch
    awk -v wanted="$1" '/^```diff$/ { inside = ++number == wanted; next } /^```$/ { inside = 0 } inside' "$page"
}
apply() { # NUMBER
    example "$1" >"$scratch/patch"
    test -s "$scratch/patch"
    GIT_CEILING_DIRECTORIES=$scratch git apply "$scratch/patch"
}
build() { # TARGET...
    env -u MAKEFLAGS -u MAKELEVEL "${MAKE:-make}" -s PACKAGES=have CC="$CC" VARIANT="$VARIANT" "$@" >"$scratch/built" 2>&1 ||
        { tail -n 20 "$scratch/built"; return 1; }
}
passes() { # TEST...
    CFNGEN=$copy/$out/cfngen OUT=$copy/$out tests/run "$@"
}

the_construct_is_built_and_passes_its_tests() {
    apply 1
    build "$out/cfngen" "$out/tests/unit/constructs/test_sqs_queue" "$out/tests/unit/constructs/test_tables"
    passes "$out/tests/unit/constructs/test_sqs_queue" "$out/tests/unit/constructs/test_tables"
    "$out/cfngen" explain Cfngen::SQS::Queue.MaxReceiveCount
}
the_rule_is_told_and_stands_in_its_page() {
    apply 2
    build "$out/cfngen" "$out/tests/unit/constructs/test_sqs_queue"
    passes "$out/tests/unit/constructs/test_sqs_queue"
    "$out/cfngen" explain CFN4521
    grep -q '^| CFN4521 ' docs/rules.md
}
the_command_has_its_help_its_manual_and_its_tests() {
    apply 3
    build "$out/cfngen"
    passes tests/cli/ids.sh tests/cli/usage.sh
}

check the_construct_is_built_and_passes_its_tests
check the_rule_is_told_and_stands_in_its_page
check the_command_has_its_help_its_manual_and_its_tests
finish
