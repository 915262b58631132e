/* A migration as a C program makes it, with one mistake each: what the types of C let through is
 * told at the call that added the construct. (tests/cli/mistakes.sh plants the same in a stack
 * file.) */
#include "stack_support.h"

#include <cfngen/cfngen.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))
#define ONE(array)                                                                                 \
    {                                                                                              \
        .items = (array), .count = 1                                                               \
    }

/* The calls by their lines, in a program that is not this file. */
enum {
    KEY = 1,
    NETWORK,
    CLIENTS,
    DATABASE,
    WAYS,
    LOGIN,
    CLUSTER,
    INSTANCE,
    SOURCE,
    TARGET,
    TASK,
    TOPIC,
    ALARMS
};
static const char *const calls[] = {"",
                                    [KEY] = "KEY",
                                    [NETWORK] = "NETWORK",
                                    [CLIENTS] = "CLIENTS",
                                    [DATABASE] = "DATABASE",
                                    [WAYS] = "WAYS",
                                    [LOGIN] = "LOGIN",
                                    [CLUSTER] = "CLUSTER",
                                    [INSTANCE] = "INSTANCE",
                                    [SOURCE] = "SOURCE",
                                    [TARGET] = "TARGET",
                                    [TASK] = "TASK",
                                    [TOPIC] = "TOPIC",
                                    [ALARMS] = "ALARMS"};

/* What the program gives to each call, to be changed before it does. */
typedef struct program {
    cfn_str subnets[2], zones[2], logs[1];
    cfn_ec2_security_group clients[1], database[1];
    cfn_ec2_security_group_rule ingress[1];
    cfn_dms_selection include[1];
    cfn_dms_exclusion exclude[1];
    cfn_sns_subscription subscription[1];
    cfn_kms_key_props key_props;
    cfn_ec2_network_props network_props;
    cfn_ec2_security_group_props clients_props, database_props;
    cfn_ec2_interface_endpoints_props ways_props;
    cfn_secretsmanager_secret_props login_props;
    cfn_rds_aurora_cluster_props cluster_props;
    cfn_dms_replication_instance_props instance_props;
    cfn_dms_endpoint_props source_props, target_props;
    cfn_dms_replication_task_props task_props;
    cfn_sns_topic_props topic_props;
    cfn_migration_alarms_props alarms_props;
} program;

static cfn_kms_key key(void)
{
    return cfn_kms_key_named("Key");
}

static void write_network(program *p)
{
    cfn_ec2_network network = cfn_ec2_network_named("Network");
    p->subnets[0] = cfn_s("subnet-0123456789abcdef0");
    p->subnets[1] = cfn_s("subnet-0123456789abcdef1");
    p->zones[0] = cfn_s("eu-west-2a");
    p->zones[1] = cfn_s("eu-west-2b");
    p->network_props = (cfn_ec2_network_props){
        .vpc_id = cfn_s("vpc-0123456789abcdef0"),
        .subnet_ids = {.items = p->subnets, .count = COUNT(p->subnets)},
        .availability_zones = {.items = p->zones, .count = COUNT(p->zones)}};
    p->clients[0] = cfn_ec2_security_group_named("Clients");
    p->database[0] = cfn_ec2_security_group_named("Database");
    p->ingress[0] = (cfn_ec2_security_group_rule){.peer = p->clients[0], .port = cfn_i(3306)};
    p->clients_props = (cfn_ec2_security_group_props){.network = network};
    p->database_props =
        (cfn_ec2_security_group_props){.network = network, .ingress = ONE(p->ingress)};
    p->ways_props =
        (cfn_ec2_interface_endpoints_props){.network = network, .clients = ONE(p->clients)};
}

static void write_databases(program *p)
{
    p->login_props = (cfn_secretsmanager_secret_props){
        .secret_arn = cfn_s("arn:aws:secretsmanager:eu-west-2:111122223333:secret:new-AbC123"),
        .attach_to = cfn_rds_aurora_cluster_named("Cluster")};
    p->cluster_props = (cfn_rds_aurora_cluster_props){.engine = cfn_s(CFN_AURORA_MYSQL),
                                                      .network = cfn_ec2_network_named("Network"),
                                                      .security_groups = ONE(p->database),
                                                      .encryption_key = key(),
                                                      .instance_class = cfn_s("db.r6g.large"),
                                                      .readers = cfn_i(1)};
}

static cfn_dms_endpoint_props endpoint(const char *type, const char *engine)
{
    return (cfn_dms_endpoint_props){.endpoint_type = cfn_s(type),
                                    .engine_name = cfn_s(engine),
                                    .encryption_key = key(),
                                    .certificate = cfn_dms_certificate_existing(
                                        cfn_s("arn:aws:dms:eu-west-2:111122223333:cert:A"))};
}

static void write_dms(program *p)
{
    p->instance_props =
        (cfn_dms_replication_instance_props){.network = cfn_ec2_network_named("Network"),
                                             .security_groups = ONE(p->clients),
                                             .encryption_key = key()};
    p->source_props = endpoint("source", CFN_DMS_MYSQL);
    p->source_props.secret = cfn_secretsmanager_secret_existing(
        cfn_s("arn:aws:secretsmanager:eu-west-2:111122223333:secret:old-AbC123"));
    p->target_props = endpoint("target", CFN_DMS_AURORA);
    p->target_props.secret = cfn_secretsmanager_secret_named("Login");
    p->include[0] = (cfn_dms_selection){.schema = cfn_s("shop")};
    p->task_props = (cfn_dms_replication_task_props){
        .replication_instance = cfn_dms_replication_instance_named("Instance"),
        .source = cfn_dms_endpoint_named("Source"),
        .target = cfn_dms_endpoint_named("Target"),
        .table_mappings = {.include = ONE(p->include)},
        .reverse = cfn_b(true)};
}

static void write_alarms(program *p)
{
    p->subscription[0] =
        (cfn_sns_subscription){.protocol = cfn_s("email"), .endpoint = cfn_s("team@example.com")};
    p->topic_props =
        (cfn_sns_topic_props){.encryption_key = key(), .subscriptions = ONE(p->subscription)};
    p->alarms_props = (cfn_migration_alarms_props){
        .topic = cfn_sns_topic_named("Topic"),
        .task = cfn_dms_replication_task_named("Task"),
        .replication_instance = cfn_dms_replication_instance_named("Instance"),
        .cluster = cfn_rds_aurora_cluster_named("Cluster")};
}

static void write_program(program *p)
{
    memset(p, 0, sizeof *p); /* all of it is left out */
    write_network(p);
    write_databases(p);
    write_dms(p);
    write_alarms(p);
}

/* All diagnostics with the call that each is about: "CFN4301 SOURCE, CFN4344 SOURCE". */
static void assert_told(const fixture *f, const char *expected)
{
    char told[256] = "";
    size_t used = 0;
    for (size_t i = 0; i < cfn_diagnostics_size(f->diagnostics) && used < sizeof told; i++) {
        const cfn_diagnostic *d = cfn_diagnostics_at(f->diagnostics, i);
        bool known = d->mark.line > 0 && d->mark.line < COUNT(calls);
        used += (size_t)snprintf(told + used, sizeof told - used, "%s%s %s", i ? ", " : "",
                                 cfn_diagnostic_name(d->id), known ? calls[d->mark.line] : "?");
    }
    if (strcmp(told, expected) != 0)
        print_error("%s", cfn_diagnostics_text(f->diagnostics, false));
    assert_string_equal(told, expected);
}

/* Adds everything, and asserts what is told. */
static void run(stack_fixture *t, const program *p, const char *expected)
{
    static const char file[] = "program.c";
    cfn_stack *s = t->stack;
    cfn_kms_key_add_at(s, "Key", &p->key_props, file, KEY);
    cfn_ec2_network_add_at(s, "Network", &p->network_props, file, NETWORK);
    cfn_ec2_security_group_add_at(s, "Clients", &p->clients_props, file, CLIENTS);
    cfn_ec2_security_group_add_at(s, "Database", &p->database_props, file, DATABASE);
    cfn_ec2_interface_endpoints_add_at(s, "Ways", &p->ways_props, file, WAYS);
    cfn_secretsmanager_secret_add_at(s, "Login", &p->login_props, file, LOGIN);
    cfn_rds_aurora_cluster_add_at(s, "Cluster", &p->cluster_props, file, CLUSTER);
    cfn_dms_replication_instance_add_at(s, "Instance", &p->instance_props, file, INSTANCE);
    cfn_dms_endpoint_add_at(s, "Source", &p->source_props, file, SOURCE);
    cfn_dms_endpoint_add_at(s, "Target", &p->target_props, file, TARGET);
    cfn_dms_replication_task_add_at(s, "Task", &p->task_props, file, TASK);
    cfn_sns_topic_add_at(s, "Topic", &p->topic_props, file, TOPIC);
    cfn_migration_alarms_add_at(s, "Alarms", &p->alarms_props, file, ALARMS);
    cfn_stack_synth(s);
    assert_told(&t->f, expected);
}

static void a_program_without_a_mistake_is_good(void **state)
{
    program p;
    write_program(&p);
    run(*state, &p, "");
}

static void dms_has_no_mode_require_for_mysql(void **state)
{
    program p;
    write_program(&p);
    p.source_props.ssl_mode = cfn_s("require");
    run(*state, &p, "CFN4301 SOURCE, CFN4344 SOURCE");
}

static void verify_full_needs_a_certificate(void **state)
{
    program p;
    write_program(&p);
    p.target_props.certificate = cfn_dms_certificate_existing(cfn_s(NULL));
    run(*state, &p, "CFN4302 TARGET");
}

static void aurora_mysql_is_aurora_for_dms(void **state)
{
    program p;
    write_program(&p);
    p.target_props.engine_name = cfn_s(CFN_AURORA_MYSQL);
    run(*state, &p, "CFN4304 TARGET");
}

static void a_database_name_would_take_all_tables(void **state)
{
    program p;
    write_program(&p);
    p.target_props.database_name = cfn_s("shop");
    run(*state, &p, "CFN4330 TARGET");
}

static void attributes_are_no_place_for_a_password(void **state)
{
    program p;
    write_program(&p);
    p.source_props.extra_connection_attributes = cfn_s("password=hunter2;");
    run(*state, &p, "CFN4305 SOURCE");
}

static void a_login_that_rotates_is_not_for_dms(void **state)
{
    program p;
    write_program(&p);
    p.login_props.rotation = (cfn_secretsmanager_rotation){
        .network = cfn_ec2_network_named("Network"), .security_groups = ONE(p.clients)};
    run(*state, &p, "CFN4503 TARGET");
}

static void a_version_of_dms_may_be_closed(void **state)
{
    program p;
    write_program(&p);
    p.instance_props.engine_version = cfn_s("3.5.2");
    run(*state, &p, "CFN4316 INSTANCE");
}

static void two_zones_leave_no_choice_of_one(void **state)
{
    program p;
    write_program(&p);
    p.instance_props.multi_az = cfn_b(true);
    p.instance_props.availability_zone = p.zones[0];
    run(*state, &p, "CFN4318 INSTANCE");
}

static void larger_lobs_are_cut(void **state)
{
    program p;
    write_program(&p);
    p.task_props.settings.target_metadata.lob_max_size = cfn_i(32);
    run(*state, &p, "CFN4324 TASK");
}

static void log_context_needs_logging(void **state)
{
    program p;
    write_program(&p);
    p.task_props.settings.logging.enable_logging = cfn_b(false);
    p.task_props.settings.logging.enable_log_context = cfn_b(true);
    run(*state, &p, "CFN4321 TASK, CFN4326 TASK");
}

static void an_underscore_is_any_character(void **state)
{
    program p;
    write_program(&p);
    p.exclude[0] = (cfn_dms_exclusion){.schema = cfn_s("shop"), .table = cfn_s("temp_%")};
    p.task_props.table_mappings.exclude = (cfn_dms_exclusion_list)ONE(p.exclude);
    run(*state, &p, "CFN4328 TASK");
}

static void an_endpoint_has_one_direction(void **state)
{
    program p;
    write_program(&p);
    p.task_props.source = p.task_props.target;
    run(*state, &p, "CFN4347 TASK");
}

static void two_endpoints_are_two_databases(void **state)
{
    program p;
    write_program(&p);
    p.source_props.secret = p.target_props.secret;
    run(*state, &p, "CFN2019 TASK");
}

static void backtrack_leaves_no_way_back(void **state)
{
    program p;
    write_program(&p);
    p.cluster_props.backtrack_window = cfn_i(3600);
    run(*state, &p, "CFN4350 TASK");
}

static void postgresql_has_no_backtrack(void **state)
{
    program p;
    write_program(&p);
    p.cluster_props.engine = cfn_s(CFN_AURORA_POSTGRESQL);
    p.cluster_props.backtrack_window = cfn_i(3600);
    p.ingress[0].port = cfn_i(5432);
    run(*state, &p, "CFN4101 CLUSTER, CFN4350 TASK");
}

static void a_version_of_aurora_may_be_closed(void **state)
{
    program p;
    write_program(&p);
    p.cluster_props.engine_version = cfn_s("8.0.mysql_aurora.3.05.2");
    run(*state, &p, "CFN4103 CLUSTER");
}

static void insights_are_kept_for_certain_times(void **state)
{
    program p;
    write_program(&p);
    p.cluster_props.performance_insights_retention_period = cfn_i(94);
    run(*state, &p, "CFN4105 CLUSTER");
}

static void backups_are_kept_for_a_day_or_more(void **state)
{
    program p;
    write_program(&p);
    p.cluster_props.backup_retention_period = cfn_i(0);
    run(*state, &p, "CFN2007 CLUSTER");
}

static void mysql_has_no_log_postgresql(void **state)
{
    program p;
    write_program(&p);
    p.logs[0] = cfn_s("postgresql");
    p.cluster_props.log_exports = (cfn_str_list)ONE(p.logs);
    run(*state, &p, "CFN4106 CLUSTER");
}

static void an_alias_may_be_reserved(void **state)
{
    program p;
    write_program(&p);
    p.key_props.name = cfn_s("aws/rds");
    run(*state, &p, "CFN4201 KEY");
}

static void a_database_is_not_open_to_the_world(void **state)
{
    program p;
    write_program(&p);
    p.ingress[0] = (cfn_ec2_security_group_rule){.cidr = cfn_s("0.0.0.0/0"), .port = cfn_i(3306)};
    run(*state, &p, "CFN4001 DATABASE, CFN4502 TASK");
}

static void another_port_is_no_way(void **state)
{
    program p;
    write_program(&p);
    p.ingress[0].port = cfn_i(5432);
    run(*state, &p, "CFN4502 TASK");
}

static void dms_reaches_secrets_manager(void **state)
{
    program p;
    write_program(&p);
    p.ways_props.clients = (cfn_ec2_security_group_list)ONE(p.database);
    run(*state, &p, "CFN4501 INSTANCE");
}

static void one_subnet_is_not_two(void **state)
{
    program p;
    write_program(&p);
    p.network_props.subnet_ids.count = 1;
    run(*state, &p, "CFN4002 NETWORK");
}

static void one_zone_is_not_two(void **state)
{
    program p;
    write_program(&p);
    p.network_props.availability_zones.count = 1;
    run(*state, &p, "CFN4111 CLUSTER");
}

static void the_lag_of_a_reader_is_in_milliseconds(void **state)
{
    program p;
    write_program(&p);
    p.alarms_props.thresholds.replica_lag_milliseconds = cfn_n(30);
    run(*state, &p, "CFN4403 ALARMS");
}

static void the_latency_of_a_task_is_in_seconds(void **state)
{
    program p;
    write_program(&p);
    p.alarms_props.thresholds.cdc_latency_target_seconds = cfn_n(30000);
    run(*state, &p, "CFN4404 ALARMS");
}

static void somebody_must_be_told(void **state)
{
    program p;
    write_program(&p);
    p.topic_props.subscriptions.count = 0;
    run(*state, &p, "CFN4406 TOPIC");
}

static void the_key_of_sns_shuts_cloudwatch_out(void **state)
{
    program p;
    write_program(&p);
    p.topic_props.encryption_key = cfn_kms_key_existing(cfn_s("alias/aws/sns"));
    run(*state, &p, "CFN4421 TOPIC");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        STACK_TEST(a_program_without_a_mistake_is_good),
        STACK_TEST(dms_has_no_mode_require_for_mysql),
        STACK_TEST(verify_full_needs_a_certificate),
        STACK_TEST(aurora_mysql_is_aurora_for_dms),
        STACK_TEST(a_database_name_would_take_all_tables),
        STACK_TEST(attributes_are_no_place_for_a_password),
        STACK_TEST(a_login_that_rotates_is_not_for_dms),
        STACK_TEST(a_version_of_dms_may_be_closed),
        STACK_TEST(two_zones_leave_no_choice_of_one),
        STACK_TEST(larger_lobs_are_cut),
        STACK_TEST(log_context_needs_logging),
        STACK_TEST(an_underscore_is_any_character),
        STACK_TEST(an_endpoint_has_one_direction),
        STACK_TEST(two_endpoints_are_two_databases),
        STACK_TEST(backtrack_leaves_no_way_back),
        STACK_TEST(postgresql_has_no_backtrack),
        STACK_TEST(a_version_of_aurora_may_be_closed),
        STACK_TEST(insights_are_kept_for_certain_times),
        STACK_TEST(backups_are_kept_for_a_day_or_more),
        STACK_TEST(mysql_has_no_log_postgresql),
        STACK_TEST(an_alias_may_be_reserved),
        STACK_TEST(a_database_is_not_open_to_the_world),
        STACK_TEST(another_port_is_no_way),
        STACK_TEST(dms_reaches_secrets_manager),
        STACK_TEST(one_subnet_is_not_two),
        STACK_TEST(one_zone_is_not_two),
        STACK_TEST(the_lag_of_a_reader_is_in_milliseconds),
        STACK_TEST(the_latency_of_a_task_is_in_seconds),
        STACK_TEST(somebody_must_be_told),
        STACK_TEST(the_key_of_sns_shuts_cloudwatch_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
