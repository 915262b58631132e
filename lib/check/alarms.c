/* What makes an alarm silent: metrics without data, and thresholds in another unit than the
 * metric's. CloudWatch takes both without complaint.
 * https://docs.aws.amazon.com/dms/latest/userguide/CHAP_Monitoring.html
 * https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Aurora.AuroraMonitoring.Metrics.html
 */
#include "base/text.h"
#include "check/metric.h"

#include <stdlib.h>

typedef struct alarm {
    cfn__check *check;
    const cfn_node *properties;
    const char *metric;
} alarm;

static void check_threshold(const alarm *a)
{
    enum { A_SECOND = 1000, OVER_AN_HOUR = 5000 };
    const cfn_node *threshold = cfn_node_get(a->properties, "Threshold");
    double value = threshold && threshold->text ? strtod(threshold->text, NULL) : 0;
    if (cfn__starts_with(a->metric, "AuroraReplicaLag") && value > 0 && value < A_SECOND) {
        cfn__complain(&a->check->out, CFN4403, threshold,
                      "%s is in milliseconds, and %g of them is no lag", a->metric, value);
        cfn__advise(&a->check->out, "%g seconds are %.0f", value, value * A_SECOND);
    }
    if (cfn__starts_with(a->metric, "CDCLatency") && value >= OVER_AN_HOUR) {
        cfn__complain(&a->check->out, CFN4404, threshold,
                      "%s is in seconds, and %.0f of them are %.1f hours", a->metric, value,
                      value / 3600);
        cfn__advise(&a->check->out, "%.0f milliseconds are %g", value, value / A_SECOND);
    }
}

static void tell(const cfn__metric *m, cfn_diagnostic_id id, const cfn_node *at, const char *what,
                 const char *hint)
{
    const alarm *a = m->context;
    if (cfn_arena_failed(m->arena))
        return; /* what is wrong has no words then; memory that is out is told at the end */
    const cfn_node *place = id == CFN4413 ? cfn_node_get(a->properties, "MetricName") : at;
    cfn__complain(&a->check->out, id, place ? place : a->properties, "%s", what);
    cfn__advise(&a->check->out, "%s", hint);
}

void cfn__check_alarm(cfn__check *check)
{
    const cfn_node *properties = check->resource->properties;
    const char *space = cfn_node_text(cfn__get(properties, "Namespace"));
    const cfn_node *dimensions = cfn__get(properties, "Dimensions");
    const char *metric = cfn_node_text(cfn__get(properties, "MetricName"));
    if (!metric || (dimensions && dimensions->kind != CFN_KIND_LIST))
        return; /* not known before the deployment */
    alarm a = {check, properties, metric};
    check_threshold(&a);
    if (space)
        cfn__check_metric(&(cfn__metric){.tpl = check->tpl,
                                         .arena = check->out.arena,
                                         .space = space,
                                         .name = metric,
                                         .dimensions = dimensions,
                                         .tell = tell,
                                         .context = &a});
}
