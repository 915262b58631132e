#!/bin/bash
# The cutover of each blueprint that has one, with nothing played but AWS: deployed in moto, and the
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
    "$CFNGEN" cutover "${@:2}" --stack "$stack" >"$scratch/said" 2>"$scratch/err" || status=$?
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
    python3 tests/integration/blueprint_cutover.py record "$standins" "$stack" "$(environment HOSTED_ZONE_ID)" | sort >"$scratch/record"
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

it_deploys_and_its_function_starts() {
    python3 tests/integration/blueprint.py "$name" parameters first >"$scratch/given"
    mapfile -t given <"$scratch/given"
    deploy "$stack" "$scratch/template.json" "${given[@]}"
    python3 tests/integration/blueprint_cutover.py world "$standins" "$stack" >"$scratch/environment"
    share_of_the_target_is 0
}
without_a_latency_nothing_is_shifted() {
    cutover 1 complete
    says 'refused'
    says 'there is no CDCLatencySource of the last minutes'
    share_of_the_target_is 0
}
when_the_target_has_kept_up_it_is_ready() {
    python3 tests/integration/blueprint_cutover.py metrics "$standins" "$stack"
    cutover 0 status
    says 'ready       yes'
    says 'phase       ready' || says 'phase       waiting'
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
the_way_back_loses_no_write() {
    cutover 0 rollback --reverse --wait
    share_of_the_target_is 0
    task_is stopped REVERSE_TASK_ARN
}

blueprints=${BLUEPRINTS:-$(grep -l '^  CutoverFunctionName:' templates/*.yaml)} || :
if [ -z "$blueprints" ]; then skip a_blueprint_is_cut_over 'no blueprint has a cutover'; fi
for blueprint in $blueprints; do
    name=$(basename "$blueprint" .yaml)
    "$CFNGEN" synth "$blueprint" --minify --environment test --suffix it1 -o "$scratch/template.json"
    check it_deploys_and_its_function_starts "$name"
    mapfile -t variables <"$scratch/environment"
    start_function AWS_ENDPOINT_URL="$AWS_ENDPOINT_URL" "${variables[@]}"
    echo "http://127.0.0.1:$port" >"$standins.function"
    check without_a_latency_nothing_is_shifted "$name"
    check when_the_target_has_kept_up_it_is_ready "$name"
    if [ "$(environment RECORD_MODE)" = weighted ]; then
        check a_shift_moves_a_part_of_the_traffic "$name"
        check a_rollback_brings_all_of_it_back "$name"
    fi
    check a_task_that_stands_still_is_no_way "$name"
    check completing_it_turns_the_direction_round "$name"
    check the_way_back_loses_no_write "$name"
    end_function
    rm "$standins.function"
    aws cloudformation delete-stack --stack-name "$stack"
done
finish
