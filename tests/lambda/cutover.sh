#!/bin/bash
# The cutover function in its runtime: how it starts and ends, status, shifts, and what refuses them.
set -eu
cd "$(dirname "$0")/../.."
. tests/support/tap.sh
. tests/support/cutover.sh

# ---- the start ----

cannot_start() { # TEXT [NAME=VALUE...]
    text=$1
    shift
    begin_function "$@"
    control GET /control/init-error | tee -a "$scratch/answers" >"$scratch/said"
    cat "$scratch/said"
    grep -q '"type": "Cutover.BadConfiguration"' "$scratch/said"
    grep -qF "$text" "$scratch/said"
    status=0
    wait "$function" || status=$?
    test $status = 1
}
what_is_wrong_in_the_environment_is_an_error_of_the_start() {
    cannot_start 'RECORD_NAME must be the name of a host; RECORD_MODE must be cname or weighted; TTL must be a whole number from 1 to 300; STATE_PARAMETER is missing' \
        RECORD_NAME='"db.example.com"' RECORD_MODE=split TTL=3600 STATE_PARAMETER=
    cannot_start 'RECORD_MODE weighted needs SOURCE_SET_IDENTIFIER and TARGET_SET_IDENTIFIER' TARGET_SET_IDENTIFIER=
    cannot_start 'SOURCE_SET_IDENTIFIER and TARGET_SET_IDENTIFIER are the same' TARGET_SET_IDENTIFIER=source
    cannot_start 'STATE_PARAMETER and LOCK_PARAMETER are the same' LOCK_PARAMETER=/cutover/state
}
check what_is_wrong_in_the_environment_is_an_error_of_the_start

another_handler_is_the_validator() {
    begin_function _HANDLER=bootstrap SOURCE_SECRET=
    control GET /control/init-error >"$scratch/said"
    grep -q '"type": "Validator.BadConfiguration"' "$scratch/said"
    wait "$function" || :
}
check another_handler_is_the_validator

start_function

# ---- events ----

events_that_are_none_are_errors_and_the_loop_goes_on() {
    world
    for event in '' '[]' '{"action":"planted"}' '{"action":"gradual_cutover"}' '{"action":"gradual_cutover","aurora_weight":101}' \
        '{"action":"gradual_cutover","aurora_weight":20.5}' '{"action":"gradual_cutover","aurora_weight":"planted"}' \
        '{"action":"gradual_cutover","aurora_weight":20,"reverse":true}' '{"action":"status","force":true}' \
        '{"action":"rollback","force":"yes"}' '{"action":"rollback","run":"../planted"}' '{"action":"dms_event"}' \
        '{"source":"aws.dms"}' '{"source":"aws.dms","detail-type":"DMS Replication Instance State Change","resources":["a"],"detail":{"eventType":"b"}}'; do
        invoke "$event"
        fails Cutover.BadEvent || { echo "$event"; return 1; }
    done
    invoke '{"action":"gradual_cutover","weight":20}'
    grep -qF 'weight, which is not known' "$scratch/answer"
    seen 'calls == []'
    invoke '{"action":"status"}'
    answers '"done":true'
}
check events_that_are_none_are_errors_and_the_loop_goes_on

# ---- status ----

a_status_says_how_all_of_it_is() {
    world
    invoke '{"action":"status","run":"morning-1"}'
    answers_with record='"db.example.com"' mode='"weighted"' run='"morning-1"' done=true refused=false forced=false reasons=[] warnings=[] phase='"ready"' weight=0 ready=true \
        task='{"status":"running","fullLoadPercent":100,"latencySeconds":1.5}' reverse='{"status":"ready"}' alarms=[]
    answers '"validation":{"clean":true,"ageSeconds":6'
    seen 'w["changes"] == {} and weights == {"source": 100, "target": 0}'
}
the_topic_is_told_once_that_it_is_ready() {
    world
    for _ in 1 2; do invoke '{"action":"status"}'; done
    seen 's["phase"] == "ready" and s["version"] == 1 and s["by"] == "status" and lock == {"holder": "", "until": 0}'
    seen '[p.split("\n")[0] for p in w["published"]] == ["Cutover of db.example.com: ready"]'
}
a_status_does_not_wait_for_who_shifts() {
    world '{"parameters":{"/cutover/lock":["{\"holder\":\"other\",\"until\":99999999999}"]}}'
    invoke '{"action":"status"}'
    answers_with done=true phase='"ready"' warnings=[]
    seen 's["phase"] == "waiting"'
}
a_record_that_somebody_else_changed_is_told() {
    world '{"parameters":{"/cutover/state":["{\"version\":4,\"phase\":\"shifting\",\"weight\":50}"]}}'
    invoke '{"action":"status"}'
    answers 'the record gives the target 0 of 100, and the state says 50: somebody else has changed it'
    world '{"records":[{"id":"source","weight":100,"host":"else.example.net","ttl":60}]}'
    invoke '{"action":"status"}'
    answers 'the record has not the two hosts and identifiers of the environment'
}
for test in a_status_says_how_all_of_it_is the_topic_is_told_once_that_it_is_ready a_status_does_not_wait_for_who_shifts \
    a_record_that_somebody_else_changed_is_told; do check $test; done

# ---- shifts ----

a_share_is_shifted_by_one_change_of_both_records() {
    world
    shift_to 20 ',"run":"step-1"'
    answers_with action='"gradual_cutover"' run='"step-1"' done=true refused=false phase='"shifting"' weight=20 previousWeight=0 \
        change='"/change/C1"' inSync=true version=3
    seen 'weights == {"source": 80, "target": 20} and len(w["changes"]) == 1 and calls.count("ChangeResourceRecordSets") == 1'
    seen 's["weight"] == 20 and s["run"] == "step-1" and s["by"] == "gradual_cutover" and "pending" not in s and s["task"] == "running"'
    seen 'lock == {"holder": "", "until": 0} and w["published"][0].startswith("Cutover of db.example.com: shifted\n")'
}
what_will_be_done_is_written_before_it_is_done() {
    world
    shift_to 20
    seen 'calls.index("PutParameter", calls.index("PutParameter") + 1) < calls.index("ChangeResourceRecordSets")'
    seen 'json.loads(w["parameters"]["/cutover/state"][1])["pending"] == {"action": "gradual_cutover", "weight": 20, "reverse": False}'
    seen '"change" not in json.loads(w["parameters"]["/cutover/state"][1])'
}
all_steps_lead_to_the_end() {
    world
    for weight in 20 50 80 100; do
        shift_to $weight
        answers_with done=true weight=$weight phase='"shifting"'
    done
    complete
    answers_with done=true weight=100 previousWeight=100 phase='"complete"'
    seen 'weights == {"source": 0, "target": 100} and s["phase"] == "complete"'
    seen 'w["published"][-1].startswith("Cutover of db.example.com: complete\n")'
}
the_same_call_again_alters_nothing() {
    world
    shift_to 50
    shift_to 50
    answers_with done=true weight=50 previousWeight=50
    seen 'weights == {"source": 50, "target": 50} and s["weight"] == 50'
}
less_traffic_is_not_gated() {
    world
    shift_to 50
    world '{"latency":900,"parameters":{"/cutover/state":["{\"version\":3,\"phase\":\"shifting\",\"weight\":50}"]},"records":[{"id":"source","weight":50,"host":"old.example.net","ttl":60},{"id":"target","weight":50,"host":"new.example.net","ttl":60}]}'
    shift_to 20
    answers_with done=true weight=20 previousWeight=50
    shift_to 0
    answers_with done=true weight=0 phase='"waiting"'
}
a_record_that_was_reset_is_gated_again() {
    world '{"latency":900,"parameters":{"/cutover/state":["{\"version\":3,\"phase\":\"shifting\",\"weight\":50}"]}}'
    shift_to 50
    refuses_with 'CDCLatencySource was 900 seconds'
}
for test in a_share_is_shifted_by_one_change_of_both_records what_will_be_done_is_written_before_it_is_done all_steps_lead_to_the_end \
    the_same_call_again_alters_nothing less_traffic_is_not_gated a_record_that_was_reset_is_gated_again; do check $test; done

# ---- refusals ----

refused() { # WORLD REASON
    world "$1"
    shift_to 20
    refuses_with "$2" || { echo "$1"; return 1; }
    answers_with weight=0 phase='"waiting"' ready=false
    seen 'w["changes"] == {} and len(w["parameters"]["/cutover/state"]) == 1 and lock["holder"] == ""'
}
task() { # MEMBERS
    printf '{"tasks":{"arn:aws:dms:eu-west-2:123456789012:task:FORWARD":{%s}}}' "$1"
}
a_task_that_does_not_run_refuses_a_shift() {
    refused "$(task '"status":"stopped"')" 'the task is stopped, not running'
}
a_load_that_is_not_done_refuses_a_shift() {
    refused "$(task '"loaded":99')" 'the full load is at 99 %'
    refused "$(task '"errors":2')" '2 tables could not be loaded'
}
latency_refuses_a_shift() {
    refused '{"latency":60}' 'CDCLatencySource was 60 seconds in the last 5 minutes: the limit is 60'
    refused '{"metrics":[]}' 'there is no CDCLatencySource of the last minutes'
    dimensions='{"ReplicationInstanceIdentifier":"replication","ReplicationTaskIdentifier":"FORWARD"}'
    refused "{\"metrics\":[{\"space\":\"AWS/DMS\",\"metric\":\"CDCLatencySource\",\"dimensions\":$dimensions,\"points\":[[360,1]]}]}" \
        'the newest CDCLatencySource is 3'
    refused "{\"metrics\":[{\"space\":\"AWS/DMS\",\"metric\":\"CDCLatencySource\",\"dimensions\":$dimensions,\"points\":[[60,1],[120,1]]}]}" \
        'there are 2 minutes of CDCLatencySource, and 5 are needed'
}
one_slow_minute_is_enough() {
    dimensions='{"ReplicationInstanceIdentifier":"replication","ReplicationTaskIdentifier":"FORWARD"}'
    minutes='[[60,1],[120,1],[180,1],[240,70],[300,1],[360,1],[420,900]]'
    refused "{\"metrics\":[{\"space\":\"AWS/DMS\",\"metric\":\"CDCLatencySource\",\"dimensions\":$dimensions,\"points\":$minutes}]}" \
        'CDCLatencySource was 70 seconds'
}
a_validation_that_is_not_clean_refuses_a_shift() {
    refused '{"validation":[3,0,600]}' 'the last validation found 3 differences'
    refused '{"validation":[0,2,600]}' 'the last validation left 2 tables incomplete'
    refused '{"validation":[0,0,90000]}' 'there was no validation in the last 86400 seconds'
}
a_validation_from_before_the_load_refuses_a_shift() {
    refused "$(task '"loaded_ago":300')" 'the last validation is from before the end of the full load'
    world "$(task '"loaded_ago":7200')"
    shift_to 20
    answers_with done=true
}
metrics_that_cloudwatch_could_not_read_are_not_taken() {
    world '{"metric_status":"InternalError"}'
    shift_to 20
    fails Cutover.Unreachable
    grep -qF 'metrics cannot be read: CloudWatch answered InternalError' "$scratch/answer"
    seen 'w["changes"] == {} and lock["holder"] == ""'
}
an_alarm_refuses_a_shift() {
    refused '{"alarms":{"target-cpu":"ALARM"}}' '"alarms":["target-cpu"]'
    refused '{"alarms":{"all-of-it":"ALARM"}}' 'the alarm all-of-it is in ALARM'
    refused '{"alarms":{"target-cpu":null}}' 'there is no alarm target-cpu'
    world '{"alarms":{"target-cpu":"INSUFFICIENT_DATA"}}'
    shift_to 20
    answers_with done=true
}
all_reasons_are_given() {
    world '{"latency":900,"validation":[3,0,600],"alarms":{"target-cpu":"ALARM"},"tasks":{"arn:aws:dms:eu-west-2:123456789012:task:FORWARD":{"status":"failed"}}}'
    complete
    answers '"reasons":["the task is failed, not running","CDCLatencySource was 900 seconds in the last 5 minutes: the limit is 60","the last validation found 3 differences","the alarm target-cpu is in ALARM"]'
}
what_is_forced_is_done_and_told_loudly() {
    world '{"latency":900}'
    shift_to 20 ',"force":true,"run":"in-a-hurry"'
    answers_with done=true forced=true refused=false weight=20
    answers 'CDCLatencySource was 900 seconds'
    logs '"level":"ERROR","requestId"'
    logs '"message":"FORCED: a shift is made against what speaks against it","action":"gradual_cutover","run":"in-a-hurry","weight":20,"against":"CDCLatencySource was 900 seconds'
    seen 'w["published"][0].startswith("Cutover of db.example.com: forced\n") and "900 seconds" in w["published"][0]'
}
what_cannot_be_found_out_is_forced_as_well() {
    world
    disturb 'action=GetMetricData&status=400&code=AccessDenied&times=2'
    shift_to 20
    fails Cutover.AccessDenied
    shift_to 20 ',"force":true'
    answers_with done=true forced=true weight=20
    answers 'metrics cannot be read: cloudwatch:GetMetricData answered 400 AccessDenied'
}
for test in a_task_that_does_not_run_refuses_a_shift a_load_that_is_not_done_refuses_a_shift latency_refuses_a_shift \
    one_slow_minute_is_enough a_validation_that_is_not_clean_refuses_a_shift \
    a_validation_from_before_the_load_refuses_a_shift metrics_that_cloudwatch_could_not_read_are_not_taken an_alarm_refuses_a_shift all_reasons_are_given \
    what_is_forced_is_done_and_told_loudly what_cannot_be_found_out_is_forced_as_well; do check $test; done

# ---- rolling back ----

a_rollback_leads_back_from_each_phase_and_is_not_gated() {
    for phase in waiting ready shifting rolled_back; do
        world "$(state $phase 50 ',"latency":900,"alarms":{"target-cpu":"ALARM"}')"
        roll_back
        answers_with done=true refused=false phase='"rolled_back"' weight=0 previousWeight=50 \
            warnings='["what applications wrote to the target, if they did, is not in the source"]'
        seen 'weights == {"source": 100, "target": 0} and s["phase"] == "rolled_back" and "GetMetricData" not in calls'
        seen 'w["published"][0].startswith("Cutover of db.example.com: rolled back\n")'
    done
}
a_rollback_works_while_all_else_fails() {
    world "$(state shifting 50)"
    for action in DescribeReplicationTasks GetMetricData DescribeAlarms ListResourceRecordSets; do
        disturb "action=$action&status=400&code=AccessDenied&times=99"
    done
    roll_back
    answers_with done=true weight=0
}
what_was_written_to_the_target_is_not_lost_unless_it_is_forced() {
    world "$(state complete 100)"
    roll_back
    refuses_with 'the cutover is complete and no reverse task is running: what was written to the target since would be lost'
    seen 'w["changes"] == {} and s["phase"] == "complete"'
    shift_to 50
    refuses_with 'the cutover is complete: what was written to the target since is not in the source; roll back'
    roll_back ',"force":true'
    answers_with done=true forced=true phase='"rolled_back"' weight=0
}
a_running_reverse_task_allows_a_rollback() {
    world "$(state complete 100 ',"tasks":{"arn:aws:dms:eu-west-2:123456789012:task:REVERSE":{"status":"running"},"arn:aws:dms:eu-west-2:123456789012:task:FORWARD":{"status":"stopped"}}')"
    roll_back
    answers_with done=true phase='"rolled_back"' weight=0
    seen 'tasks["REVERSE"]["status"] == "running"'
}
after_a_rollback_it_may_be_shifted_again() {
    world "$(state rolled_back 0)"
    shift_to 20
    answers_with done=true weight=20 phase='"shifting"'
}
moved=',"records":[{"id":"source","weight":0,"host":"old.example.net","ttl":60},{"id":"target","weight":100,"host":"new.example.net","ttl":60}]'
what_is_complete_stays_so_until_it_is_rolled_back() {
    world "$(state complete 100 "$moved")"
    shift_to 100
    answers_with done=true weight=100 phase='"complete"'
    roll_back
    refuses_with 'the cutover is complete and no reverse task is running'
}
a_completion_that_is_asked_for_again_is_done() {
    world "$(state complete 100 "$moved"',"latency":900')"
    complete
    answers_with done=true refused=false reasons=[] weight=100 phase='"complete"'
    world "$(state complete 100 ',"latency":900')"
    complete
    refuses_with 'CDCLatencySource was 900 seconds'
    world "$(state complete 100 ',"latency":900,"records":[{"id":"another","weight":9,"host":"an.example.net","ttl":60}]')"
    complete
    refuses_with 'CDCLatencySource was 900 seconds'
}
for test in what_is_complete_stays_so_until_it_is_rolled_back a_completion_that_is_asked_for_again_is_done \
    a_rollback_leads_back_from_each_phase_and_is_not_gated a_rollback_works_while_all_else_fails \
    what_was_written_to_the_target_is_not_lost_unless_it_is_forced a_running_reverse_task_allows_a_rollback \
    after_a_rollback_it_may_be_shifted_again; do check $test; done

# ---- metrics and the end ----

metrics_are_told_of_each_invocation() {
    world
    shift_to 20
    roll_back
    world '{"latency":900}'
    shift_to 50
    disturb 'action=GetParameter&status=403&code=AccessDeniedException'
    shift_to 50
    until tail -n 1 "$scratch/function.out" | grep -q '"Failed":1'; do :; done # they follow the answer
    tail -n 4 "$scratch/function.out" | python3 -c '
import json, sys
names = ("AuroraWeight", "Refused", "Failed", "RolledBack", "Ready")
told = []
for line in sys.stdin:
    record = json.loads(line)
    [directive] = record["_aws"]["CloudWatchMetrics"]
    assert directive["Namespace"] == "Cfngen/Migration" and directive["Dimensions"] == [["FunctionName"]]
    assert record["FunctionName"] == "cutover" and all(m["Name"] in record for m in directive["Metrics"])
    told.append([record.get(name) for name in names])
assert told == [[20, 0, 0, 0, 1], [0, 0, 0, 1, None], [0, 1, 0, 0, 0], [None, None, 1, None, None]], told'
}
check metrics_are_told_of_each_invocation

end_function
it_ended_well() { test "$status" = 0; }
check it_ended_well

it_ends_when_it_is_asked_to_while_it_waits() {
    world '{"sync_after":100000}'
    start_function
    printf '{"action":"gradual_cutover","aurora_weight":20}' | control POST /control/invoke >"$scratch/answer" &
    invoked=$!
    until control GET /control/world | grep -q GetChange; do :; done
    end_function
    test "$status" = 0
    wait "$invoked"
    answers '"done":false'
    seen 's["pending"]["weight"] == 20 and lock["holder"] == ""'
}
check it_ends_when_it_is_asked_to_while_it_waits

# ---- other environments ----

one_record_is_switched_and_switched_back() {
    start_function RECORD_MODE=cname SOURCE_SET_IDENTIFIER= TARGET_SET_IDENTIFIER=
    world '{"records":[{"id":"","weight":-1,"host":"old.example.net","ttl":60}]}'
    shift_to 20
    fails Cutover.BadEvent
    grep -qF 'with RECORD_MODE cname aurora_weight must be 0 or 100' "$scratch/answer"
    shift_to 100
    answers_with done=true weight=100 phase='"shifting"' warnings=[]
    seen 'hosts == {"": "new.example.net"}'
    complete
    answers_with done=true weight=100 phase='"complete"' warnings=[]
    roll_back ',"force":true'
    answers_with done=true weight=0
    seen 'hosts == {"": "old.example.net"} and w["records"][0]["ttl"] == 60'
    end_function
}
check one_record_is_switched_and_switched_back

what_is_not_in_the_environment_does_not_gate() {
    start_function REVERSE_TASK_ARN= VALIDATOR_FUNCTION= ALARM_NAMES= TOPIC_ARN=
    world '{"validation":[3,0,600],"alarms":{"target-cpu":"ALARM"}}'
    complete ',"reverse":true'
    fails Cutover.BadEvent
    complete
    answers_with done=true weight=100 validation=null alarms=null reverse=null
    seen 'w["published"] == [] and "DescribeAlarms" not in calls'
    end_function
}
check what_is_not_in_the_environment_does_not_gate

traffic_that_only_reads_loses_nothing() {
    start_function READ_ONLY_TRAFFIC=true
    world "$(state complete 100)"
    shift_to 50
    answers_with done=true weight=50 refused=false
    world "$(state complete 100)"
    roll_back
    answers_with done=true weight=0 refused=false phase='"rolled_back"' warnings=[]
    end_function
}
check traffic_that_only_reads_loses_nothing

an_aws_that_cannot_be_reached_is_an_error() {
    start_function AWS_ENDPOINT_URL_SSM=http://127.0.0.1:1
    shift_to 20
    fails Cutover.Unreachable
    end_function
    start_function AWS_ENDPOINT_URL_ROUTE_53=http://127.0.0.1:1
    world
    roll_back
    fails Cutover.Unreachable
    seen 's["pending"]["action"] == "rollback" and lock["holder"] == ""'
    end_function
}
check an_aws_that_cannot_be_reached_is_an_error

check nothing_that_it_wrote_or_answered_holds_a_secret
finish
