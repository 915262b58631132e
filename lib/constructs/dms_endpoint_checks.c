/* What is wrong with a Cfngen::DMS::Endpoint. */
#include "base/text.h"
#include "constructs/dms.h"

#include <string.h>
#include <strings.h>

typedef struct checker {
    cfn__expansion *x;
    const cfn__construct *c;
    const cfn_dms_endpoint_props *props;
    const cfn__dms_family *family;
    cfn_diagnostics *diagnostics;
    bool source;
} checker;

/* Whether a text holds a word, whatever its letter case. */
static bool holds(const char *text, const char *word)
{
    size_t length = strlen(word);
    for (const char *p = text ? text : ""; *p; p++)
        if (strncasecmp(p, word, length) == 0)
            return true;
    return false;
}

/* https://docs.aws.amazon.com/dms/latest/userguide/CHAP_Security.SSL.html */
static void check_ssl(const checker *k)
{
    const char *mode = cfn__dms_ssl_mode(k->props);
    bool verified = cfn__starts_with(mode, "verify");
    bool certificate = cfn__handle_is_set(&k->props->certificate.handle);
    if (strcmp(mode, "require") == 0 && k->family->mysql) {
        cfn__report_property(k->x, k->c, "SslMode", CFN4301,
                             "DMS has no SslMode require for MySQL, MariaDB and Aurora MySQL");
        cfn__hint(k->diagnostics, "use verify-full or verify-ca, with a Certificate");
    } else if (verified && !certificate) {
        cfn__report_property(k->x, k->c, "SslMode", CFN4302, "SslMode %s needs a Certificate",
                             mode);
        cfn__hint(k->diagnostics, "add a Cfngen::DMS::Certificate with the authorities of the "
                                  "database, and name it in Certificate");
    } else if (strcmp(mode, "none") == 0) {
        cfn__report_property(k->x, k->c, "SslMode", CFN4303,
                             "data and password go over the network unencrypted; a database that "
                             "enforces TLS refuses the connection");
        cfn__hint(k->diagnostics, "use verify-full with a Certificate");
    }
    if (certificate && !verified)
        cfn__report_property(k->x, k->c, "Certificate", CFN4344,
                             "with SslMode %s the certificate is not looked at", mode);
}

static void check_database(const checker *k)
{
    const char *type = cfn__literal(k->props->mysql_settings.target_db_type);
    bool given = cfn__is_set(k->props->database_name);
    bool specific = type && strcmp(type, "specific-database") == 0;
    if (!k->family->mysql && !given) {
        cfn__report_property(k->x, k->c, NULL, CFN4346,
                             "DMS connects to one database of PostgreSQL: %s needs a DatabaseName",
                             k->c->id);
    } else if (k->family->mysql && given && (k->source || !specific)) {
        cfn__report_property(k->x, k->c, "DatabaseName", CFN4330,
                             "with a DatabaseName all tables would go into this one database");
        cfn__hint(k->diagnostics, k->source
                                      ? "leave it out; table mappings select the databases"
                                      : "leave it out, or say that it is meant: MySqlSettings with "
                                        "TargetDbType specific-database");
    } else if (specific && !given) {
        cfn__report_property(k->x, k->c, "MySqlSettings/TargetDbType", CFN4330,
                             "specific-database needs a DatabaseName");
    }
}

/* Settings that mean something in one direction alone.
 * https://docs.aws.amazon.com/dms/latest/userguide/CHAP_Source.MySQL.html,
 * https://docs.aws.amazon.com/dms/latest/userguide/CHAP_Target.MySQL.html and those of PostgreSQL
 */
static const struct {
    const char *path;
    bool source;
} one_way[] = {
    {"MySqlSettings/CleanSourceMetadataOnMismatch", true},
    {"MySqlSettings/EventsPollInterval", true},
    {"MySqlSettings/ServerTimezone", true},
    {"MySqlSettings/MaxFileSize", false},
    {"MySqlSettings/ParallelLoadThreads", false},
    {"MySqlSettings/TargetDbType", false},
    {"PostgreSqlSettings/CaptureDdls", true},
    {"PostgreSqlSettings/DdlArtifactsSchema", true},
    {"PostgreSqlSettings/FailTasksOnLobTruncation", true},
    {"PostgreSqlSettings/PluginName", true},
    {"PostgreSqlSettings/SlotName", true},
    {"PostgreSqlSettings/HeartbeatEnable", true},
    {"PostgreSqlSettings/HeartbeatFrequency", true},
    {"PostgreSqlSettings/HeartbeatSchema", true},
    {"PostgreSqlSettings/MaxFileSize", false},
};

static void check_directions(const checker *k)
{
    const cfn_node *properties = cfn_node_get(k->c->declared, "Properties");
    for (size_t i = 0; i < CFN__COUNT(one_way); i++)
        if (one_way[i].source != k->source && cfn_node_find(properties, one_way[i].path))
            cfn__report_property(
                k->x, k->c, one_way[i].path, CFN4331, "%s is a setting of a %s, and %s is a %s",
                strchr(one_way[i].path, '/') + 1, one_way[i].source ? "source" : "target", k->c->id,
                k->source ? "source" : "target");
}

static void check_family(const checker *k)
{
    const char *other = k->family->mysql ? "PostgreSqlSettings" : "MySqlSettings";
    if (!cfn_node_get(cfn_node_get(k->c->declared, "Properties"), other))
        return;
    cfn__report_property(k->x, k->c, other, CFN2019, "%s do not go with the engine %s", other,
                         cfn__literal(k->props->engine_name));
    cfn__hint(k->diagnostics, "use %s", k->family->settings);
}

static void check_extra(const checker *k)
{
    const char *extra = cfn__literal(k->props->extra_connection_attributes);
    const char *script = cfn__literal(k->props->mysql_settings.after_connect_script);
    const char *at = "ExtraConnectionAttributes";
    if (holds(extra, "password=") || holds(extra, "pwd=")) {
        cfn__report_property(k->x, k->c, at, CFN4305, "a password would stand in the template");
        cfn__hint(k->diagnostics, "it belongs in the Secret");
    }
    if (k->source && (holds(extra, "initstmt") || holds(extra, "parallelLoadThreads")))
        cfn__report_property(k->x, k->c, at, CFN4331,
                             "Initstmt and parallelLoadThreads are for targets, and %s is a source",
                             k->c->id);
    if (k->source || !k->family->mysql || !extra || holds(extra, "foreign_key_checks") ||
        holds(script, "foreign_key_checks"))
        return;
    cfn__report_property(k->x, k->c, at, CFN4332,
                         "tables are loaded in any order, so a table with a foreign key fails");
    cfn__hint(k->diagnostics, "add Initstmt=SET FOREIGN_KEY_CHECKS=0;");
}

/* Where the value is a text, it must name a secret; a host or a password has no place here. */
static void check_secret(const checker *k)
{
    const char *text = cfn__literal(k->props->secret.handle.value);
    cfn__secret_serve_dms(k->x, k->c, "Secret", k->props->secret);
    size_t length = text ? strcspn(text, " \t\n:") : 0;
    if (!text || (cfn__starts_with(text, "arn:") && strstr(text, ":secretsmanager:")) ||
        (length && !text[length]))
        return;
    cfn__report_property(k->x, k->c, "Secret", CFN2024,
                         "this names no secret: it takes a name or an ARN, never the password");
}

void cfn__check_dms_endpoint(cfn__expansion *x, const cfn__construct *c)
{
    static const char *const engines[] = {
        CFN_DMS_MYSQL,    CFN_DMS_MARIADB,           CFN_DMS_AURORA,
        CFN_DMS_POSTGRES, CFN_DMS_AURORA_POSTGRESQL, NULL};
    const cfn_dms_endpoint_props *props = c->props;
    const char *engine = cfn__literal(props->engine_name);
    checker k = {x,
                 c,
                 props,
                 cfn__dms_family_of(props),
                 cfn__expansion_diagnostics(x),
                 cfn__dms_is_source(props)};
    const char *const *known = engines;
    while (*known && strcmp(*known, engine) != 0)
        known++;
    if (!*known) {
        cfn__report_property(x, c, "EngineName", CFN4304, "%s is not an engine that DMS has here",
                             engine);
        cfn__hint(k.diagnostics,
                  "%sit is one of mysql, mariadb, aurora, postgres, "
                  "aurora-postgresql",
                  strcmp(engine, CFN_AURORA_MYSQL) == 0 ? "what RDS calls aurora-mysql is aurora "
                                                          "for DMS; "
                                                        : "");
        return; /* of an unknown engine nothing more can be said */
    }
    check_ssl(&k);
    check_database(&k);
    check_family(&k);
    check_directions(&k);
    check_extra(&k);
    check_secret(&k);
}
