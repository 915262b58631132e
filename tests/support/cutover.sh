# Sourced by tests of the cutover function, after tap.sh: lambda.sh, with what the function needs of AWS beside it
# (tests/support/cutover_aws.py), and the function in place of the validator.
#
#   world [JSON]               a migration that is ready, with what the object changes of it
#   disturb QUERY, interfere PARAMETER VALUE, meet PARAMETER
#   seen CODE                  asserts what a Python expression says of the world: w, and of its state s
standin=tests/support/cutover_aws.py
. tests/support/lambda.sh

run_function() { # [NAME=VALUE...]
    exec env -i ASAN_OPTIONS="${ASAN_OPTIONS-}" UBSAN_OPTIONS="${UBSAN_OPTIONS-}" _HANDLER=cutover \
        AWS_LAMBDA_RUNTIME_API="127.0.0.1:$port" AWS_ENDPOINT_URL="http://127.0.0.1:$port" \
        AWS_REGION=eu-west-2 AWS_ACCESS_KEY_ID=AKIDEXAMPLE AWS_SECRET_ACCESS_KEY=planted-aws-key \
        AWS_SESSION_TOKEN=planted-session-token AWS_LAMBDA_FUNCTION_NAME=cutover \
        HOSTED_ZONE_ID=Z123 RECORD_NAME=db.example.com RECORD_MODE=weighted SOURCE_HOST=old.example.net \
        TARGET_HOST=new.example.net TTL=60 SOURCE_SET_IDENTIFIER=source TARGET_SET_IDENTIFIER=target \
        TASK_ARN=arn:aws:dms:eu-west-2:123456789012:task:FORWARD \
        REVERSE_TASK_ARN=arn:aws:dms:eu-west-2:123456789012:task:REVERSE REPLICATION_INSTANCE_IDENTIFIER=replication \
        VALIDATOR_FUNCTION=validator ALARM_NAMES='target-cpu, all-of-it' STATE_PARAMETER=/cutover/state \
        LOCK_PARAMETER=/cutover/lock TOPIC_ARN=arn:aws:sns:eu-west-2:123456789012:topic "$@" \
        $under "$OUT/lambda/bootstrap"
}
under=${under-}

world() {
    printf '%s' "${1-{\}}" | control POST /control/world
}
disturb() {
    : | control POST "/control/disturb?$1"
}
interfere() {
    printf '%s' "$2" | control POST "/control/interfere?name=$1"
}
meet() {
    : | control POST "/control/meet?name=$1"
}

seen() {
    control GET /control/world >"$scratch/world"
    python3 - "$scratch/world" "$1" <<'PYTHON'
import json
import sys
w = json.load(open(sys.argv[1]))
s = json.loads(w["parameters"]["/cutover/state"][-1])
lock = json.loads(w["parameters"]["/cutover/lock"][-1])
tasks = {arn.rpartition(":")[2]: task for arn, task in w["tasks"].items() if task}
weights = {r["id"]: r["weight"] for r in w["records"]}
hosts = {r["id"]: r["host"] for r in w["records"]}
calls = [c["call"].partition(":")[2] for c in w["calls"]]
assert all(c["problem"] is None for c in w["calls"]), w["calls"]
if not eval(sys.argv[2]):
    sys.exit(f"not so: {sys.argv[2]}\nstate: {s}\nlock: {lock}\n{ {k: w[k] for k in ('records', 'tasks', 'published', 'changes')} }\n{calls}")
PYTHON
}

# What an answer must have: "name=JSON..." of its members.
answers_with() {
    grep -q '^{"kind": "response"' "$scratch/answer" || { head -c 2000 "$scratch/answer"; return 1; }
    python3 - "$scratch/answer" "$@" <<'PYTHON'
import json
import sys
body = json.load(open(sys.argv[1]))["body"]
for given in sys.argv[2:]:
    name, _, value = given.partition("=")
    if body.get(name) != json.loads(value):
        sys.exit(f"{name} is {body.get(name)!r}, not {value}: {body}")
PYTHON
}
