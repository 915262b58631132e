#!/bin/bash
# The life of each blueprint in a simulated AWS, by the real aws command: deployed, its outputs read,
# changed, deleted. What is to come out is in tests/integration/blueprints/NAME.json.
#
#   BLUEPRINTS="templates/NAME.yaml ..."    these alone
#
# The simulation knows names, references and attributes. It does not expand the transform that makes
# the function of a rotation, and takes any value of a property.
set -eu
cd "$(dirname "$0")/../.."
. tests/support/tap.sh
: "${CFNGEN:?the program to test}"
. tests/support/simulated-aws.sh

about() { # COMMAND [ARGUMENT...], see blueprint.py
    python3 tests/integration/blueprint.py "$name" "$@"
}

synth() { # SUFFIX FILE [STACK FILE]
    "$CFNGEN" synth "${3:-$blueprint}" --minify --environment test --suffix "$1" -o "$2"
}

deploy_blueprint() { # STACK TEMPLATE [first] [change]
    about parameters "${@:3}" >"$scratch/given"
    mapfile -t given <"$scratch/given"
    deploy "$1" "$2" "${given[@]}"
}

it_deploys_in_a_new_account() {
    deploy_blueprint first "$template" first
}

what_exists() {
    python3 tests/integration/what_exists.py "$standins"
}

resources_of() { # STACK
    aws cloudformation describe-stack-resources --stack-name "$1" --output json >"$scratch/resources"
}

# Nothing is left of it but what is to stay, and that is.
deleting_leaves_what_was_there() { # STACK FILE
    resources_of "$1"
    about stays "$1" "$scratch/resources" >>"$scratch/stays"
    aws cloudformation delete-stack --stack-name "$1"
    is_gone "$1"
    what_exists >"$scratch/after"
    grep -vxF -f "$scratch/stays" "$scratch/after" | diff "$2" -
    [ "$(grep -xF -f "$scratch/stays" "$scratch/after" | wc -l)" = $(($(wc -l <"$scratch/stays") / 2)) ]
}

every_output_has_a_value_of_its_shape() {
    "$CFNGEN" outputs --stack "${2:-first}"
    python3 tests/integration/flat_outputs.py "$name"
}

the_outputs_are_the_declared_ones() {
    "$CFNGEN" outputs --stack first
    python3 - "$template" <<'EOF'
import json, sys
declared = json.load(open(sys.argv[1]))["Outputs"]
given = json.load(open("cfn-outputs/flat-outputs.json"))
sys.exit(f"{declared.keys() ^ given.keys()}" if declared.keys() != given.keys() else 0)
EOF
}

everything_that_is_declared_exists() {
    resources_of first
    about exists "$template" "$scratch/resources"
}

# The blueprint is deployed a second time, and goes without what the first one has.
a_stack_with_another_suffix_fits_beside_the_first() {
    what_exists >"$scratch/before"
    synth it2 "$scratch/second.json"
    deploy_blueprint second "$scratch/second.json"
    every_output_has_a_value_of_its_shape "$name" second
    deleting_leaves_what_was_there second "$scratch/before"
}

a_stack_with_the_same_suffix_does_not() {
    if deploy_blueprint third "$template" >"$scratch/said" 2>&1; then return 1; fi
    grep -q 'already exists' "$scratch/said"
}

a_change_set_says_what_a_parameter_and_a_property_change() {
    about edit >"$scratch/changed.yaml"
    synth it1 "$scratch/changed.json" "$scratch/changed.yaml"
    about parameters first change >"$scratch/given"
    mapfile -t given <"$scratch/given"
    change_set first change "$scratch/changed.json" "${given[@]}"
    aws cloudformation describe-change-set --stack-name first --change-set-name change --output text \
        --query 'Changes[].ResourceChange.[Action, LogicalResourceId]' | sort >"$scratch/changes"
    about modifies | sed 's/^/Modify\t/' | diff - "$scratch/changes"
}

an_executed_change_set_reaches_the_resources() {
    about holds before "$standins" first
    aws cloudformation execute-change-set --stack-name first --change-set-name change
    about holds after "$standins" first
    every_output_has_a_value_of_its_shape "$name"
}

deleting_leaves_nothing_but_what_is_to_stay() {
    what_exists >"$scratch/while"
    if cmp "$scratch/empty" "$scratch/while"; then return 1; fi
    deleting_leaves_what_was_there first "$scratch/empty"
}

aws s3 mb s3://templates >/dev/null # for the large ones
for blueprint in ${BLUEPRINTS:-templates/*.yaml}; do
    name=$(basename "$blueprint" .yaml)
    template=$scratch/template.json
    : >"$scratch/stays" # of all stacks of this blueprint that are gone
    what_exists >"$scratch/empty"
    check synth it1 "$template"
    check it_deploys_in_a_new_account "$name"
    check every_output_has_a_value_of_its_shape "$name"
    check the_outputs_are_the_declared_ones "$name"
    check everything_that_is_declared_exists "$name"
    check a_stack_with_another_suffix_fits_beside_the_first "$name"
    check a_stack_with_the_same_suffix_does_not "$name"
    # What failed, here or above, leaves nothing to what comes next.
    for failed in second third; do aws cloudformation delete-stack --stack-name $failed >"$scratch/said" 2>&1 || :; done
    check a_change_set_says_what_a_parameter_and_a_property_change "$name"
    check an_executed_change_set_reaches_the_resources "$name"
    check deleting_leaves_nothing_but_what_is_to_stay "$name"
done
finish
