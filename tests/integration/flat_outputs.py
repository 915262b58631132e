"""Reads the outputs of a deployed blueprint from a flat-outputs.json and says which are not as they must be.

Each output is to be there with a value of its shape, and there is to be no other: what a stack gives
is an interface. It works on the outputs of a simulated AWS and of a real one alike.

    python3 tests/integration/flat_outputs.py BLUEPRINT [FILE]      FILE: cfn-outputs/flat-outputs.json
"""

import json
import re
import sys

NAME = r"[A-Za-z][A-Za-z0-9-]*"
SECRET = r"arn:aws[a-z-]*:secretsmanager:[a-z0-9-]+:\d{12}:secret:.+-[A-Za-z0-9]{6}"
GROUP = r"sg-[0-9a-f]{8,17}"


def host(kind):
    return NAME + r"\." + kind + r"-[0-9a-z]+\.[a-z0-9-]+\.rds\.amazonaws\.com(\.cn)?"


def arn(service, resource):
    return rf"arn:aws[a-z-]*:{service}:[a-z0-9-]+:\d{{12}}:{resource}"


OUTPUTS = {
    "rds-mysql-to-aurora-mysql": {
        "AuroraClusterIdentifier": NAME,
        "AuroraClusterEndpoint": host("cluster"),
        "AuroraReaderEndpoint": host("cluster-ro"),
        "AuroraClusterPort": r"\d+",
        "AuroraWriterIdentifier": NAME,
        "DatabaseName": r"\w+",
        "DMSReplicationInstanceArn": arn("dms", r"rep:\w+"),
        "DMSSourceEndpointArn": arn("dms", r"endpoint:\w+"),
        "DMSTargetEndpointArn": arn("dms", r"endpoint:\w+"),
        "DMSReplicationTaskArn": arn("dms", r"task:\w+"),
        "DMSReverseReplicationTaskArn": arn("dms", r"task:\w+"),
        "SourceSecretArn": SECRET,
        "TargetSecretArn": SECRET,
        "MasterSecretArn": SECRET,
        "ValidatorFunctionName": NAME,
        "AlarmTopicArn": arn("sns", NAME),
        "ProductionSecurityGroupId": GROUP,
        "MigrationSecurityGroupId": GROUP,
        "EncryptionKeyArn": arn("kms", r"key/[0-9a-f-]{36}"),
        "EncryptionKeyId": r"[0-9a-f-]{36}",
    },
}


def problems(expected, given):
    for key, pattern in expected.items():
        if key not in given:
            yield f"{key} is missing"
        elif not isinstance(given[key], str) or not re.fullmatch(pattern, given[key]):
            yield f"{key} is {given[key]!r}, which is not like {pattern}"
    for key in given.keys() - expected.keys():
        yield f"{key} is given, but is not known"
    for one, other in (("AuroraClusterEndpoint", "AuroraReaderEndpoint"),
                       ("DMSSourceEndpointArn", "DMSTargetEndpointArn"),
                       ("DMSReplicationTaskArn", "DMSReverseReplicationTaskArn"),
                       ("ProductionSecurityGroupId", "MigrationSecurityGroupId")):
        if given.get(one) == given.get(other):
            yield f"{one} and {other} are the same"


name, *file = sys.argv[1:]
with open(file[0] if file else "cfn-outputs/flat-outputs.json", encoding="utf-8") as text:
    found = list(problems(OUTPUTS[name], json.load(text)))
print("\n".join(found))
sys.exit(1 if found else 0)
