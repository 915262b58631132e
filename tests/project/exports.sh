#!/bin/sh
# Checks that the shared libraries export what their public headers declare, and nothing else.
#
# exports.txt is the list of both, committed so that a change of the interface shows in a diff;
# BLESS=1 rewrites it.
set -eu
cd "$(dirname "$0")/../.."
. tests/support/tap.sh
list=tests/project/exports.txt
libcfncompare_headers="compare.h compare_work.h preflight.h"

# After preprocessing, CFN_API is its attribute; the name stands before the first parenthesis.
declared_in() { # HEADER...
    for header; do echo "#include <cfngen/$header>"; done |
        ${CC:-gcc} -std=c11 -Iinclude -E -P -x c - | tr '\n' ' ' |
        sed 's/__attribute__((visibility("default")))/\n&/g' |
        sed -n 's/^__attribute__((visibility("default")))\([^(;]*\)(.*/\1/p' |
        sed 's/.*[ *]\([a-zA-Z0-9_]*\) *$/\1/' | LC_ALL=C sort
}

exported() { # LIBRARY
    nm -D --defined-only "${OUT:-build}/$1.so" | awk '$2 != "A" { sub(/@.*/, "", $3); print $3 }' | LC_ALL=C sort
}

for header in include/cfngen/*.h; do
    case " $libcfncompare_headers " in
    *" $(basename "$header") "*) ;;
    *) basename "$header" ;;
    esac
done >"$scratch/headers"
# shellcheck disable=SC2046
declared_in $(cat "$scratch/headers") >"$scratch/libcfngen.declared"
# The headers of libcfncompare include some of libcfngen.
# shellcheck disable=SC2086
declared_in $libcfncompare_headers | LC_ALL=C comm -23 - "$scratch/libcfngen.declared" >"$scratch/libcfncompare.declared"
for library in libcfngen libcfncompare; do exported $library >"$scratch/$library.exported"; done
if [ -n "${BLESS-}" ]; then LC_ALL=C sort "$scratch"/*.declared >"$list"; fi

the_library_exports_what_the_headers_declare() { # LIBRARY
    diff -u "$scratch/$1.declared" "$scratch/$1.exported"
}

the_exports_are_the_committed_ones() {
    LC_ALL=C sort "$scratch"/*.exported | diff -u "$list" -
}

every_exported_name_starts_with_cfn_() {
    ! cat "$scratch"/*.exported | grep -v '^cfn_[a-z]'
}

exported_names_have_a_version() { # LIBRARY VERSION
    ! nm -D --defined-only "${OUT:-build}/$1.so" | grep ' T ' | grep -vF "@@$2"
}

libcfngen_needs_no_client_of_a_database() {
    ! readelf -d "${OUT:-build}/libcfngen.so" "${OUT:-build}/cfngen" | grep -E 'libmariadb|libpq'
}

# Who links both archives gets each name once: of two functions of one name the linker takes either.
the_archives_can_be_linked_together() {
    for library in cfngen cfncompare cfnlambda; do
        archive=${OUT:-build}/lib$library.a
        if [ -e "$archive" ]; then
            nm -g --defined-only "$archive" | awk 'NF == 3 && $2 != "W" && $2 != "V" { print $3 }' >"$scratch/$library.names"
            test -s "$scratch/$library.names"
        fi
    done
    LC_ALL=C sort "$scratch"/*.names | uniq -d | tee "$scratch/twice"
    test ! -s "$scratch/twice"
}

check the_library_exports_what_the_headers_declare libcfngen
check the_library_exports_what_the_headers_declare libcfncompare
check the_exports_are_the_committed_ones
check every_exported_name_starts_with_cfn_
check exported_names_have_a_version libcfngen CFNGEN_0
check exported_names_have_a_version libcfncompare CFNCOMPARE_0
check the_archives_can_be_linked_together
check libcfngen_needs_no_client_of_a_database
finish
