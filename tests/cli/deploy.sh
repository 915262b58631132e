#!/bin/sh
# cfngen deploy: what it sends to AWS, what it shows and asks, how it ends, and what it leaves.
set -eu
cd "$(dirname "$0")/../.."
. tests/support/tap.sh
. tests/support/cli.sh
. tests/support/aws.sh
. tests/support/stacks.sh
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
    cp shop.yaml plain.yaml
    sed -i "s/NoEcho: true/NoEcho: 'True'/" shop.yaml
    update_that_succeeds | scenario
    deploys 0 --parameter Password=hunter2
    says "warning: the value of Password is secret"
    mv plain.yaml shop.yaml
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

the_diff_is_shown() {
    update_that_succeeds | scenario
    deploys 0
    prints "Queue"
    prints "Table"
    prints "AWS::DynamoDB::Table"
    called "get-template --stack-name shop --template-stage Original"
}
what_lets_more_in_needs_agreement() {
    cp shop.yaml plain.yaml
    cat >>shop.yaml <<'END'
  Reader: {Value: x}
END
    sed -i 's/^Outputs:/  Reader: {Type: AWS::IAM::Role, Properties: {AssumeRolePolicyDocument: {Statement: [{Effect: Allow, Principal: {AWS: "*"}, Action: "sts:AssumeRole"}]}}}\nOutputs:/' shop.yaml
    update_that_succeeds | scenario
    deploys 1
    says "cfngen: security is touched: "
    says "Go on with the stack shop? There is no terminal to ask on; --yes agrees"
    the_change_set_was_dropped
    nothing_was_executed
    update_that_succeeds | scenario
    deploys 0 --yes
    mv plain.yaml shop.yaml
}
a_table_that_goes_needs_agreement() {
    cp shop.yaml plain.yaml
    sed -i '/^  Table:/,/BillingMode/d' shop.yaml
    kept=$deployed
    deployed='{"Resources": {"Queue": {"Type": "AWS::SQS::Queue"}, "Table": {"Type": "AWS::DynamoDB::Table"}}}'
    update_that_succeeds | scenario
    deploys 1
    says "cfngen: data is touched: Table (AWS::DynamoDB::Table): "
    nothing_was_executed
    deployed=$kept
    mv plain.yaml shop.yaml
}
what_touches_data_needs_agreement() {
    for risk in "Modify AWS::DynamoDB::Table Table True" "Modify AWS::RDS::DBCluster Table Conditional" "Remove AWS::RDS::DBInstance Table x"; do
        # shellcheck disable=SC2086
        { stack_is UPDATE_COMPLETE; change_set_is CREATE_COMPLETE "" "$(change $risk)"; } | scenario
        deploys 1
        says "cfngen: data is touched: Table"
        says "There is no terminal to ask on; --yes agrees"
        says "cfngen: nothing was changed"
        the_change_set_was_dropped
        nothing_was_executed
    done
    update_that_succeeds | sed 's/"Replacement": "False"/"Replacement": "True"/; s/AWS::SQS::Queue/AWS::RDS::DBCluster/' | scenario
    deploys 0 --yes
    prints "  REPLACE      AWS::RDS::DBCluster"
    called execute-change-set
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

local_files_of_the_stack_file_are_uploaded() {
    mkdir -p project
    echo zip >project/worker.zip
    printf 'Resources:\n  Worker: {Type: AWS::Lambda::Function, Properties: {Code: worker.zip, Role: "arn:aws:iam::123456789012:role/r", Handler: h, Runtime: provided.al2023}}\n' >project/code.yaml
    hash=$(sha256sum <project/worker.zip | cut -d ' ' -f 1)
    { printf '> s3api head-object*\n!error 404 Not Found\n> s3 cp*\n'; update_that_succeeds; } | scenario
    ends 0 deploy project/code.yaml --stack-name shop --s3-bucket artifacts --yes
    called "s3 cp - s3://artifacts/cfngen/$hash.zip"
    was_given "\\\"S3Bucket\\\": \\\"artifacts\\\""
    was_given "\\\"S3Key\\\": \\\"cfngen/$hash.zip\\\""
    ends 1 deploy project/code.yaml --stack-name shop
    says "Code of Worker is the local file worker.zip, which goes through a bucket"
    says "hint: name a bucket of the same region with --s3-bucket"
    rm project/worker.zip
    mkdir project/worker.zip
    ends 3 deploy project/code.yaml --stack-name shop --s3-bucket artifacts
    says "project/worker.zip cannot be read: Is a directory"
    says "hint: make a zip of what is in the folder"
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
    the_diff_is_shown what_lets_more_in_needs_agreement what_touches_data_needs_agreement a_table_that_goes_needs_agreement \
    a_large_template_goes_through_the_bucket \
    what_is_in_the_bucket_is_not_uploaded_again code_is_uploaded_and_named local_files_of_the_stack_file_are_uploaded wrong_usage_is_told \
    a_file_with_errors_is_not_deployed; do
    check $test
done
finish
