#!/bin/bash
# The cutover function with a simulated AWS that others wrote: a record in its Route 53, state and lock in its SSM, tasks of its
# DMS, metrics and alarms of its CloudWatch, and notes by its SNS; the real aws command makes them and looks at them.
set -eu
cd "$(dirname "$0")/../.."
. tests/support/tap.sh
. tests/support/simulated-aws.sh
simulated=$AWS_ENDPOINT_URL
. tests/support/lambda.sh
end_all() {
    end_emulator
    kill "$server" 2>/dev/null || :
    wait "$server" 2>/dev/null || :
    rm -rf "$scratch"
}
trap end_all EXIT

run_function() { # [NAME=VALUE...]
    exec env -i _HANDLER=cutover AWS_LAMBDA_RUNTIME_API="127.0.0.1:$port" AWS_ENDPOINT_URL="$simulated" \
        AWS_REGION=eu-west-2 AWS_ACCESS_KEY_ID=simulated AWS_SECRET_ACCESS_KEY=simulated AWS_LAMBDA_FUNCTION_NAME=cutover \
        HOSTED_ZONE_ID="$zone" RECORD_NAME=db.example.com SOURCE_HOST=old.example.net TARGET_HOST=new.example.net TTL=60 \
        TASK_ARN="$task" REVERSE_TASK_ARN="$reverse" REPLICATION_INSTANCE_IDENTIFIER=replication LATENCY_DATAPOINTS=2 \
        VALIDATOR_FUNCTION=validator ALARM_NAMES=cpu STATE_PARAMETER=/cutover/state LOCK_PARAMETER=/cutover/lock \
        TOPIC_ARN="$topic" "$@" "$OUT/lambda/bootstrap"
}

make_task() { # NAME TYPE
    aws dms create-replication-task --replication-task-identifier "$1" --source-endpoint-arn source --target-endpoint-arn target \
        --replication-instance-arn instance --migration-type "$2" --table-mappings '{"rules":[]}' \
        --query ReplicationTask.ReplicationTaskArn --output text
}
zone=$(aws route53 create-hosted-zone --name example.com --caller-reference 1 --query HostedZone.Id --output text)
zone=${zone#/hostedzone/}
task=$(make_task forward full-load-and-cdc)
reverse=$(make_task reverse cdc)
for arn in "$task" "$reverse"; do
    aws dms start-replication-task --replication-task-arn "$arn" --start-replication-task-type start-replication >/dev/null
done
aws dms stop-replication-task --replication-task-arn "$reverse" >/dev/null
topic=$(aws sns create-topic --name cutover --query TopicArn --output text)
queue=$(aws --endpoint-url "$simulated" sqs create-queue --queue-name notes --query QueueUrl --output text)
aws sns subscribe --topic-arn "$topic" --protocol sqs --notification-endpoint \
    "$(aws --endpoint-url "$simulated" sqs get-queue-attributes --queue-url "$queue" --attribute-names QueueArn --query Attributes.QueueArn --output text)" >/dev/null

measure() { # NAMESPACE METRIC VALUE DIMENSIONS: in each of the last four minutes
    for minutes in 1 2 3 4; do
        aws cloudwatch put-metric-data --namespace "$1" --metric-data \
            "MetricName=$2,Value=$3,Dimensions=[$4],Timestamp=$(date -u -d "-$minutes minutes" +%Y-%m-%dT%H:%M:00Z)"
    done
}
keeps_up() {
    for side in Source Target; do
        measure AWS/DMS "CDCLatency$side" 1 \
            "{Name=ReplicationInstanceIdentifier,Value=replication},{Name=ReplicationTaskIdentifier,Value=${task##*:}}"
    done
    for metric in Mismatches Incomplete; do
        measure Cfngen/Migration $metric 0 "{Name=FunctionName,Value=validator}"
    done
}
alarm() { # STATE
    aws cloudwatch set-alarm-state --alarm-name cpu --state-value "$1" --state-reason test
}
aws cloudwatch put-metric-alarm --alarm-name cpu --namespace AWS/RDS --metric-name CPUUtilization --period 60 --evaluation-periods 1 \
    --threshold 80 --comparison-operator GreaterThanThreshold --statistic Average

# Everything as a template makes it.
begin_cutover() {
    for given in 'state {"version":0,"phase":"waiting","weight":0}' 'lock {"holder":"","until":0}'; do
        aws ssm put-parameter --overwrite --type String --name "/cutover/${given%% *}" --value "${given#* }" >/dev/null
    done
}
state_is() { # TEXT
    aws ssm get-parameter --name /cutover/state --query Parameter.Value --output text | grep -qF "$1" ||
        { aws ssm get-parameter --name /cutover/state; return 1; }
    aws ssm get-parameter --name /cutover/lock --query Parameter.Value --output text | grep -qxF '{"holder":"","until":0}'
}
records() {
    aws route53 list-resource-record-sets --hosted-zone-id "$zone" --output text \
        --query "ResourceRecordSets[?Type=='CNAME'].[SetIdentifier, Weight, TTL, ResourceRecords[0].Value]" | sort | tr '\t\n' ' ,'
}
records_are() { # TEXT
    test "$(records)" = "$1" || { records; return 1; }
}
upsert() { # IDENTIFIER WEIGHT HOST
    printf '{"Action":"UPSERT","ResourceRecordSet":{"Name":"db.example.com","Type":"CNAME","SetIdentifier":"%s","Weight":%s,"TTL":60,"ResourceRecords":[{"Value":"%s"}]}}' "$@"
}
aws route53 change-resource-record-sets --hosted-zone-id "$zone" --change-batch \
    "{\"Changes\":[$(upsert source 100 old.example.net),$(upsert target 0 new.example.net)]}" >/dev/null
keeps_up
alarm OK
begin_cutover
start_function RECORD_MODE=weighted SOURCE_SET_IDENTIFIER=source TARGET_SET_IDENTIFIER=target

a_status_reads_tasks_metrics_alarms_and_the_record() {
    invoke '{"action":"status"}'
    answers '"warnings":[],"phase":"ready","weight":0,"ready":true,"task":{"status":"running","fullLoadPercent":100,"latencySeconds":1.0}'
    answers '"validation":{"clean":true'
    state_is '"phase":"ready"'
}
shares_are_shifted_step_by_step() {
    for weight in 20 50 80; do
        invoke "{\"action\":\"gradual_cutover\",\"aurora_weight\":$weight}"
        answers '"done":true'
        records_are "source $((100 - weight)) 60 old.example.net,target $weight 60 new.example.net,"
        state_is "\"phase\":\"shifting\",\"weight\":$weight"
    done
}
an_alarm_refuses_the_next_step() {
    alarm ALARM
    invoke '{"action":"manual_cutover"}'
    answers '"refused":true'
    answers 'the alarm cpu is in ALARM'
    records_are "source 20 60 old.example.net,target 80 60 new.example.net,"
    alarm OK
}
a_cutover_turns_the_tasks_round() {
    invoke '{"action":"manual_cutover","reverse":true}'
    answers '"done":true'
    answers '"phase":"complete","weight":100,"previousWeight":80'
    records_are "source 0 60 old.example.net,target 100 60 new.example.net,"
    test "$(aws dms describe-replication-tasks --query 'ReplicationTasks[].Status' --output text)" = "stopped	running"
}
a_rollback_leads_back() {
    invoke '{"action":"rollback"}'
    answers '"done":true'
    records_are "source 100 60 old.example.net,target 0 60 new.example.net,"
    state_is '"phase":"rolled_back","weight":0'
}
the_topic_was_told() {
    : >"$scratch/notes"
    for _ in 1 2 3; do
        aws --endpoint-url "$simulated" sqs receive-message --queue-url "$queue" --max-number-of-messages 10 --query 'Messages[].Body' --output text >>"$scratch/notes"
    done
    for word in ready shifted complete 'rolled back'; do
        grep -qF "Cutover of db.example.com: $word" "$scratch/notes" || { echo "$word"; return 1; }
    done
}
one_record_is_switched() {
    aws route53 change-resource-record-sets --hosted-zone-id "$zone" --change-batch \
        "{\"Changes\":[$(upsert source 100 old.example.net | sed s/UPSERT/DELETE/),$(upsert target 0 new.example.net | sed s/UPSERT/DELETE/)]}" >/dev/null
    begin_cutover
    start_function RECORD_MODE=cname
    invoke '{"action":"manual_cutover","force":true}'
    answers '"done":true'
    records_are "None None 60 new.example.net,"
    invoke '{"action":"rollback","force":true}'
    answers '"done":true'
    records_are "None None 60 old.example.net,"
    end_function
}
for test in a_status_reads_tasks_metrics_alarms_and_the_record shares_are_shifted_step_by_step an_alarm_refuses_the_next_step \
    a_cutover_turns_the_tasks_round a_rollback_leads_back the_topic_was_told; do check $test; done
end_function
check one_record_is_switched
finish
