#!/bin/bash
# The life of the whole migration from RDS MySQL to Aurora MySQL in a simulated AWS, by the real aws
# command: deployed without a bucket, its outputs read, changed, deleted.
#
# The simulation knows names, references and attributes. It does not expand the transform that makes
# the function of a rotation, and takes any value of a property.
set -eu
cd "$(dirname "$0")/../.."
. tests/support/tap.sh
: "${CFNGEN:?the program to test}"
. tests/support/simulated-aws.sh
name=rds-mysql-to-aurora-mysql
blueprint=templates/$name.yaml
template=$scratch/template.json

synth() { # SUFFIX FILE [STACK FILE]
    "$CFNGEN" synth "${3:-$blueprint}" --minify --environment test --suffix "$1" -o "$2"
}

write_flat_outputs() { # STACK
    "$CFNGEN" outputs --stack "$1"
}

property() { # STACK/LOGICAL-ID PROPERTY
    python3 - "$standins" "$@" <<'EOF'
import json, sys
file, place, name = sys.argv[1:]
print(json.load(open(file))[place]["Properties"][name])
EOF
}

what_exists() { # of stand-ins, and of what moto itself simulates
    python3 -c 'import json, sys; print("\n".join(sorted(json.load(open(sys.argv[1])))))' "$standins"
    aws iam list-roles --query 'Roles[].RoleName' --output text
    aws sns list-topics --query 'Topics[].TopicArn' --output text
    aws cloudformation list-stacks --query 'StackSummaries[?StackStatus != `DELETE_COMPLETE`].StackName' --output text
}

a_minified_template_has_at_most_48000_bytes() {
    size=$(wc -c <"$template")
    echo "$size"
    [ "$size" -gt 10000 ]
    [ "$size" -le 48000 ]
}

# Without a suffix, names end in a parameter, which takes more room.
without_a_suffix_it_needs_no_bucket_either() {
    "$CFNGEN" synth "$blueprint" --minify --environment test -o "$scratch/without.json"
    size=$(wc -c <"$scratch/without.json")
    echo "$size"
    [ "$size" -le 51200 ]
}

every_output_has_a_value_of_its_shape() {
    write_flat_outputs first
    python3 tests/integration/flat_outputs.py "$name"
}

the_outputs_are_the_declared_ones() {
    write_flat_outputs first
    python3 - "$template" <<'EOF'
import json, sys
declared = json.load(open(sys.argv[1]))["Outputs"]
given = json.load(open("cfn-outputs/flat-outputs.json"))
sys.exit(f"{declared.keys() ^ given.keys()}" if declared.keys() != given.keys() else 0)
EOF
}

everything_that_is_declared_exists() {
    python3 - "$template" "$standins" <<'EOF'
import json, sys
template, existing = (json.load(open(name)) for name in sys.argv[1:])
# These moto simulates itself.
real = {"AWS::IAM::Role", "AWS::SNS::Topic"}
declared = {f"first/{name}" for name, r in template["Resources"].items() if r["Type"] not in real}
missing = declared - existing.keys()
sys.exit(f"missing: {sorted(missing)}" if missing else 0)
EOF
    aws iam get-role --role-name dms-vpc-role
    aws iam get-role --role-name dms-cloudwatch-logs-role
}

a_stack_with_another_suffix_fits_beside_the_first() {
    synth it2 "$scratch/second.json"
    deploy second "$scratch/second.json"
    aws cloudformation delete-stack --stack-name second
}

a_stack_with_the_same_suffix_does_not() {
    if deploy third "$template" >"$scratch/said" 2>&1; then return 1; fi
    grep -q 'already exists' "$scratch/said"
}

changed() { # into changed.json: backups that are kept longer
    sed 's/BackupRetentionPeriod: 7/BackupRetentionPeriod: 14/' "$blueprint" >"$scratch/changed.yaml"
    if cmp "$blueprint" "$scratch/changed.yaml"; then return 1; fi
    synth "$1" "$scratch/changed.json" "$scratch/changed.yaml"
}

a_change_set_says_what_a_parameter_and_a_property_change() {
    changed it1
    change_set first larger "$scratch/changed.json" InstanceClass=db.r6g.xlarge ServiceRolesCreate=true
    aws cloudformation describe-change-set --stack-name first --change-set-name larger --output text \
        --query 'Changes[].ResourceChange.[Action, LogicalResourceId]' | sort >"$scratch/changes"
    printf 'Modify\t%s\n' AuroraCluster AuroraClusterReader1 AuroraClusterWriter >"$scratch/expected"
    diff "$scratch/expected" "$scratch/changes"
}

an_executed_change_set_reaches_the_resources() {
    synth it4 "$scratch/fourth.json"
    deploy fourth "$scratch/fourth.json"
    [ "$(property fourth/AuroraCluster BackupRetentionPeriod)" = 7 ]
    [ "$(property fourth/AuroraClusterWriter DBInstanceClass)" = db.r6g.large ]
    changed it4
    change_set fourth larger "$scratch/changed.json" InstanceClass=db.r6g.xlarge
    aws cloudformation execute-change-set --stack-name fourth --change-set-name larger
    [ "$(property fourth/AuroraCluster BackupRetentionPeriod)" = 14 ]
    [ "$(property fourth/AuroraClusterWriter DBInstanceClass)" = db.r6g.xlarge ]
    [ "$(property fourth/AuroraClusterReader1 DBInstanceClass)" = db.r6g.xlarge ]
    write_flat_outputs fourth
    python3 tests/integration/flat_outputs.py "$name"
    aws cloudformation delete-stack --stack-name fourth
}

deleting_leaves_nothing() {
    what_exists >"$scratch/before"
    synth it5 "$scratch/fifth.json"
    deploy fifth "$scratch/fifth.json"
    what_exists >"$scratch/while"
    if cmp "$scratch/before" "$scratch/while"; then return 1; fi
    aws cloudformation delete-stack --stack-name fifth
    is_gone fifth
    what_exists >"$scratch/after"
    diff "$scratch/before" "$scratch/after"
}

# One that stays, in an account that has no roles of DMS yet.
synth it1 "$template"
check a_minified_template_has_at_most_48000_bytes
check without_a_suffix_it_needs_no_bucket_either
check deploy first "$template" ServiceRolesCreate=true
check every_output_has_a_value_of_its_shape
check the_outputs_are_the_declared_ones
check everything_that_is_declared_exists
check a_stack_with_another_suffix_fits_beside_the_first
check a_stack_with_the_same_suffix_does_not
check a_change_set_says_what_a_parameter_and_a_property_change
check an_executed_change_set_reaches_the_resources
check deleting_leaves_nothing
finish
