#!/bin/sh
# The validator function in its runtime: how it starts and ends, what it does with events and with an
# interface and an AWS that fail. No database is needed for that.
set -eu
cd "$(dirname "$0")/../.."
. tests/support/tap.sh
. tests/support/lambda.sh

equal='{"verdict":"equal","pieces":1}'
# Something to answer without a database.
gate="{\"action\":\"gate\",\"plan\":$equal,\"results\":[$equal]}"

for side in source target; do
    login nowhere.invalid 3306 someone planted-password | control POST "/control/secret?id=$side"
done

it_polls_once_it_has_read_both_secrets() {
    start_function
    control GET /control/calls >"$scratch/calls"
    test "$(grep -o 'secretsmanager:GetSecretValue' "$scratch/calls" | wc -l)" = 2
    test "$(grep -o '"problem": null' "$scratch/calls" | wc -l)" = 2
    end_function
}
check it_polls_once_it_has_read_both_secrets

what_is_missing_in_its_environment_is_an_error_of_the_start() {
    begin_function SOURCE_SECRET= ENGINE=oracle MAX_LOAD=101
    control GET /control/init-error | tee -a "$scratch/answers" >"$scratch/said"
    grep -q '"type": "Validator.BadConfiguration"' "$scratch/said"
    grep -qF 'SOURCE_SECRET is missing; ENGINE must be mysql or postgresql; MAX_LOAD must be a whole number from 1 to 100' "$scratch/said"
    status=0
    wait "$function" || status=$?
    test $status = 1
}
check what_is_missing_in_its_environment_is_an_error_of_the_start

cannot_start() { # TYPE TEXT [NAME=VALUE...]
    type=$1 text=$2
    shift 2
    begin_function "$@"
    control GET /control/init-error | tee -a "$scratch/answers" >"$scratch/said"
    cat "$scratch/said"
    grep -q "\"type\": \"$type\"" "$scratch/said"
    grep -qF "$text" "$scratch/said"
    status=0
    wait "$function" || status=$?
    test $status = 1
}
a_secret_that_is_not_there_is_an_error_of_the_start() {
    cannot_start Validator.SecretUnavailable "the source's secret cannot be read: secretsmanager:GetSecretValue answered 400 ResourceNotFoundException" SOURCE_SECRET=nothing
}
a_secret_that_is_no_login_is_an_error_of_the_start() {
    printf '{"host":"h","username":"u","password":""}' | control POST "/control/secret?id=empty"
    cannot_start Validator.BadSecret "the source's secret has no password" SOURCE_SECRET=empty
    printf 'planted-password' | control POST "/control/secret?id=text"
    cannot_start Validator.BadSecret "the source's secret is not JSON" SOURCE_SECRET=text
    printf '{"host":"h/planted-password","username":"u","password":"planted-password"}' | control POST "/control/secret?id=host"
    cannot_start Validator.BadSecret "has a host that is no name or address" SOURCE_SECRET=host
}
a_secrets_manager_that_refuses_is_an_error_of_the_start() {
    : | control POST "/control/fail?service=secretsmanager&status=400&code=AccessDeniedException&times=1"
    cannot_start Validator.SecretUnavailable AccessDeniedException
    control GET /control/calls >"$scratch/calls"
}
credentials_that_have_expired_are_an_error_of_the_start() {
    : | control POST "/control/fail?service=secretsmanager&status=400&code=ExpiredTokenException&times=1"
    cannot_start Validator.ExpiredCredentials "the credentials of the function have expired"
}
a_secrets_manager_that_cannot_be_reached_is_an_error_of_the_start() {
    cannot_start Validator.SecretUnavailable "cannot be reached" AWS_ENDPOINT_URL_SECRETS_MANAGER=http://127.0.0.1:1
}
a_secrets_manager_that_throttles_is_asked_again() {
    control GET /control/calls >/dev/null
    : | control POST "/control/fail?service=secretsmanager&status=400&code=ThrottlingException&times=2"
    start_function
    control GET /control/calls >"$scratch/calls"
    test "$(grep -o 'secretsmanager:GetSecretValue' "$scratch/calls" | wc -l)" = 4
    logs '"message":"trying a call to AWS again","service":"secretsmanager","action":"GetSecretValue","status":400,"error":"ThrottlingException"'
    end_function
}
a_secrets_manager_that_only_throttles_is_given_up() {
    control GET /control/calls >/dev/null
    : | control POST "/control/fail?service=secretsmanager&status=400&code=ThrottlingException&times=5"
    cannot_start Validator.SecretUnavailable ThrottlingException
    control GET /control/calls >"$scratch/calls"
    test "$(grep -o 'secretsmanager:GetSecretValue' "$scratch/calls" | wc -l)" = 5
}
for test in a_secret_that_is_not_there_is_an_error_of_the_start a_secret_that_is_no_login_is_an_error_of_the_start \
    a_secrets_manager_that_refuses_is_an_error_of_the_start credentials_that_have_expired_are_an_error_of_the_start \
    a_secrets_manager_that_cannot_be_reached_is_an_error_of_the_start a_secrets_manager_that_throttles_is_asked_again \
    a_secrets_manager_that_only_throttles_is_given_up; do
    check $test
done

start_function

a_gate_answers_by_the_results_it_is_given() {
    invoke "$gate"
    answers '"action":"gate","run":"request-'
    answers '"verdict":"GO"'
    invoke '{"action":"gate","results":[{"verdict":"different","pieces":1,"missing":3,"reasons":["shop.t: 3 rows missing, 0 extra, 0 changed"]}]}'
    answers '"verdict":"NO_GO"'
    answers '"reasons":["shop.t: 3 rows missing, 0 extra, 0 changed"]'
}
malformed_events_are_errors_and_the_loop_goes_on() {
    for event in '' '{' '[]' '"planted-password"' '{"action":"planted-password"}' '{"action":"check","password":"planted-password"}' \
        '{"action":"check","run":"../up"}' '{"action":"check","tables":["orders"]}' '{"action":"check","tables":[]}' \
        '{"action":"check","details":-1}' '{"action":"check","report":"yes"}' '{"action":"plan","work":{}}' '{"action":"recheck"}' \
        '{"action":"recheck","results":[{"verdict":"fine"}]}' '{"action":"check","mode":1}' '{"action":"check","action":"plan"}' \
        '{"action":"check","report":true}' '{"action":"check","work":{"key":"validator/a.json"}}' '{"action":"check","work":{"tables":1}}'; do
        invoke "$event"
        fails Validator.BadEvent || { echo "$event"; return 1; }
    done
    invoke '{"action":"check","detail":1}'
    grep -qF 'did you mean details?' "$scratch/answer"
    invoke "$gate"
    answers '"verdict":"GO"'
}
an_event_that_nests_without_end_is_an_error() {
    awk 'BEGIN { printf "{\"action\":"; for (i = 0; i < 100000; i++) printf "[" }' >"$scratch/event"
    invoke "@$scratch/event"
    fails Validator.BadEvent
}
a_huge_event_is_an_error_and_the_loop_goes_on() {
    head -c 7000000 /dev/zero | tr '\0' x >"$scratch/event"
    invoke "@$scratch/event"
    fails Validator.BadEvent
    grep -qF 'the event is larger than 1048576 bytes' "$scratch/answer"
    awk 'BEGIN { printf "{\"action\":\"gate\",\"results\":["; for (i = 0; i < 20000; i++) printf "%s{\"verdict\":\"equal\",\"pieces\":1}", i ? "," : ""; printf "]}" }' >"$scratch/event"
    invoke "@$scratch/event"
    answers '"pieces":20000'
}
an_answer_that_is_too_large_is_not_followed_by_an_error() {
    invoke "$gate" status=413
    grep -q '"kind": "response".*"status": 413' "$scratch/answer"
    invoke "$gate"
    answers '"verdict":"GO"'
    logs '"message":"the answer is larger than Lambda takes"'
    tail -n 3 "$scratch/function.out" | grep -q '"Failures":1}'
}
an_answer_that_is_refused_is_logged_and_the_loop_goes_on() {
    invoke "$gate" status=403
    invoke "$gate"
    answers '"verdict":"GO"'
    logs '"message":"the runtime'"'"'s interface did not take an answer","status":403'
}
an_event_too_late_is_an_error() {
    for event in '{"action":"check"}' '{"action":"plan"}' '{"action":"gate"}' '{"source":"aws.events"}'; do
        invoke "$event" seconds=5
        fails Validator.OutOfTime
    done
}
a_database_that_is_not_there_is_an_error() {
    invoke '{"action":"check"}'
    fails Validator.Unreachable
    grep -qF 'Check host, port, network' "$scratch/answer"
}
log_lines_are_json_with_the_id_of_the_request() {
    python3 -c '
import json, sys
for line in open(sys.argv[1]):
    record = json.loads(line)
    assert record["level"] in ("INFO", "WARN", "ERROR") and record["message"] and record["timestamp"].endswith("Z"), line
    assert record["message"] != "answered" or record["requestId"].startswith("request-") and record["traceId"], line
' "$scratch/function.err"
}
metrics_are_as_the_embedded_format_specifies() {
    invoke '{"action":"gate","results":[{"verdict":"different","pieces":1,"missing":3,"changed":4}]}'
    python3 -c '
import json, sys, time
lines = [json.loads(line) for line in open(sys.argv[1])]
assert lines
for record in lines:
    told = record["_aws"]
    assert abs(told["Timestamp"] / 1000 - time.time()) < 600
    [directive] = told["CloudWatchMetrics"]
    assert directive["Namespace"] == "Cfngen/Migration" and directive["Dimensions"] == [["FunctionName"]]
    assert record["FunctionName"] == "validator"
    for metric in directive["Metrics"]:
        assert metric["Unit"] == "Count" and isinstance(record[metric["Name"]], (int, float))
    failed = record["Failures"]
    assert failed in (0, 1) and not (failed and "Mismatches" in record)
assert lines[-1]["Mismatches"] == 7 and lines[-1]["Failures"] == 0, lines[-1]
' "$scratch/function.out"
}
a_part_without_differences_does_not_speak_for_the_whole() {
    invoke '{"action":"recheck","results":[{"verdict":"equal","pieces":1,"rows":5}]}'
    answers '"verdict":"equal"'
    until tail -n 1 "$scratch/function.out" | grep -q '"Failures":0}'; do :; done # it follows the answer
    if tail -n 1 "$scratch/function.out" | grep 'Mismatches\|Incomplete'; then return 1; fi
}
for test in a_gate_answers_by_the_results_it_is_given malformed_events_are_errors_and_the_loop_goes_on \
    an_event_that_nests_without_end_is_an_error a_huge_event_is_an_error_and_the_loop_goes_on \
    an_answer_that_is_too_large_is_not_followed_by_an_error an_answer_that_is_refused_is_logged_and_the_loop_goes_on \
    an_event_too_late_is_an_error a_database_that_is_not_there_is_an_error log_lines_are_json_with_the_id_of_the_request \
    metrics_are_as_the_embedded_format_specifies a_part_without_differences_does_not_speak_for_the_whole; do
    check $test
done

it_ends_when_it_is_asked_to() {
    kill -0 "$function"
    kill -TERM "$function"
}
check it_ends_when_it_is_asked_to
status=0
wait "$function" || status=$?
function=
its_exit_status_is_0_then() {
    test "$status" = 0
}
check its_exit_status_is_0_then

a_broken_interface_ends_it() {
    start_function
    invoke "$gate" status=500
    status=0
    wait "$function" || status=$?
    test $status = 1
}
check a_broken_interface_ends_it

check nothing_that_it_wrote_or_answered_holds_a_secret
finish
