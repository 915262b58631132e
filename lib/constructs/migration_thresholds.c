/* Thresholds of Cfngen::Migration::Alarms that follow from the size of what is watched. */
#include "constructs/migration_alarms.h"

#include "constructs/dms.h"
#include "constructs/rds_instance.h"

#include <stdlib.h>
#include <string.h>

#define MIB (1024.0 * 1024.0)
#define GIB (1024.0 * MIB)

/* ---- how much memory a class has ---- */

/* GiB of the size "large", by the first letter of the family: r6g, c6i, t3. */
static const struct {
    char family;
    double gib;
} families[] = {{'r', 16}, {'x', 32}, {'c', 4}, {'m', 8}, {'t', 8}};

/* Sizes below xlarge, in parts of large; 2xlarge is four times as large, and so on. */
static const struct {
    const char *name;
    double parts;
} small_sizes[] = {{"micro", 0.125}, {"small", 0.25}, {"medium", 0.5}, {"large", 1}, {"xlarge", 2}};

static double size_parts(const char *size)
{
    char *rest = NULL;
    for (size_t i = 0; i < CFN__COUNT(small_sizes); i++)
        if (strcmp(size, small_sizes[i].name) == 0)
            return small_sizes[i].parts;
    long times = strtol(size, &rest, 10);
    return rest && strcmp(rest, "xlarge") == 0 && times > 0 && times <= 64 ? 2.0 * (double)times
                                                                           : 0;
}

/* Of "db.r6g.large" or "dms.c5.2xlarge", in bytes; 0 when it is not known.
 * https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Concepts.DBInstanceClass.Summary.html
 * https://docs.aws.amazon.com/dms/latest/userguide/CHAP_ReplicationInstance.Types.html */
static double class_memory(const char *class)
{
    const char *family = class ? strchr(class, '.') : NULL;
    const char *size = family ? strchr(family + 1, '.') : NULL;
    for (size_t i = 0; size && i < CFN__COUNT(families); i++)
        if (family[1] == families[i].family)
            return families[i].gib * size_parts(size + 1) * GIB;
    return 0;
}

/* ---- the database ---- */

static const cfn_rds_aurora_cluster_props *cluster_props(cfn__expansion *x, const cfn__construct *c)
{
    const cfn_migration_alarms_props *props = c->props;
    const cfn__construct *cluster = cfn__handle_construct(x, &props->cluster.handle);
    return cluster ? cluster->props : NULL;
}

/* An ACU of Aurora Serverless v2 is about 2 GiB, and FreeableMemory counts what an instance would
 * have at its largest:
 * https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-serverless-v2.setting-capacity.html
 */
static double serverless_memory(const cfn_rds_aurora_cluster_props *cluster)
{
    const cfn_num *max = &cluster->serverless_v2.max_capacity;
    bool literal = max->expression.form == CFN_LITERAL && !max->expression.text;
    return literal ? max->value * 2 * GIB : 0;
}

static double memory_of_class(const cfn_rds_aurora_cluster_props *cluster, cfn_str class)
{
    const char *text = cfn__literal(class);
    if (text && strcmp(text, "db.serverless") == 0)
        return serverless_memory(cluster);
    return class_memory(text);
}

/* Of the smallest instance; 0 when one is not known. */
static double database_memory(const cfn_rds_aurora_cluster_props *cluster)
{
    if (!cluster)
        return 0;
    bool serverless = cfn__is_set(cluster->serverless_v2.max_capacity.expression);
    cfn_str class =
        cfn__str_or(cluster->instance_class, serverless ? "db.serverless" : "db.r6g.large");
    double writer = memory_of_class(cluster, class);
    if (!cfn__is_set(cluster->reader_instance_class))
        return writer;
    double reader = memory_of_class(cluster, cluster->reader_instance_class);
    return reader < writer ? reader : writer;
}

/* What Aurora MySQL takes by default, from this memory on:
 * https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/AuroraMySQL.Managing.Performance.html
 */
static const struct {
    double gib, connections;
} mysql_connections[] = {{768, 7000}, {384, 6000}, {256, 5000}, {128, 4000}, {64, 3000},
                         {32, 2000},  {16, 1000},  {8, 135},    {4, 90},     {2, 45}};

static double default_connections(const cfn_rds_aurora_cluster_props *cluster)
{
    enum { BYTES_OF_EACH = 9531392, MOST = 5000 }; /* of Aurora PostgreSQL */
    double memory = database_memory(cluster);
    const char *engine = cluster ? cfn__literal(cluster->engine) : NULL;
    if (engine && strcmp(engine, CFN_AURORA_POSTGRESQL) == 0)
        return memory / BYTES_OF_EACH < MOST ? memory / BYTES_OF_EACH : MOST;
    for (size_t i = 0; i < CFN__COUNT(mysql_connections); i++)
        if (memory >= mysql_connections[i].gib * GIB)
            return mysql_connections[i].connections;
    return 0;
}

/* What the cluster's parameters say, else what AWS does. */
static double connections_of(const cfn_rds_aurora_cluster_props *cluster)
{
    if (!cluster)
        return 0;
    const cfn_int *own = cfn__is_set(cluster->mysql_parameters.max_connections.expression)
                             ? &cluster->mysql_parameters.max_connections
                             : &cluster->postgresql_parameters.max_connections;
    if (!cfn__is_set(own->expression))
        return default_connections(cluster);
    bool literal = own->expression.form == CFN_LITERAL && !own->expression.text;
    return literal ? (double)own->value : 0;
}

/* A part of a size, as a whole number. */
static cfn_num part(double size, double of)
{
    return cfn_n((double)(int64_t)(size * of));
}

/* A guess would be an alarm that never is or always is, so the template asks, once. */
static cfn_num asked_for(cfn__expansion *x, cfn__construct *c, bool *asked, const char *role,
                         const char *description)
{
    if (!*asked)
        cfn__put(cfn__parameter(x, c, role, "Number", description), "MinValue",
                 cfn__integer(&c->make, 1));
    *asked = true;
    return cfn_n_of(cfn_ref(cfn__role_id(x, c, role)));
}

cfn_num cfn__database_connections_threshold(cfn__expansion *x, cfn__construct *c)
{
    const cfn_num *given =
        &((const cfn_migration_alarms_props *)c->props)->thresholds.database_connections;
    double connections = connections_of(cluster_props(x, c));
    if (cfn__is_set(given->expression))
        return *given;
    if (connections > 0)
        return part(connections, 0.8);
    return asked_for(x, c, &((cfn__migration_asked *)c->state)->connections,
                     "DatabaseConnectionsThreshold",
                     "Connections to an instance above which there is an alarm: about 80 % of its "
                     "max_connections");
}

cfn_num cfn__database_memory_threshold(cfn__expansion *x, cfn__construct *c)
{
    const cfn_num *given =
        &((const cfn_migration_alarms_props *)c->props)->thresholds.database_freeable_memory_bytes;
    double memory = database_memory(cluster_props(x, c));
    if (cfn__is_set(given->expression))
        return *given;
    if (memory > 0)
        return part(memory, 0.1);
    return asked_for(x, c, &((cfn__migration_asked *)c->state)->memory, "DatabaseMemoryThreshold",
                     "Free memory of an instance, in bytes, below which there is an alarm: about "
                     "10 % of what its class has");
}

/* ---- the source ---- */

static const cfn_rds_instance_props *source_props(cfn__expansion *x, const cfn__construct *c)
{
    const cfn_migration_alarms_props *props = c->props;
    const cfn__construct *source = cfn__handle_construct(x, &props->source_instance.handle);
    return source ? source->props : NULL;
}

/* What its parameters say, else what RDS does by default; 0 when that is not known:
 * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/CHAP_Limits.html */
static double source_connections(const cfn_rds_instance_props *source)
{
    enum { BYTES_OF_MYSQL = 12582880, BYTES_OF_POSTGRESQL = 9531392, MOST = 5000 };
    if (!source)
        return 0;
    const char *engine = cfn__literal(source->engine);
    bool postgresql = engine && strcmp(engine, CFN_RDS_POSTGRESQL) == 0;
    const cfn_int *own = postgresql ? &source->postgresql_parameters.max_connections
                                    : &source->mysql_parameters.max_connections;
    if (cfn__is_set(own->expression))
        return own->expression.form == CFN_LITERAL && !own->expression.text ? (double)own->value
                                                                            : 0;
    double memory = class_memory(cfn__literal(cfn__str_or(source->instance_class, CFN__RDS_CLASS)));
    double connections = memory / (postgresql ? BYTES_OF_POSTGRESQL : BYTES_OF_MYSQL);
    return postgresql && connections > MOST ? MOST : connections;
}

cfn_num cfn__source_connections_threshold(cfn__expansion *x, cfn__construct *c)
{
    const cfn_num *given =
        &((const cfn_migration_alarms_props *)c->props)->thresholds.source_connections;
    double connections = source_connections(source_props(x, c));
    if (cfn__is_set(given->expression))
        return *given;
    if (connections > 0)
        return part(connections, 0.8);
    return asked_for(x, c, &((cfn__migration_asked *)c->state)->source_connections,
                     "SourceConnectionsThreshold",
                     "Connections to the source above which there is an alarm: about 80 % of its "
                     "max_connections");
}

cfn_num cfn__source_storage_threshold(cfn__expansion *x, cfn__construct *c)
{
    const cfn_num *given =
        &((const cfn_migration_alarms_props *)c->props)->thresholds.source_free_storage_bytes;
    const cfn_rds_instance_props *source = source_props(x, c);
    if (cfn__is_set(given->expression))
        return *given;
    cfn_int storage =
        source ? cfn__int_or(source->allocated_storage, CFN__RDS_STORAGE) : cfn_i_of(cfn_s(NULL));
    if (storage.expression.form == CFN_LITERAL && !storage.expression.text)
        return part((double)storage.value * GIB, 0.2);
    return asked_for(x, c, &((cfn__migration_asked *)c->state)->source_storage,
                     "SourceStorageThreshold",
                     "Free storage of the source, in bytes, below which there is an alarm: about "
                     "20 % of what it has");
}

/* ---- the replication instance ---- */

static const cfn_dms_replication_instance_props *instance_props(cfn__expansion *x,
                                                                const cfn__construct *c)
{
    const cfn_dms_replication_instance watched = cfn__watched_instance(x, c);
    const cfn__construct *instance = cfn__handle_construct(x, &watched.handle);
    return instance ? instance->props : NULL;
}

cfn_num cfn__replication_memory_threshold(cfn__expansion *x, cfn__construct *c)
{
    const cfn_migration_alarms_props *props = c->props;
    const cfn_num *given = &props->thresholds.replication_freeable_memory_bytes;
    const cfn_dms_replication_instance_props *instance = instance_props(x, c);
    double memory = 0;
    if (cfn__is_set(given->expression))
        return *given;
    if (instance)
        memory = class_memory(cfn__literal(
            cfn__str_or(instance->replication_instance_class, CFN__DMS_INSTANCE_CLASS)));
    return memory > 0 ? part(memory, 0.1) : cfn_n(512 * MIB);
}

cfn_num cfn__replication_storage_threshold(cfn__expansion *x, cfn__construct *c)
{
    const cfn_migration_alarms_props *props = c->props;
    const cfn_num *given = &props->thresholds.replication_free_storage_bytes;
    const cfn_dms_replication_instance_props *instance = instance_props(x, c);
    if (cfn__is_set(given->expression))
        return *given;
    cfn_int storage = instance ? cfn__int_or(instance->allocated_storage, CFN__DMS_STORAGE)
                               : cfn_i_of(cfn_s(NULL));
    bool literal = storage.expression.form == CFN_LITERAL && !storage.expression.text;
    return literal ? part((double)storage.value * GIB, 0.2) : cfn_n(10 * GIB);
}

/* ---- the property ---- */

#define ROW(name, member, text, default_)                                                          \
    {                                                                                              \
        CFN__ROW(cfn_migration_thresholds, NUM, name, member), .doc = (text),                      \
                                                               .default_text = (default_)          \
    }
static const cfn__field threshold_fields[] = {
    ROW("CDCLatencySourceSeconds", cdc_latency_source_seconds,
        "Seconds that the task may be behind the source.", "30"),
    ROW("CDCLatencyTargetSeconds", cdc_latency_target_seconds,
        "Seconds until a change of the source must be in the target.", "30"),
    ROW("ReplicationCpuPercent", replication_cpu_percent, "CPU of the replication instance.", "80"),
    ROW("ReplicationFreeableMemoryBytes", replication_freeable_memory_bytes,
        "Memory that the replication instance must have left.",
        "a tenth of its class; 512 MiB when not known"),
    ROW("ReplicationFreeStorageBytes", replication_free_storage_bytes,
        "Storage that the replication instance must have left.",
        "a fifth of what it has; 10 GiB when not known"),
    ROW("ReplicaLagMilliseconds", replica_lag_milliseconds,
        "Milliseconds that a reader may be behind the writer: 30 seconds are 30000.", "30000"),
    ROW("SourceCpuPercent", source_cpu_percent, "CPU of the source.", "80"),
    ROW("SourceConnections", source_connections, "Connections to the source.",
        "four fifths of what its class takes; a parameter when it is not known"),
    ROW("SourceFreeStorageBytes", source_free_storage_bytes,
        "Storage that the source must have left: the logs of changes take it while the task "
        "stands.",
        "a fifth of what it has; a parameter when it is not known"),
    ROW("DatabaseCpuPercent", database_cpu_percent, "CPU of each instance of the cluster.", "80"),
    ROW("DatabaseConnections", database_connections, "Connections to each instance.",
        "four fifths of what the smallest class takes; a parameter when it is not known"),
    ROW("DatabaseFreeableMemoryBytes", database_freeable_memory_bytes,
        "Memory that each instance must have left.",
        "a tenth of the smallest class; a parameter when it is not known"),
};
#undef ROW
const cfn_record cfn__migration_thresholds_record =
    CFN__RECORD("Thresholds", cfn_migration_thresholds, threshold_fields);
