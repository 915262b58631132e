#!/bin/bash
# Builds the Debian packages of the last commit, installs them into an empty root, runs what is in
# them, and removes them again.
set -eu
cd "$(dirname "$0")/../.."
. tests/support/tap.sh
root=$scratch/root

builds() {
    env -u MAKEFLAGS -u MAKELEVEL make -s deb
    mkdir "$scratch/debs"
    cp build/deb/*.deb "$scratch/debs"
    rm "$scratch"/debs/*dbgsym*
    test "$(ls "$scratch"/debs | sed 's/_.*//' | tr '\n' ' ')" = "cfngen libcfncompare0 libcfngen-dev libcfngen0 "
}
the_same_commit_gives_the_same_sources() {
    make -s dist
    cp build/cfngen-*.tar.gz "$scratch/first.tar.gz"
    make -s dist
    cmp "$scratch/first.tar.gz" build/cfngen-*.tar.gz
    tar -tzf "$scratch/first.tar.gz" | grep -x "cfngen-[0-9.]*/Makefile"
}
dpkg_in_root() {
    dpkg --root="$root" --force-depends --force-script-chrootless --log=/dev/null "$@"
}
installs() {
    mkdir -p "$root/var/lib/dpkg/info" "$root/var/lib/dpkg/updates"
    touch "$root/var/lib/dpkg/status"
    dpkg_in_root -i "$scratch"/debs/*.deb
    test "$(dpkg-query --root="$root" -W -f='${Status}\n' | sort -u)" = "install ok installed"
}
what_is_installed_runs() {
    "$root/usr/bin/cfngen" synth templates/rds-mysql-to-aurora-mysql.yaml --environment demo --suffix d1 --minify >"$scratch/template.json"
    "$CFNGEN" synth templates/rds-mysql-to-aurora-mysql.yaml --environment demo --suffix d1 --minify | cmp - "$scratch/template.json"
    "$root/usr/bin/cfngen-compare" --help | grep -F compare
    MANPATH=$root/usr/share/man man -w cfngen >/dev/null 2>&1 || test -s "$root/usr/share/man/man1/cfngen.1.gz"
    triplet=$(dpkg-architecture -qDEB_HOST_MULTIARCH)
    gcc -I"$root/usr/include" examples/first-stack.c -L"$root/usr/lib/$triplet" -lcfngen -o "$scratch/first"
    LD_LIBRARY_PATH=$root/usr/lib/$triplet "$scratch/first" >"$scratch/from-package.json"
    "$OUT/examples/first-stack" | cmp - "$scratch/from-package.json"
}
the_library_needs_no_client_of_a_database() {
    ! dpkg-deb -f "$scratch"/debs/libcfngen0_*.deb Depends | grep -E 'mariadb|libpq'
    dpkg-deb -f "$scratch"/debs/libcfncompare0_*.deb Depends | grep -F libmariadb3
}
removing_leaves_nothing() {
    dpkg_in_root -P cfngen libcfngen-dev libcfngen0 libcfncompare0
    find "$root/usr" "$root/etc" ! -type d 2>/dev/null >"$scratch/left" || :
    cat "$scratch/left"
    test ! -s "$scratch/left"
}

if ! command -v dpkg-buildpackage >/dev/null || ! command -v dh >/dev/null; then
    skip "the packages install and are removed" "no dpkg-dev or debhelper"
elif ! git rev-parse HEAD >/dev/null 2>&1; then
    skip "the packages install and are removed" "this is no repository, and packages are made of a commit"
else
    for test in the_same_commit_gives_the_same_sources builds the_library_needs_no_client_of_a_database; do check $test; done
    if [ "$(id -u)" = 0 ]; then
        for test in installs what_is_installed_runs removing_leaves_nothing; do check $test; done
    else
        skip "the packages install and are removed" "dpkg wants to be root"
    fi
fi
finish
