/* Checking a template from the inside: one interpreter over the facts.
 *
 * A value is looked at in one of two moods. Aloud, all that is wrong with it is reported. Quietly
 * (inside of alternatives and conditions of the facts) nothing is, and the answer alone counts. */
#ifndef CFN_CHECK_CHECK_H
#define CFN_CHECK_CHECK_H

#include "check/pattern.h"
#include "template/template.h"

#include <cfngen/check.h>

#include <string.h>

/* Whether a value is one that is accepted. Ordered: the worst of several is the answer for all. */
typedef enum cfn__fit {
    CFN__FITS,
    CFN__MAY_FIT, /* it is not known before the deployment */
    CFN__UNFIT
} cfn__fit;

static inline cfn__fit cfn__worse(cfn__fit a, cfn__fit b)
{
    return a > b ? a : b;
}

/* What is looked at. A value that a function gives stands in no document (or elsewhere): then `at`
 * is the function, and problems are reported there. */
typedef struct cfn__subject {
    const cfn_node *node;
    const cfn_node *at;        /* NULL: the node itself */
    const cfn_node *parameter; /* whose value it may be; NULL: it is so in every deployment */
} cfn__subject;

/* What is taken for true of a condition on the way to a value. */
typedef struct cfn__assumption {
    const char *condition;
    bool holds;
} cfn__assumption;

enum { CFN__MOST_ASSUMPTIONS = 24 };

/* A template may be checked although parts of it are known to be wrong: which resources to leave
 * out. */
typedef struct cfn__left_out {
    bool (*is_left_out)(const void *context, const char *id);
    const void *context;
} cfn__left_out;

/* cfn_template_check for all other resources; NULL: for all. */
bool cfn__template_check(const cfn_template *tpl, const cfn_check_options *options,
                         cfn_diagnostics *diagnostics, const cfn__left_out *left_out);

/* What was found out about conditions, so that it is not asked again for each value. */
typedef struct cfn__known {
    uint64_t question; /* 0: none */
    cfn__fit answer;
} cfn__known;

/* The same for a value that was looked at quietly: alternatives ask of the same members. */
typedef struct cfn__tried {
    const cfn_schema_value *value;
    const cfn_node *node;
    bool across; /* for a rule over several properties, which doubts what may be newer */
    cfn__fit fit;
} cfn__tried;

/* And which member of a map a name of the facts stands for: facts keep each name once. */
typedef struct cfn__found {
    const cfn_node *map;
    const char *name;
    const cfn_node *member;
} cfn__found;

enum { CFN__MOST_KNOWN = 512, CFN__MOST_TRIED = 256, CFN__MOST_FOUND = 64 };

/* What is an intrinsic function, found out without a call for most of what is none. */
static inline cfn__function cfn__quick_function_of(const cfn_node *node)
{
    return node->kind == CFN_KIND_MAP && node->size == 1 ? cfn__function_of(node) : CFN__FN_NONE;
}

typedef struct cfn__check {
    const cfn_template *tpl;
    const cfn_schema *schema;
    cfn__checker out; /* what reports; its arena is for what lives as long as the check */
    const cfn__left_out *left_out;
    int region;                   /* index, or -1 */
    const cfn_resource *resource; /* NULL in outputs */
    const cfn_schema_type *type;  /* of the resource */
    cfn__assumption assumptions[CFN__MOST_ASSUMPTIONS];
    size_t assumption_count;
    const cfn_schema_cross *cross; /* the rule over several properties that is looked at, or NULL */
    const cfn_node *told;          /* where such a rule was last said to be broken */
    const cfn_schema_value *teller; /* and by which */
    bool said;                      /* the last problem was reported: a hint belongs to it */
    unsigned quiet;                 /* how deep in alternatives */
    unsigned depth;                 /* of values and alternatives */
    size_t effort;                  /* what is left of it for this resource */
    bool spent;                     /* it was not enough once */
    cfn__patterns patterns;
    cfn__known known[CFN__MOST_KNOWN];
    cfn__tried tried[CFN__MOST_TRIED];
    cfn__found found[CFN__MOST_FOUND];
} cfn__check;

/* Takes note of work that grows with the input. */
static inline void cfn__spend(cfn__check *check, size_t amount)
{
    check->effort -= amount < check->effort ? amount : check->effort;
}

/* --- value.c --- */

/* Looks at a value and all in it. */
cfn__fit cfn__examine(cfn__check *check, const cfn_schema_value *value, cfn__subject subject);

/* --- scalar.c, list.c, object.c, alternatives.c: what the rules of a value say --- */

/* A rule and what it is about. */
typedef struct cfn__rule_use {
    const cfn_schema_value *value;
    const cfn_schema_value_facts *facts;
    const cfn_schema_rule *rule;
    cfn__subject subject;
} cfn__rule_use;

typedef cfn__fit cfn__rule_check(cfn__check *check, const cfn__rule_use *use);

cfn__rule_check cfn__check_enum, cfn__check_const, cfn__check_pattern, cfn__check_text_size,
    cfn__check_range, cfn__check_multiple, cfn__check_text_format;
cfn__rule_check cfn__check_items, cfn__check_prefix_items, cfn__check_max_unique_items,
    cfn__check_unique_keys, cfn__check_contains;
cfn__rule_check cfn__check_one_of, cfn__check_any_of, cfn__check_all_of, cfn__check_not,
    cfn__check_if_then, cfn__check_dependent_schema, cfn__check_property_names;

/* Items that come twice: whole, or in the members that a rule names (NULL: whole). */
cfn__fit cfn__check_unique(cfn__check *check, cfn__subject subject, const cfn_schema_rule *keys);

/* The members of a map: which must, may and may not be there, and what is in each. */
cfn__fit cfn__check_members(cfn__check *check, const cfn_schema_value *value,
                            const cfn_schema_value_facts *facts, uint64_t rules,
                            cfn__subject subject);

/* The member of a map, or NULL; `name` is one of the facts. */
const cfn_node *cfn__member(cfn__check *check, const cfn_node *map, const char *name);

/* How many there are in a list or a map, and which of a map's members there are: in every
 * combination of the conditions that decide it. */
cfn__fit cfn__check_presence(cfn__check *check, const cfn_schema_value *value,
                             const cfn_schema_value_facts *facts, uint64_t rules,
                             cfn__subject subject);

/* Whether something is there at all, as far as the assumptions decide it: it is not when it is Ref
 * AWS::NoValue. CFN__MAY_FIT: `condition` decides. */
cfn__fit cfn__is_present(cfn__check *check, const cfn_node *node, const char **condition);

/* --- function.c: intrinsic functions --- */

/* Looks at what an intrinsic function gives, as far as it is known. */
cfn__fit cfn__check_function(cfn__check *check, const cfn_schema_value *value,
                             const cfn_schema_value_facts *facts, cfn__subject subject);

/* The target and attribute of every Fn::GetAtt and ${Id.Attribute}. */
void cfn__check_attributes_of(cfn__check *check);

/* What kinds of values types of JSON stand for: CFN__TEXT, CFN__LISTS, CFN__MAPS. */
unsigned cfn__kinds_of_types(unsigned types);

/* What kinds of values a function gives. */
unsigned cfn__given_by(cfn__check *check, const cfn_node *node);

/* --- follow.c: the values that functions give --- */

enum { CFN__MOST_VALUES = 24 };

typedef struct cfn__possible {
    const cfn_node *node;
    const cfn_node *parameter; /* whose value decides */
} cfn__possible;

typedef struct cfn__possibles {
    cfn__possible items[CFN__MOST_VALUES];
    size_t count;
    bool all; /* there are no others */
} cfn__possibles;

/* The values that a function may give; what is no function gives itself. */
void cfn__follow(cfn__check *check, const cfn_node *node, cfn__possibles *found);

/* --- condition.c --- */

/* Whether a condition holds under the assumptions: CFN__FITS, or CFN__UNFIT, or either. */
cfn__fit cfn__holds(cfn__check *check, const char *condition);

/* Whether a parameter names where its value is, in the Parameter Store of Systems Manager. */
static inline bool cfn__is_ssm_parameter(const cfn_node *parameter)
{
    const cfn_node *type = cfn__get(parameter, "Type");
    return cfn__is_string(type) &&
           strncmp(type->text, "AWS::SSM::Parameter::", sizeof "AWS::SSM::Parameter::" - 1) == 0;
}

/* Whether a parameter can have a value under the assumptions. */
bool cfn__can_be(cfn__check *check, const cfn_node *parameter, const char *text);

/* Adds an assumption; false when there is no room. Taken back by restoring assumption_count. */
bool cfn__assume(cfn__check *check, const char *condition, bool holds);

/* --- complain.c --- */

/* Reports a problem of a subject, unless the check is quiet. The result is CFN__UNFIT. */
cfn__fit cfn__refuse(cfn__check *check, cfn_diagnostic_id id, cfn__subject subject,
                     const char *format, ...) CFN_PRINTF(4, 5);

/* The same at the key of a member. */
cfn__fit cfn__refuse_key(cfn__check *check, cfn_diagnostic_id id, cfn__subject subject,
                         const char *format, ...) CFN_PRINTF(4, 5);

/* The hint for it; and "did you mean X?". */
void cfn__suggest(cfn__check *check, const char *format, ...) CFN_PRINTF(2, 3);
void cfn__suggest_nearest(cfn__check *check, const char *nearest);

/* What a subject is called: "Engine", "an item of Tags", or the type of the resource for all of its
 * properties. */
const char *cfn__name_of(cfn__check *check, cfn__subject subject);

/* Where it is described, as `cfngen explain` takes it: "AWS::RDS::DBCluster.AssociatedRoles.*". */
const char *cfn__path_of(cfn__check *check, cfn__subject subject);

/* A subject that stands inside of another one. */
static inline cfn__subject cfn__inside(cfn__subject outer, const cfn_node *node)
{
    return (cfn__subject){.node = node, .at = outer.at, .parameter = outer.parameter};
}

/* --- policy.c: attributes of resources that only some types have --- */
void cfn__check_policies(cfn__check *check, const cfn_schema_type_facts *facts);

/* --- dms.c: what DMS refuses of the resource --- */
void cfn__check_dms(cfn__check *check);

/* --- backup.c: plans, selections and vaults of AWS Backup --- */
void cfn__check_backup(cfn__check *check);
/* --- dms_events.c: event subscriptions of DMS, for dms.c --- */
void cfn__check_dms_events(cfn__check *check);

/* --- alarms.c: an alarm that asks for what no metric is --- */
void cfn__check_alarm(cfn__check *check);

/* --- metric_filter.c: a filter that CloudWatch Logs refuses or that counts nothing --- */
void cfn__check_metric_filter(cfn__check *check);

/* --- dashboards.c: the body of a dashboard --- */
void cfn__check_dashboard(cfn__check *check);

/* --- asl.c: the definition of a state machine --- */
void cfn__check_state_machine(cfn__check *check);

/* --- records.c: records of Route 53 that share a name --- */
void cfn__check_records(cfn__check *check);

/* --- rds.c: parameter groups, versions and backups of databases --- */
void cfn__check_rds(cfn__check *check);

/* --- cross.c: rules over several properties; the subject is the properties of a resource --- */
void cfn__check_crosses(cfn__check *check, cfn__subject subject);

#endif
