/* The statements that say what the schemas of each family consist of. */
#include "compare/schema.h"

#define MYSQL_USERS(column)                                                                        \
    column " NOT IN ('mysql', 'sys', 'information_schema', 'performance_schema')"

static const cfn__schema_query mysql[] = {
    {"column", CFN__LIKE_TEXT,
     "SELECT TABLE_SCHEMA, TABLE_NAME, COLUMN_NAME, CONCAT_WS(' ', COLUMN_TYPE, IF(IS_NULLABLE = "
     "'YES', "
     "'NULL', 'NOT NULL'), CHARACTER_SET_NAME, COLLATION_NAME, CONCAT('DEFAULT ', COLUMN_DEFAULT), "
     "NULLIF(EXTRA, ''), CONCAT('AS ', NULLIF(GENERATION_EXPRESSION, ''))) FROM "
     "information_schema.COLUMNS WHERE " MYSQL_USERS("TABLE_SCHEMA")},
    {"index", CFN__LIKE_TEXT,
     "SELECT TABLE_SCHEMA, TABLE_NAME, INDEX_NAME, CONCAT(IF(MIN(NON_UNIQUE) = 0, 'UNIQUE ', ''), "
     "MIN(INDEX_TYPE), ' (', GROUP_CONCAT(CONCAT(IFNULL(COLUMN_NAME, '(expression)'), "
     "IFNULL(CONCAT('(', "
     "SUB_PART, ')'), '')) ORDER BY SEQ_IN_INDEX SEPARATOR ', '), ')') FROM "
     "information_schema.STATISTICS "
     "WHERE " MYSQL_USERS("TABLE_SCHEMA") " GROUP BY TABLE_SCHEMA, TABLE_NAME, INDEX_NAME"},
    {"foreign key", CFN__LIKE_TEXT,
     "SELECT k.TABLE_SCHEMA, k.TABLE_NAME, k.CONSTRAINT_NAME, CONCAT('(', "
     "GROUP_CONCAT(k.COLUMN_NAME "
     "ORDER BY k.ORDINAL_POSITION SEPARATOR ', '), ') REFERENCES ', MIN(k.REFERENCED_TABLE_NAME), "
     "' (', "
     "GROUP_CONCAT(k.REFERENCED_COLUMN_NAME ORDER BY k.ORDINAL_POSITION SEPARATOR ', '), ') ON "
     "UPDATE ', "
     "MIN(r.UPDATE_RULE), ' ON DELETE ', MIN(r.DELETE_RULE)) FROM "
     "information_schema.KEY_COLUMN_USAGE k "
     "JOIN information_schema.REFERENTIAL_CONSTRAINTS r ON r.CONSTRAINT_SCHEMA = "
     "k.CONSTRAINT_SCHEMA AND "
     "r.CONSTRAINT_NAME = k.CONSTRAINT_NAME AND r.TABLE_NAME = k.TABLE_NAME WHERE "
     "k.REFERENCED_TABLE_NAME IS NOT NULL AND " MYSQL_USERS(
         "k.TABLE_SCHEMA") " GROUP BY k.TABLE_SCHEMA, k.TABLE_NAME, k.CONSTRAINT_NAME"},
    {"auto_increment", CFN__LIKE_NUMBER,
     "SELECT TABLE_SCHEMA, TABLE_NAME, '', AUTO_INCREMENT FROM information_schema.TABLES WHERE "
     "AUTO_INCREMENT IS NOT NULL AND " MYSQL_USERS("TABLE_SCHEMA")},
    {"trigger", CFN__LIKE_TEXT,
     "SELECT TRIGGER_SCHEMA, EVENT_OBJECT_TABLE, TRIGGER_NAME, CONCAT_WS(' ', ACTION_TIMING, "
     "EVENT_MANIPULATION, ACTION_STATEMENT) FROM information_schema.TRIGGERS WHERE " MYSQL_USERS(
         "TRIGGER_SCHEMA")},
    {"view", CFN__LIKE_TEXT,
     "SELECT TABLE_SCHEMA, '', TABLE_NAME, VIEW_DEFINITION FROM information_schema.VIEWS "
     "WHERE " MYSQL_USERS("TABLE_SCHEMA")},
    {"routine", CFN__LIKE_TEXT,
     "SELECT ROUTINE_SCHEMA, '', CONCAT(ROUTINE_TYPE, ' ', ROUTINE_NAME), ROUTINE_DEFINITION FROM "
     "information_schema.ROUTINES WHERE " MYSQL_USERS("ROUTINE_SCHEMA")},
    {"event", CFN__LIKE_TEXT,
     "SELECT EVENT_SCHEMA, '', EVENT_NAME, EVENT_DEFINITION FROM information_schema.EVENTS "
     "WHERE " MYSQL_USERS("EVENT_SCHEMA")},
    {NULL, CFN__LIKE_TEXT, NULL},
};

#define PG_USERS                                                                                   \
    "n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname NOT LIKE 'pg\\_%'"
#define PG_NAMESPACE  "JOIN pg_catalog.pg_namespace n ON n.oid = "
#define PG_OWN_TABLES "c.relkind IN ('r', 'p') AND "
/* What an extension brought along comes with the extension. */
#define PG_NO_EXTENSION(class, oid)                                                                \
    "NOT EXISTS (SELECT FROM pg_catalog.pg_depend x WHERE x.classid = '" class "'::pg_catalog."    \
                                                                               "regclass AND "     \
                                                                               "x.objid = " oid    \
                                                                               " AND x.deptype = " \
                                                                               "'e') AND "

static const cfn__schema_query postgresql[] = {
    {"column", CFN__LIKE_TEXT,
     "SELECT n.nspname, c.relname, a.attname, concat_ws(' ', pg_catalog.format_type(a.atttypid, "
     "a.atttypmod), CASE WHEN a.attnotnull THEN 'NOT NULL' END, 'DEFAULT ' || "
     "pg_catalog.pg_get_expr(d.adbin, d.adrelid), CASE a.attidentity WHEN 'a' THEN 'IDENTITY "
     "ALWAYS' WHEN "
     "'d' THEN 'IDENTITY' END, CASE WHEN to_jsonb(a) ->> 'attgenerated' = 's' THEN 'GENERATED' "
     "END) FROM "
     "pg_catalog.pg_attribute a JOIN pg_catalog.pg_class c ON c.oid = a.attrelid " PG_NAMESPACE
     "c.relnamespace LEFT JOIN pg_catalog.pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum "
     "WHERE "
     "a.attnum > 0 AND NOT a.attisdropped AND " PG_OWN_TABLES PG_USERS},
    {"index", CFN__LIKE_TEXT,
     "SELECT n.nspname, c.relname, k.relname, CASE WHEN i.indisunique THEN 'UNIQUE ' ELSE '' END "
     "|| "
     "regexp_replace(pg_catalog.pg_get_indexdef(k.oid), '^.*? USING ', '') || CASE WHEN "
     "i.indisvalid THEN '' "
     "ELSE ' INVALID' END FROM pg_catalog.pg_index i JOIN pg_catalog.pg_class c ON c.oid = "
     "i.indrelid JOIN "
     "pg_catalog.pg_class k ON k.oid = i.indexrelid " PG_NAMESPACE
     "c.relnamespace WHERE " PG_OWN_TABLES PG_USERS},
    {"constraint", CFN__LIKE_TEXT,
     "SELECT n.nspname, c.relname, o.conname, pg_catalog.pg_get_constraintdef(o.oid) FROM "
     "pg_catalog.pg_constraint o JOIN pg_catalog.pg_class c ON c.oid = o.conrelid " PG_NAMESPACE
     "c.relnamespace WHERE o.contype IN ('c', 'f', 'p', 'u', 'x') AND " PG_OWN_TABLES PG_USERS},
    {"trigger", CFN__LIKE_TEXT,
     "SELECT n.nspname, c.relname, t.tgname, pg_catalog.pg_get_triggerdef(t.oid) FROM "
     "pg_catalog.pg_trigger "
     "t JOIN pg_catalog.pg_class c ON c.oid = t.tgrelid " PG_NAMESPACE
     "c.relnamespace WHERE NOT t.tgisinternal AND " PG_USERS},
    {"view", CFN__LIKE_TEXT,
     "SELECT n.nspname, '', c.relname, pg_catalog.pg_get_viewdef(c.oid) FROM pg_catalog.pg_class "
     "c " PG_NAMESPACE "c.relnamespace WHERE c.relkind IN ('v', 'm') AND " PG_NO_EXTENSION(
         "pg_catalog.pg_class", "c.oid") PG_USERS},
    {"routine", CFN__LIKE_TEXT,
     "SELECT n.nspname, '', p.proname || '(' || "
     "pg_catalog.pg_get_function_identity_arguments(p.oid) || ')', "
     "CASE WHEN p.prokind = 'a' THEN 'aggregate' ELSE pg_catalog.pg_get_functiondef(p.oid) END "
     "FROM "
     "pg_catalog.pg_proc p " PG_NAMESPACE
     "p.pronamespace WHERE " PG_NO_EXTENSION("pg_catalog.pg_proc", "p.oid") PG_USERS},
    {"sequence", CFN__LIKE_NUMBER,
     "SELECT n.schemaname, '', n.sequencename, coalesce(n.last_value, n.start_value - 1)::text "
     "FROM "
     "pg_catalog.pg_sequences n WHERE n.increment_by > 0"},
    {NULL, CFN__LIKE_TEXT, NULL},
};

const cfn__schema_query *cfn__schema_queries(cfn__family family)
{
    return family == CFN__MYSQL ? mysql : postgresql;
}
