#!/bin/sh
# cfngen schema, and cfngen explain of resource types.
set -eu
cd "$(dirname "$0")/../.."
. tests/support/tap.sh
. tests/support/cli.sh
unset CFNGEN_SCHEMA
tables=$PWD/lib/schema/tables
facts=$PWD/lib/schema/facts.bin
cd "$scratch"

# Two regions, one of which lacks a type.
mkdir -p schemas/eu-west-1 schemas/us-east-1
cat >schemas/us-east-1/aws-a-b.json <<'END'
{"typeName": "AWS::A::B", "required": ["Name"],
 "properties": {"Name": {"type": "string", "enum": ["x", "y"]}, "Id": {"type": "string"}},
 "readOnlyProperties": ["/properties/Id"], "createOnlyProperties": ["/properties/Name"]}
END
cp schemas/us-east-1/aws-a-b.json schemas/eu-west-1/
echo '{"typeName": "AWS::A::C", "properties": {}}' >schemas/us-east-1/aws-a-c.json

a_type_is_explained() {
    ends 0 explain AWS::RDS::DBCluster
    says_nothing
    prints "Identified by DBClusterIdentifier"
    prints "It holds data"
    prints "In all 46 regions."
    prints "  BackupRetentionPeriod: integer, 1 to 35"
    prints "  DatabaseName: string, a change replaces the resource"
    prints "  Engine: string, a change may replace the resource"
    prints "  MasterUserPassword: string, write-only"
    prints "  Endpoint.Address"
    ends 0 explain AWS::DMS::ReplicationTask
    prints "  MigrationType: string, required"
    prints "In all regions but "
}
a_property_of_a_type_is_explained() {
    ends 0 explain rds::dbcluster.associatedroles
    prints "AWS::RDS::DBCluster.AssociatedRoles"
    prints "list of object, without duplicates"
    prints "  RoleArn: string, required"
    ends 0 explain AWS::RDS::DBCluster.AssociatedRoles.RoleArn
    prints "AWS::RDS::DBCluster.AssociatedRoles.RoleArn"
    ends 0 explain AWS::RDS::DBCluster.Endpoint.Address
    prints "string, read-only"
    ends 0 explain AWS::Lambda::Function.PackageType
    prints "One of: Image, Zip"
}
a_choice_is_explained() {
    ends 0 explain AWS::APS::AnomalyDetector.MissingDataAction
    prints "Exactly one is needed: "
}
rules_over_several_properties_are_named() {
    ends 0 explain AWS::RDS::DBCluster
    prints "Rules over several properties:"
    prints "  engine_version_deprecated, a warning"
    prints "  dbclusterinstanceclass_enum, a warning, for some regions"
    prints "DeletionPolicy and UpdateReplacePolicy may be Snapshot."
    test "$(grep -c dbclusterinstanceclass_enum out)" = 1
    ends 0 explain AWS::EC2::SecurityGroup
    prints "  protocols_and_port_ranges_include, of SecurityGroupIngress.*"
    ends 0 explain AWS::RDS::DBInstance --json
    prints '"snapshotOnDelete":true'
    prints '{"name":"engine_version","path":"","severity":"error"}'
    prints '{"name":"dbinstanceclass_enum","path":"","severity":"warning","regions":["af-south-1"]}'
    ends 0 schema dump AWS::RDS::DBCluster
    prints "AWS::RDS::DBCluster cross(snapshotidentifier) at= warning"
    prints "AWS::RDS::DBCluster cross(snapshotidentifier).then[0].MasterUsername nothing forbidden"
    prints "AWS::RDS::DBCluster cross(dbclusterinstanceclass_enum) at= warning region=af-south-1 anything"
}
a_construct_comes_before_a_type() {
    ends 0 explain KMS::Key
    prints Cfngen::KMS::Key
    ends 0 explain AWS::KMS::Key
    prints AWS::KMS::Key
}
every_type_is_explained() {
    for type in $("$CFNGEN" schema types | awk 'NR % 40 == 1'); do
        ends 0 explain "$type"
        ends 0 explain "$type" --json
        holds_json_lines out
    done
}
json_of_a_type_is_json() {
    ends 0 explain AWS::DMS::Endpoint.KmsKeyId --json
    prints '{"name":"AWS::DMS::Endpoint.KmsKeyId","required":false,"readOnly":false,"writeOnly":false,"deprecated":false,"replaces":"yes","types":["string"]'
    ends 0 explain AWS::Lambda::Function.Timeout --json
    prints '"minimum":1,"maximum":900'
    ends 0 explain AWS::S3::Bucket --json
    prints '"holdsData":true'
    holds_json_lines out
}
json_has_the_members_of_members() {
    ends 0 explain AWS::S3::Bucket --json
    prints '"members":[{"name":"AbortIncompleteMultipartUpload"'
    prints '"members":[{"name":"DaysAfterInitiation"'
    ends 0 explain AWS::WAFv2::WebACL.Rules.Statement --json
    prints '"moreMembers":true'
    holds_json_lines out
}
a_mistyped_name_is_suggested() {
    ends 2 explain AWS::RDS::DBClustr
    says "there is no resource type AWS::RDS::DBClustr; did you mean AWS::RDS::DBCluster?"
    ends 2 explain AWS::RDS::DBCluster.Endpoint.Adress
    says "AWS::RDS::DBCluster.Endpoint has no property Adress; did you mean Address?"
    ends 2 explain dbcluster
    says 'may mean AWS::DocDB::DBCluster, AWS::Neptune::DBCluster or another; "cfngen schema types dbcluster"'
    for name in AWS:: AWS::RDS::DBCluster. AWS::RDS::DBCluster..X; do ends 2 explain "$name"; done
}

types_are_listed() {
    ends 0 schema types
    test "$(wc -l <out)" = 1835
    ends 0 schema types 'aws::dms::*Instance'
    test "$(cat out)" = AWS::DMS::ReplicationInstance
    ends 0 schema types replicationtask
    test "$(cat out)" = AWS::DMS::ReplicationTask
    ends 0 schema types AWS::DMS::Endpoint --json
    prints '[{"name":"AWS::DMS::Endpoint","structureOnly":false,"regions":["af-south-1"'
}
types_are_listed_by_region() {
    ends 0 schema types dms --region eu-central-1
    prints AWS::DMS::ReplicationTask
    ends 0 schema types dms::replicationtask --region eu-west-1
    ends 2 schema types --region eu-west-9
    says "the facts know no region eu-west-9; did you mean eu-west-"
    ends 2 schema types AWS::Nothing::*
    says "no resource type matches AWS::Nothing::*"
}
facts_are_dumped() {
    ends 0 schema dump AWS::DMS::ReplicationTask
    prints "AWS::DMS::ReplicationTask.SourceEndpointArn required replaces string"
    prints "AWS::DMS::ReplicationTask attribute Id"
    ends 0 schema dump
    prints "types: 1601"
    prints "rules over several properties: 92"
    prints "runtime python3.9 deprecated=2025-12-15 createBlocked=2026-06-01 updateBlocked=2026-07-01 successor=python3.14"
    prints "source: AWS's provider schemas"
    ends 2 schema dump AWS::DMS::ReplicationTsk
    says "did you mean AWS::DMS::ReplicationTask?"
}

a_folder_for_each_region_is_built() {
    ends 0 schema build schemas "$tables" -o new.bin --source "a test" --date 2026-11-20
    says_nothing
    ends 0 schema types --schema new.bin
    test "$(cat out)" = "AWS::A::B
AWS::A::C"
    ends 0 schema types --schema new.bin --region eu-west-1
    test "$(cat out)" = AWS::A::B
    CFNGEN_SCHEMA=new.bin
    export CFNGEN_SCHEMA
    ends 0 explain a::b.name
    prints "string, required, a change replaces the resource"
    prints "One of: x, y"
    ends 0 schema dump
    prints "source: a test"
    prints "date: 2026-11-20"
}
the_same_inputs_give_the_same_file() {
    ends 0 schema build schemas -o one.bin
    ends 0 schema build schemas -o two.bin
    cmp one.bin two.bin
}
rules_of_a_folder_are_built() {
    mkdir ruled
    cp schemas/us-east-1/aws-a-b.json ruled/
    echo '{"x/r": {"if": {"required": ["Name"]}, "then": {"properties": {"Id": false}}}}' >ruled/cross-property-rules.json
    printf 'x/r\tAWS::A::B\t\terror\n' >ruled/cross-property-places.tsv
    ends 0 schema build ruled -o ruled.bin
    ends 0 explain AWS::A::B --schema ruled.bin
    prints "  r"
    ends 0 schema dump AWS::A::B --schema ruled.bin
    prints "AWS::A::B cross(r).then[0].Id nothing forbidden"
    printf 'x/s\tAWS::A::B\t\terror\n' >>ruled/cross-property-places.tsv
    ends 1 schema build ruled -o ruled.bin
    says "cross-property-rules.json: error CFN3004: there is no rule x/s"
}
compressed_files_are_built() {
    mkdir packed
    zstd -q schemas/us-east-1/aws-a-b.json -o packed/aws-a-b.json.zst
    ends 0 schema build packed -o packed.bin
    ends 0 schema types --schema packed.bin
    prints AWS::A::B
}
what_cannot_be_built_is_told() {
    mkdir bad
    echo '{"typeName": "AWS::A::B", "properties": {"P": {"$ref": "#/definitions/D"}}}' >bad/a.json
    ends 1 schema build bad -o bad.bin
    says 'a.json: error CFN3004: $ref "#/definitions/D" leads nowhere'
    test ! -e bad.bin
    ends 3 schema build nowhere -o bad.bin
    ends 3 schema build schemas -o nowhere/bad.bin
    ends 2 schema build schemas
    says "-o FILE says where to write"
}
bad_facts_are_told() {
    head -c 100000 "$facts" >short.bin
    ends 3 explain AWS::A::B --schema short.bin
    says "short.bin: error CFN3003: the facts are damaged or cut short"
    ends 3 schema types --schema schemas/us-east-1/aws-a-b.json
    says "error CFN3001"
    ends 3 schema dump --schema nowhere.bin
    says "error CFN0002"
}
a_group_says_what_is_in_it() {
    ends 2 schema
    says "  schema types "
    for how in "help schema" "schema --help" "schema -h"; do
        ends 0 $how
        prints "Usage: cfngen schema COMMAND"
        prints "  schema build "
    done
    ends 2 schema typs
    says "unknown command schema typs; did you mean schema types?"
    ends 2 help schema typs
    says "did you mean schema types?"
    ends 2 help synth types
}
a_refresh_without_a_network_changes_nothing() {
    cp "$facts" kept.bin
    if FACTS=$PWD/kept.bin "$tables/../refresh" "$OUT/cfngen-schema-build" "file://$PWD/nowhere/REGION.zip" us-east-1 2>said; then return 1; fi
    grep -F "the schemas of us-east-1 cannot be downloaded; nothing was changed" said
    cmp kept.bin "$facts"
}
a_refresh_builds_what_was_downloaded() {
    for region in us-east-1 eu-west-1; do (cd schemas/$region && python3 -m zipfile -c "../$region.zip" ./*.json); done
    FACTS=$PWD/fresh.bin "$tables/../refresh" "$OUT/cfngen-schema-build" "file://$PWD/schemas/REGION.zip" us-east-1 eu-west-1
    ends 0 schema types --schema fresh.bin --region eu-west-1
    test "$(cat out)" = AWS::A::B
}

for test in a_type_is_explained a_property_of_a_type_is_explained a_choice_is_explained \
    rules_over_several_properties_are_named json_has_the_members_of_members a_construct_comes_before_a_type every_type_is_explained \
    json_of_a_type_is_json a_mistyped_name_is_suggested types_are_listed types_are_listed_by_region facts_are_dumped \
    a_folder_for_each_region_is_built rules_of_a_folder_are_built the_same_inputs_give_the_same_file what_cannot_be_built_is_told bad_facts_are_told \
    a_group_says_what_is_in_it; do
    check $test
done
if command -v zstd >/dev/null; then check compressed_files_are_built; else skip compressed_files_are_built "no zstd"; fi
if command -v curl >/dev/null && command -v unzip >/dev/null; then
    check a_refresh_without_a_network_changes_nothing
else
    skip a_refresh_without_a_network_changes_nothing "no curl or no unzip"
fi
if command -v python3 >/dev/null && command -v curl >/dev/null && command -v unzip >/dev/null; then
    check a_refresh_builds_what_was_downloaded
else
    skip a_refresh_builds_what_was_downloaded "no python3, curl or unzip"
fi
finish
