/* The settings of a DMS task: a closed set of keys, their values, and what they say together. */
#include "support.h"

#include <cfngen/dms_task_settings.h>

/* Nothing is to be said of these. */
#define GOOD                                                                                       \
    "Logging: {EnableLogging: true}\n"                                                             \
    "ValidationSettings: {EnableValidation: true}\n"                                               \
    "TargetMetadata: {SupportLobs: true, FullLobMode: true}\n"
#define LOGS_AND_VALIDATES                                                                         \
    "Logging: {EnableLogging: true}\nValidationSettings: {EnableValidation: true}\n"

/* What is found in settings; they are good when none of it is an error. */
static void assert_finds(void **state, const char *settings, const char *type, const char *found)
{
    fixture *f = *state;
    cfn_diagnostics_free(f->diagnostics);
    f->diagnostics = cfn_diagnostics_new();
    const cfn_node *node = read_yaml(f, settings);
    bool good = cfn_dms_task_settings_check(f->diagnostics, node, type);
    assert_found(f, found);
    assert_int_equal(good, cfn_diagnostics_count(f->diagnostics, CFN_ERROR) == 0);
}

static void settings_that_log_validate_and_keep_lobs_whole_are_good(void **state)
{
    assert_finds(state, GOOD, "full-load-and-cdc", "");
}

/* As describe-replication-tasks prints them, but for what is read-only. */
static void the_settings_of_a_real_task_are_known(void **state)
{
    assert_finds(
        state,
        "Logging: {EnableLogging: true, EnableLogContext: false, LogComponents: [\n"
        "  {Id: TRANSFORMATION, Severity: LOGGER_SEVERITY_DEFAULT},\n"
        "  {Id: VALIDATOR_EXT, Severity: LOGGER_SEVERITY_DETAILED_DEBUG}]}\n"
        "StreamBufferSettings: {StreamBufferCount: 3, CtrlStreamBufferSizeInMB: 5, "
        "StreamBufferSizeInMB: 8}\n"
        "ErrorBehavior: {FailOnNoTablesCaptured: true, ApplyErrorUpdatePolicy: LOG_ERROR, "
        "RecoverableErrorCount: -1, TableErrorEscalationPolicy: STOP_TASK, "
        "ApplyErrorInsertPolicy: INSERT_RECORD, DataMaskingErrorPolicy: STOP_TASK}\n"
        "TTSettings: {EnableTT: false, TTS3Settings: null, TTRecordSettings: null}\n"
        "ValidationSettings: {EnableValidation: true, ValidationMode: ROW_LEVEL, ThreadCount: 5, "
        "ValidationOnly: false, MaxKeyColumnSize: 8096}\n"
        "FullLoadSettings: {CommitRate: 10000, MaxFullLoadSubTasks: 8, "
        "TargetTablePrepMode: TRUNCATE_BEFORE_LOAD, TransactionConsistencyTimeout: 600}\n"
        "TargetMetadata: {ParallelApplyBufferSize: 0, TargetSchema: '', FullLobMode: true, "
        "LimitedSizeLobMode: false, InlineLobMaxSize: 0, LobMaxSize: 0, SupportLobs: true, "
        "BatchApplyEnabled: false, TaskRecoveryTableEnabled: false}\n"
        "BeforeImageSettings: null\n"
        "ControlTablesSettings: {historyTimeslotInMinutes: 5, ControlSchema: '', "
        "HistoryTimeslotInMinutes: 5, StatusTableEnabled: false}\n"
        "LoopbackPreventionSettings: null\n"
        "CharacterSetSettings: {CharacterReplacements: [{SourceCharacterCodePoint: 35, "
        "TargetCharacterCodePoint: 52}], CharacterSetSupport: {CharacterSet: UTF16_PlatformEndian, "
        "ReplaceWithCharacterCodePoint: 0}}\n"
        "PostProcessingRules: null\n"
        "FailTaskWhenCleanTaskResourceFailed: false\n"
        "ChangeProcessingTuning: {StatementCacheSize: 50, CommitTimeout: 1, "
        "BatchApplyTimeoutMin: 1, RecoveryTimeout: -1, MinTransactionSize: 1000}\n"
        "ChangeProcessingDdlHandlingPolicy: {HandleSourceTableDropped: true}\n",
        "full-load", "");
}

static void read_only_keys_are_refused(void **state)
{
    assert_finds(state,
                 "Logging: {EnableLogging: true, CloudWatchLogGroup: g, CloudWatchLogStream: s}\n"
                 "ValidationSettings: {EnableValidation: true}\n"
                 "TargetMetadata: {FullLobMode: true}\n",
                 NULL, "CFN4320 1:32, CFN4320 1:55");
}

static void log_context_needs_logging(void **state)
{
    assert_finds(state,
                 "Logging: {EnableLogging: false, EnableLogContext: true}\n"
                 "ValidationSettings: {EnableValidation: true}\n"
                 "TargetMetadata: {FullLobMode: true}\n",
                 NULL, "CFN4326 1:26, CFN4321 1:33");
}

static void unknown_keys_are_refused_with_the_nearest(void **state)
{
    assert_finds(state, GOOD "FullLoadSettings: {MaxFullLoadSubTask: 8}\n", NULL, "CFN4322 4:20");
    assert_said(*state, "did you mean MaxFullLoadSubTasks?");
    assert_finds(state, GOOD "Whatever: 1\n", NULL, "CFN4322 4:1");
}

static void values_of_the_wrong_kind_range_or_word_are_refused(void **state)
{
    assert_finds(state, GOOD "FullLoadSettings: {MaxFullLoadSubTasks: 50}\n", NULL, "CFN4322 4:41");
    assert_finds(state, GOOD "FullLoadSettings: {CommitRate: 50001}\n", NULL, "CFN4322 4:32");
    assert_finds(state, GOOD "FullLoadSettings: {CommitRate: 1.5}\n", NULL, "CFN4322 4:32");
    assert_finds(state, GOOD "FullLoadSettings: {CommitRate: many}\n", NULL, "CFN4322 4:32");
    assert_finds(state, GOOD "FullLoadSettings: [1]\n", NULL, "CFN4322 4:19");
    assert_finds(state, GOOD "FullLoadSettings: {CreatePkAfterFullLoad: 1}\n", NULL,
                 "CFN4322 4:43");
    assert_finds(state, GOOD "ErrorBehavior: {TableErrorEscalationPolicy: SUSPEND_TABLE}\n", NULL,
                 "CFN4322 4:45");
    assert_finds(state, GOOD "PostProcessingRules: {a: 1}\n", NULL, "CFN4322 4:22");
}

static void only_rows_are_validated(void **state)
{
    assert_finds(state,
                 "Logging: {EnableLogging: true}\nTargetMetadata: {FullLobMode: true}\n"
                 "ValidationSettings: {EnableValidation: true, ValidationMode: TABLE_LEVEL}\n",
                 NULL, "CFN4322 3:62");
    assert_said(*state, "ROW_LEVEL");
}

static void exactly_one_lob_mode_must_be_on(void **state)
{
    assert_finds(state, LOGS_AND_VALIDATES "TargetMetadata: {SupportLobs: true}\n", NULL,
                 "CFN4323 3:17");
    assert_finds(state,
                 LOGS_AND_VALIDATES
                 "TargetMetadata: {FullLobMode: true, LimitedSizeLobMode: true, LobMaxSize: 64}\n",
                 NULL, "CFN4323 3:31");
    assert_finds(state, LOGS_AND_VALIDATES "TargetMetadata: {SupportLobs: false}\n", NULL, "");
}

static void lobs_that_would_be_cut_are_warned_of(void **state)
{
    assert_finds(state,
                 LOGS_AND_VALIDATES "TargetMetadata: {LimitedSizeLobMode: true, LobMaxSize: 32}\n",
                 NULL, "CFN4324 3:56");
    assert_finds(state, LOGS_AND_VALIDATES "TargetMetadata: {LimitedSizeLobMode: true}\n", NULL,
                 "CFN4324 3:17");
    assert_finds(state,
                 LOGS_AND_VALIDATES "TargetMetadata: {LimitedSizeLobMode: true, LobMaxSize: 33}\n",
                 NULL, "");
}

static void inline_lobs_need_full_mode(void **state)
{
    assert_finds(state,
                 LOGS_AND_VALIDATES "TargetMetadata: {LimitedSizeLobMode: true, LobMaxSize: 64, "
                                    "InlineLobMaxSize: 1}\n",
                 NULL, "CFN4322 3:78");
}

static void batches_in_full_lob_mode_are_warned_of(void **state)
{
    assert_finds(
        state, LOGS_AND_VALIDATES "TargetMetadata: {FullLobMode: true, BatchApplyEnabled: true}\n",
        NULL, "CFN4341 3:56");
}

static void a_task_that_neither_validates_nor_logs_is_warned_of(void **state)
{
    assert_finds(state, "TargetMetadata: {FullLobMode: true}\n", NULL, "CFN4326 1:1, CFN4325 1:1");
}

static void validation_alone_needs_a_target_that_is_left_as_it_is(void **state)
{
    const char *settings = "Logging: {EnableLogging: true}\nTargetMetadata: {FullLobMode: true}\n"
                           "ValidationSettings: {EnableValidation: true, ValidationOnly: true}\n";
    assert_finds(state, settings, "cdc", "CFN4322 3:62");
    assert_finds(state,
                 "Logging: {EnableLogging: true}\nTargetMetadata: {FullLobMode: true}\n"
                 "FullLoadSettings: {TargetTablePrepMode: DO_NOTHING}\n"
                 "ValidationSettings: {EnableValidation: true, ValidationOnly: true}\n",
                 "full-load-and-cdc", "CFN4322 4:62");
}

static void loopback_prevention_excludes_batches(void **state)
{
    assert_finds(state,
                 LOGS_AND_VALIDATES
                 "TargetMetadata: {LimitedSizeLobMode: true, LobMaxSize: 64, BatchApplyEnabled: "
                 "true}\nLoopbackPreventionSettings: {EnableLoopbackPrevention: true}\n",
                 NULL, "CFN4322 4:56");
}

static void resync_has_a_schedule_when_there_are_changes(void **state)
{
    assert_finds(state, GOOD "ResyncSettings: {EnableResync: true}\n", "cdc", "CFN4322 4:32");
    assert_finds(state, GOOD "ResyncSettings: {EnableResync: true, MaxResyncTime: 5}\n",
                 "full-load", "CFN4322 4:53");
}

static void what_is_no_mapping_is_refused(void **state)
{
    fixture *f = *state;
    const cfn_node *list = cfn_node_get(read_yaml(f, "A: [1]\n"), "A");
    assert_false(cfn_dms_task_settings_check(f->diagnostics, list, NULL));
    assert_found(f, "CFN4322 1:4");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(settings_that_log_validate_and_keep_lobs_whole_are_good),
        TEST(the_settings_of_a_real_task_are_known),
        TEST(read_only_keys_are_refused),
        TEST(log_context_needs_logging),
        TEST(unknown_keys_are_refused_with_the_nearest),
        TEST(values_of_the_wrong_kind_range_or_word_are_refused),
        TEST(only_rows_are_validated),
        TEST(exactly_one_lob_mode_must_be_on),
        TEST(lobs_that_would_be_cut_are_warned_of),
        TEST(inline_lobs_need_full_mode),
        TEST(batches_in_full_lob_mode_are_warned_of),
        TEST(a_task_that_neither_validates_nor_logs_is_warned_of),
        TEST(validation_alone_needs_a_target_that_is_left_as_it_is),
        TEST(loopback_prevention_excludes_batches),
        TEST(resync_has_a_schedule_when_there_are_changes),
        TEST(what_is_no_mapping_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
