#!/bin/sh
# Checks what the generator of bindings makes of a small service that has every form of value:
# case.h.txt is that header, committed so that a change of the generator shows in a diff; BLESS=1
# rewrites it. And that the tables of all services agree with their structs.
set -eu
cd "$(dirname "$0")/../.."
. tests/support/tap.sh
: "${CFNGEN:?the program to test}" "${OUT:?where the library is}"
unset CFNGEN_SCHEMA
golden=tests/project/bindings/case.h.txt

mkdir "$scratch/schemas"
cp tests/project/bindings/*.json "$scratch/schemas/"
"$CFNGEN" schema build "$scratch/schemas" -o "$scratch/facts.bin"
"$CFNGEN" bindings Case --schema "$scratch/facts.bin" -o "$scratch" >/dev/null
header=$scratch/cfngen/aws/case.h
if [ -n "${BLESS-}" ]; then cp "$header" "$golden"; fi

every_form_of_value_is_printed_as_before() {
    diff -u "$golden" "$header"
}

that_header_compiles() {
    for compiler in gcc g++ clang clang++; do
        command -v "$compiler" >/dev/null || continue
        case $compiler in *++) language=c++ ;; *) language=c ;; esac
        printf '#include <cfngen/aws/case.h>\ntypedef int nothing;\n' |
            "$compiler" -x "$language" -Wall -Wextra -Werror -fsyntax-only -Iinclude -I"$scratch" -
    done
}

# A row for each member, in order, and no byte but padding left over: as of the tables by hand.
the_tables_of_all_services_tile_their_structs() {
    "$CFNGEN" bindings --all -o "$scratch/all" >/dev/null
    (cd "$scratch/all" && find cfngen -name '*.h' | LC_ALL=C sort) >"$scratch/headers"
    {
        sed 's/.*/#include <&>/' "$scratch/headers"
        sed 1d tests/project/bindings/tiles.c
        echo 'int main(void) {'
        (cd "$scratch/all" && cat $(cat "$scratch/headers")) |
            sed -n 's/^static inline const cfn_record \*\([A-Za-z0-9_]*_record\)(void)$/    check(\1());/p'
        echo '    return finish(); }'
    } >"$scratch/tiles.c"
    test "$(grep -c '^    check(' "$scratch/tiles.c")" -gt 1700
    ${CC:-gcc} -std=c11 -D_POSIX_C_SOURCE=200809L -O0 -Iinclude -Ilib -I"$scratch/all" \
        "$scratch/tiles.c" "$OUT/libcfngen.a" -ljansson -lyaml -lpcre2-8 -o "$scratch/tiles"
    "$scratch/tiles"
}

# Each block of docs/bindings.md is the inside of a function that has a stack.
block_functions() { # LANGUAGE
    awk -v start="\`\`\`$1" '
        $0 == start { inside = 1; print "void example" ++n "(cfn_stack *stack);\nvoid example" n "(cfn_stack *stack)\n{"; next }
        inside && /^```$/ { inside = 0; print "}"; next }
        inside' docs/bindings.md
}
the_code_of_the_page_compiles() { # LANGUAGE COMPILER OPTION...
    language=$1
    shift
    {
        for service in kms rds sns; do echo "#include <cfngen/aws/$service.h>"; done
        echo '#include <cfngen/cfngen.h>'
        block_functions "$language"
    } >"$scratch/page.$language"
    grep -q aws_rds_DBCluster_add "$scratch/page.$language"
    "$@" -Wall -Wextra -Werror -Wno-unused -pedantic -fsyntax-only -Iinclude -I"$OUT/gen" "$scratch/page.$language"
}

check every_form_of_value_is_printed_as_before
check that_header_compiles
check the_code_of_the_page_compiles c gcc -std=c11
if command -v g++ >/dev/null; then
    check the_code_of_the_page_compiles cpp g++ -std=c++17
else
    skip "the code of the page compiles cpp" "no g++"
fi
check the_tables_of_all_services_tile_their_structs
finish
