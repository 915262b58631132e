/* CloudWatch, by the Query protocol.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricData.html */
#include "lambda/cloudwatch.h"

#include "base/arena.h"
#include "base/text.h"
#include "lambda/form.h"
#include "lambda/timestamp.h"
#include "lambda/xml.h"
#include "node/node.h"

#include <stdlib.h>
#include <string.h>

static void begin(cfn__buffer *body, const char *action)
{
    cfn__form_add(body, "Action", action);
    cfn__form_add(body, "Version", "2010-08-01");
}

/* ---- metrics ---- */

static void add_series(cfn__buffer *body, const cfn__series *series, size_t number)
{
    char name[120], id[8];
    const char *const pairs[][2] = {{"MetricStat.Metric.Namespace", series->space},
                                    {"MetricStat.Metric.MetricName", series->metric},
                                    {"MetricStat.Period", "60"},
                                    {"MetricStat.Stat", "Maximum"}};
    snprintf(id, sizeof id, "m%zu", number % 100);
    snprintf(name, sizeof name, "MetricDataQueries.member.%zu.Id", number);
    cfn__form_add(body, name, id);
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        snprintf(name, sizeof name, "MetricDataQueries.member.%zu.%s", number, pairs[i][0]);
        cfn__form_add(body, name, pairs[i][1]);
    }
    for (size_t i = 0; series->dimensions[2 * i]; i++)
        for (size_t part = 0; part < 2; part++) {
            snprintf(name, sizeof name,
                     "MetricDataQueries.member.%zu.MetricStat.Metric.Dimensions.member.%zu.%s",
                     number, i + 1, part ? "Value" : "Name");
            cfn__form_add(body, name, series->dimensions[2 * i + part]);
        }
}

/* Whatever order the answer has. */
static void insert(cfn__points *points, int64_t time, double value)
{
    size_t at = points->count;
    while (at && points->times[at - 1] < time)
        at--;
    if (at == CFN__MOST_POINTS)
        return;
    size_t moved = (points->count < CFN__MOST_POINTS ? points->count : CFN__MOST_POINTS - 1) - at;
    memmove(&points->times[at + 1], &points->times[at], moved * sizeof *points->times);
    memmove(&points->values[at + 1], &points->values[at], moved * sizeof *points->values);
    points->times[at] = time;
    points->values[at] = value;
    points->count += points->count < CFN__MOST_POINTS;
}

static bool take_points(const cfn_node *result, cfn__points *points)
{
    const cfn_node *times = cfn_node_get(result, "Timestamps"), *time = NULL;
    const cfn_node *values = cfn_node_get(result, "Values"), *value = NULL;
    while ((time = cfn__xml_next(times, time, "member"))) {
        int64_t seconds;
        char *end = NULL;
        value = cfn__xml_next(values, value, "member");
        const char *number = value ? cfn_node_text(value) : NULL;
        if (!number || !*number || !cfn__read_timestamp(cfn_node_text(time), &seconds))
            return false;
        double read = strtod(number, &end);
        if (*end)
            return false;
        insert(points, seconds, read);
    }
    return true;
}

bool cfn__points_of_answer(const cfn_node *answer, size_t count, cfn__points *points)
{
    const cfn_node *results = cfn_node_find(answer, "GetMetricDataResult/MetricDataResults");
    const cfn_node *n = NULL;
    for (size_t i = 0; i < count; i++)
        points[i].count = 0;
    while ((n = cfn__xml_next(results, n, "member"))) {
        const char *id = cfn_node_text(cfn_node_get(n, "Id"));
        size_t number =
            id && *id == 'm' && cfn__is_digit(id[1]) && !id[2] ? (size_t)(id[1] - '0') : 0;
        if (number < 1 || number > count || !take_points(n, &points[number - 1]))
            return false;
    }
    return results != NULL;
}

/* What could not be read looks like what is not there, and an older datapoint like the newest.
 * Those that are read in part are the newest.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_MetricDataResult.html */
static bool are_read(const cfn__caller *caller, const cfn_node *answer)
{
    const cfn_node *results = cfn_node_find(answer, "GetMetricDataResult/MetricDataResults");
    const cfn_node *n = NULL;
    while ((n = cfn__xml_next(results, n, "member"))) {
        const cfn_node *code = cfn_node_get(n, "StatusCode");
        if (cfn__text_is(code, "InternalError") || cfn__text_is(code, "Forbidden"))
            return cfn__fails(caller->failure, CFN__UNREACHABLE,
                              "metrics cannot be read: CloudWatch answered %s",
                              cfn_node_text(code));
    }
    return true;
}

bool cfn__read_metrics(const cfn__caller *caller, const cfn__series *series, size_t count,
                       int64_t from, int64_t to, cfn__points *points)
{
    char time[CFN__TIMESTAMP_SIZE];
    cfn__buffer body = {0};
    begin(&body, "GetMetricData");
    cfn__write_timestamp(time, from - from % 60);
    cfn__form_add(&body, "StartTime", time);
    cfn__write_timestamp(time, to);
    cfn__form_add(&body, "EndTime", time);
    cfn__form_add(&body, "ScanBy", "TimestampDescending");
    for (size_t i = 0; i < count; i++)
        add_series(&body, &series[i], i + 1);
    const cfn_node *root =
        cfn__call(caller, CFN__GET_METRICS, "/", &body, "metrics cannot be read");
    return root && are_read(caller, root) &&
           (cfn__points_of_answer(root, count, points) ||
            cfn__bad_answer(caller, "metrics cannot be read"));
}

/* ---- alarms ---- */

/* The next name of a list that commas separate, without spaces around it; NULL at its end. */
static const char *next_name(cfn_arena *arena, const char **list)
{
    while (**list) {
        size_t length = strcspn(*list, ",");
        const char *from = *list;
        *list += length + ((*list)[length] == ',');
        for (; length && *from == ' '; length--)
            from++;
        while (length && from[length - 1] == ' ')
            length--;
        if (length)
            return cfn__strndup(arena, from, length);
    }
    return NULL;
}

static const cfn_node *find_alarm(const cfn_node *result, const char *name)
{
    static const char *const kinds[] = {"MetricAlarms", "CompositeAlarms"};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        const cfn_node *n = NULL;
        while ((n = cfn__xml_next(cfn_node_get(result, kinds[i]), n, "member")))
            if (cfn__text_is(cfn_node_get(n, "AlarmName"), name))
                return n;
    }
    return NULL;
}

static void begin_alarms(cfn__buffer *body, cfn_arena *arena, const char *names)
{
    char member[40];
    size_t count = 0;
    begin(body, "DescribeAlarms");
    cfn__form_add(body, "MaxRecords", "100");
    cfn__form_add(body, "AlarmTypes.member.1", "MetricAlarm");
    cfn__form_add(body, "AlarmTypes.member.2", "CompositeAlarm");
    for (const char *name; (name = next_name(arena, &names));) {
        snprintf(member, sizeof member, "AlarmNames.member.%zu", ++count);
        cfn__form_add(body, member, name);
    }
}

bool cfn__read_alarms(const cfn__caller *caller, const char *names, cfn_node *alarms,
                      cfn_node *missing)
{
    const cfn__maker make = {.arena = caller->arena};
    cfn__buffer body = {0};
    begin_alarms(&body, caller->arena, names);
    const cfn_node *root =
        cfn__call(caller, CFN__DESCRIBE_ALARMS, "/", &body, "alarms cannot be read");
    const cfn_node *result = cfn_node_get(root, "DescribeAlarmsResult");
    if (root && !result)
        return cfn__bad_answer(caller, "alarms cannot be read");
    for (const char *name; root && (name = next_name(caller->arena, &names));) {
        const cfn_node *alarm = find_alarm(result, name);
        if (!alarm)
            cfn__append(missing, cfn__string(&make, name));
        else if (cfn__text_is(cfn_node_get(alarm, "StateValue"), "ALARM"))
            cfn__append(alarms, cfn__string(&make, name));
    }
    return root != NULL;
}
