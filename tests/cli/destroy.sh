#!/bin/sh
# cfngen destroy, drift and status: what they say, what they ask, and what they leave alone.
set -eu
cd "$(dirname "$0")/../.."
. tests/support/tap.sh
. tests/support/cli.sh
. tests/support/aws.sh
. tests/support/stacks.sh
task_arn=arn:aws:dms:eu-west-2:123456789012:task:ABC

# ---- destroy ----

resources_are() { # [TEMPLATE AS JSON]
    echo '> cloudformation list-stack-resources*'
    cat <<END
{"StackResourceSummaries": [
  {"LogicalResourceId": "Queue", "ResourceType": "AWS::SQS::Queue", "PhysicalResourceId": "https://queue", "ResourceStatus": "CREATE_COMPLETE"},
  {"LogicalResourceId": "Table", "ResourceType": "AWS::DynamoDB::Table", "PhysicalResourceId": "shop-table", "ResourceStatus": "CREATE_COMPLETE"},
  {"LogicalResourceId": "Cluster", "ResourceType": "AWS::RDS::DBCluster", "PhysicalResourceId": "shop-cluster", "ResourceStatus": "UPDATE_COMPLETE"},
  {"LogicalResourceId": "Key", "ResourceType": "AWS::KMS::Key", "PhysicalResourceId": "key-1", "ResourceStatus": "CREATE_COMPLETE"},
  {"LogicalResourceId": "Task", "ResourceType": "AWS::DMS::ReplicationTask", "PhysicalResourceId": "$task_arn", "ResourceStatus": "CREATE_COMPLETE"},
  {"LogicalResourceId": "Gone", "ResourceType": "AWS::DynamoDB::Table", "PhysicalResourceId": "gone", "ResourceStatus": "DELETE_COMPLETE"}]}
END
    echo '> cloudformation get-template*'
    cat <<'END'
{"TemplateBody": {"Resources": {"Queue": {"Type": "AWS::SQS::Queue"}, "Table": {"Type": "AWS::DynamoDB::Table"},
  "Cluster": {"Type": "AWS::RDS::DBCluster"}, "Key": {"Type": "AWS::KMS::Key", "DeletionPolicy": "Retain"},
  "Task": {"Type": "AWS::DMS::ReplicationTask"}}}}
END
}
task_is() { # STATE
    printf '> dms describe-replication-tasks*\n{"ReplicationTasks": [{"Status": "%s"}]}\n' "$1"
}
deletion_that_succeeds() {
    events '*--max-items 1 *' <<END
7 UPDATE_COMPLETE - shop
END
    echo '> cloudformation delete-stack*'
    events '*--max-items 100 *' <<END
9 DELETE_COMPLETE AWS::SQS::Queue Queue
8 DELETE_IN_PROGRESS - shop User Initiated
7 UPDATE_COMPLETE - shop
END
    events '*--max-items 100 *' <<END
11 DELETE_COMPLETE - shop
10 DELETE_SKIPPED AWS::KMS::Key Key
9 DELETE_COMPLETE AWS::SQS::Queue Queue
8 DELETE_IN_PROGRESS - shop User Initiated
7 UPDATE_COMPLETE - shop
END
}

a_stack_is_deleted_and_what_stays_is_listed() {
    { stack_is UPDATE_COMPLETE; resources_are; task_is stopped; deletion_that_succeeds; } | scenario
    ends 0 destroy shop --yes --role-arn arn:aws:iam::123456789012:role/deployer
    prints "  Table (AWS::DynamoDB::Table) shop-table is deleted with all that is in it"
    prints "  Cluster (AWS::RDS::DBCluster) shop-cluster is deleted after a snapshot was taken"
    prints "  Key (AWS::KMS::Key) key-1 stays, outside of the stack"
    prints "03:04:11  DELETE_COMPLETE"
    prints "The stack shop is deleted. These stay, and cost:"
    prints "  AWS::KMS::Key key-1"
    lacks out gone
    called "delete-stack --stack-name $stack_arn --role-arn arn:aws:iam::123456789012:role/deployer"
    says_nothing
}
without_agreement_nothing_is_deleted() {
    { stack_is UPDATE_COMPLETE; resources_are; task_is stopped; } | scenario
    ends 1 destroy shop
    says "Delete the stack shop with its 5 resources? There is no terminal to ask on; --yes agrees"
    if calls | grep delete; then return 1; fi
}
a_terminal_is_asked() {
    for answer in y n; do
        { stack_is UPDATE_COMPLETE; resources_are; task_is stopped; deletion_that_succeeds; } | scenario
        echo $answer | script -qec "'$CFNGEN' destroy shop" typed >shown || :
        grep -qF "Delete the stack shop with its 5 resources? [y/N]" shown
        if [ $answer = y ]; then called delete-stack; elif calls | grep delete-stack; then return 1; fi
    done
}
a_running_task_is_stopped_on_request() {
    { stack_is UPDATE_COMPLETE; resources_are; task_is running; } | scenario
    ends 1 destroy shop --yes
    says "the task Task is running, and DMS does not delete it so"
    says "hint: --stop-task stops it first"
    if calls | grep -e delete-stack -e stop-replication-task; then return 1; fi
    {
        stack_is UPDATE_COMPLETE
        resources_are
        task_is running
        task_is running
        echo '> dms stop-replication-task*'
        task_is stopping
        task_is stopped
        deletion_that_succeeds
    } | scenario
    ends 0 destroy shop --yes --stop-task
    says "stopping the task Task"
    called "dms stop-replication-task --replication-task-arn $task_arn"
    [ "$(calls | grep -c describe-replication-tasks)" = 4 ]
    [ "$(calls | grep -n -e stop-replication -e delete-stack | tail -1 | grep -c delete-stack)" = 1 ]
}
a_task_that_starts_is_stopped_when_it_runs() {
    {
        stack_is UPDATE_COMPLETE
        resources_are
        task_is starting
        task_is starting
        task_is running
        echo '> dms stop-replication-task*'
        echo '!error InvalidResourceStateFault The task is not running'
        task_is stopped
        deletion_that_succeeds
    } | scenario
    ends 0 destroy shop --yes --stop-task
    [ "$(calls | grep -c stop-replication-task)" = 1 ]
}
a_task_that_does_not_stop_is_told() {
    { stack_is UPDATE_COMPLETE; resources_are; task_is running; echo '> dms stop-replication-task*'; } | scenario
    ends 3 destroy shop --yes --stop-task
    says "DMS was asked, but the task is still running"
    if calls | grep delete-stack; then return 1; fi
}
a_deletion_that_fails_is_told() {
    {
        stack_is UPDATE_COMPLETE
        resources_are
        task_is stopped
        events '*--max-items 1 *' <<END
7 UPDATE_COMPLETE - shop
END
        echo '> cloudformation delete-stack*'
        events '*' <<END
10 DELETE_FAILED - shop The following resource(s) failed to delete: [Cluster].
9 DELETE_FAILED AWS::RDS::DBCluster Cluster Cannot delete protected Cluster, please disable deletion protection
8 DELETE_IN_PROGRESS - shop
7 UPDATE_COMPLETE - shop
END
    } | scenario
    ends 1 destroy shop --yes
    says "cfngen: the stack shop was not deleted: DELETE_FAILED"
    says "  cause: Cluster (AWS::RDS::DBCluster) DELETE_FAILED: Cannot delete protected Cluster"
    says "hint: turn the protection of the database off first"
}
a_protected_stack_is_told() {
    {
        echo '> cloudformation describe-stacks*'
        answer_of_stack CREATE_COMPLETE ', "EnableTerminationProtection": true'
    } | scenario
    ends 1 destroy shop --yes
    says "the stack shop is protected against its deletion"
    says "--no-enable-termination-protection --stack-name shop"
}
a_stack_that_is_gone_is_no_mistake() {
    no_stack | scenario
    ends 0 destroy shop --yes
    says "cfngen: there is no stack shop"
}
a_deletion_under_way_is_watched() {
    {
        stack_is DELETE_IN_PROGRESS
        events '*' <<END
9 DELETE_COMPLETE - shop
8 DELETE_IN_PROGRESS - shop User Initiated
7 UPDATE_COMPLETE - shop
END
    } | scenario
    ends 0 destroy shop
    says "the stack shop is DELETE_IN_PROGRESS: watching that"
    prints "03:04:09  DELETE_COMPLETE"
    if calls | grep delete-stack; then return 1; fi
}
another_operation_comes_to_its_end_first() {
    {
        stack_is UPDATE_IN_PROGRESS
        events '*--max-items 100 *' <<END
7 UPDATE_ROLLBACK_COMPLETE - shop
6 UPDATE_IN_PROGRESS - shop
END
        stack_is UPDATE_ROLLBACK_COMPLETE
        resources_are
        task_is stopped
        deletion_that_succeeds
    } | scenario
    ends 0 destroy shop --yes
    says "the stack shop is UPDATE_IN_PROGRESS: watching that first"
    called delete-stack
}
a_signal_leaves_the_stack() {
    for name in INT TERM; do
        { stack_is UPDATE_COMPLETE; printf '> *\n!signal %s\n!hang\n' $name; } | scenario
        ends 4 destroy shop --yes
        says "cfngen: interrupted; the stack shop was not deleted"
        if calls | grep delete-stack; then return 1; fi
        {
            stack_is UPDATE_COMPLETE
            resources_are
            task_is stopped
            events '*--max-items 1 *' <<END
7 UPDATE_COMPLETE - shop
END
            printf '> cloudformation delete-stack*\n> *\n!signal %s\n!hang\n' $name
        } | scenario
        ends 4 destroy shop --yes
        says "what is under way in the stack shop goes on"
    done
}
a_template_in_yaml_is_read_too() {
    {
        stack_is UPDATE_COMPLETE
        resources_are | sed '/get-template/,$d'
        echo '> cloudformation get-template*'
        printf '%s\n' '{"TemplateBody": "Resources:\n  Key:\n    Type: AWS::KMS::Key\n    DeletionPolicy: Retain\n"}'
        task_is stopped
    } | scenario
    ends 1 destroy shop
    prints "  Key (AWS::KMS::Key) key-1 stays, outside of the stack"
}

# ---- drift ----

detection_ends() { # STATUS [REASON]
    printf '> cloudformation detect-stack-drift*\n{"StackDriftDetectionId": "d-1"}\n'
    printf '> cloudformation describe-stack-drift-detection-status*\n{"DetectionStatus": "DETECTION_IN_PROGRESS"}\n'
    printf '> cloudformation describe-stack-drift-detection-status*\n{"DetectionStatus": "%s", "DetectionStatusReason": "%s"}\n' "$1" "${2-}"
}
what_was_changed_by_hand_is_shown() {
    {
        detection_ends DETECTION_COMPLETE
        cat <<'END'
> cloudformation describe-stack-resource-drifts*
{"StackResourceDrifts": [
  {"LogicalResourceId": "Group", "ResourceType": "AWS::EC2::SecurityGroup", "PhysicalResourceId": "sg-1", "StackResourceDriftStatus": "MODIFIED",
   "PropertyDifferences": [
     {"PropertyPath": "/SecurityGroupIngress/1", "ExpectedValue": "null", "ActualValue": "{\"CidrIp\":\"0.0.0.0/0\"}", "DifferenceType": "ADD"},
     {"PropertyPath": "/GroupDescription", "ExpectedValue": "before", "ActualValue": "after", "DifferenceType": "NOT_EQUAL"}]},
  {"LogicalResourceId": "Queue", "ResourceType": "AWS::SQS::Queue", "PhysicalResourceId": "q", "StackResourceDriftStatus": "DELETED"}]}
END
    } | scenario
    ends 1 drift shop
    cat >expected <<'END'
  MODIFIED  Group (AWS::EC2::SecurityGroup) sg-1
    /SecurityGroupIngress/1
      + {"CidrIp":"0.0.0.0/0"}
    /GroupDescription
      - before
      + after
  DELETED   Queue (AWS::SQS::Queue) q
2 resources of the stack shop drifted from the template.
END
    diff expected out
    called "describe-stack-drift-detection-status --stack-drift-detection-id d-1"
}
a_stack_without_drift_is_clean() {
    { detection_ends DETECTION_COMPLETE; printf '> *\n{"StackResourceDrifts": []}\n'; } | scenario
    ends 0 drift shop
    prints "The stack shop is as its template says"
}
drifts_of_all_pages_are_shown() {
    {
        detection_ends DETECTION_COMPLETE
        printf '> cloudformation describe-stack-resource-drifts*--next-token second page*\n'
        printf '{"StackResourceDrifts": [{"LogicalResourceId": "Role", "ResourceType": "AWS::IAM::Role", "PhysicalResourceId": "r-1", "StackResourceDriftStatus": "DELETED"}]}\n'
        printf '> cloudformation describe-stack-resource-drifts*\n{"StackResourceDrifts": [], "NextToken": "second page"}\n'
    } | scenario
    ends 1 drift shop
    prints "  DELETED   Role (AWS::IAM::Role) r-1"
    prints "1 resource of the stack shop drifted from the template."
    { detection_ends DETECTION_COMPLETE; printf '> *\n{"StackResourceDrifts": [], "NextToken": "the same again"}\n'; } | scenario
    ends 0 drift shop
    [ "$(calls | grep -c next-token)" = 1 ]
}
a_detection_that_fails_is_incomplete() {
    { detection_ends DETECTION_FAILED "Failed to detect drift on resource [Queue]"; printf '> *\n{"StackResourceDrifts": []}\n'; } | scenario
    ends 4 drift shop
    says "some resources were not looked at: Failed to detect drift on resource [Queue]"
}
a_drift_that_is_refused_is_told() {
    printf '> *\n!error ValidationError Stack [shop] does not exist\n' | scenario
    ends 3 drift shop
    says "the drift of the stack shop cannot be detected: ValidationError: Stack [shop] does not exist"
}
a_signal_ends_the_waiting_for_a_drift() {
    { printf '> cloudformation detect-stack-drift*\n{"StackDriftDetectionId": "d-1"}\n> *\n!signal INT\n!hang\n'; } | scenario
    ends 4 drift shop
    says "interrupted; the detection goes on"
}

# ---- status ----

the_state_of_a_stack_is_told() {
    stack_is UPDATE_COMPLETE | scenario
    ends 0 status shop
    printf 'stack    shop\nstatus   UPDATE_COMPLETE\nsince    2026-01-02T03:04:05.678000+00:00\n' | cmp - out
}
the_cause_of_a_failure_is_told() {
    {
        stack_is ROLLBACK_COMPLETE
        events '*' <<END
5 ROLLBACK_COMPLETE - shop
4 ROLLBACK_IN_PROGRESS - shop
3 CREATE_FAILED AWS::SQS::Queue Queue A queue too many
2 CREATE_IN_PROGRESS - shop
1 REVIEW_IN_PROGRESS - shop
END
    } | scenario
    ends 1 status shop
    prints "cause    Queue (AWS::SQS::Queue) CREATE_FAILED: A queue too many"
    prints "next     it was never created: cfngen destroy it, then deploy again"
}

for test in a_stack_is_deleted_and_what_stays_is_listed without_agreement_nothing_is_deleted \
    a_running_task_is_stopped_on_request a_task_that_starts_is_stopped_when_it_runs a_task_that_does_not_stop_is_told a_deletion_that_fails_is_told a_protected_stack_is_told \
    a_stack_that_is_gone_is_no_mistake a_deletion_under_way_is_watched another_operation_comes_to_its_end_first \
    a_signal_leaves_the_stack a_template_in_yaml_is_read_too what_was_changed_by_hand_is_shown \
    a_stack_without_drift_is_clean drifts_of_all_pages_are_shown a_detection_that_fails_is_incomplete a_drift_that_is_refused_is_told \
    a_signal_ends_the_waiting_for_a_drift the_state_of_a_stack_is_told the_cause_of_a_failure_is_told; do
    check $test
done
if command -v script >/dev/null; then
    check a_terminal_is_asked
else
    skip a_terminal_is_asked "no script(1)"
fi
finish
