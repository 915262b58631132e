#!/bin/sh
# Checks that every layer of the library knows only the layers before it, and the program only the
# public headers.
set -eu
cd "$(dirname "$0")/../.."
. tests/support/tap.sh
: "${LAYERS:?the layers of the library, in their order}"

# Public headers and the layer that keeps their promises; one that is not named here belongs to the
# last layer.
public_layer() {
    case $1 in
    common | arena | diagnostic | diagnostic_ids | version) echo base ;;
    node) echo node ;;
    read) echo read ;;
    write) echo write ;;
    template | template_*) echo template ;;
    value | stack | stack_*) echo stack ;;
    synth | cfngen) echo synth ;;
    *) echo constructs ;;
    esac
}

position() {
    n=0
    for layer in $LAYERS; do
        n=$((n + 1))
        if [ "$layer" = "$1" ]; then echo "$n"; return; fi
    done
    echo 99
}

# Prints "file header" for each #include, without the quotes or brackets.
includes() {
    grep -Hn '^ *# *include' "$@" | sed -n 's/^\([^:]*\):[0-9]*: *# *include *[<"]\([^>"]*\)[>"].*/\1 \2/p'
}

layer_of_header() {
    case $1 in
    cfngen/*.h) public_layer "$(basename "$1" .h)" ;;
    */*) if [ -f "lib/$1" ]; then dirname "$1"; fi ;;
    *) if [ -f "$2/$1" ]; then echo "without-its-layer"; fi ;;
    esac
}

includes_only_its_own_and_earlier_layers() { # LAYER
    own=$(position "$1")
    find "lib/$1" -name '*.[ch]' | while IFS= read -r file; do includes "$file"; done >"$scratch/includes"
    bad=0
    while read -r file header; do
        layer=$(layer_of_header "$header" "$(dirname "$file")")
        if [ -n "$layer" ] && [ "$(position "$layer")" -gt "$own" ]; then
            echo "$file includes $header ($layer)"
            bad=1
        fi
    done <"$scratch/includes"
    return $bad
}

is_used_only_in() { # HEADER LAYER...
    header=$1
    shift
    allowed=$(printf 'lib/%s/|' "$@")
    users=$(find lib cli -name '*.[ch]' | while IFS= read -r file; do includes "$file"; done |
        awk -v header="$header" '$2 == header { print $1 }' | grep -vE "^(${allowed%|})" || :)
    echo "$users"
    [ -z "$users" ]
}

has_only_known_layers() {
    for folder in lib/*/; do
        # A folder without code is a layer to come.
        [ -n "$(find "$folder" -name '*.[ch]')" ] || continue
        [ "$(position "$(basename "$folder")")" != 99 ] || { echo "$folder is no layer"; return 1; }
    done
}

program_includes_only_public_headers() {
    find cli examples -name '*.[ch]' | while IFS= read -r file; do includes "$file"; done >"$scratch/includes"
    bad=0
    while read -r file header; do
        if [ "${header#cfngen/}" = "$header" ] && [ -f "lib/$header" ]; then
            echo "$file includes $header"
            bad=1
        fi
    done <"$scratch/includes"
    return $bad
}

check has_only_known_layers
for layer in $LAYERS; do check includes_only_its_own_and_earlier_layers "$layer"; done
check is_used_only_in yaml.h read write
check is_used_only_in jansson.h read
check program_includes_only_public_headers
finish
