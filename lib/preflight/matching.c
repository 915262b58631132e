/* What Aurora takes of the source's values, and what it cannot have: a note for each. */
#include "preflight/matching.h"

#include "base/text.h"

#include <string.h>
#include <strings.h>

static void note(cfn__matching *m, const char *format, ...) CFN_PRINTF(2, 3);
static void note(cfn__matching *m, const char *format, ...)
{
    va_list list;
    if (!m->notes)
        m->notes = CFN__NEW_ARRAY(m->facts->arena, CFN__MOST_NOTES, const char *);
    if (!m->notes || m->note_count == CFN__MOST_NOTES)
        return;
    va_start(list, format);
    m->notes[m->note_count++] = cfn__vformat(m->facts->arena, format, list);
    va_end(list);
}

/* The character sets of MySQL 8.0. */
static const char *const character_sets[] = {
    "armscii8", "ascii",   "big5",   "binary",   "cp1250",  "cp1251", "cp1256",  "cp1257", "cp850",
    "cp852",    "cp866",   "cp932",  "dec8",     "eucjpms", "euckr",  "gb18030", "gb2312", "gbk",
    "geostd8",  "greek",   "hebrew", "hp8",      "keybcs2", "koi8r",  "koi8u",   "latin1", "latin2",
    "latin5",   "latin7",  "macce",  "macroman", "sjis",    "swe7",   "tis620",  "ucs2",   "ujis",
    "utf16",    "utf16le", "utf32",  "utf8mb3",  "utf8mb4"};

bool cfn__take_character_set(cfn__matching *m, const char **value)
{
    if (strcmp(*value, "utf8") == 0)
        *value = "utf8mb3";
    for (size_t i = 0; i < sizeof character_sets / sizeof *character_sets; i++)
        if (strcmp(character_sets[i], *value) == 0)
            return true;
    m->foreign_character_set = true;
    note(m, "character_set_server is %s, which MySQL does not have: tables need another one",
         *value);
    return false;
}

/* MariaDB has collations of its own: UCA 14, those without padding, and its Croatian ones. */
bool cfn__take_collation(cfn__matching *m, const char **value)
{
    static const char *const foreign[] = {"_uca1400", "uca1400", "_nopad_", "_croatian_mysql561_"};
    bool mariadb = false;
    for (size_t i = 0; i < sizeof foreign / sizeof *foreign; i++)
        mariadb |= strstr(*value, foreign[i]) != NULL;
    if (m->foreign_character_set)
        return false;
    if (mariadb) {
        note(m,
             "collation_server is %s, which MySQL does not have: choose one, and define the tables "
             "with it",
             *value);
        return false;
    }
    if (cfn__starts_with(*value, "utf8_"))
        *value = cfn__format(m->facts->arena, "utf8mb3_%s", *value + 5);
    return true;
}

/* Aurora takes names alone: no offsets, and not the zone of a machine. */
bool cfn__take_time_zone(cfn__matching *m, const char **value)
{
    static const char *const utc[] = {"UTC",     "Etc/UTC", "GMT",      "+00:00",
                                      "Etc/UCT", "Zulu",    "Etc/Zulu", "UCT"};
    const char *system = cfn__fact_of(m->facts, "system_time_zone");
    if (strcmp(*value, "SYSTEM") == 0 && system)
        *value = system;
    for (size_t i = 0; i < sizeof utc / sizeof *utc; i++)
        if (strcmp(*value, utc[i]) == 0) {
            *value = "UTC";
            return true;
        }
    if (strchr(*value, '/') && !strchr(*value, '<'))
        return true;
    note(m, "the time zone is %s: give the cluster the name of that zone, as Europe/London",
         *value);
    return false;
}

bool cfn__take_letter_case(cfn__matching *m, const char **value)
{
    if (strcmp(*value, "2") == 0) {
        note(
            m,
            "lower_case_table_names is 2, and Aurora takes 0 or 1: with 1 names are in lower case");
        return false;
    }
    if (strcmp(*value, "1") == 0)
        note(m, "lower_case_table_names can be set only when the cluster is made");
    return true;
}

/* The words of MySQL 8.0's sql_mode that stand for themselves; words for several others are shown
 * together with those. */
bool cfn__take_sql_mode(cfn__matching *m, const char **value)
{
    static const char *const known[] = {"ALLOW_INVALID_DATES",
                                        "ANSI_QUOTES",
                                        "ERROR_FOR_DIVISION_BY_ZERO",
                                        "HIGH_NOT_PRECEDENCE",
                                        "IGNORE_SPACE",
                                        "NO_AUTO_VALUE_ON_ZERO",
                                        "NO_BACKSLASH_ESCAPES",
                                        "NO_DIR_IN_CREATE",
                                        "NO_ENGINE_SUBSTITUTION",
                                        "NO_UNSIGNED_SUBTRACTION",
                                        "NO_ZERO_DATE",
                                        "NO_ZERO_IN_DATE",
                                        "ONLY_FULL_GROUP_BY",
                                        "PAD_CHAR_TO_FULL_LENGTH",
                                        "PIPES_AS_CONCAT",
                                        "REAL_AS_FLOAT",
                                        "STRICT_ALL_TABLES",
                                        "STRICT_TRANS_TABLES",
                                        "TIME_TRUNCATE_FRACTIONAL"};
    cfn__buffer kept = {0};
    for (const char *p = *value; *p; p += strcspn(p, ","), p += *p == ',') {
        size_t length = strcspn(p, ",");
        bool is_known = false;
        for (size_t i = 0; i < sizeof known / sizeof *known; i++)
            is_known |= strlen(known[i]) == length && strncmp(known[i], p, length) == 0;
        if (is_known) {
            cfn__buffer_add_text(&kept, kept.length ? "," : "");
            cfn__buffer_add(&kept, p, length);
        } else
            note(m, "sql_mode holds %.*s, which MySQL 8.0 does not have", (int)length, p);
    }
    bool any = kept.length && !kept.failed;
    if (any)
        *value = cfn__strndup(m->facts->arena, kept.text, kept.length);
    else
        note(m, "sql_mode is empty at the source: see what the target has, and set it for each "
                "connection where that matters");
    cfn__buffer_free(&kept);
    return any;
}

bool cfn__take_log_statement(cfn__matching *m, const char **value)
{
    if (strcmp(*value, "all") != 0)
        return true;
    note(m, "log_statement is all, which writes data and passwords to the log: it is left out");
    return false;
}

/* A setting that differs from what Aurora has and that its groups do not take. */
typedef struct remark {
    cfn__family family;
    const char *name, *usual; /* "ON|1"; nothing is said of these */
    const char *text;         /* %s: the value */
} remark;

static const remark remarks[] = {
    {CFN__MYSQL, "default_storage_engine", "InnoDB",
     "default_storage_engine is %s, and Aurora has InnoDB alone"},
    {CFN__MYSQL, "innodb_page_size", "16384",
     "innodb_page_size is %s, and Aurora has 16384: rows and index keys may be too long"},
    {CFN__MYSQL, "default_authentication_plugin", "mysql_native_password",
     "default_authentication_plugin is %s, and Aurora does not let it be set: create accounts with "
     "IDENTIFIED WITH"},
    {CFN__MYSQL, "event_scheduler", "OFF|DISABLED",
     "event_scheduler is %s: add it to ClusterParameters at the cutover, so that events do not run "
     "twice"},
    {CFN__MYSQL, "require_secure_transport", "ON|1",
     "require_secure_transport is %s, and Cfngen::RDS::AuroraCluster sets ON: clients need TLS"},
    {CFN__MYSQL, "max_connections", "",
     "max_connections is %s; Aurora's depends on the instance class: set MaxConnections if it is "
     "less"},
    {CFN__POSTGRESQL, "max_connections", "",
     "max_connections is %s; Aurora's depends on the instance class: set MaxConnections if it is "
     "less"},
    {CFN__POSTGRESQL, "server_encoding", "UTF8",
     "server_encoding is %s: create the database with this ENCODING, or with UTF8"},
    {CFN__POSTGRESQL, "database collation", "en_US.UTF-8 / en_US.UTF-8|en_US.utf8 / en_US.utf8",
     "the database has LC_COLLATE / LC_CTYPE %s: create it so (CREATE DATABASE ... TEMPLATE "
     "template0), for they decide how texts are ordered"},
    {CFN__POSTGRESQL, "default_text_search_config", "pg_catalog.english|pg_catalog.simple",
     "default_text_search_config is %s: set it by ALTER DATABASE"},
    {CFN__POSTGRESQL, "default_transaction_read_only", "off",
     "default_transaction_read_only is %s: set it by ALTER ROLE, for DMS must write"},
    {CFN__POSTGRESQL, "statement_timeout", "0",
     "statement_timeout is %s ms: give it to the roles of applications by ALTER ROLE, for the load "
     "takes longer"},
    {CFN__POSTGRESQL, "ssl", "on",
     "ssl is %s, and Cfngen::RDS::AuroraCluster sets rds.force_ssl: clients need TLS"},
    {CFN__POSTGRESQL, "extensions", "",
     "the database has the extensions %s: see which of them Aurora has, and create them"},
};

static bool is_usual(const remark *r, const char *value)
{
    for (const char *p = r->usual; *p; p += *p == '|') {
        size_t length = strcspn(p, "|");
        if (strlen(value) == length && strncasecmp(p, value, length) == 0)
            return true;
        p += length;
    }
    return !*value;
}

void cfn__note_the_rest(cfn__matching *m)
{
    for (size_t i = 0; i < sizeof remarks / sizeof *remarks; i++) {
        const char *value = cfn__fact_of(m->facts, remarks[i].name);
        if (remarks[i].family != m->family || !value || is_usual(&remarks[i], value))
            continue;
        const char *rest = strstr(remarks[i].text, "%s");
        note(m, "%.*s%s%s", (int)(rest - remarks[i].text), remarks[i].text, value, rest + 2);
    }
    const char *connect = cfn__fact_of(m->facts, "init_connect");
    if (m->family == CFN__MYSQL && connect && *connect)
        note(m, "init_connect is set (and not shown): see whether the target needs it, too");
}
