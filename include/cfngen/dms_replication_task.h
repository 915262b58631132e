/* Cfngen::DMS::ReplicationTask: what DMS copies from a source to a target, and the changes that
 * follow; and, when asked for, the way back.
 *
 * Makes {Id} (AWS::DMS::ReplicationTask) and, with Reverse, {Id}Reverse: a second task of type cdc
 * from the target to the source. After the cutover it brings what is written to the new database
 * back to the old one, so that going back loses no write. Its endpoints are those of the task in
 * the other direction ({Endpoint}Reverse), or ReverseSource and ReverseTarget. Start it when the
 * first task has stopped and before anybody writes to the target: two tasks that run in opposite
 * directions bring each other's changes (LoopbackPreventionSettings is for that).
 *
 * CloudFormation starts, stops and tests no task. Test both connections, start the task, and stop
 * it before the stack is changed or deleted: a running task can be neither.
 *
 * Settings and table mappings are typed, checked as the API does, and written as the JSON texts
 * that it takes. Defaults that differ from those of DMS, so that nothing is lost silently:
 *   Settings  full LOB mode (with LobMaxSize: limited mode); TargetTablePrepMode DO_NOTHING;
 *             EnableLogging, EnableValidation, FailOnNoTablesCaptured and the control tables on
 * In full LOB mode columns of LOBs must take NULL at the target.
 *
 * Ref and the attribute Arn are the ARN; ResourceId is its end, which CloudWatch has as the
 * dimension ReplicationTaskIdentifier; Identifier is the name; ReverseResourceId and
 * ReverseIdentifier are those of the way back.
 *
 * Facts: https://docs.aws.amazon.com/dms/latest/userguide/CHAP_Tasks.html,
 * https://docs.aws.amazon.com/dms/latest/userguide/CHAP_Tasks.CustomizingTasks.TableMapping.html */
#ifndef CFNGEN_DMS_REPLICATION_TASK_H
#define CFNGEN_DMS_REPLICATION_TASK_H

#include <cfngen/dms_endpoint.h>
#include <cfngen/dms_replication_instance.h>

CFN_BEGIN_DECLS

/* cfn_dms_replication_task_existing takes the ARN. */
CFN_HANDLE(cfn_dms_replication_task);

/* ---- settings: DMS's own defaults but for those above; docs/constructs.md tells each ---- */

typedef struct cfn_dms_log_component {
    cfn_str id;       /* SOURCE_CAPTURE, TARGET_APPLY, ... */
    cfn_str severity; /* LOGGER_SEVERITY_DEFAULT, ... */
} cfn_dms_log_component;
typedef CFN_LIST_OF(cfn_dms_log_component) cfn_dms_log_component_list;

/* TargetMetadata */
typedef struct cfn_dms_target_metadata {
    cfn_str target_schema;
    cfn_bool support_lobs;
    cfn_bool full_lob_mode;
    cfn_int lob_chunk_size;
    cfn_bool limited_size_lob_mode;
    cfn_int lob_max_size;
    cfn_int inline_lob_max_size;
    cfn_int load_max_file_size;
    cfn_int parallel_load_threads;
    cfn_int parallel_load_buffer_size;
    cfn_int parallel_load_queues_per_thread;
    cfn_int parallel_apply_threads;
    cfn_int parallel_apply_buffer_size;
    cfn_int parallel_apply_queues_per_thread;
    cfn_bool batch_apply_enabled;
    cfn_bool task_recovery_table_enabled;
} cfn_dms_target_metadata;

/* FullLoadSettings */
typedef struct cfn_dms_full_load_settings {
    cfn_str target_table_prep_mode;
    cfn_bool create_pk_after_full_load;
    cfn_bool stop_task_cached_changes_applied;
    cfn_bool stop_task_cached_changes_not_applied;
    cfn_int max_full_load_sub_tasks;
    cfn_int transaction_consistency_timeout;
    cfn_int commit_rate;
} cfn_dms_full_load_settings;

/* Logging */
typedef struct cfn_dms_logging {
    cfn_bool enable_logging;
    cfn_bool enable_log_context;
    cfn_bool delete_task_logs;
    cfn_dms_log_component_list log_components;
} cfn_dms_logging;

/* ControlTablesSettings */
typedef struct cfn_dms_control_tables_settings {
    cfn_str control_schema;
    cfn_int history_timeslot_in_minutes;
    cfn_bool history_table_enabled;
    cfn_bool suspended_tables_table_enabled;
    cfn_bool status_table_enabled;
    cfn_bool full_load_exception_table_enabled;
} cfn_dms_control_tables_settings;

/* StreamBufferSettings */
typedef struct cfn_dms_stream_buffer_settings {
    cfn_int stream_buffer_count;
    cfn_int stream_buffer_size_in_mb;
    cfn_int ctrl_stream_buffer_size_in_mb;
} cfn_dms_stream_buffer_settings;

/* ChangeProcessingTuning */
typedef struct cfn_dms_change_processing_tuning {
    cfn_bool batch_apply_preserve_transaction;
    cfn_int batch_apply_timeout_min;
    cfn_int batch_apply_timeout_max;
    cfn_int batch_apply_memory_limit;
    cfn_int batch_split_size;
    cfn_int min_transaction_size;
    cfn_int commit_timeout;
    cfn_int memory_limit_total;
    cfn_int memory_keep_time;
    cfn_int statement_cache_size;
    cfn_int recovery_timeout;
} cfn_dms_change_processing_tuning;

/* ChangeProcessingDdlHandlingPolicy */
typedef struct cfn_dms_ddl_handling_policy {
    cfn_bool handle_source_table_dropped;
    cfn_bool handle_source_table_truncated;
    cfn_bool handle_source_table_altered;
} cfn_dms_ddl_handling_policy;

/* ValidationSettings */
typedef struct cfn_dms_validation_settings {
    cfn_bool enable_validation;
    cfn_str validation_mode;
    cfn_int thread_count;
    cfn_int partition_size;
    cfn_int failure_max_count;
    cfn_int record_failure_delay_in_minutes;
    cfn_int record_suspend_delay_in_minutes;
    cfn_int max_key_column_size;
    cfn_int table_failure_max_count;
    cfn_bool validation_only;
    cfn_bool handle_collation_diff;
    cfn_int record_failure_delay_limit_in_minutes;
    cfn_bool skip_lob_columns;
    cfn_int validation_partial_lob_size;
    cfn_int validation_query_cdc_delay_seconds;
} cfn_dms_validation_settings;

/* ErrorBehavior */
typedef struct cfn_dms_error_behavior {
    cfn_str data_error_policy;
    cfn_str data_truncation_error_policy;
    cfn_str data_error_escalation_policy;
    cfn_int data_error_escalation_count;
    cfn_str event_error_policy;
    cfn_str table_error_policy;
    cfn_str table_error_escalation_policy;
    cfn_int table_error_escalation_count;
    cfn_int recoverable_error_count;
    cfn_int recoverable_error_interval;
    cfn_bool recoverable_error_throttling;
    cfn_int recoverable_error_throttling_max;
    cfn_bool recoverable_error_stop_retry_after_throttling_max;
    cfn_str apply_error_delete_policy;
    cfn_str apply_error_insert_policy;
    cfn_str apply_error_update_policy;
    cfn_str apply_error_escalation_policy;
    cfn_int apply_error_escalation_count;
    cfn_bool apply_error_fail_on_truncation_ddl;
    cfn_bool fail_on_no_tables_captured;
    cfn_bool fail_on_transaction_consistency_breached;
    cfn_bool full_load_ignore_conflicts;
    cfn_str data_masking_error_policy;
} cfn_dms_error_behavior;

/* LoopbackPreventionSettings */
typedef struct cfn_dms_loopback_prevention_settings {
    cfn_bool enable_loopback_prevention;
    cfn_str source_schema;
    cfn_str target_schema;
} cfn_dms_loopback_prevention_settings;

/* BeforeImageSettings */
typedef struct cfn_dms_before_image_settings {
    cfn_bool enable_before_image;
    cfn_str field_name;
    cfn_str column_filter;
} cfn_dms_before_image_settings;

typedef struct cfn_dms_task_settings {
    cfn_dms_target_metadata target_metadata;
    cfn_dms_full_load_settings full_load_settings;
    cfn_dms_logging logging;
    cfn_dms_control_tables_settings control_tables_settings;
    cfn_dms_stream_buffer_settings stream_buffer_settings;
    cfn_dms_change_processing_tuning change_processing_tuning;
    cfn_dms_ddl_handling_policy change_processing_ddl_handling_policy;
    cfn_dms_validation_settings validation_settings;
    cfn_dms_error_behavior error_behavior;
    cfn_dms_loopback_prevention_settings loopback_prevention_settings;
    cfn_dms_before_image_settings before_image_settings;
    cfn_json character_set_settings, tt_settings, resync_settings; /* as the API takes them */
    cfn_bool fail_task_when_clean_task_resource_failed;
    cfn_json raw; /* all of it as the API takes it, instead of the others and of the defaults */
} cfn_dms_task_settings;

/* ---- table mappings ---- */

typedef struct cfn_dms_row_condition {
    cfn_str operator_name; /* eq noteq gte lte between notbetween null notnull */
    cfn_str value, end;    /* end: of between and notbetween */
} cfn_dms_row_condition;
typedef CFN_LIST_OF(cfn_dms_row_condition) cfn_dms_row_condition_list;

/* Rows that meet one of the conditions. */
typedef struct cfn_dms_row_filter {
    cfn_str column;
    cfn_dms_row_condition_list conditions;
} cfn_dms_row_filter;
typedef CFN_LIST_OF(cfn_dms_row_filter) cfn_dms_row_filter_list;

/* Schemas (of MySQL: databases) and tables are patterns: % is any text, _ any one character, [_]
 * an underscore. Defaults: table %, table_type table. */
typedef struct cfn_dms_selection {
    cfn_str schema, table;
    cfn_str table_type; /* table, view, all */
    cfn_int load_order; /* the higher the earlier */
    cfn_dms_row_filter_list filters;
} cfn_dms_selection;
typedef CFN_LIST_OF(cfn_dms_selection) cfn_dms_selection_list;

typedef struct cfn_dms_exclusion {
    cfn_str schema, table;
} cfn_dms_exclusion;
typedef CFN_LIST_OF(cfn_dms_exclusion) cfn_dms_exclusion_list;

/* Defaults: table and column %, where the target has them. */
typedef struct cfn_dms_transformation {
    cfn_str target; /* schema, table, column */
    cfn_str action; /* rename convert-lowercase convert-uppercase add-prefix remove-prefix
                       replace-prefix add-suffix remove-suffix replace-suffix remove-column
                       include-column change-data-type ... */
    cfn_str schema, table, column;
    cfn_str value, old_value;
    cfn_json data_type; /* {type, length, scale} of change-data-type */
} cfn_dms_transformation;
typedef CFN_LIST_OF(cfn_dms_transformation) cfn_dms_transformation_list;

/* How one table, named exactly, is loaded. */
typedef struct cfn_dms_table_setting {
    cfn_str schema, table;
    cfn_str lob_mode;      /* unlimited, limited, none */
    cfn_int lob_max_size;  /* KB, of limited */
    cfn_str parallel_load; /* partitions-auto, partitions-list, ranges, none */
    cfn_str_list partitions, columns;
    cfn_json boundaries; /* a list of lists: a value for each of the columns */
} cfn_dms_table_setting;
typedef CFN_LIST_OF(cfn_dms_table_setting) cfn_dms_table_setting_list;

typedef struct cfn_dms_task_mappings {
    cfn_dms_selection_list include;
    cfn_dms_exclusion_list exclude;
    cfn_dms_transformation_list transformations;
    cfn_dms_table_setting_list table_settings;
    cfn_json raw; /* {"rules": [...]} as the API takes it, instead of the others; checked too */
} cfn_dms_task_mappings;

/* Defaults: migration_type full-load-and-cdc, name {id}-{environment}-{suffix}, reverse false; the
 * way back has the task's settings, and its mappings when they rename nothing. */
typedef struct cfn_dms_replication_task_props {
    cfn_dms_replication_instance replication_instance; /* required */
    cfn_dms_endpoint source, target;                   /* required */
    cfn_str migration_type;               /* full-load, cdc, full-load-and-cdc; decided at synth */
    cfn_dms_task_mappings table_mappings; /* required */
    cfn_dms_task_settings settings;
    cfn_str name;
    cfn_str cdc_start_position; /* where changes start, of a task of type cdc */
    cfn_int cdc_start_time;     /* the same, in seconds since 1970 */
    cfn_str cdc_stop_position;
    cfn_bool reverse; /* decided at synth */
    cfn_dms_endpoint reverse_source, reverse_target;
    cfn_dms_task_mappings reverse_table_mappings;
    cfn_json tags;
    cfn_attributes attributes;
} cfn_dms_replication_task_props;

#define cfn_dms_replication_task_add(stack, id, ...)                                               \
    cfn_dms_replication_task_add_at(stack, id, __VA_ARGS__, __FILE__, __LINE__)
CFN_API cfn_dms_replication_task cfn_dms_replication_task_add_at(
    cfn_stack *stack, const char *id, const cfn_dms_replication_task_props *props, const char *file,
    int line);

static inline cfn_str cfn_dms_replication_task_arn(cfn_dms_replication_task task)
{
    return task.handle.id ? cfn_att(task.handle.id, "Arn") : task.handle.value;
}
/* The end of the ARN, which CloudWatch has as the dimension ReplicationTaskIdentifier; the task's
 * name is another thing. Of a task of this stack; nothing of an existing one. */
static inline cfn_str cfn_dms_replication_task_resource_id(cfn_dms_replication_task task)
{
    return task.handle.id ? cfn_att(task.handle.id, "ResourceId") : cfn_s(NULL);
}

CFN_END_DECLS

#endif
