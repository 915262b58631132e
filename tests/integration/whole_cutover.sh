#!/bin/bash
# The workflow of a cutover with nothing played but AWS: the state machine that cfngen writes in moto's Step Functions, and the
# function that is bundled, with the environment that the template gives it (tests/support/cutover_aws.py is its AWS).
set -eu
cd "$(dirname "$0")/../.."
. tests/support/tap.sh
: "${CFNGEN:?the program to test}"
if ! python3 -c 'import moto.stepfunctions.parser.models' 2>/dev/null; then
    echo "1..0 # SKIP python3 has no moto that runs state machines"
    exit
fi
. tests/support/cutover.sh
trap 'end_emulator; rm -rf "$scratch"' EXIT

stack() { # RECORD CUTOVER: their properties
    cat <<YAML
Resources:
  Key: {Type: Cfngen::KMS::Key}
  Record:
    Type: Cfngen::Route53::CutoverRecord
    Properties: {HostedZoneId: Z123, Name: db.example.com, TTL: 60, Source: {Host: old.example.net}, Target: {Host: new.example.net}, $1}
  Cutover:
    Type: Cfngen::Migration::Cutover
    Properties:
      Record: !Ref Record
      Task: arn:aws:dms:eu-west-2:123456789012:task:FORWARD
      ReplicationInstanceIdentifier: replication
      Validator: validator
      AlarmNames: [target-cpu, all-of-it]
      Topic: arn:aws:sns:eu-west-2:123456789012:topic
      EncryptionKey: !Ref Key
      StateParameterName: /cutover/state
      LockParameterName: /cutover/lock
      $2
YAML
}
BACK='ReverseTask: arn:aws:dms:eu-west-2:123456789012:task:REVERSE'
WEIGHTED='Mode: weighted, ReadOnlyTraffic: true'

# The function with what its template says, and nothing else.
begin() { # RECORD CUTOVER
    stack "$1" "$2" >"$scratch/stack.yaml"
    "$CFNGEN" synth "$scratch/stack.yaml" --environment test --suffix s1 -o "$scratch/template.json"
    python3 - "$scratch/template.json" >"$scratch/environment" <<'PY'
import json, sys
resources = json.load(open(sys.argv[1]))["Resources"]
variables = resources["Cutover"]["Properties"]["Environment"]["Variables"]
given = {name: resources[value["Ref"]]["Properties"]["Name"] if isinstance(value, dict) else value for name, value in variables.items()}
for name in ("SOURCE_SET_IDENTIFIER", "TARGET_SET_IDENTIFIER", "REVERSE_TASK_ARN"):
    given.setdefault(name, "")
print("\n".join(f"{name}={value}" for name, value in given.items()))
PY
    mapfile -t environment <"$scratch/environment"
    start_function "${environment[@]}"
}
run_shows() { # CONDITION in Python
    python3 tests/integration/workflow.py "$scratch/template.json" CutoverWorkflow "$port" >"$scratch/run.json" 2>"$scratch/run.log" ||
        { tail -n 20 "$scratch/run.log"; return 1; }
    python3 - "$scratch/run.json" "$1" <<'PY'
import json, sys
run = json.load(open(sys.argv[1]))
status, output, done = run["status"], run["output"], [event["action"] for event in run["events"] if event["action"] != "status"]
sys.exit(0 if eval(sys.argv[2]) else f"{sys.argv[2]} does not hold of {str(run)[:4000]}")
PY
}

readers_move_step_by_step() {
    world
    run_shows 'output["outcome"] == "COMPLETE" and done == ["gradual_cutover"] * 4 + ["manual_cutover"]'
    seen 'weights == {"source": 0, "target": 100} and s["phase"] == "complete" and lock == {"holder": "", "until": 0}'
}
an_alarm_before_it_refuses_all() {
    world '{"alarms":{"all-of-it":"ALARM"}}'
    run_shows 'output["outcome"] == "REFUSED" and done == [] and output["answer"]["alarms"] == ["all-of-it"]'
    seen 'weights == {"source": 100, "target": 0}'
}
a_change_that_fails_brings_them_back() {
    world
    disturb 'action=ChangeResourceRecordSets&skip=1&times=1&status=403&code=AccessDenied'
    run_shows 'output["outcome"] == "ROLLED_BACK" and done == ["gradual_cutover", "gradual_cutover", "rollback"]'
    seen 'weights == {"source": 100, "target": 0} and s["phase"] == "rolled_back"'
}
writers_move_at_once_and_the_tasks_turn_round() {
    world
    run_shows 'output["outcome"] == "COMPLETE" and done == ["manual_cutover"]'
    seen 's["phase"] == "complete" and [t["status"] for t in w["tasks"].values()] == ["stopped", "running"]'
}
a_task_that_does_not_turn_leaves_them_where_they_are() {
    world
    disturb 'action=StartReplicationTask&times=9&status=400&code=InvalidResourceStateFault'
    run_shows 'output["outcome"] == "ROLLED_BACK" and done[0] == "manual_cutover" and done[-1] == "rollback"'
    seen 's["phase"] == "rolled_back" and s["weight"] == 0'
}

begin "$WEIGHTED" 'Workflow: {Steps: [20, 50, 80, 100]}'
check readers_move_step_by_step
check an_alarm_before_it_refuses_all
check a_change_that_fails_brings_them_back
end_function
begin 'Mode: cname' "$BACK"
check writers_move_at_once_and_the_tasks_turn_round
check a_task_that_does_not_turn_leaves_them_where_they_are
end_function
finish
