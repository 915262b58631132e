#!/bin/bash
# The cutover function in its runtime: shifts, refusals, races, and an AWS that fails at any point.
set -eu
cd "$(dirname "$0")/../.."
. tests/support/tap.sh
. tests/support/cutover.sh

shift_to() { # WEIGHT [MORE [QUERY]]
    invoke "{\"action\":\"gradual_cutover\",\"aurora_weight\":$1${2-}}" "${3-}"
}
complete() { # [MORE [QUERY]]
    invoke "{\"action\":\"manual_cutover\"${1-}}" "${2-}"
}
roll_back() { # [MORE [QUERY]]
    invoke "{\"action\":\"rollback\"${1-}}" "${2-}"
}
refuses_with() { # REASON
    answers '"refused":true'
    answers '"done":false'
    answers "$1"
}

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
    one_slow_minute_is_enough a_validation_that_is_not_clean_refuses_a_shift an_alarm_refuses_a_shift all_reasons_are_given \
    what_is_forced_is_done_and_told_loudly what_cannot_be_found_out_is_forced_as_well; do check $test; done

# ---- rolling back ----

state() { # PHASE WEIGHT [MORE]
    printf '{"parameters":{"/cutover/state":["{\\"version\\":7,\\"phase\\":\\"%s\\",\\"weight\\":%s}"]}%s}' "$1" "$2" "${3-}"
}
a_rollback_leads_back_from_each_phase_and_is_not_gated() {
    for phase in waiting ready shifting rolled_back; do
        world "$(state $phase 50 ',"latency":900,"alarms":{"target-cpu":"ALARM"}')"
        roll_back
        answers_with done=true refused=false phase='"rolled_back"' weight=0 previousWeight=50
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
for test in a_rollback_leads_back_from_each_phase_and_is_not_gated a_rollback_works_while_all_else_fails \
    what_was_written_to_the_target_is_not_lost_unless_it_is_forced a_running_reverse_task_allows_a_rollback \
    after_a_rollback_it_may_be_shifted_again; do check $test; done

# ---- going on ----

# Five seconds are kept for the end.
a_change_that_spreads_slowly_is_waited_for() {
    world '{"sync_after":3}'
    shift_to 20
    answers_with done=true inSync=true
    seen 'calls.count("GetChange") == 4'
}
the_same_call_goes_on_when_time_ran_out() {
    world '{"sync_after":1000}'
    shift_to 20 '' seconds=5.5
    answers_with done=false refused=false phase='"shifting"' weight=20 previousWeight=0 change='"/change/C1"' inSync=false
    seen 's["pending"]["weight"] == 20 and s["weight"] == 0 and s["change"] == "/change/C1" and lock["holder"] == ""'
    shift_to 20 '' seconds=5.5
    answers_with done=false change='"/change/C1"'
    seen 'len(w["changes"]) == 1'
    invoke '{"action":"status"}'
    answers 'a gradual_cutover to 20 is not done: the same call goes on with it, or roll back'
    answers_with phase='"shifting"'
}
while_one_is_pending_others_are_refused_but_for_a_rollback() {
    shift_to 50
    refuses_with 'a gradual_cutover to 20 is not done: the same call goes on with it, or roll back'
    complete
    refuses_with 'a gradual_cutover to 20 is not done'
    roll_back '' seconds=5.5
    answers_with done=false phase='"shifting"' weight=0
    shift_to 20
    refuses_with 'a rollback to 0 is not done'
    seen 'weights == {"source": 100, "target": 0} and s["pending"]["action"] == "rollback" and len(w["changes"]) == 2'
}
a_rollback_goes_on_as_well() {
    world '{"parameters":{"/cutover/state":["{\"version\":7,\"phase\":\"shifting\",\"weight\":50,\"pending\":{\"action\":\"rollback\",\"weight\":0,\"reverse\":false}}"]}}'
    roll_back
    answers_with done=true phase='"rolled_back"' weight=0 previousWeight=50
}
a_change_that_is_forgotten_is_made_again() {
    world '{"parameters":{"/cutover/state":["{\"version\":7,\"phase\":\"shifting\",\"weight\":0,\"change\":\"/change/CGONE\",\"pending\":{\"action\":\"gradual_cutover\",\"weight\":20,\"reverse\":false}}"]}}'
    shift_to 20
    answers_with done=true change='"/change/C1"'
}
# The record is changed already, nobody has written so.
a_failure_between_change_and_state_is_gone_on_from() {
    world
    disturb 'action=PutParameter&name=/cutover/state&skip=1&times=5&status=500&code=InternalServerError'
    shift_to 50
    fails Cutover.Unreachable
    seen 'weights == {"source": 50, "target": 50} and s["weight"] == 0 and s["pending"]["weight"] == 50 and "change" not in s and lock["holder"] == ""'
    shift_to 80
    refuses_with 'a gradual_cutover to 50 is not done'
    shift_to 50
    answers_with done=true weight=50 previousWeight=0
    seen 's["weight"] == 50 and "pending" not in s and len(w["changes"]) == 2'
}
a_failure_between_change_and_state_is_rolled_back_from() {
    world
    disturb 'action=PutParameter&name=/cutover/state&skip=1&times=5&status=500&code=InternalServerError'
    complete
    fails Cutover.Unreachable
    roll_back
    answers_with done=true weight=0 phase='"rolled_back"'
    seen 'weights == {"source": 100, "target": 0}'
}
a_failure_at_the_end_is_gone_on_from() {
    world
    disturb 'action=PutParameter&name=/cutover/state&skip=2&times=5&status=500&code=InternalServerError'
    complete
    fails Cutover.Unreachable
    seen 's["phase"] == "shifting" and s["change"] == "/change/C1" and lock["holder"] == ""'
    roll_back
    refuses_with 'no reverse task is running'
    complete
    answers_with done=true phase='"complete"' weight=100
    seen 'len(w["changes"]) == 1'
}
a_failure_before_the_intent_has_done_nothing() {
    world
    disturb 'action=PutParameter&name=/cutover/state&times=5&status=500&code=InternalServerError'
    shift_to 20
    fails Cutover.Unreachable
    seen 'w["changes"] == {} and s["version"] == 0 and lock["holder"] == ""'
}
the_deadline_is_kept() {
    world
    shift_to 20 '' seconds=4
    fails Cutover.OutOfTime
    seen 'calls == []'
}
for test in a_change_that_spreads_slowly_is_waited_for the_same_call_goes_on_when_time_ran_out \
    while_one_is_pending_others_are_refused_but_for_a_rollback a_rollback_goes_on_as_well a_change_that_is_forgotten_is_made_again \
    a_failure_between_change_and_state_is_gone_on_from a_failure_between_change_and_state_is_rolled_back_from \
    a_failure_at_the_end_is_gone_on_from a_failure_before_the_intent_has_done_nothing the_deadline_is_kept; do check $test; done

# ---- races ----

who_holds_the_lock_keeps_others_out() {
    world '{"parameters":{"/cutover/lock":["{\"holder\":\"other\",\"until\":99999999999}"]}}'
    shift_to 20
    fails Cutover.Busy
    grep -qF 'other is shifting' "$scratch/answer"
    seen 'calls == ["GetParameter"]'
}
a_lock_that_has_run_out_is_taken() {
    world '{"parameters":{"/cutover/lock":["{\"holder\":\"other\",\"until\":1000}"]}}'
    shift_to 20
    answers_with done=true
    seen 'lock == {"holder": "", "until": 0}'
}
who_writes_the_lock_second_does_not_have_it() {
    world
    interfere /cutover/lock '{"holder":"other","until":99999999999}'
    shift_to 20
    fails Cutover.Busy
    seen 'w["changes"] == {} and s["version"] == 0 and lock["holder"] != ""'
}
a_lock_that_was_given_back_meanwhile_is_taken() {
    world
    interfere /cutover/lock '{"holder":"","until":0}'
    shift_to 20
    answers_with done=true
}
a_lock_that_was_taken_without_an_answer_is_ones_own() {
    world
    disturb 'action=PutParameter&name=/cutover/lock&status=500&code=InternalServerError&effect=1'
    shift_to 20
    answers_with done=true
    seen 'len(w["parameters"]["/cutover/lock"]) == 4'
}
a_state_that_was_written_without_an_answer_is_ones_own() {
    world
    disturb 'action=PutParameter&name=/cutover/state&status=500&code=InternalServerError&effect=1'
    shift_to 20
    answers_with done=true
}
a_state_that_somebody_else_wrote_stops_a_shift() {
    world
    interfere /cutover/state '{"version":9,"phase":"complete","weight":100}'
    shift_to 20
    fails Cutover.StateChanged
    seen 'w["changes"] == {} and lock["holder"] == ""'
}
of_two_that_shift_at_once_exactly_one_does() {
    world
    first=$function
    start_function
    meet /cutover/lock
    for _ in 1 2; do
        printf '{"action":"gradual_cutover","aurora_weight":20}' | control POST /control/invoke >>"$scratch/both" &
        racers="${racers-} $!"
    done
    wait $racers
    cat "$scratch/both" >>"$scratch/answers"
    test "$(grep -o '"kind": "response"' "$scratch/both" | wc -l)" = 1
    test "$(grep -o '"type": "Cutover.Busy"' "$scratch/both" | wc -l)" = 1
    seen 'len(w["changes"]) == 1 and s["version"] == 3 and weights == {"source": 80, "target": 20}'
    end_function
    function=$first
}
for test in who_holds_the_lock_keeps_others_out a_lock_that_has_run_out_is_taken who_writes_the_lock_second_does_not_have_it \
    a_lock_that_was_given_back_meanwhile_is_taken a_lock_that_was_taken_without_an_answer_is_ones_own \
    a_state_that_was_written_without_an_answer_is_ones_own a_state_that_somebody_else_wrote_stops_a_shift \
    of_two_that_shift_at_once_exactly_one_does; do check $test; done

# ---- an AWS that fails ----

actions='GetParameter PutParameter DescribeReplicationTasks GetMetricData DescribeAlarms ListResourceRecordSets ChangeResourceRecordSets GetChange'
what_is_throttled_is_asked_again() {
    world
    for action in $actions; do disturb "action=$action&times=1&status=400&code=ThrottlingException"; done
    shift_to 20
    answers_with done=true weight=20 warnings=[]
    logs '"message":"trying a call to AWS again","service":"route53","action":"ChangeResourceRecordSets","status":400,"error":"ThrottlingException"'
}
what_stays_throttled_is_given_up() {
    for given in GetParameter:ThrottlingException PutParameter:TooManyUpdates DescribeReplicationTasks:ThrottlingException \
        GetMetricData:Throttling ChangeResourceRecordSets:PriorRequestNotComplete; do
        world
        disturb "action=${given%:*}&times=5&status=400&code=${given#*:}"
        shift_to 20
        fails Cutover.Throttled || { echo "$given"; return 1; }
        seen 'lock["holder"] == ""'
    done
}
servers_that_fail_are_asked_again() {
    world
    for action in $actions; do disturb "action=$action&times=1&status=503&code=ServiceUnavailable"; done
    shift_to 20
    answers_with done=true weight=20
}
a_change_without_an_answer_is_made_again() {
    world
    disturb 'action=ChangeResourceRecordSets&status=500&code=InternalFailure&effect=1'
    shift_to 20
    answers_with done=true weight=20
    seen 'weights == {"source": 80, "target": 20} and len(w["changes"]) == 2'
}
expired_credentials_have_an_error_of_their_own() {
    for action in $actions; do
        world
        disturb "action=$action&times=1&status=403&code=ExpiredTokenException"
        shift_to 20
        fails Cutover.ExpiredCredentials || { echo "$action"; return 1; }
    done
}
what_may_not_be_called_is_named() {
    for action in $actions; do
        world
        disturb "action=$action&times=1&status=403&code=AccessDeniedException"
        shift_to 20
        fails Cutover.AccessDenied || { echo "$action"; return 1; }
        grep -qF ":$action answered 403 AccessDeniedException" "$scratch/answer"
    done
}
what_is_not_there_is_named() {
    world '{"parameters":{"/cutover/state":[]}}'
    shift_to 20
    fails Cutover.NotFound
    grep -qF 'the state cannot be read: ssm:GetParameter answered 400 ParameterNotFound' "$scratch/answer"
    world '{"tasks":{"arn:aws:dms:eu-west-2:123456789012:task:FORWARD":null}}'
    shift_to 20
    fails Cutover.NotFound
    grep -qF 'DMS has no task with the ARN of TASK_ARN' "$scratch/answer"
    world
    disturb 'action=ChangeResourceRecordSets&status=404&code=NoSuchHostedZone'
    shift_to 20
    fails Cutover.NotFound
}
what_aws_refuses_otherwise_is_an_error() {
    world
    disturb 'action=ChangeResourceRecordSets&status=400&code=InvalidChangeBatch'
    shift_to 20
    fails Cutover.CallFailed
    grep -qF 'the record cannot be changed: route53:ChangeResourceRecordSets answered 400 InvalidChangeBatch' "$scratch/answer"
}
a_state_that_is_none_is_an_error() {
    for text in planted '{\"version\":1}' '{\"version\":1,\"phase\":\"planted\",\"weight\":0}' '{\"version\":1,\"phase\":\"ready\",\"weight\":200}' \
        '{\"version\":1,\"phase\":\"ready\",\"weight\":0,\"pending\":{\"action\":\"status\",\"weight\":0}}' '{\"version\":1,\"phase\":\"ready\",\"weight\":0,\"change\":5}'; do
        world "{\"parameters\":{\"/cutover/state\":[\"$text\"]}}"
        shift_to 20
        fails Cutover.StateUnreadable || { echo "$text"; return 1; }
        control GET /control/world | grep -q '"changes": {}'
    done
    world '{"parameters":{"/cutover/lock":["planted"]}}'
    shift_to 20
    fails Cutover.StateUnreadable
}
a_topic_that_cannot_be_told_is_a_warning() {
    world
    disturb 'action=Publish&status=403&code=AuthorizationError&times=9'
    shift_to 20
    answers_with done=true weight=20 warnings='["the topic cannot be told: sns:Publish answered 403 AuthorizationError"]'
    seen 's["weight"] == 20 and lock["holder"] == ""'
}
a_lock_that_cannot_be_given_back_is_a_warning() {
    world
    disturb 'action=PutParameter&name=/cutover/lock&skip=1&status=403&code=AccessDeniedException'
    shift_to 20
    answers_with done=true weight=20 warnings='["the lock cannot be written: ssm:PutParameter answered 403 AccessDeniedException"]'
}
for test in what_is_throttled_is_asked_again what_stays_throttled_is_given_up servers_that_fail_are_asked_again \
    a_change_without_an_answer_is_made_again expired_credentials_have_an_error_of_their_own what_may_not_be_called_is_named \
    what_is_not_there_is_named what_aws_refuses_otherwise_is_an_error a_state_that_is_none_is_an_error \
    a_topic_that_cannot_be_told_is_a_warning a_lock_that_cannot_be_given_back_is_a_warning; do check $test; done

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
    complete ',"reverse":true' seconds=5.5
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
}
for test in a_cutover_turns_the_tasks_round_first a_cutover_goes_on_turning_when_time_ran_out a_task_that_ran_before_starts_anew \
    a_reverse_task_that_does_not_start_leaves_the_record a_reverse_task_that_is_not_there_refuses_the_cutover \
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
an_event_does_not_disturb_what_is_pending() {
    world '{"parameters":{"/cutover/state":["{\"version\":7,\"phase\":\"shifting\",\"weight\":0,\"pending\":{\"action\":\"manual_cutover\",\"weight\":100,\"reverse\":true}}"]}}'
    dms FORWARD REPLICATION_TASK_STOPPED
    answers_with done=true phase='"shifting"'
    seen 's["pending"]["action"] == "manual_cutover" and s["phase"] == "shifting" and s["task"] == "stopped"'
}
for test in a_task_that_has_started_makes_it_ready a_task_that_has_failed_is_told an_event_of_another_task_alters_nothing \
    an_event_does_not_disturb_what_is_pending; do check $test; done

# ---- metrics and the end ----

metrics_are_told_of_each_invocation() {
    world
    shift_to 20
    roll_back
    world '{"latency":900}'
    shift_to 50
    disturb 'action=GetParameter&status=403&code=AccessDeniedException'
    shift_to 50
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

it_ends_when_it_is_asked_to() {
    end_function
    test "$status" = 0
}
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
end_function
it_ended_well() { test "$status" = 0; }
check it_ended_well
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
    answers_with done=true weight=0 refused=false phase='"rolled_back"'
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
