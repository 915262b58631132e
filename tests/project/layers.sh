#!/bin/sh
# Checks that every layer of the library knows only the layers before it, and the program only the
# public headers.
set -eu
cd "$(dirname "$0")/../.."
. tests/support/tap.sh
: "${LAYERS:?the layers of the library, in their order}"
: "${APART:?the libraries apart from it}"

# Public headers and the layer that keeps their promises; one that is not named here belongs to the
# last layer.
public_layer() {
    case $1 in
    allocator | common | arena | diagnostic | diagnostic_ids | nearest | version) echo base ;;
    node) echo node ;;
    read) echo read ;;
    write) echo write ;;
    schema | schema_build) echo schema ;;
    bindings) echo bindings ;;
    template | template_* | assets | outputs) echo template ;;
    dms_table_mappings | dms_task_settings) echo dms ;;
    value | record | stack | stack_*) echo stack ;;
    check) echo check ;;
    diff) echo diff ;;
    compare | compare_work) echo compare ;;
    preflight) echo preflight ;;
    assertions | assertions_* | test_suite) echo assertions ;;
    compare) echo compare ;;
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

# Prints "file <header>" or "file "header"" for each #include in the C files of some folders.
includes() {
    find "$@" -name '*.[ch]' -exec grep -H '^ *# *include' {} + |
        sed -n 's/^\([^:]*\): *# *include *\([<"][^>"]*[>"]\).*/\1 \2/p'
}

# The layer of a header as it is included; nothing for the system's.
layer_of_header() {
    name=${1#?}
    name=${name%?}
    case $1 in
    '<cfngen/aws/'*) echo stack ;; # made of its <cfngen/record.h>
    '<cfngen/'*) public_layer "$(basename "$name" .h)" ;;
    '"'*/*) dirname "$name" ;;
    '"'*) echo "without-its-layer" ;;
    esac
}

includes_only_its_own_and_earlier_layers() { # LAYER
    own=$(position "$1")
    includes "lib/$1" >"$scratch/includes"
    bad=0
    while read -r file header; do
        layer=$(layer_of_header "$header")
        if [ -n "$layer" ] && [ "$(position "$layer")" -gt "$own" ]; then
            echo "$file includes $header ($layer)"
            bad=1
        fi
    done <"$scratch/includes"
    return $bad
}

# What is apart uses the layers that know nothing of templates, and the preflight the comparison's
# connections and catalogue.
includes_only_what_it_may() { # LIBRARY
    includes "lib/$1" >"$scratch/includes"
    bad=0
    while read -r file header; do
        layer=$(layer_of_header "$header")
        case $layer in
        '' | base | node | read | write | dms | "$1") ;;
        compare)
            case $1:$header in preflight:* | 'lambda:<'*) ;; *) echo "$file includes $header"; bad=1 ;; esac
            ;;
        *) echo "$file includes $header ($layer)"; bad=1 ;;
        esac
    done <"$scratch/includes"
    return $bad
}

is_used_only_in() { # HEADER LAYER...
    header=$1
    shift
    allowed=$(printf 'lib/%s/|' "$@")
    users=$(includes lib cli | awk -v header="<$header>" '$2 == header { print $1 }' |
        grep -vE "^(${allowed%|})" || :)
    echo "$users"
    [ -z "$users" ]
}

has_only_known_layers() {
    for folder in lib/*/; do
        # A folder without code is a layer to come.
        [ -n "$(find "$folder" -name '*.[ch]')" ] || continue
        case " $APART " in *" $(basename "$folder") "*) continue ;; esac
        [ "$(position "$(basename "$folder")")" != 99 ] || { echo "$folder is no layer"; return 1; }
    done
}

program_includes_only_public_headers() {
    includes cli examples >"$scratch/includes"
    bad=0
    while read -r file header; do
        name=${header#'"'}
        case $header in
        '<'*) ;;
        *) [ -f "$(dirname "$file")/${name%'"'}" ] || [ "$header" = '"blueprints.inc"' ] || { echo "$file includes $header"; bad=1; } ;;
        esac
    done <"$scratch/includes"
    return $bad
}

check has_only_known_layers
for layer in $LAYERS; do check includes_only_its_own_and_earlier_layers "$layer"; done
for library in $APART; do check includes_only_what_it_may "$library"; done
check is_used_only_in mysql.h compare
check is_used_only_in libpq-fe.h compare
check is_used_only_in yaml.h read write
check is_used_only_in jansson.h read
check is_used_only_in pcre2.h check
check is_used_only_in curl/curl.h lambda
check is_used_only_in expat.h lambda
check program_includes_only_public_headers
finish
