# Sourced by tests of the functions for Lambda, after tap.sh: an AWS Lambda that stands in for the real
# one (tests/support/lambda.py, or $standin), and the validator started in it.
#
#   start_function [NAME=VALUE...]   in an environment of these and what every function has; waits until it polls
#   end_function                     asks it to end, and waits; its exit status is in $status
#   invoke EVENT [seconds=N&...]     the answer is in $scratch/answer; EVENT may be @FILE
#   answers TEXT, fails TYPE         assert what the answer holds (minified JSON), or that it is an error of a type
#   logs TEXT                        asserts that the function has written it, on either output
#   control METHOD PATH              asks the emulator; with standard input for POST
#   login HOST PORT USER PASSWORD    a secret
: "${OUT:?where it was built}"
project=$PWD
if ! command -v python3 >/dev/null; then
    echo "1..0 # SKIP no python3"
    exit
fi

mkfifo "$scratch/emulator"
python3 "${standin:-tests/support/lambda.py}" serve >"$scratch/emulator" 2>"$scratch/emulator.log" &
emulator=$!
read -r port <"$scratch/emulator"
function=
end_emulator() {
    if [ -n "$function" ]; then kill -KILL "$function" 2>/dev/null || :; fi
    kill "$emulator" 2>/dev/null || :
    wait "$emulator" 2>/dev/null || :
}
trap 'end_emulator; rm -rf "$scratch"' EXIT

control() {
    if [ "$1" = GET ]; then
        python3 "$project/tests/support/lambda.py" ask "$port" "$@" </dev/null
    else
        python3 "$project/tests/support/lambda.py" ask "$port" "$@"
    fi
}

login() {
    printf '{"engine":"any","host":"%s","port":%s,"username":"%s","password":"%s","dbname":"postgres"}' "$@"
}

# Nothing of the user's own environment.
run_function() { # [NAME=VALUE...]
    exec env -i ASAN_OPTIONS="${ASAN_OPTIONS-}" UBSAN_OPTIONS="${UBSAN_OPTIONS-}" \
        AWS_LAMBDA_RUNTIME_API="127.0.0.1:$port" AWS_ENDPOINT_URL="http://127.0.0.1:$port" \
        AWS_REGION=eu-west-2 AWS_ACCESS_KEY_ID=AKIDEXAMPLE AWS_SECRET_ACCESS_KEY=planted-aws-key \
        AWS_SESSION_TOKEN=planted-session-token AWS_LAMBDA_FUNCTION_NAME=validator \
        SOURCE_SECRET=source TARGET_SECRET=target "$@" "$OUT/lambda/bootstrap"
}

begin_function() { # [NAME=VALUE...]: does not wait
    run_function "$@" >>"$scratch/function.out" 2>>"$scratch/function.err" &
    function=$!
}

start_function() {
    begin_function "$@"
    control GET /control/polls >/dev/null
}

end_function() {
    test -n "$function"
    kill -TERM "$function"
    status=0
    wait "$function" || status=$?
    function=
}

invoke() {
    case $1 in
    @*) control POST "/control/invoke?${2-}" <"${1#@}" >"$scratch/answer" ;;
    *) printf '%s' "$1" | control POST "/control/invoke?${2-}" >"$scratch/answer" ;;
    esac
    cat "$scratch/answer" >>"$scratch/answers"
}

answers() {
    grep -q '^{"kind": "response"' "$scratch/answer" || { head -c 2000 "$scratch/answer"; return 1; }
    python3 -c 'import json,sys; sys.stdout.write(json.dumps(json.load(sys.stdin)["body"], separators=(",",":")))' \
        <"$scratch/answer" >"$scratch/body"
    grep -qF -- "$1" "$scratch/body" || { echo "missing in the answer: $1"; head -c 3000 "$scratch/body"; return 1; }
}

fails() {
    grep -q "\"kind\": \"error\".*\"type\": \"$1\".*\"errorType\": \"$1\", \"stackTrace\": \[\]" "$scratch/answer" ||
        { echo "no error $1:"; head -c 2000 "$scratch/answer"; return 1; }
}

logs() {
    cat "$scratch/function.out" "$scratch/function.err" | grep -qF -- "$1" ||
        { echo "missing in the logs: $1"; tail -n 20 "$scratch/function.out" "$scratch/function.err"; return 1; }
}

# What every test of the function ends with: passwords, keys and values of rows are planted as such.
nothing_that_it_wrote_or_answered_holds_a_secret() {
    cat "$scratch/function.err" "$scratch/function.out" "$scratch/answers" >"$scratch/written"
    test "$(wc -l <"$scratch/written")" -gt 10
    if grep -F planted "$scratch/written"; then return 1; fi
}
