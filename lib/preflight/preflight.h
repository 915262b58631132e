/* What the parts of the preflight share: facts about a database, the tables that are migrated, and
 * the checks that judge them. */
#ifndef CFN_PREFLIGHT_PREFLIGHT_H
#define CFN_PREFLIGHT_PREFLIGHT_H

#include "base/buffer.h"
#include "compare/catalog.h"

#include <cfngen/preflight.h>

/* Settings of a database by name, as text, and what was asked for apart from settings: such names
 * hold a blank ("binlog retention hours"). Checks judge facts alone, so that they can be tested
 * with those of databases that are not at hand. */
typedef struct cfn__fact {
    const char *name, *value; /* value NULL: it is not known, and `problem` says why */
    const char *problem;
} cfn__fact;

typedef struct cfn__facts {
    cfn_arena *arena;
    cfn__fact *all;
    size_t count, capacity;
    bool is_mariadb;
    int version; /* 101119 is MariaDB 10.11.19, 80035 MySQL 8.0.35, 150018 PostgreSQL 15.18 */
    const char *grants;              /* MySQL: the lines of SHOW GRANTS; NULL: not known */
    const struct cfn__facts *source; /* of a target: the source's */
} cfn__facts;

void cfn__add_fact(cfn__facts *facts, const char *name, const char *value, const char *problem);
const cfn__fact *cfn__find_fact(const cfn__facts *facts, const char *name);

/* The value; NULL when there is none or it is not known. */
const char *cfn__fact_of(const cfn__facts *facts, const char *name);

/* The value as a number; `otherwise` when it is none. */
double cfn__fact_number(const cfn__facts *facts, const char *name, double otherwise);

/* Whether a setting is switched on, in any of the ways that servers write it. */
bool cfn__fact_is_on(const cfn__facts *facts, const char *name);

typedef enum cfn__platform {
    CFN__PLATFORM_SELF_MANAGED,
    CFN__PLATFORM_RDS,
    CFN__PLATFORM_AURORA
} cfn__platform;
cfn__platform cfn__platform_of(const cfn__facts *facts);

/* Asks a database for its facts. False on a fault of the session that ends the run. */
bool cfn__load_facts(cfn__session *session, cfn__facts *facts);

/* Whether the fault means that nothing more can be asked. */
bool cfn__is_lost(const cfn__session *session);

/* A privilege on all of the server ("REPLICATION SLAVE"), or on a schema. */
typedef enum cfn__held { CFN__HELD_NO, CFN__HELD_PERHAPS, CFN__HELD_YES } cfn__held;
cfn__held cfn__is_granted(const char *grants, const char *privilege, const char *schema);

/* A table that the task migrates. */
typedef struct cfn__migrated {
    const cfn__table *table;
    const char *target_schema, *target_name;
    bool *left_out; /* by column: the mappings leave it out */
} cfn__migrated;

typedef struct cfn__scope {
    cfn__migrated *tables; /* by schema and name */
    size_t count;
} cfn__scope;

const cfn__migrated *cfn__find_migrated(const cfn__scope *scope, const char *schema,
                                        const char *table);

typedef struct cfn__preflight {
    cfn_arena *arena;
    cfn_diagnostics *diagnostics;
    const cfn_preflight_options *options;
    cfn__control control;
    cfn__url source_url, target_url;
    cfn__session source, target;
    cfn__facts source_facts, target_facts;
    cfn__catalog catalog; /* of the source */
    cfn__scope scope;
    cfn_preflight_report *report;
} cfn__preflight;

/* Finds out what is migrated. False when nothing is (reported) or memory is out. */
bool cfn__choose_tables(cfn__preflight *run);

/* What a check has to say; `objects` grows by cfn__add_object. */
typedef struct cfn__outcome {
    cfn_preflight_verdict verdict;
    cfn__buffer found;
    const char **objects;
    size_t object_count, objects_in_all;
} cfn__outcome;

/* Adds what the check is about; the text is copied. Those beyond the first hundred are counted. */
void cfn__add_object(cfn_arena *arena, cfn__outcome *outcome, const char *format, ...)
    CFN_PRINTF(3, 4);

/* A check and how it is judged, in one of these ways:
 *   setting   the fact of that name is one of `good` ("ON|1"); `absent` when there is none
 *   judge     by the facts
 *   table     by each table that is migrated, from the catalogue
 *   query     each row (schema, table[, what]) is about a table that is migrated: then `otherwise`;
 *             the same, or unknown, where the login would not see such a row
 *   look      asks on its own */
typedef struct cfn__check {
    cfn_preflight_check about;
    cfn_preflight_verdict otherwise; /* what it is when it is not well */
    cfn_preflight_verdict absent;
    const char *setting, *good;
    void (*judge)(const cfn__facts *facts, cfn__outcome *outcome);
    void (*table)(const struct cfn__check *check, cfn_arena *arena, const cfn__migrated *table,
                  cfn__outcome *outcome);
    const char *query;
    const char *needs; /* MySQL shows the rows of `query` only to logins that hold one of these
                          privileges on the schema: "TRIGGER|..." */
    int shown_from;    /* ... or to all logins, from this version of MySQL on; 0: never */
    bool (*look)(const struct cfn__check *check, cfn__preflight *run, cfn__session *session,
                 cfn__outcome *outcome);
    bool (*applies)(const cfn__facts *facts); /* NULL: always */
} cfn__check;

extern const cfn__check cfn__mysql_checks[], cfn__mysql_table_checks[], cfn__mysql_target_checks[],
    cfn__postgresql_checks[], cfn__postgresql_table_checks[], cfn__postgresql_target_checks[];

/* Judges facts alone: a check of a setting, or with `judge`. */
void cfn__judge_facts(const cfn__check *check, const cfn__facts *facts, cfn__outcome *outcome);

/* Judges a check of any kind. False when the session is lost or memory is out. */
bool cfn__preflight_judge(const cfn__check *check, cfn__preflight *run, cfn__outcome *outcome);

/* Rules of the mappings that select no table that the login sees. */
bool cfn__look_at_mappings(const cfn__check *check, cfn__preflight *run, cfn__session *session,
                           cfn__outcome *outcome);

/* Measures the LOBs of what is migrated, for the report too. */
bool cfn__look_at_lobs(const cfn__check *check, cfn__preflight *run, cfn__session *session,
                       cfn__outcome *outcome);

/* What DMS needs for the largest of some values, in KB: bytes as they are; text two bytes a
 * character, four where any is not ASCII. */
uint64_t cfn__lob_kb(bool is_text, uint64_t bytes, uint64_t characters);

/* LobMaxSize for values of so many KB, with room to grow; 0: too large for limited mode. */
uint64_t cfn__lob_max_size(uint64_t needed_kb);

/* Settings of those that --parameters compares in which a target differs from its source. */
bool cfn__look_at_settings(const cfn__check *check, cfn__preflight *run, cfn__session *session,
                           cfn__outcome *outcome);

/* Compares facts with Aurora's defaults. */
void cfn__match_parameters(const cfn__facts *facts, cfn__family family,
                           cfn_preflight_parameters *matched);

#endif
