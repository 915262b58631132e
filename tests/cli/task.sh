#!/bin/sh
# cfngen task: what is asked of DMS, in which order, and what is said about the answers.
set -eu
cd "$(dirname "$0")/../.."
. tests/support/tap.sh
. tests/support/cli.sh
. tests/support/aws.sh
cd "$scratch"
arn=arn:aws:dms:eu-west-2:123456789012:task:ABC

task_is() { # STATE [MEMBERS]: an answer, once
    printf '> dms describe-replication-tasks*\n{"ReplicationTasks": [{"ReplicationTaskIdentifier": "migration", "Status": "%s", "MigrationType": "full-load-and-cdc", ' "$1"
    printf '"SourceEndpointArn": "arn:source", "TargetEndpointArn": "arn:target", "ReplicationInstanceArn": "arn:instance"%s}]}\n' "${2-}"
}
started=', "ReplicationTaskStartDate": "2026-01-02T03:04:05+00:00"'
loaded() { # PERCENT
    printf '%s, "ReplicationTaskStats": {"FullLoadProgressPercent": %s, "TablesLoaded": 1, "TablesLoading": 1, "TablesQueued": 0, "TablesErrored": 0}' "$started" "$1"
}
connection_is() { # ENDPOINT STATE [MESSAGE]
    printf '> dms describe-connections*%s*\n{"Connections": [{"EndpointIdentifier": "%s", "Status": "%s", "LastFailureMessage": "%s"}]}\n' "$1" "$1" "$2" "${3-}"
}
tables_are() { # STATE VALIDATION
    cat <<END
> dms describe-table-statistics*
{"TableStatistics": [
  {"SchemaName": "shop", "TableName": "orders", "TableState": "Table completed", "FullLoadRows": 1200, "Inserts": 3, "Updates": 2, "Deletes": 1, "Ddls": 0, "ValidationState": "Validated"},
  {"SchemaName": "shop", "TableName": "items", "TableState": "$1", "FullLoadRows": 7, "ValidationState": "$2", "ValidationFailedRecords": 0, "ValidationPendingRecords": 5}]}
END
}
resources_are() { # ID...
    printf '> cloudformation list-stack-resources*\n{"StackResourceSummaries": [{"LogicalResourceId": "Key", "ResourceType": "AWS::KMS::Key", "PhysicalResourceId": "k", "ResourceStatus": "CREATE_COMPLETE"}'
    for id; do printf ', {"LogicalResourceId": "%s", "ResourceType": "AWS::DMS::ReplicationTask", "PhysicalResourceId": "%s", "ResourceStatus": "CREATE_COMPLETE"}' "$id" "$arn$id"; done
    printf ']}\n'
}

# ---- which task ----

a_stack_with_one_task_names_it() {
    { resources_are Task; task_is ready; tables_are "Before load" "Not enabled"; } | scenario
    ends 0 task status shop
    called "list-stack-resources --stack-name shop"
    called "Name=replication-task-arn,Values=${arn}Task"
    prints "state    ready (never started)"
}
one_of_several_must_be_named() {
    { resources_are Task ReverseTask; task_is ready; tables_are "Before load" "Not enabled"; } | scenario
    ends 3 task status shop
    says "cfngen: the stack shop has several tasks"
    says "name one of these: shop/Task shop/ReverseTask"
    prints_nothing
    ends 0 task status shop/ReverseTask
    called "Values=${arn}ReverseTask"
}
a_stack_without_a_task_is_told() {
    resources_are | scenario
    ends 3 task start shop
    says "the stack shop has no task"
    ends 3 task start shop/Other
    says "the stack shop has no task Other"
}
a_task_that_is_not_there_is_told() {
    printf '> dms describe-replication-tasks*\n!error ResourceNotFoundFault No task was found\n' | scenario
    ends 3 task stop $arn
    says "there is no task $arn"
    printf '> dms describe-replication-tasks*\n!error AccessDenied no\n' | scenario
    ends 3 task stop $arn
    says "the task $arn cannot be looked up: AccessDenied: no"
}

# ---- test ----

both_connections_are_tested() {
    { task_is ready; echo '> dms test-connection*'; echo '{}'; connection_is arn:source testing; connection_is arn:source successful; connection_is arn:target successful; } | scenario
    ends 0 task test $arn
    called "test-connection --replication-instance-arn arn:instance --endpoint-arn arn:source"
    called "test-connection --replication-instance-arn arn:instance --endpoint-arn arn:target"
    prints "source  successful  arn:source"
    prints "target  successful  arn:target"
    says_nothing
}
a_failing_connection_is_told_with_what_helps() {
    { task_is ready; echo '> dms test-connection*'; echo '{}'; connection_is arn:source failed "Test Endpoint failed: Access denied for user dms"; connection_is arn:target successful; } | scenario
    ends 1 task test $arn
    prints "source  failed      arn:source"
    says "Access denied for user dms"
    says "hint: the login of the endpoint's secret"
    prints "target  successful"
}

# ---- start ----

the_first_start_tests_the_connections() {
    { task_is ready; echo '> dms test-connection*'; echo '{}'; connection_is arn:source successful; connection_is arn:target successful
      echo '> dms start-replication-task*'; echo '{}'; task_is starting "$started"; task_is running "$started"; } | scenario
    ends 0 task start $arn
    called "start-replication-task --replication-task-arn $arn --start-replication-task-type start-replication"
    test "$(tr '\n' '|' <out)" = "ready|source  successful  arn:source|target  successful  arn:target|starting|running|"
}
nothing_is_started_when_a_connection_fails() {
    { task_is ready; echo '> dms test-connection*'; echo '{}'; connection_is arn:source successful; connection_is arn:target failed "connection timed out"; } | scenario
    ends 1 task start $arn
    says "hint: security groups"
    if calls | grep start-replication-task; then return 1; fi
}
a_stopped_task_goes_on_where_it_was() {
    { task_is stopped "$started"; echo '> dms start-replication-task*'; echo '{}'; task_is stopped "$started"; task_is starting "$started"; task_is running "$started"; } | scenario
    ends 0 task start $arn
    called "--start-replication-task-type resume-processing"
    if calls | grep test-connection; then return 1; fi
    test "$(tail -1 out)" = running
}
a_running_task_is_left_alone() {
    task_is running "$started" | scenario
    ends 0 task start $arn
    says "the task runs already"
    if calls | grep start-replication-task; then return 1; fi
}
a_task_that_fails_is_told() {
    { task_is stopped "$started"; echo '> dms start-replication-task*'; echo '{}'; task_is starting "$started"
      task_is failed "$started, \"LastFailureMessage\": \"Last Error: no binary log\", \"StopReason\": \"Stop Reason FATAL_ERROR\""; tables_are "Table error" "Not enabled"; } | scenario
    ends 1 task start $arn
    prints "failure  Last Error: no binary log"
    prints "reason   Stop Reason FATAL_ERROR"
}
what_dms_refuses_is_passed_on() {
    { task_is stopped "$started"; printf '> dms start-replication-task*\n!error InvalidResourceStateFault The task cannot be started now\n'; } | scenario
    ends 3 task start $arn
    says "The task cannot be started now"
}
a_position_is_for_changes_alone() {
    task_is stopped "$started" | scenario
    ends 1 task start $arn --from mysql-bin.000001:4
    says "it takes no start position"
    if calls | grep start-replication-task; then return 1; fi
}
a_position_begins_a_task_of_changes_anew() {
    { task_is stopped "$started" | sed 's/full-load-and-cdc/cdc/'; echo '> dms start-replication-task*'; echo '{}'; task_is running "$started"; } | scenario
    ends 0 task start $arn --from mysql-bin.000001:4
    called "--start-replication-task-type start-replication --cdc-start-position mysql-bin.000001:4"
}
a_start_that_does_not_show_is_no_success() {
    { task_is stopped "$started"; echo '> dms start-replication-task*'; echo '{}'; task_is stopped "$started"; } | scenario
    ends 4 task start $arn
    says "DMS was asked, but the task is still stopped"
}
a_task_that_stops_right_away_is_shown() {
    { task_is stopped "$started"; echo '> dms start-replication-task*'; echo '{}'; task_is starting "$started"
      task_is stopped "$started, \"StopReason\": \"Stop Reason RECOVERABLE_ERROR\""; tables_are "Table error" "Not enabled"; } | scenario
    ends 1 task start $arn
    prints "reason   Stop Reason RECOVERABLE_ERROR"
}
a_test_that_dms_knows_nothing_of_ends() {
    { task_is ready; echo '> dms test-connection*'; echo '{}'; echo '> dms describe-connections*'; echo '{"Connections": []}'; } | scenario
    ends 3 task test $arn
    says "DMS knows of no such test"
}
a_load_is_watched_to_its_end() {
    { task_is stopped "$started"; echo '> dms start-replication-task*'; echo '{}'; task_is running "$(loaded 10)"; task_is running "$(loaded 10)"
      task_is running "$(loaded 55)"; task_is running "$(loaded 100)"; tables_are "Table completed" "Pending records"; } | scenario
    ends 0 task start $arn --watch
    prints "running, 10 % loaded, 1 tables loaded, 1 loading"
    prints "running, 55 % loaded"
    prints "shop.orders                               Table completed            1200         3         2         1      0  Validated"
    prints "Pending records, 5 pending"
    test "$(grep -c '10 % loaded' out)" = 1
}

tables_are_live_on_a_terminal() {
    { task_is running "$(loaded 10)"; task_is running "$(loaded 60)"; task_is running "$(loaded 100)"; tables_are "Full load" "Not enabled"; } | scenario
    script -qec "'$CFNGEN' task status $arn --watch" typed >shown </dev/null
    esc=$(printf '\033')
    grep -qF "running, 10 % loaded" shown
    grep -qF "$esc[4A" shown # back to the first of the lines
    grep -q "^$esc.Kshop.items  *Full load  *7" shown
    if sed '/task  *migration/,$d' shown | grep shop.orders; then return 1; fi # what is loaded makes room
    grep -qF "1 tables are loaded, 0 more are not" shown
    grep -q "^shop.orders  *Table completed  *1200" shown
}

# ---- stop, status, reload ----

a_task_is_stopped_and_waited_for() {
    { task_is running "$started"; echo '> dms stop-replication-task*'; echo '{}'; task_is stopping "$started"; task_is stopped "$started"; } | scenario
    ends 0 task stop $arn
    called "stop-replication-task --replication-task-arn $arn"
    test "$(tail -1 out)" = stopped
}
a_task_that_goes_on_running_was_not_stopped() {
    { task_is running "$started"; echo '> dms stop-replication-task*'; echo '{}'; task_is running "$started"; } | scenario
    ends 4 task stop $arn
    says "DMS was asked, but the task is still running"
}
a_task_that_stops_already_is_waited_for() {
    { task_is stopping "$started"; task_is stopped "$started"; } | scenario
    ends 0 task stop $arn
    if calls | grep stop-replication-task; then return 1; fi
    test "$(tail -1 out)" = stopped
    says_nothing
}
a_task_that_stopped_by_itself_is_stopped() {
    { task_is running "$started"; printf '> dms stop-replication-task*\n!error InvalidResourceStateFault The task is not running\n'; task_is stopped "$started"; } | scenario
    ends 0 task stop $arn
    test "$(tail -1 out)" = stopped
}
a_task_that_does_not_run_is_not_stopped() {
    task_is ready | scenario
    ends 0 task stop $arn
    says "the task does not run: it is ready"
    if calls | grep stop-replication-task; then return 1; fi
}
tables_in_trouble_are_findings() {
    { task_is running "$(loaded 100)"; tables_are "Table completed" "Mismatched records"; } | scenario
    ends 1 task status $arn
    { task_is running "$(loaded 100)"; tables_are "Table error" "Not enabled"; } | scenario
    ends 1 task status $arn
    { task_is running "$(loaded 100)"; tables_are "Table completed" "Validated"; } | scenario
    ends 0 task status $arn
    prints "load     100 %: 1 tables loaded, 1 loading, 0 queued, 0 in error"
}
a_status_is_json_for_programs() {
    { task_is running "$(loaded 100)"; tables_are "Table completed" "Validated"; } | scenario
    ends 0 task status $arn --json
    prints '"state":"running"'
    prints '"fullLoadProgressPercent":100'
    prints '{"schema":"shop","table":"orders","state":"Table completed","validationState":"Validated","fullLoadRows":1200,"inserts":3,'
}
single_tables_are_loaded_again_while_the_task_runs() {
    { task_is running "$started"; echo '> dms reload-tables*'; echo '{}'; } | scenario
    ends 1 task reload $arn --table shop.orders
    says "--yes agrees"
    { task_is running "$started"; echo '> dms reload-tables*'; echo '{}'; } | scenario
    ends 0 task reload $arn --table shop.orders --table 'shop.it"ems' --yes
    was_given '"TablesToReload":[{"SchemaName":"shop","TableName":"orders"},{"SchemaName":"shop","TableName":"it\"ems"}]'
    task_is stopped "$started" | scenario
    ends 1 task reload $arn --table shop.orders --yes
    says "of a running one alone"
    ends 2 task reload $arn --table orders
}
all_tables_are_loaded_again_when_it_has_stopped() {
    { task_is stopped "$started"; echo '> dms start-replication-task*'; echo '{}'; task_is running "$started"; } | scenario
    ends 0 task reload $arn --yes
    called "--start-replication-task-type reload-target"
    task_is running "$started" | scenario
    ends 1 task reload $arn --yes
    says "stop it first, or name the tables"
    task_is ready | scenario
    ends 1 task reload $arn --yes
    says "never started"
}
a_signal_ends_the_wait_and_nothing_else() {
    for name in INT TERM; do
        { task_is running "$started"; echo '> dms stop-replication-task*'; echo '{}'; task_is stopping "$started"; printf '> dms describe-replication-tasks*\n!signal %s\n!hang\n' $name; } | scenario
        ends 4 task stop $arn
        says "interrupted; what DMS has begun goes on"
    done
}
letters_that_steer_a_terminal_are_not_printed() {
    { task_is failed "$started, \"LastFailureMessage\": \"a\\u001b[31mb\""; tables_are "Table error" x; } | scenario
    ends 1 task status $arn
    prints "failure  a [31mb"
}

for test in a_stack_with_one_task_names_it one_of_several_must_be_named a_stack_without_a_task_is_told a_task_that_is_not_there_is_told \
    both_connections_are_tested a_failing_connection_is_told_with_what_helps the_first_start_tests_the_connections \
    nothing_is_started_when_a_connection_fails a_stopped_task_goes_on_where_it_was a_running_task_is_left_alone a_task_that_fails_is_told \
    what_dms_refuses_is_passed_on a_position_is_for_changes_alone a_position_begins_a_task_of_changes_anew a_start_that_does_not_show_is_no_success \
    a_task_that_stops_right_away_is_shown a_test_that_dms_knows_nothing_of_ends \
    a_task_that_goes_on_running_was_not_stopped a_task_that_stops_already_is_waited_for a_task_that_stopped_by_itself_is_stopped a_load_is_watched_to_its_end a_task_is_stopped_and_waited_for \
    a_task_that_does_not_run_is_not_stopped tables_in_trouble_are_findings a_status_is_json_for_programs \
    single_tables_are_loaded_again_while_the_task_runs all_tables_are_loaded_again_when_it_has_stopped \
    a_signal_ends_the_wait_and_nothing_else letters_that_steer_a_terminal_are_not_printed; do
    check $test
done
if command -v script >/dev/null; then check tables_are_live_on_a_terminal; else skip tables_are_live_on_a_terminal "no script"; fi
finish
