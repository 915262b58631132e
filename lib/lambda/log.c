/* Log lines and metrics: one JSON object a line each. */
#include "lambda/log.h"

#include "base/buffer.h"

#include <string.h>
#include <time.h>

static void add_text(cfn__buffer *line, const char *name, const char *text)
{
    cfn__buffer_format(line, ",\"%s\":", name);
    cfn__buffer_add_json_string(line, text, strlen(text));
}

static void put_line(cfn__buffer *line, FILE *stream)
{
    cfn__buffer_add_text(line, "}\n");
    if (!line->failed)
        fwrite(line->text, 1, line->length, stream);
    fflush(stream);
    cfn__buffer_free(line);
}

static void add_time(cfn__buffer *line)
{
    struct timespec now;
    struct tm parts;
    char text[40];
    clock_gettime(CLOCK_REALTIME, &now);
    gmtime_r(&now.tv_sec, &parts);
    strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%S", &parts);
    cfn__buffer_format(line, "{\"timestamp\":\"%s.%03ldZ\"", text, now.tv_nsec / 1000000);
}

void cfn__say(const cfn__log *log, cfn__level level, const char *message,
              const cfn__log_field *fields)
{
    static const char *const levels[] = {"INFO", "WARN", "ERROR"};
    cfn__buffer line = {0};
    add_time(&line);
    add_text(&line, "level", levels[level]);
    if (log->request_id)
        add_text(&line, "requestId", log->request_id);
    if (log->trace_id)
        add_text(&line, "traceId", log->trace_id);
    add_text(&line, "message", message);
    for (const cfn__log_field *f = fields; f && f->name; f++)
        if (f->text)
            add_text(&line, f->name, f->text);
        else
            cfn__buffer_format(&line, ",\"%s\":%.17g", f->name, f->number);
    put_line(&line, log->logs);
}

void cfn__tell_metrics(const cfn__log *log, const cfn__metric *metrics)
{
    struct timespec now;
    cfn__buffer line = {0};
    int told = 0;
    clock_gettime(CLOCK_REALTIME, &now);
    cfn__buffer_format(&line,
                       "{\"_aws\":{\"Timestamp\":%lld,\"CloudWatchMetrics\":[{\"Namespace\":\"%s\","
                       "\"Dimensions\":[[\"FunctionName\"]],\"Metrics\":[",
                       (long long)now.tv_sec * 1000 + now.tv_nsec / 1000000,
                       CFN__VALIDATOR_NAMESPACE);
    for (const cfn__metric *m = metrics; m->name; m++)
        if (m->value >= 0)
            cfn__buffer_format(&line, "%s{\"Name\":\"%s\",\"Unit\":\"Count\"}", told++ ? "," : "",
                               m->name);
    cfn__buffer_add_text(&line, "]}]}");
    add_text(&line, "FunctionName", log->function);
    if (log->request_id)
        add_text(&line, "requestId", log->request_id);
    for (const cfn__metric *m = metrics; m->name; m++)
        if (m->value >= 0)
            cfn__buffer_format(&line, ",\"%s\":%.0f", m->name, m->value);
    if (told)
        put_line(&line, log->metrics);
    else
        cfn__buffer_free(&line);
}
