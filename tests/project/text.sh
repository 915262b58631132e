#!/bin/sh
# Checks the text of the project's files: size, first comment, and that it speaks of itself alone.
set -eu
cd "$(dirname "$0")/../.."
. tests/support/tap.sh
project_files >"$scratch/files"

is_source() {
    case $1 in
    *.c | *.h | *.sh | *.awk | *.py | *.mk | Makefile) return 0 ;;
    *.*) return 1 ;;
    *) head -c 2 "$1" | grep -q '#!' ;;
    esac
}
while IFS= read -r file; do
    if is_source "$file"; then echo "$file"; fi
done <"$scratch/files" >"$scratch/sources"

no_source_file_is_longer_than_500_lines() {
    while IFS= read -r file; do
        echo "$(wc -l <"$file") $file"
    done <"$scratch/sources" | awk '$1 > 500 { print; bad = 1 } END { exit bad }'
}

# C starts with /*; scripts with #, or with a docstring, below their #! line.
every_source_file_begins_by_saying_what_it_is_for() {
    while IFS= read -r file; do
        first=$(sed '1{/^#!/d}' "$file" | head -1)
        case $file:$first in
        *.[ch]:'/* '* | *.[ch]:'/// '*) ;;
        *.py:'"""'*) ;;
        *.[ch]:* | *.py:*) echo "$file" ;;
        *:'# '*) ;;
        *) echo "$file" ;;
        esac
    done <"$scratch/sources" >"$scratch/bad"
    cat "$scratch/bad"
    [ ! -s "$scratch/bad" ]
}

# Brackets keep the patterns from matching this file.
no_file_names_a_place_outside_the_project() {
    ! tr '\n' '\0' <"$scratch/files" | xargs -0 grep -nIE \
        '(^|[^[:alnum:]_./-])/(wor[k]|roo[t]|hom[e]/[a-z]+)(/|$|[^[:alnum:]])|(^|[^[:alnum:]_-])share[d]/'
}

no_file_names_a_package_registry() {
    ! tr '\n' '\0' <"$scratch/files" | xargs -0 grep -nIEi \
        'pkg\.de[v]|artifac[t]-?registry|pypi\.or[g]|registry\.npmj[s]|prox[y]\.golang|deb\.debia[n]\.org|crates\.i[o]'
}

no_file_has_unfinished_business() {
    ! tr '\n' '\0' <"$scratch/sources" | xargs -0 grep -nE '\b(TOD[O]|FIXM[E]|XX[X])\b'
}

no_line_ends_in_blanks() {
    ! tr '\n' '\0' <"$scratch/sources" | xargs -0 grep -nE '[[:blank:]]+$'
}

check no_source_file_is_longer_than_500_lines
check every_source_file_begins_by_saying_what_it_is_for
check no_file_names_a_place_outside_the_project
check no_file_names_a_package_registry
check no_file_has_unfinished_business
check no_line_ends_in_blanks
finish
