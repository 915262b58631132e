#!/bin/bash
# Runs the state machine of a validator's workflow, as cfngen writes it, in moto's Step Functions; the
# function is played by workflow.py.
set -eu
cd "$(dirname "$0")/../.."
. tests/support/tap.sh
: "${CFNGEN:?the program to test}"
if ! python3 -c 'import moto.stepfunctions.parser.models' 2>/dev/null; then
    echo "1..0 # SKIP python3 has no moto that runs state machines"
    exit
fi

"$CFNGEN" synth examples/validation-workflow.yaml --environment test --suffix s1 -o "$scratch/bucket.json"
sed -e '/ReportBucket:/d' -e '/ReportKey:/d' examples/validation-workflow.yaml >"$scratch/inline.yaml"
"$CFNGEN" synth "$scratch/inline.yaml" --environment test --suffix s1 -o "$scratch/inline.json"

# SCENARIO CONDITION [TEMPLATE]: plays it, and then the condition, in Python, holds. `calls` counts actions.
run_shows() {
    python3 tests/integration/workflow.py "$scratch/${3:-bucket}.json" ValidatorWorkflow "$1" \
        >"$scratch/run.json" 2>"$scratch/run.log" || { tail -n 20 "$scratch/run.log"; return 1; }
    python3 - "$scratch/run.json" "$2" <<'PY'
import collections, json, sys
run = json.load(open(sys.argv[1]))
calls = collections.Counter(event["action"] for event in run["events"])
status, output, told = run["status"], run["output"], run["notifications"]
sys.exit(0 if eval(sys.argv[2]) else f"{sys.argv[2]} does not hold of {str(run)[:2000]}")
PY
}

equal_databases_are_a_go() {
    run_shows equal 'status == "SUCCEEDED" and output["verdict"] == "GO"'
    run_shows equal 'calls == {"plan": 1, "check": 12, "recheck": 1, "gate": 1}'
}
a_difference_is_an_answer_and_no_failure() {
    run_shows different 'status == "SUCCEEDED" and output["verdict"] == "NO_GO"'
}
the_topic_is_told_the_verdict() {
    run_shows different 'told == [["Source and target: NO_GO", output]]'
}
what_settles_until_the_recheck_is_a_go() { run_shows settles 'output["verdict"] == "GO"'; }
a_part_goes_on_until_it_is_done() {
    run_shows slow 'calls["check"] == 3 * 12 and calls["recheck"] == 3 and output["verdict"] == "NO_GO"'
    run_shows slow 'sorted(e["work"]["rounds"] for e in run["events"] if e["action"] == "check") == sorted([1, 2, 3] * 12)'
}
the_plan_is_read_from_the_bucket_or_from_the_answer() {
    run_shows equal '{e["work"]["tables"][0] for e in run["events"] if e["action"] == "check"} == {f"shop.t{i:02}" for i in range(12)}'
    run_shows inline 'status == "SUCCEEDED" and calls["check"] == 12' inline
}
every_event_names_the_run() { run_shows slow 'all(event["run"] == "run-1" for event in run["events"])'; }
so_many_parts_are_compared_at_a_time_and_no_more() { run_shows together 'run["mostAtWork"] == 4'; }
what_lambda_refuses_is_tried_again() {
    run_shows refused 'status == "SUCCEEDED" and calls == {"plan": 3, "check": 15, "recheck": 1, "gate": 2}'
}
an_error_of_the_function_fails_the_execution() {
    run_shows broken 'status == "FAILED" and run["error"] == "Validator.DatabaseFailed" and not told'
}

check equal_databases_are_a_go
check a_difference_is_an_answer_and_no_failure
check the_topic_is_told_the_verdict
check what_settles_until_the_recheck_is_a_go
check a_part_goes_on_until_it_is_done
check the_plan_is_read_from_the_bucket_or_from_the_answer
check every_event_names_the_run
check so_many_parts_are_compared_at_a_time_and_no_more
check what_lambda_refuses_is_tried_again
check an_error_of_the_function_fails_the_execution
finish
