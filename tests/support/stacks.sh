# Sourced by the tests of commands that deploy, after aws.sh: a stack file, the folder to work in, and
# pieces of scenarios, from which a whole life of a stack is put together.
cd "$scratch"
file=cfn-outputs/flat-outputs.json
stack_arn=arn:aws:cloudformation:eu-west-2:123456789012:stack/shop/1
set_arn=arn:aws:cloudformation:eu-west-2:123456789012:changeSet/cfngen/2

cat >shop.yaml <<'END'
Parameters:
  Size: {Type: Number, Default: 1}
  Owner: {Type: String}
  Password: {Type: String, NoEcho: true, Default: none-yet}
Resources:
  Queue: {Type: AWS::SQS::Queue}
  Table:
    Type: AWS::DynamoDB::Table
    Properties:
      AttributeDefinitions: [{AttributeName: id, AttributeType: S}]
      KeySchema: [{AttributeName: id, KeyType: HASH}]
      BillingMode: PAY_PER_REQUEST
Outputs:
  Url: {Value: !Ref Queue}
END

# What is deployed: the same without a table and its outputs.
deployed='{"Parameters": {"Owner": {"Type": "String"}}, "Resources": {"Queue": {"Type": "AWS::SQS::Queue"}}}'

# ---- pieces of scenarios ----

no_stack() {
    echo '> cloudformation describe-stacks --stack-name shop *'
    echo '!error ValidationError Stack with id shop does not exist'
}
stack_is() { # STATUS [PATTERN]
    echo "> cloudformation describe-stacks --stack-name ${2-shop} *"
    answer_of_stack "$1" ', "Outputs": [{"OutputKey": "Url", "OutputValue": "https://queue"}], "Parameters": [{"ParameterKey": "Owner", "ParameterValue": "me"}]'
}
change_set_is() { # STATUS REASON CHANGES
    echo '> cloudformation create-change-set*'
    echo "{\"Id\": \"$set_arn\", \"StackId\": \"$stack_arn\"}"
    echo '> cloudformation describe-change-set*'
    echo "{\"Status\": \"CREATE_PENDING\", \"Changes\": []}"
    echo '> cloudformation describe-change-set*'
    echo "{\"Status\": \"$1\", \"StatusReason\": \"$2\", \"Changes\": [${3-}]}"
    printf '> cloudformation get-template*\n{"TemplateBody": %s}\n' "$deployed"
}
change() { # ACTION TYPE ID REPLACEMENT
    printf '{"Type": "Resource", "ResourceChange": {"Action": "%s", "ResourceType": "%s", "LogicalResourceId": "%s", "Replacement": "%s"}}' "$@"
}
# Events, the newest first, each NUMBER STATUS TYPE ID REASON; the type - is the stack itself.
events() { # PATTERN
    echo "> cloudformation describe-stack-events $1"
    printf '{"StackEvents": ['
    comma=
    while read -r number status type id reason; do
        physical=physical-$id
        if [ "$type" = - ]; then type=AWS::CloudFormation::Stack physical=$stack_arn; fi
        printf '%s{"EventId": "%s", "StackId": "%s", "PhysicalResourceId": "%s", "StackName": "shop", "Timestamp": "2026-01-02T03:04:%02d.5+00:00", "ResourceStatus": "%s", "ResourceType": "%s", "LogicalResourceId": "%s", "ResourceStatusReason": "%s"}' \
            "$comma" "$number" "$stack_arn" "$physical" "$number" "$status" "$type" "$id" "$reason"
        comma=,
    done
    echo ']}'
}
executes() {
    echo '> cloudformation execute-change-set*'
}
# All that is asked when a change set is executed on a stack that exists.
update_that_succeeds() {
    stack_is UPDATE_COMPLETE
    change_set_is CREATE_COMPLETE "" "$(change Modify AWS::SQS::Queue Queue False)"
    events '*--max-items 1 *' <<END
7 UPDATE_COMPLETE - shop
END
    executes
    events '*--max-items 100 *' <<END
9 UPDATE_IN_PROGRESS AWS::SQS::Queue Queue
8 UPDATE_IN_PROGRESS - shop User Initiated
7 UPDATE_COMPLETE - shop
END
    events '*--max-items 100 *' <<END
12 UPDATE_COMPLETE - shop
11 UPDATE_COMPLETE_CLEANUP_IN_PROGRESS - shop
10 UPDATE_COMPLETE AWS::SQS::Queue Queue
9 UPDATE_IN_PROGRESS AWS::SQS::Queue Queue
8 UPDATE_IN_PROGRESS - shop User Initiated
7 UPDATE_COMPLETE - shop
END
    stack_is UPDATE_COMPLETE '*'
}
deploys() { # STATUS ARGUMENT...
    status=$1
    shift
    rm -rf cfn-outputs
    ends "$status" deploy shop.yaml --stack-name shop "$@"
}
nothing_was_executed() {
    if calls | grep execute-change-set; then return 1; fi
    test ! -e $file
}
the_change_set_was_dropped() {
    called "delete-change-set --change-set-name $set_arn"
}
