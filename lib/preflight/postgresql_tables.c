/* The checks of the tables of a PostgreSQL or Aurora PostgreSQL source, and of the target. */
#include "preflight/rules.h"

#include <string.h>

#define CHECK(id, what, why, advice, rule)                                                         \
    ABOUT("postgresql", "source", id, what, why, advice, rule)
#define OF_TARGET(id, what, why, advice, rule)                                                     \
    ABOUT("postgresql", "target", id, what, why, advice, rule)

static bool has_primary_key(const cfn__table *table)
{
    return table->key_count && table->keys[0].primary;
}

static void list(cfn_arena *arena, const cfn__migrated *m, const cfn__column *c,
                 cfn__outcome *outcome)
{
    cfn__add_object(arena, outcome, "%s.%s.%s (%s)", m->table->schema, m->table->name, c->name,
                    c->full_type);
}

/* Ranges, arrays and composites come as such; types of PostGIS go from one PostgreSQL to another.
 */
static bool is_unknown_type(const cfn__column *column)
{
    static const char *const known[] = {
        "int2",   "int4",      "int8",        "numeric",   "float4",    "float8",   "money",
        "bpchar", "char",      "varchar",     "text",      "citext",    "name",     "bytea",
        "date",   "timestamp", "timestamptz", "time",      "timetz",    "interval", "bool",
        "enum",   "cidr",      "inet",        "macaddr",   "bit",       "varbit",   "uuid",
        "xml",    "tsvector",  "tsquery",     "point",     "line",      "lseg",     "box",
        "path",   "polygon",   "circle",      "json",      "jsonb",     "array",    "composite",
        "hstore", "geometry",  "geography",   "int4range", "int8range", "numrange"};
    const char *name = column->type_name;
    if (strcmp(name, "range") == 0)
        name = column->full_type;
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (strcmp(known[i], name) == 0)
            return false;
    return strcmp(name, "oid") != 0; /* has a check of its own */
}

static void find_types(const cfn__check *check, cfn_arena *arena, const cfn__migrated *m,
                       cfn__outcome *outcome)
{
    (void)check;
    for (size_t i = 0; i < m->table->column_count; i++)
        if (!m->left_out[i] && is_unknown_type(&m->table->columns[i]))
            list(arena, m, &m->table->columns[i], outcome);
}

static void find_large_objects(const cfn__check *check, cfn_arena *arena, const cfn__migrated *m,
                               cfn__outcome *outcome)
{
    (void)check;
    for (size_t i = 0; i < m->table->column_count; i++)
        if (!m->left_out[i] && (strcmp(m->table->columns[i].type_name, "oid") == 0 ||
                                strcmp(m->table->columns[i].full_type, "lo") == 0))
            list(arena, m, &m->table->columns[i], outcome);
}

static void find_unbounded(const cfn__check *check, cfn_arena *arena, const cfn__migrated *m,
                           cfn__outcome *outcome)
{
    (void)check;
    for (size_t i = 0; i < m->table->column_count; i++) {
        const cfn__column *c = &m->table->columns[i];
        if (!m->left_out[i] && strcmp(c->type_name, "numeric") == 0 && c->scale < 0)
            list(arena, m, c, outcome);
    }
}

static void find_arrays(const cfn__check *check, cfn_arena *arena, const cfn__migrated *m,
                        cfn__outcome *outcome)
{
    (void)check;
    for (size_t i = 0; i < m->table->column_count && !has_primary_key(m->table); i++)
        if (!m->left_out[i] && strcmp(m->table->columns[i].type_name, "array") == 0)
            list(arena, m, &m->table->columns[i], outcome);
}

static void find_generated(const cfn__check *check, cfn_arena *arena, const cfn__migrated *m,
                           cfn__outcome *outcome)
{
    (void)check;
    for (size_t i = 0; i < m->table->column_count; i++)
        if (!m->left_out[i] && m->table->columns[i].generated)
            list(arena, m, &m->table->columns[i], outcome);
}

/* DMS takes these for LOBs, whatever they hold. */
static void find_lob_keys(const cfn__check *check, cfn_arena *arena, const cfn__migrated *m,
                          cfn__outcome *outcome)
{
    static const char *const lobs[] = {"text", "citext", "bytea", "json", "jsonb", "xml", "array"};
    (void)check;
    for (size_t k = 0; has_primary_key(m->table) && k < m->table->keys[0].column_count; k++) {
        const cfn__column *c = &m->table->columns[m->table->keys[0].columns[k]];
        for (size_t i = 0; i < sizeof lobs / sizeof *lobs; i++)
            if (strcmp(c->type_name, lobs[i]) == 0)
                list(arena, m, c, outcome);
    }
}

#define TABLES                                                                                     \
    "FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace "
#define USERS                                                                                      \
    "n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname NOT LIKE 'pg\\_%' "
#define BY_NAME "ORDER BY 1, 2"
#define TRIGGERS                                                                                   \
    "SELECT n.nspname, c.relname, t.tgname " TABLES "JOIN pg_catalog.pg_trigger t ON t.tgrelid = " \
    "c.oid WHERE NOT t.tgisinternal AND " USERS "ORDER BY 1, 2, 3"

#define FOREIGN_KEYS                                                                               \
    "SELECT n.nspname, c.relname, o.conname " TABLES                                               \
    "JOIN pg_catalog.pg_constraint o ON o.conrelid = c.oid WHERE o.contype = 'f' AND " USERS       \
    "ORDER BY 1, 2, 3"

const cfn__check cfn__postgresql_table_checks[] = {
    {CHECK("mappings", "rules of the mappings that select nothing",
           "What they name is not there, or hidden from the login, and would not be migrated",
           "Correct the rule, or let the login see what it names", MAPPINGS),
     .look = cfn__look_at_mappings, .otherwise = FAIL},
    {CHECK("select", "SELECT on the tables", "DMS cannot load what it may not read",
           "GRANT USAGE on the schemas and SELECT on their tables to the login of DMS", PG_SOURCE),
     .otherwise = FAIL,
     .query = "SELECT n.nspname, c.relname " TABLES
              "WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND NOT "
              "(pg_catalog.has_schema_privilege(n.oid, 'USAGE') AND "
              "pg_catalog.has_table_privilege(c.oid, 'SELECT')) AND " USERS BY_NAME},
    {CHECK("primary-key",
           "tables that have neither a primary key nor REPLICA IDENTITY FULL or USING INDEX",
           "DMS ignores UPDATE and DELETE of such a table",
           "Give it a primary key, or ALTER TABLE ... REPLICA IDENTITY FULL (with test_decoding, "
           "not pglogical)",
           PG_SOURCE),
     .otherwise = FAIL,
     .query = "SELECT n.nspname, c.relname, CASE c.relreplident WHEN 'n' THEN 'REPLICA IDENTITY "
              "NOTHING' END " TABLES
              "WHERE c.relkind = 'r' AND (c.relreplident = 'n' OR (c.relreplident = 'd' AND NOT "
              "EXISTS (SELECT FROM pg_catalog.pg_index i WHERE i.indrelid = c.oid AND "
              "i.indisprimary))) AND " USERS BY_NAME},
    {CHECK("unlogged-tables", "unlogged tables", "Their changes are in no log",
           "ALTER TABLE ... SET LOGGED", PG_SOURCE),
     .otherwise = FAIL,
     .query = "SELECT n.nspname, c.relname " TABLES
              "WHERE c.relkind = 'r' AND c.relpersistence = 'u' AND " USERS BY_NAME},
    {CHECK(
         "partitions", "partitioned tables",
         "DMS makes parent and partitions plain tables, and does not follow changes of partitions",
         "Make them at the target yourself, give them a task of their own, and use "
         "TRUNCATE_BEFORE_LOAD or DO_NOTHING",
         PG_SOURCE),
     .otherwise = WARN,
     .query = "SELECT n.nspname, c.relname " TABLES "WHERE c.relkind = 'p' AND " USERS BY_NAME},
    {CHECK("foreign-tables", "foreign tables", "Their changes are in the log of another server",
           "Migrate them from there", PG_SOURCE),
     .otherwise = FAIL,
     .query = "SELECT n.nspname, c.relname " TABLES "WHERE c.relkind = 'f' AND " USERS BY_NAME},
    {CHECK("types", "columns of types that DMS does not list",
           "DMS does not say what becomes of them",
           "Try one such table first, or leave the columns out by the mappings", PG_SOURCE),
     .table = find_types, .otherwise = WARN},
    {CHECK("large-objects", "columns of large objects (oid)", "DMS does not migrate large objects",
           "Turn them into bytea, or dump and load them", PG_SOURCE),
     .table = find_large_objects, .otherwise = FAIL},
    {CHECK("unbounded-numeric", "NUMERIC columns without precision",
           "DMS cuts them to NUMERIC(28,6)",
           "Set MapUnboundedNumericAsString=true in ExtraConnectionAttributes of both endpoints",
           PG_SOURCE),
     .table = find_unbounded, .otherwise = WARN},
    {CHECK("arrays", "arrays in tables without a primary key",
           "DMS suspends such a table while it loads", "Give it a primary key", PG_SOURCE),
     .table = find_arrays, .otherwise = FAIL},
    {CHECK("lob-keys", "primary keys of LOB types (text, bytea ...)",
           "DMS reads LOBs by the key, and does not validate a table whose key is a LOB",
           "Make the column varchar(n)", PG_ASSESSMENT),
     .table = find_lob_keys, .otherwise = WARN},
    {CHECK("generated-columns", "generated columns",
           "DMS writes to columns, and generated ones refuse it",
           "Leave them out by a remove-column rule, or make them plain at the target until the "
           "cutover",
           PG_ASSESSMENT),
     .table = find_generated, .otherwise = WARN},
    {CHECK("similar-names", "tables whose names differ in letter case alone",
           "DMS takes one for the other", "Rename one of them", PG_ASSESSMENT),
     .otherwise = FAIL,
     .query = "SELECT n.nspname, c.relname " TABLES
              "WHERE c.relkind IN ('r', 'p') AND EXISTS (SELECT FROM pg_catalog.pg_class o WHERE "
              "o.relnamespace = c.relnamespace AND o.relkind IN ('r', 'p') AND o.oid <> c.oid AND "
              "lower(o.relname) = lower(c.relname)) AND " USERS BY_NAME},
    {CHECK("deferrable", "constraints that are deferrable", "DMS does not support them",
           "Leave them out at the target until the cutover", PG_SOURCE),
     .otherwise = WARN,
     .query =
         "SELECT n.nspname, c.relname, o.conname " TABLES
         "JOIN pg_catalog.pg_constraint o ON o.conrelid = c.oid WHERE o.condeferrable AND " USERS
         "ORDER BY 1, 2, 3"},
    {CHECK("sequences", "sequences",
           "DMS does not advance them: the first INSERT after the cutover gets a number that is "
           "taken",
           "setval() each at the target at the cutover; cfngen compare schema lists them",
           PG_SOURCE),
     .otherwise = WARN,
     .query = "SELECT n.nspname, '', c.relname " TABLES "WHERE c.relkind = 'S' AND " USERS
              "ORDER BY 1, 3"},
    {CHECK("foreign-keys", "foreign keys",
           "Tables are loaded in no order that foreign keys would allow",
           "Create them at the target after the load, or set AfterConnectScript of the target "
           "endpoint to SET session_replication_role = 'replica'",
           PG_TARGET),
     .otherwise = WARN, .query = FOREIGN_KEYS},
    {CHECK("triggers", "triggers",
           "DMS does not bring them over, and they must not fire for changes that come with their "
           "effects",
           "Create them at the target at the cutover, not before", PG_SOURCE),
     .otherwise = WARN, .query = TRIGGERS},
    {CHECK("lobs", "LOB columns, and their largest values",
           "Limited LOB mode cuts what is larger than LobMaxSize, which is 32 KB by default, and "
           "only the log says so",
           "Take the settings below into the task; for what was not measured allow more seconds, "
           "or fewer rows",
           LOBS),
     .look = cfn__look_at_lobs, .otherwise = WARN},
    {.about = {.id = NULL}},
};

static void judge_target_role(const cfn__facts *facts, cfn__outcome *outcome)
{
    bool able = cfn__fact_is_on(facts, "is superuser") ||
                cfn__fact_is_on(facts, "is rds_superuser") ||
                cfn__fact_is_on(facts, "may set session_replication_role");
    SAY(outcome, able ? PASS : WARN, able ? "the login may set it" : "the login may not set it");
}

static void judge_target_version(const cfn__facts *facts, cfn__outcome *outcome)
{
    int own = facts->version / 10000, theirs = facts->source->version / 10000;
    SAY(outcome, own < theirs ? WARN : PASS, "%d, and %d at the source", own, theirs);
}

const cfn__check cfn__postgresql_target_checks[] = {
    {OF_TARGET("target-version", "the server's version",
               "What is new in the source's version is not there",
               "Take a target of the same version or a newer one", PG_TARGET),
     .judge = judge_target_version},
    {OF_TARGET("target-writable", "pg_is_in_recovery()", "DMS cannot write to a reader",
               "Let the target endpoint name the cluster's writer", PG_TARGET),
     .setting = "in recovery", .good = "0", .absent = UNKNOWN, .otherwise = FAIL},
    {OF_TARGET("target-create", "CREATE on the database",
               "DMS makes its control tables, and schemas that are missing",
               "GRANT CONNECT, CREATE on the database to the login of DMS", PG_TARGET),
     .setting = "may create in the database", .good = "1", .absent = UNKNOWN, .otherwise = FAIL},
    {OF_TARGET("target-privileges", "INSERT, UPDATE, DELETE, SELECT and TRUNCATE on the tables",
               "DMS fills and changes them", "GRANT them on all tables of the schemas", PG_TARGET),
     .otherwise = FAIL,
     .query = "SELECT n.nspname, c.relname " TABLES
              "WHERE c.relkind IN ('r', 'p') AND NOT (pg_catalog.has_table_privilege(c.oid, "
              "'INSERT') AND pg_catalog.has_table_privilege(c.oid, 'UPDATE') AND "
              "pg_catalog.has_table_privilege(c.oid, 'DELETE') AND "
              "pg_catalog.has_table_privilege(c.oid, 'SELECT') AND "
              "pg_catalog.has_table_privilege(c.oid, 'TRUNCATE')) AND " USERS BY_NAME},
    {OF_TARGET("target-replication-role", "session_replication_role",
               "Without it foreign keys and triggers are at work while DMS loads",
               "GRANT rds_superuser to the login of DMS, and set AfterConnectScript of the target "
               "endpoint to SET session_replication_role = 'replica'",
               PG_TARGET),
     .judge = judge_target_role},
    {OF_TARGET("target-settings", "settings that change what statements do",
               "Statements do other things than at the source",
               "Set them in the parameter groups: cfngen preflight --parameters", PG_TARGET),
     .look = cfn__look_at_settings, .otherwise = WARN},
    {OF_TARGET(
         "target-foreign-keys", "foreign keys",
         "Tables are loaded in no order that foreign keys would allow, and cannot be truncated",
         "Set AfterConnectScript to SET session_replication_role = 'replica' and use DO_NOTHING, "
         "or create them after the load",
         PG_TARGET),
     .otherwise = WARN, .query = FOREIGN_KEYS},
    {OF_TARGET("target-triggers", "triggers",
               "They fire for each row that DMS writes, which has their effects already",
               "Drop or disable them until the cutover, or set AfterConnectScript to SET "
               "session_replication_role = 'replica'",
               PG_TARGET),
     .otherwise = WARN, .query = TRIGGERS},
    {.about = {.id = NULL}},
};
