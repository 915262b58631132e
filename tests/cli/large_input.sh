#!/bin/sh
# Inputs made to exhaust a reader are refused quickly, with the limit they exceed.
set -eu
cd "$(dirname "$0")/../.."
. tests/support/tap.sh
. tests/support/cli.sh
cd "$scratch"

refused() { # FILE ID TEXT
    echo old >output.json
    ends 1 synth "$1" -o output.json
    prints_nothing
    says "$1:"
    says "error $2: "
    says "$3"
    test "$(cat output.json)" = old
    test "$(wc -c <err)" -lt 5000
}

repeat() { # TEXT COUNT
    awk -v text="$1" -v count="$2" 'BEGIN { for (i = 0; i < count; i++) printf "%s", text }'
}

a_file_of_100_megabytes() {
    truncate -s 100M in.yaml
    refused in.yaml CFN0004 8
}
standard_input_of_100_megabytes() {
    truncate -s 100M in.yaml
    input=in.yaml
    ends 1 synth
    says "<stdin>: error CFN0004"
}
standard_input_without_an_end() {
    status=0
    yes 'A: 1' | timeout 10 "$CFNGEN" synth >out 2>err || status=$?
    cat err
    test "$status" = 1
    says CFN0004
}
json_nested_100000_deep() {
    { printf '{"A":'; repeat '[' 100000; repeat ']' 100000; echo '}'; } >in.json
    refused in.json CFN0009 200
}
json_nested_without_an_end() {
    repeat '[' 1000000 >in.json
    refused in.json CFN0009 200
}
yaml_nested_20000_deep() {
    { printf 'A: '; repeat '[' 20000; repeat ']' 20000; echo; } >in.yaml
    refused in.yaml CFN0009 200
}
yaml_indented_deep() {
    awk 'BEGIN { for (i = 0; i < 2000; i++) printf "%*sA:\n", i, "" }' >in.yaml
    refused in.yaml CFN0009 200
}
an_alias_bomb() {
    {
        echo 'A0: &A0 [x, x, x, x, x, x, x, x, x, x]'
        awk 'BEGIN { for (i = 1; i < 30; i++) {
            printf "A%d: &A%d [", i, i
            for (j = 0; j < 10; j++) printf "%s*A%d", j ? ", " : "", i - 1
            print "]" } }'
    } >in.yaml
    refused in.yaml CFN0011 500000
}
an_alias_in_its_own_anchor() {
    echo 'A: &A [*A]' >in.yaml
    refused in.yaml CFN0205 A
}
a_value_of_3_megabytes() {
    { printf 'A: '; repeat x 3000000; echo; } >in.yaml
    refused in.yaml CFN0012 ''
}
a_key_of_3_megabytes() {
    { printf '{"'; repeat x 3000000; echo '": 1}'; } >in.json
    refused in.json CFN0012 ''
}
a_number_out_of_range() {
    echo '{"A": 1e999999}' >in.json
    refused in.json CFN0102 1e999999
}
a_number_of_30_digits() {
    echo '{"A": 123456789012345678901234567890}' >in.json
    refused in.json CFN0102 123456789012345678901234567890
}
a_million_keys() {
    awk 'BEGIN { print "Resources:"; for (i = 0; i < 520000; i++) print "  A" i ": 1" }' >in.yaml
    refused in.yaml CFN0011 500000
}
many_mistakes_are_cut_off() {
    { echo Resources:; i=0; while [ $i -lt 400 ]; do i=$((i + 1)); echo "  R$i: {Type: A::B, X: 1, Y: 2, Z: 3}"; done; } >in.yaml
    ends 1 synth in.yaml
    says CFN0013
}

for test in a_file_of_100_megabytes standard_input_of_100_megabytes standard_input_without_an_end \
    json_nested_100000_deep json_nested_without_an_end yaml_nested_20000_deep yaml_indented_deep an_alias_bomb \
    an_alias_in_its_own_anchor a_value_of_3_megabytes a_key_of_3_megabytes a_number_out_of_range \
    a_number_of_30_digits a_million_keys many_mistakes_are_cut_off; do
    check "$test"
done
finish
