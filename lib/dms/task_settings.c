/* The closed set of task settings: each value is looked up in a table and checked by its row. */
#include "dms/task_settings.h"

#include "base/text.h"
#include "dms/settings_keys.h"
#include "template/intrinsic.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#define WORDS(name, ...) const char *const name[] = {__VA_ARGS__, NULL}
WORDS(cfn__dms_prep_modes, "DO_NOTHING", "DROP_AND_CREATE", "TRUNCATE_BEFORE_LOAD");
WORDS(cfn__dms_validation_modes, "ROW_LEVEL");
WORDS(cfn__dms_data_policies, "IGNORE_RECORD", "LOG_ERROR", "SUSPEND_TABLE", "STOP_TASK");
WORDS(cfn__dms_table_policies, "SUSPEND_TABLE", "STOP_TASK");
WORDS(cfn__dms_event_policies, "IGNORE", "STOP_TASK");
WORDS(cfn__dms_stop_policies, "STOP_TASK");
WORDS(cfn__dms_insert_policies, "INSERT_RECORD", "IGNORE_RECORD", "LOG_ERROR", "SUSPEND_TABLE",
      "STOP_TASK");
WORDS(cfn__dms_update_policies, "UPDATE_RECORD", "IGNORE_RECORD", "LOG_ERROR", "SUSPEND_TABLE",
      "STOP_TASK");
WORDS(cfn__dms_apply_policies, "LOG_ERROR", "SUSPEND_TABLE", "STOP_TASK");
WORDS(cfn__dms_column_filters, "pk-only", "non-lob", "all");
WORDS(cfn__dms_log_components, "TRANSFORMATION", "SOURCE_UNLOAD", "IO", "TARGET_LOAD",
      "PERFORMANCE", "SOURCE_CAPTURE", "SORTER", "REST_SERVER", "VALIDATOR", "VALIDATOR_EXT",
      "TARGET_APPLY", "TASK_MANAGER", "TABLES_MANAGER", "METADATA_MANAGER", "FILE_FACTORY",
      "COMMON", "ADDONS", "DATA_STRUCTURE", "COMMUNICATION", "FILE_TRANSFER");
WORDS(cfn__dms_log_severities, "LOGGER_SEVERITY_ERROR", "LOGGER_SEVERITY_WARNING",
      "LOGGER_SEVERITY_INFO", "LOGGER_SEVERITY_DEFAULT", "LOGGER_SEVERITY_DEBUG",
      "LOGGER_SEVERITY_DETAILED_DEBUG");
static WORDS(encryption_modes, "SSE_S3", "SSE_KMS");

typedef enum kind { BOOL, INT, STR, JSON, SECTION, LIST, NOTHING, READ_ONLY } kind;

typedef struct setting {
    const char *name;
    kind kind;
    int64_t min, max;
    const char *const *words;
    const struct setting *members; /* of SECTION, and of each item of LIST; ends without a name */
} setting;

#define ROW(kind, name, member, min, max, words, doc) {#name, kind, min, max, words, NULL},
#define OF(name, kind, members)                                                                    \
    {                                                                                              \
        name, kind, 0, 0, NULL, members                                                            \
    }
#define END                                                                                        \
    {                                                                                              \
        NULL, NOTHING, 0, 0, NULL, NULL                                                            \
    }

static const setting target_metadata[] = {CFN__DMS_TARGET_METADATA(ROW) END};
static const setting full_load[] = {CFN__DMS_FULL_LOAD(ROW) END};
static const setting log_components[] = {
    {"Id", STR, 0, 0, cfn__dms_log_components, NULL},
    {"Severity", STR, 0, 0, cfn__dms_log_severities, NULL},
    END,
};
static const setting logging[] = {
    CFN__DMS_LOGGING(ROW) OF("LogComponents", LIST, log_components),
    OF("CloudWatchLogGroup", READ_ONLY, NULL),
    OF("CloudWatchLogStream", READ_ONLY, NULL),
    END,
};
static const setting control_tables[] = {
    /* what describe-replication-tasks prints */
    {"historyTimeslotInMinutes", INT, 1, INT32_MAX, NULL, NULL},
    CFN__DMS_CONTROL_TABLES(ROW) END,
};
static const setting stream_buffer[] = {CFN__DMS_STREAM_BUFFER(ROW) END};
static const setting change_tuning[] = {CFN__DMS_CHANGE_TUNING(ROW) END};
static const setting ddl_policy[] = {CFN__DMS_DDL_POLICY(ROW) END};
static const setting validation[] = {CFN__DMS_VALIDATION(ROW) END};
static const setting error_behavior[] = {CFN__DMS_ERROR_BEHAVIOR(ROW) END};
static const setting loopback[] = {CFN__DMS_LOOPBACK(ROW) END};
static const setting before_image[] = {CFN__DMS_BEFORE_IMAGE(ROW) END};
static const setting character_replacements[] = {
    {"SourceCharacterCodePoint", INT, 0, 0x10ffff, NULL, NULL},
    {"TargetCharacterCodePoint", INT, 0, 0x10ffff, NULL, NULL},
    END,
};
static const setting character_support[] = {
    OF("CharacterSet", STR, NULL),
    {"ReplaceWithCharacterCodePoint", INT, 0, 0x10ffff, NULL, NULL},
    END,
};
static const setting character_set[] = {
    OF("CharacterReplacements", LIST, character_replacements),
    OF("CharacterSetSupport", SECTION, character_support),
    END,
};
static const setting tt_s3[] = {
    {"EncryptionMode", STR, 0, 0, encryption_modes, NULL},
    OF("ServerSideEncryptionKmsKeyId", STR, NULL),
    OF("ServiceAccessRoleArn", STR, NULL),
    OF("BucketName", STR, NULL),
    OF("BucketFolder", STR, NULL),
    OF("EnableDeletingFromS3OnTaskDelete", BOOL, NULL),
    END,
};
static const setting tt_record[] = {
    OF("EnableRawData", BOOL, NULL),
    OF("OperationsToLog", STR, NULL),
    {"MaxRecordSize", INT, 0, INT32_MAX, NULL, NULL},
    END,
};
static const setting time_travel[] = {
    OF("EnableTT", BOOL, NULL),
    OF("FailTaskOnTTFailure", BOOL, NULL),
    OF("TTS3Settings", SECTION, tt_s3),
    OF("TTRecordSettings", SECTION, tt_record),
    END,
};
static const setting resync[] = {
    OF("EnableResync", BOOL, NULL),
    OF("ResyncSchedule", STR, NULL),
    {"MaxResyncTime", INT, 1, INT32_MAX, NULL, NULL},
    OF("ValidationTaskId", STR, NULL),
    END,
};
static const setting root_settings[] = {
    OF("TargetMetadata", SECTION, target_metadata),
    OF("FullLoadSettings", SECTION, full_load),
    OF("Logging", SECTION, logging),
    OF("ControlTablesSettings", SECTION, control_tables),
    OF("StreamBufferSettings", SECTION, stream_buffer),
    OF("ChangeProcessingTuning", SECTION, change_tuning),
    OF("ChangeProcessingDdlHandlingPolicy", SECTION, ddl_policy),
    OF("ValidationSettings", SECTION, validation),
    OF("ErrorBehavior", SECTION, error_behavior),
    OF("LoopbackPreventionSettings", SECTION, loopback),
    OF("BeforeImageSettings", SECTION, before_image),
    OF("CharacterSetSettings", SECTION, character_set),
    OF("TTSettings", SECTION, time_travel),
    OF("ResyncSettings", SECTION, resync),
    OF("PostProcessingRules", NOTHING, NULL),
    OF("FailTaskWhenCleanTaskResourceFailed", BOOL, NULL),
    END,
};

static void check_map(cfn_diagnostics *diagnostics, const cfn_node *map, const char *name,
                      const setting *members);

static void wrong_kind(cfn_diagnostics *diagnostics, const cfn_node *node, const char *name,
                       const char *wanted)
{
    cfn__report(diagnostics, CFN4322, node, "%s must be %s, not %s", name, wanted,
                cfn__kind_name(node->kind));
}

static void check_word(cfn_diagnostics *diagnostics, const cfn_node *node, const setting *s)
{
    cfn__nearest nearest = cfn__nearest_to(node->text);
    cfn__buffer all = {0};
    const char *const *word = s->words;
    for (; *word && strcmp(*word, node->text) != 0; word++) {
        cfn__buffer_format(&all, "%s%s", all.length ? ", " : "", *word);
        cfn__nearest_offer(&nearest, *word);
    }
    if (!*word) {
        cfn__report(diagnostics, CFN4322, node, "%s cannot be %s", s->name, node->text);
        cfn__hint(diagnostics, "%s%s%sone of %s", nearest.best ? "did you mean " : "",
                  nearest.best ? nearest.best : "", nearest.best ? "? It is " : "it is ",
                  all.text ? all.text : "");
    }
    cfn__buffer_free(&all);
}

static void check_number(cfn_diagnostics *diagnostics, const cfn_node *node, const setting *s)
{
    char *end = NULL;
    errno = 0;
    long long value = node->kind == CFN_KIND_NUMBER ? strtoll(node->text, &end, 10) : 0;
    if (!end || *end || errno)
        wrong_kind(diagnostics, node, s->name, "a whole number");
    else if (s->max > s->min && (value < s->min || value > s->max))
        cfn__report(diagnostics, CFN4322, node, "%s must be from %" PRId64 " to %" PRId64, s->name,
                    s->min, s->max);
}

static void check_list(cfn_diagnostics *diagnostics, const cfn_node *node, const setting *s)
{
    if (!cfn__is_list(node)) {
        wrong_kind(diagnostics, node, s->name, "a list");
        return;
    }
    for (const cfn_node *n = node->first; n; n = n->next)
        check_map(diagnostics, n, s->name, s->members);
}

static void check_setting(cfn_diagnostics *diagnostics, const cfn_node *node, const setting *s)
{
    bool scalar = s->kind == STR || s->kind == INT;
    if (s->kind == READ_ONLY) {
        cfn__report_key(diagnostics, CFN4320, node, "%s is read-only: DMS decides it", s->name);
        cfn__hint(diagnostics, "take it out; tasks log to dms-tasks-{name of the instance}");
    } else if (scalar && cfn__is_intrinsic(node)) {
        return;
    } else if (s->kind == SECTION && node->kind != CFN_KIND_NULL) {
        check_map(diagnostics, node, s->name, s->members);
    } else if (s->kind == LIST && node->kind != CFN_KIND_NULL) {
        check_list(diagnostics, node, s);
    } else if (s->kind == INT) {
        check_number(diagnostics, node, s);
    } else if (s->kind == BOOL && node->kind != CFN_KIND_BOOLEAN) {
        wrong_kind(diagnostics, node, s->name, "true or false");
    } else if (s->kind == STR && node->kind != CFN_KIND_STRING) {
        if (node->kind != CFN_KIND_NULL || s->words)
            wrong_kind(diagnostics, node, s->name, "a text");
    } else if (s->kind == STR && s->words) {
        check_word(diagnostics, node, s);
    } else if (s->kind == NOTHING && node->kind != CFN_KIND_NULL) {
        wrong_kind(diagnostics, node, s->name, "null");
    }
}

static void report_unknown(cfn_diagnostics *diagnostics, const cfn_node *node, const char *name,
                           const setting *members)
{
    cfn__nearest nearest = cfn__nearest_to(node->key);
    for (const setting *s = members; s->name; s++)
        cfn__nearest_offer(&nearest, s->name);
    cfn__report_key(diagnostics, CFN4322, node, "%s has no setting %s", name, node->key);
    cfn__hint_nearest(diagnostics, nearest.best);
}

static void check_map(cfn_diagnostics *diagnostics, const cfn_node *map, const char *name,
                      const setting *members)
{
    if (!cfn__is_map(map)) {
        wrong_kind(diagnostics, map, name, "a mapping");
        return;
    }
    for (const cfn_node *n = map->first; n; n = n->next) {
        const setting *s = members;
        while (s->name && strcmp(s->name, n->key) != 0)
            s++;
        if (s->name)
            check_setting(diagnostics, n, s);
        else
            report_unknown(diagnostics, n, name, members);
    }
}

bool cfn_dms_task_settings_check(cfn_diagnostics *diagnostics, const cfn_node *settings,
                                 const char *migration_type)
{
    size_t before = cfn_diagnostics_count(diagnostics, CFN_ERROR);
    if (!settings)
        return true;
    check_map(diagnostics, settings, "a task", root_settings);
    cfn__dms_check_settings_together(diagnostics, settings, migration_type);
    return cfn_diagnostics_count(diagnostics, CFN_ERROR) == before;
}
