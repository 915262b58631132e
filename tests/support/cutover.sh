# Sourced by tests of the cutover function, after tap.sh: lambda.sh, with what the function needs of AWS beside it
# (tests/support/cutover_aws.py), and the function in place of the validator.
#
#   world [JSON]               a migration that is ready, with what the object changes of it
#   disturb QUERY, interfere PARAMETER VALUE, meet PARAMETER
#   state PHASE WEIGHT [MORE]  the JSON of such a world
#   shift_to WEIGHT [MORE [QUERY]], complete [MORE [QUERY]], roll_back [MORE [QUERY]]   events with more members
#   seen CODE                  asserts what a Python expression says of the world: w, and of its state s
#   answers_with NAME=JSON...  asserts what members of the answer are
#   refuses_with TEXT          asserts that the answer is a refusal that holds it
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

# Without a process of Python for each.
control() { # METHOD PATH
    local body= status= line
    if [ "$1" != GET ]; then body=$(cat); fi
    exec 9<>"/dev/tcp/127.0.0.1/$port"
    printf '%s %s HTTP/1.0\r\nContent-Length: %d\r\n\r\n%s' "$1" "$2" "${#body}" "$body" >&9
    {
        read -r _ status _
        while read -r line && [ -n "${line%$'\r'}" ]; do :; done
        cat
    } <&9
    exec 9>&-
    [ "$status" = 200 ]
}

seen() {
    printf '%s' "$1" | control POST /control/seen || { echo "not so: $1"; return 1; }
}
answers() {
    printf '%s' "$1" | control POST /control/holds || { echo "$1"; return 1; }
}
# What an answer must have: "name=JSON..." of its members.
answers_with() {
    printf '%s\n' "$@" | control POST /control/answered
}

state() { # PHASE WEIGHT [MORE]
    printf '{"parameters":{"/cutover/state":["{\\"version\\":7,\\"phase\\":\\"%s\\",\\"weight\\":%s}"]}%s}' "$1" "$2" "${3-}"
}
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
