/* All of libcfngen. */
#ifndef CFNGEN_CFNGEN_H
#define CFNGEN_CFNGEN_H

#include <cfngen/allocator.h>
#include <cfngen/arena.h>
#include <cfngen/assets.h>
#include <cfngen/bindings.h>
#include <cfngen/check.h>
#include <cfngen/cloudwatch_alarm.h>
#include <cfngen/constructs.h>
#include <cfngen/diagnostic.h>
#include <cfngen/diff.h>
#include <cfngen/dms_certificate.h>
#include <cfngen/dms_endpoint.h>
#include <cfngen/dms_replication_instance.h>
#include <cfngen/dms_replication_task.h>
#include <cfngen/dms_service_roles.h>
#include <cfngen/dms_table_mappings.h>
#include <cfngen/dms_task_settings.h>
#include <cfngen/ec2_interface_endpoints.h>
#include <cfngen/ec2_network.h>
#include <cfngen/ec2_security_group.h>
#include <cfngen/iam_role.h>
#include <cfngen/kms_key.h>
#include <cfngen/lambda_function.h>
#include <cfngen/logs_log_group.h>
#include <cfngen/migration_alarms.h>
#include <cfngen/migration_validator.h>
#include <cfngen/nearest.h>
#include <cfngen/node.h>
#include <cfngen/outputs.h>
#include <cfngen/rds_aurora_cluster.h>
#include <cfngen/read.h>
#include <cfngen/record.h>
#include <cfngen/s3_bucket.h>
#include <cfngen/schema.h>
#include <cfngen/schema_build.h>
#include <cfngen/secretsmanager_secret.h>
#include <cfngen/sns_topic.h>
#include <cfngen/stack.h>
#include <cfngen/synth.h>
#include <cfngen/template.h>
#include <cfngen/value.h>
#include <cfngen/version.h>
#include <cfngen/write.h>

#endif
