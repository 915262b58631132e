/* Prints events as lines, and on a terminal how far an operation is. */
#include "progress.h"

#include "stack.h"

#include <string.h>
#include <unistd.h>

enum { BAR_WIDTH = 24, TIME_START = 11, TIME_LENGTH = 8, LONGEST_REASON = 4096 };

/* The first that a status holds decides. */
static const char *colour_of(const char *status)
{
    static const struct {
        const char *part, *colour;
    } colours[] = {{"FAILED", "\x1b[31m"},
                   {"ROLLBACK", "\x1b[33m"},
                   {"DELETE_COMPLETE", "\x1b[2m"},
                   {"COMPLETE", "\x1b[32m"}};
    for (size_t i = 0; i < sizeof colours / sizeof *colours; i++)
        if (strstr(status, colours[i].part))
            return colours[i].colour;
    return "";
}

void print_event(const aws_client *client, const cfn_node *event)
{
    char reason[LONGEST_REASON];
    const char *time = text_of(event, "Timestamp"), *status = text_of(event, "ResourceStatus");
    const char *colour = wants_colours(stdout) ? colour_of(status) : "";
    copy_text(client, reason, sizeof reason, text_of(event, "ResourceStatusReason"));
    if (strlen(time) >= TIME_START + TIME_LENGTH)
        time += TIME_START;
    printf("%.*s  %s%-28s%s  %-30s  %s%s%s\n", TIME_LENGTH, time, colour, status,
           *colour ? "\x1b[0m" : "", text_of(event, "ResourceType"),
           text_of(event, "LogicalResourceId"), *reason ? "  " : "", reason);
    fflush(stdout);
}

void show_progress(const char *status, size_t done, size_t total, double seconds)
{
    char bar[BAR_WIDTH + 1];
    if (!isatty(STDERR_FILENO))
        return;
    size_t filled = total ? done * BAR_WIDTH / total : 0;
    for (size_t i = 0; i < BAR_WIDTH; i++)
        bar[i] = i < filled ? '#' : '.';
    bar[BAR_WIDTH] = '\0';
    unsigned passed = (unsigned)seconds;
    fprintf(stderr, "\r[%s] %zu", bar, done);
    if (total)
        fprintf(stderr, " of %zu", total);
    fprintf(stderr, "  %s  %u:%02u \x1b[K", status, passed / 60, passed % 60);
}

void clear_progress(void)
{
    if (isatty(STDERR_FILENO))
        fputs("\r\x1b[K", stderr);
}
