#!/bin/bash
# Runs the state machine of a cutover, as cfngen writes it, in moto's Step Functions; the function is
# played by cutover_workflow.py.
set -eu
cd "$(dirname "$0")/../.."
. tests/support/tap.sh
: "${CFNGEN:?the program to test}"
if ! python3 -c 'import moto.stepfunctions.parser.models' 2>/dev/null; then
    echo "1..0 # SKIP python3 has no moto that runs state machines"
    exit
fi

"$CFNGEN" synth examples/cutover.yaml --environment test --suffix s1 -o "$scratch/steps.json"
sed -e "s/ReadOnlyTraffic/SourceReadOnly/" -e "s|^      Alarms: !Ref Alarms|&\n      ReverseTask: arn:aws:dms:eu-west-2:111122223333:task:BACK|" examples/cutover.yaml >"$scratch/back.yaml"
"$CFNGEN" synth "$scratch/back.yaml" --environment test --suffix s1 -o "$scratch/back.json"
sed -e '/Mode: weighted/d' -e '/Workflow: {Steps/d' "$scratch/back.yaml" >"$scratch/once.yaml"
"$CFNGEN" synth "$scratch/once.yaml" --environment test --suffix s1 -o "$scratch/once.json"

# SCENARIO CONDITION [TEMPLATE]: plays it, and then the condition, in Python, holds. `done` are the calls but for looks.
run_shows() {
    python3 tests/integration/cutover_workflow.py "$scratch/${3:-steps}.json" CutoverWorkflow "$1" \
        >"$scratch/run.json" 2>"$scratch/run.log" || { tail -n 20 "$scratch/run.log"; return 1; }
    python3 - "$scratch/run.json" "$2" <<'PY'
import json, sys
run = json.load(open(sys.argv[1]))
looks = sum(event["action"] == "status" for event in run["events"])
done = [event.get("aurora_weight", event["action"]) for event in run["events"] if event["action"] != "status"]
status, output, told = run["status"], run["output"], run["notifications"]
sys.exit(0 if eval(sys.argv[2]) else f"{sys.argv[2]} does not hold of {str(run)[:2000]}")
PY
}

a_good_target_gets_more_and_more_and_then_all() {
    run_shows good 'status == "SUCCEEDED" and output["outcome"] == "COMPLETE" and output["answer"]["phase"] == "complete"'
    run_shows good 'done == [20, 50, 80, 100, "manual_cutover"] and looks == 5'
}
the_topic_is_told_the_outcome() {
    run_shows good 'told == [["Cutover: COMPLETE", output["answer"]]]'
    run_shows alarmed '[subject for subject, _ in told] == ["Cutover: ROLLED_BACK"]'
}
a_target_that_is_not_ready_gets_nothing() {
    run_shows unready 'status == "SUCCEEDED" and output["outcome"] == "REFUSED" and done == [] and looks == 1'
}
an_alarm_between_two_steps_rolls_back_at_once() {
    run_shows alarmed 'output["outcome"] == "ROLLED_BACK" and done == [20, 50, "rollback"] and looks == 3'
    run_shows alarmed 'output["answer"]["weight"] == 0'
}
a_metric_that_is_late_is_looked_at_again() {
    run_shows late 'output["outcome"] == "COMPLETE" and looks == 6'
    run_shows too-late 'output["outcome"] == "ROLLED_BACK" and done == [20, 50, "rollback"] and looks == 4'
}
a_refused_step_rolls_back() {
    run_shows refused 'output["outcome"] == "ROLLED_BACK" and done == [20, 50, "rollback"]'
}
an_error_of_the_function_rolls_back() {
    run_shows broken 'status == "SUCCEEDED" and output["outcome"] == "ROLLED_BACK" and done == [20, 50, "rollback"]'
}
what_lambda_refuses_is_tried_again() {
    run_shows busy 'output["outcome"] == "COMPLETE" and done == [20, 50, 50, 50, 80, 100, "manual_cutover"]'
}
a_step_that_takes_long_is_gone_on_with() {
    run_shows slow 'output["outcome"] == "COMPLETE" and done.count(20) == 3 and done.count("manual_cutover") == 3'
}
a_rollback_that_is_refused_fails_the_execution() {
    run_shows stuck 'status == "FAILED" and run["error"] == "Cutover.NotRolledBack" and not told'
}
every_event_names_the_run() { run_shows slow 'all(event["run"] == "run-1" for event in run["events"])'; }
with_a_way_back_the_last_step_turns_the_tasks_round() {
    run_shows good 'output["outcome"] == "COMPLETE" and done == [20, 50, 80, "manual_cutover"]' back
    run_shows good '[event.get("reverse") for event in run["events"] if event["action"] == "manual_cutover"] == [True]' back
}
and_an_alarm_after_it_brings_all_back() {
    run_shows alarmed-after 'output["outcome"] == "ROLLED_BACK" and done[-2:] == ["manual_cutover", "rollback"]' back
    run_shows alarmed-after 'run["events"][-1]["reverse"] is True' back
}
one_record_moves_at_once() {
    run_shows good 'output["outcome"] == "COMPLETE" and done == ["manual_cutover"]' once
    run_shows alarmed-after 'output["outcome"] == "ROLLED_BACK" and done == ["manual_cutover", "rollback"]' once
}

check a_good_target_gets_more_and_more_and_then_all
check the_topic_is_told_the_outcome
check a_target_that_is_not_ready_gets_nothing
check an_alarm_between_two_steps_rolls_back_at_once
check a_metric_that_is_late_is_looked_at_again
check a_refused_step_rolls_back
check an_error_of_the_function_rolls_back
check what_lambda_refuses_is_tried_again
check a_step_that_takes_long_is_gone_on_with
check a_rollback_that_is_refused_fails_the_execution
check every_event_names_the_run
check with_a_way_back_the_last_step_turns_the_tasks_round
check and_an_alarm_after_it_brings_all_back
check one_record_moves_at_once
finish
