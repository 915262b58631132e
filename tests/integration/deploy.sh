#!/bin/bash
# Deploys what cfngen makes of each blueprint and example to a simulated AWS with the real aws
# command, and checks that every output comes back and that nothing stays after deletion.
set -eu
cd "$(dirname "$0")/../.."
. tests/support/tap.sh
: "${CFNGEN:?the program to test}"

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
python3 tests/integration/moto_standins.py >"$scratch/port" 2>"$scratch/server.log" &
server=$!
trap 'kill "$server" 2>/dev/null || :; wait "$server" 2>/dev/null || :; rm -rf "$scratch"' EXIT
read -r port <"$scratch/port" || { cat "$scratch/server.log"; exit 1; }

# A port of its own, credentials that are none, and nothing of the user's own configuration.
export AWS_ENDPOINT_URL="http://localhost:$port" AWS_DEFAULT_REGION=eu-west-2 AWS_PAGER=
export AWS_ACCESS_KEY_ID=simulated AWS_SECRET_ACCESS_KEY=simulated AWS_EC2_METADATA_DISABLED=true
export AWS_CONFIG_FILE=/dev/null AWS_SHARED_CREDENTIALS_FILE=/dev/null
unset AWS_PROFILE AWS_SESSION_TOKEN

deploy() { # STACK TEMPLATE
    python3 tests/integration/parameters.py "$2" >"$scratch/parameters"
    mapfile -t parameters <"$scratch/parameters"
    options=(--stack-name "$1" --template-file "$2" --no-fail-on-empty-changeset
        --capabilities CAPABILITY_NAMED_IAM CAPABILITY_AUTO_EXPAND)
    if [ ${#parameters[@]} != 0 ]; then options+=(--parameter-overrides "${parameters[@]}"); fi
    # What is larger than this must be uploaded first.
    if [ "$(wc -c <"$2")" -gt 51200 ]; then
        aws s3 mb s3://templates >/dev/null 2>&1 || :
        options+=(--s3-bucket templates)
    fi
    aws cloudformation deploy "${options[@]}"
}

# An output whose condition does not hold may be missing; all others must be there, with a value.
every_declared_output_came_back() { # STACK TEMPLATE
    aws cloudformation describe-stacks --stack-name "$1" --output json >"$scratch/stack.json"
    python3 - "$2" "$scratch/stack.json" <<'EOF'
import json, sys
template, stack = (json.load(open(name)) for name in sys.argv[1:])
declared = template.get("Outputs", {})
given = {o["OutputKey"]: o.get("OutputValue") for o in stack["Stacks"][0].get("Outputs", [])}
missing = [key for key, output in declared.items() if "Condition" not in output and not given.get(key)]
sys.exit(f"missing: {', '.join(missing)}" if missing else 0)
EOF
}

is_gone() { # STACK
    ! aws cloudformation describe-stacks --stack-name "$1" >"$scratch/described" 2>&1
    grep -q 'does not exist' "$scratch/described"
}

deploys_gives_its_outputs_and_goes() { # NAME TEMPLATE
    deploy "$1" "$2" || { tail -n 30 "$scratch/server.log"; return 1; }
    every_declared_output_came_back "$1" "$2"
    deploy "$1" "$2" || { tail -n 30 "$scratch/server.log"; return 1; }
    every_declared_output_came_back "$1" "$2"
    aws cloudformation delete-stack --stack-name "$1"
    is_gone "$1"
}

stack_file_deploys() { # FILE
    name=$(basename "$1" .yaml)
    "$CFNGEN" synth "$1" --environment test --suffix it1 -o "$scratch/$name.json"
    deploys_gives_its_outputs_and_goes "$name" "$scratch/$name.json"
}

# Written by hand: when this one fails, the simulation is to blame and not cfngen.
check deploys_gives_its_outputs_and_goes by-hand tests/integration/by-hand.json
for file in templates/*.yaml examples/*.yaml; do
    if [ -f "$file" ]; then check stack_file_deploys "$file"; fi
done
finish
