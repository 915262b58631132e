"""Prints made-up values for the parameters of a template (JSON) that have no default.

One Name=Value a line, as `aws cloudformation deploy --parameter-overrides` takes them. A parameter
that no row of the tables fits, or whose value its AllowedPattern refuses, is an error: add a row.
"""

import json
import re
import sys

BY_TYPE = {
    "AWS::EC2::VPC::Id": "vpc-0a1b2c3d4e5f60718",
    "AWS::EC2::Subnet::Id": "subnet-0a1b2c3d4e5f60711",
    "List<AWS::EC2::Subnet::Id>":
        "subnet-0a1b2c3d4e5f60711,subnet-0a1b2c3d4e5f60712,subnet-0a1b2c3d4e5f60713",
    "AWS::EC2::SecurityGroup::Id": "sg-0a1b2c3d4e5f60711",
    "List<AWS::EC2::SecurityGroup::Id>": "sg-0a1b2c3d4e5f60711,sg-0a1b2c3d4e5f60712",
    "AWS::Route53::HostedZone::Id": "Z0123456789ABCDEFGHIJ",
    "List<AWS::EC2::AvailabilityZone::Name>": "eu-west-2a,eu-west-2b",
}
ARN = "arn:aws:{}:eu-west-2:123456789012:{}"
BY_NAME = [  # the first that is found in the parameter's name, in lower case
    ("codekey", "validator.zip"),
    ("secret", ARN.format("secretsmanager", "secret:orders-AbCdEf")),
    ("kmskey|keyarn|keyid", ARN.format("kms", "key/11111111-2222-3333-4444-555555555555")),
    ("topic", ARN.format("sns", "migration-events")),
    ("taskarn", ARN.format("dms", "task:ABCDEFGHIJKLMNOPQRST")),
    ("certificatearn", ARN.format("dms", "cert:ABCDEFGHIJKLMNOPQRST")),
    ("rolearn", "arn:aws:iam::123456789012:role/migration"),
    ("functionarn", ARN.format("lambda", "function:rotate")),
    ("clusterarn", ARN.format("rds", "cluster:orders")),
    ("instancearn", ARN.format("rds", "db:orders")),
    ("subnetids|subnets", BY_TYPE["List<AWS::EC2::Subnet::Id>"]),
    ("subnet", BY_TYPE["AWS::EC2::Subnet::Id"]),
    ("routetable", "rtb-0a1b2c3d4e5f60711"),
    ("vpcid", BY_TYPE["AWS::EC2::VPC::Id"]),
    ("securitygroup", BY_TYPE["AWS::EC2::SecurityGroup::Id"]),
    ("hostedzoneid|zoneid", BY_TYPE["AWS::Route53::HostedZone::Id"]),
    ("email", "team@example.com"),
    ("cidr", "10.0.0.0/16"),
    ("certificate", "-----BEGIN CERTIFICATE-----MIIB-----END CERTIFICATE-----"),
    ("address", "192.0.2.20"),
    ("host|endpoint|server", "database.example.com"),
    ("domain|zonename|recordname|writername|readername", "database.example.com"),
    ("port", "3306"),
    ("password", "Made-up-Passw0rd"),
    ("user", "migrator"),
    ("bucket", "migration-artifacts"),
    ("suffix", "it1"),
    ("environment", "test"),
    ("name|identifier|schema", "orders"),
]


def candidates(name, parameter):
    yield from map(str, parameter.get("AllowedValues", []))
    if parameter["Type"] in BY_TYPE:
        yield BY_TYPE[parameter["Type"]]
    for pattern, value in BY_NAME:
        if re.search(pattern, name.lower()):
            yield value
    if parameter["Type"] == "Number":
        yield str(parameter.get("MinValue", 1))


def value_of(name, parameter):
    pattern = parameter.get("AllowedPattern", ".*")
    for value in candidates(name, parameter):
        if re.fullmatch(pattern, value) and (parameter["Type"] != "Number" or value.isdigit()):
            return value
    sys.exit(f"no made-up value for the parameter {name} of type {parameter['Type']}")


with open(sys.argv[1], encoding="utf-8") as file:
    for name, parameter in json.load(file).get("Parameters", {}).items():
        if "Default" not in parameter:
            print(f"{name}={value_of(name, parameter)}")
