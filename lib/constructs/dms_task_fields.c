/* The settings of a DMS task as members of a C struct and of a stack file: made of the same list of
 * keys that checks them. */
#include "constructs/dms.h"
#include "dms/settings_keys.h"

#include <cfngen/dms_replication_task.h>

#define ROW(kind, name, member, text)                                                              \
    CFN__ROW(cfn_dms_log_component, kind, name, member), .doc = (text)
static const cfn__field log_component_fields[] = {
    {ROW(STR, "Id", id, "The part of DMS, as SOURCE_CAPTURE."),
     .flags = CFN__REQUIRED | CFN__SYNTH_TIME, .values = cfn__dms_log_components},
    {ROW(STR, "Severity", severity, "How much it logs."), .flags = CFN__REQUIRED | CFN__SYNTH_TIME,
     .values = cfn__dms_log_severities},
};
#undef ROW
static const cfn_record log_component_record =
    CFN__RECORD("a log component", cfn_dms_log_component, log_component_fields);

/* Numbers and booleans stand in the text of the template without quotes, so they are known at
 * synth. */
#define FLAGS_BOOL CFN__SYNTH_TIME
#define FLAGS_INT  CFN__SYNTH_TIME
#define FLAGS_STR  0
#define ROW_OF(kind, name, member, least, most, words, text)                                       \
    {CFN__ROW(OWNER, kind, #name, member),                                                         \
     .flags = FLAGS_##kind,                                                                        \
     .min = (least),                                                                               \
     .max = (most),                                                                                \
     .values = (words),                                                                            \
     .doc = (text)},

#define OWNER cfn_dms_target_metadata
static const cfn__field target_metadata_fields[] = {CFN__DMS_TARGET_METADATA(ROW_OF)};
static const cfn_record target_metadata_record =
    CFN__RECORD("TargetMetadata", cfn_dms_target_metadata, target_metadata_fields);
#undef OWNER

#define OWNER cfn_dms_full_load_settings
static const cfn__field full_load_settings_fields[] = {CFN__DMS_FULL_LOAD(ROW_OF)};
static const cfn_record full_load_settings_record =
    CFN__RECORD("FullLoadSettings", cfn_dms_full_load_settings, full_load_settings_fields);
#undef OWNER

#define OWNER cfn_dms_logging
static const cfn__field logging_fields[] = {
    CFN__DMS_LOGGING(ROW_OF){
        CFN__ROW(cfn_dms_logging, RECORD_LIST, "LogComponents", log_components),
        .base.record = &log_component_record, .doc = "How much each part of DMS logs."},
};
static const cfn_record logging_record = CFN__RECORD("Logging", cfn_dms_logging, logging_fields);
#undef OWNER

#define OWNER cfn_dms_control_tables_settings
static const cfn__field control_tables_settings_fields[] = {CFN__DMS_CONTROL_TABLES(ROW_OF)};
static const cfn_record control_tables_settings_record = CFN__RECORD(
    "ControlTablesSettings", cfn_dms_control_tables_settings, control_tables_settings_fields);
#undef OWNER

#define OWNER cfn_dms_stream_buffer_settings
static const cfn__field stream_buffer_settings_fields[] = {CFN__DMS_STREAM_BUFFER(ROW_OF)};
static const cfn_record stream_buffer_settings_record = CFN__RECORD(
    "StreamBufferSettings", cfn_dms_stream_buffer_settings, stream_buffer_settings_fields);
#undef OWNER

#define OWNER cfn_dms_change_processing_tuning
static const cfn__field change_processing_tuning_fields[] = {CFN__DMS_CHANGE_TUNING(ROW_OF)};
static const cfn_record change_processing_tuning_record = CFN__RECORD(
    "ChangeProcessingTuning", cfn_dms_change_processing_tuning, change_processing_tuning_fields);
#undef OWNER

#define OWNER cfn_dms_ddl_handling_policy
static const cfn__field change_processing_ddl_handling_policy_fields[] = {
    CFN__DMS_DDL_POLICY(ROW_OF)};
static const cfn_record change_processing_ddl_handling_policy_record =
    CFN__RECORD("ChangeProcessingDdlHandlingPolicy", cfn_dms_ddl_handling_policy,
                change_processing_ddl_handling_policy_fields);
#undef OWNER

#define OWNER cfn_dms_validation_settings
static const cfn__field validation_settings_fields[] = {CFN__DMS_VALIDATION(ROW_OF)};
static const cfn_record validation_settings_record =
    CFN__RECORD("ValidationSettings", cfn_dms_validation_settings, validation_settings_fields);
#undef OWNER

#define OWNER cfn_dms_error_behavior
static const cfn__field error_behavior_fields[] = {CFN__DMS_ERROR_BEHAVIOR(ROW_OF)};
static const cfn_record error_behavior_record =
    CFN__RECORD("ErrorBehavior", cfn_dms_error_behavior, error_behavior_fields);
#undef OWNER

#define OWNER cfn_dms_loopback_prevention_settings
static const cfn__field loopback_prevention_settings_fields[] = {CFN__DMS_LOOPBACK(ROW_OF)};
static const cfn_record loopback_prevention_settings_record =
    CFN__RECORD("LoopbackPreventionSettings", cfn_dms_loopback_prevention_settings,
                loopback_prevention_settings_fields);
#undef OWNER

#define OWNER cfn_dms_before_image_settings
static const cfn__field before_image_settings_fields[] = {CFN__DMS_BEFORE_IMAGE(ROW_OF)};
static const cfn_record before_image_settings_record =
    CFN__RECORD("BeforeImageSettings", cfn_dms_before_image_settings, before_image_settings_fields);
#undef OWNER

#define ROW(kind, name, member, text)                                                              \
    CFN__ROW(cfn_dms_task_settings, kind, name, member), .doc = (text)
static const cfn__field fields[] = {
    {ROW(RECORD, "TargetMetadata", target_metadata,
         "What becomes of LOBs, and how changes are applied."),
     .base.record = &target_metadata_record},
    {ROW(RECORD, "FullLoadSettings", full_load_settings, "How tables are loaded."),
     .base.record = &full_load_settings_record},
    {ROW(RECORD, "Logging", logging, "What the task logs."), .base.record = &logging_record},
    {ROW(RECORD, "ControlTablesSettings", control_tables_settings,
         "The tables that DMS keeps at the target."),
     .base.record = &control_tables_settings_record},
    {ROW(RECORD, "StreamBufferSettings", stream_buffer_settings,
         "Buffers between source and target."),
     .base.record = &stream_buffer_settings_record},
    {ROW(RECORD, "ChangeProcessingTuning", change_processing_tuning, "How changes are collected."),
     .base.record = &change_processing_tuning_record},
    {ROW(RECORD, "ChangeProcessingDdlHandlingPolicy", change_processing_ddl_handling_policy,
         "Which changes of tables are carried over."),
     .base.record = &change_processing_ddl_handling_policy_record},
    {ROW(RECORD, "ValidationSettings", validation_settings, "How DMS compares source and target."),
     .base.record = &validation_settings_record},
    {ROW(RECORD, "ErrorBehavior", error_behavior, "What happens on errors."),
     .base.record = &error_behavior_record},
    {ROW(RECORD, "LoopbackPreventionSettings", loopback_prevention_settings,
         "Two tasks in opposite directions at once."),
     .base.record = &loopback_prevention_settings_record},
    {ROW(RECORD, "BeforeImageSettings", before_image_settings, "Old values of changed rows."),
     .base.record = &before_image_settings_record},
    {ROW(JSON, "CharacterSetSettings", character_set_settings,
         "Characters that are replaced, as the API takes it."),
     .flags = CFN__MAPPING},
    {ROW(JSON, "TTSettings", tt_settings,
         "Time Travel of PostgreSQL sources, as the API takes it."),
     .flags = CFN__MAPPING},
    {ROW(JSON, "ResyncSettings", resync_settings,
         "Resync of DMS 3.6.1 and later, as the API takes it."),
     .flags = CFN__MAPPING},
    {ROW(BOOL, "FailTaskWhenCleanTaskResourceFailed", fail_task_when_clean_task_resource_failed,
         "Whether a task fails that cannot clean up."),
     .flags = CFN__SYNTH_TIME},
    {ROW(JSON, "Raw", raw,
         "All settings as the API takes them, instead of the others and of the defaults; checked "
         "too."),
     .flags = CFN__MAPPING},
};
#undef ROW
const cfn_record cfn__dms_task_settings_record =
    CFN__RECORD("Settings", cfn_dms_task_settings, fields);
