#!/bin/bash
# The life of the main blueprint by cfngen alone: deployed, its outputs read from the file that it
# wrote, changed, deployed again, destroyed. The aws command is the real one.
#
# AWS is simulated unless CFNGEN_TEST_AWS=real: then it is the one that AWS_PROFILE, AWS_REGION and
# the like name, CFNGEN_TEST_PARAMETERS is a file with the values of the parameters, and
# CFNGEN_TEST_BUCKET a bucket. That takes more than an hour, and costs what the databases cost.
set -eu
cd "$(dirname "$0")/../.."
. tests/support/tap.sh
: "${CFNGEN:?the program to test}"
if [ "${CFNGEN_TEST_AWS-}" != real ]; then
    real=
    . tests/support/simulated-aws.sh
elif [ -z "${CFNGEN_TEST_PARAMETERS-}" ]; then
    echo "1..0 # SKIP the real AWS needs CFNGEN_TEST_PARAMETERS, a file with the values of the parameters"
    exit
else
    real=yes
    is_gone() { # STACK
        if aws cloudformation describe-stacks --stack-name "$1" >"$scratch/described" 2>&1; then return 1; fi
        grep -q 'does not exist' "$scratch/described"
    }
fi
name=rds-mysql-to-aurora-mysql
blueprint=templates/$name.yaml
stack=cfngen-integration
file=cfn-outputs/flat-outputs.json
suffix=${CFNGEN_TEST_SUFFIX:-it9}
bucket=${CFNGEN_TEST_BUCKET:-cfngen-artifacts}

deploys() { # STACK-FILE [ARGUMENT...]
    "$CFNGEN" deploy "$1" --stack-name "$stack" --environment test --suffix "$suffix" "${@:2}" \
        >"$scratch/out" 2>"$scratch/err" || { cat "$scratch/out" "$scratch/err"; return 1; }
}

output() { # KEY
    python3 -c 'import json, sys; print(json.load(open(sys.argv[1]))[sys.argv[2]])' "$file" "$1"
}

the_blueprint_is_deployed() {
    rm -f $file
    deploys $blueprint --yes --parameters-file "$values" --tags purpose=test
    grep -q 'CREATE_COMPLETE .* cfngen-integration' "$scratch/out"
    grep -q "create  *AWS::RDS::DBCluster  *AuroraCluster" "$scratch/out"
}
its_outputs_are_in_the_file() {
    python3 tests/integration/flat_outputs.py $name $file
    "$CFNGEN" outputs --stack "$stack" --expect $blueprint -o "$scratch/again.json"
    cmp $file "$scratch/again.json"
}
what_the_outputs_name_exists() {
    [ "$(aws cloudformation describe-stack-resource --stack-name "$stack" --logical-resource-id AuroraCluster \
        --query StackResourceDetail.PhysicalResourceId --output text)" = "$(output AuroraClusterIdentifier)" ]
    aws cloudformation describe-stack-resources --stack-name "$stack" --output text \
        --query 'StackResources[].PhysicalResourceId' | tr '\t' '\n' >"$scratch/ids"
    for key in DMSReplicationTaskArn DMSReverseReplicationTaskArn DMSSourceEndpointArn AlarmTopicArn ValidatorFunctionName; do
        grep -qxF "$(output $key)" "$scratch/ids" || { echo "$key"; return 1; }
    done
}
deploying_it_again_changes_nothing() {
    rm -f $file
    deploys $blueprint --parameters-file "$values"
    grep -qx "nothing changes in the stack $stack" "$scratch/out"
    python3 tests/integration/flat_outputs.py $name $file
}
a_change_is_shown_and_then_made() {
    sed 's/BackupRetentionPeriod: 7/BackupRetentionPeriod: 14/' $blueprint >"$scratch/changed.yaml"
    if cmp -s $blueprint "$scratch/changed.yaml"; then return 1; fi
    deploys "$scratch/changed.yaml" --no-execute
    grep -q 'AWS::RDS::DBCluster  *AuroraCluster$' "$scratch/out"
    [ "$(retention)" = 7 ]
    deploys "$scratch/changed.yaml" --yes
    [ "$(retention)" = 14 ]
    python3 tests/integration/flat_outputs.py $name $file
}
retention() {
    if [ -n "$real" ]; then
        aws rds describe-db-clusters --db-cluster-identifier "$(output AuroraClusterIdentifier)" \
            --query 'DBClusters[0].BackupRetentionPeriod' --output text
    else
        python3 -c 'import json, sys; print(json.load(open(sys.argv[1]))["cfngen-integration/AuroraCluster"]["Properties"]["BackupRetentionPeriod"])' "$standins"
    fi
}
code_goes_into_the_bucket() {
    echo "a new validator" >"$scratch/validator.zip"
    aws s3 mb "s3://$bucket" >"$scratch/made" 2>&1 || :
    deploys "$scratch/changed.yaml" --yes --s3-bucket "$bucket" --code Validator="$scratch/validator.zip"
    key=cfngen/$(sha256sum <"$scratch/validator.zip" | cut -d ' ' -f 1).zip
    aws s3 cp "s3://$bucket/$key" - | cmp - "$scratch/validator.zip"
    aws cloudformation describe-stacks --stack-name "$stack" --query 'Stacks[0].Parameters' --output text >"$scratch/parameters"
    grep -q "ValidatorCodeKey.*$key" "$scratch/parameters"
}
a_large_template_goes_through_the_bucket() {
    {
        echo 'Resources:'
        for i in $(seq 450); do echo "  Topic$i: {Type: AWS::SNS::Topic, Properties: {TopicName: a-topic-with-a-name-that-takes-room-in-the-template-$suffix-$i}}"; done
        echo 'Outputs: {First: {Value: !Ref Topic1}}'
    } >"$scratch/large.yaml"
    aws s3 mb "s3://$bucket" >"$scratch/made" 2>&1 || :
    "$CFNGEN" deploy "$scratch/large.yaml" --stack-name cfngen-large --s3-bucket "$bucket" --yes -o "$scratch/large.json"
    grep -q 'arn:aws.*:sns:.*-1"' "$scratch/large.json"
    "$CFNGEN" destroy cfngen-large --yes
    is_gone cfngen-large
}
a_failure_is_told_with_its_cause() {
    printf 'Resources: {Topic: {Type: AWS::SNS::Topic}, Nothing: {Type: AWS::No::Such}}\n' >"$scratch/failing.yaml"
    status=0
    "$CFNGEN" deploy "$scratch/failing.yaml" --stack-name cfngen-failing --yes >"$scratch/out" 2>"$scratch/err" || status=$?
    cat "$scratch/err"
    [ $status = 1 ]
}
destroying_it_leaves_no_stack() {
    "$CFNGEN" status "$stack"
    "$CFNGEN" destroy "$stack" --yes --stop-task >"$scratch/out"
    grep -q "^The stack $stack is deleted" "$scratch/out"
    grep -q 'AuroraCluster (AWS::RDS::DBCluster)' "$scratch/out"
    is_gone "$stack"
    "$CFNGEN" destroy "$stack" --yes
}

values=${CFNGEN_TEST_PARAMETERS-}
if [ -z "$real" ]; then
    values=$scratch/values.json
    "$CFNGEN" synth $blueprint --environment test --suffix "$suffix" -o "$scratch/template.json"
    python3 tests/integration/blueprint.py $name parameters first >"$scratch/given"
    mapfile -t given <"$scratch/given"
    parameters_of "$scratch/template.json" "${given[@]}"
    printf '%s\n' "${parameters[@]}" | python3 -c '
import json, sys
print(json.dumps(dict(line.rstrip("\n").split("=", 1) for line in sys.stdin)))' >"$values"
fi
for test in the_blueprint_is_deployed its_outputs_are_in_the_file what_the_outputs_name_exists \
    deploying_it_again_changes_nothing a_change_is_shown_and_then_made code_goes_into_the_bucket \
    a_large_template_goes_through_the_bucket destroying_it_leaves_no_stack; do
    check $test
done
if [ -n "$real" ]; then
    check a_failure_is_told_with_its_cause
else
    skip a_failure_is_told_with_its_cause "the simulation has no rollback; tests/cli/deploy_trouble.sh has its events"
fi
skip a_drift_is_shown "the simulation detects none; tests/cli/destroy.sh has the answers of AWS"
finish
