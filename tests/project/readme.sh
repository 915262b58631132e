#!/bin/sh
# Checks that what README shows is true: its stack file is the first example, its C code stands in
# that example's program, its commands exist, and its mistake is told as it says.
set -eu
cd "$(dirname "$0")/../.."
. tests/support/tap.sh
: "${CFNGEN:?the program to test}"

block() { # LANGUAGE
    sed -n "/^\`\`\`$1\$/,/^\`\`\`\$/p" README.md | sed '1d;$d'
}

the_stack_file_is_the_first_example() {
    block yaml >"$scratch/readme.yaml"
    sed 1d examples/first-stack.yaml | diff -u - "$scratch/readme.yaml"
}

the_c_code_stands_in_the_first_example() {
    tr -d ' \n' <examples/first-stack.c >"$scratch/program"
    block c | awk '$0 == "..." { part++; next } { print > (dir "/part" part + 0) }' dir="$scratch"
    for part in "$scratch"/part*; do
        grep -qF "$(tr -d ' \n' <"$part")" "$scratch/program" || { cat "$part"; return 1; }
    done
}

a_mistake_is_told_as_it_says() {
    {
        sed 1d examples/first-stack.yaml | sed '/EncryptionKey: /q'
        echo '      Reders: 2'
    } >"$scratch/stack.yaml"
    (cd "$scratch" && "$CFNGEN" synth stack.yaml >/dev/null 2>said) || :
    sed -n '/^    stack.yaml:/,/^ *= hint/p' README.md | sed 's/^    //' | diff -u - "$scratch/said"
}

a_difference_is_told_as_it_says() {
    sed 's/^\( *\)Engine: .*/&\n\1DatabaseName: shop/' examples/first-stack.yaml >"$scratch/named.yaml"
    "$CFNGEN" diff examples/first-stack.yaml "$scratch/named.yaml" --suffix v1 >"$scratch/said"
    sed -n '/^    \[~\] /,/^$/s/^    //p' README.md >"$scratch/shown"
    test "$(wc -l <"$scratch/shown")" = 6
    sed 1d "$scratch/said" | head -6 | diff -u - "$scratch/shown"
}

the_deployment_gives_every_parameter() {
    "$CFNGEN" synth examples/first-stack.yaml --suffix v1 |
        sed -n '/^  "Parameters": {/,/^  }/s/^    "\(.*\)": {/\1/p' | sort >"$scratch/needed"
    grep -o 'Network[A-Za-z]*=[a-z]' README.md | sed 's/=.*//' | sort | diff -u "$scratch/needed" -
}

the_demo_says_how_its_template_is_deployed() {
    MAKEFLAGS='' make -s demo VARIANT="$VARIANT" >"$scratch/demo"
    template=$(sed -n 's/^Written: \([^ ]*\),.*/\1/p' "$scratch/demo")
    test "$(wc -c <"$template")" -le 51200
    grep -q '"Transform":"AWS::SecretsManager' "$template"
    test -f "$(sed -n 's/.*cfngen deploy \([^ ]*\) .*/\1/p' "$scratch/demo")"
    "$CFNGEN" help deploy >"$scratch/help"
    for option in $(grep -o -e '--[a-z0-9-]*' "$scratch/demo"); do
        grep -q -e " $option " "$scratch/help" || { echo "$option"; return 1; }
    done
    for page in $(grep -o 'docs/[a-z-]*\.md' "$scratch/demo"); do test -f "$page"; done
}

every_command_that_it_names_exists() {
    for command in $(grep -o 'cfngen [a-z]*' README.md | sort -u | sed 's/cfngen //'); do
        case $command in help | synth | validate | diff | init | list | explain | bindings | deploy | outputs | status | drift | destroy | compare | preflight | runbook | test | schema | task | cutover | completion) ;; *) continue ;; esac
        "$CFNGEN" help "$command" >/dev/null
    done
    for target in $(grep -o '`\?make [a-z-]*' README.md | sed 's/.*make //' | sort -u); do
        grep -q "^$target:" Makefile || { echo "make $target"; return 1; }
    done
}

every_file_that_it_links_exists() {
    for file in README.md CONTRIBUTING.md docs/*.md; do
        for link in $(grep -o '](\([^)h#][^)#]*\)' "$file" | sed 's/](//'); do
            [ -e "$(dirname "$file")/$link" ] || { echo "$file: $link"; return 1; }
        done
    done
}

check the_stack_file_is_the_first_example
check the_c_code_stands_in_the_first_example
check a_mistake_is_told_as_it_says
check a_difference_is_told_as_it_says
check the_deployment_gives_every_parameter
check the_demo_says_how_its_template_is_deployed
check every_command_that_it_names_exists
check every_file_that_it_links_exists
finish
