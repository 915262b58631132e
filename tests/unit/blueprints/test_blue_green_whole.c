/* templates/onprem-postgresql-blue-green.yaml as a whole: names, findings, deletion and outputs. */
#include "blueprint.h"

#include <cfngen/diagnostic.h>

#define BLUEPRINT "templates/onprem-postgresql-blue-green.yaml"

static void nothing_is_found_wrong_in_us_east_1(void **state)
{
    (void)state;
    stack_fixture *t =
        blueprint_new(&(blueprint_options){BLUEPRINT, ENVIRONMENT, SUFFIX, "us-east-1"});
    for (size_t i = 0; i < cfn_diagnostics_size(t->f.diagnostics); i++) {
        const cfn_diagnostic *d = cfn_diagnostics_at(t->f.diagnostics, i);
        if (d->severity != CFN_NOTE)
            print_error("%s\n", d->message);
        assert_int_equal(d->severity, CFN_NOTE);
    }
    void *owned = t;
    blueprint_free(&owned);
}

static void the_names_have_the_environment_and_the_suffix(void **state)
{
    stack_fixture *t = *state;
    assert_property(t, "MigrationAurora", "DBClusterIdentifier",
                    "\"" NAMED("migration-aurora") "\"");
    assert_property(t, "MigrationNotifications", "TopicName",
                    "\"" NAMED("migration-notifications") "\"");
    assert_property(t, "Replication", "ReplicationInstanceIdentifier",
                    "\"" NAMED("replication") "\"");
    assert_property(t, "MigrationDashboard", "DashboardName",
                    "\"" NAMED("migration-dashboard") "\"");
    assert_property(t, "ReaderCutover", "FunctionName", "\"" NAMED("reader-cutover") "\"");
    assert_property(t, "BackupsVault", "BackupVaultName", "\"" NAMED("backups-vault") "\"");
}

static void everything_goes_with_the_stack(void **state)
{
    stack_fixture *t = *state;
    assert_keeps_nothing(t);
    assert_property(t, "MigrationAurora", "DeletionProtection", "false");
    assert_attribute(t, "BackupsVault", "DeletionPolicy", "\"Delete\"");
}

static const named_output outputs[] = {
    {"AuroraClusterIdentifier", REF("MigrationAurora")},
    {"AuroraClusterArn", ATT("MigrationAurora", "DBClusterArn")},
    {"AuroraClusterEndpoint", ATT("MigrationAurora", "Endpoint.Address")},
    {"AuroraReaderEndpoint", ATT("MigrationAurora", "ReadEndpoint.Address")},
    {"AuroraClusterPort", ATT("MigrationAurora", "Endpoint.Port")},
    {"AuroraMasterSecretArn", ATT("MigrationAurora", "MasterUserSecret.SecretArn")},
    {"AuroraSubnetGroupName", REF("MigrationAuroraSubnetGroup")},
    {"DatabaseName", REF("DatabaseName")},
    {"SchemaName", REF("SchemaName")},
    {"DMSReplicationInstanceArn", REF("Replication")},
    {"DMSSourceEndpointArn", REF("SourceEndpoint")},
    {"DMSTargetEndpointArn", REF("TargetEndpoint")},
    {"DMSReplicationTaskArn", REF("MigrationTask")},
    {"DMSReverseReplicationTaskArn", REF("MigrationTaskReverse")},
    {"SourceSecretArn", REF("SourceSecretArn")},
    {"TargetSecretArn", REF("TargetSecretArn")},
    {"ValidatorFunctionName", REF("Validator")},
    {"WriterName", REF("WriterRecord")},
    {"ReaderName", REF("ReaderRecordSource")},
    {"CutoverFunctionName", REF("ReaderCutover")},
    {"CutoverStateParameterName", REF("ReaderCutoverState")},
    {"CutoverWorkflowArn", REF("ReaderCutoverWorkflow")},
    {"WriterCutoverFunctionName", REF("WriterCutover")},
    {"WriterCutoverStateParameterName", REF("WriterCutoverState")},
    {"DashboardName", REF("MigrationDashboard")},
    {"AlarmTopicArn", REF("MigrationNotifications")},
    {"BackupVaultName", REF("BackupsVault")},
    {"BackupRoleArn", ATT("BackupsRole", "Arn")},
    {"VpcId", REF("Network")},
    {"OnPremisesGatewayId", REF("OnPremisesGateway")},
    {"DatabaseSecurityGroupId", ATT("DatabaseSecurityGroup", "GroupId")},
    {"MigrationSecurityGroupId", REF("MigrationSecurityGroup")},
    {"EncryptionKeyArn", ATT("MigrationKey", "Arn")},
};

static void the_outputs_say_all_that_a_migration_needs(void **state)
{
    assert_outputs(*state, outputs, sizeof outputs / sizeof *outputs);
}

BLUEPRINT_TESTS(BLUEPRINT, cmocka_unit_test(nothing_is_found_wrong_in_us_east_1),
                cmocka_unit_test(the_names_have_the_environment_and_the_suffix),
                cmocka_unit_test(everything_goes_with_the_stack),
                cmocka_unit_test(the_outputs_say_all_that_a_migration_needs))
