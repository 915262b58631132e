#!/bin/bash
# The cutover function in its runtime: going on after a failure at any point, races, and an AWS that fails.
set -eu
cd "$(dirname "$0")/../.."
. tests/support/tap.sh
. tests/support/cutover.sh

start_function

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
    shift_to 20 '' seconds=7
    answers_with done=false refused=false phase='"shifting"' weight=20 previousWeight=0 change='"/change/C1"' inSync=false
    seen 's["pending"]["weight"] == 20 and s["weight"] == 0 and s["change"] == "/change/C1" and lock["holder"] == ""'
    shift_to 20 '' seconds=7
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
    roll_back '' seconds=7
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
    answers_with done=true weight=0 phase='"rolled_back"' \
        warnings='["what applications wrote to the target, if they did, is not in the source"]'
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
    world '{"sync_after":4}' # who has the lock keeps it for a while
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

end_function
it_ended_well() { test "$status" = 0; }
check it_ended_well

check nothing_that_it_wrote_or_answered_holds_a_secret
finish
