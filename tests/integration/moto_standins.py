"""A simulated AWS whose CloudFormation knows the resource types of a database migration.

moto simulates CloudFormation but lacks many types (all of DMS, Aurora clusters, alarms) and refuses
valid properties of some others. Here each such type is a record with the Ref and GetAtt values that
AWS would give. A name that is taken, an attribute that does not exist and a type that nobody knows
are errors, as they are in AWS.

Serves on a free port of the loopback interface, prints the port and runs until it is ended. When a
file is named, it holds the records that exist, with their properties, whenever no request is under
way: {"STACK/LOGICAL ID": {"Type": ..., "Properties": {...}}}. When there is a file of the same name and
.function, it holds the address of tests/support/lambda.py, which invocations of functions are sent to.
"""

import hashlib
import ipaddress
import itertools
import json
import re
import signal
import sys
import urllib.request

from moto.awslambda_simple.models import LambdaSimpleBackend
from moto.cloudformation import models, parsing, responses
from moto.cloudformation.exceptions import ValidationError
from moto.core.common_models import CloudFormationModel
from moto.core.config import default_user_config
from moto.server import ThreadedMotoServer

# For each type: the property that names it ("" when AWS invents an id; what follows a space makes two
# of the same name two), what Ref gives, and what GetAtt gives. {name} is the name or id, {id} twenty
# hexadecimal digits made from it, {port} that of the database.
# https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-template-resource-type-ref.html
HOST = "{name}.{id:.12}.{region}.rds.amazonaws.com"
DMS = "arn:aws:dms:{region}:{account}:"
SECRET = "arn:aws:secretsmanager:{region}:{account}:secret:{name}-{id:.6}"
UUID = "{id:.8}-1111-2222-3333-{id:.12}"
TYPES = {
    "AWS::ApplicationAutoScaling::ScalableTarget": ("", "{id}", {"Id": "{id}"}),
    "AWS::ApplicationAutoScaling::ScalingPolicy": ("", "{id}", {"Arn": "{id}"}),
    "AWS::Backup::BackupPlan": (
        "", UUID,
        {"BackupPlanArn": "arn:aws:backup:{region}:{account}:backup-plan:" + UUID, "BackupPlanId": UUID,
         "VersionId": "{id}"}),
    "AWS::Backup::BackupSelection": (
        "", UUID, {"BackupPlanId": UUID, "Id": UUID, "SelectionId": UUID}),
    "AWS::Backup::BackupVault": (
        "BackupVaultName", "{name}",
        {"BackupVaultArn": "arn:aws:backup:{region}:{account}:backup-vault:{name}",
         "BackupVaultName": "{name}"}),
    "AWS::CloudWatch::Alarm": (
        "AlarmName", "{name}",
        {"Arn": "arn:aws:cloudwatch:{region}:{account}:alarm:{name}"}),
    "AWS::CloudWatch::CompositeAlarm": (
        "AlarmName", "{name}",
        {"Arn": "arn:aws:cloudwatch:{region}:{account}:alarm:{name}"}),
    "AWS::CloudWatch::Dashboard": ("DashboardName", "{name}", {}),
    "AWS::DMS::Certificate": ("CertificateIdentifier", DMS + "cert:{id}", {}),
    "AWS::DMS::Endpoint": (
        "EndpointIdentifier", DMS + "endpoint:{id}", {"ExternalId": "{id}"}),
    "AWS::DMS::EventSubscription": ("SubscriptionName", "{name}", {}),
    "AWS::DMS::ReplicationConfig": (
        "ReplicationConfigIdentifier", DMS + "replication-config:{id}",
        {"ReplicationConfigArn": DMS + "replication-config:{id}"}),
    "AWS::DMS::ReplicationInstance": (
        "ReplicationInstanceIdentifier", DMS + "rep:{id}",
        {"ReplicationInstancePrivateIpAddresses": "10.0.0.10",
         "ReplicationInstancePublicIpAddresses": "192.0.2.10"}),
    "AWS::DMS::ReplicationSubnetGroup": ("ReplicationSubnetGroupIdentifier", "{name}", {}),
    "AWS::DMS::ReplicationTask": ("ReplicationTaskIdentifier", DMS + "task:{id}", {}),
    # moto does not delete these and some others with a stack, and then not their VPC either.
    "AWS::EC2::EIP": (
        "", "192.0.2.30", {"AllocationId": "eipalloc-{id:.17}", "PublicIp": "192.0.2.30"}),
    "AWS::EC2::FlowLog": ("", "fl-{id:.17}", {"Id": "fl-{id:.17}"}),
    "AWS::EC2::InternetGateway": ("", "igw-{id:.17}", {"InternetGatewayId": "igw-{id:.17}"}),
    "AWS::EC2::NatGateway": ("", "nat-{id:.17}", {"NatGatewayId": "nat-{id:.17}"}),
    "AWS::EC2::Route": ("", "{id}", {"CidrBlock": "0.0.0.0/0"}),
    "AWS::EC2::RouteTable": ("", "rtb-{id:.17}", {"RouteTableId": "rtb-{id:.17}"}),
    "AWS::EC2::SecurityGroup": (
        "", "sg-{id:.17}", {"GroupId": "sg-{id:.17}", "Id": "sg-{id:.17}", "VpcId": "vpc-{id:.17}"}),
    "AWS::EC2::SecurityGroupEgress": ("", "sgr-{id:.17}", {"Id": "sgr-{id:.17}"}),
    "AWS::EC2::SecurityGroupIngress": ("", "sgr-{id:.17}", {"Id": "sgr-{id:.17}"}),
    "AWS::EC2::SubnetRouteTableAssociation": (
        "", "rtbassoc-{id:.17}", {"Id": "rtbassoc-{id:.17}"}),
    "AWS::EC2::VPCGatewayAttachment": ("", "{id}", {"AttachmentType": "IGW"}),
    "AWS::EC2::VPCEndpoint": ("", "vpce-{id:.17}", {"Id": "vpce-{id:.17}"}),
    "AWS::EC2::VPCPeeringConnection": ("", "pcx-{id:.17}", {"Id": "pcx-{id:.17}"}),
    "AWS::EC2::VPNGateway": ("", "vgw-{id:.17}", {"VPNGatewayId": "vgw-{id:.17}"}),
    "AWS::EC2::VPNGatewayRoutePropagation": ("", "{id}", {"Id": "{id}"}),
    "AWS::Events::Rule": (
        "Name", "{name}", {"Arn": "arn:aws:events:{region}:{account}:rule/{name}"}),
    "AWS::KMS::Alias": ("AliasName", "{name}", {}),
    "AWS::IAM::RolePolicy": ("", "{id}", {}),
    "AWS::KMS::Key": (
        "", UUID, {"Arn": "arn:aws:kms:{region}:{account}:key/" + UUID, "KeyId": UUID}),
    "AWS::Lambda::Alias": (
        "", "arn:aws:lambda:{region}:{account}:function:{name}:live",
        {"AliasArn": "arn:aws:lambda:{region}:{account}:function:{name}:live"}),
    "AWS::Lambda::EventInvokeConfig": ("", "{id}", {}),
    "AWS::Lambda::EventSourceMapping": ("", UUID, {"Id": UUID}),
    "AWS::Lambda::Function": (
        "FunctionName", "{name}",
        {"Arn": "arn:aws:lambda:{region}:{account}:function:{name}"}),
    "AWS::Lambda::Permission": ("", "{id}", {"Id": "{id}"}),
    "AWS::Lambda::Version": (
        "", "arn:aws:lambda:{region}:{account}:function:{name}:1",
        {"FunctionArn": "arn:aws:lambda:{region}:{account}:function:{name}:1", "Version": "1"}),
    "AWS::Logs::LogGroup": (
        "LogGroupName", "{name}", {"Arn": "arn:aws:logs:{region}:{account}:log-group:{name}:*"}),
    "AWS::Logs::MetricFilter": ("FilterName", "{name}", {}),
    "AWS::RDS::DBCluster": (
        "DBClusterIdentifier", "{name}",
        {"DBClusterArn": "arn:aws:rds:{region}:{account}:cluster:{name}",
         "DBClusterResourceId": "cluster-{id}",
         "Endpoint.Address": HOST.replace("{name}.", "{name}.cluster-", 1),
         "Endpoint.Port": "{port}",
         "MasterUserSecret.SecretArn": SECRET,
         "ReadEndpoint.Address": HOST.replace("{name}.", "{name}.cluster-ro-", 1)}),
    "AWS::RDS::DBClusterParameterGroup": ("DBClusterParameterGroupName", "{name}", {}),
    "AWS::RDS::DBInstance": (
        "DBInstanceIdentifier", "{name}",
        {"DBInstanceArn": "arn:aws:rds:{region}:{account}:db:{name}",
         "DbiResourceId": "db-{id}",
         "Endpoint.Address": HOST,
         "Endpoint.HostedZoneId": "Z00000000000000000000",
         "Endpoint.Port": "{port}",
         "MasterUserSecret.SecretArn": SECRET}),
    "AWS::RDS::DBParameterGroup": (
        "DBParameterGroupName", "{name}", {"DBParameterGroupName": "{name}"}),
    "AWS::RDS::DBSubnetGroup": ("DBSubnetGroupName", "{name}", {}),
    "AWS::RDS::EventSubscription": ("SubscriptionName", "{name}", {}),
    "AWS::RDS::OptionGroup": ("OptionGroupName", "{name}", {}),
    "AWS::Route53::HealthCheck": ("", UUID, {"HealthCheckId": UUID}),
    "AWS::Route53::HostedZone": ("", "Z{id}", {"Id": "Z{id}"}),
    "AWS::Route53::RecordSet": ("Name Type SetIdentifier HostedZoneId", "{name}", {}),
    "AWS::S3::BucketPolicy": ("", "{id}", {}),
    # moto takes a list for the tags, which are a map.
    "AWS::SSM::Parameter": ("Name", "{name}", {}),
    "AWS::Scheduler::Schedule": (
        "Name", "{name}", {"Arn": "arn:aws:scheduler:{region}:{account}:schedule/default/{name}"}),
    "AWS::SNS::Subscription": (
        "", "arn:aws:sns:{region}:{account}:{name}:{id}",
        {"Arn": "arn:aws:sns:{region}:{account}:{name}:{id}"}),
    "AWS::SNS::TopicPolicy": ("", "{id}", {"Id": "{id}"}),
    "AWS::SQS::QueuePolicy": ("", "{id}", {"Id": "{id}"}),
    "AWS::SecretsManager::ResourcePolicy": ("", SECRET, {"Id": SECRET}),
    "AWS::SecretsManager::RotationSchedule": ("", SECRET, {"Id": SECRET}),
    "AWS::SecretsManager::Secret": ("Name", SECRET, {"Id": SECRET}),
    "AWS::SecretsManager::SecretTargetAttachment": ("", SECRET, {"Id": SECRET}),
    "AWS::StepFunctions::StateMachine": (
        "StateMachineName", "arn:aws:states:{region}:{account}:stateMachine:{name}",
        {"Arn": "arn:aws:states:{region}:{account}:stateMachine:{name}", "Name": "{name}",
         "StateMachineRevisionId": "{id}"}),
}

taken = set()  # (type, region, name) of all named records that exist
existing = {}  # "stack/logical id" of each record that exists, and the record


def write_down_what_exists():
    if len(sys.argv) > 1:
        with open(sys.argv[1], "w", encoding="utf-8") as file:
            json.dump({place: {"Type": record.kind, "Properties": record.properties}
                       for place, record in existing.items()}, file)


class Record(CloudFormationModel):
    """A resource that is nothing but its name, its type's row above and its values."""

    __module__ = "moto.cfngen.models"  # moto takes the service from the second part
    kind = ""

    def __init__(self, place, properties, name, account, region):
        named = bool(properties.get(self.name_property()))
        others = [properties.get(other) for other in TYPES[self.kind][0].split(" ")[1:]]
        self.place, self.properties = place, properties
        self.key = (self.kind, region, name, *others) if named else None
        if self.key in taken:
            raise ValidationError(message=f"{self.kind} {name} already exists")
        if self.key:
            taken.add(self.key)
        # Zones of one name may be there twice, and are two: what has no name of its own is its place.
        digest = hashlib.sha256(
            f"{self.kind} {region} {name if named else place}".encode()).hexdigest()[:20]
        port = 5432 if "postgres" in properties.get("Engine", "") else 3306
        self.values = {"name": name, "id": digest, "account": account, "region": region,
                       "port": properties.get("Port", port)}
        existing[place] = self
        write_down_what_exists()

    @classmethod
    def name_property(cls):
        return TYPES[cls.kind][0].split(" ")[0]

    @property
    def physical_resource_id(self):
        return TYPES[self.kind][1].format(**self.values)

    def get_cfn_attribute(self, attribute_name):
        if attribute_name not in TYPES[self.kind][2]:
            raise ValidationError(message=f"{self.kind} has no attribute {attribute_name}")
        return TYPES[self.kind][2][attribute_name].format(**self.values)

    @classmethod
    def has_cfn_attr(cls, attr):
        return attr in TYPES[cls.kind][2]

    @classmethod
    def create_from_cloudformation_json(
        cls, resource_name, cloudformation_json, account_id, region_name, **where
    ):
        place = where["StackId"].split("/")[1] + "/" + where["LogicalId"]
        properties = cloudformation_json["Properties"]
        name = properties.get(cls.name_property()) or resource_name
        return cls(place, properties, name, account_id, region_name)

    @classmethod
    def update_from_cloudformation_json(
        cls, original_resource, new_resource_name, cloudformation_json, account_id, region_name
    ):
        properties = cloudformation_json["Properties"]
        name = properties.get(cls.name_property())
        if not name or name == original_resource.values["name"]:
            original_resource.properties = properties
            write_down_what_exists()
            return original_resource
        original_resource.delete(account_id, region_name)
        return cls(original_resource.place, properties, name, account_id, region_name)

    def delete(self, _account_id, _region_name):
        taken.discard(self.key)
        del existing[self.place]
        write_down_what_exists()

    def is_created(self):
        return True


def stand_in(kind):
    return type(kind.replace("::", ""), (Record,), {"kind": kind, "__module__": Record.__module__})


STAND_INS = {kind: stand_in(kind) for kind in TYPES}
known_to_moto = parsing.resource_class_from_type


def resource_class_from_type(resource_type):
    if resource_type in STAND_INS:
        return STAND_INS[resource_type]
    found = known_to_moto(resource_type)
    if found is None:
        raise ValidationError(message=f"{resource_type} has no stand-in in moto_standins.py")
    return found


def substitute(argument, resources):
    """Fn::Sub; moto's own cuts ${Cluster.Endpoint.Address} at every dot."""
    text, variables = argument if isinstance(argument, list) else (argument, {})

    def value(match):
        literal, name = match.group(1), match.group(2).strip()
        if literal:
            return "${" + name + "}"
        if name in variables:
            return str(clean_json(variables[name], resources))
        target = {"Fn::GetAtt": name.split(".", 1)} if "." in name else {"Ref": name}
        return str(clean_json(target, resources))

    return re.sub(r"\$\{(!?)([^}]*)\}", value, text)


def cidrs(argument, resources):
    """Fn::Cidr, which moto does not know: so many blocks, each with so many bits for hosts."""
    block, count, bits = (clean_json(value, resources) for value in argument)
    network = ipaddress.ip_network(block)
    subnets = network.subnets(new_prefix=network.max_prefixlen - int(bits))
    return [str(subnet) for subnet in itertools.islice(subnets, int(count))]


def zones(region, resources):
    """Fn::GetAZs; moto's own takes us-east-1 for the region of the stack."""
    return [(clean_json(region, resources) or resources["AWS::Region"]) + letter for letter in "abc"]


FUNCTIONS = {"Fn::Sub": substitute, "Fn::Cidr": cidrs, "Fn::GetAZs": zones}


def clean_json(value, resources):
    if isinstance(value, dict) and len(value) == 1:
        (name, argument), = value.items()
        if name in FUNCTIONS:
            return FUNCTIONS[name](argument, resources)
    return clean_json_of_moto(value, resources)


def differences(resource_map, template, parameters=None):
    """moto compares parameters too, but not yet for what it says of a change set."""
    parameters = parameters or getattr(resource_map, "parameters_of_the_change_set", None)
    return differences_of_moto(resource_map, template, parameters)


def differences_with_parameters(change_set):
    change_set.stack.resource_map.parameters_of_the_change_set = change_set.parameters
    return differences_of_change_set(change_set)


def values_of(template, given):
    """All parameters of a template with their values as they were given, or else by default."""
    declared = template.get("Parameters", {}) if isinstance(template, dict) else {}
    defaults = {name: str(p["Default"]) for name, p in declared.items() if "Default" in p}
    return {**defaults, **{name: str(value) for name, value in given.items()}}


def parameters_of_stack(stack):
    """moto gives lists, where a previous value is used, for what was given as a text."""
    return values_of(stack.template_dict, stack.parameters)


def has_parameters(stack, others):
    """moto takes a default that is given for a change."""
    return parameters_of_stack(stack) == values_of(stack.template_dict, others)


def apply_with_outputs(change_set):
    """moto forgets the outputs and parameters of a stack when a change set changes it."""
    apply_change_set(change_set)
    stack = change_set.stack
    stack.parameters = values_of(change_set.template_dict, change_set.parameters)
    stack.template, stack.template_dict = change_set.template, change_set.template_dict
    stack.output_map = stack._create_output_map()


def invoke(backend, name, qualifier, body, headers, response_headers):
    try:
        with open(sys.argv[1] + ".function", encoding="utf-8") as file:
            address = file.read().strip()
    except (IndexError, FileNotFoundError):
        return invoke_of_moto(backend, name, qualifier, body, headers, response_headers)
    request = urllib.request.Request(address + "/control/invoke", body.encode() if isinstance(body, str) else body)
    with urllib.request.urlopen(request) as stream:
        answer = json.load(stream)
    if answer["kind"] == "error":
        response_headers["x-amz-function-error"] = "Unhandled"
    return json.dumps(answer["body"]).encode()


clean_json_of_moto = parsing.clean_json
parsing.clean_json = clean_json
parsing.resource_class_from_type = resource_class_from_type
differences_of_moto = parsing.ResourceMap.build_resource_diff
parsing.ResourceMap.build_resource_diff = differences
differences_of_change_set = models.ChangeSet.diff
models.ChangeSet.diff = differences_with_parameters
apply_change_set = models.ChangeSet.apply
models.ChangeSet.apply = apply_with_outputs
models.Stack.stack_parameters = property(parameters_of_stack)
models.Stack.has_parameters = has_parameters
invoke_of_moto = LambdaSimpleBackend.invoke
LambdaSimpleBackend.invoke = invoke
# AWS makes a change set that changes nothing, and it is that one that fails.
responses.CloudFormationResponse._validate_different_update = lambda *_: None

if __name__ == "__main__":
    write_down_what_exists()
    # Functions answer what they were told to: a POST of {"results": [...]} to /moto-api/static/lambda-simple/response.
    default_user_config["lambda"] = {"use_docker": False}
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    print(server.get_host_and_port()[1], flush=True)
    signal.pause()
