#!/bin/sh
# Plants one mistake after the other in the main blueprint: each is told at its place, and nothing
# else is.
set -eu
cd "$(dirname "$0")/../.."
. tests/support/tap.sh
: "${CFNGEN:?the program to test}"
blueprint=templates/rds-mysql-to-aurora-mysql.yaml

# What is told, in order | the text at the place of the first | how sed plants it.
mistakes() {
    cat <<'END'
# --- DMS
dms_has_no_mode_require_for_mysql|error CFN4301,warning CFN4344|require|/^  SourceEndpoint:/,/^$/s/verify-full/require/
verify_full_needs_a_certificate|error CFN4302|verify-full|/^  TargetEndpoint:/,/^$/{/Certificate:/d}
a_connection_without_tls_is_doubted|warning CFN4303|none|/^  SourceEndpoint:/,/^$/{s/verify-full/none/;/Certificate:/d}
aurora_mysql_is_aurora_for_dms|error CFN4304|aurora-mysql|s/EngineName: aurora$/&-mysql/
an_endpoint_takes_no_password|error CFN2002|Password: hunter2|/EngineName: aurora$/a\      Password: hunter2
attributes_are_no_place_for_a_password|error CFN4305,warning CFN4332|password=|/EngineName: aurora$/a\      ExtraConnectionAttributes: password=hunter2;
a_database_name_would_take_all_tables|error CFN4330|orders|/EngineName: aurora$/a\      DatabaseName: orders
a_login_that_rotates_is_not_for_dms|warning CFN4503|!Ref MasterSecret|/^  TargetEndpoint:/,/^$/s/TargetSecret/MasterSecret/
an_endpoint_has_one_direction|error CFN4347|!Ref TargetEndpoint|s/Source: !Ref SourceEndpoint/Source: !Ref TargetEndpoint/
a_service_role_takes_no_suffix|error CFN4310|dms-vpc-role-v1|/^  Replication:/i\  VpcRole: {Type: Cfngen::IAM::Role, Properties: {Name: dms-vpc-role-v1, AssumedBy: [dms.amazonaws.com], ManagedPolicies: [service-role/AmazonDMSVPCManagementRole]}}
not_even_when_it_is_overridden|error CFN4310|dms-vpc-role-v1|/Cfngen::DMS::ServiceRoles/a\    Properties: {Overrides: {ServiceRolesVpcRole: {Properties: {RoleName: dms-vpc-role-v1}}}}
service_roles_in_every_stack_are_doubted|warning CFN4311|true|/Cfngen::DMS::ServiceRoles/a\    Properties: {Create: true}
a_version_of_dms_may_be_closed|error CFN4316|3.5.2|/ServiceRoles: !Ref ServiceRoles/a\      EngineVersion: 3.5.2
two_zones_leave_no_choice_of_one|error CFN4318|eu-west-2a|/ServiceRoles: !Ref ServiceRoles/a\      MultiAZ: true\n      AvailabilityZone: eu-west-2a
an_old_class_is_doubted|warning CFN4319|dms.t2.micro|/ServiceRoles: !Ref ServiceRoles/a\      ReplicationInstanceClass: dms.t2.micro
dms_takes_no_connections|warning CFN4343|!Ref MigrationSecurityGroup|/^  MigrationSecurityGroup:/,/^$/s/      Egress:/      Ingress: [{Cidr: 10.0.0.0\/8, Port: 3306}]\n&/
a_log_group_of_dms_has_its_own_name|error CFN4410|/aws/dms/tasks|/^  Alarms:/i\  Logs: {Type: Cfngen::Logs::LogGroup, Properties: {Name: /aws/dms/tasks/mine, EncryptionKey: !Ref MigrationKey}}
# --- the task
where_a_task_logs_is_read_only|error CFN2002|CloudWatchLogGroup|/^      Reverse: true/a\      Settings: {Logging: {CloudWatchLogGroup: mine}}
also_in_raw_settings|warning CFN4324,warning CFN4325,error CFN4320|{Logging: {EnableLogging|/^      Reverse: true/a\      Settings: {Raw: {Logging: {EnableLogging: true, CloudWatchLogStream: mine}}}
log_context_needs_logging|warning CFN4326,error CFN4321|false, EnableLogContext|/^      Reverse: true/a\      Settings: {Logging: {EnableLogging: false, EnableLogContext: true}}
larger_lobs_are_cut|warning CFN4324|32|/^      Reverse: true/a\      Settings: {TargetMetadata: {LobMaxSize: 32}}
there_is_one_mode_for_lobs|error CFN4323|true|/^      Reverse: true/a\      Settings: {TargetMetadata: {FullLobMode: true, LimitedSizeLobMode: true, LobMaxSize: 100}}
validation_is_by_row|error CFN2006|TABLE_LEVEL|/^      Reverse: true/a\      Settings: {ValidationSettings: {ValidationMode: TABLE_LEVEL}}
a_migration_that_is_not_validated_is_doubted|warning CFN4325|false|/^      Reverse: true/a\      Settings: {ValidationSettings: {EnableValidation: false}}
an_underscore_is_any_character|warning CFN4328|temp_%|/Schema: !Ref DatabaseName/a\        Exclude: [{Schema: !Ref DatabaseName, Table: temp_%}]
every_schema_is_too_many|warning CFN4329|"%"|s/Schema: !Ref DatabaseName/Schema: "%"/
something_must_be_included|error CFN4327|Include:|s/- Schema: !Ref DatabaseName/[]/
a_full_load_decides_where_changes_start|error CFN4334|mysql-bin|/^      Reverse: true/a\      CdcStartPosition: mysql-bin.000001:4
two_endpoints_are_two_databases|error CFN2019|!Ref TargetEndpoint|/^  SourceEndpoint:/,/^$/s/SourceSecret/TargetSecret/
the_way_back_needs_a_log_of_changes|error CFN4350|true|/Readers: 1/a\      ChangeDataCapture: false
backtrack_leaves_no_way_back|error CFN4350|true|/Readers: 1/a\      BacktrackWindow: 3600
a_log_of_statements_has_no_rows|error CFN4350|true|/Readers: 1/a\      ClusterParameters: {binlog_format: STATEMENT}
# --- Aurora
a_parameter_group_is_of_the_engines_family|error CFN4104|aurora-mysql5.7|/Readers: 1/a\      Overrides: {AuroraClusterParameterGroup: {Properties: {Family: aurora-mysql5.7}}}
nor_has_an_instance_another_family|error CFN4104,error CFN4104|aurora-postgresql16|/Readers: 1/a\      Overrides: {AuroraClusterInstanceParameterGroup: {Properties: {Family: aurora-postgresql16}}}
a_master_secret_is_no_password|error CFN2024|"p@ssw0rd!"|s/MasterSecret: !Ref MasterSecret/MasterSecret: "p@ssw0rd!"/
postgresql_has_no_backtrack|error CFN4101|3600|/^  # --- DMS/i\  Other: {Type: Cfngen::RDS::AuroraCluster, Properties: {Engine: aurora-postgresql, Network: !Ref ProductionNetwork, SecurityGroups: [!Ref ProductionSecurityGroup], EncryptionKey: !Ref MigrationKey, BacktrackWindow: 3600}}
backtrack_goes_three_days_back|error CFN4101,error CFN4350|300000|/Readers: 1/a\      BacktrackWindow: 300000
eight_zero_is_no_version_of_aurora|error CFN4103|"8.0"|/Readers: 1/a\      EngineVersion: "8.0"
a_version_of_aurora_may_be_closed|error CFN4103|8.0.mysql_aurora.3.05|/Readers: 1/a\      EngineVersion: 8.0.mysql_aurora.3.05.2
a_version_is_of_its_engine|error CFN4103|"15.4"|/Readers: 1/a\      EngineVersion: "15.4"
insights_are_kept_for_certain_times|error CFN4105|94|/Readers: 1/a\      PerformanceInsightsRetentionPeriod: 94
backups_are_kept_for_a_day_or_more|error CFN2007|0|s/BackupRetentionPeriod: 7/BackupRetentionPeriod: 0/
backups_are_kept_for_five_weeks_at_most|error CFN2007|40|s/BackupRetentionPeriod: 7/BackupRetentionPeriod: 40/
mysql_has_no_log_postgresql|error CFN4106|postgresql|s/LogExports: \[audit/LogExports: [postgresql/
a_log_that_is_switched_off_stays_empty|warning CFN4107|0|/Readers: 1/a\      InstanceParameters: {slow_query_log: 0}
a_collation_is_of_its_character_set|error CFN4122|latin1_swedish_ci|s/CollationServer: .*/CollationServer: latin1_swedish_ci/
windows_must_not_overlap|error CFN4118|sun:02:30|/Readers: 1/a\      PreferredBackupWindow: 02:00-03:00\n      PreferredMaintenanceWindow: sun:02:30-sun:03:30
monitoring_has_certain_intervals|error CFN4117|20|/Readers: 1/a\      MonitoringInterval: 20
tls_is_not_taken_back_unseen|warning CFN4115|"OFF"|/Readers: 1/a\      ClusterParameters: {require_secure_transport: "OFF"}
a_snapshot_needs_its_key|error CFN4114|MigrationKey:|s/Type: Cfngen::KMS::Key/&\n    DeletionPolicy: Delete/;s/Type: Cfngen::RDS::AuroraCluster/&\n    DeletionPolicy: Snapshot/
a_cluster_takes_no_password|error CFN2002|MasterUserPassword|/Readers: 1/a\      MasterUserPassword: hunter2
the_shape_is_known_at_synth|error CFN2005|!Ref InstanceClass|s/Readers: 1/Readers: !Ref InstanceClass/
# --- the network
one_zone_is_not_two|note CFN4111|AuroraCluster:|s/AvailabilityZones: !Ref ProductionZones/AvailabilityZones: [eu-west-2a]/
one_subnet_is_not_two|error CFN4002|[subnet-|s/SubnetIds: !Ref ProductionSubnetIds/SubnetIds: [subnet-0123456789abcdef0]/
names_of_subnets_are_no_ids|error CFN2024,error CFN2024|subnet-prod-1a|s/SubnetIds: !Ref ProductionSubnetIds/SubnetIds: [subnet-prod-1a, subnet-prod-1b]/
a_database_is_not_open_to_the_world|error CFN4001|0.0.0.0/0|/^  ProductionSecurityGroup:/,/^$/s/      Ingress:/&\n        - {Cidr: 0.0.0.0\/0, Port: 3306}/
nor_to_the_world_of_ipv6|error CFN4001|"::/0"|/^  ProductionSecurityGroup:/,/^$/s/      Ingress:/&\n        - {Cidr: "::\/0", Port: 3306}/
a_rotation_reaches_secrets_manager|error CFN4501|[!Ref RotationSecurityGroup]|s/Clients: .*/Clients: [!Ref MigrationSecurityGroup]/
dms_and_the_validator_reach_it_too|error CFN4501,error CFN4501|[!Ref MigrationSecurityGroup]|s/Clients: .*/Clients: [!Ref RotationSecurityGroup]/
another_service_is_not_secrets_manager|error CFN4501,error CFN4501,error CFN4501|[!Ref RotationSecurityGroup]|s/Services: .*/Services: [kms]/
a_rotation_reaches_its_database|error CFN4502|[!Ref RotationSecurityGroup]|/^  ProductionSecurityGroup:/,/^$/{/From: !Ref RotationSecurityGroup/,/Rotation of/d}
a_description_is_plain_text|error CFN4901|DMS – the|s/Description: Production Aurora cluster/Description: DMS – the cluster/
a_rule_to_another_database_is_no_way|error CFN4502,error CFN4502|!Ref TargetEndpoint|/^  ProductionSecurityGroup:/,/^$/{/From: !Ref MigrationSecurityGroup/,/validator/d}
another_port_is_no_way|error CFN4502,error CFN4502,error CFN4502|[!Ref RotationSecurityGroup]|/^  ProductionSecurityGroup:/,/^$/s/Port: 3306/Port: 5432/
# --- alarms and notifications
the_lag_of_a_reader_is_in_milliseconds|error CFN4403|30|s/ReplicaLagMilliseconds: 30000/ReplicaLagMilliseconds: 30/
the_latency_of_a_task_is_in_seconds|error CFN4404|30000|s/ReplicaLagMilliseconds: 30000/CDCLatencySourceSeconds: 30000/
a_task_is_not_known_by_its_name|error CFN4401|!GetAtt MigrationTask.Identifier|/^  Alarms:/i\  Mine: {Type: Cfngen::CloudWatch::Alarm, Properties: {Namespace: AWS/DMS, MetricName: CDCIncomingChanges, Dimensions: {ReplicationInstanceIdentifier: !GetAtt Replication.Identifier, ReplicationTaskIdentifier: !GetAtt MigrationTask.Identifier}, Threshold: 3000, Topic: !Ref Topic}}
nor_by_its_arn|error CFN4401|!Ref MigrationTask|/^  Alarms:/i\  Mine: {Type: Cfngen::CloudWatch::Alarm, Properties: {Namespace: AWS/DMS, MetricName: CDCIncomingChanges, Dimensions: {ReplicationInstanceIdentifier: !GetAtt Replication.Identifier, ReplicationTaskIdentifier: !Ref MigrationTask}, Threshold: 3000, Topic: !Ref Topic}}
not_even_in_a_plain_alarm|error CFN4401|migration-task|/^  Alarms:/i\  Mine: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/DMS, MetricName: CDCIncomingChanges, Dimensions: [{Name: ReplicationInstanceIdentifier, Value: !GetAtt Replication.Identifier}, {Name: ReplicationTaskIdentifier, Value: migration-task-prod-v1}], Threshold: 3000, AlarmActions: [!Ref Topic], ComparisonOperator: GreaterThanThreshold, EvaluationPeriods: 1, Period: 60, Statistic: Maximum}}
a_metric_of_a_task_has_two_dimensions|error CFN4402|{ReplicationTaskIdentifier|/^  Alarms:/i\  Mine: {Type: Cfngen::CloudWatch::Alarm, Properties: {Namespace: AWS/DMS, MetricName: CDCIncomingChanges, Dimensions: {ReplicationTaskIdentifier: !GetAtt MigrationTask.ResourceId}, Threshold: 3000, Topic: !Ref Topic}}
events_that_match_are_counted_for_no_rule|error CFN4413|MatchedEvents|/^  Alarms:/i\  Mine: {Type: Cfngen::CloudWatch::Alarm, Properties: {Namespace: AWS/Events, MetricName: MatchedEvents, Dimensions: {RuleName: mine}, Threshold: 1, Topic: !Ref Topic}}
somebody_must_be_told|warning CFN4406|Topic:|/^      Subscriptions:/,/^$/d
the_key_of_sns_shuts_cloudwatch_out|error CFN4421|alias/aws/sns|/^  Topic:/,/^$/s/!Ref MigrationKey/alias\/aws\/sns/
eventbridge_meets_no_condition_of_a_topic|error CFN4423|{Effect|/^      Subscriptions:/i\      PolicyStatements: [{Effect: Allow, Principal: {Service: events.amazonaws.com}, Action: "sns:Publish", Resource: !Ref Topic, Condition: {StringEquals: {"aws:SourceAccount": !Ref AWS::AccountId}}}]
nor_one_of_a_key|error CFN4423|{Effect|/^      Description: Encrypts/a\      PolicyStatements: [{Effect: Allow, Principal: {Service: events.amazonaws.com}, Action: ["kms:Decrypt", "kms:GenerateDataKey*"], Resource: "*", Condition: {StringEquals: {"aws:SourceAccount": !Ref AWS::AccountId}}}]
an_address_is_one|error CFN2024|someone|s/Endpoint: !Ref AlarmEmail/Endpoint: someone/
# --- secrets, roles, names and schedules
an_alias_may_be_reserved|error CFN4201|aws/rds|/^      Description: Encrypts/a\      Name: aws/rds
a_secret_is_known_by_its_whole_arn|error CFN2024|arn:aws|s/SecretArn: !Ref SourceSecretArn/SecretArn: arn:aws:secretsmanager:eu-west-2:123456789012:secret:orders/
a_validator_compares_two_databases|error CFN2019|!Ref TargetSecret|/^  Validator:/,/^$/s/SourceSecret: !Ref SourceSecret/SourceSecret: !Ref TargetSecret/
every_day_is_no_schedule|error CFN4504|every day|s/rate(1 day)/every day/
one_is_not_many|error CFN4504|rate(1 days)|s/rate(1 day)/rate(1 days)/
a_cron_has_six_fields|error CFN4504|cron(0 2 * * *)|s/rate(1 day)/cron(0 2 * * *)/
a_rotation_knows_no_fortnight|error CFN4504|rate(1 fortnight)|s/AutomaticallyAfterDays: 30/ScheduleExpression: rate(1 fortnight)/
logs_are_kept_for_certain_times|error CFN3106|31|/^      ScheduleExpression/a\      LogRetentionInDays: 31
a_role_may_not_do_everything|error CFN4431|"secretsmanager:*"|/^      ScheduleExpression/a\      Statements: [{Action: ["secretsmanager:*"], Resource: ["*"]}]
the_environment_is_no_place_for_a_password|warning CFN4512|hunter2|/^      ScheduleExpression/a\      Environment: {DB_PASSWORD: hunter2}
code_is_a_bundle|error CFN4511|function.py|/^      ScheduleExpression/a\      Code: {Path: function.py}
a_certificate_of_acm_is_none_of_dms|error CFN2024|arn:aws:acm|s/CertificateArn: !Ref DmsCertificateArn/CertificateArn: arn:aws:acm:eu-west-2:123456789012:certificate\/x/
END
}

# The severity and id of each diagnostic, with commas. That the template is large is no mistake.
told() {
    awk -F ': ' '/^[^ ].* CFN[0-9]*: / && !/CFN1405/ { printf "%s%s", n++ ? "," : "", $2 }' "$scratch/said"
}

# The text of the stack file from where the first diagnostic points.
place() {
    at=$(sed -n '/CFN1405/d;s/^stack.yaml:\([0-9]*\):\([0-9]*\): .*/\1 \2/p' "$scratch/said" | head -n 1)
    sed -n "${at% *}p" "$scratch/stack.yaml" | cut -c "${at#* }-"
}

is_told() { # DIAGNOSTICS TEXT SCRIPT
    sed "$3" "$blueprint" >"$scratch/stack.yaml"
    if cmp -s "$blueprint" "$scratch/stack.yaml"; then echo "nothing was planted"; return 1; fi
    (cd "$scratch" && LC_ALL=C.UTF-8 "$CFNGEN" validate stack.yaml --environment prod --suffix v1 >said 2>&1) || :
    cat "$scratch/said"
    test "$(told)" = "$1"
    case $(place) in "$2"*) ;; *) echo "it stands at: $(place)"; return 1 ;; esac
}

mistakes >"$scratch/mistakes"
while IFS='|' read -r sentence expected text script; do
    case $sentence in '' | '#'*) continue ;; esac
    eval "$sentence() { is_told \"\$expected\" \"\$text\" \"\$script\"; }"
    check "$sentence"
done <"$scratch/mistakes"
finish
