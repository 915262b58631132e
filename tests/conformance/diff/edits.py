"""Kinds of edits of a blueprint's template, each with what a deployment does because of it.

Each edit is a function that changes a template (the nodes of templates/rds-mysql-to-aurora-mysql.yaml,
synthesised) and what is expected: the edited places, as {id: {"impact", "places"}}. What a
replacement brings to others is not part of it: there `others` is true.
"""

import copy
import dataclasses
import json
import typing


@dataclasses.dataclass
class Edit:
    name: str
    change: typing.Callable
    expected: dict  # of resources: {id: (impact, [places])}
    sections: list = dataclasses.field(default_factory=list)  # of others: [(section, id)]
    others: bool = False  # resources that refer to them change, too


EDITS = []


def edit(name, expected, sections=(), others=False):
    def keep(function):
        EDITS.append(Edit(name, function, expected, list(sections), others))
        return function

    return keep


def resource(template, name):
    return template["Resources"][name]


def properties(template, name):
    return resource(template, name)["Properties"]


# ---- values ----


@edit("a property is updated in place", {"AuroraCluster": ("update", ["BackupRetentionPeriod"])})
def _(t):
    properties(t, "AuroraCluster")["BackupRetentionPeriod"] += 3


@edit("a property replaces the resource, and those that refer to it change",
      {"AuroraCluster": ("replace", ["StorageEncrypted"])}, others=True)
def _(t):
    properties(t, "AuroraCluster")["StorageEncrypted"] = False


@edit("a property may replace the resource", {"AuroraClusterWriter": ("may replace", ["AvailabilityZone"])},
      others=True)
def _(t):
    properties(t, "AuroraClusterWriter")["AvailabilityZone"] = "eu-west-1a"


@edit("a property is added", {"Replication": ("update", ["AllowMajorVersionUpgrade"])})
def _(t):
    properties(t, "Replication")["AllowMajorVersionUpgrade"] = True


@edit("a property is removed", {"Validator": ("update", ["Description"])})
def _(t):
    del properties(t, "Validator")["Description"]


@edit("a member deep inside changes", {"Validator": ("update", ["LoggingConfig"])})
def _(t):
    properties(t, "Validator")["LoggingConfig"]["ApplicationLogLevel"] = "DEBUG"


@edit("several properties of several resources change",
      {"Validator": ("update", ["MemorySize", "Timeout"]), "Topic": ("update", ["KmsMasterKeyId"])})
def _(t):
    properties(t, "Validator")["MemorySize"] *= 2
    properties(t, "Validator")["Timeout"] -= 1
    del properties(t, "Topic")["KmsMasterKeyId"]


# ---- resources ----


@edit("a resource is added", {"Extra": ("create", [])})
def _(t):
    t["Resources"]["Extra"] = {"Type": "AWS::SNS::Topic", "Properties": {"TopicName": "extra"}}


@edit("a resource is removed", {"AlarmsReplicaLag": ("destroy", [])})
def _(t):
    del t["Resources"]["AlarmsReplicaLag"]


@edit("a resource that is retained is removed", {"Kept": ("orphan", [])})
def _(t):
    pass  # it is in the old template alone: see `before`


@edit("a resource is renamed", {"Notifications": ("create", []), "TopicSubscriptionAlarmEmail": ("destroy", [])})
def _(t):
    t["Resources"]["Notifications"] = t["Resources"].pop("TopicSubscriptionAlarmEmail")


@edit("the type of a resource changes", {"AlarmsReplicaLag": ("replace", ["Type"])}, others=True)
def _(t):
    resource(t, "AlarmsReplicaLag")["Type"] = "AWS::SNS::Topic"
    resource(t, "AlarmsReplicaLag")["Properties"] = {"TopicName": "x"}


@edit("a policy for deletion changes", {"AuroraCluster": ("none", ["DeletionPolicy"])})
def _(t):
    resource(t, "AuroraCluster")["DeletionPolicy"] = "Retain"


@edit("metadata of a resource is added", {"Topic": ("none", ["Metadata"])})
def _(t):
    resource(t, "Topic")["Metadata"] = {"Note": "x"}


@edit("a dependency is added", {"Topic": ("none", ["DependsOn"])})
def _(t):
    resource(t, "Topic")["DependsOn"] = "MigrationKey"


# ---- what is the same ----


@edit("the order of dependencies changes", {})
def _(t):
    resource(t, "AuroraCluster")["DependsOn"].reverse()


@edit("a dependency is written as a text", {})
def _(t):
    resource(t, "AlarmsReplicaLag")["DependsOn"] = "AuroraClusterReader1"


@edit("numbers and booleans are written as texts", {})
def _(t):
    cluster = properties(t, "AuroraCluster")
    cluster["BackupRetentionPeriod"] = str(cluster["BackupRetentionPeriod"])
    cluster["StorageEncrypted"] = "true"


@edit("an attribute is written as a text", {})
def _(t):
    function = properties(t, "Validator")["Role"]
    assert isinstance(function["Fn::GetAtt"], list)
    function["Fn::GetAtt"] = ".".join(function["Fn::GetAtt"])


@edit("the order of tags changes", {})
def _(t):
    properties(t, "AuroraCluster")["Tags"].reverse()


@edit("the order of a list without order changes", {})
def _(t):
    properties(t, "AuroraCluster")["EnableCloudwatchLogsExports"].reverse()


@edit("JSON in a text is laid out otherwise", {})
def _(t):
    task = properties(t, "MigrationTask")
    task["ReplicationTaskSettings"] = json.dumps(json.loads(task["ReplicationTaskSettings"]), indent=2)


@edit("a Ref is written as a Fn::Sub", {})
def _(t):
    assert properties(t, "TopicSubscriptionAlarmEmail")["Endpoint"] == {"Ref": "AlarmEmail"}
    properties(t, "TopicSubscriptionAlarmEmail")["Endpoint"] = {"Fn::Sub": "${AlarmEmail}"}


# ---- inside of values ----


@edit("two settings of a task change", {"MigrationTask": ("update", ["ReplicationTaskSettings"])})
def _(t):
    task = properties(t, "MigrationTask")
    settings = json.loads(task["ReplicationTaskSettings"])
    settings["FullLoadSettings"]["MaxFullLoadSubTasks"] = 9
    settings["Logging"]["EnableLogContext"] = not settings["Logging"].get("EnableLogContext", False)
    task["ReplicationTaskSettings"] = json.dumps(settings)


@edit("the value of a tag changes", {"Topic": ("update", ["Tags"])})
def _(t):
    properties(t, "Topic")["Tags"][0]["Value"] = "another"


@edit("a statement of a policy allows more", {"ValidatorRole": ("update", ["Policies"])})
def _(t):
    statement = properties(t, "ValidatorRole")["Policies"][0]["PolicyDocument"]["Statement"][0]
    statement["Action"] = "*"


@edit("the principal of a role changes", {"ValidatorRole": ("update", ["AssumeRolePolicyDocument"])})
def _(t):
    statement = properties(t, "ValidatorRole")["AssumeRolePolicyDocument"]["Statement"][0]
    statement["Principal"] = {"AWS": "123456789012"}


@edit("a rule of a security group lets more through", {"MigrationSecurityGroup": ("update", ["SecurityGroupEgress"])})
def _(t):
    properties(t, "MigrationSecurityGroup")["SecurityGroupEgress"].append(
        {"IpProtocol": "-1", "CidrIp": "0.0.0.0/0", "Description": "all"})


@edit("an item of an ordered list moves", {"AlarmsReplicaLag": ("update", ["AlarmActions"])})
def _(t):
    properties(t, "AlarmsReplicaLag")["AlarmActions"].append({"Ref": "AlarmEmail"})


# ---- other sections ----


@edit("an output is added, removed and changed", {}, sections=[
    ("Outputs", "Extra"), ("Outputs", "DatabaseName"), ("Outputs", "AuroraClusterPort")])
def _(t):
    t["Outputs"]["Extra"] = {"Value": "x"}
    del t["Outputs"]["DatabaseName"]
    t["Outputs"]["AuroraClusterPort"]["Description"] = "another"


@edit("a parameter is described otherwise", {}, sections=[("Parameters", "AlarmEmail")])
def _(t):
    t["Parameters"]["AlarmEmail"]["Description"] = "another"


@edit("the default of a parameter changes", {}, sections=[("Parameters", "InstanceClass")], others=True)
def _(t):
    t["Parameters"]["InstanceClass"]["Default"] = "db.r7g.large"


@edit("a condition changes", {}, sections=[("Conditions", "ServiceRolesCreate")], others=True)
def _(t):
    t["Conditions"]["ServiceRolesCreate"] = {"Fn::Not": [t["Conditions"]["ServiceRolesCreate"]]}


@edit("the description and the metadata change", {}, sections=[("Description", ""), ("Metadata", "Note")])
def _(t):
    t["Description"] = "another"
    t["Metadata"] = {"Note": "x"}


def before(template):
    """The old template: with what the edits take away."""
    old = copy.deepcopy(template)
    old["Resources"]["Kept"] = {"Type": "AWS::SNS::Topic", "DeletionPolicy": "Retain"}
    return old


def pairs(template):
    """(edit, old template, new template) for each kind."""
    for kind in EDITS:
        removes_kept = "Kept" in kind.expected
        old = before(template) if removes_kept else copy.deepcopy(template)
        new = copy.deepcopy(template)
        kind.change(new)
        yield kind, old, new
