#!/bin/bash
# Deploys what cfngen makes of each example to a simulated AWS with the real aws command, and checks
# that every output comes back and that nothing stays after deletion. blueprint.sh has the blueprints.
set -eu
cd "$(dirname "$0")/../.."
. tests/support/tap.sh
: "${CFNGEN:?the program to test}"
. tests/support/simulated-aws.sh

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

deploys_gives_its_outputs_and_goes() { # NAME TEMPLATE
    deploy "$1" "$2"
    every_declared_output_came_back "$1" "$2"
    deploy "$1" "$2"
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
for file in examples/*.yaml; do
    case $file in *.test.yaml) continue ;; esac
    if [ -f "$file" ]; then check stack_file_deploys "$file"; fi
done
finish
