#!/bin/bash
# Each cutover of each blueprint that has some, with nothing played but AWS: deployed in moto, and the
# function that is bundled, in the environment that the template gives it, asked by cfngen cutover
# through the real aws command.
#
#   BLUEPRINTS="templates/NAME.yaml ..."    these alone
set -eu
cd "$(dirname "$0")/../.."
. tests/support/tap.sh
: "${CFNGEN:?the program to test}" "${OUT:?where the function was built}"
. tests/support/simulated-aws.sh
. tests/support/lambda.sh
trap 'end_emulator; kill "$server" 2>/dev/null || :; wait "$server" 2>/dev/null || :; rm -rf "$scratch"' EXIT
stack=shop

cutover() { # STATUS COMMAND [ARGUMENT...]: what it prints is in $scratch/said
    status=0
    "$CFNGEN" cutover "${@:2}" --stack "$stack/$output" >"$scratch/said" 2>"$scratch/err" || status=$?
    cat "$scratch/said" "$scratch/err"
    [ "$status" = "$1" ]
}
says() { # TEXT
    grep -qF -- "$1" "$scratch/said"
}
environment() { # NAME
    sed -n "s/^$1=//p" "$scratch/environment"
}
leads_to() { # LINE...: the record, as blueprint_cutover.py says it
    python3 tests/integration/blueprint_cutover.py record "$standins" "$function_name" "$(environment HOSTED_ZONE_ID)" | sort >"$scratch/record"
    printf '%s\n' "$@" | sort | diff - "$scratch/record"
}
share_of_the_target_is() { # WEIGHT
    if [ "$(environment RECORD_MODE)" = weighted ]; then
        leads_to "$((100 - $1)) $(environment SOURCE_HOST)" "$1 $(environment TARGET_HOST)"
    elif [ "$1" = 0 ]; then
        leads_to "$(environment SOURCE_HOST)"
    else
        leads_to "$(environment TARGET_HOST)"
    fi
}
state_has() { # TEXT
    aws ssm get-parameter --name "$(environment STATE_PARAMETER)" --query Parameter.Value --output text >"$scratch/state"
    cat "$scratch/state"
    grep -qF -- "$1" "$scratch/state"
}
task_is() { # STATUS VARIABLE
    [ "$(aws dms describe-replication-tasks --filters Name=replication-task-arn,Values="$(environment "$2")" \
        --query 'ReplicationTasks[0].Status' --output text)" = "$1" ]
}

it_deploys() {
    python3 tests/integration/blueprint.py "$name" parameters first >"$scratch/given"
    mapfile -t given <"$scratch/given"
    deploy "$stack" "$scratch/template.json" "${given[@]}"
    aws cloudformation describe-stacks --stack-name "$stack" --output text \
        --query "Stacks[0].Outputs[?ends_with(OutputKey, 'CutoverFunctionName')].[OutputKey, OutputValue]" >"$scratch/functions"
    [ -s "$scratch/functions" ]
}
its_name_leads_to_the_source() {
    python3 tests/integration/blueprint_cutover.py world "$standins" "$function_name" >"$scratch/environment"
    share_of_the_target_is 0
}
without_a_latency_nothing_is_shifted() {
    cutover 1 complete
    says 'refused'
    says 'there is no CDCLatencySource of the last minutes'
    share_of_the_target_is 0
}
when_the_target_has_kept_up_it_is_ready() {
    python3 tests/integration/blueprint_cutover.py metrics "$standins" "$function_name"
    cutover 0 status
    says 'ready       yes'
    says 'phase       ready'
}
a_shift_moves_a_part_of_the_traffic() {
    cutover 0 shift 20 --wait
    share_of_the_target_is 20
    state_has '"weight":20'
}
a_rollback_brings_all_of_it_back() {
    cutover 0 rollback --wait
    share_of_the_target_is 0
    state_has '"phase":"rolled_back"'
}
a_task_that_stands_still_is_no_way() {
    aws dms stop-replication-task --replication-task-arn "$(environment TASK_ARN)" >"$scratch/stopped"
    cutover 1 complete
    says 'the task is stopped, not running'
    aws dms start-replication-task --replication-task-arn "$(environment TASK_ARN)" \
        --start-replication-task-type resume-processing >"$scratch/started"
}
completing_it_turns_the_direction_round() {
    cutover 0 complete --reverse --wait
    share_of_the_target_is 100
    state_has '"phase":"complete"'
    task_is stopped TASK_ARN
    task_is running REVERSE_TASK_ARN
}
all_that_only_read_come_and_go() {
    cutover 0 complete --wait
    share_of_the_target_is 100
    state_has '"phase":"complete"'
    cutover 0 rollback --wait
    share_of_the_target_is 0
}
the_way_back_loses_no_write() {
    cutover 0 rollback --reverse --wait
    share_of_the_target_is 0
    task_is stopped REVERSE_TASK_ARN
}

cut_over() { # what $output and $function_name are of
    check its_name_leads_to_the_source "$name" "$output"
    mapfile -t variables <"$scratch/environment"
    start_function AWS_ENDPOINT_URL="$AWS_ENDPOINT_URL" "${variables[@]}"
    echo "http://127.0.0.1:$port" >"$standins.function"
    # Functions of one stack look at the same task.
    if [ -n "$is_first" ]; then check without_a_latency_nothing_is_shifted "$name" "$output"; fi
    is_first=
    check when_the_target_has_kept_up_it_is_ready "$name" "$output"
    if [ "$(environment RECORD_MODE)" = weighted ]; then
        check a_shift_moves_a_part_of_the_traffic "$name" "$output"
        check a_rollback_brings_all_of_it_back "$name" "$output"
    fi
    check a_task_that_stands_still_is_no_way "$name" "$output"
    if [ -n "$(environment REVERSE_TASK_ARN)" ]; then
        check completing_it_turns_the_direction_round "$name" "$output"
        check the_way_back_loses_no_write "$name" "$output"
    else
        check all_that_only_read_come_and_go "$name" "$output"
    fi
    end_function
    rm "$standins.function"
}

blueprints=${BLUEPRINTS:-$(grep -l '^  CutoverFunctionName:' templates/*.yaml)} || :
if [ -z "$blueprints" ]; then skip a_blueprint_is_cut_over 'no blueprint has a cutover'; fi
number=0
for blueprint in $blueprints; do
    number=$((number + 1)) is_first=yes
    name=$(basename "$blueprint" .yaml)
    "$CFNGEN" synth "$blueprint" --minify --environment test --suffix "it$number" -o "$scratch/template.json" 2>"$scratch/said"
    check it_deploys "$name"
    while read -r output function_name; do cut_over; done <"$scratch/functions"
    aws cloudformation delete-stack --stack-name "$stack"
done
finish
