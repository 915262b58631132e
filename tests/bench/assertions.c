/* A user's test program: synthesises a blueprint and asserts 16 things about it. The runner
 * measures the whole process. */
#include <cfngen/assertions.h>
#include <cfngen/synth.h>
#include <stdio.h>

typedef struct row {
    const char *type, *pattern;
} row;

static const row rows[] = {
    {"AWS::RDS::DBCluster", "{BackupRetentionPeriod: 7, StorageEncrypted: true}"},
    {"AWS::RDS::DBCluster", "EngineVersion: !Regex ^8\\.0\\.mysql_aurora\\."},
    {"AWS::RDS::DBCluster", "EnableCloudwatchLogsExports: !ArrayWithUnordered [slowquery, audit]"},
    {"AWS::RDS::DBInstance", "{PubliclyAccessible: false, Engine: aurora-mysql}"},
    {"AWS::DMS::ReplicationInstance",
     "VpcSecurityGroupIds: [!GetAtt MigrationSecurityGroup.GroupId]"},
    {"AWS::DMS::Endpoint", "{SslMode: verify-full, Password: !Absent }"},
    {"AWS::DMS::ReplicationTask",
     "ReplicationTaskSettings: !SerializedJson {ValidationSettings: {EnableValidation: true}}"},
    {"AWS::DMS::ReplicationTask",
     "TableMappings: !SerializedJson {rules: !ArrayWith [{rule-action: include}]}"},
    {"AWS::KMS::Key", "EnableKeyRotation: true"},
    {"AWS::Logs::LogGroup", "KmsKeyId: !GetAtt MigrationKey.Arn"},
    {"AWS::CloudWatch::Alarm", "AlarmActions: [!Ref Topic]"},
    {"AWS::IAM::Role", "AssumeRolePolicyDocument: {Statement: [{Action: 'sts:AssumeRole'}]}"},
    {"AWS::EC2::SecurityGroup", "VpcId: !Ref ProductionVpcId"},
};

static bool assert_all(cfn_assertions *t)
{
    bool good = cfn_assert_resource_count(t, "AWS::RDS::DBInstance", 2).holds;
    good &= cfn_assert_no_resource(t, "AWS::SecretsManager::Secret", NULL).holds;
    good &= cfn_assert_has_output(t, "DMSReplicationTaskArn", "Value: !Ref MigrationTask").holds;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        cfn_verdict v = cfn_assert_all_properties(t, rows[i].type, rows[i].pattern);
        fputs(v.text, stderr);
        good &= v.holds;
    }
    return good;
}

int main(int argc, char **argv)
{
    if (argc != 2) {
        fputs("usage: assertions STACK.yaml\n", stderr);
        return 2;
    }
    cfn_stack *stack = cfn_stack_new(&(cfn_stack_options){.environment = "prod", .suffix = "pr42"});
    bool good = stack && cfn_stack_read(stack, argv[1], CFN_FORMAT_AUTO);
    cfn_assertions *t = good ? cfn_assertions_new(cfn_stack_synth(stack), NULL) : NULL;
    good = t && assert_all(t);
    cfn_assertions_free(t);
    cfn_stack_free(stack);
    return good ? 0 : 1;
}
