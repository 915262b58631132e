/* Cfngen::DMS::Endpoint. What is checked is in dms_endpoint_checks.c. */
#include "base/text.h"
#include "constructs/dms.h"

#include <cfngen/aws/dms.h>
#include <cfngen/aws/iam.h>

#include <string.h>

typedef cfn_dms_endpoint_props props_type;

/* A task that reads from the endpoint. */
typedef struct reading_task {
    const cfn__construct *task;
    struct reading_task *before;
} reading_task;

typedef struct endpoint_state {
    bool reversed; /* a task needs the other direction too */
    reading_task *last;
} endpoint_state;

static const cfn__dms_family mysql_family = {"MySqlSettings", true};
static const cfn__dms_family postgresql_family = {"PostgreSqlSettings", false};

const cfn__dms_family *cfn__dms_family_of(const cfn_dms_endpoint_props *props)
{
    const char *engine = cfn__literal(props->engine_name);
    return engine && strstr(engine, "postgres") ? &postgresql_family : &mysql_family;
}

bool cfn__dms_is_source(const cfn_dms_endpoint_props *props)
{
    const char *type = cfn__literal(props->endpoint_type);
    return type && strcmp(type, "source") == 0;
}

const char *cfn__dms_ssl_mode(const cfn_dms_endpoint_props *props)
{
    const char *own = cfn__literal(props->ssl_mode);
    if (own)
        return own;
    bool certificate = cfn__handle_is_set(&props->certificate.handle);
    return certificate || cfn__dms_family_of(props)->mysql ? "verify-full" : "require";
}

void cfn__dms_endpoint_reverse(cfn__expansion *x, cfn_dms_endpoint endpoint)
{
    cfn__construct *c = cfn__handle_construct(x, &endpoint.handle);
    if (c)
        ((endpoint_state *)c->state)->reversed = true;
}

void cfn__dms_endpoint_feeds(cfn__expansion *x, cfn_dms_endpoint source, const cfn__construct *task)
{
    cfn__construct *c = cfn__handle_construct(x, &source.handle);
    reading_task *reading = c ? CFN__NEW(cfn__expansion_arena(x), reading_task) : NULL;
    if (!reading)
        return;
    endpoint_state *state = c->state;
    *reading = (reading_task){task, state->last};
    state->last = reading;
}

const cfn__construct *cfn__dms_task_before(cfn__expansion *x, cfn_dms_endpoint source,
                                           const cfn__construct *task)
{
    const cfn__construct *c = cfn__handle_construct(x, &source.handle);
    const reading_task *reading = c ? ((const endpoint_state *)c->state)->last : NULL;
    while (reading && reading->task != task)
        reading = reading->before;
    return reading && reading->before ? reading->before->task : NULL;
}

/* ---- the role that reads the secret ---- */

static void make_access_role(cfn__expansion *x, cfn__construct *c)
{
    static const char *const actions[] = {"sts:AssumeRole", NULL};
    static const cfn__name_rule rule = {"a role name", 64, "+=,.@_", false, false};
    const props_type *props = c->props;
    const cfn__maker *make = &c->make;
    cfn_node *name = cfn__name(x, c, "AccessRole", &rule);
    /* For secrets DMS comes as the principal of its region; dms.amazonaws.com is refused. */
    cfn_node *trust = cfn__statement(
        make, "Dms", cfn__service_principal(make, "dms.${AWS::Region}.amazonaws.com"), actions);
    cfn_node *statements = cfn__secret_read_statements(x, make, props->secret);
    const aws_iam_Role_Policies policy = {
        .PolicyDocument = cfn__json_of_node(cfn__policy_document(make, statements)),
        .PolicyName = cfn_s("read-secret"),
    };
    CFN__RESOURCE(
        aws_iam_Role, x, c, "AccessRole",
        &(aws_iam_Role_props){.AssumeRolePolicyDocument = cfn__json_of_node(
                                  cfn__policy_document(make, cfn__append(cfn__list(make), trust))),
                              .Policies = CFN_ITEMS(aws_iam_Role_Policies, policy),
                              .RoleName = cfn_of_node(name),
                              .Tags = cfn__tags(x, c, name, props->tags)});
}

static cfn_str secret_id(const props_type *props)
{
    return props->secret.handle.id ? cfn_ref(props->secret.handle.id) : props->secret.handle.value;
}

/* ---- the endpoint, in its direction or in the other ---- */

/* The user's settings are those of the endpoint's own direction, so the other has defaults. */
static aws_dms_Endpoint_MySqlSettings mysql_settings(cfn__expansion *x, const cfn__construct *c,
                                                     bool reverse)
{
    const props_type *props = c->props;
    const cfn_dms_mysql_settings none = {.after_connect_script = cfn_s(NULL)};
    const cfn_dms_mysql_settings *own = reverse ? &none : &props->mysql_settings;
    return (aws_dms_Endpoint_MySqlSettings){
        .AfterConnectScript = own->after_connect_script,
        .CleanSourceMetadataOnMismatch = own->clean_source_metadata_on_mismatch,
        .EventsPollInterval = own->events_poll_interval,
        .MaxFileSize = own->max_file_size,
        .ParallelLoadThreads = own->parallel_load_threads,
        .SecretsManagerAccessRoleArn = cfn_att(cfn__role_id(x, c, "AccessRole"), "Arn"),
        .SecretsManagerSecretId = secret_id(props),
        .ServerTimezone = own->server_timezone,
        .TargetDbType = own->target_db_type,
    };
}

static aws_dms_Endpoint_PostgreSqlSettings
postgresql_settings(cfn__expansion *x, const cfn__construct *c, bool reverse)
{
    const props_type *props = c->props;
    const cfn_dms_postgresql_settings same = {
        .map_boolean_as_boolean = props->postgresql_settings.map_boolean_as_boolean};
    const cfn_dms_postgresql_settings *own = reverse ? &same : &props->postgresql_settings;
    return (aws_dms_Endpoint_PostgreSqlSettings){
        .AfterConnectScript = own->after_connect_script,
        .CaptureDdls = own->capture_ddls,
        .DdlArtifactsSchema = own->ddl_artifacts_schema,
        .ExecuteTimeout = own->execute_timeout,
        .FailTasksOnLobTruncation = own->fail_tasks_on_lob_truncation,
        .HeartbeatEnable = own->heartbeat_enable,
        .HeartbeatFrequency = own->heartbeat_frequency,
        .HeartbeatSchema = own->heartbeat_schema,
        .MapBooleanAsBoolean = own->map_boolean_as_boolean,
        .MaxFileSize = own->max_file_size,
        .PluginName = own->plugin_name,
        .SecretsManagerAccessRoleArn = cfn_att(cfn__role_id(x, c, "AccessRole"), "Arn"),
        .SecretsManagerSecretId = secret_id(props),
        .SlotName = own->slot_name,
    };
}

/* Tables are loaded in any order, so foreign keys cannot be checked meanwhile. */
static cfn_str extra_attributes(const props_type *props, bool source, bool reverse)
{
    bool own = !reverse && cfn__is_set(props->extra_connection_attributes);
    if (own || source || !cfn__dms_family_of(props)->mysql)
        return own ? props->extra_connection_attributes : cfn_s(NULL);
    return cfn_s("Initstmt=SET FOREIGN_KEY_CHECKS=0;");
}

static cfn_node *make_endpoint(cfn__expansion *x, cfn__construct *c, bool reverse)
{
    static const cfn__name_rule rule = {"an endpoint identifier", 255, "", true, true};
    const props_type *props = c->props;
    const char *role = reverse ? "Reverse" : "";
    bool source = cfn__dms_is_source(props) != reverse;
    bool mysql = cfn__dms_family_of(props)->mysql;
    bool verified = cfn__starts_with(cfn__dms_ssl_mode(props), "verify");
    const aws_dms_Endpoint_MySqlSettings for_mysql = mysql_settings(x, c, reverse);
    const aws_dms_Endpoint_PostgreSqlSettings for_postgresql = postgresql_settings(x, c, reverse);
    cfn_node *name = reverse ? cfn__name(x, c, role, &rule)
                             : cfn__name_or(x, c, props->name, "Name", role, &rule);
    aws_dms_Endpoint_props endpoint = {
        .CertificateArn = verified ? cfn_dms_certificate_arn(props->certificate) : cfn_s(NULL),
        .DatabaseName = mysql && reverse ? cfn_s(NULL) : props->database_name,
        .EndpointIdentifier = cfn_of_node(name),
        .EndpointType = cfn_s(source ? "source" : "target"),
        .EngineName = props->engine_name,
        .ExtraConnectionAttributes = extra_attributes(props, source, reverse),
        .KmsKeyId = cfn_kms_key_arn(props->encryption_key),
        .MySqlSettings = mysql ? &for_mysql : NULL,
        .PostgreSqlSettings = mysql ? NULL : &for_postgresql,
        .SslMode = cfn_s(cfn__dms_ssl_mode(props)),
        .Tags = cfn__tags(x, c, name, props->tags),
    };
    cfn__secret_await(x, CFN__RESOURCE(aws_dms_Endpoint, x, c, role, &endpoint), props->secret);
    return name;
}

static void expand(cfn__expansion *x, cfn__construct *c)
{
    cfn__check_dms_endpoint(x, c);
    cfn__answer_with(x, c, "Identifier", make_endpoint(x, c, false));
    cfn__answer_with(x, c, "Arn", cfn__ref_node(&c->make, c->id));
    make_access_role(x, c);
    if (((const endpoint_state *)c->state)->reversed)
        make_endpoint(x, c, true);
}

/* ---- tables ---- */

static const char *const types[] = {"source", "target", NULL};
static const char *const ssl_modes[] = {"none", "require", "verify-ca", "verify-full", NULL};
static const char *const db_types[] = {"specific-database", "multiple-databases", NULL};
static const char *const plugins[] = {"no-preference", "test-decoding", "pglogical", NULL};

#define ROW(kind, name, member, text)                                                              \
    CFN__ROW(cfn_dms_mysql_settings, kind, name, member), .doc = (text)
static const cfn__field mysql_fields[] = {
    {ROW(STR, "AfterConnectScript", after_connect_script, "SQL that each connection begins with.")},
    {ROW(BOOL, "CleanSourceMetadataOnMismatch", clean_source_metadata_on_mismatch,
         "Of a source: whether its metadata is read again when it does not fit.")},
    {ROW(INT, "EventsPollInterval", events_poll_interval,
         "Of a source: seconds between two looks at an idle binary log."),
     .min = 1, .max = 60, .default_text = "5, DMS's own"},
    {ROW(INT, "MaxFileSize", max_file_size, "Of a target: KB of the files that are loaded."),
     .min = 1, .max = 1048576, .default_text = "32768, DMS's own"},
    {ROW(INT, "ParallelLoadThreads", parallel_load_threads,
         "Of a target: threads that load one table."),
     .min = 1, .max = 5, .default_text = "1, DMS's own"},
    {ROW(STR, "ServerTimezone", server_timezone,
         "Of a source: its time zone when that is not UTC, as Europe/London.")},
    {ROW(STR, "TargetDbType", target_db_type,
         "Of a target: specific-database puts all tables into DatabaseName."),
     .values = db_types, .default_text = "multiple-databases, DMS's own"},
};
#undef ROW
static const cfn_record mysql_record =
    CFN__RECORD("MySqlSettings", cfn_dms_mysql_settings, mysql_fields);

#define ROW(kind, name, member, text)                                                              \
    CFN__ROW(cfn_dms_postgresql_settings, kind, name, member), .doc = (text)
static const cfn__field postgresql_fields[] = {
    {ROW(STR, "AfterConnectScript", after_connect_script, "SQL that each connection begins with.")},
    {ROW(BOOL, "CaptureDdls", capture_ddls,
         "Of a source: whether changes of tables are captured; it takes a superuser.")},
    {ROW(STR, "DdlArtifactsSchema", ddl_artifacts_schema,
         "Of a source: where DMS keeps what it needs for that.")},
    {ROW(BOOL, "FailTasksOnLobTruncation", fail_tasks_on_lob_truncation,
         "Of a source: whether a LOB above LobMaxSize stops the task instead of being cut.")},
    {ROW(STR, "PluginName", plugin_name, "Of a source: how the log is decoded."), .values = plugins,
     .default_text = "no-preference, DMS's own"},
    {ROW(STR, "SlotName", slot_name,
         "Of a source: a replication slot that exists, for a task of type cdc with a start "
         "position.")},
    {ROW(BOOL, "HeartbeatEnable", heartbeat_enable,
         "Of a source: whether DMS writes to it, so that an idle database frees its log.")},
    {ROW(INT, "HeartbeatFrequency", heartbeat_frequency, "Of a source: minutes between these."),
     .min = 1, .max = 60, .default_text = "5, DMS's own"},
    {ROW(STR, "HeartbeatSchema", heartbeat_schema, "Of a source: where it writes.")},
    {ROW(INT, "ExecuteTimeout", execute_timeout, "Seconds that a statement may take."), .min = 1,
     .max = 86400, .default_text = "60, DMS's own"},
    {ROW(BOOL, "MapBooleanAsBoolean", map_boolean_as_boolean,
         "Whether booleans stay booleans; the same at both ends.")},
    {ROW(INT, "MaxFileSize", max_file_size, "Of a target: KB of the files that are loaded."),
     .min = 1, .max = 1048576, .default_text = "32768, DMS's own"},
};
#undef ROW
static const cfn_record postgresql_record =
    CFN__RECORD("PostgreSqlSettings", cfn_dms_postgresql_settings, postgresql_fields);

#define ROW(kind, name, member, text)                                                              \
    CFN__ROW(cfn_dms_endpoint_props, kind, name, member), .doc = (text)
static const cfn__field fields[] = {
    {ROW(STR, "EndpointType", endpoint_type,
         "Whether DMS reads from the database or writes to it."),
     .flags = CFN__REQUIRED | CFN__SYNTH_TIME, .values = types},
    {ROW(STR, "EngineName", engine_name,
         "The engine: mysql, mariadb, aurora (which is Aurora MySQL), postgres or "
         "aurora-postgresql."),
     .also = "Engine", .flags = CFN__REQUIRED | CFN__SYNTH_TIME},
    {ROW(HANDLE, "Secret", secret,
         "The secret with host, port, username and password. Clear text has no place here."),
     .also = "Password Username ServerName Port SecretsManagerSecretId Credentials "
             "SecretsManagerAccessRoleArn",
     .flags = CFN__REQUIRED, .construct = "Cfngen::SecretsManager::Secret"},
    {ROW(HANDLE, "EncryptionKey", encryption_key, "The key for what DMS keeps of the connection."),
     .also = "KmsKeyId", .flags = CFN__REQUIRED, .construct = "Cfngen::KMS::Key"},
    {ROW(STR, "SslMode", ssl_mode,
         "How the connection is encrypted. MySQL has no require; verify-ca is for a host name that "
         "is not in the certificate."),
     .flags = CFN__SYNTH_TIME, .values = ssl_modes,
     .default_text = "verify-full; require for PostgreSQL without Certificate"},
    {ROW(HANDLE, "Certificate", certificate, "The authorities that are trusted."),
     .also = "CertificateArn", .construct = "Cfngen::DMS::Certificate"},
    {ROW(STR, "DatabaseName", database_name,
         "The database, for PostgreSQL. Of MySQL all tables would go into it.")},
    {ROW(STR, "Name", name, "The identifier of the endpoint."), .also = "EndpointIdentifier",
     .default_text = "{id}-{environment}-{suffix}"},
    {ROW(RECORD, "MySqlSettings", mysql_settings, "Settings for MySQL, MariaDB and Aurora MySQL."),
     .also = "MySQLSettings", .base.record = &mysql_record},
    {ROW(RECORD, "PostgreSqlSettings", postgresql_settings,
         "Settings for PostgreSQL and Aurora PostgreSQL."),
     .also = "PostgreSQLSettings", .base.record = &postgresql_record},
    {ROW(STR, "ExtraConnectionAttributes", extra_connection_attributes,
         "Whatever else DMS shall know of the connection, as name=value;name=value."),
     .default_text = "Initstmt=SET FOREIGN_KEY_CHECKS=0; of a MySQL target"},
    {ROW(JSON, "Tags", tags, "Tags of endpoint and role, as Key: value."), .flags = CFN__MAPPING},
    CFN__ATTRIBUTES_ROW(cfn_dms_endpoint_props),
};
#undef ROW

static const cfn__attribute_facts attributes[] = {
    {"Arn", "the ARN, as Ref gives it"},
    {"Identifier", "the name"},
    {"ExternalId", "the external id"},
};
static const cfn__role_facts roles[] = {
    {"", "AWS::DMS::Endpoint", "the endpoint"},
    {"AccessRole", "AWS::IAM::Role", "with which DMS reads the secret"},
    {"Reverse", "AWS::DMS::Endpoint", "the same in the other direction, for a task with Reverse"},
};

const cfn__construct_type cfn__dms_endpoint_type = {
    .name = "Cfngen::DMS::Endpoint",
    .doc = "A database that DMS reads from or writes to: over TLS, with a login from Secrets "
           "Manager that DMS reads with a role of its own.",
    .ref_doc = "the ARN of the endpoint",
    .props = CFN__RECORD("Cfngen::DMS::Endpoint", cfn_dms_endpoint_props, fields),
    .attributes = attributes,
    .attribute_count = CFN__COUNT(attributes),
    .roles = roles,
    .role_count = CFN__COUNT(roles),
    .state_size = sizeof(endpoint_state),
    .expand = expand,
};

cfn_dms_endpoint cfn_dms_endpoint_add_at(cfn_stack *stack, const char *id,
                                         const cfn_dms_endpoint_props *props, const char *file,
                                         int line)
{
    return cfn_dms_endpoint_named(
        cfn__construct_add(stack, &cfn__dms_endpoint_type, id, props, file, line));
}
