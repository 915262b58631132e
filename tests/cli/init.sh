#!/bin/sh
# cfngen init: blueprints become files of the user.
set -eu
cd "$(dirname "$0")/../.."
. tests/support/tap.sh
. tests/support/cli.sh
templates=$PWD/templates
first=rds-mysql-to-aurora-mysql
cd "$scratch"

a_blueprint_is_copied_here() {
    ends 0 init $first
    says_nothing
    cmp $first.yaml "$templates/$first.yaml"
    prints "cfngen synth $first.yaml --environment dev --suffix v1 -o $first.template.json"
}
the_next_command_works() {
    mkdir next && cd next
    "$CFNGEN" init $first project >out
    command=$(grep '^  cfngen synth ' out)
    sh -euc "cfngen() { '$CFNGEN' \"\$@\"; }; $command"
    test -s $first.template.json
}
every_blueprint_is_in_the_program() {
    for file in "$templates"/*.yaml; do
        name=$(basename "$file" .yaml)
        "$CFNGEN" init "$name" - | cmp - "$file"
    done
}
folders_are_made() {
    ends 0 init $first new/folder/
    cmp new/folder/$first.yaml "$templates/$first.yaml"
    prints "cfngen synth new/folder/$first.yaml "
}
a_file_that_exists_is_kept() {
    mkdir -p kept
    echo mine >kept/$first.yaml
    ends 3 init $first kept
    prints_nothing
    says "kept/$first.yaml exists already; --force writes over it"
    test "$(cat kept/$first.yaml)" = mine
    ends 0 init $first kept --force
    cmp kept/$first.yaml "$templates/$first.yaml"
}
a_file_in_the_way_is_told() {
    : >file
    ends 3 init $first file
    says file
    ends 3 init $first file/folder
    says "the folder file/folder cannot be made: Not a directory"
}
without_a_name_they_are_listed() {
    ends 0 init
    prints "  $first"
}
an_unknown_name_is_refused() {
    ends 2 init rds-mysql-to-aurora-mysq
    says "there is no blueprint rds-mysql-to-aurora-mysq; did you mean $first?"
    ends 2 init mine
    says 'there is no blueprint mine; "cfngen list blueprints" lists them'
}

for test in a_blueprint_is_copied_here the_next_command_works every_blueprint_is_in_the_program folders_are_made \
    a_file_that_exists_is_kept a_file_in_the_way_is_told without_a_name_they_are_listed an_unknown_name_is_refused; do
    check $test
done
finish
