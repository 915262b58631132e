#!/bin/bash
# cfngen compare gate --lambda through the real aws command: how the event gets there and the answer back.
# What the function is asked and how its answers are understood is in tests/cli/compare_lambda.sh.
set -eu
cd "$(dirname "$0")/../.."
. tests/support/tap.sh
: "${CFNGEN:?the program to test}"
. tests/support/simulated-aws.sh

make_function() {
    python3 -c 'import sys, zipfile; zipfile.ZipFile(sys.argv[1], "w").writestr("bootstrap", "")' "$scratch/code.zip"
    aws iam create-role --role-name function --assume-role-policy-document '{}'
    aws lambda create-function --function-name validator --runtime provided.al2023 --handler bootstrap \
        --role arn:aws:iam::123456789012:role/function --zip-file "fileb://$scratch/code.zip"
}
function_answers() { # JSON...
    python3 - "$AWS_ENDPOINT_URL/moto-api/static/lambda-simple/response" "$@" <<'PY'
import json, sys, urllib.request
body = json.dumps({"results": sys.argv[2:], "region": "eu-west-2"}).encode()
urllib.request.urlopen(urllib.request.Request(sys.argv[1], body, {"Content-Type": "application/json"})).close()
PY
}

the_verdict_of_the_function_is_told() {
    function_answers '{"done":true,"result":{"verdict":"equal","pieces":1}}' '{"verdict":"GO","reasons":[]}'
    [ "$("$CFNGEN" compare gate --lambda validator)" = GO ]
    function_answers '{"done":true,"result":{"verdict":"incomplete","pieces":1}}' '{"verdict":"INCOMPLETE","reasons":["shop.b: no key"]}'
    status=0
    "$CFNGEN" compare gate --lambda validator >"$scratch/said" || status=$?
    [ "$status" = 4 ]
    printf 'INCOMPLETE\n  shop.b: no key\n' | cmp - "$scratch/said"
}
make_function >"$scratch/made" 2>&1 || { cat "$scratch/made"; exit 1; }
check the_verdict_of_the_function_is_told
finish
