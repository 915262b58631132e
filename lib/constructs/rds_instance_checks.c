/* Domain rules for an instance of RDS, told at the property that breaks them. What holds for plain
 * instances too, and the versions, are in lib/check/rds.c and among the facts. */
#include "base/text.h"
#include "constructs/rds_instance.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

typedef struct checker {
    cfn__expansion *x;
    const cfn__construct *c;
    const cfn_rds_instance_props *props;
    cfn_diagnostics *diagnostics;
} checker;

static bool is_known(cfn_int value)
{
    return value.expression.form == CFN_LITERAL && !value.expression.text;
}

/* ---- storage ---- */

static bool is_given(cfn_int value)
{
    return cfn__is_set(value.expression);
}

/* Below this gp3 has 3000 operations and 125 MiB a second, and nothing can be said about it.
 * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/CHAP_Storage.html */
enum { GP3_THRESHOLD = 400, GP3_LEAST_IOPS = 12000, GP3_MOST_IOPS = 64000, IO_LEAST = 100 };

static void check_gp3(const checker *k, cfn_int allocated)
{
    cfn_int iops = k->props->iops, throughput = k->props->storage_throughput;
    bool small = is_known(allocated) && allocated.value < GP3_THRESHOLD;
    const char *property = is_given(iops) ? "Iops" : "StorageThroughput";
    if (!is_given(iops) && !is_given(throughput))
        return;
    if (small) {
        cfn__report_property(k->x, k->c, property, CFN4135,
                             "gp3 takes %s from 400 GiB on, and this has %" PRId64, property,
                             allocated.value);
        cfn__hint(k->diagnostics, "leave it out: 3000 operations and 125 MiB a second are "
                                  "included; or give AllocatedStorage 400 or more");
    } else if (is_known(iops) && (iops.value < GP3_LEAST_IOPS || iops.value > GP3_MOST_IOPS)) {
        cfn__report_property(k->x, k->c, "Iops", CFN4135,
                             "gp3 has from 12000 to 64000 operations a second");
        cfn__hint(k->diagnostics, "12000 are included from 400 GiB on");
    }
}

static void check_provisioned(const checker *k, const char *type, cfn_int allocated)
{
    if (is_given(k->props->storage_throughput)) {
        cfn__report_property(k->x, k->c, "StorageThroughput", CFN4135,
                             "the throughput of %s cannot be given", type);
        cfn__hint(k->diagnostics, "take it out, or use gp3");
    }
    if (strcmp(type, "gp2") == 0 ? !is_given(k->props->iops) : is_given(k->props->iops)) {
        if (strcmp(type, "gp2") == 0 || !is_known(allocated) || allocated.value >= IO_LEAST)
            return;
        cfn__report_property(k->x, k->c, "AllocatedStorage", CFN4135, "%s begins at 100 GiB", type);
        return;
    }
    cfn__report_property(
        k->x, k->c, is_given(k->props->iops) ? "Iops" : "StorageType", CFN4135,
        strcmp(type, "gp2") == 0 ? "the Iops of gp2 follow from its size" : "%s needs Iops", type);
    cfn__hint(k->diagnostics, "gp3 has 3000 operations a second without more");
}

static void check_storage(const checker *k)
{
    const char *type = cfn__literal(cfn__str_or(k->props->storage_type, "gp3"));
    cfn_int allocated = cfn__int_or(k->props->allocated_storage, CFN__RDS_STORAGE);
    cfn_int most = k->props->max_allocated_storage;
    if (type && strcmp(type, "gp3") == 0)
        check_gp3(k, allocated);
    else if (type)
        check_provisioned(k, type, allocated);
    if (!is_given(most) || !is_known(most) || !is_known(allocated) ||
        most.value * 10 >= allocated.value * 11)
        return;
    cfn__report_property(k->x, k->c, "MaxAllocatedStorage", CFN4135,
                         "the storage has %" PRId64 " GiB, and must be able to grow by a tenth",
                         allocated.value);
    cfn__hint(k->diagnostics, "give %" PRId64 " or more, or leave it out",
              (allocated.value * 11 + 9) / 10);
}

/* ---- parameters that DMS needs ---- */

/* The values that a parameter must have; a number may be 0, or from `min` to `max`.
 * https://docs.aws.amazon.com/dms/latest/userguide/CHAP_Source.MySQL.html
 * https://docs.aws.amazon.com/dms/latest/userguide/CHAP_Source.PostgreSQL.html */
static const struct {
    const char *name, *good[4];
    long long min, max;
    bool or_nothing; /* 0 is good, too */
    const char *why;
} needed[] = {
    {"binlog_format", {"ROW"}, 0, 0, false, "DMS reads changed rows, not statements"},
    {"binlog_row_image", {"full"}, 0, 0, false, "DMS needs whole rows"},
    {"binlog_transaction_compression",
     {"OFF", "0", "false"},
     0,
     0,
     false,
     "DMS does not read compressed transactions"},
    {"rds.logical_replication", {"1", "on", "true"}, 0, 0, false, "DMS replicates logically"},
    {"max_replication_slots", {NULL}, 2, 8388607, false, "each task of DMS holds a slot"},
    {"max_wal_senders", {NULL}, 2, 8388607, false, "each task of DMS reads through a sender"},
    {"wal_sender_timeout",
     {NULL},
     10000,
     299999,
     true,
     "DMS is cut off while it works: 0, or 10 seconds to 5 minutes"},
};

static bool is_good(size_t i, const char *text)
{
    char *end = NULL;
    long long number = strtoll(text, &end, 10);
    if (!needed[i].good[0])
        return !*end && ((number >= needed[i].min && number <= needed[i].max) ||
                         (number == 0 && needed[i].or_nothing));
    for (size_t n = 0; n < CFN__COUNT(needed[i].good) && needed[i].good[n]; n++)
        if (strcasecmp(needed[i].good[n], text) == 0)
            return true;
    return false;
}

static void check_parameters(const checker *k, const cfn_node *parameters)
{
    for (size_t i = 0; i < CFN__COUNT(needed); i++) {
        const cfn_node *given = cfn_node_get(parameters, needed[i].name);
        const char *text = cfn_node_text(given);
        if (!text || is_good(i, text))
            continue;
        cfn__report(k->diagnostics, CFN4134, given, "with %s %s changes cannot be captured: %s",
                    needed[i].name, text, needed[i].why);
        cfn__hint(k->diagnostics, "leave it out, or say ChangeDataCapture: false");
    }
}

static void check_family(const checker *k)
{
    if (cfn__literal(k->props->engine_version) || !cfn__is_set(k->props->engine_version) ||
        cfn__is_set(k->props->family))
        return;
    cfn__report_property(k->x, k->c, "EngineVersion", CFN4136,
                         "the family of the parameter group follows from the version, which is "
                         "known at deployment alone");
    cfn__hint(k->diagnostics, "add Family, as mysql8.0, and have the parameter keep to it with "
                              "AllowedPattern");
}

void cfn__check_rds_instance(cfn__expansion *x, const cfn__construct *c, const cfn__rds_database *d,
                             const cfn_node *parameters)
{
    const checker k = {x, c, c->props, cfn__expansion_diagnostics(x)};
    check_family(&k);
    check_storage(&k);
    if (d->logs_changes)
        check_parameters(&k, parameters);
    cfn__check_rds_class(x, c, "InstanceClass", k.props->instance_class);
    cfn__check_rds_database(x, c, d);
}
