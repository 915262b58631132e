/* The keys that the settings of a DMS task may have: one macro for each section, which calls
 * K(KIND, Name, member, min, max, words, doc) for each of its keys. KIND is BOOL, INT, STR or JSON;
 * min and max hold when max > min; words are the texts allowed, NULL: any. The checker and the
 * table of the construct are both made of them.
 *
 * https://docs.aws.amazon.com/dms/latest/userguide/CHAP_Tasks.CustomizingTasks.TaskSettings.html
 * and the pages of each section beneath it. */
#ifndef CFN_DMS_SETTINGS_KEYS_H
#define CFN_DMS_SETTINGS_KEYS_H

/* clang-format off */
#define CFN__DMS_TARGET_METADATA(K)                                                                                    \
    K(STR,  TargetSchema, target_schema, 0, 0, NULL, "The schema that all tables go to; not for MySQL.")               \
    K(BOOL, SupportLobs, support_lobs, 0, 0, NULL, "Whether large columns (LOBs) are migrated.")                       \
    K(BOOL, FullLobMode, full_lob_mode, 0, 0, NULL, "Whether LOBs are migrated whole, whatever their size.")           \
    K(INT,  LobChunkSize, lob_chunk_size, 1, 102400, NULL, "KB of a LOB that are read at a time, in full mode.")       \
    K(BOOL, LimitedSizeLobMode, limited_size_lob_mode, 0, 0, NULL, "Whether LOBs are cut at LobMaxSize.")              \
    K(INT,  LobMaxSize, lob_max_size, 0, 2097151, NULL, "KB at which LOBs are cut, in limited mode.")                  \
    K(INT,  InlineLobMaxSize, inline_lob_max_size, 0, 102400, NULL, "KB up to which full mode takes a LOB at once.")   \
    K(INT,  LoadMaxFileSize, load_max_file_size, 0, 100000, NULL, "KB of the files that a target loads.")              \
    K(INT,  ParallelLoadThreads, parallel_load_threads, 0, 256, NULL, "Not for MySQL, where it is of the endpoint.")   \
    K(INT,  ParallelLoadBufferSize, parallel_load_buffer_size, 0, 1000, NULL, "Records of a buffer of such a thread.") \
    K(INT,  ParallelLoadQueuesPerThread, parallel_load_queues_per_thread, 0, 512, NULL, "Queues of such a thread.")    \
    K(INT,  ParallelApplyThreads, parallel_apply_threads, 0, 256, NULL, "Threads that apply; not for MySQL.")          \
    K(INT,  ParallelApplyBufferSize, parallel_apply_buffer_size, 0, 1000, NULL, "Records of their buffers.")           \
    K(INT,  ParallelApplyQueuesPerThread, parallel_apply_queues_per_thread, 0, 512, NULL, "Queues of each of them.")   \
    K(BOOL, BatchApplyEnabled, batch_apply_enabled, 0, 0, NULL, "Whether changes are applied in batches.")             \
    K(BOOL, TaskRecoveryTableEnabled, task_recovery_table_enabled, 0, 0, NULL, "Whether awsdms_txn_state is kept.")

#define CFN__DMS_FULL_LOAD(K)                                                                                          \
    K(STR,  TargetTablePrepMode, target_table_prep_mode, 0, 0, cfn__dms_prep_modes, "What happens to target tables before the load.") \
    K(BOOL, CreatePkAfterFullLoad, create_pk_after_full_load, 0, 0, NULL, "Whether primary keys wait for the load.")   \
    K(BOOL, StopTaskCachedChangesApplied, stop_task_cached_changes_applied, 0, 0, NULL, "Whether the task stops after the load and its changes.") \
    K(BOOL, StopTaskCachedChangesNotApplied, stop_task_cached_changes_not_applied, 0, 0, NULL, "Whether the task stops after the load, before its changes.") \
    K(INT,  MaxFullLoadSubTasks, max_full_load_sub_tasks, 1, 49, NULL, "How many tables are loaded at a time.")        \
    K(INT,  TransactionConsistencyTimeout, transaction_consistency_timeout, 0, 2147483647, NULL, "Seconds to wait for open transactions.") \
    K(INT,  CommitRate, commit_rate, 1, 50000, NULL, "Records that are written at a time.")

#define CFN__DMS_LOGGING(K)                                                                                            \
    K(BOOL, EnableLogging, enable_logging, 0, 0, NULL, "Whether the task logs.")                                       \
    K(BOOL, EnableLogContext, enable_log_context, 0, 0, NULL, "Whether log lines tell their context.")                 \
    K(BOOL, DeleteTaskLogs, delete_task_logs, 0, 0, NULL, "Whether logs are deleted, when a task is changed.")

#define CFN__DMS_CONTROL_TABLES(K)                                                                                     \
    K(STR,  ControlSchema, control_schema, 0, 0, NULL, "Where DMS keeps its own tables at the target.")                \
    K(INT,  HistoryTimeslotInMinutes, history_timeslot_in_minutes, 1, 2147483647, NULL, "Minutes of a row of history.") \
    K(BOOL, HistoryTableEnabled, history_table_enabled, 0, 0, NULL, "Whether awsdms_history is kept.")                 \
    K(BOOL, SuspendedTablesTableEnabled, suspended_tables_table_enabled, 0, 0, NULL, "Whether awsdms_suspended_tables is kept.") \
    K(BOOL, StatusTableEnabled, status_table_enabled, 0, 0, NULL, "Whether awsdms_status is kept.")                    \
    K(BOOL, FullLoadExceptionTableEnabled, full_load_exception_table_enabled, 0, 0, NULL, "Whether awsdms_full_load_exceptions is kept.")

#define CFN__DMS_STREAM_BUFFER(K)                                                                                      \
    K(INT,  StreamBufferCount, stream_buffer_count, 1, 2147483647, NULL, "How many buffers there are.")                \
    K(INT,  StreamBufferSizeInMB, stream_buffer_size_in_mb, 1, 2147483647, NULL, "MB of each buffer.")                 \
    K(INT,  CtrlStreamBufferSizeInMB, ctrl_stream_buffer_size_in_mb, 1, 8, NULL, "MB of the buffer for control.")

#define CFN__DMS_CHANGE_TUNING(K)                                                                                      \
    K(BOOL, BatchApplyPreserveTransaction, batch_apply_preserve_transaction, 0, 0, NULL, "Of Oracle targets alone.")   \
    K(INT,  BatchApplyTimeoutMin, batch_apply_timeout_min, 0, 2147483647, NULL, "Seconds between batches, at least.")  \
    K(INT,  BatchApplyTimeoutMax, batch_apply_timeout_max, 0, 2147483647, NULL, "Seconds between batches, at most.")   \
    K(INT,  BatchApplyMemoryLimit, batch_apply_memory_limit, 0, 2147483647, NULL, "MB for batches.")                   \
    K(INT,  BatchSplitSize, batch_split_size, 0, 2147483647, NULL, "Changes of a batch at most; 0: no limit.")         \
    K(INT,  MinTransactionSize, min_transaction_size, 0, 2147483647, NULL, "Changes of a transaction, at least.")      \
    K(INT,  CommitTimeout, commit_timeout, 0, 2147483647, NULL, "Seconds until a transaction is committed.")           \
    K(INT,  MemoryLimitTotal, memory_limit_total, 0, 2147483647, NULL, "MB of transactions before they go to disk.")   \
    K(INT,  MemoryKeepTime, memory_keep_time, 0, 2147483647, NULL, "Seconds in memory before they go to disk.")        \
    K(INT,  StatementCacheSize, statement_cache_size, 0, 200, NULL, "How many prepared statements are kept.")          \
    K(INT,  RecoveryTimeout, recovery_timeout, -1, 2147483647, NULL, "Minutes of waiting after a break; -1: for ever.")

#define CFN__DMS_DDL_POLICY(K)                                                                                         \
    K(BOOL, HandleSourceTableDropped, handle_source_table_dropped, 0, 0, NULL, "Whether a table is dropped with the source's.") \
    K(BOOL, HandleSourceTableTruncated, handle_source_table_truncated, 0, 0, NULL, "Whether it is truncated with it.") \
    K(BOOL, HandleSourceTableAltered, handle_source_table_altered, 0, 0, NULL, "Whether it is altered with it.")

#define CFN__DMS_VALIDATION(K)                                                                                         \
    K(BOOL, EnableValidation, enable_validation, 0, 0, NULL, "Whether DMS compares the rows of source and target.")    \
    K(STR,  ValidationMode, validation_mode, 0, 0, cfn__dms_validation_modes, "What is compared.")                     \
    K(INT,  ThreadCount, thread_count, 1, 2147483647, NULL, "Threads that compare.")                                   \
    K(INT,  PartitionSize, partition_size, 1, 2147483647, NULL, "Rows that are compared at a time.")                   \
    K(INT,  FailureMaxCount, failure_max_count, 0, 2147483647, NULL, "Failures of a task until it is given up.")       \
    K(INT,  RecordFailureDelayInMinutes, record_failure_delay_in_minutes, 0, 2147483647, NULL, "Minutes until a difference is a failure.") \
    K(INT,  RecordSuspendDelayInMinutes, record_suspend_delay_in_minutes, 0, 2147483647, NULL, "Minutes until a table is suspended.") \
    K(INT,  MaxKeyColumnSize, max_key_column_size, 1, 2147483647, NULL, "Bytes of keys, at most.")                     \
    K(INT,  TableFailureMaxCount, table_failure_max_count, 0, 2147483647, NULL, "Failures of a table until it is given up.") \
    K(BOOL, ValidationOnly, validation_only, 0, 0, NULL, "Whether the task compares without migrating.")               \
    K(BOOL, HandleCollationDiff, handle_collation_diff, 0, 0, NULL, "Whether collations may differ (PostgreSQL).")     \
    K(INT,  RecordFailureDelayLimitInMinutes, record_failure_delay_limit_in_minutes, 0, 2147483647, NULL, "Minutes that the delay grows to.") \
    K(BOOL, SkipLobColumns, skip_lob_columns, 0, 0, NULL, "Whether LOBs are not compared.")                            \
    K(INT,  ValidationPartialLobSize, validation_partial_lob_size, 0, 2147483647, NULL, "KB of LOBs that are compared; 0: all.") \
    K(INT,  ValidationQueryCdcDelaySeconds, validation_query_cdc_delay_seconds, 0, 2147483647, NULL, "Seconds before the first look.")

#define CFN__DMS_ERROR_BEHAVIOR(K)                                                                                     \
    K(STR,  DataErrorPolicy, data_error_policy, 0, 0, cfn__dms_data_policies, "When a record cannot be read or written.") \
    K(STR,  DataTruncationErrorPolicy, data_truncation_error_policy, 0, 0, cfn__dms_data_policies, "When data is cut.") \
    K(STR,  DataErrorEscalationPolicy, data_error_escalation_policy, 0, 0, cfn__dms_table_policies, "When there are too many of these.") \
    K(INT,  DataErrorEscalationCount, data_error_escalation_count, 0, 2147483647, NULL, "How many are too many; 0: none.") \
    K(STR,  EventErrorPolicy, event_error_policy, 0, 0, cfn__dms_event_policies, "When an event cannot be sent.")      \
    K(STR,  TableErrorPolicy, table_error_policy, 0, 0, cfn__dms_table_policies, "When a table fails.")                \
    K(STR,  TableErrorEscalationPolicy, table_error_escalation_policy, 0, 0, cfn__dms_stop_policies, "When too many tables fail.") \
    K(INT,  TableErrorEscalationCount, table_error_escalation_count, 0, 2147483647, NULL, "How many are too many; 0: none.") \
    K(INT,  RecoverableErrorCount, recoverable_error_count, -1, 2147483647, NULL, "How often is tried again; -1: for ever.") \
    K(INT,  RecoverableErrorInterval, recoverable_error_interval, 0, 2147483647, NULL, "Seconds between two tries.")   \
    K(BOOL, RecoverableErrorThrottling, recoverable_error_throttling, 0, 0, NULL, "Whether that time grows.")          \
    K(INT,  RecoverableErrorThrottlingMax, recoverable_error_throttling_max, 0, 2147483647, NULL, "Seconds that it grows to.") \
    K(BOOL, RecoverableErrorStopRetryAfterThrottlingMax, recoverable_error_stop_retry_after_throttling_max, 0, 0, NULL, "Whether the task stops then.") \
    K(STR,  ApplyErrorDeletePolicy, apply_error_delete_policy, 0, 0, cfn__dms_data_policies, "When a deletion fails.") \
    K(STR,  ApplyErrorInsertPolicy, apply_error_insert_policy, 0, 0, cfn__dms_insert_policies, "When an insertion fails.") \
    K(STR,  ApplyErrorUpdatePolicy, apply_error_update_policy, 0, 0, cfn__dms_update_policies, "When an update fails.") \
    K(STR,  ApplyErrorEscalationPolicy, apply_error_escalation_policy, 0, 0, cfn__dms_apply_policies, "When there are too many of these.") \
    K(INT,  ApplyErrorEscalationCount, apply_error_escalation_count, 0, 2147483647, NULL, "How many are too many; 0: none.") \
    K(BOOL, ApplyErrorFailOnTruncationDdl, apply_error_fail_on_truncation_ddl, 0, 0, NULL, "Whether a TRUNCATE of the source fails the task.") \
    K(BOOL, FailOnNoTablesCaptured, fail_on_no_tables_captured, 0, 0, NULL, "Whether a task fails that finds no table.") \
    K(BOOL, FailOnTransactionConsistencyBreached, fail_on_transaction_consistency_breached, 0, 0, NULL, "Whether a transaction that stays open fails it.") \
    K(BOOL, FullLoadIgnoreConflicts, full_load_ignore_conflicts, 0, 0, NULL, "Whether the load ignores rows that are there.") \
    K(STR,  DataMaskingErrorPolicy, data_masking_error_policy, 0, 0, cfn__dms_data_policies, "When masking fails; of DMS 3.5.4 and later.")

#define CFN__DMS_LOOPBACK(K)                                                                                           \
    K(BOOL, EnableLoopbackPrevention, enable_loopback_prevention, 0, 0, NULL, "Whether changes that another task brought are left out.") \
    K(STR,  SourceSchema, source_schema, 0, 0, NULL, "Where the source keeps the marks for it.")                       \
    K(STR,  TargetSchema, target_schema, 0, 0, NULL, "Where the target keeps them.")

#define CFN__DMS_BEFORE_IMAGE(K)                                                                                       \
    K(BOOL, EnableBeforeImage, enable_before_image, 0, 0, NULL, "Whether changes carry the old values too.")           \
    K(STR,  FieldName, field_name, 0, 0, NULL, "What the old values are called.")                                      \
    K(STR,  ColumnFilter, column_filter, 0, 0, cfn__dms_column_filters, "Of which columns.")
/* clang-format on */

/* The words above; each ends with NULL. */
extern const char *const cfn__dms_prep_modes[],
    *const cfn__dms_validation_modes[],
        *const cfn__dms_data_policies[],
            *const cfn__dms_table_policies[],
                *const cfn__dms_event_policies[],
                    *const cfn__dms_stop_policies[],
                        *const cfn__dms_insert_policies[],
                            *const cfn__dms_update_policies[],
                                *const cfn__dms_apply_policies[],
                                    *const cfn__dms_column_filters[],
                                        *const cfn__dms_log_components[],
                                            *const cfn__dms_log_severities[];

#endif
