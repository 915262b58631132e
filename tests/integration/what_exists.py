"""Lists what exists in a simulated AWS: stand-ins as STACK/LOGICAL ID, and what moto itself simulates by
the ids that CloudFormation has for them.

    what_exists.py STANDINS
"""

import json
import sys

import boto3

# Of each service: the call, the list in its answer, and what names one in it.
LISTS = [
    ("iam", "list_roles", {}, "Roles", "RoleName"),
    ("iam", "list_policies", {"Scope": "Local"}, "Policies", "PolicyName"),
    ("sns", "list_topics", {}, "Topics", "TopicArn"),
    ("sqs", "list_queues", {}, "QueueUrls", None),
    ("s3", "list_buckets", {}, "Buckets", "Name"),
    ("ssm", "describe_parameters", {}, "Parameters", "Name"),
    ("ec2", "describe_vpcs", {}, "Vpcs", "VpcId"),
    ("ec2", "describe_subnets", {}, "Subnets", "SubnetId"),
    ("cloudformation", "list_stacks", {}, "StackSummaries", "StackName"),
]

with open(sys.argv[1], encoding="utf-8") as file:
    for place in sorted(json.load(file)):
        print(place)
for service, call, arguments, key, name in LISTS:
    found = getattr(boto3.client(service), call)(**arguments).get(key, [])
    for one in found:
        if not isinstance(one, dict) or one.get("StackStatus") != "DELETE_COMPLETE":
            print(one[name] if name else one)
