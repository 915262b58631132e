# Sourced by the integration tests after tap.sh: starts a simulated AWS, to which the real aws command
# then talks. Where that is not possible, the whole test is skipped.
#
#   deploy STACK TEMPLATE [NAME=VALUE...]   made-up values for the parameters without one
#   change_set STACK NAME TEMPLATE [NAME=VALUE...]
#   is_gone STACK
#
# $standins is a file with the simulated resources that exist (see moto_standins.py).
for tool in python3 aws; do
    if ! command -v "$tool" >/dev/null; then
        echo "1..0 # SKIP no $tool"
        exit
    fi
done
if ! python3 -c 'import moto.server' 2>/dev/null; then
    echo "1..0 # SKIP python3 has no moto with its server"
    exit
fi

# The server writes its port once it listens; reading it from a pipe waits for that.
mkfifo "$scratch/port"
standins=$scratch/standins.json
python3 tests/integration/moto_standins.py "$standins" >"$scratch/port" 2>"$scratch/server.log" &
server=$!
trap 'kill "$server" 2>/dev/null || :; wait "$server" 2>/dev/null || :; rm -rf "$scratch"' EXIT
read -r port <"$scratch/port" || { cat "$scratch/server.log"; exit 1; }

# A port of its own, credentials that are none, and nothing of the user's own configuration.
export AWS_ENDPOINT_URL="http://localhost:$port" AWS_DEFAULT_REGION=eu-west-2 AWS_PAGER=
export AWS_ACCESS_KEY_ID=simulated AWS_SECRET_ACCESS_KEY=simulated AWS_EC2_METADATA_DISABLED=true
export AWS_CONFIG_FILE=/dev/null AWS_SHARED_CREDENTIALS_FILE=/dev/null
unset AWS_PROFILE AWS_SESSION_TOKEN
capabilities=(CAPABILITY_NAMED_IAM CAPABILITY_AUTO_EXPAND)

parameters_of() { # TEMPLATE [NAME=VALUE...]: into the array parameters; what is given comes last and holds
    python3 tests/integration/parameters.py "$1" >"$scratch/parameters"
    mapfile -t parameters <"$scratch/parameters"
    shift
    parameters+=("$@")
}

# Must be uploaded first; there is a bucket for it then.
is_large() { # TEMPLATE
    [ "$(wc -c <"$1")" -gt 51200 ] || return 1
    aws s3 mb s3://templates >/dev/null 2>&1 || :
}

deploy() { # STACK TEMPLATE [NAME=VALUE...]
    parameters_of "${@:2}"
    options=(--stack-name "$1" --template-file "$2" --no-fail-on-empty-changeset
        --capabilities "${capabilities[@]}")
    if [ ${#parameters[@]} != 0 ]; then options+=(--parameter-overrides "${parameters[@]}"); fi
    if is_large "$2"; then options+=(--s3-bucket templates); fi
    aws cloudformation deploy "${options[@]}" ||
        { grep -v ' HTTP/1.1" ' "$scratch/server.log" | tail -n 30; return 1; }
}

# Makes a change set of an existing stack, and does not execute it.
change_set() { # STACK NAME TEMPLATE [NAME=VALUE...]
    parameters_of "${@:3}"
    body=(--template-body "file://$3")
    if is_large "$3"; then
        aws s3 cp "$3" s3://templates/changed.json >/dev/null
        body=(--template-url https://templates.s3.amazonaws.com/changed.json)
    fi
    aws cloudformation create-change-set --change-set-type UPDATE --stack-name "$1" --change-set-name "$2" \
        "${body[@]}" --capabilities "${capabilities[@]}" \
        --parameters "$(printf '%s\n' "${parameters[@]}" | python3 -c '
import json, sys
given = dict(line.rstrip("\n").split("=", 1) for line in sys.stdin)
print(json.dumps([{"ParameterKey": key, "ParameterValue": value} for key, value in given.items()]))')"
}

is_gone() { # STACK
    if aws cloudformation describe-stacks --stack-name "$1" >"$scratch/described" 2>&1; then return 1; fi
    grep -q 'does not exist' "$scratch/described"
}
