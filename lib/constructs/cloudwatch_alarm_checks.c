/* Mistakes with Cfngen::CloudWatch::Alarm beside its metric, which is looked at in every alarm of
 * the template: periods and statistics that there are not, nobody who is told. */
#include "constructs/cloudwatch_alarm.h"

#include "base/text.h"

#include <string.h>

typedef struct checker {
    cfn__expansion *x;
    const cfn__construct *c;
    const cfn_cloudwatch_alarm_props *props;
    const char *space, *metric; /* "" when not literal */
    cfn_diagnostics *diagnostics;
} checker;

static void check_missing_data(const checker *k)
{
    if (!cfn__starts_with(k->metric, "CDCLatency") || cfn__is_set(k->props->treat_missing_data))
        return;
    cfn__report_property(k->x, k->c, NULL, CFN4411,
                         "a task that failed has no %s, and the alarm goes quiet", k->metric);
    cfn__hint(k->diagnostics,
              "TreatMissingData: notBreaching with an alarm on the failure (Cfngen::Migration::"
              "Alarms has it), or breaching once the task runs");
}

static bool literal_int(cfn_int number, int64_t *value)
{
    bool given = cfn__is_set(number.expression);
    *value = given ? number.value : 0;
    return given && number.expression.form == CFN_LITERAL && !number.expression.text;
}

static void refuse_period(const checker *k, const char *message, const char *hint)
{
    cfn__report_property(k->x, k->c, "Period", CFN4407, "%s", message);
    cfn__hint(k->diagnostics, "%s", hint);
}

/* https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html */
static void check_period(const checker *k)
{
    enum { MINUTE = 60, HOUR = 3600, DAY = 86400, WEEK = 7 * DAY };
    int64_t period = MINUTE, periods = 1, datapoints = 0;
    bool known = literal_int(k->props->period, &period);
    bool counted = literal_int(k->props->evaluation_periods, &periods);
    if (!cfn__is_set(k->props->period.expression))
        period = MINUTE;
    if (!counted)
        periods = 1;
    bool short_one = period == 10 || period == 20 || period == 30;
    if (known && !short_one && (period < MINUTE || period % MINUTE != 0))
        refuse_period(k, "a period is 10, 20 or 30 seconds or a multiple of 60",
                      "60 fits the metrics of AWS's own services");
    else if (known && short_one && cfn__starts_with(k->space, "AWS/"))
        refuse_period(k, "services of AWS publish every minute, so shorter periods are empty",
                      "use 60 or more");
    else if (period > 0 && periods > (period >= HOUR ? WEEK : DAY) / period)
        refuse_period(k, "an alarm looks back one day at most, or seven with periods of an hour",
                      "lower EvaluationPeriods or Period");
    if (literal_int(k->props->datapoints_to_alarm, &datapoints) && datapoints > periods) {
        cfn__report_property(k->x, k->c, "DatapointsToAlarm", CFN4407,
                             "more datapoints must breach than are looked at");
        cfn__hint(k->diagnostics, "it is EvaluationPeriods at most");
    }
}

/* https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Statistics-definitions.html */
static void check_statistic(const checker *k)
{
    static const char *const good[] = {"Average", "Sum",         "Minimum",
                                       "Maximum", "SampleCount", "IQM"};
    static const char *const families[] = {"p",   "tm",  "wm",  "tc",  "ts",
                                           "TM(", "WM(", "PR(", "TC(", "TS("};
    const char *text = cfn__literal(k->props->statistic);
    cfn__nearest nearest = cfn__nearest_to(text ? text : "");
    for (size_t i = 0; text && i < CFN__COUNT(good); i++) {
        if (strcmp(text, good[i]) == 0)
            return;
        cfn__nearest_offer(&nearest, good[i]);
    }
    for (size_t i = 0; text && i < CFN__COUNT(families); i++)
        if (cfn__starts_with(text, families[i]) &&
            (cfn__ends_with(text, ")") || cfn__is_digit(text[strlen(families[i])])))
            return;
    if (!text)
        return;
    cfn__report_property(k->x, k->c, "Statistic", CFN2006, "there is no statistic %s", text);
    if (nearest.best)
        cfn__hint_nearest(k->diagnostics, nearest.best);
    else
        cfn__hint(k->diagnostics,
                  "it is Average, Sum, Minimum, Maximum, SampleCount or a percentile as p99");
}

static void check_actions(const checker *k)
{
    enum { MOST = 5 };
    bool tells = cfn__handle_is_set(&k->props->topic.handle);
    size_t count = k->props->actions.count + tells;
    if (!count) {
        cfn__report_property(k->x, k->c, NULL, CFN4406, "the alarm %s tells nobody", k->c->id);
        cfn__hint(k->diagnostics, "give it a Topic");
    } else if (count > MOST) {
        cfn__report_property(k->x, k->c, "Actions", CFN2007,
                             "an alarm has %d actions at most, the topic included", MOST);
    }
}

void cfn__check_cloudwatch_alarm(cfn__expansion *x, const cfn__construct *c)
{
    const cfn_cloudwatch_alarm_props *props = c->props;
    const char *space = cfn__literal(props->metric_namespace);
    const char *metric = cfn__literal(props->metric_name);
    const checker k = {
        x, c, props, space ? space : "", metric ? metric : "", cfn__expansion_diagnostics(x)};
    check_missing_data(&k);
    check_period(&k);
    check_statistic(&k);
    check_actions(&k);
}
