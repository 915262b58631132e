#!/bin/sh
# Checks that the pages of docs/, the runbooks and the README speak of commands, options and files that there are.
set -eu
cd "$(dirname "$0")/../.."
. tests/support/tap.sh
: "${CFNGEN:?the program}"
PATH=$(dirname "$CFNGEN"):$PATH

# A line for each command that a page names: the page, then the words up to what ends a command.
grep -Ho 'cfngen [a-z][a-z-]*[^`|#()<>;&]*' README.md docs/*.md templates/*.runbook.md |
    grep -v ':cfngen [a-z-]*$' | sed 's/"[^"]*"//g' >"$scratch/named" || :

command_of() { # WORD WORD: the command that they begin, or nothing
    for name in "$1 $2" "$1"; do
        if "$CFNGEN" help $name >"$scratch/help" 2>/dev/null && grep -q "^Usage: cfngen[- ]$name" "$scratch/help"; then
            echo "$name"
            return
        fi
    done
}

every_option_that_a_page_names_is_one() {
    while IFS=: read -r page command; do
        set -f
        # shellcheck disable=SC2086
        set -- $command
        set +f
        shift
        case ${1-} in -* | '') continue ;; esac
        name=$(command_of "$1" "${2-}")
        [ -n "$name" ] || continue # a sentence about cfngen
        "$CFNGEN" help $name >"$scratch/help"
        for word; do
            case $word in
            --[a-z]*)
                option=$(echo "$word" | sed 's/^\(--[a-z0-9-]*\).*/\1/')
                grep -qE -- "(^| )$option( |$|=)" "$scratch/help" || echo "$page: cfngen $name has no $option"
                ;;
            esac
        done
    done <"$scratch/named" >"$scratch/wrong"
    cat "$scratch/wrong"
    test ! -s "$scratch/wrong"
}
# The first words of each line of a command that a runbook runs, in whichever way: all of them are commands.
every_command_of_a_runbook_exists() {
    sed -n '/^```sh$/,/^```$/p' templates/*.runbook.md | grep -o 'cfngen [a-z][a-z-]*\( [a-z]*\)\?' | sort -u >"$scratch/commands"
    test -s "$scratch/commands"
    while read -r _ first second; do
        [ -n "$(command_of "$first" "$second")" ] || { echo "cfngen $first $second"; return 1; }
    done <"$scratch/commands"
}
# What `cfngen explain` says of each diagnostic: the page that it names says more.
every_diagnostic_stands_in_the_page_that_explains_it() {
    "$CFNGEN" list diagnostics | grep -o 'CFN[0-9]*' >"$scratch/ids"
    while read -r id; do
        page=$("$CFNGEN" explain "$id" | sed -n 's/^ *\(docs.*\) says why\.$/\1/p')
        if [ -n "$page" ]; then
            grep -q "$id" "$page" || echo "$page does not have $id"
            echo "$page" >>"$scratch/pages"
        fi
    done <"$scratch/ids" >"$scratch/wrong"
    cat "$scratch/wrong"
    test ! -s "$scratch/wrong"
    test "$(sort -u "$scratch/pages" | wc -l)" -ge 4
}
every_page_that_a_page_links_exists() {
    for page in README.md CONTRIBUTING.md docs/*.md; do
        grep -o '](\([^)#]*\)' "$page" | sed 's/^](//' | grep -v '^http' | while read -r link; do
            test -e "$(dirname "$page")/$link" || echo "$page links $link"
        done
    done >"$scratch/broken"
    cat "$scratch/broken"
    test ! -s "$scratch/broken"
}
the_headers_make_pages_without_a_warning() {
    doxygen docs/Doxyfile 2>&1
    test -s build/api-docs/html/diff_8h.html
}

check every_option_that_a_page_names_is_one
check every_command_of_a_runbook_exists
check every_diagnostic_stands_in_the_page_that_explains_it
check every_page_that_a_page_links_exists
if command -v doxygen >/dev/null; then
    check the_headers_make_pages_without_a_warning
else
    skip the_headers_make_pages_without_a_warning "no doxygen"
fi
finish
