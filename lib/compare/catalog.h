/* What a database says about its tables: columns, types, keys. */
#ifndef CFN_COMPARE_CATALOG_H
#define CFN_COMPARE_CATALOG_H

#include "compare/session.h"

/* What the values of a column are, as far as comparing them goes. */
typedef enum cfn__class {
    CFN__CLASS_UNKNOWN,
    CFN__CLASS_INTEGER,
    CFN__CLASS_DECIMAL,
    CFN__CLASS_FLOAT,
    CFN__CLASS_BIT,
    CFN__CLASS_TEXT,
    CFN__CLASS_BYTES,
    CFN__CLASS_ENUM,
    CFN__CLASS_SET,
    CFN__CLASS_JSON,
    CFN__CLASS_DATE,
    CFN__CLASS_TIME,
    CFN__CLASS_DATETIME,
    CFN__CLASS_YEAR,
    CFN__CLASS_UUID,
    CFN__CLASS_BOOLEAN,
    CFN__CLASS_GEOMETRY,
    CFN__CLASS_WRITTEN /* compared as the server writes it; the types must be the same */
} cfn__class;

typedef struct cfn__type {
    const char *name;
    cfn__class class_;
    bool large;  /* values may be too large to be put together: their hash is compared */
    bool ranges; /* as a key, both sides order it alike whatever their settings */
} cfn__type;

typedef struct cfn__column {
    const char *name;
    const cfn__type *type; /* what is not in the tables has class unknown */
    const char *type_name; /* "varchar" */
    const char *full_type; /* "varchar(20)", as in the table's definition */
    const char *charset;   /* MySQL; NULL where there is none */
    const char *collation; /* NULL where there is none */
    bool safe_order;       /* PostgreSQL: the collation orders by bytes */
    bool nullable, is_unsigned, zerofill, generated;
    int scale;                 /* digits after the point, or of a second; -1: any */
    int precision;             /* of a decimal */
    const char *default_value; /* NULL: none */
    const char *extra;
} cfn__column;

typedef struct cfn__key {
    const char *name;
    size_t *columns;
    size_t column_count;
    bool primary;
} cfn__key;

typedef struct cfn__table {
    const char *schema, *name;
    bool is_view;
    bool partly_visible; /* the login may read some columns only, and does not see the others */
    cfn__column *columns;
    size_t column_count;
    cfn__key *keys; /* unique, of NOT NULL columns, whole columns; the primary key first */
    size_t key_count;
    double rows; /* as the database estimates them */
} cfn__table;

typedef struct cfn__catalog {
    cfn__family family;
    cfn__table **tables; /* by schema and name, in byte order */
    size_t table_count;
} cfn__catalog;

/* Reads the tables and views of all schemas but the system's; with `schema`, of that one alone.
 * False on a fault of the session. */
bool cfn__load_catalog(cfn__session *session, cfn_arena *arena, const char *schema,
                       cfn__catalog *catalog);

cfn__table *cfn__find_table(const cfn__catalog *catalog, const char *schema, const char *name);
const cfn__column *cfn__find_column(const cfn__table *table, const char *name);

/* The types of each family; "" stands for all others. */
const cfn__type *cfn__find_type(cfn__family family, const char *name);
const cfn__type *cfn__types(cfn__family family, size_t *count);

#endif
