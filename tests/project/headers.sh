#!/bin/sh
# Compiles each public header alone, as C and as C++, and checks that mistakes in using them are
# refused by the compiler; the typed bindings of every service among them.
#
# Each file in tests/headers/must_not_compile holds one mistake. Its lines "expect: REGEX" (or
# "expect-gcc:", "expect-clang:") say what the compiler's errors must match; control.c and
# control_resource.c, without any, must compile.
set -eu
cd "$(dirname "$0")/../.."
. tests/support/tap.sh
: "${CFNGEN:?the program to test}" "${OUT:?where the bindings are}"
mistakes=tests/headers/must_not_compile
includes="-Iinclude -I$OUT/gen"

compiles_alone() { # HEADER COMPILER OPTION...
    header=$1
    shift
    # A header of macros alone leaves nothing to compile, which is not allowed.
    printf '#include <cfngen/%s>\ntypedef int nothing;\n' "$header" | "$@" -pedantic -Wall -Wextra -Werror -fsyntax-only $includes -
}

compile() { # COMPILER FILE
    LC_ALL=C "$1" -std=c11 -pedantic -Wall -Wextra -Werror -fsyntax-only $includes "$2"
}

is_refused_for_its_reason() { # FILE COMPILER
    sed -n "s,.*expect\(-$2\)\{0\,1\}: *,,p" "$1" | sed 's, *\*/ *$,,' >"$scratch/expected"
    test -s "$scratch/expected" || { echo "$1 does not say what to expect of $2"; return 1; }
    if compile "$2" "$1" >"$scratch/said" 2>&1; then
        echo "it compiles"
        return 1
    fi
    cat "$scratch/said"
    while IFS= read -r regex; do
        grep 'error:' "$scratch/said" | grep -qE -- "$regex" || { echo "no error matches: $regex"; return 1; }
    done <"$scratch/expected"
}

# All services at once: their names must not collide either.
"$CFNGEN" bindings --all -o "$scratch/all" >/dev/null
(cd "$scratch/all" && find cfngen -name '*.h' | LC_ALL=C sort | sed 's/.*/#include <&>/') >"$scratch/all.c"
echo 'typedef int nothing;' >>"$scratch/all.c"
compiles_bindings_of_all_services() { # COMPILER OPTION...
    "$@" -pedantic -Wall -Wextra -Wconversion -Wshadow -Werror -fsyntax-only -Iinclude -I"$scratch/all" "$scratch/all.c"
    test "$(wc -l <"$scratch/all.c")" -gt 280
}

has_the_same_sizes_everywhere() { # COMPILER LANGUAGE
    "$1" -x "$2" -Iinclude -c tests/headers/sizes.c -o "$scratch/sizes.o"
    "$1" "$scratch/sizes.o" -o "$scratch/sizes"
    "$scratch/sizes" >"$scratch/sizes.$1"
    if [ ! -f "$scratch/sizes.first" ]; then cp "$scratch/sizes.$1" "$scratch/sizes.first"; fi
    diff "$scratch/sizes.first" "$scratch/sizes.$1"
}

builds_the_same_stack_in_cplusplus() { # COMPILER
    "$1" -std=c++17 -Wall -Wextra -Werror -pedantic $includes tests/headers/bindings.cpp \
        "$OUT/libcfngen.a" -ljansson -lyaml -lpcre2-8 -o "$scratch/bindings"
    "$scratch/bindings" >"$scratch/from-cplusplus.json"
    "$CFNGEN" synth tests/headers/bindings.yaml | diff - "$scratch/from-cplusplus.json"
}

for compiler in gcc clang g++ clang++; do
    case $compiler in *++) language=c++ standard=c++17 ;; *) language=c standard=c11 ;; esac
    if ! command -v "$compiler" >/dev/null; then
        skip "headers compile with $compiler" "no $compiler"
        continue
    fi
    for header in include/cfngen/*.h; do
        check compiles_alone "$(basename "$header")" "$compiler" "-std=$standard" -x "$language"
    done
    for header in "$OUT"/gen/cfngen/aws/*.h; do
        check compiles_alone "aws/$(basename "$header")" "$compiler" "-std=$standard" -x "$language"
    done
    check compiles_bindings_of_all_services "$compiler" "-std=$standard" -x "$language"
    check has_the_same_sizes_everywhere "$compiler" "$language"
    [ "$language" = c ] || { check builds_the_same_stack_in_cplusplus "$compiler"; continue; }
    for file in "$mistakes"/*.c; do
        [ -f "$file" ] || continue
        case $file in
        */control*.c) check compile "$compiler" "$file" ;;
        *) check is_refused_for_its_reason "$file" "$compiler" ;;
        esac
    done
done
finish
