/* The column types of both families. What is not here is not compared, and the table's verdict says
 * so. docs/compare.md has the same tables, with the expressions; a test holds them together. */
#include "compare/catalog.h"

#include <string.h>

static const cfn__type mysql_types[] = {
    {"tinyint", CFN__CLASS_INTEGER, false, true},
    {"smallint", CFN__CLASS_INTEGER, false, true},
    {"mediumint", CFN__CLASS_INTEGER, false, true},
    {"int", CFN__CLASS_INTEGER, false, true},
    {"bigint", CFN__CLASS_INTEGER, false, true},
    {"decimal", CFN__CLASS_DECIMAL, false, true},
    {"float", CFN__CLASS_FLOAT, false, false},
    {"double", CFN__CLASS_FLOAT, false, false},
    {"bit", CFN__CLASS_BIT, false, false},
    {"char", CFN__CLASS_TEXT, false, false},
    {"varchar", CFN__CLASS_TEXT, false, false},
    {"tinytext", CFN__CLASS_TEXT, false, false},
    {"text", CFN__CLASS_TEXT, false, false},
    {"mediumtext", CFN__CLASS_TEXT, true, false},
    {"longtext", CFN__CLASS_TEXT, true, false},
    {"binary", CFN__CLASS_BYTES, false, true},
    {"varbinary", CFN__CLASS_BYTES, false, true},
    {"tinyblob", CFN__CLASS_BYTES, false, false},
    {"blob", CFN__CLASS_BYTES, false, false},
    {"mediumblob", CFN__CLASS_BYTES, true, false},
    {"longblob", CFN__CLASS_BYTES, true, false},
    {"enum", CFN__CLASS_ENUM, false, false},
    {"set", CFN__CLASS_SET, false, false},
    {"json", CFN__CLASS_JSON, true, false},
    {"date", CFN__CLASS_DATE, false, true},
    {"time", CFN__CLASS_TIME, false, true},
    {"datetime", CFN__CLASS_DATETIME, false, true},
    {"timestamp", CFN__CLASS_DATETIME, false, true},
    {"year", CFN__CLASS_YEAR, false, true},
    {"uuid", CFN__CLASS_UUID, false, false},
    {"inet4", CFN__CLASS_WRITTEN, false, false},
    {"inet6", CFN__CLASS_WRITTEN, false, false},
    {"geometry", CFN__CLASS_GEOMETRY, true, false},
    {"point", CFN__CLASS_GEOMETRY, true, false},
    {"linestring", CFN__CLASS_GEOMETRY, true, false},
    {"polygon", CFN__CLASS_GEOMETRY, true, false},
    {"multipoint", CFN__CLASS_GEOMETRY, true, false},
    {"multilinestring", CFN__CLASS_GEOMETRY, true, false},
    {"multipolygon", CFN__CLASS_GEOMETRY, true, false},
    {"geometrycollection", CFN__CLASS_GEOMETRY, true, false},
    {"geomcollection", CFN__CLASS_GEOMETRY, true, false},
};

/* Arrays, ranges, composites and what extensions add are compared as they are written. */
static const cfn__type postgresql_types[] = {
    {"int2", CFN__CLASS_INTEGER, false, true},
    {"int4", CFN__CLASS_INTEGER, false, true},
    {"int8", CFN__CLASS_INTEGER, false, true},
    {"oid", CFN__CLASS_INTEGER, false, true},
    {"numeric", CFN__CLASS_DECIMAL, false, true},
    {"float4", CFN__CLASS_FLOAT, false, false},
    {"float8", CFN__CLASS_FLOAT, false, false},
    {"bit", CFN__CLASS_WRITTEN, false, false},
    {"varbit", CFN__CLASS_WRITTEN, false, false},
    {"bpchar", CFN__CLASS_TEXT, false, false},
    {"varchar", CFN__CLASS_TEXT, false, false},
    {"text", CFN__CLASS_TEXT, false, false},
    {"name", CFN__CLASS_TEXT, false, false},
    {"citext", CFN__CLASS_TEXT, false, false},
    {"char", CFN__CLASS_TEXT, false, false},
    {"bytea", CFN__CLASS_BYTES, true, true},
    {"bool", CFN__CLASS_BOOLEAN, false, false},
    {"date", CFN__CLASS_DATE, false, true},
    {"time", CFN__CLASS_TIME, false, true},
    {"timetz", CFN__CLASS_WRITTEN, false, false},
    {"timestamp", CFN__CLASS_DATETIME, false, true},
    {"timestamptz", CFN__CLASS_DATETIME, false, true},
    {"interval", CFN__CLASS_WRITTEN, false, false},
    {"uuid", CFN__CLASS_UUID, false, true},
    {"json", CFN__CLASS_JSON, false, false},
    {"jsonb", CFN__CLASS_JSON, false, false},
    {"money", CFN__CLASS_WRITTEN, false, false},
    {"inet", CFN__CLASS_WRITTEN, false, false},
    {"cidr", CFN__CLASS_WRITTEN, false, false},
    {"macaddr", CFN__CLASS_WRITTEN, false, false},
    {"macaddr8", CFN__CLASS_WRITTEN, false, false},
    {"xml", CFN__CLASS_WRITTEN, false, false},
    {"tsvector", CFN__CLASS_WRITTEN, false, false},
    {"tsquery", CFN__CLASS_WRITTEN, false, false},
    {"hstore", CFN__CLASS_WRITTEN, false, false},
    {"ltree", CFN__CLASS_WRITTEN, false, false},
    {"point", CFN__CLASS_WRITTEN, false, false},
    {"line", CFN__CLASS_WRITTEN, false, false},
    {"lseg", CFN__CLASS_WRITTEN, false, false},
    {"box", CFN__CLASS_WRITTEN, false, false},
    {"path", CFN__CLASS_WRITTEN, false, false},
    {"polygon", CFN__CLASS_WRITTEN, false, false},
    {"circle", CFN__CLASS_WRITTEN, false, false},
    {"enum", CFN__CLASS_ENUM, false, false},
    {"array", CFN__CLASS_WRITTEN, false, false},
    {"range", CFN__CLASS_WRITTEN, false, false},
    {"composite", CFN__CLASS_WRITTEN, false, false},
};

const cfn__type *cfn__types(cfn__family family, size_t *count)
{
    bool mysql = family == CFN__MYSQL;
    *count = mysql ? sizeof mysql_types / sizeof *mysql_types
                   : sizeof postgresql_types / sizeof *postgresql_types;
    return mysql ? mysql_types : postgresql_types;
}

const cfn__type *cfn__find_type(cfn__family family, const char *name)
{
    static const cfn__type unknown = {"", CFN__CLASS_UNKNOWN, false, false};
    size_t count = 0;
    const cfn__type *types = cfn__types(family, &count);
    for (size_t i = 0; i < count; i++)
        if (strcmp(types[i].name, name) == 0)
            return &types[i];
    return &unknown;
}
