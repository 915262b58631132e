/* What the constructs of DMS know of each other. */
#ifndef CFN_CONSTRUCTS_DMS_H
#define CFN_CONSTRUCTS_DMS_H

#include "constructs/constructs.h"

#include <cfngen/dms_replication_task.h>

extern const cfn__construct_type cfn__dms_certificate_type;
extern const cfn__construct_type cfn__dms_endpoint_type;
extern const cfn__construct_type cfn__dms_event_subscription_type;
extern const cfn__construct_type cfn__dms_replication_instance_type;
extern const cfn__construct_type cfn__dms_replication_task_type;
extern const cfn__construct_type cfn__dms_service_roles_type;

/* ---- replication instance ---- */

#define CFN__DMS_INSTANCE_CLASS "dms.r6i.large" /* the default */
enum { CFN__DMS_STORAGE = 100 };                /* GB, the default */

/* ---- service roles ---- */

typedef enum cfn__dms_role { CFN__DMS_VPC_ROLE, CFN__DMS_LOGS_ROLE } cfn__dms_role;

/* Makes a resource, given by its properties, wait for one of the roles, if the stack makes them.
 * One that is made on a condition cannot stand in DependsOn, so then a tag refers to it. */
void cfn__dms_wait_for_role(cfn__expansion *x, cfn_dms_service_roles roles, cfn__dms_role role,
                            cfn_node *properties);

/* ---- certificate ---- */

/* The certificates in a text, each from its BEGIN to its END line, with newlines alone at the ends
 * of lines; NULL, with `fault` telling why, when there is none or something else is among them. */
const char *cfn__pem_certificates(cfn_arena *arena, const char *text, const char **fault);

/* ---- endpoint ---- */

/* What differs between the engines' families. */
typedef struct cfn__dms_family {
    const char *settings; /* the property of AWS::DMS::Endpoint */
    bool mysql;
} cfn__dms_family;

/* The engine's; that of MySQL when there is no such engine, which is reported. */
const cfn__dms_family *cfn__dms_family_of(const cfn_dms_endpoint_props *props);

bool cfn__dms_is_source(const cfn_dms_endpoint_props *props);

/* none, require, verify-ca or verify-full: as asked, else the strictest that is possible. */
const char *cfn__dms_ssl_mode(const cfn_dms_endpoint_props *props);

/* Wiring: a task needs the endpoint in the other direction too. */
void cfn__dms_endpoint_reverse(cfn__expansion *x, cfn_dms_endpoint endpoint);

/* Problems with the properties of one endpoint. */
void cfn__check_dms_endpoint(cfn__expansion *x, const cfn__construct *c);

/* Wiring: a task reads its changes here and writes them to the target. */
void cfn__dms_endpoint_feeds(cfn__expansion *x, cfn_dms_endpoint source,
                             const cfn__construct *task);

/* The task before this one, by declaration, that reads from the same source; NULL: none. `task` is
 * the one to start from. */
const cfn__construct *cfn__dms_task_before(cfn__expansion *x, cfn_dms_endpoint source,
                                           const cfn__construct *task);

/* ---- task ---- */

extern const cfn_record cfn__dms_task_settings_record, cfn__dms_task_mappings_record;

/* The rules of a property that holds table mappings, as the API takes them. */
cfn_node *cfn__dms_rules(const cfn__construct *c, const char *property);

/* Whether there is a rule that changes names or columns. */
bool cfn__dms_has_transformations(const cfn_node *mappings);

/* The settings of a task as the API takes them: the user's over the defaults. */
cfn_node *cfn__dms_settings(const cfn__construct *c);

/* Problems with the properties of one task. */
void cfn__check_dms_task(cfn__expansion *x, const cfn__construct *c, const cfn_node *mappings,
                         const cfn_node *settings);

/* What CloudWatch knows a task by, its dimension ReplicationTaskIdentifier: the end of its ARN, not
 * its name. NULL when there is no task. */
cfn_node *cfn__dms_task_dimension(const cfn__maker *make, cfn_dms_replication_task task);

/* Whether the way back is made too. */
bool cfn__dms_is_reversed(const cfn_dms_replication_task_props *props);

const char *cfn__dms_migration_type(const cfn_dms_replication_task_props *props);

#endif
