#!/bin/sh
# Compiles each public header alone, as C and as C++, and checks that mistakes in using them are
# refused by the compiler.
#
# Each file in tests/headers/must_not_compile holds one mistake. Its lines "expect: REGEX" (or
# "expect-gcc:", "expect-clang:") say what the compiler's errors must match; control.c, without any,
# must compile.
set -eu
cd "$(dirname "$0")/../.."
. tests/support/tap.sh
mistakes=tests/headers/must_not_compile

compiles_alone() { # HEADER COMPILER OPTION...
    header=$1
    shift
    # A header of macros alone leaves nothing to compile, which is not allowed.
    printf '#include <cfngen/%s>\ntypedef int nothing;\n' "$header" | "$@" -pedantic -Wall -Wextra -Werror -fsyntax-only -Iinclude -
}

compile() { # COMPILER FILE
    LC_ALL=C "$1" -std=c11 -pedantic -Wall -Wextra -Werror -fsyntax-only -Iinclude "$2"
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

has_the_same_sizes_everywhere() { # COMPILER LANGUAGE
    "$1" -x "$2" -Iinclude -c tests/headers/sizes.c -o "$scratch/sizes.o"
    "$1" "$scratch/sizes.o" -o "$scratch/sizes"
    "$scratch/sizes" >"$scratch/sizes.$1"
    if [ ! -f "$scratch/sizes.first" ]; then cp "$scratch/sizes.$1" "$scratch/sizes.first"; fi
    diff "$scratch/sizes.first" "$scratch/sizes.$1"
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
    check has_the_same_sizes_everywhere "$compiler" "$language"
    [ "$language" = c ] || continue
    for file in "$mistakes"/*.c; do
        [ -f "$file" ] || continue
        case $file in
        */control.c) check compile "$compiler" "$file" ;;
        *) check is_refused_for_its_reason "$file" "$compiler" ;;
        esac
    done
done
finish
