#!/bin/sh
# Checks that the shared library exports what the public headers declare, and nothing else.
#
# exports.txt is that list, committed so that a change of the interface shows in a diff; BLESS=1
# rewrites it.
set -eu
cd "$(dirname "$0")/../.."
. tests/support/tap.sh
list=tests/project/exports.txt

# After preprocessing, CFN_API is its attribute; the name stands before the first parenthesis.
declared() {
    for header in include/cfngen/*.h; do echo "#include <cfngen/$(basename "$header")>"; done |
        ${CC:-gcc} -std=c11 -Iinclude -E -P -x c - | tr '\n' ' ' |
        sed 's/__attribute__((visibility("default")))/\n&/g' |
        sed -n 's/^__attribute__((visibility("default")))\([^(;]*\)(.*/\1/p' |
        sed 's/.*[ *]\([a-zA-Z0-9_]*\) *$/\1/' | LC_ALL=C sort
}

exported() {
    nm -D --defined-only "${OUT:-build}/libcfngen.so" | awk '{ print $3 }' | LC_ALL=C sort
}

declared >"$scratch/declared"
exported >"$scratch/exported"
if [ -n "${BLESS-}" ]; then cp "$scratch/declared" "$list"; fi

the_library_exports_what_the_headers_declare() {
    diff -u "$scratch/declared" "$scratch/exported"
}

the_exports_are_the_committed_ones() {
    diff -u "$list" "$scratch/exported"
}

every_exported_name_starts_with_cfn_() {
    ! grep -v '^cfn_[a-z]' "$scratch/exported"
}

check the_library_exports_what_the_headers_declare
check the_exports_are_the_committed_ones
check every_exported_name_starts_with_cfn_
finish
