#!/bin/sh
# cfngen deploy when something is in the way: causes of failure, states of stacks, and signals at each step.
set -eu
cd "$(dirname "$0")/../.."
. tests/support/tap.sh
. tests/support/cli.sh
. tests/support/aws.sh
. tests/support/stacks.sh

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
no_message_shows_a_secret() {
    echo 'Password: hunter2-of-old' >secret.yaml
    {
        stack_is UPDATE_COMPLETE '*'
        change_set_is CREATE_COMPLETE "" "$(change Modify AWS::SQS::Queue Queue False)"
        events '*--max-items 1 *' <<END
7 UPDATE_COMPLETE - shop
END
        executes
        events '*' <<END
10 UPDATE_ROLLBACK_COMPLETE - shop
9 UPDATE_FAILED AWS::RDS::DBCluster Cluster Value 'hunter2-of-old' at 'masterUserPassword' failed to satisfy a constraint
8 UPDATE_IN_PROGRESS - shop
7 UPDATE_COMPLETE - shop
END
    } | scenario
    deploys 1 --parameters-file secret.yaml
    was_given hunter2-of-old
    prints "Value '**************' at 'masterUserPassword'"
    says "UPDATE_FAILED: Value '**************' at"
    lacks out hunter2
    lacks err hunter2
    { stack_is UPDATE_COMPLETE; change_set_is FAILED "hunter2-of-old is too long"; } | scenario
    deploys 1 --parameters-file secret.yaml
    says "CloudFormation refuses the change: ************** is too long"
    { stack_is UPDATE_COMPLETE; printf '> cloudformation create-change-set*\n!error ValidationError No value hunter2-of-old here\n'; } | scenario
    deploys 1 --parameters-file secret.yaml
    says "ValidationError: No value ************** here"
    lacks err hunter2
}
a_secret_of_several_lines_is_not_shown() {
    printf 'Password: "-----BEGIN KEY-----\\nc2VjcmV0\\tbWF0ZXJpYWw=\\n-----END KEY-----\\n"\n' >secret.yaml
    { stack_is UPDATE_COMPLETE; change_set_is FAILED "Bad value -----BEGIN KEY-----\\\\nc2VjcmV0\\\\tbWF0ZXJpYWw=\\\\n-----END KEY----- here"; } | scenario
    deploys 1 --parameters-file secret.yaml
    lacks err c2VjcmV0
    says "* here"
    { stack_is UPDATE_COMPLETE; printf '> cloudformation create-change-set*\n!error ValidationError No value -----BEGIN KEY-----\n!say c2VjcmV0\tbWF0ZXJpYWw=\n!say -----END KEY----- here\n'; } | scenario
    deploys 1 --parameters-file secret.yaml
    lacks err c2VjcmV0
    says "* here"
}
a_secret_that_is_cut_short_is_not_shown() {
    printf 'Password: hunter2-of-old\n' >secret.yaml
    { stack_is UPDATE_COMPLETE; change_set_is FAILED "$(printf '%2040s' x | tr ' ' x)hunter2-of-old"; } | scenario
    deploys 1 --parameters-file secret.yaml
    lacks err hunter2
}
what_aws_says_of_its_retries_is_no_part_of_the_message() {
    { stack_is UPDATE_COMPLETE; printf '> cloudformation create-change-set*\n!say An error occurred (LimitExceededException) when calling the CreateChangeSet operation (reached max retries: 4): Too many change sets\n!exit 254\n'; } | scenario
    deploys 1
    says "cfngen: the change set cannot be made: LimitExceededException: Too many change sets"
}
what_events_say_cannot_steer_the_terminal() {
    {
        stack_is UPDATE_IN_PROGRESS
        events '*' <<END
9 UPDATE_ROLLBACK_COMPLETE - shop
8 UPDATE_FAILED AWS::SQS::Queue Queue one\\ntwo \\u001b[2Jthree
7 UPDATE_IN_PROGRESS - shop
END
    } | scenario
    ends 1 status --watch shop
    [ "$(wc -l <out)" = 3 ]
    if grep "$(printf '\033')" out err; then return 1; fi
    says "cause: Queue (AWS::SQS::Queue) UPDATE_FAILED: one"
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

that_nothing_changes_may_be_a_refusal() {
    { stack_is UPDATE_COMPLETE; printf '> cloudformation create-change-set*\n!error ValidationError No updates are to be performed.\n'; } | scenario
    deploys 0
    prints "nothing changes in the stack shop"
    if calls | grep delete; then return 1; fi
}
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
a_stack_that_was_never_created_is_not_deleted_to_look() {
    stack_is ROLLBACK_COMPLETE | scenario
    deploys 1 --parameter Owner=me --no-execute --yes
    says "cfngen: the stack shop is ROLLBACK_COMPLETE and cannot be updated"
    says "= hint: it was never created: cfngen destroy it, then deploy again"
    if calls | grep delete-stack; then return 1; fi
    nothing_was_executed
}
a_stack_in_review_is_created() {
    { stack_is REVIEW_IN_PROGRESS; change_set_is FAILED "Template error"; } | scenario
    deploys 1 --parameter Owner=me
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

# ---- signals ----

# Puts a signal into the block of a scenario with this number; aws then answers no more.
signal_in() { # SIGNAL BLOCK
    awk -v name="$1" -v block="$2" '
        { print }
        /^> / && ++n == block { print "!signal " name; print "!hang" }'
}
# In the scenario of update_that_succeeds: 1 describe-stacks, 2 create-change-set, 3 and 4
# describe-change-set, 5 get-template, 6 the newest event, 7 execute-change-set, 8 and 9 events.
a_signal_before_the_execution_changes_nothing() {
    for name in INT TERM; do
        for block in 1 2 3 4 5 6; do
            { update_that_succeeds | signal_in $name $block; printf '> cloudformation delete-change-set*\n'; } | scenario
            deploys 4
            says "cfngen: interrupted; nothing was changed in the stack shop"
            nothing_was_executed
            case $block in
            1) if calls | grep delete-change-set; then return 1; fi ;;
            2) called "delete-change-set --stack-name shop --change-set-name cfngen-" ;;
            *) the_change_set_was_dropped ;;
            esac
        done
    done
}
a_signal_after_it_leaves_the_stack() {
    for name in INT TERM; do
        for block in 7 8 9; do
            update_that_succeeds | signal_in $name $block | scenario
            deploys 4
            says "cfngen: the stack shop is left as it is, and what is under way goes on."
            says "cfngen status --watch shop"
            if calls | grep -e delete -e cancel; then return 1; fi
            test ! -e $file
        done
    done
}
a_second_signal_ends_the_tidying_up() {
    { update_that_succeeds | signal_in INT 4; printf '> cloudformation delete-change-set*\n!signal INT\n!hang\n'; } | scenario
    deploys 4
    nothing_was_executed
}
the_operation_that_was_left_is_watched_again() {
    {
        stack_is UPDATE_IN_PROGRESS
        events '*' <<END
11 UPDATE_COMPLETE - shop
10 UPDATE_COMPLETE AWS::SQS::Queue Queue
8 UPDATE_IN_PROGRESS - shop User Initiated
END
    } | scenario
    ends 0 status --watch shop
    prints "03:04:11  UPDATE_COMPLETE"
    says_nothing
    {
        stack_is UPDATE_IN_PROGRESS
        events '*' <<END
8 UPDATE_IN_PROGRESS - shop User Initiated
END
        echo '> cloudformation describe-stack-events*'
        echo '!signal INT'
        echo '!hang'
    } | scenario
    ends 4 status --watch shop
    says "what is under way in the stack shop goes on"
}
a_deployment_that_loses_its_connection_says_how_to_go_on() {
    { update_that_succeeds | awk '{ print } /^> / && ++n == 8 { print "!error ExpiredToken The token is expired" }'; } | scenario
    deploys 3
    says "ExpiredToken: The token is expired"
    says "cfngen: the stack shop is left as it is, and what is under way goes on."
    test ! -e $file
}

a_change_set_that_is_not_executed_goes() {
    { update_that_succeeds | awk '{ print } /^> / && ++n == 7 { print "!error InvalidChangeSetStatus It cannot be executed in its current status" }'; printf '> cloudformation delete-change-set*\n'; } | scenario
    deploys 3
    says "the change set cannot be executed: InvalidChangeSetStatus"
    says "cfngen: nothing was changed"
    the_change_set_was_dropped
    { update_that_succeeds | awk '{ print } /^> / && ++n == 6 { print "!error AccessDenied No events for you" }'; printf '> cloudformation delete-change-set*\n'; } | scenario
    deploys 3
    says "cfngen: nothing was changed"
    the_change_set_was_dropped
    nothing_was_executed
}
an_execution_without_an_answer_may_go_on() {
    update_that_succeeds | awk '{ print } /^> / && ++n == 7 { print "!say Read timeout on endpoint URL: https://cloudformation"; print "!exit 255" }' | scenario
    deploys 3
    says "cfngen: the stack shop is left as it is, and what is under way goes on."
    if calls | grep delete-change-set; then return 1; fi
}
what_is_not_known_of_a_stack_in_review_is_asked_for() {
    { stack_is REVIEW_IN_PROGRESS; change_set_is CREATE_COMPLETE; } | scenario
    deploys 1
    says "the parameter Owner (String) has no value"
    [ "$(calls | grep -c change-set)" = 0 ]
}

for test in no_message_shows_a_secret a_secret_of_several_lines_is_not_shown a_secret_that_is_cut_short_is_not_shown \
    what_aws_says_of_its_retries_is_no_part_of_the_message what_events_say_cannot_steer_the_terminal the_root_cause_comes_first the_cause_in_a_nested_stack_is_found \
    a_change_that_is_refused_is_told a_stack_that_was_there_for_the_change_alone_goes \
    what_aws_refuses_is_told that_nothing_changes_may_be_a_refusal what_is_under_way_is_watched_first what_is_under_way_and_fails_ends_it \
    a_stack_that_was_never_created_is_made_anew a_stack_that_was_never_created_is_not_deleted_to_look a_stack_in_review_is_created \
    a_stack_that_cannot_be_updated_is_told the_time_that_is_over_leaves_the_stack \
    a_long_history_is_read_back_to_what_is_known a_signal_before_the_execution_changes_nothing \
    a_signal_after_it_leaves_the_stack a_second_signal_ends_the_tidying_up \
    the_operation_that_was_left_is_watched_again a_deployment_that_loses_its_connection_says_how_to_go_on \
    a_change_set_that_is_not_executed_goes an_execution_without_an_answer_may_go_on what_is_not_known_of_a_stack_in_review_is_asked_for; do
    check $test
done
finish
