#!/bin/sh
# cfngen cutover: what the function is asked, and what is made of its answers.
set -eu
cd "$(dirname "$0")/../.."
. tests/support/tap.sh
. tests/support/cli.sh
. tests/support/aws.sh
cd "$scratch"

META='{"StatusCode": 200, "ExecutedVersion": "$LATEST"}'
READY='"phase":"ready","weight":0,"ready":true,"task":{"status":"running","fullLoadPercent":100,"latencySeconds":1.2},"validation":{"clean":true,"ageSeconds":120},"alarms":[]'
SHIFTED='{"action":"gradual_cutover","run":"r1","done":true,"refused":false,"phase":"shifting","weight":20,"previousWeight":0,"ready":true,"change":"/change/C1","inSync":true}'
PENDING='{"action":"gradual_cutover","run":"r1","done":false,"refused":false,"phase":"shifting","weight":20,"previousWeight":0,"change":"/change/C1","inSync":false}'

# The stack, which names the function; then what the function answers to one call after the other.
stack_has() { # OUTPUT
    echo '> cloudformation describe-stacks --stack-name shop *'
    answer_of_stack CREATE_COMPLETE ", \"Outputs\": [{\"OutputKey\": \"Other\", \"OutputValue\": \"x\"}, {\"OutputKey\": \"$1\", \"OutputValue\": \"cutover-prod\"}]"
}
function_answers() {
    {
        stack_has CutoverFunctionName
        for answer; do printf '> lambda invoke *\n!file %s\n%s\n' "$answer" "$META"; done
    } | scenario
}
function_fails() { # TYPE MESSAGE
    {
        stack_has CutoverFunctionName
        printf '> lambda invoke *\n!file {"errorType": "%s", "errorMessage": "%s"}\n{"StatusCode": 200, "FunctionError": "Unhandled"}\n' "$@"
    } | scenario
}
cutover() { # STATUS COMMAND [ARGUMENT...]
    wanted=$1
    shift
    ends "$wanted" cutover "$@" --stack shop
}
printed() { # what is read from standard input, and nothing else
    diff - out
}
invocations_are() { # NUMBER
    count=$(calls | grep -c '^lambda invoke' || :)
    [ "$count" = "$1" ] || { echo "$count invocations"; return 1; }
}

# ---- the function ----

the_output_of_the_stack_names_the_function() {
    function_answers "{\"action\":\"status\",\"done\":true,$READY}"
    cutover 0 status --region eu-west-2
    called 'cloudformation describe-stacks --stack-name shop --output json --region eu-west-2'
    called '--function-name cutover-prod --payload fileb:///dev/stdin --cli-read-timeout 960 --output json --region eu-west-2'
    was_given '{"action":"status"}'
    prints 'next        cfngen cutover shift 20 --stack shop --region eu-west-2 --wait'
    says_nothing
}
a_function_that_is_named_needs_no_stack() {
    printf '> lambda invoke *\n!file %s\n%s\n' "{\"done\":true,$READY}" "$META" | scenario
    ends 0 cutover status --function arn:aws:lambda:eu-west-2:123456789012:function:cut
    [ "$(calls | wc -l)" = 1 ]
    prints 'next        cfngen cutover shift 20 --function arn:aws:lambda:eu-west-2:123456789012:function:cut --wait'
}
a_stack_without_the_output_is_told() {
    stack_has CutoverStateParameterName | scenario
    cutover 3 status
    says 'cfngen: the stack shop has no output CutoverFunctionName'
    says '= hint: give it one, with the Ref of its Cfngen::Migration::Cutover, or name another one, as --stack STACK/OutputKey, or the function: --function'
    prints_nothing
}
another_output_may_name_the_function() {
    { stack_has WriterCutoverFunctionName; printf '> lambda invoke *\n!file %s\n%s\n' "{\"done\":true,$READY}" "$META"; } | scenario
    ends 0 cutover status --stack shop/WriterCutoverFunctionName
    called 'describe-stacks --stack-name shop '
    called '--function-name cutover-prod '
    prints 'next        cfngen cutover shift 20 --stack shop/WriterCutoverFunctionName --wait'
    ends 3 cutover status --stack shop/Writer
    says 'the stack shop has no output Writer'
    id=arn:aws:cloudformation:eu-west-2:123456789012:stack/shop/1
    { echo "> cloudformation describe-stacks --stack-name $id *"; answer_of_stack CREATE_COMPLETE; } | scenario
    ends 3 cutover status --stack $id
    says "the stack $id has no output CutoverFunctionName"
}
a_stack_that_is_not_there_is_told() {
    printf '> cloudformation describe-stacks*\n!error ValidationError Stack with id shop does not exist\n' | scenario
    cutover 3 status
    says 'cfngen: there is no stack shop'
    printf '> cloudformation describe-stacks*\n!error AccessDenied no\n' | scenario
    cutover 3 status
    says 'the stack shop cannot be looked up: AccessDenied: no'
}

# ---- status ----

a_status_tells_everything_and_the_next_step() {
    function_answers "{\"action\":\"status\",\"run\":\"r1\",\"done\":true,\"refused\":false,$READY,\"record\":\"db.example.com\",\"mode\":\"weighted\",\"reverse\":{\"status\":\"stopped\"}}"
    cutover 0 status
    printed <<'END'
phase       ready
weight      0 % to the target
record      db.example.com
ready       yes
task        running, 100 % loaded, 1.2 s behind
reverse     stopped
validation  clean, 2 min ago
alarms      none in ALARM
next        cfngen cutover shift 20 --stack shop --wait
END
}
the_age_of_a_validation_is_readable() {
    while read -r seconds text; do
        function_answers "{\"done\":true,\"phase\":\"ready\",\"validation\":{\"clean\":true,\"ageSeconds\":$seconds}}"
        cutover 0 status
        prints "validation  clean, $text ago"
    done <<'END'
0 0 s
119 119 s
120 2 min
7200 2 h
172800 2 days
END
}
a_cutover_that_is_not_ready_says_why() {
    function_answers '{"action":"status","done":true,"refused":false,"reasons":["the task is stopped"],"warnings":["the TTL is 300 s"],"phase":"waiting","weight":0,"ready":false,"task":{"status":"stopped"},"validation":{"clean":false},"alarms":["lag","errors"]}'
    cutover 0 status
    printed <<'END'
reason      the task is stopped
warning     the TTL is 300 s
phase       waiting
weight      0 % to the target
ready       no
task        stopped
validation  not clean
alarms      lag, errors in ALARM
next        cfngen cutover status --stack shop
END
}
each_weight_has_its_next_step() {
    while read -r weight next; do
        function_answers "{\"done\":true,\"phase\":\"shifting\",\"weight\":$weight,\"ready\":true}"
        cutover 0 status
        prints "next        cfngen cutover $next --stack shop --wait"
        prints 'back        cfngen cutover rollback --stack shop --wait'
    done <<'END'
0 shift 20
20 shift 50
35 shift 50
50 shift 80
80 shift 100
100 complete
END
}
a_plain_record_is_switched_whole() {
    function_answers "{\"done\":true,\"mode\":\"cname\",$READY}"
    cutover 0 status
    prints 'next        cfngen cutover complete --stack shop --wait'
}
after_the_cutover_the_way_back_is_told() {
    function_answers '{"done":true,"phase":"complete","weight":100,"ready":true}'
    cutover 0 status
    printed <<'END'
phase       complete
weight      100 % to the target
ready       yes
back        cfngen cutover rollback --stack shop --wait
END
    function_answers '{"done":true,"phase":"complete","weight":100,"reverse":{"status":"running"}}'
    cutover 0 status
    prints 'back        cfngen cutover rollback --reverse --stack shop --wait'
    function_answers '{"done":true,"phase":"complete","weight":100,"reverse":{"status":"ready"}}'
    cutover 0 status
    prints 'back        cfngen cutover rollback --stack shop --wait'
}
what_steers_terminals_is_not_printed() {
    function_answers '{"done":true,"phase":"waiting","reasons":["red\u001b[31m\nline"]}'
    cutover 0 status
    prints 'reason      red [31m line'
}

# ---- shift, complete, rollback ----

a_shift_is_done() {
    function_answers "$SHIFTED"
    cutover 0 shift 20
    printed <<'END'
result      done
phase       shifting
weight      20 % to the target, 0 % before
record      in sync at all name servers
ready       yes
next        cfngen cutover shift 50 --stack shop --wait
back        cfngen cutover rollback --stack shop --wait
END
    was_given '{"action":"gradual_cutover","aurora_weight":20}'
    says_nothing
}
a_refusal_has_its_reasons() {
    function_answers "{\"action\":\"gradual_cutover\",\"done\":true,\"refused\":true,\"reasons\":[\"the latency is 90 s, more than 60 s\",\"the alarm errors is in ALARM\"],\"phase\":\"ready\",\"weight\":0,\"ready\":false}"
    cutover 1 shift 50
    printed <<'END'
result      refused: nothing was shifted
reason      the latency is 90 s, more than 60 s
reason      the alarm errors is in ALARM
phase       ready
weight      0 % to the target
ready       no
next        cfngen cutover status --stack shop
or          cfngen cutover shift 50 --stack shop --force
END
}
what_is_not_finished_goes_on_with_the_same_command() {
    function_answers "$PENDING"
    cutover 4 shift 20
    prints 'result      not finished yet'
    prints 'record      not in sync yet, change /change/C1'
    prints 'next        cfngen cutover shift 20 --stack shop --wait'
    invocations_are 1
}
complete_and_rollback_ask_for_what_they_are() {
    function_answers '{"done":true,"phase":"complete","weight":100}'
    cutover 0 complete
    was_given '{"action":"manual_cutover"}'
    cutover 0 complete --reverse
    was_given '{"action":"manual_cutover","reverse":true}'
    function_answers '{"done":false,"phase":"complete","weight":100}'
    cutover 4 rollback --reverse
    was_given '{"action":"rollback","reverse":true}'
    prints 'next        cfngen cutover rollback --reverse --stack shop --wait'
}

# ---- --wait ----

a_wait_repeats_the_same_call_until_it_is_done() {
    function_answers "$PENDING" "$PENDING" "$SHIFTED"
    cutover 0 shift 20 --wait
    invocations_are 3
    [ "$(grep -cF '{"action":"gradual_cutover","aurora_weight":20,"run":"r1"}' "$FAKE_AWS.input")" = 2 ]
    [ "$(grep -c '^result' out)" = 1 ]
    prints 'result      done'
    says_nothing
}
a_wait_ends_with_a_refusal() {
    function_answers "$PENDING" '{"done":false,"refused":true,"phase":"shifting"}'
    cutover 1 shift 20 --wait
    invocations_are 2
}
a_wait_ends_when_its_time_is_over() {
    function_answers "$PENDING" "$SHIFTED"
    cutover 4 shift 20 --wait --max-seconds 0
    invocations_are 1
    prints 'result      not finished yet'
}
a_wait_ends_with_an_error_of_the_function() {
    {
        stack_has CutoverFunctionName
        printf '> lambda invoke *\n!file %s\n%s\n' "$PENDING" "$META"
        printf '> lambda invoke *\n!file {"errorType": "Cutover.Throttled", "errorMessage": "Route 53: Rate exceeded"}\n{"FunctionError": "Unhandled"}\n'
    } | scenario
    cutover 3 shift 20 --wait
    prints_nothing
    says 'the function cutover-prod failed: Cutover.Throttled: Route 53: Rate exceeded'
}
progress_shows_on_a_terminal() {
    function_answers "$PENDING" "$SHIFTED"
    on_a_terminal "'$CFNGEN' cutover shift 20 --stack shop --wait; echo status \$?" >out
    prints '] 20 of 100  shifting'
    prints 'status 0'
}
an_interruption_is_not_finished_and_leaves_nothing_behind() {
    { stack_has CutoverFunctionName; printf '> lambda invoke *\n!signal TERM\n!hang\n'; } | scenario
    cutover 4 shift 20 --wait
    prints_nothing
    says 'cfngen: interrupted; what the function has begun goes on'
    file=$(calls | sed -n 's/^lambda invoke \([^ ]*\) .*/\1/p')
    [ -n "$file" ]
    [ ! -e "$file" ]
}

# ---- --force ----

force_asks_and_without_a_terminal_the_answer_is_no() {
    function_answers "$SHIFTED"
    cutover 1 shift 20 --force
    says 'Shift the traffic whatever task, lag, validation and alarms say? There is no terminal to ask on; --yes agrees'
    cutover 1 complete --force
    says 'Bring all traffic to the target whatever'
    cutover 1 rollback --force
    says 'Roll back even if what was written to the target since the cutover is lost?'
    invocations_are 0
}
force_with_yes_forces() {
    function_answers '{"done":true,"refused":false,"forced":true,"phase":"shifting","weight":20,"warnings":["forced: the latency is 90 s"]}'
    cutover 0 shift 20 --force --yes
    was_given '{"action":"gradual_cutover","aurora_weight":20,"force":true}'
    prints 'result      done, forced'
    prints 'warning     forced: the latency is 90 s'
}
force_is_agreed_to_on_a_terminal() {
    function_answers "$SHIFTED"
    printf 'y\n' | script -qec "'$CFNGEN' cutover shift 20 --stack shop --force" /dev/null >out
    prints 'say? [y/N]'
    was_given '"force":true'
}

# ---- --json ----

json_is_the_answer_and_nothing_else() {
    function_answers "$SHIFTED"
    cutover 0 shift 20 --json
    printf '%s\n' "$SHIFTED" | cmp - out
    says_nothing
    function_answers "$PENDING"
    cutover 4 shift 20 --json
    printf '%s\n' "$PENDING" | cmp - out
    refusal='{"done":true,"refused":true,"phase":"ready","more":{"than":["we",1.50,null]}}'
    function_answers "$refusal"
    cutover 1 shift 20 --json
    printf '%s\n' "$refusal" | cmp - out
}

# ---- what goes wrong ----

each_error_of_the_function_has_its_hint() {
    while read -r type hint; do
        function_fails "$type" "the message"
        cutover 3 shift 20
        prints_nothing
        says "cfngen: the function cutover-prod failed: $type: the message"
        says "= hint: $hint"
        [ "$(grep -c hint err)" = 1 ]
    done <<'END'
Cutover.Busy another invocation is at work
Cutover.Throttled AWS is asked too much
Cutover.ExpiredCredentials those of the function ran out
Cutover.AccessDenied the role of the function lacks what is named here
Cutover.NotFound what is named here was deleted or renamed
Cutover.StateChanged somebody else wrote the state meanwhile
Cutover.StateUnreadable the parameter of the state was written by somebody else
Cutover.Unreachable the function has to reach the endpoints of AWS
Cutover.BadEvent a record of mode CNAME takes 0 and 100 alone
Cutover.BadConfiguration the environment of the function is not as the construct writes it
Cutover.CallFailed its log may say more: aws logs tail /aws/lambda/cutover-prod
Cutover.OutOfTime run this again: it goes on from where it was
Sandbox.Timedout run this again: it goes on from where it was
Runtime.ExitError its log may say more: aws logs tail /aws/lambda/cutover-prod
END
}
an_error_without_a_type_is_told_too() {
    { stack_has CutoverFunctionName; printf '> lambda invoke *\n!file {"errorMessage": "Task timed out after 900.00 seconds"}\n{"FunctionError": "Unhandled"}\n'; } | scenario
    cutover 3 status
    says 'failed: an error: Task timed out after 900.00 seconds'
    says '= hint: run this again'
    { stack_has CutoverFunctionName; printf '> lambda invoke *\n!file {}\n{"FunctionError": "Unhandled"}\n'; } | scenario
    cutover 3 status
    says 'failed: an error: it did not say why'
}
a_function_that_cannot_be_invoked_is_told() {
    { stack_has CutoverFunctionName; printf '> lambda invoke *\n!error ResourceNotFoundException Function not found: arn\n'; } | scenario
    cutover 3 status
    says 'the function cutover-prod cannot be invoked: ResourceNotFoundException: Function not found: arn'
    says '= hint: check the name of the function, and the region'
    { stack_has CutoverFunctionName; printf '> lambda invoke *\n!error ExpiredTokenException The security token is expired\n'; } | scenario
    cutover 3 status
    says '= hint: sign in again'
    { stack_has CutoverFunctionName; printf '> lambda invoke *\n!error AccessDeniedException not authorized\n'; } | scenario
    cutover 3 status
    says 'aws sts get-caller-identity names who you are'
}
another_function_is_told() {
    for answer in hello '[]' null '"done"' '{"done":true,'; do
        function_answers "$answer"
        cutover 3 status
        prints_nothing
        says 'the function cutover-prod failed: its answer is no JSON object'
    done
    for answer in '{"greeting":"hello"}' '{"done":true}' '{"done":{},"phase":[]}'; do
        function_answers "$answer"
        cutover 3 status
        prints_nothing
        says 'the function cutover-prod answered something else than a cutover function does'
    done
}
odd_members_of_an_answer_do_no_harm() {
    function_answers '{"done":true,"phase":"waiting","reasons":{"a":[1]},"warnings":7,"weight":[],"task":[1],"validation":"x","alarms":[{}],"reverse":3,"ready":{}}'
    cutover 0 status
    prints 'phase       waiting'
}

# ---- usage ----

a_stack_or_a_function_must_be_named() {
    ends 2 cutover status
    says 'name the stack with --stack, or else its function with --function'
    ends 2 cutover status --stack a --function b
    says 'name the stack with --stack, or else its function with --function'
    ends 2 cutover status --function=-x
    says '"-x" is not the name or ARN of a function'
    ends 2 cutover status --function ''
}
a_weight_is_a_percentage() {
    for weight in 101 -1 20% x 1.5 '' 0020; do
        ends 2 cutover shift --stack shop -- "$weight"
        says "\"$weight\" is no weight: a whole number from 0 to 100"
    done
    ends 2 cutover shift --stack shop
    ends 2 cutover status 20 --stack shop
}
options_go_where_they_make_sense() {
    ends 2 cutover shift 20 --stack shop --reverse
    ends 2 cutover status --stack shop --force
    ends 2 cutover complete --stack shop --max-seconds 10
    says '--max-seconds goes with --wait'
    ends 2 cutover complete --stack shop --wait --max-seconds soon
    says 'a number of seconds'
}
help_names_the_commands() {
    ends 0 cutover --help
    for command in status shift complete rollback; do prints "cutover $command"; done
    ends 0 cutover shift --help
    prints 'WEIGHT is the percentage'
    prints 'Exit status: 0'
    ends 2 cutover shit 20
    says 'did you mean'
}

check the_output_of_the_stack_names_the_function
check a_function_that_is_named_needs_no_stack
check a_stack_without_the_output_is_told
check another_output_may_name_the_function
check a_stack_that_is_not_there_is_told
check a_status_tells_everything_and_the_next_step
check the_age_of_a_validation_is_readable
check a_cutover_that_is_not_ready_says_why
check each_weight_has_its_next_step
check a_plain_record_is_switched_whole
check after_the_cutover_the_way_back_is_told
check what_steers_terminals_is_not_printed
check a_shift_is_done
check a_refusal_has_its_reasons
check what_is_not_finished_goes_on_with_the_same_command
check complete_and_rollback_ask_for_what_they_are
check a_wait_repeats_the_same_call_until_it_is_done
check a_wait_ends_with_a_refusal
check a_wait_ends_when_its_time_is_over
check a_wait_ends_with_an_error_of_the_function
check an_interruption_is_not_finished_and_leaves_nothing_behind
check force_asks_and_without_a_terminal_the_answer_is_no
check force_with_yes_forces
for test in progress_shows_on_a_terminal force_is_agreed_to_on_a_terminal; do
    if command -v script >/dev/null; then check $test; else skip $test "no script"; fi
done
check json_is_the_answer_and_nothing_else
check each_error_of_the_function_has_its_hint
check an_error_without_a_type_is_told_too
check a_function_that_cannot_be_invoked_is_told
check another_function_is_told
check odd_members_of_an_answer_do_no_harm
check a_stack_or_a_function_must_be_named
check a_weight_is_a_percentage
check options_go_where_they_make_sense
check help_names_the_commands
finish
