/* The parts of Cfngen::Migration::Alarms that have a file of their own. */
#ifndef CFN_CONSTRUCTS_MIGRATION_ALARMS_H
#define CFN_CONSTRUCTS_MIGRATION_ALARMS_H

#include "constructs/constructs.h"

#include <cfngen/migration_alarms.h>

/* The replication instance as given, else that of the task. */
cfn_dms_replication_instance cfn__watched_instance(cfn__expansion *x, const cfn__construct *c);

/* The ARN of the workflow as given, else that of the validator; NULL when there is none. */
cfn_node *cfn__watched_workflow(cfn__expansion *x, const cfn__construct *c);

/* The property Thresholds, and which of them the template was made to ask for. */
extern const cfn_record cfn__migration_thresholds_record;
typedef struct cfn__migration_asked {
    bool connections, memory, source_connections, source_storage;
} cfn__migration_asked;

/* Thresholds that depend on the size of what is watched: as given, else derived from the instance
 * class and storage; those of a database that is not known are asked for in a parameter. */
cfn_num cfn__replication_memory_threshold(cfn__expansion *x, cfn__construct *c);
cfn_num cfn__replication_storage_threshold(cfn__expansion *x, cfn__construct *c);
cfn_num cfn__database_connections_threshold(cfn__expansion *x, cfn__construct *c);
cfn_num cfn__database_memory_threshold(cfn__expansion *x, cfn__construct *c);
cfn_num cfn__source_connections_threshold(cfn__expansion *x, cfn__construct *c);
cfn_num cfn__source_storage_threshold(cfn__expansion *x, cfn__construct *c);

void cfn__wire_migration_alarms(cfn__expansion *x, cfn__construct *c);
void cfn__expand_migration_alarms(cfn__expansion *x, cfn__construct *c);

/* For a dashboard: the ARNs of the alarms that the construct makes, and the threshold of one of
 * them; nothing when it is not made. */
cfn_node *cfn__migration_alarm_arns(cfn__expansion *x, const cfn__construct *c);
cfn_num cfn__migration_threshold(cfn__expansion *x, cfn__construct *c, const char *role);

/* What does not name a task or an instance to CloudWatch, wherever it is given: the ARN of a task
 * of another stack, an instance known by its ARN. */
void cfn__check_task_arn(cfn__expansion *x, const cfn__construct *c, const char *property,
                         cfn_dms_replication_task task);
bool cfn__is_instance_arn(cfn__expansion *x, cfn_str identifier);
void cfn__report_instance_arn(cfn__expansion *x, const cfn__construct *c, const char *property);
void cfn__report_task_alone(cfn__expansion *x, const cfn__construct *c, const char *property);

/* The domain rules that one construct alone can break. False when CloudWatch cannot know the
 * replication instance by what was given, so that alarms on it would be wrong too. */
bool cfn__check_migration_alarms(cfn__expansion *x, const cfn__construct *c);

#endif
