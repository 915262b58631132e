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
        lib/libcfncompare.a lib/libcfncompare.so share/man/man1/cfngen-compare.1 share/man/man1/cfngen-preflight.1 \
        "lib/libcfngen.so.$VERSION" lib/pkgconfig/cfngen.pc \
        share/bash-completion/completions/cfngen share/zsh/site-functions/_cfngen \
        share/fish/vendor_completions.d/cfngen.fish share/doc/cfngen/docs/rules.md \
        share/doc/cfngen/examples/first-stack.yaml; do
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

pkg_config_knows_it() {
    export PKG_CONFIG_PATH="$there/usr/lib/pkgconfig"
    test "$(pkg-config --modversion cfngen)" = "$VERSION"
    pkg-config --libs cfngen | grep -F -- -lcfngen
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
if command -v pkg-config >/dev/null; then check pkg_config_knows_it; else skip pkg_config_knows_it "no pkg-config"; fi
check uninstall_leaves_nothing
finish
