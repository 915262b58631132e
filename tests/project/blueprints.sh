#!/bin/sh
# Checks the pages of the blueprints: each test and each logical id that a table names exists, each
# test of a blueprint stands in its page, and the commands give what the template asks for.
set -eu
cd "$(dirname "$0")/../.."
. tests/support/tap.sh
: "${CFNGEN:?the program to test}"
page=docs/rds-mysql-to-aurora-mysql.md
template=templates/rds-mysql-to-aurora-mysql.yaml

# A column of the tables "sentence | where | tests", one name a line.
names_in_column() { # NUMBER
    awk -F ' *[|] *' -v column="$1" '
        /^\| sentence \| where \| tests \|$/ { inside = 1; next }
        !/^\|/ { inside = 0 }
        inside && !/^\|---/ { print $column }' "$page" |
        grep -o '`[A-Za-z0-9_.]*`' | tr -d '`' | sort -u
}

# Those that are in a table of cmocka, or that a script checks.
tests_that_exist() { # FILE...
    sed -n -e 's/.*cmocka_unit_test(\([a-z0-9_]*\)).*/\1/p' -e 's/^ *\(if .*then \)\{0,1\}check \([a-z0-9_]*\).*/\2/p' "$@" |
        sort -u
}

every_sentence_has_a_place_and_a_test() {
    awk -F ' *[|] *' '
        /^\| sentence \| where \| tests \|$/ { inside = 1; next }
        !/^\|/ { inside = 0 }
        inside && !/^\|---/ { rows++; if (NF != 5 || $3 !~ /`/ || $4 !~ /`/) { print; bad = 1 } }
        END { exit bad || rows < 40 }' "$page"
}

every_test_of_the_table_exists() {
    tests_that_exist tests/unit/blueprints/*.c tests/run-examples tests/integration/*.sh tests/project/*.sh \
        >"$scratch/tests"
    names_in_column 4 >"$scratch/named"
    comm -13 "$scratch/tests" "$scratch/named" >"$scratch/missing"
    cat "$scratch/missing"
    [ -s "$scratch/named" ] && [ ! -s "$scratch/missing" ]
}

every_test_stands_in_the_table() {
    tests_that_exist tests/unit/blueprints/test_rds_mysql_*.c >"$scratch/tests"
    names_in_column 4 >"$scratch/named"
    comm -23 "$scratch/tests" "$scratch/named" >"$scratch/missing"
    cat "$scratch/missing"
    [ -s "$scratch/tests" ] && [ ! -s "$scratch/missing" ]
}

# Logical ids and properties of the stack file, as Id or Id.Property.
every_place_of_the_table_exists() {
    awk '/^  [A-Za-z0-9]+:$/ { id = $1; sub(/:/, "", id); print id }
        /^      [A-Za-z0-9]+:/ { name = $1; sub(/:.*/, "", name); print id "." name }' "$template" |
        sort -u >"$scratch/ids"
    names_in_column 3 >"$scratch/named"
    comm -13 "$scratch/ids" "$scratch/named" >"$scratch/missing"
    cat "$scratch/missing"
    [ -s "$scratch/named" ] && [ ! -s "$scratch/missing" ]
}

"$CFNGEN" synth "$template" --environment test --suffix s1 >"$scratch/template.json" 2>/dev/null

entries() { # SECTION
    sed -n "/^  \"$1\": {/,/^  }/s/^    \"\(.*\)\": {/\1/p" "$scratch/template.json"
}

# Those with a default may be left out.
the_deployment_gives_every_parameter() {
    awk '/^  "Parameters": \{/ { inside = 1 } /^  \}/ { inside = 0 }
        inside && /^    "/ { id = $1; gsub(/[":]/, "", id); needed[id] = 1 }
        inside && /^      "Default"/ { delete needed[id] }
        END { for (id in needed) print id }' "$scratch/template.json" | sort >"$scratch/needed"
    {
        sed -n '/^    # prod.yaml/,/^$/s/^    \([A-Za-z]*\): .*/\1/p' "$page"
        sed -n 's/.*--code \([A-Za-z]*\)=.*/\1CodeBucket\n\1CodeKey/p' "$page"
    } | sort | diff -u "$scratch/needed" -
    for parameter in $(entries Parameters); do
        sed -n '/^## Parameters/,/^## Before/p' "$page" | grep -q "^|.*\`$parameter\`" ||
            { echo "no row for $parameter"; return 1; }
    done
}

the_commands_name_outputs_that_exist() {
    entries Outputs | sort >"$scratch/outputs"
    sed -n '/^## Deploy/,/^## Sentence/p' "$page" |
        grep -oE '(output |`|for endpoint in |Arn )(Aurora|DMS|Validator|Migration)[A-Za-z]+' |
        sed 's/.*[ `]//' | sort -u >"$scratch/named"
    comm -13 "$scratch/outputs" "$scratch/named" >"$scratch/missing"
    cat "$scratch/missing"
    [ "$(wc -l <"$scratch/named")" -ge 7 ] && [ ! -s "$scratch/missing" ]
}

the_commands_name_resources_that_exist() {
    sed -n 's/.*for id in \(.*\); do/\1/p' "$page" | tr ' ' '\n' >"$scratch/named"
    [ -s "$scratch/named" ]
    for id in $(cat "$scratch/named"); do
        entries Resources | grep -qx "$id" || { echo "$id"; return 1; }
    done
}

# A typo would print a runbook in which a value is missing for ever.
every_placeholder_of_the_runbook_is_an_output() {
    entries Outputs | sort >"$scratch/outputs"
    grep -o '{{[^}]*}*' templates/rds-mysql-to-aurora-mysql.runbook.md | sort -u >"$scratch/placeholders"
    sed -n 's/^{{\(.*\)}}$/\1/p' "$scratch/placeholders" >"$scratch/named"
    [ "$(wc -l <"$scratch/named")" = "$(wc -l <"$scratch/placeholders")" ] && [ -s "$scratch/named" ]
    comm -13 "$scratch/outputs" "$scratch/named" >"$scratch/missing"
    cat "$scratch/missing"
    [ ! -s "$scratch/missing" ]
}

every_runbook_belongs_to_a_blueprint() {
    for runbook in templates/*.runbook.md; do test -f "${runbook%.runbook.md}.yaml"; done
}

check every_sentence_has_a_place_and_a_test
check every_test_of_the_table_exists
check every_test_stands_in_the_table
check every_place_of_the_table_exists
check the_deployment_gives_every_parameter
check the_commands_name_outputs_that_exist
check the_commands_name_resources_that_exist
check every_placeholder_of_the_runbook_is_an_output
check every_runbook_belongs_to_a_blueprint
finish
