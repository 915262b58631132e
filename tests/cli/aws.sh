#!/bin/sh
# How the program runs the aws command: what it hands over, and what it makes of answers, errors,
# silence and signals.
set -eu
cd "$(dirname "$0")/../.."
. tests/support/tap.sh
. tests/support/cli.sh
. tests/support/aws.sh
cd "$scratch"

an_answer_is_read() {
    scenario <<END
> cloudformation describe-stacks --stack-name shop --output json
$(answer_of_stack UPDATE_COMPLETE)
END
    ends 0 status shop
    prints "status   UPDATE_COMPLETE"
    says_nothing
    called "cloudformation describe-stacks --stack-name shop --output json"
    [ "$(calls | wc -l)" = 1 ]
}
arguments_reach_aws_as_they_are() {
    scenario <<END
> *
$(answer_of_stack UPDATE_COMPLETE)
END
    # shellcheck disable=SC2016
    ends 0 status '$(touch bad); a  b `touch bad` "*' --region eu-central-1
    # shellcheck disable=SC2016
    called '--stack-name $(touch bad); a  b `touch bad` "* --output json --region eu-central-1'
    test ! -e bad
}
a_missing_program_is_told() {
    CFNGEN_AWS=$PWD/no-aws ends 3 status shop
    says "cfngen: the stack shop cannot be looked up: $PWD/no-aws cannot be run: No such file or directory"
    says "hint: install the AWS CLI, or name it in CFNGEN_AWS"
    prints_nothing
}
a_program_that_cannot_be_run_is_told() {
    echo no >plain-file
    CFNGEN_AWS=$PWD/plain-file ends 3 status shop
    says "plain-file cannot be run: Permission denied"
    says "hint: name a program that may be run"
}
aws_is_found_on_the_path() {
    mkdir -p bin
    ln -sf "$CFNGEN_AWS" bin/aws
    scenario <<END
> *
$(answer_of_stack CREATE_COMPLETE)
END
    unset CFNGEN_AWS
    PATH=$PWD/bin:$PATH ends 0 status shop
    prints CREATE_COMPLETE
}
an_answer_that_is_cut_short_is_told() {
    scenario <<END
> *
{"Stacks": [{"StackName": "shop", "StackStatus": "CREATE_COM
END
    ends 3 status shop
    says "the stack shop cannot be looked up: the answer to cloudformation describe-stacks is cut short or is not JSON: line 1"
    prints_nothing
}
an_answer_that_is_no_json_is_told() {
    for answer in 'Welcome!' '' '[]' 'null' '{"Stacks": {}}' '{"Stacks": []}' '{"Stacks": ["shop"]}' '{"Stacks": [{"StackStatus": []}]}'; do
        printf '> *\n%s\n' "$answer" | scenario
        ends 3 status shop
        says "the stack shop cannot be looked up: the answer "
        prints_nothing
    done
}
an_answer_that_is_too_large_is_told() {
    { printf '#!/bin/sh\n'; echo 'head -c 9000000 /dev/zero'; } >large
    chmod +x large
    CFNGEN_AWS=$PWD/large ends 3 status shop
    says "the answer to cloudformation describe-stacks is larger than 8388608 bytes"
}
an_aws_that_dies_is_told() {
    scenario <<END
> *
!die KILL
END
    ends 3 status shop
    says "died of signal 9 in cloudformation describe-stacks"
}
an_aws_that_fails_without_a_word_is_told() {
    scenario <<END
> *
!exit 255
END
    ends 3 status shop
    says "ended with status 255 and said nothing"
}
an_aws_that_hangs_is_ended() {
    scenario <<END
> *
!hang
END
    CFNGEN_AWS_TIMEOUT=0.2 ends 3 status shop
    says "did not end within 0.2 seconds in cloudformation describe-stacks (CFNGEN_AWS_TIMEOUT)"
}
a_throttled_call_is_repeated() {
    scenario <<END
> cloudformation describe-stacks*
!error ThrottlingException Rate exceeded
> cloudformation describe-stacks*
!error RequestLimitExceeded Request limit exceeded.
> cloudformation describe-stacks*
$(answer_of_stack CREATE_COMPLETE)
END
    ends 0 status shop
    prints CREATE_COMPLETE
    says_nothing
    [ "$(calls | wc -l)" = 3 ]
}
one_that_is_throttled_for_good_is_told() {
    scenario <<END
> *
!error Throttling Rate exceeded
END
    ends 3 status shop
    says "the stack shop cannot be looked up: Throttling: Rate exceeded"
    says "hint: AWS is asked too much by this account at the moment; run it again later"
    [ "$(calls | wc -l)" = 7 ]
}
a_connection_that_comes_back_is_used() {
    scenario <<END
> *
!say Could not connect to the endpoint URL: "https://cloudformation.eu-west-2.amazonaws.com/"
!exit 255
> *
$(answer_of_stack CREATE_COMPLETE)
END
    ends 0 status shop
    prints CREATE_COMPLETE
}
refused_with() { # HINT SCENARIO-LINE...
    hint=$1
    shift
    { echo '> *'; printf '%s\n' "$@"; } | scenario
    ends 3 status shop
    says "hint: $hint"
    prints_nothing
}
what_is_wrong_with_the_user_is_told_with_its_fix() {
    refused_with "give credentials: aws configure, aws sso login, or AWS_PROFILE" \
        '!say Unable to locate credentials. You can configure credentials by running "aws configure".' '!exit 253'
    says 'cannot be looked up: Unable to locate credentials.'
    refused_with "sign in again" '!error ExpiredToken The security token included in the request is expired'
    says "ExpiredToken: The security token included in the request is expired"
    refused_with "sign in again" '!say Error when retrieving token from sso: Token has expired and refresh failed' '!exit 255'
    refused_with "name it: --region" '!say You must specify a region. You can also configure your region by running "aws configure".' '!exit 253'
    refused_with "aws sts get-caller-identity names who you are" \
        '!error AccessDenied User: arn:aws:iam::123456789012:user/me is not authorized to perform: cloudformation:DescribeStacks'
    refused_with "AWS_PROFILE names a profile" '!say The config profile (nobody) could not be found' '!exit 255'
    refused_with "check the keys" '!error InvalidClientTokenId The security token included in the request is invalid.'
}
a_setting_that_is_no_number_is_refused() {
    for setting in CFNGEN_AWS_TIMEOUT=soon CFNGEN_AWS_WAIT=-1; do
        (export "$setting"; ends 3 status shop)
        says "${setting%=*} takes a number, not \"${setting#*=}\""
    done
}
a_stack_that_is_not_there_is_told() {
    scenario <<END
> *
!error ValidationError Stack with id shop does not exist
END
    ends 3 status shop
    says "cfngen: there is no stack shop"
}
a_signal_ends_the_call() {
    for name in INT TERM HUP; do
        scenario <<END
> *
!signal $name
!hang
END
        ends 4 status shop
        prints_nothing
        [ "$(calls | wc -l)" = 1 ]
    done
}
nothing_of_aws_stays_behind() {
    cat >stubborn <<'END'
#!/bin/sh
echo $$ >pid
trap "" TERM
kill -s INT $PPID
while :; do read -r _ <never; done
END
    chmod +x stubborn
    mkfifo never
    CFNGEN_AWS=$PWD/stubborn ends 4 status shop
    if kill -0 "$(cat pid)" 2>/dev/null; then return 1; fi
}
what_holds_the_pipe_open_is_not_waited_for() {
    mkfifo hold
    {
        printf '#!/bin/sh\n(read -r _ <hold) 2>/dev/null &\ncat <<END\n'
        answer_of_stack CREATE_COMPLETE
        echo END
    } >forking
    chmod +x forking
    CFNGEN_AWS=$PWD/forking ends 0 status shop
    prints CREATE_COMPLETE
    echo >hold
}

for test in an_answer_is_read arguments_reach_aws_as_they_are a_missing_program_is_told \
    a_program_that_cannot_be_run_is_told aws_is_found_on_the_path an_answer_that_is_cut_short_is_told \
    an_answer_that_is_no_json_is_told an_answer_that_is_too_large_is_told an_aws_that_dies_is_told \
    an_aws_that_fails_without_a_word_is_told an_aws_that_hangs_is_ended a_throttled_call_is_repeated \
    one_that_is_throttled_for_good_is_told a_connection_that_comes_back_is_used \
    what_is_wrong_with_the_user_is_told_with_its_fix a_setting_that_is_no_number_is_refused \
    a_stack_that_is_not_there_is_told a_signal_ends_the_call nothing_of_aws_stays_behind \
    what_holds_the_pipe_open_is_not_waited_for; do
    check $test
done
finish
