#!/bin/bash
# The cutover function in its runtime: turning the tasks round, and what DMS tells.
set -eu
cd "$(dirname "$0")/../.."
. tests/support/tap.sh
. tests/support/cutover.sh

start_function

# ---- the other direction ----

reverse=arn:aws:dms:eu-west-2:123456789012:task:REVERSE
a_cutover_turns_the_tasks_round_first() {
    world '{"turn_after":1}'
    complete ',"reverse":true'
    answers_with done=true phase='"complete"' weight=100 reverse='{"status":"running"}'
    answers '"task":{"status":"stopped"'
    seen 'tasks["FORWARD"]["status"] == "stopped" and tasks["REVERSE"]["status"] == "running" and tasks["REVERSE"]["from"] is None'
    seen 'calls.index("StopReplicationTask") < calls.index("StartReplicationTask") < calls.index("ChangeResourceRecordSets")'
    seen 'calls.count("StopReplicationTask") == calls.count("StartReplicationTask") == 1 and s["reverse"] == "running"'
}
a_cutover_goes_on_turning_when_time_ran_out() {
    world '{"turn_after":1000}'
    complete ',"reverse":true' seconds=7
    answers_with done=false refused=false phase='"shifting"'
    answers '"task":{"status":"stopping"'
    seen 'w["changes"] == {} and s["pending"] == {"action": "manual_cutover", "weight": 100, "reverse": True}'
    world '{"parameters":{"/cutover/state":["{\"version\":1,\"phase\":\"shifting\",\"weight\":0,\"pending\":{\"action\":\"manual_cutover\",\"weight\":100,\"reverse\":true}}"]},"tasks":{"arn:aws:dms:eu-west-2:123456789012:task:FORWARD":{"status":"stopping"}}}'
    complete ',"reverse":true'
    answers_with done=true phase='"complete"' weight=100
    seen 'calls.count("StopReplicationTask") == 0 and calls.count("StartReplicationTask") == 1'
}
a_task_that_ran_before_starts_anew() {
    world "{\"tasks\":{\"$reverse\":{\"status\":\"stopped\"}}}"
    complete ',"reverse":true'
    answers_with done=true
    seen 'tasks["REVERSE"]["from"] > 1700000000'
}
a_reverse_task_that_does_not_start_leaves_the_record() {
    world "{\"tasks\":{\"$reverse\":{\"untested\":true}}}"
    complete ',"reverse":true'
    fails Cutover.CallFailed
    grep -qF 'the reverse task does not start, and the record has not been changed: it is ready; test the connections' "$scratch/answer"
    seen 'w["changes"] == {} and weights == {"source": 100, "target": 0} and lock["holder"] == ""'
    roll_back
    answers_with done=true phase='"rolled_back"'
    world "{\"tasks\":{\"$reverse\":{\"starts_as\":\"failed\"}}}"
    complete ',"reverse":true'
    fails Cutover.CallFailed
    seen 'w["changes"] == {}'
}
a_task_that_is_behind_is_not_stopped() {
    world '{"latency":12}'
    complete ',"reverse":true'
    refuses_with 'the task is 12 seconds behind: what it has not brought when it is stopped would be missing in the target; make the source read-only, and wait until it is below 10'
    seen 'tasks["FORWARD"]["status"] == "running" and w["changes"] == {}'
    world "$(turned ',"reverse_latency":12')"
    roll_back ',"reverse":true'
    answers_with done=false refused=false reasons='["the reverse task has not caught up: it is 12 seconds behind; make the target read-only, and wait until it is below 10"]'
    seen 'tasks["REVERSE"]["status"] == "running" and w["changes"] == {}'
    world '{"latency":12}'
    complete
    answers_with done=true weight=100
}
a_reverse_task_that_is_not_there_refuses_the_cutover() {
    world "{\"tasks\":{\"$reverse\":null}}"
    complete ',"reverse":true'
    refuses_with 'DMS has no task with the ARN of REVERSE_TASK_ARN'
    seen 'tasks["FORWARD"]["status"] == "running"'
}
turned() { # [MORE]
    state complete 100 ",\"tasks\":{\"$reverse\":{\"status\":\"running\"},\"arn:aws:dms:eu-west-2:123456789012:task:FORWARD\":{\"status\":\"stopped\"}}${1-}"
}
a_rollback_stops_the_reverse_task_before_the_record() {
    world "$(turned)"
    roll_back ',"reverse":true'
    answers_with done=true phase='"rolled_back"' weight=0 reverse='{"status":"stopped"}'
    seen 'calls.index("StopReplicationTask") < calls.index("ChangeResourceRecordSets")'
}
a_rollback_waits_until_the_reverse_task_has_caught_up() {
    world "$(turned ',"reverse_latency":300')"
    roll_back ',"reverse":true'
    answers_with done=false refused=false weight=0 reasons='["the reverse task has not caught up: CDCLatencySource was 300 seconds in the last 5 minutes: the limit is 60"]'
    seen 'tasks["REVERSE"]["status"] == "running" and w["changes"] == {}'
    roll_back ',"reverse":true,"force":true'
    answers_with done=true forced=true weight=0
    seen 'any(": forced\n" in text for text in w["published"])'
}
going_back() { # MORE_OF_PENDING STATUS
    echo "{\"parameters\":{\"/cutover/state\":[\"{\\\"version\\\":8,\\\"phase\\\":\\\"complete\\\",\\\"weight\\\":100,\\\"pending\\\":{\\\"action\\\":\\\"rollback\\\",\\\"weight\\\":0,\\\"reverse\\\":true$1}}\"]},\"tasks\":{\"$reverse\":{\"status\":\"$2\"},\"arn:aws:dms:eu-west-2:123456789012:task:FORWARD\":{\"status\":\"stopped\"}}}"
}
a_reverse_task_that_ended_before_it_caught_up_keeps_the_record() {
    for ended in failed stopped; do
        world "$(going_back '' $ended)"
        roll_back ',"reverse":true'
        refuses_with "the reverse task is $ended, and had not caught up"
        answers_with weight=100
        seen 'w["changes"] == {} and s["phase"] == "complete"'
    done
    roll_back ',"reverse":true,"force":true'
    answers_with done=true forced=true weight=0
}
a_reverse_task_that_was_stopped_after_it_caught_up_does_not() {
    world "$(turned ',"turn_after":1000')"
    roll_back ',"reverse":true' seconds=7
    answers_with done=false refused=false
    seen 's["pending"]["caughtUp"] is True'
    world "$(going_back ',\"caughtUp\":true' stopped)"
    roll_back ',"reverse":true'
    answers_with done=true phase='"rolled_back"' weight=0
}
a_task_that_failed_before_it_was_stopped_is_not_turned_round() {
    world '{"parameters":{"/cutover/state":["{\"version\":1,\"phase\":\"shifting\",\"weight\":0,\"pending\":{\"action\":\"manual_cutover\",\"weight\":100,\"reverse\":true}}"]},"tasks":{"arn:aws:dms:eu-west-2:123456789012:task:FORWARD":{"status":"failed"}}}'
    complete ',"reverse":true'
    fails Cutover.CallFailed
    grep -qF 'the task has failed before it was stopped' "$scratch/answer"
    seen 'w["changes"] == {} and tasks["REVERSE"]["status"] == "ready"'
    complete ',"reverse":true,"force":true'
    answers_with done=true weight=100
}
a_cutover_with_turned_tasks_is_complete_when_asked_again() {
    world
    complete ',"reverse":true'
    complete ',"reverse":true'
    answers_with done=true refused=false reasons=[] phase='"complete"'
    seen 'calls.count("StopReplicationTask") == calls.count("StartReplicationTask") == 1'
}
for test in a_reverse_task_that_ended_before_it_caught_up_keeps_the_record \
    a_reverse_task_that_was_stopped_after_it_caught_up_does_not a_task_that_failed_before_it_was_stopped_is_not_turned_round \
    a_cutover_with_turned_tasks_is_complete_when_asked_again \
    a_cutover_turns_the_tasks_round_first a_cutover_goes_on_turning_when_time_ran_out a_task_that_ran_before_starts_anew \
    a_reverse_task_that_does_not_start_leaves_the_record a_reverse_task_that_is_not_there_refuses_the_cutover a_task_that_is_behind_is_not_stopped \
    a_rollback_stops_the_reverse_task_before_the_record a_rollback_waits_until_the_reverse_task_has_caught_up; do check $test; done

# ---- what DMS tells ----

dms() { # TASK EVENT
    invoke "{\"version\":\"0\",\"source\":\"aws.dms\",\"detail-type\":\"DMS Replication Task State Change\",\"resources\":[\"arn:aws:dms:eu-west-2:123456789012:task:$1\"],\"detail\":{\"type\":\"REPLICATION_TASK\",\"category\":\"StateChange\",\"eventType\":\"$2\",\"detailMessage\":\"any\"}}"
}
a_task_that_has_started_makes_it_ready() {
    world
    dms FORWARD REPLICATION_TASK_STARTED
    answers_with action='"dms_event"' done=true phase='"ready"' ready=true weight=0
    seen 's["phase"] == "ready" and s["task"] == "running" and s["by"] == "dms_event" and len(w["published"]) == 1 and w["changes"] == {}'
    dms FORWARD REPLICATION_TASK_STOPPED
    answers_with done=true phase='"waiting"'
    seen 's["phase"] == "waiting" and s["task"] == "stopped"'
}
a_task_that_has_failed_is_told() {
    world "$(state shifting 50)"
    dms FORWARD REPLICATION_TASK_FAILED
    answers_with done=true weight=50 phase='"shifting"'
    seen 's["task"] == "failed" and s["weight"] == 50 and w["published"][0].startswith("Cutover of db.example.com: the task has failed\n")'
    dms REVERSE REPLICATION_TASK_FAILED
    seen 's["reverse"] == "failed" and w["changes"] == {}'
}
an_event_of_another_task_alters_nothing() {
    world
    dms ANOTHER REPLICATION_TASK_FAILED
    answers_with done=true warnings='["the event is of another task"]'
    dms FORWARD READING_PAUSED_SWAP_FILES_LIMIT_REACHED
    answers_with done=true warnings='["the event says nothing about the state of the task"]'
    seen 's["version"] == 0 and w["published"] == []'
}
an_event_while_somebody_shifts_is_no_error() {
    world '{"parameters":{"/cutover/lock":["{\"holder\":\"other\",\"until\":99999999999}"]}}'
    dms FORWARD REPLICATION_TASK_STOPPED
    answers_with done=true warnings='["a shift is being made: the state of the task is not written"]'
    seen 's["version"] == 0 and lock["holder"] == "other" and w["published"] == []'
    dms FORWARD REPLICATION_TASK_FAILED
    answers_with done=true
    seen 'w["published"][0].startswith("Cutover of db.example.com: the task has failed\n")'
}
an_event_does_not_disturb_what_is_pending() {
    world '{"parameters":{"/cutover/state":["{\"version\":7,\"phase\":\"shifting\",\"weight\":0,\"pending\":{\"action\":\"manual_cutover\",\"weight\":100,\"reverse\":true}}"]}}'
    dms FORWARD REPLICATION_TASK_STOPPED
    answers_with done=true phase='"shifting"'
    seen 's["pending"]["action"] == "manual_cutover" and s["phase"] == "shifting" and s["task"] == "stopped"'
}
for test in a_task_that_has_started_makes_it_ready a_task_that_has_failed_is_told an_event_of_another_task_alters_nothing \
    an_event_while_somebody_shifts_is_no_error an_event_does_not_disturb_what_is_pending; do check $test; done

end_function
it_ended_well() { test "$status" = 0; }
check it_ended_well

check nothing_that_it_wrote_or_answered_holds_a_secret
finish
