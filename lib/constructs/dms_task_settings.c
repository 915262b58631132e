/* The settings of a DMS task: the user's over defaults that lose nothing silently. */
#include "base/text.h"
#include "constructs/dms.h"

#include <string.h>

/* "true" and "5" are taken for a boolean and a number as everywhere in a template; in the settings
 * of a task they must be written as such. */
static void set_kinds(const cfn_record *record, cfn_node *map)
{
    for (cfn_node *n = map ? map->first : NULL; n; n = n->next) {
        const cfn__field *field = cfn__find_field(record, n->key);
        cfn_field_kind kind = field ? field->base.kind : CFN_FIELD_JSON;
        if (kind == CFN_FIELD_RECORD && cfn__is_map(n))
            set_kinds(field->base.record, n);
        else if (kind == CFN_FIELD_BOOL && cfn__is_string(n))
            n->kind = CFN_KIND_BOOLEAN;
        else if (kind == CFN_FIELD_INT && cfn__is_string(n))
            n->kind = CFN_KIND_NUMBER;
    }
}

static cfn_node *put_flag(const cfn__maker *make, cfn_node *map, const char *key, bool value)
{
    return cfn__put(map, key, cfn__boolean(make, value));
}

static bool is(const cfn_node *map, const char *key, const char *text)
{
    const cfn_node *node = cfn_node_get(map, key);
    return node && node->text && strcmp(node->text, text) == 0;
}

/* Whoever gives a size, or asks for it, gets limited LOB mode; nobody else loses the end of a LOB.
 */
static cfn_node *default_lobs(const cfn__maker *make, const cfn_node *own)
{
    enum { CHUNK = 64, INLINE = 32 };
    cfn_node *lobs = cfn__map(make);
    bool limited = is(own, "LimitedSizeLobMode", "true") || is(own, "FullLobMode", "false") ||
                   (cfn_node_get(own, "LobMaxSize") && !is(own, "FullLobMode", "true"));
    if (is(own, "SupportLobs", "false"))
        return lobs;
    put_flag(make, lobs, "SupportLobs", true);
    put_flag(make, lobs, "FullLobMode", !limited);
    if (!limited)
        cfn__put(lobs, "LobChunkSize", cfn__integer(make, CHUNK));
    put_flag(make, lobs, "LimitedSizeLobMode", limited);
    if (!limited)
        cfn__put(lobs, "InlineLobMaxSize", cfn__integer(make, INLINE));
    return lobs;
}

static cfn_node *defaults(const cfn__maker *make, const cfn_node *own)
{
    cfn_node *settings = cfn__map(make), *tables = cfn__map(make);
    cfn__put(settings, "TargetMetadata", default_lobs(make, cfn_node_get(own, "TargetMetadata")));
    cfn__put(settings, "FullLoadSettings",
             cfn__single(make, "TargetTablePrepMode", cfn__string(make, "DO_NOTHING")));
    cfn__put(settings, "Logging", cfn__single(make, "EnableLogging", cfn__boolean(make, true)));
    put_flag(make, tables, "HistoryTableEnabled", true);
    put_flag(make, tables, "SuspendedTablesTableEnabled", true);
    put_flag(make, tables, "StatusTableEnabled", true);
    cfn__put(settings, "ControlTablesSettings", tables);
    cfn__put(settings, "ValidationSettings",
             cfn__single(make, "EnableValidation", cfn__boolean(make, true)));
    return cfn__put(settings, "ErrorBehavior",
                    cfn__single(make, "FailOnNoTablesCaptured", cfn__boolean(make, true)));
}

cfn_node *cfn__dms_settings(const cfn__construct *c)
{
    const cfn_node *given = cfn_node_find(c->declared, "Properties/Settings");
    const cfn_node *raw = cfn_node_get(given, "Raw");
    if (raw)
        return cfn__copy(c->make.arena, raw);
    cfn_node *own = given ? cfn__copy(c->make.arena, given) : NULL;
    set_kinds(&cfn__dms_task_settings_record, own);
    cfn_node *settings = defaults(&c->make, own);
    if (own)
        cfn__merge_patch(c->make.arena, settings, own, NULL);
    return settings;
}
