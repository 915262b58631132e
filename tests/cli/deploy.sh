#!/bin/sh
# cfngen deploy: what it sends to AWS, what it shows and asks, how it ends, and what it leaves.
set -eu
cd "$(dirname "$0")/../.."
. tests/support/tap.sh
. tests/support/cli.sh
. tests/support/aws.sh
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

# ---- a deployment that succeeds ----

a_stack_is_created() {
    {
        no_stack
        change_set_is CREATE_COMPLETE "" "$(change Add AWS::SQS::Queue Queue "")"
        stack_is REVIEW_IN_PROGRESS '*:stack/shop/1'
        events '*--max-items 1 *' <<END
1 REVIEW_IN_PROGRESS - shop
END
        executes
        events '*--max-items 100 *' <<END
4 CREATE_COMPLETE - shop
3 CREATE_COMPLETE AWS::SQS::Queue Queue
2 CREATE_IN_PROGRESS - shop User Initiated
1 REVIEW_IN_PROGRESS - shop
END
        stack_is CREATE_COMPLETE '*'
    } | scenario
    deploys 0 --parameter Owner=me --tags team=data --yes --region eu-west-2
    prints "  create       AWS::SQS::Queue                    Queue"
    prints "03:04:02  CREATE_IN_PROGRESS            AWS::CloudFormation::Stack      shop  User Initiated"
    prints "03:04:04  CREATE_COMPLETE               AWS::CloudFormation::Stack      shop"
    if grep REVIEW_IN_PROGRESS out; then return 1; fi
    was_given '"ChangeSetType":"CREATE"'
    was_given '{"ParameterKey":"Owner","ParameterValue":"me"}'
    was_given '"Tags":[{"Key":"team","Value":"data"}]'
    says "cfngen: $file has the outputs of the stack shop"
    printf '{\n  "Url": "https://queue"\n}\n' | cmp - $file
}
a_stack_is_updated() {
    update_that_succeeds | scenario
    deploys 0 --parameter Size=2
    was_given '"ChangeSetType":"UPDATE"'
    was_given '"Parameters":[{"ParameterKey":"Size","ParameterValue":"2"},{"ParameterKey":"Owner","UsePreviousValue":true}]'
    called "execute-change-set --change-set-name $set_arn"
    [ "$(grep -c 'AWS::SQS::Queue .*Queue$' out)" = 3 ]
    [ "$(grep -c ' User Initiated' out)" = 1 ]
    if grep Tags "$FAKE_AWS.input"; then return 1; fi
    test -e $file
}
a_deployment_that_changes_nothing_is_a_success() {
    for reason in "The submitted information didn't contain changes. Submit different information to create a change set." "No updates are to be performed."; do
        { stack_is UPDATE_COMPLETE; change_set_is FAILED "$reason"; } | scenario
        deploys 0
        prints "nothing changes in the stack shop"
        the_change_set_was_dropped
        if calls | grep -e execute-change-set -e delete-stack; then return 1; fi
        test -e $file
    done
}
no_execute_leaves_the_change_set() {
    { stack_is UPDATE_COMPLETE; change_set_is CREATE_COMPLETE "" "$(change Modify AWS::SQS::Queue Queue False)"; } | scenario
    deploys 0 --no-execute
    prints "aws cloudformation execute-change-set --change-set-name $set_arn"
    if calls | grep -e delete-change-set; then return 1; fi
    nothing_was_executed
}
just_the_needed_capabilities_are_acknowledged() {
    update_that_succeeds | scenario
    deploys 0
    was_given '"Capabilities":[]'
    cp shop.yaml plain.yaml
    echo '  Role: {Type: AWS::IAM::Role, Properties: {AssumeRolePolicyDocument: {}}}' >role
    sed '/^Outputs/,$d' plain.yaml | cat - role >shop.yaml
    update_that_succeeds | scenario
    deploys 0
    was_given '"Capabilities":["CAPABILITY_IAM"]'
    sed -i 's/Properties: {Assume/Properties: {RoleName: reader, Assume/' shop.yaml
    update_that_succeeds | scenario
    deploys 0
    was_given '"Capabilities":["CAPABILITY_NAMED_IAM"]'
    echo 'Transform: AWS::SecretsManager-2024-09-16' >>shop.yaml
    update_that_succeeds | scenario
    deploys 0
    was_given '"Capabilities":["CAPABILITY_NAMED_IAM","CAPABILITY_AUTO_EXPAND"]'
    cp plain.yaml shop.yaml
}
a_role_is_handed_over() {
    update_that_succeeds | scenario
    deploys 0 --role-arn arn:aws:iam::123456789012:role/deployer
    was_given '"RoleARN":"arn:aws:iam::123456789012:role/deployer"'
}
outputs_go_where_they_are_asked() {
    update_that_succeeds | scenario
    deploys 0 -o elsewhere.json
    test ! -e $file
    grep -qF '"Url": "https://queue"' elsewhere.json
}

# ---- parameters ----

secrets_go_through_a_pipe() {
    echo '{"Password": "hunter2 \"x\"", "Size": 3}' >secrets.json
    update_that_succeeds | scenario
    deploys 0 --parameters-file secrets.json
    was_given '{"ParameterKey":"Password","ParameterValue":"hunter2 \"x\""}'
    was_given '{"ParameterKey":"Size","ParameterValue":"3"}'
    lacks "$FAKE_AWS.calls" hunter2
    lacks out hunter2
    lacks err hunter2
}
files_of_parameters_have_three_forms() {
    for text in '{"Owner": "you", "Size": "4"}' '{"Parameters": {"Owner": "you", "Size": 4}}' \
        '{"Parameters": [{"ParameterKey": "Owner", "ParameterValue": "you"}, {"ParameterKey": "Size", "ParameterValue": "4"}]}'; do
        echo "$text" >values.json
        update_that_succeeds | scenario
        deploys 0 --parameters-file values.json
        was_given '"Parameters":[{"ParameterKey":"Size","ParameterValue":"4"},{"ParameterKey":"Owner","ParameterValue":"you"}]'
    done
    printf 'Owner: [a, b]\n' >values.yaml
    update_that_succeeds | scenario
    input=values.yaml
    deploys 0 --parameters-file - --parameter Size=5
    was_given '"Parameters":[{"ParameterKey":"Size","ParameterValue":"5"},{"ParameterKey":"Owner","ParameterValue":"a,b"}]'
}
a_parameter_beats_the_file() {
    echo 'Size: 4' >values.yaml
    update_that_succeeds | scenario
    deploys 0 --parameters-file values.yaml --parameter Size=6
    was_given '{"ParameterKey":"Size","ParameterValue":"6"}'
}
a_secret_among_the_arguments_is_a_warning() {
    update_that_succeeds | scenario
    deploys 0 --parameter Password=hunter2
    says "warning: the value of Password is secret, but stands among the arguments"
    lacks err hunter2
    lacks "$FAKE_AWS.calls" hunter2
}
wrong_parameters_are_told() {
    no_stack | scenario
    deploys 1 --parameter Ownr=me
    says "the template has no parameter Ownr; did you mean Owner?"
    says "the parameter Owner (String) has no value"
    says "hint: give each one with --parameter NAME=VALUE, or all in --parameters-file"
    deploys 3 --parameters-file missing.json
    says "missing.json: the file cannot be read"
    printf 'Owner: "secret\n' >broken.yaml
    deploys 1 --parameters-file broken.yaml
    says "broken.yaml:"
    lacks err secret
    printf 'Owner: {a: b}\n' >broken.yaml
    deploys 1 --parameters-file broken.yaml
    says "broken.yaml:1:8: the value of a parameter is a text or a list of texts"
    nothing_was_executed
}

# ---- what is asked ----

what_touches_data_needs_agreement() {
    for risk in "Modify AWS::DynamoDB::Table Table True" "Modify AWS::RDS::DBCluster Table Conditional" "Remove AWS::RDS::DBInstance Table x"; do
        # shellcheck disable=SC2086
        { stack_is UPDATE_COMPLETE; change_set_is CREATE_COMPLETE "" "$(change $risk)"; } | scenario
        deploys 1
        says "holds data and would be replaced or deleted"
        says "there is no terminal to ask on; --yes agrees"
        says "cfngen: nothing was changed"
        the_change_set_was_dropped
        nothing_was_executed
    done
    update_that_succeeds | sed 's/"Replacement": "False"/"Replacement": "True"/; s/AWS::SQS::Queue/AWS::RDS::DBCluster/' | scenario
    deploys 0 --yes
    prints "  REPLACE      AWS::RDS::DBCluster"
    called execute-change-set
}

# ---- failure ----

the_root_cause_comes_first() {
    {
        stack_is UPDATE_COMPLETE '*'
        change_set_is CREATE_COMPLETE "" "$(change Modify AWS::SQS::Queue Queue False)"
        events '*--max-items 1 *' <<END
7 UPDATE_COMPLETE - shop
END
        executes
        events '*--max-items 100 *' <<END
14 UPDATE_ROLLBACK_COMPLETE - shop
13 UPDATE_COMPLETE AWS::SQS::Queue Queue
12 UPDATE_ROLLBACK_IN_PROGRESS - shop The following resource(s) failed to update: [Table, Queue]
11 UPDATE_FAILED AWS::SQS::Queue Queue Resource update cancelled
10 CREATE_FAILED AWS::IAM::Role Role Something else
9 UPDATE_FAILED AWS::DynamoDB::Table Table Table shop already exists
8 UPDATE_IN_PROGRESS - shop User Initiated
7 UPDATE_COMPLETE - shop
END
    } | scenario
    deploys 1
    says "cfngen: the stack shop was not updated: UPDATE_ROLLBACK_COMPLETE"
    says "  cause: Table (AWS::DynamoDB::Table) UPDATE_FAILED: Table shop already exists"
    says "hint: something of this name was made before"
    says "  then: Role (AWS::IAM::Role) CREATE_FAILED: Something else"
    if grep cancelled err; then return 1; fi
    test ! -e $file
}
the_cause_in_a_nested_stack_is_found() {
    {
        stack_is UPDATE_COMPLETE '*'
        change_set_is CREATE_COMPLETE "" "$(change Modify AWS::CloudFormation::Stack Inner False)"
        events "*--stack-name $stack_arn --max-items 1 *" <<END
7 UPDATE_COMPLETE - shop
END
        executes
        events "*--stack-name $stack_arn --max-items 100 *" <<END
10 UPDATE_ROLLBACK_COMPLETE - shop
9 UPDATE_FAILED AWS::CloudFormation::Stack Inner Embedded stack was not successfully updated
8 UPDATE_IN_PROGRESS - shop User Initiated
7 UPDATE_COMPLETE - shop
END
        echo '> cloudformation describe-stacks --stack-name physical-Inner *'
        answer_of_stack UPDATE_ROLLBACK_COMPLETE
        events '*' <<END
5 UPDATE_ROLLBACK_COMPLETE - shop
4 UPDATE_FAILED AWS::SQS::Queue Deep The queue is full of love
3 UPDATE_IN_PROGRESS - shop
END
    } | scenario
    deploys 1
    says "  cause: Inner (AWS::CloudFormation::Stack) UPDATE_FAILED: Embedded stack"
    says "  in it: Deep (AWS::SQS::Queue) UPDATE_FAILED: The queue is full of love"
}
a_change_that_is_refused_is_told() {
    { stack_is UPDATE_COMPLETE; change_set_is FAILED "Transform Nothing failed with: no such macro"; } | scenario
    deploys 1
    says "CloudFormation refuses the change: Transform Nothing failed with: no such macro"
    the_change_set_was_dropped
    nothing_was_executed
}
a_stack_that_was_there_for_the_change_alone_goes() {
    {
        no_stack
        change_set_is FAILED "Template error"
        stack_is REVIEW_IN_PROGRESS
        echo '> cloudformation delete-*'
    } | scenario
    deploys 1 --parameter Owner=me
    the_change_set_was_dropped
    called "delete-stack --stack-name $stack_arn"
}
what_aws_refuses_is_told() {
    {
        stack_is UPDATE_COMPLETE
        echo '> cloudformation create-change-set*'
        echo '!error InsufficientCapabilitiesException Requires capabilities : [CAPABILITY_IAM]'
    } | scenario
    deploys 1
    says "the change set cannot be made: InsufficientCapabilitiesException: Requires capabilities"
    nothing_was_executed
}

# ---- states ----

what_is_under_way_is_watched_first() {
    {
        stack_is UPDATE_IN_PROGRESS
        events '*' <<END
9 UPDATE_IN_PROGRESS AWS::SQS::Queue Queue
8 UPDATE_IN_PROGRESS - shop User Initiated
7 UPDATE_COMPLETE - shop
END
        events '*' <<END
11 UPDATE_COMPLETE - shop
10 UPDATE_COMPLETE AWS::SQS::Queue Queue
9 UPDATE_IN_PROGRESS AWS::SQS::Queue Queue
8 UPDATE_IN_PROGRESS - shop User Initiated
7 UPDATE_COMPLETE - shop
END
        stack_is UPDATE_COMPLETE
        change_set_is FAILED "No updates are to be performed."
    } | scenario
    deploys 0
    says "the stack shop is UPDATE_IN_PROGRESS: watching that first"
    prints "03:04:08  UPDATE_IN_PROGRESS"
    prints "03:04:11  UPDATE_COMPLETE"
    if grep -F 03:04:07 out; then return 1; fi
    prints "nothing changes in the stack shop"
    test -e $file
}
what_is_under_way_and_fails_ends_it() {
    {
        stack_is UPDATE_ROLLBACK_IN_PROGRESS
        events '*' <<END
12 UPDATE_ROLLBACK_COMPLETE - shop
11 UPDATE_ROLLBACK_IN_PROGRESS - shop
9 UPDATE_FAILED AWS::SQS::Queue Queue No such thing
8 UPDATE_IN_PROGRESS - shop User Initiated
END
    } | scenario
    deploys 1
    says "  cause: Queue (AWS::SQS::Queue) UPDATE_FAILED: No such thing"
}
a_stack_that_was_never_created_is_made_anew() {
    {
        stack_is ROLLBACK_COMPLETE
        events '*--max-items 1 *' <<END
5 ROLLBACK_COMPLETE - shop
END
        echo '> cloudformation delete-stack*'
        events '*--max-items 100 *' <<END
7 DELETE_COMPLETE - shop
6 DELETE_IN_PROGRESS - shop
5 ROLLBACK_COMPLETE - shop
END
        no_stack
        change_set_is FAILED "Template error"
    } | scenario
    deploys 1 --yes --parameter Owner=me
    called "delete-stack --stack-name $stack_arn"
    was_given '"ChangeSetType":"CREATE"'
    stack_is ROLLBACK_COMPLETE | scenario
    deploys 1 --parameter Owner=me
    says "The stack shop failed when it was created, and is empty (ROLLBACK_COMPLETE). Delete it and create it anew?"
    says "--yes agrees"
    if calls | grep delete-stack; then return 1; fi
}
a_stack_in_review_is_created() {
    { stack_is REVIEW_IN_PROGRESS; change_set_is FAILED "Template error"; } | scenario
    deploys 1
    was_given '"ChangeSetType":"CREATE"'
    if calls | grep delete-stack; then return 1; fi
}
a_stack_that_cannot_be_updated_is_told() {
    for state in CREATE_FAILED ROLLBACK_FAILED DELETE_FAILED; do
        stack_is $state | scenario
        deploys 1
        says "the stack shop is $state and cannot be updated"
        says "cfngen destroy it"
    done
    stack_is UPDATE_ROLLBACK_FAILED | scenario
    deploys 1
    says "aws cloudformation continue-update-rollback"
    nothing_was_executed
}

# ---- templates and code that go through a bucket ----

large_template() {
    cp shop.yaml plain.yaml
    { sed '/^Outputs/,$d' plain.yaml; for i in $(seq 400); do echo "  Queue$i: {Type: AWS::SQS::Queue, Properties: {QueueName: a-queue-with-a-name-that-is-rather-long-$i, DelaySeconds: 3}}"; done; } >shop.yaml
}
a_large_template_goes_through_the_bucket() {
    large_template
    update_that_succeeds | scenario
    deploys 1
    says "bytes, and more than 51200 go through a bucket"
    says "hint: name a bucket of the same region with --s3-bucket"
    {
        printf '> s3api head-object*\n!error 404 Not Found\n> s3 cp*\n> s3api get-bucket-location*\n{"LocationConstraint": "eu-west-2"}\n'
        update_that_succeeds
    } | scenario
    unset AWS_ENDPOINT_URL AWS_ENDPOINT_URL_S3
    deploys 0 --s3-bucket artifacts
    "$CFNGEN" synth shop.yaml --minify -o expected.json
    hash=$(sha256sum <expected.json | cut -d ' ' -f 1)
    called "s3 cp - s3://artifacts/cfngen/$hash.template.json --only-show-errors"
    was_given "\"TemplateURL\":\"https://s3.eu-west-2.amazonaws.com/artifacts/cfngen/$hash.template.json\""
    grep -qxF -f expected.json "$FAKE_AWS.input"
    mv plain.yaml shop.yaml
}
what_is_in_the_bucket_is_not_uploaded_again() {
    large_template
    {
        printf '> s3api head-object*\n{}\n> s3api get-bucket-location*\n{"LocationConstraint": null}\n'
        update_that_succeeds
    } | scenario
    AWS_ENDPOINT_URL=http://localhost:1 deploys 0 --s3-bucket artifacts
    if calls | grep '^s3 cp'; then return 1; fi
    was_given '"TemplateURL":"http://localhost:1/artifacts/cfngen/'
    mv plain.yaml shop.yaml
}
code_is_uploaded_and_named() {
    cp shop.yaml plain.yaml
    sed -i 's/^Resources:/  WorkerCodeBucket: {Type: String}\n  WorkerCodeKey: {Type: String}\nResources:/' shop.yaml
    echo zip >worker.zip
    { printf '> s3api head-object*\n!error 404 Not Found\n> s3 cp*\n'; update_that_succeeds; } | scenario
    deploys 0 --s3-bucket artifacts --code Worker=worker.zip
    hash=$(sha256sum <worker.zip | cut -d ' ' -f 1)
    called "s3 cp - s3://artifacts/cfngen/$hash.zip"
    was_given '{"ParameterKey":"WorkerCodeBucket","ParameterValue":"artifacts"}'
    was_given "{\"ParameterKey\":\"WorkerCodeKey\",\"ParameterValue\":\"cfngen/$hash.zip\"}"
    deploys 3 --s3-bucket artifacts --code Worker=missing.zip
    says "missing.zip cannot be read: No such file or directory"
    deploys 3 --s3-bucket artifacts --code Worker=.
    says ". cannot be read: Is a directory"
    deploys 1 --s3-bucket artifacts --code Wrker=worker.zip
    says "--code Wrker: the template has no parameter WrkerCodeBucket"
    { printf '> s3api head-object*\n!error 404 Not Found\n> s3 cp*\n!say upload failed: - to s3://artifacts/x An error occurred (NoSuchBucket) when calling the PutObject operation: The specified bucket does not exist\n!exit 1\n'; stack_is UPDATE_COMPLETE; } | scenario
    deploys 3 --s3-bucket artifacts --code Worker=worker.zip
    says "worker.zip cannot be uploaded to s3://artifacts/cfngen/$hash.zip: NoSuchBucket: The specified bucket does not exist"
    nothing_was_executed
    mv plain.yaml shop.yaml
}

# ---- the end of patience ----

the_time_that_is_over_leaves_the_stack() {
    {
        stack_is UPDATE_COMPLETE '*'
        change_set_is CREATE_COMPLETE "" "$(change Modify AWS::SQS::Queue Queue False)"
        events '*--max-items 1 *' <<END
7 UPDATE_COMPLETE - shop
END
        executes
        events '*' <<END
8 UPDATE_IN_PROGRESS - shop User Initiated
7 UPDATE_COMPLETE - shop
END
    } | scenario
    deploys 4 --timeout 0.01s
    says "the time of --timeout is over"
    says "cfngen status --watch shop   watches it; so does the same deployment, run again"
    test ! -e $file
}
a_long_history_is_read_back_to_what_is_known() {
    {
        stack_is UPDATE_COMPLETE
        change_set_is CREATE_COMPLETE "" "$(change Modify AWS::SQS::Queue Queue False)"
        events '*--max-items 1 *' <<END
7 UPDATE_COMPLETE - shop
END
        executes
        for i in $(seq 120 -1 21); do echo "$i UPDATE_COMPLETE AWS::SQS::Queue Queue$i"; done | events '*--max-items 100 *'
        {
            echo "150 UPDATE_COMPLETE - shop"
            for i in $(seq 120 -1 8); do echo "$i UPDATE_COMPLETE AWS::SQS::Queue Queue$i"; done
            echo "7 UPDATE_COMPLETE - shop"
        } | events '*--max-items 200 *'
        stack_is UPDATE_COMPLETE '*'
    } | scenario
    deploys 0
    [ "$(grep -c 'AWS::SQS::Queue  *Queue[0-9]' out)" = 113 ]
}
wrong_usage_is_told() {
    ends 2 deploy shop.yaml
    says "name the stack with --stack-name"
    ends 2 deploy --stack-name shop
    ends 2 deploy shop.yaml --stack-name shop --timeout soon
    says '--timeout takes a time such as 90s, 30m or 2h, not "soon"'
    ends 2 deploy shop.yaml --stack-name shop --parameter Owner
    says '--parameter takes NAME=VALUE, not "Owner"'
    ends 2 deploy shop.yaml --stack-name shop --code Worker=worker.zip
    says "--code needs --s3-bucket"
    ends 2 deploy - --stack-name shop --parameters-file -
    says "only one of FILE and --parameters-file can be standard input"
}
a_file_with_errors_is_not_deployed() {
    echo 'Resources: {A: {Type: AWS::SQS::Queue, Properties: {DelySeconds: 1}}}' >wrong.yaml
    no_stack | scenario
    ends 1 deploy wrong.yaml --stack-name shop
    says "wrong.yaml:1:53: error CFN3103"
    [ "$(calls)" = "" ]
}

for test in a_stack_is_created a_stack_is_updated a_deployment_that_changes_nothing_is_a_success \
    no_execute_leaves_the_change_set just_the_needed_capabilities_are_acknowledged a_role_is_handed_over \
    outputs_go_where_they_are_asked secrets_go_through_a_pipe files_of_parameters_have_three_forms \
    a_parameter_beats_the_file a_secret_among_the_arguments_is_a_warning wrong_parameters_are_told \
    what_touches_data_needs_agreement the_root_cause_comes_first the_cause_in_a_nested_stack_is_found \
    a_change_that_is_refused_is_told a_stack_that_was_there_for_the_change_alone_goes what_aws_refuses_is_told \
    what_is_under_way_is_watched_first what_is_under_way_and_fails_ends_it \
    a_stack_that_was_never_created_is_made_anew a_stack_in_review_is_created \
    a_stack_that_cannot_be_updated_is_told a_large_template_goes_through_the_bucket \
    what_is_in_the_bucket_is_not_uploaded_again code_is_uploaded_and_named \
    the_time_that_is_over_leaves_the_stack a_long_history_is_read_back_to_what_is_known \
    wrong_usage_is_told a_file_with_errors_is_not_deployed; do
    check $test
done
finish
