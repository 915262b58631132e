#!/bin/sh
# cfngen compare gate --lambda: what the validator function is asked, and what is made of its answers.
set -eu
cd "$(dirname "$0")/../.."
. tests/support/tap.sh
. tests/support/cli.sh
. tests/support/aws.sh
: "${OUT:?where it was built}"
cd "$scratch"

EQUAL='{"verdict":"equal","pieces":1,"reasons":[]}'
DIFFERENT='{"verdict":"different","pieces":1,"reasons":["shop.a: 1 rows missing, 0 extra, 0 changed"],"again":{"tables":[1]}}'
META='{"StatusCode": 200, "ExecutedVersion": "$LATEST"}'

# What the function answers to one call after the other.
function_answers() {
    for answer; do
        printf '> lambda invoke *\n!file %s\n%s\n' "$answer" "$META"
    done | scenario
}

gate() { # STATUS [OPTION...]
    wanted=$1
    shift
    ends "$wanted" compare gate --lambda validator "$@"
}

equal_databases_are_a_go() {
    function_answers "{\"action\":\"check\",\"done\":true,\"result\":$EQUAL}" '{"action":"gate","verdict":"GO","reasons":[]}'
    gate 0
    printf 'GO\n' | cmp - out
    says_nothing
    was_given '{"action":"check"}'
    was_given "{\"action\":\"gate\",\"results\":[$EQUAL]}"
    called 'lambda invoke /tmp/cfngen-answer-'
    called '--function-name validator --payload fileb:///dev/stdin --cli-read-timeout 960'
}

what_differs_is_looked_at_again_and_is_a_no_go() {
    function_answers "{\"action\":\"check\",\"done\":true,\"result\":$DIFFERENT}" \
        "{\"action\":\"recheck\",\"done\":true,\"result\":$DIFFERENT}" \
        '{"action":"gate","verdict":"NO_GO","reasons":["shop.a: 1 rows missing, 0 extra, 0 changed"]}'
    gate 1
    printf 'NO_GO\n  shop.a: 1 rows missing, 0 extra, 0 changed\n' | cmp - out
    was_given "{\"action\":\"recheck\",\"results\":[$DIFFERENT]}"
    was_given "\"recheck\":$DIFFERENT}"
}

what_cannot_be_compared_is_incomplete() {
    function_answers "{\"action\":\"check\",\"done\":true,\"result\":$EQUAL}" \
        '{"action":"gate","verdict":"INCOMPLETE","reasons":["shop.b: no key"]}'
    gate 4
    printf 'INCOMPLETE\n  shop.b: no key\n' | cmp - out
}

it_is_invoked_until_all_is_done() {
    function_answers "{\"done\":false,\"next\":{\"left\":2},\"result\":$EQUAL}" "{\"done\":false,\"next\":{\"left\":1},\"result\":$EQUAL}" \
        "{\"done\":true,\"result\":$DIFFERENT}" "{\"done\":false,\"next\":{\"again\":1},\"result\":$DIFFERENT}" \
        "{\"done\":true,\"result\":$EQUAL}" '{"verdict":"GO","reasons":[]}'
    gate 0
    was_given '{"action":"check","work":{"left":2}}'
    was_given '{"action":"check","work":{"left":1}}'
    was_given '{"action":"recheck","work":{"again":1},"pieces":1}'
    [ "$(calls | wc -l)" = 6 ]
}

options_go_into_every_event() {
    function_answers "{\"done\":true,\"result\":$EQUAL}" '{"verdict":"GO","reasons":[]}'
    printf '%s' '{"rules":[{"rule-type":"selection","rule-id":"1","rule-name":"1","object-locator":{"schema-name":"shop","table-name":"%"},"rule-action":"include"}]}' >mappings.json
    gate 0 -t 'shop.%' -t crm.users --mappings mappings.json --mode digest --heartbeat shop.beat --settle 0 --max-load 30 --details 5 \
        --region eu-west-2
    was_given '{"action":"check","tables":["shop.%","crm.users"],"mappings":{"rules":'
    was_given '"mode":"digest","heartbeat":"shop.beat","settleSeconds":0,"maxLoad":30,"details":5}'
    was_given '{"action":"gate","tables":["shop.%","crm.users"]'
    called '--region eu-west-2'
}

the_answer_is_written_as_json() {
    function_answers "{\"done\":true,\"result\":$EQUAL}" '{"verdict":"GO","reasons":[]}'
    gate 0 --json answer.json
    printf 'GO\n' | cmp - out
    grep -q '"verdict": "GO"' answer.json
    function_answers "{\"done\":true,\"result\":$EQUAL}" '{"verdict":"NO_GO","reasons":[]}'
    gate 1 --json -
    grep -q '"verdict": "NO_GO"' out
    if grep -q '^NO_GO' out; then return 1; fi
}

an_error_of_the_function_is_trouble() {
    scenario <<'END'
> lambda invoke *
!file {"errorType": "Validator.Unreachable", "errorMessage": "source: no route"}
{"StatusCode": 200, "FunctionError": "Unhandled"}
END
    gate 3
    prints_nothing
    says 'the function validator failed: Validator.Unreachable: source: no route'
}

a_function_that_cannot_be_invoked_is_trouble() {
    scenario <<'END'
> lambda invoke *
!error ResourceNotFoundException Function not found
END
    gate 3
    says 'the function validator cannot be invoked: ResourceNotFoundException: Function not found'
}

another_function_is_told() {
    function_answers '{"greeting":"hello"}'
    gate 3
    says 'answered something else than a validator does'
    function_answers 'hello'
    gate 3
    says 'its answer is no JSON object'
    function_answers '{"done":false,"result":{}}'
    gate 3
    says 'answered something else than a validator does'
}

the_databases_are_the_functions_own() {
    for option in --source --target --where --heartbeat-seconds --jobs --max-seconds --statement-seconds --resume \
        --max-differences --repair-sql --source-secret --target-secret --ssl-ca --outputs; do
        ends 2 compare gate --lambda validator $option 1
        says "$option does not go with --lambda"
    done
    for option in --task --max-lag; do
        ends 2 compare gate --lambda validator $option 1
        says "$option does not go with --lambda: the function knows the data alone"
    done
    ends 2 compare gate --lambda validator --show-values
    ends 2 compare gate --lambda ''
    says 'is not the name or ARN of a function'
    ends 2 compare gate --region eu-west-2
    says '--region goes with --lambda'
}

wrong_mappings_are_told_before_anything_is_asked() {
    scenario </dev/null
    echo '{"rules": 1}' >wrong.json
    gate 3 --mappings wrong.json
    says 'wrong.json:1'
    [ ! -s "$FAKE_AWS.calls" ]
}

an_interruption_is_incomplete_and_leaves_nothing_behind() {
    scenario <<'END'
> lambda invoke *
!signal TERM
!hang
END
    gate 4
    prints_nothing
    name=$(sed -n 's,.*\(/tmp/cfngen-answer-[^ ]*\).*,\1,p' "$FAKE_AWS.calls")
    [ -n "$name" ] && [ ! -e "$name" ]
}

check equal_databases_are_a_go
check what_differs_is_looked_at_again_and_is_a_no_go
check what_cannot_be_compared_is_incomplete
check it_is_invoked_until_all_is_done
check options_go_into_every_event
check the_answer_is_written_as_json
check an_error_of_the_function_is_trouble
check a_function_that_cannot_be_invoked_is_trouble
check another_function_is_told
check the_databases_are_the_functions_own
check wrong_mappings_are_told_before_anything_is_asked
check an_interruption_is_incomplete_and_leaves_nothing_behind
finish
