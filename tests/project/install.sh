#!/bin/sh
# Installs into an empty folder, builds a program against what is there, and uninstalls.
set -eu
cd "$(dirname "$0")/../.."
. tests/support/tap.sh
there=$scratch/there
make="env -u MAKEFLAGS -u MAKELEVEL ${MAKE:-make} -s DESTDIR=$there PREFIX=/usr"

installs_what_it_promises() {
    $make install-files
    for file in bin/cfngen bin/cfngen-compare bin/cfngen-preflight include/cfngen/node.h lib/libcfngen.a lib/libcfngen.so \
        lib/libcfncompare.a lib/libcfncompare.so lib/pkgconfig/cfncompare.pc lib/cmake/cfngen/cfngenConfig.cmake \
        share/cfngen/cfngen.schema.json share/man/man1/cfngen-compare.1 share/man/man1/cfngen-preflight.1 \
        "lib/libcfngen.so.$VERSION" lib/pkgconfig/cfngen.pc \
        share/bash-completion/completions/cfngen share/zsh/site-functions/_cfngen \
        share/fish/vendor_completions.d/cfngen.fish share/doc/cfngen/docs/rules.md \
        share/doc/cfngen/examples/first-stack.yaml share/doc/cfngen/examples/aurora-mysql-dns-cutover/001_create_schema.sql; do
        test -s "$there/usr/$file" || { echo "missing: $file"; return 1; }
    done
    for header in include/cfngen/*.h; do test -f "$there/usr/$header"; done
    "$there/usr/bin/cfngen" --version | grep -F "$VERSION"
}

cat >"$scratch/program.c" <<'EOF'
#include <cfngen/node.h>
#include <cfngen/version.h>
#include <string.h>
int main(void)
{
    cfn_arena *arena = cfn_arena_new();
    cfn_arena_free(arena);
    return strcmp(cfn_version(), CFN_VERSION) != 0;
}
EOF

a_program_builds_with_the_shared_library() {
    gcc -I"$there/usr/include" "$scratch/program.c" -L"$there/usr/lib" -lcfngen -o "$scratch/with-so"
    LD_LIBRARY_PATH=$there/usr/lib "$scratch/with-so"
    LD_LIBRARY_PATH=$there/usr/lib ldd "$scratch/with-so" | grep -F "libcfngen.so.0 => $there"
}

a_program_builds_with_the_static_library() {
    gcc -I"$there/usr/include" "$scratch/program.c" "$there/usr/lib/libcfngen.a" -ljansson -lyaml \
        -o "$scratch/with-a"
    "$scratch/with-a"
}

cat >"$scratch/typed.c" <<'EOF'
#include <cfngen/aws/sqs.h>
#include <cfngen/cfngen.h>
int main(void)
{
    cfn_stack *stack = cfn_stack_new(NULL);
    aws_sqs_Queue_add(stack, "Queue", &(aws_sqs_Queue_props){.FifoQueue = cfn_b(true)});
    bool written = cfn_stack_write(stack, "-", NULL);
    cfn_stack_free(stack);
    return !written;
}
EOF

a_program_of_typed_resources_builds() {
    gcc -I"$there/usr/include" "$scratch/typed.c" -L"$there/usr/lib" -lcfngen -o "$scratch/typed"
    LD_LIBRARY_PATH=$there/usr/lib "$scratch/typed" | grep -F '"FifoQueue": true'
}

# The examples are programs of others: each is built with what pkg-config says, and run.
with_pkg_config() { # COMMAND... -- EXAMPLE [LIBS-OPTION]
    export PKG_CONFIG_PATH="$there/usr/lib/pkgconfig" PKG_CONFIG_SYSROOT_DIR="$there"
    command=
    while [ "$1" != -- ]; do command="$command $1"; shift; done
    # shellcheck disable=SC2046,SC2086
    $command $(pkg-config --cflags cfngen) "$2" $(pkg-config ${3-} --libs cfngen) -o "$scratch/built"
    LD_LIBRARY_PATH=$there/usr/lib "$scratch/built" >"$scratch/printed"
    test -s "$scratch/printed"
}
pkg_config_knows_it() {
    test "$(PKG_CONFIG_PATH=$there/usr/lib/pkgconfig pkg-config --modversion cfngen cfncompare | uniq)" = "$VERSION"
}
every_example_builds_with_pkg_config() {
    for example in examples/*.c; do
        case $(sed -n 's/^#include <\(cmocka\)\.h>.*/\1/p' "$example") in
        cmocka) with_pkg_config gcc -std=c11 -- "$example" "--libs cmocka" ;;
        *) with_pkg_config gcc -std=c11 -- "$example" ;;
        esac || { echo "$example"; return 1; }
    done
}
an_example_builds_with_the_archive() {
    needs=$(PKG_CONFIG_PATH=$there/usr/lib/pkgconfig pkg-config --static --libs-only-l cfngen | sed 's/-lcfngen//')
    # shellcheck disable=SC2086
    gcc -I"$there/usr/include" examples/check-before-deploy.c "$there/usr/lib/libcfngen.a" $needs -o "$scratch/with-archive"
    "$scratch/with-archive" | grep -F DelaySeconds
    ! readelf -d "$scratch/with-archive" | grep -F libcfngen.so
}
an_example_builds_as_cpp() {
    with_pkg_config g++ -std=c++17 -Wall -Werror -x c++ -- examples/check-before-deploy.c
}
a_cmake_project_builds() {
    sed "s|\"/usr|\"$there/usr|" "$there/usr/lib/cmake/cfngen/cfngenConfig.cmake" >"$scratch/moved"
    cp "$scratch/moved" "$there/usr/lib/cmake/cfngen/cfngenConfig.cmake"
    cmake -S tests/project/outside -B "$scratch/cmake" -DCMAKE_PREFIX_PATH="$there/usr" -DEXAMPLES="$PWD/examples"
    cmake --build "$scratch/cmake"
    for program in with_cfngen with_cfngen_static comparison; do
        LD_LIBRARY_PATH=$there/usr/lib "$scratch/cmake/$program" | grep .
    done
    readelf -d "$scratch/cmake/with_cfngen" | grep -F libcfngen.so.0
    ! readelf -d "$scratch/cmake/with_cfngen_static" | grep -F libcfngen.so
}
cmake_takes_versions_that_go_together() {
    printf 'cmake_minimum_required(VERSION 3.16)\nproject(v C)\nfind_package(cfngen ${WANTED} QUIET)\n%s\n' \
        'if(NOT cfngen_FOUND)' 'message(FATAL_ERROR none)' 'endif()' >"$scratch/CMakeLists.txt"
    for wanted in 0.1 0.1.0; do
        cmake -S "$scratch" -B "$scratch/v" -DWANTED="$wanted" -DCMAKE_PREFIX_PATH="$there/usr" >/dev/null
    done
    for wanted in 0.0 0.2 1.0; do
        rm -rf "$scratch/v"
        if cmake -S "$scratch" -B "$scratch/v" -DWANTED="$wanted" -DCMAKE_PREFIX_PATH="$there/usr" >/dev/null 2>&1; then return 1; fi
    done
}

uninstall_leaves_nothing() {
    $make uninstall
    find "$there" ! -type d >"$scratch/left"
    cat "$scratch/left"
    test ! -s "$scratch/left"
}

check installs_what_it_promises
check a_program_builds_with_the_shared_library
check a_program_builds_with_the_static_library
check a_program_of_typed_resources_builds
tests="pkg_config_knows_it every_example_builds_with_pkg_config an_example_builds_with_the_archive an_example_builds_as_cpp"
for test in $tests; do
    if command -v pkg-config >/dev/null; then check "$test"; else skip "$test" "no pkg-config"; fi
done
for test in a_cmake_project_builds cmake_takes_versions_that_go_together; do
    if command -v cmake >/dev/null; then check "$test"; else skip "$test" "no cmake"; fi
done
check uninstall_leaves_nothing
finish
