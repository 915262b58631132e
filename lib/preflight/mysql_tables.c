/* The checks of the tables of a MySQL, MariaDB or Aurora MySQL source, and of the target. */
#include "preflight/rules.h"

#include "base/text.h"

#include <string.h>

#define CHECK(id, what, why, advice, rule)     ABOUT("mysql", "source", id, what, why, advice, rule)
#define OF_TARGET(id, what, why, advice, rule) ABOUT("mysql", "target", id, what, why, advice, rule)

static const char *type_words(const cfn__column *column)
{
    return column->full_type ? column->full_type : column->type_name;
}

/* Calls `is_meant` for each column that is migrated. */
static void list_columns(cfn_arena *arena, const cfn__migrated *m, cfn__outcome *outcome,
                         bool (*is_meant)(const cfn__column *column))
{
    for (size_t i = 0; i < m->table->column_count; i++)
        if (!m->left_out[i] && is_meant(&m->table->columns[i]))
            cfn__add_object(arena, outcome, "%s.%s.%s (%s)", m->table->schema, m->table->name,
                            m->table->columns[i].name, type_words(&m->table->columns[i]));
}

static void find_keyless(const cfn__check *check, cfn_arena *arena, const cfn__migrated *m,
                         cfn__outcome *outcome)
{
    (void)check;
    if (!m->table->is_view && !m->table->key_count)
        cfn__add_object(arena, outcome, "%s.%s", m->table->schema, m->table->name);
}

static void find_partly_visible(const cfn__check *check, cfn_arena *arena, const cfn__migrated *m,
                                cfn__outcome *outcome)
{
    (void)check;
    if (m->table->partly_visible)
        cfn__add_object(arena, outcome, "%s.%s", m->table->schema, m->table->name);
}

static bool is_unknown_type(const cfn__column *column)
{
    static const char *const known[] = {"tinyint",
                                        "smallint",
                                        "mediumint",
                                        "int",
                                        "bigint",
                                        "decimal",
                                        "float",
                                        "double",
                                        "bit",
                                        "date",
                                        "datetime",
                                        "time",
                                        "timestamp",
                                        "year",
                                        "char",
                                        "varchar",
                                        "binary",
                                        "varbinary",
                                        "tinyblob",
                                        "blob",
                                        "mediumblob",
                                        "longblob",
                                        "tinytext",
                                        "text",
                                        "mediumtext",
                                        "longtext",
                                        "enum",
                                        "set",
                                        "json",
                                        "geometry",
                                        "point",
                                        "polygon",
                                        "linestring",
                                        "multipoint",
                                        "multilinestring",
                                        "multipolygon",
                                        "geometrycollection",
                                        "geomcollection"};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (strcmp(known[i], column->type_name) == 0)
            return false;
    return true;
}

static bool is_generated(const cfn__column *column)
{
    return column->generated;
}

static bool is_invisible(const cfn__column *column)
{
    return column->extra && strstr(column->extra, "INVISIBLE");
}

static bool counts_up(const cfn__column *column)
{
    return column->extra && strstr(column->extra, "auto_increment");
}

#define LISTS(name, is_meant)                                                                      \
    static void name(const cfn__check *check, cfn_arena *arena, const cfn__migrated *m,            \
                     cfn__outcome *outcome)                                                        \
    {                                                                                              \
        (void)check;                                                                               \
        list_columns(arena, m, outcome, is_meant);                                                 \
    }
LISTS(find_types, is_unknown_type)
LISTS(find_generated, is_generated)
LISTS(find_invisible, is_invisible)
LISTS(find_counters, counts_up)

/* MySQL hides tables that a login has no privilege on: schemas that it may not read as a whole may
 * have more of them. */
static size_t list_narrow_schemas(cfn__preflight *run, cfn__outcome *outcome)
{
    const char *seen = "";
    for (size_t i = 0; i < run->scope.count; i++) {
        const char *schema = run->scope.tables[i].table->schema;
        if (strcmp(schema, seen) != 0 &&
            cfn__is_granted(run->source_facts.grants, "SELECT", schema) != CFN__HELD_YES)
            cfn__add_object(run->arena, outcome, "%s", schema);
        seen = schema;
    }
    return outcome->objects_in_all;
}

/* Reading no row tells whether it may be read, whatever roles and patterns of grants say. */
static bool look_at_reading(const cfn__check *check, cfn__preflight *run, cfn__session *session,
                            cfn__outcome *outcome)
{
    for (size_t i = 0; i < run->scope.count; i++) {
        const cfn__table *t = run->scope.tables[i].table;
        cfn__buffer sql = {0};
        cfn__buffer_add_text(&sql, "SELECT * FROM ");
        cfn__add_table_name(CFN__MYSQL, &sql, t->schema, t->name);
        cfn__buffer_add_text(&sql, " LIMIT 0");
        bool works = cfn__execute(session, sql.failed ? NULL : sql.text);
        cfn__buffer_free(&sql);
        if (!works && cfn__is_lost(session))
            return false;
        if (!works)
            cfn__add_object(run->arena, outcome, "%s.%s: %s", t->schema, t->name, session->error);
    }
    size_t hidden = outcome->objects_in_all ? 0 : list_narrow_schemas(run, outcome);
    outcome->verdict = hidden ? WARN : outcome->objects_in_all ? check->otherwise : PASS;
    cfn__buffer_format(&outcome->found, "%zu of %zu tables cannot be read",
                       hidden ? 0 : outcome->objects_in_all, run->scope.count);
    if (hidden)
        cfn__buffer_add_text(&outcome->found,
                             "; those that the login does not see are not counted");
    return true;
}

#define USERS(column) column " NOT IN ('mysql', 'sys', 'information_schema', 'performance_schema')"
#define TRIGGERS                                                                                   \
    "SELECT EVENT_OBJECT_SCHEMA, EVENT_OBJECT_TABLE, TRIGGER_NAME FROM "                           \
    "information_schema.TRIGGERS WHERE " USERS("TRIGGER_SCHEMA") " ORDER BY 1, 2, 3"
/* MySQL before 8.0 and MariaDB show constraints to logins that may do more than read. */
#define NOT_SELECT "REFERENCES|INSERT|UPDATE|DELETE|CREATE|DROP|ALTER|INDEX|TRIGGER"
#define FOREIGN_KEYS                                                                               \
    "SELECT CONSTRAINT_SCHEMA, TABLE_NAME, CONSTRAINT_NAME FROM "                                  \
    "information_schema.REFERENTIAL_CONSTRAINTS WHERE " USERS("CONSTRAINT_SCHEMA")

const cfn__check cfn__mysql_table_checks[] = {
    {CHECK("mappings", "rules of the mappings that select nothing",
           "What they name is not there, or hidden from the login, and would not be migrated",
           "Correct the rule, or let the login see what it names", MAPPINGS),
     .look = cfn__look_at_mappings, .otherwise = FAIL},
    {CHECK("select", "SELECT on the tables", "DMS cannot load what it may not read",
           "GRANT SELECT on the schemas to the login of DMS", MYSQL_SOURCE),
     .look = look_at_reading, .otherwise = FAIL},
    {CHECK("column-privileges", "tables of which some columns alone may be read",
           "DMS sees no other columns", "GRANT SELECT on the whole table", MYSQL_SOURCE),
     .table = find_partly_visible, .otherwise = FAIL},
    {CHECK("primary-key", "tables without a primary or unique key",
           "Each change looks through the whole table at the target; DMS does not validate the "
           "table, and full LOB mode leaves its LOBs out",
           "Give them a primary key, or migrate them by a full load after writes have stopped",
           VALIDATION),
     .table = find_keyless, .otherwise = WARN},
    {CHECK("types", "columns of types that DMS does not list",
           "DMS does not say what becomes of them",
           "Try one such table first, or leave the columns out by the mappings", MYSQL_SOURCE),
     .table = find_types, .otherwise = WARN},
    {CHECK("generated-columns", "generated columns",
           "DMS writes to columns, and generated ones refuse it",
           "Leave them out by a remove-column rule, or make them plain at the target until the "
           "cutover",
           MARIADB_ASSESSMENT),
     .table = find_generated, .otherwise = WARN},
    {CHECK("invisible-columns", "invisible columns", "DMS does not see them",
           "ALTER TABLE ... MODIFY them VISIBLE before the migration", MYSQL_SOURCE),
     .table = find_invisible, .otherwise = FAIL},
    {CHECK("auto-increment", "AUTO_INCREMENT columns",
           "DMS makes tables without AUTO_INCREMENT, secondary indexes, foreign keys, defaults and "
           "triggers",
           "Make the tables at the target from a dump of the schema, and let the task use "
           "TRUNCATE_BEFORE_LOAD or DO_NOTHING",
           MYSQL_ASSESSMENT),
     .table = find_counters, .otherwise = WARN},
    {CHECK("engines", "storage engines other than InnoDB",
           "Aurora has InnoDB alone; MEMORY loses its rows, and MyISAM logs no transactions",
           "Make the tables InnoDB at the target", MYSQL_ASSESSMENT),
     .otherwise = WARN,
     .query =
         "SELECT TABLE_SCHEMA, TABLE_NAME, ENGINE FROM information_schema.TABLES WHERE TABLE_TYPE "
         "<> 'VIEW' AND ENGINE <> 'InnoDB' AND " USERS("TABLE_SCHEMA") " ORDER BY 1, 2"},
    {CHECK("system-versioned", "system-versioned tables of MariaDB",
           "DMS does not support them, and MySQL has none",
           "Migrate their present rows in another way", MYSQL_SOURCE),
     .otherwise = FAIL,
     .query = "SELECT TABLE_SCHEMA, TABLE_NAME FROM information_schema.TABLES WHERE TABLE_TYPE = "
              "'SYSTEM VERSIONED' AND " USERS("TABLE_SCHEMA") " ORDER BY 1, 2"},
    {CHECK("mariadb-views", "views of MariaDB", "DMS does not migrate them",
           "Take views out of the mappings", MYSQL_SOURCE),
     .otherwise = FAIL, .applies = NULL,
     .query = "SELECT TABLE_SCHEMA, TABLE_NAME FROM information_schema.VIEWS WHERE VERSION() LIKE "
              "'%MariaDB%' AND " USERS("TABLE_SCHEMA") " ORDER BY 1, 2"},
    {CHECK("partitions", "partitioned tables",
           "DMS makes them plain tables, and does not follow changes of partitions",
           "Make them at the target yourself, use TRUNCATE_BEFORE_LOAD or DO_NOTHING, and set "
           "skipTableSuspensionForPartitionDdl",
           MYSQL_ASSESSMENT),
     .otherwise = WARN,
     .query = "SELECT DISTINCT TABLE_SCHEMA, TABLE_NAME FROM information_schema.PARTITIONS WHERE "
              "PARTITION_NAME IS NOT NULL AND " USERS("TABLE_SCHEMA") " ORDER BY 1, 2"},
    {CHECK("foreign-keys", "foreign keys",
           "Tables are loaded in no order that foreign keys would allow",
           "Create them at the target after the load, or set Initstmt=SET FOREIGN_KEY_CHECKS=0; in "
           "ExtraConnectionAttributes of the target endpoint",
           MYSQL_TARGET),
     .otherwise = WARN, .query = FOREIGN_KEYS " ORDER BY 1, 2, 3", .needs = NOT_SELECT,
     .shown_from = 80000},
    {CHECK("cascades", "foreign keys that cascade",
           "What a cascade does to other rows is in no log: they stay as they were at the target",
           "Change rows one by one while DMS is at work, and compare the tables before the cutover",
           MYSQL_ASSESSMENT),
     .otherwise = WARN,
     .query = FOREIGN_KEYS " AND (DELETE_RULE IN ('CASCADE', 'SET NULL') OR UPDATE_RULE IN "
                           "('CASCADE', 'SET NULL')) ORDER BY 1, 2, 3",
     .needs = NOT_SELECT, .shown_from = 80000},
    {CHECK("triggers", "triggers",
           "DMS does not bring them over, and they must not fire for changes that come with their "
           "effects",
           "Create them at the target at the cutover, not before", MYSQL_SOURCE),
     .otherwise = WARN, .query = TRIGGERS, .needs = "TRIGGER"},
    {CHECK("events", "events that are enabled",
           "DMS does not bring them over, and two copies would both run",
           "Create them disabled, and enable them at the cutover", MYSQL_SOURCE),
     .otherwise = WARN,
     .query = "SELECT EVENT_SCHEMA, '', EVENT_NAME FROM information_schema.EVENTS WHERE STATUS = "
              "'ENABLED' AND " USERS("EVENT_SCHEMA") " ORDER BY 1, 3",
     .needs = "EVENT"},
    {CHECK("lobs", "LOB columns, and their largest values",
           "Limited LOB mode cuts what is larger than LobMaxSize, which is 32 KB by default, and "
           "only the log says so",
           "Take the settings below into the task; for what was not measured allow more seconds, "
           "or fewer rows",
           LOBS),
     .look = cfn__look_at_lobs, .otherwise = WARN},
    {.about = {.id = NULL}},
};

static void judge_target_letter_case(const cfn__facts *facts, cfn__outcome *outcome)
{
    const char *theirs = cfn__fact_of(facts->source, "lower_case_table_names");
    const char *own = cfn__fact_of(facts, "lower_case_table_names");
    if (!theirs || !own)
        SAY(outcome, UNKNOWN, "it is not known");
    else
        SAY(outcome, strcmp(theirs, own) == 0 ? PASS : FAIL, "%s, and %s at the source", own,
            theirs);
}

static void judge_target_writable(const cfn__facts *facts, cfn__outcome *outcome)
{
    bool fixed = cfn__fact_is_on(facts, "read_only") || cfn__fact_is_on(facts, "innodb_read_only");
    SAY(outcome, fixed ? FAIL : PASS, fixed ? "it is read-only" : "it can be written to");
}

/* Of each schema that tables go to. */
static bool look_at_target_privileges(const cfn__check *check, cfn__preflight *run,
                                      cfn__session *session, cfn__outcome *outcome)
{
    static const char *const wanted[] = {"ALTER",  "CREATE", "DROP",   "INDEX",
                                         "INSERT", "UPDATE", "DELETE", "SELECT"};
    const char *seen = NULL;
    bool perhaps = false;
    (void)session;
    for (size_t i = 0; i <= run->scope.count; i++) {
        const char *schema =
            i < run->scope.count ? run->scope.tables[i].target_schema : "awsdms_control";
        for (size_t k = 0; k < sizeof wanted / sizeof *wanted; k++) {
            cfn__held held = seen && strcmp(seen, schema) == 0
                                 ? CFN__HELD_YES
                                 : cfn__is_granted(run->target_facts.grants, wanted[k], schema);
            perhaps |= held == CFN__HELD_PERHAPS;
            if (held == CFN__HELD_NO)
                cfn__add_object(run->arena, outcome, "%s on %s.*", wanted[k], schema);
        }
        seen = schema;
    }
    outcome->verdict = outcome->objects_in_all ? check->otherwise : perhaps ? UNKNOWN : PASS;
    cfn__buffer_add_text(&outcome->found, outcome->objects_in_all ? "privileges are missing"
                                          : perhaps               ? "SHOW GRANTS is not answered"
                                                                  : "all are granted");
    return true;
}

const cfn__check cfn__mysql_target_checks[] = {
    {OF_TARGET("target-local-infile", "local_infile",
               "DMS loads tables with LOAD DATA LOCAL INFILE",
               "Set local_infile to 1 in the parameter group", MYSQL_TARGET),
     .setting = "local_infile", .good = "ON|1", .absent = UNKNOWN, .otherwise = FAIL},
    {OF_TARGET("target-writable", "read_only and innodb_read_only", "DMS cannot write to a reader",
               "Let the target endpoint name the cluster's writer", MYSQL_TARGET),
     .judge = judge_target_writable},
    {OF_TARGET("target-privileges", "the privileges of the login",
               "DMS makes, fills and changes the tables, and those of awsdms_control",
               "GRANT ALTER, CREATE, DROP, INDEX, INSERT, UPDATE, DELETE, SELECT on the schemas, "
               "and ALL on awsdms_control.*",
               MYSQL_TARGET),
     .look = look_at_target_privileges, .otherwise = FAIL},
    {OF_TARGET("target-letter-case", "lower_case_table_names",
               "Tables get other names, or do not find each other",
               "Create the cluster anew with the source's value", MYSQL_TARGET),
     .judge = judge_target_letter_case},
    {OF_TARGET("target-settings", "settings that change what statements do",
               "Statements do other things than at the source, and values that the source lets in "
               "may be refused",
               "Set them in the parameter groups: cfngen preflight --parameters", MYSQL_TARGET),
     .look = cfn__look_at_settings, .otherwise = WARN},
    {OF_TARGET("target-foreign-keys", "foreign keys",
               "Tables are loaded in no order that foreign keys would allow",
               "Set Initstmt=SET FOREIGN_KEY_CHECKS=0; in ExtraConnectionAttributes of the target "
               "endpoint, or create them after the load",
               MYSQL_TARGET),
     .otherwise = WARN, .query = FOREIGN_KEYS " ORDER BY 1, 2, 3", .needs = NOT_SELECT,
     .shown_from = 80000},
    {OF_TARGET("target-triggers", "triggers",
               "They fire for each row that DMS writes, which has their effects already",
               "Drop them, and create them at the cutover", MYSQL_TARGET),
     .otherwise = FAIL, .query = TRIGGERS, .needs = "TRIGGER"},
    {.about = {.id = NULL}},
};
