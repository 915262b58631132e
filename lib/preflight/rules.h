/* How the tables of checks are written: an id, what is looked at, why, what to do, and the page
 * that has the rule. */
#ifndef CFN_PREFLIGHT_RULES_H
#define CFN_PREFLIGHT_RULES_H

#include "preflight/preflight.h"

#define USER_GUIDE         "https://docs.aws.amazon.com/dms/latest/userguide/"
#define SOURCES            USER_GUIDE "CHAP_Introduction.Sources.html"
#define MYSQL_SOURCE       USER_GUIDE "CHAP_Source.MySQL.html"
#define MYSQL_TARGET       USER_GUIDE "CHAP_Target.MySQL.html"
#define MYSQL_ASSESSMENT   USER_GUIDE "CHAP_Tasks.AssessmentReport.MySQL.html"
#define MARIADB_ASSESSMENT USER_GUIDE "CHAP_Tasks.AssessmentReport.MariaDB.html"
#define PG_SOURCE          USER_GUIDE "CHAP_Source.PostgreSQL.html"
#define PG_TARGET          USER_GUIDE "CHAP_Target.PostgreSQL.html"
#define PG_ASSESSMENT      USER_GUIDE "CHAP_Tasks.AssessmentReport.PG.html"
#define MAPPINGS           USER_GUIDE "CHAP_Tasks.CustomizingTasks.TableMapping.html"
#define VALIDATION         USER_GUIDE "CHAP_Validating.html"
#define LOBS               USER_GUIDE "CHAP_Tasks.LOBSupport.html"
#define TLS                USER_GUIDE "CHAP_Security.SSL.html"

#define PASS    CFN_PREFLIGHT_PASS
#define WARN    CFN_PREFLIGHT_WARN
#define UNKNOWN CFN_PREFLIGHT_UNKNOWN
#define FAIL    CFN_PREFLIGHT_FAIL

#define ABOUT(engine, side, id, what, why, advice, rule)                                           \
    .about = {engine "-" id, engine, side, what, why, advice, rule}

/* A verdict and what there is. */
#define SAY(outcome, verdict_, ...)                                                                \
    ((outcome)->verdict = (verdict_), cfn__buffer_format(&(outcome)->found, __VA_ARGS__))

/* For a fact that is not known: the outcome is, too. */
static inline bool cfn__is_unknown(const cfn__facts *facts, const char *name, cfn__outcome *outcome)
{
    const cfn__fact *fact = cfn__find_fact(facts, name);
    if (fact && fact->value)
        return false;
    SAY(outcome, UNKNOWN, "%s: %s", name, fact && fact->problem ? fact->problem : "not there");
    return true;
}

#endif
