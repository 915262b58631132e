/* What the settings of a task say together. */
#include "base/text.h"
#include "dms/task_settings.h"

#include <stdlib.h>
#include <string.h>

typedef struct checker {
    cfn_diagnostics *diagnostics;
    const cfn_node *settings;
    const char *migration_type; /* "" when it is not known */
} checker;

static const cfn_node *at(const checker *k, const char *path)
{
    return cfn_node_find(k->settings, path);
}

static bool is(const checker *k, const char *path, const char *text)
{
    const cfn_node *node = at(k, path);
    return node && node->text && node->kind != CFN_KIND_NULL && strcmp(node->text, text) == 0;
}

/* The place to speak of a setting: itself, its section, or the settings. */
static const cfn_node *place_of(const checker *k, const char *section, const char *path)
{
    const cfn_node *node = at(k, path);
    if (!node)
        node = at(k, section);
    return node ? node : k->settings;
}

#define LOBS "TargetMetadata"

/* https://docs.aws.amazon.com/dms/latest/userguide/CHAP_Tasks.LOBSupport.html */
static void check_lobs(const checker *k)
{
    enum { SMALL = 32 };
    const cfn_node *max = at(k, LOBS "/LobMaxSize");
    bool full = is(k, LOBS "/FullLobMode", "true");
    bool limited = is(k, LOBS "/LimitedSizeLobMode", "true");
    bool stated = is(k, LOBS "/SupportLobs", "true") || at(k, LOBS "/FullLobMode") ||
                  at(k, LOBS "/LimitedSizeLobMode");
    if (is(k, LOBS "/SupportLobs", "false"))
        return;
    if (stated && full == limited) {
        cfn__report(k->diagnostics, CFN4323, place_of(k, LOBS, LOBS "/FullLobMode"),
                    full ? "FullLobMode and LimitedSizeLobMode exclude each other"
                         : "neither FullLobMode nor LimitedSizeLobMode is true");
        cfn__hint(k->diagnostics, "exactly one must be: FullLobMode migrates everything, "
                                  "LimitedSizeLobMode is faster and cuts at LobMaxSize");
    } else if (!full && (!max || (max->kind == CFN_KIND_NUMBER && atoi(max->text) <= SMALL))) {
        cfn__report(k->diagnostics, CFN4324, place_of(k, LOBS, LOBS "/LobMaxSize"),
                    "LOBs above %s KB are cut, and only a log line tells", max ? max->text : "32");
        cfn__hint(k->diagnostics,
                  "give LobMaxSize the KB of the largest LOB there is, or use FullLobMode");
    }
    if (!full && at(k, LOBS "/InlineLobMaxSize") && !is(k, LOBS "/InlineLobMaxSize", "0"))
        cfn__report(k->diagnostics, CFN4322, at(k, LOBS "/InlineLobMaxSize"),
                    "InlineLobMaxSize needs FullLobMode");
    if (full && is(k, LOBS "/BatchApplyEnabled", "true"))
        cfn__report(k->diagnostics, CFN4341, at(k, LOBS "/BatchApplyEnabled"),
                    "changes of LOBs are not applied in batches in full LOB mode");
}

static void check_logging(const checker *k)
{
    const cfn_node *context = at(k, "Logging/EnableLogContext");
    if (is(k, "Logging/EnableLogging", "true"))
        return;
    if (context)
        cfn__report_key(k->diagnostics, CFN4321, context,
                        "EnableLogContext is allowed only where EnableLogging is true");
    cfn__report(k->diagnostics, CFN4326, place_of(k, "Logging", "Logging/EnableLogging"),
                "without logs nobody can tell why a task failed");
    cfn__hint(k->diagnostics, "set Logging: {EnableLogging: true}");
}

static void check_validation(const checker *k)
{
    static const char only[] = "ValidationSettings/ValidationOnly";
    if (!is(k, "ValidationSettings/EnableValidation", "true")) {
        cfn__report(k->diagnostics, CFN4325,
                    place_of(k, "ValidationSettings", "ValidationSettings/EnableValidation"),
                    "nothing compares what was migrated with its source");
        cfn__hint(k->diagnostics, "set ValidationSettings: {EnableValidation: true}");
    }
    if (!is(k, only, "true"))
        return;
    if (!is(k, "FullLoadSettings/TargetTablePrepMode", "DO_NOTHING"))
        cfn__report(k->diagnostics, CFN4322, at(k, only),
                    "ValidationOnly needs TargetTablePrepMode DO_NOTHING");
    if (strcmp(k->migration_type, "full-load-and-cdc") == 0)
        cfn__report(k->diagnostics, CFN4322, at(k, only),
                    "ValidationOnly needs a task of type full-load or cdc");
}

static void check_loopback(const checker *k)
{
    static const char enable[] = "LoopbackPreventionSettings/EnableLoopbackPrevention";
    if (is(k, enable, "true") && is(k, LOBS "/BatchApplyEnabled", "true"))
        cfn__report(k->diagnostics, CFN4322, at(k, enable),
                    "loopback prevention needs BatchApplyEnabled false");
}

static void check_resync(const checker *k)
{
    const cfn_node *schedule = at(k, "ResyncSettings/ResyncSchedule");
    const cfn_node *time = at(k, "ResyncSettings/MaxResyncTime");
    const cfn_node *enable = at(k, "ResyncSettings/EnableResync");
    bool changes = strstr(k->migration_type, "cdc") != NULL;
    if (!is(k, "ResyncSettings/EnableResync", "true") || !*k->migration_type)
        return;
    if (changes && (!schedule || !time))
        cfn__report(k->diagnostics, CFN4322, enable,
                    "resync of a task with changes needs ResyncSchedule and MaxResyncTime");
    if (!changes && (schedule || time))
        cfn__report(k->diagnostics, CFN4322, schedule ? schedule : time,
                    "resync of a task of type full-load takes no schedule");
}

void cfn__dms_check_settings_together(cfn_diagnostics *diagnostics, const cfn_node *settings,
                                      const char *migration_type)
{
    const checker k = {diagnostics, settings, migration_type ? migration_type : ""};
    if (!cfn__is_map(settings))
        return;
    check_lobs(&k);
    check_logging(&k);
    check_validation(&k);
    check_loopback(&k);
    check_resync(&k);
}
