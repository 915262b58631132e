#!/bin/sh
# Checks each blueprint against what belongs to it: its page, its runbook and its tests. Each test and
# each place that a table names exists, each test of a blueprint stands in its page, and the commands
# give what the template asks for. Nothing here knows a blueprint by its name.
set -eu
cd "$(dirname "$0")/../.."
. tests/support/tap.sh
: "${CFNGEN:?the program to test}"

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

# The test programs of a blueprint are those that name its file.
its_programs() { # NAME
    grep -l "\"templates/$1.yaml\"" tests/unit/blueprints/*.c
}

entries() { # SECTION
    sed -n "/^  \"$1\": {/,/^  }/s/^    \"\(.*\)\": {/\1/p" "$template"
}

none_is_missing() { # FILE: those that are named, which are some; "$scratch/known" are those that there are
    comm -13 "$scratch/known" "$1" >"$scratch/missing"
    cat "$scratch/missing"
    [ -s "$1" ] && [ ! -s "$scratch/missing" ]
}

it_has_its_files() { # NAME
    for file in "$page" "$runbook" "examples/$1.test.yaml" "tests/integration/blueprints/$1.json"; do
        test -f "$file" || { echo "there is no $file"; return 1; }
    done
    its_programs "$1"
    grep -q "^| .*($1.md)" docs/blueprints.md || { echo "docs/blueprints.md has no row for it"; return 1; }
    grep -qF "$1" CHANGELOG.md || { echo "CHANGELOG.md does not name it"; return 1; }
}

# Without a suffix, names end in a parameter, which takes more room.
it_is_deployed_without_a_bucket_or_its_row_says_so() { # NAME
    for options in "--suffix s1" ""; do
        # shellcheck disable=SC2086
        "$CFNGEN" synth "$blueprint" --minify --environment test $options >"$scratch/minified" 2>/dev/null
        size=$(wc -c <"$scratch/minified")
        echo "$size bytes"
        [ "$size" -gt 10000 ]
        if [ "$size" -gt 51200 ]; then grep "^| .*($1.md).*--s3-bucket" docs/blueprints.md; fi
    done
}

# Not the first deployment alone: a later one that goes without it fails in the middle of a migration.
every_deployment_of_a_large_template_has_a_bucket() { # NAME: it follows the check of the size
    sed -e ':join' -e '/\\$/{N;s/\\\n//;b join' -e '}' "$page" "$runbook" >"$scratch/joined"
    grep -E 'cfngen deploy [a-z0-9-]+[.](json|yaml) ' "$scratch/joined" >"$scratch/deployments"
    [ "$(wc -c <"$scratch/minified")" -le 51200 ] || ! grep -v -e --s3-bucket "$scratch/deployments"
}

every_sentence_has_a_place_and_a_test() {
    awk -F ' *[|] *' '
        /^\| sentence \| where \| tests \|$/ { inside = 1; next }
        !/^\|/ { inside = 0 }
        inside && !/^\|---/ { rows++; if (NF != 5 || $3 !~ /`/ || $4 !~ /`/) { print; bad = 1 } }
        END { print rows + 0, "sentences"; exit bad || rows < 30 }' "$page"
}

every_test_of_the_table_exists() {
    tests_that_exist tests/unit/blueprints/*.c tests/run-examples tests/integration/*.sh tests/project/*.sh \
        tests/cli/*.sh >"$scratch/known"
    names_in_column 4 >"$scratch/named"
    none_is_missing "$scratch/named"
}

every_test_stands_in_the_table() { # NAME
    # shellcheck disable=SC2046
    tests_that_exist $(its_programs "$1") >"$scratch/named"
    names_in_column 4 >"$scratch/known"
    none_is_missing "$scratch/named"
}

# Logical ids and properties of the stack file, as Id or Id.Property, and logical ids of the template.
every_place_of_the_table_exists() {
    {
        awk '/^  [A-Za-z0-9]+:/ { id = $1; sub(/:.*/, "", id); print id }
            /^      [A-Za-z0-9]+:/ { name = $1; sub(/:.*/, "", name); print id "." name }' "$blueprint"
        entries Resources
    } | sort -u >"$scratch/known"
    names_in_column 3 >"$scratch/named"
    none_is_missing "$scratch/named"
}

section() { # TITLE: a section of the page, to the next title of its size
    awk -v title="## $1" '/^## / { inside = $0 == title } inside' "$page"
}

# In prod.yaml, or by an option; those with a default may be left out.
the_deployment_gives_every_parameter() {
    awk '/^  "Parameters": \{/ { inside = 1 } /^  \}/ { inside = 0 }
        inside && /^    "/ { id = $1; gsub(/[":]/, "", id); needed[id] = 1 }
        inside && /^      "Default"/ { delete needed[id] }
        END { for (id in needed) print id }' "$template" | sort >"$scratch/needed"
    {
        sed -n '/^    # prod.yaml/,/^$/s/^    \([A-Za-z0-9]*\): .*/\1/p' "$page"
        sed -n 's/.*--code \([A-Za-z0-9]*\)=.*/\1CodeBucket\n\1CodeKey/p' "$page"
        sed -n 's/.*--parameter \([A-Za-z0-9]*\)=.*/\1/p' "$page"
    } | sort -u >"$scratch/given"
    cp "$scratch/given" "$scratch/known"
    none_is_missing "$scratch/needed"
    entries Parameters | sort >"$scratch/known"
    none_is_missing "$scratch/given"
}

every_parameter_has_a_row() {
    section Parameters >"$scratch/section"
    for parameter in $(entries Parameters); do
        grep -q "^|.*\`$parameter\`" "$scratch/section" || { echo "no row for $parameter"; return 1; }
    done
}

# $(output NAME), and names in backticks, which are of something in the stack file or its template.
the_commands_name_outputs_that_exist() {
    for title in Before Deploy Start "Cut over" "Roll back" Destroy; do section "$title"; done >"$scratch/steps"
    entries Outputs | sort >"$scratch/known"
    grep -oE 'output [A-Z][A-Za-z0-9]+' "$scratch/steps" | sed 's/.* //' | sort -u >"$scratch/named"
    none_is_missing "$scratch/named"
    cat "$blueprint" "$template" | tr -c 'A-Za-z0-9' '\n' | sort -u >"$scratch/known"
    grep -oE '`[A-Z][a-z0-9]+[A-Z][A-Za-z0-9]*`' "$scratch/steps" | tr -d '`' | sort -u >"$scratch/named"
    none_is_missing "$scratch/named"
}

# In loops over ids, and as STACK/ID.
the_commands_name_resources_that_exist() {
    {
        sed -n 's/.*for id in \(.*\); do/\1/p' "$page" | tr ' ' '\n'
        grep -ohE 'cfngen (task [a-z]+|cutover [a-z]+) [a-z]+/[A-Za-z0-9]+' "$page" "$runbook" | sed 's,.*/,,'
    } | sort -u >"$scratch/named"
    entries Resources | sort >"$scratch/known"
    none_is_missing "$scratch/named"
}

# A typo would print a runbook in which a value is missing for ever.
every_placeholder_of_the_runbook_is_an_output() {
    entries Outputs | sort >"$scratch/known"
    grep -o '{{[^}]*}*' "$runbook" | sort -u >"$scratch/placeholders"
    sed -n 's/^{{\(.*\)}}$/\1/p' "$scratch/placeholders" >"$scratch/named"
    [ "$(wc -l <"$scratch/named")" = "$(wc -l <"$scratch/placeholders")" ]
    none_is_missing "$scratch/named"
}

the_commands_of_the_runbook_are_those_of_a_shell() {
    sed -n '/^```sh$/,/^```$/p' "$runbook" | grep -v '^```' | sed 's/{{[A-Za-z0-9]*}}/value/g' >"$scratch/commands"
    [ -s "$scratch/commands" ]
    bash -n "$scratch/commands"
}

every_runbook_and_every_test_belongs_to_a_blueprint() {
    for file in templates/*.runbook.md; do test -f "${file%.runbook.md}.yaml" || { echo "$file"; return 1; }; done
    for file in tests/integration/blueprints/*.json; do
        test -f "templates/$(basename "$file" .json).yaml" || { echo "$file"; return 1; }
    done
    sed -n 's/.*"\(templates\/[^"]*\.yaml\)".*/\1/p' tests/unit/blueprints/*.c | while read -r file; do
        test -f "$file" || { echo "$file"; return 1; }
    done
}

check every_runbook_and_every_test_belongs_to_a_blueprint
for blueprint in templates/*.yaml; do
    name=$(basename "$blueprint" .yaml)
    page=docs/$name.md
    runbook=templates/$name.runbook.md
    template=$scratch/$name.json
    "$CFNGEN" synth "$blueprint" --environment test --suffix s1 >"$template" 2>/dev/null
    check it_has_its_files "$name"
    check it_is_deployed_without_a_bucket_or_its_row_says_so "$name"
    check every_deployment_of_a_large_template_has_a_bucket "$name"
    check every_sentence_has_a_place_and_a_test "$name"
    check every_test_of_the_table_exists "$name"
    check every_test_stands_in_the_table "$name"
    check every_place_of_the_table_exists "$name"
    check the_deployment_gives_every_parameter "$name"
    check every_parameter_has_a_row "$name"
    check the_commands_name_outputs_that_exist "$name"
    check the_commands_name_resources_that_exist "$name"
    check every_placeholder_of_the_runbook_is_an_output "$name"
    check the_commands_of_the_runbook_are_those_of_a_shell "$name"
done
finish
