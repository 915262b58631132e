"""Makes in moto what a cutover function of a deployed blueprint works on, where its stand-ins are no more than names.

    blueprint_cutover.py world STANDINS FUNCTION    the zone with the record, tasks of which the first runs, parameters,
                                                    alarms and the function; prints its environment as lines NAME=VALUE
    blueprint_cutover.py metrics STANDINS FUNCTION  no latency in the last minutes, and a validation that found nothing
    blueprint_cutover.py record STANDINS FUNCTION ZONE  where the name leads to: a line HOST or WEIGHT HOST each
"""

import base64
import datetime
import json
import sys

import boto3

# An empty zip.
NO_CODE = base64.b64decode("UEsFBgAAAAAAAAAAAAAAAAAAAAAAAA==")
TASK = {"SourceEndpointArn": "arn:aws:dms:::endpoint:a", "TargetEndpointArn": "arn:aws:dms:::endpoint:b",
        "ReplicationInstanceArn": "arn:aws:dms:::rep:a", "MigrationType": "cdc", "TableMappings": "{}"}


def of_type(records, kind):
    return [r["Properties"] for r in records.values() if r["Type"] == kind]


def make_record(records, environment):
    """The id of the zone is moto's own, which the function is told in place of the stand-in's."""
    route53, name = boto3.client("route53"), environment["RECORD_NAME"]
    zone = route53.create_hosted_zone(Name=name.split(".", 1)[1], CallerReference=name)["HostedZone"]["Id"]
    environment["HOSTED_ZONE_ID"] = zone.rsplit("/", 1)[-1]
    changes = []
    for given in of_type(records, "AWS::Route53::RecordSet"):
        if given["Name"] != name:
            continue
        record = {key: given[key] for key in ("Name", "Type", "SetIdentifier") if key in given}
        record["TTL"] = int(given["TTL"])
        record["ResourceRecords"] = [{"Value": value} for value in given["ResourceRecords"]]
        if "Weight" in given:
            record["Weight"] = int(given["Weight"])
        changes.append({"Action": "CREATE", "ResourceRecordSet": record})
    route53.change_resource_record_sets(HostedZoneId=zone, ChangeBatch={"Changes": changes})


def make_tasks(environment):
    """moto's tasks are made for ever, until they are started; that of the way back is not running yet."""
    dms = boto3.client("dms")
    there = {task["ReplicationTaskArn"] for task in dms.describe_replication_tasks()["ReplicationTasks"]}
    for key in ("TASK_ARN", "REVERSE_TASK_ARN"):
        arn = environment.get(key)
        if not arn or arn in there:
            continue
        dms.create_replication_task(ReplicationTaskIdentifier=arn.rsplit(":", 1)[-1], **TASK)
        dms.start_replication_task(ReplicationTaskArn=arn, StartReplicationTaskType="start-replication")
        if key == "REVERSE_TASK_ARN":
            dms.stop_replication_task(ReplicationTaskArn=arn)


def make_alarms(environment):
    for name in filter(None, environment.get("ALARM_NAMES", "").split(",")):
        boto3.client("cloudwatch").put_metric_alarm(
            AlarmName=name, Namespace="AWS/DMS", MetricName="any", Statistic="Maximum", Period=60,
            EvaluationPeriods=1, Threshold=1, ComparisonOperator="GreaterThanThreshold")


def make_function(name):
    role = boto3.client("iam").create_role(RoleName=name, AssumeRolePolicyDocument="{}")["Role"]["Arn"]
    boto3.client("lambda").create_function(
        FunctionName=name, Runtime="provided.al2023", Handler="cutover", Role=role, Code={"ZipFile": NO_CODE})


def world(records, name, environment):
    make_record(records, environment)
    make_tasks(environment)
    make_alarms(environment)
    make_function(name)
    for given in of_type(records, "AWS::SSM::Parameter"):
        if given["Name"] not in (environment["STATE_PARAMETER"], environment["LOCK_PARAMETER"]):
            continue
        boto3.client("ssm").put_parameter(Name=given["Name"], Value=given["Value"], Type=given["Type"])
    environment.update(_HANDLER=environment.get("_HANDLER", "cutover"), AWS_LAMBDA_FUNCTION_NAME=name)
    print("\n".join(f"{key}={value}" for key, value in environment.items()))


def put(namespace, name, dimensions, minutes_ago):
    when = datetime.datetime.now(datetime.timezone.utc) - datetime.timedelta(minutes=minutes_ago)
    boto3.client("cloudwatch").put_metric_data(Namespace=namespace, MetricData=[{
        "MetricName": name, "Timestamp": when, "Value": 0,
        "Dimensions": [{"Name": key, "Value": value} for key, value in dimensions.items()]}])


def metrics(_records, _name, environment):
    for key in {"TASK_ARN", "REVERSE_TASK_ARN"} & environment.keys():
        task = {"ReplicationInstanceIdentifier": environment["REPLICATION_INSTANCE_IDENTIFIER"],
                "ReplicationTaskIdentifier": environment[key].rsplit(":", 1)[-1]}
        for minutes_ago in range(int(environment["LATENCY_DATAPOINTS"]) + 2):
            for name in ("CDCLatencySource", "CDCLatencyTarget"):
                put("AWS/DMS", name, task, minutes_ago)
    if "VALIDATOR_FUNCTION" in environment:
        for name in ("Mismatches", "Incomplete"):
            put("Cfngen/Migration", name, {"FunctionName": environment["VALIDATOR_FUNCTION"]}, 1)


def record(_records, _name, environment, zone):
    name = environment["RECORD_NAME"].rstrip(".") + "."
    for found in boto3.client("route53").list_resource_record_sets(HostedZoneId=zone)["ResourceRecordSets"]:
        if found["Name"] == name:
            weight = [str(found["Weight"])] if "Weight" in found else []
            print(*weight, found["ResourceRecords"][0]["Value"])


COMMANDS = {"world": world, "metrics": metrics, "record": record}
command, standins, function, *rest = sys.argv[1:]
with open(standins, encoding="utf-8") as file:
    all_records = json.load(file)
itself, = (r for r in of_type(all_records, "AWS::Lambda::Function") if r["FunctionName"] == function)
COMMANDS[command](all_records, function, itself["Environment"]["Variables"], *rest)
