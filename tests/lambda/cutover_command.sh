#!/bin/bash
# cfngen cutover with the function that it is for: what one writes is what the other one reads.
set -eu
cd "$(dirname "$0")/../.."
. tests/support/tap.sh
. tests/support/cli.sh
. tests/support/cutover.sh
export CFNGEN_AWS="$scratch/aws" CFNGEN_AWS_WAIT=0

# Stands in for the aws command: has the function in the emulator invoked.
cat >"$scratch/aws" <<END
#!/usr/bin/env python3
import json, os, sys, urllib.request
assert sys.argv[1:3] == ["lambda", "invoke"], sys.argv
url = "http://127.0.0.1:$port/control/invoke?" + os.environ.get("INVOCATION", "")
with urllib.request.urlopen(urllib.request.Request(url, sys.stdin.buffer.read())) as answer:
    said = json.load(answer)
with open(sys.argv[3], "w") as file:
    json.dump(said["body"], file)
print(json.dumps({"StatusCode": 200, **({"FunctionError": "Unhandled"} if said["kind"] == "error" else {})}))
END
chmod +x "$scratch/aws"
cutover() { # STATUS COMMAND [ARGUMENT...]
    wanted=$1
    shift
    ends "$wanted" cutover "$@" --function cutover
}

start_function

everything_is_told_and_the_next_step() {
    world
    cutover 0 status
    grep -v '^validation' "$scratch/out" | diff - <(
        cat <<'END'
phase       ready
weight      0 % to the target
record      db.example.com
ready       yes
task        running, 100 % loaded, 1.5 s behind
reverse     ready
alarms      none in ALARM
next        cfngen cutover shift 20 --function cutover --wait
END
    )
    grep -qE '^validation  clean, 1[01] min ago$' "$scratch/out"
}
a_shift_is_made() {
    world
    cutover 0 shift 20 --wait
    prints 'result      done'
    prints 'weight      20 % to the target, 0 % before'
    prints 'record      db.example.com, in sync at all name servers'
    prints 'next        cfngen cutover shift 50 --function cutover --wait'
    prints 'back        cfngen cutover rollback --function cutover --wait'
    seen 'weights == {"source": 80, "target": 20} and s["by"] == "gradual_cutover"'
}
a_shift_is_refused_and_forced() {
    world '{"latency":90}'
    cutover 1 shift 20
    prints 'result      refused: nothing was shifted'
    prints 'reason      '
    seen 'w["changes"] == {}'
    cutover 0 shift 20 --force --yes
    prints 'result      done, forced'
    seen 'weights == {"source": 80, "target": 20}'
}
what_spreads_slowly_is_gone_on_with() {
    world '{"sync_after":1000}'
    INVOCATION=seconds=7 cutover 4 shift 20 --wait --max-seconds 0
    prints 'result      not finished yet'
    prints 'record      db.example.com, not in sync yet, change /change/C1'
    cutover 0 status
    prints 'warning     a gradual_cutover to 20 is not done'
    world '{"sync_after":3}'
    INVOCATION=seconds=7 cutover 0 shift 20 --wait
    prints 'result      done'
    seen 'len(w["changes"]) == 1'
}
the_way_back_after_the_end_is_refused_and_forced() {
    world
    cutover 0 complete --wait
    prints 'phase       complete'
    prints 'back        cfngen cutover rollback --function cutover --wait'
    cutover 1 rollback
    prints 'would be lost'
    prints 'or          cfngen cutover rollback --function cutover --force'
    cutover 0 rollback --force --yes
    prints 'phase       rolled_back'
    seen 'weights == {"source": 100, "target": 0}'
}
tasks_are_turned_round() {
    world
    cutover 0 complete --reverse --wait
    prints 'reverse     running'
    prints 'back        cfngen cutover rollback --reverse --function cutover --wait'
    seen 'w["tasks"]["arn:aws:dms:eu-west-2:123456789012:task:REVERSE"]["status"] == "running"'
    cutover 0 rollback --reverse --wait
    seen 'w["tasks"]["arn:aws:dms:eu-west-2:123456789012:task:REVERSE"]["status"] == "stopped"'
    prints 'phase       rolled_back'
}
an_error_is_told_with_what_helps() {
    world '{"parameters":{"/cutover/lock":["{\"holder\":\"another\",\"until\":99999999999}"]}}'
    cutover 3 shift 20
    prints_nothing
    says 'the function cutover failed: Cutover.Busy: '
    says '= hint: another invocation is at work'
    world '{"parameters":{"/cutover/state":["planted"]}}'
    cutover 3 status
    says 'Cutover.StateUnreadable: '
    says '= hint: the parameter of the state'
}
json_is_what_the_function_answers() {
    world
    cutover 0 status --json
    python3 -c 'import json, sys; a = json.load(sys.stdin); assert a["phase"] == "ready" and a["done"] is True and a["record"] == "db.example.com"' <"$scratch/out"
    [ "$(wc -l <"$scratch/out")" = 1 ]
}
for test in everything_is_told_and_the_next_step a_shift_is_made a_shift_is_refused_and_forced what_spreads_slowly_is_gone_on_with \
    the_way_back_after_the_end_is_refused_and_forced tasks_are_turned_round an_error_is_told_with_what_helps json_is_what_the_function_answers; do
    check $test
done
end_function

one_record_is_switched_whole() {
    start_function RECORD_MODE=cname
    world '{"records":[{"id":null,"weight":null,"host":"old.example.net","ttl":60}]}'
    cutover 3 shift 20
    says 'Cutover.BadEvent: '
    says '= hint: a record of mode CNAME takes 0 and 100 alone'
    cutover 0 status
    prints 'next        cfngen cutover complete --function cutover --wait'
    end_function
}
check one_record_is_switched_whole
finish
