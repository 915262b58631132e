/* What AWS says of the DMS task that brings the changes over: its state, and how far behind it is.
 */
#include "compare.h"

#include "../aws/aws.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { FRESH_SECONDS = 600 };

typedef struct task {
    aws_client *client;
    const char *arn;
    gate *gate;
    char instance[80];
    bool failed; /* AWS could not be asked; that was said */
} task;

static aws_answer ask(task *t, const char *service, const char *operation,
                      const char *const *arguments, const char *what)
{
    aws_answer answer = aws_ask(t->client, &(aws_call){.service = service,
                                                       .operation = operation,
                                                       .arguments = arguments,
                                                       .reads_only = true});
    if (answer.outcome != AWS_ANSWERED) {
        aws_complain(&answer, what);
        add_reason(t->gate, CFN_COMPARE_INCOMPLETE, "%s", what);
        t->failed = true;
    }
    return answer;
}

static void look_at_state(task *t)
{
    static const char no_instance[] = "the replication instance of the DMS task is not known";
    char filter[400];
    snprintf(filter, sizeof filter, "Name=replication-task-arn,Values=%.300s", t->arn);
    const char *const arguments[] = {"--filters", filter, "--without-settings", NULL};
    aws_answer answer = ask(t, "dms", "describe-replication-tasks", arguments,
                            "the state of the DMS task is not known");
    const cfn_node *found = cfn_node_find(answer.root, "ReplicationTasks/0");
    const char *status = cfn_node_text(cfn_node_get(found, "Status"));
    const char *instance = cfn_node_text(cfn_node_get(found, "ReplicationInstanceArn"));
    if (!t->failed && !status)
        add_reason(t->gate, CFN_COMPARE_INCOMPLETE, "there is no DMS task %s", t->arn);
    else if (!t->failed && strcmp(status, "running") != 0)
        add_reason(t->gate, CFN_COMPARE_DIFFERENT, "the DMS task is %s, not running", status);
    snprintf(t->instance, sizeof t->instance, "%s", "");
    if (!t->failed && instance) {
        snprintf(filter, sizeof filter, "Name=replication-instance-arn,Values=%.300s", instance);
        const char *const more[] = {"--filters", filter, NULL};
        aws_answer named = ask(t, "dms", "describe-replication-instances", more, no_instance);
        const char *name = cfn_node_text(
            cfn_node_find(named.root, "ReplicationInstances/0/ReplicationInstanceIdentifier"));
        snprintf(t->instance, sizeof t->instance, "%.63s", name ? name : "");
        aws_answer_free(&named);
    }
    if (!t->failed && status && !*t->instance)
        add_reason(t->gate, CFN_COMPARE_INCOMPLETE, "%s", no_instance);
    aws_answer_free(&answer);
}

static void print_time(char room[32], time_t when)
{
    struct tm parts;
    gmtime_r(&when, &parts);
    strftime(room, 32, "%Y-%m-%dT%H:%M:%SZ", &parts);
}

/* The datapoint of the latest time; times of one answer are written alike. */
static const char *latest(const cfn_node *datapoints)
{
    const char *time_text = "", *value = NULL;
    for (const cfn_node *n = cfn_node_first(datapoints); n; n = cfn_node_next(n)) {
        const char *at = cfn_node_text(cfn_node_get(n, "Timestamp"));
        const char *maximum = cfn_node_text(cfn_node_get(n, "Maximum"));
        if (at && maximum && strcmp(at, time_text) > 0) {
            time_text = at;
            value = maximum;
        }
    }
    return value;
}

/* A metric that says nothing is no metric that says 0. */
static void look_at_latency(task *t, const char *metric, double most)
{
    char instance[160], id[160], begin[32], end[32], what[120];
    const char *last = strrchr(t->arn, ':');
    time_t now = time(NULL);
    snprintf(instance, sizeof instance, "Name=ReplicationInstanceIdentifier,Value=%s", t->instance);
    snprintf(id, sizeof id, "Name=ReplicationTaskIdentifier,Value=%.80s", last ? last + 1 : t->arn);
    print_time(begin, now - FRESH_SECONDS);
    print_time(end, now + 60);
    const char *const arguments[] = {"--namespace",
                                     "AWS/DMS",
                                     "--metric-name",
                                     metric,
                                     "--dimensions",
                                     instance,
                                     id,
                                     "--start-time",
                                     begin,
                                     "--end-time",
                                     end,
                                     "--period",
                                     "60",
                                     "--statistics",
                                     "Maximum",
                                     NULL};
    snprintf(what, sizeof what, "%s of the DMS task is not known", metric);
    aws_answer answer = ask(t, "cloudwatch", "get-metric-statistics", arguments, what);
    const char *value = latest(cfn_node_get(answer.root, "Datapoints"));
    if (!t->failed && !value)
        add_reason(
            t->gate, CFN_COMPARE_INCOMPLETE,
            "CloudWatch has no %s of the last %d minutes: a task that says nothing may stand "
            "still",
            metric, FRESH_SECONDS / 60);
    else if (!t->failed && strtod(value, NULL) > most)
        add_reason(t->gate, CFN_COMPARE_DIFFERENT, "%s is %s s, more than %.0f s", metric, value,
                   most);
    aws_answer_free(&answer);
}

int look_at_task(gate *g, const char *arn, double max_lag)
{
    char room[64];
    task t = {.arn = arn, .gate = g, .client = aws_open(region_of(arn, room, sizeof room))};
    if (!t.client)
        return STATUS_TROUBLE;
    look_at_state(&t);
    if (!t.failed && *t.instance) {
        look_at_latency(&t, "CDCLatencySource", max_lag);
        if (!t.failed)
            look_at_latency(&t, "CDCLatencyTarget", max_lag);
    }
    aws_close(t.client);
    return t.failed ? STATUS_TROUBLE : STATUS_CLEAN;
}
