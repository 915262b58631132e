/* The answer of the cutover function as lines for people, and what to type next. */
#include "cutover.h"

#include <stdlib.h>
#include <string.h>

enum { LABEL_WIDTH = 11, LONGEST_TEXT = 1024 };

/* A member as it may be shown: on one line, and without what steers terminals. */
typedef struct shown {
    char text[LONGEST_TEXT];
} shown;

static shown show(const cutover_run *run, const char *text)
{
    shown s = {""};
    copy_text(run->client, s.text, sizeof s.text, text);
    return s;
}

static shown member(const cutover_run *run, const char *key)
{
    return show(run, text_of(run->answer, key));
}

static void begin_line(const char *label)
{
    printf("%-*s ", LABEL_WIDTH, label);
}

static void print_line(const char *label, const char *text)
{
    if (!*text)
        return;
    begin_line(label);
    puts(text);
}

/* ---- what came of it ---- */

static void print_texts(const cutover_run *run, const char *label, const char *key)
{
    const cfn_node *list = cfn_node_get(run->answer, key);
    for (const cfn_node *n = cfn_node_first(list); n; n = cfn_node_next(n))
        print_line(label, show(run, cfn_node_text(n) ? cfn_node_text(n) : "").text);
}

static void print_result(const cutover_run *run)
{
    if (is_set(run, "refused"))
        print_line("result", "refused: nothing was shifted");
    else if (!is_set(run, "done"))
        print_line("result", "not finished yet");
    else if (strcmp(run->action->command, "status") != 0)
        print_line("result", is_set(run, "forced") ? "done, forced" : "done");
    print_texts(run, "reason", "reasons");
    print_texts(run, "warning", "warnings");
}

/* ---- how everything is ---- */

static void print_weight(const cutover_run *run)
{
    const char *before = text_of(run->answer, "previousWeight");
    if (!*text_of(run->answer, "weight"))
        return;
    begin_line("weight");
    printf("%s %% to the target", member(run, "weight").text);
    if (*before && strcmp(before, text_of(run->answer, "weight")) != 0)
        printf(", %s %% before", show(run, before).text);
    putchar('\n');
}

static void print_record(const cutover_run *run)
{
    bool named = *text_of(run->answer, "record") != '\0';
    bool changed = *text_of(run->answer, "inSync") != '\0';
    if (!named && !changed)
        return;
    begin_line("record");
    printf("%s%s", member(run, "record").text, named && changed ? ", " : "");
    if (changed && is_set(run, "inSync"))
        fputs("in sync at all name servers", stdout);
    else if (changed)
        printf("not in sync yet, change %s", member(run, "change").text);
    putchar('\n');
}

static void print_task(const cutover_run *run, const char *label, const char *key)
{
    const cfn_node *task = cfn_node_get(run->answer, key);
    const char *loaded = text_of(task, "fullLoadPercent"),
               *latency = text_of(task, "latencySeconds");
    if (!task)
        return;
    begin_line(label);
    fputs(show(run, *text_of(task, "status") ? text_of(task, "status") : "not known").text, stdout);
    if (*loaded)
        printf(", %s %% loaded", show(run, loaded).text);
    if (*latency)
        printf(", %s s behind", show(run, latency).text);
    putchar('\n');
}

static void print_age(const char *seconds)
{
    static const struct {
        double most, unit;
        const char *name;
    } units[] = {{120, 1, "s"}, {7200, 60, "min"}, {172800, 3600, "h"}, {1e12, 86400, "days"}};
    double age = strtod(seconds, NULL);
    for (size_t i = 0; i < sizeof units / sizeof *units; i++)
        if (age >= 0 && age < units[i].most) {
            printf(", %.0f %s ago", age / units[i].unit, units[i].name);
            return;
        }
}

static void print_validation(const cutover_run *run)
{
    const cfn_node *validation = cfn_node_get(run->answer, "validation");
    const char *age = text_of(validation, "ageSeconds");
    if (!validation)
        return;
    begin_line("validation");
    fputs(strcmp(text_of(validation, "clean"), "true") == 0 ? "clean" : "not clean", stdout);
    if (*age)
        print_age(age);
    putchar('\n');
}

static void print_alarms(const cutover_run *run)
{
    const cfn_node *alarms = cfn_node_get(run->answer, "alarms");
    if (!alarms)
        return;
    begin_line("alarms");
    if (!cfn_node_size(alarms))
        fputs("none in ALARM", stdout);
    for (const cfn_node *n = cfn_node_first(alarms); n; n = cfn_node_next(n))
        printf("%s%s", show(run, cfn_node_text(n) ? cfn_node_text(n) : "").text,
               cfn_node_next(n) ? ", " : " in ALARM");
    putchar('\n');
}

/* ---- what to type next ---- */

/* A command of the cutover for the same function. */
static void print_command(const cutover_run *run, const char *label, const char *command,
                          const char *more)
{
    static const char *const places[] = {"stack", "function", "region"};
    begin_line(label);
    printf("cfngen cutover %s", command);
    for (size_t i = 0; i < sizeof places / sizeof *places; i++)
        if (option_value(run->arguments, places[i]))
            printf(" --%s %s", places[i], option_value(run->arguments, places[i]));
    printf("%s\n", more);
}

static void print_same_command(const cutover_run *run, const char *label, const char *more)
{
    char command[64];
    const cli_arguments *given = run->arguments;
    snprintf(command, sizeof command, "%s%s%s%s", run->action->command,
             given->operand_count ? " " : "", given->operand_count ? given->operands[0] : "",
             option_value(given, "reverse") ? " --reverse" : "");
    print_command(run, label, command, more);
}

/* The next of the steps that the workflow takes, too; a record that is one name is switched whole.
 */
static void print_step(const cutover_run *run)
{
    static const int steps[] = {20, 50, 80, 100};
    long weight = strtol(text_of(run->answer, "weight"), NULL, 10);
    size_t i = 0, count = sizeof steps / sizeof *steps;
    char command[32] = "complete";
    while (i < count && steps[i] <= weight)
        i++;
    if (i < count && strcmp(text_of(run->answer, "mode"), "cname") != 0)
        snprintf(command, sizeof command, "shift %d", steps[i]);
    print_command(run, "next", command, " --wait");
}

static bool reverse_runs(const cutover_run *run)
{
    return strcmp(text_of(cfn_node_get(run->answer, "reverse"), "status"), "running") == 0;
}

static void print_next(const cutover_run *run)
{
    const char *phase = text_of(run->answer, "phase");
    bool complete = strcmp(phase, "complete") == 0, shifting = strcmp(phase, "shifting") == 0;
    if (is_set(run, "refused")) {
        print_command(run, "next", "status", "");
        print_same_command(run, "or", " --force");
    } else if (!is_set(run, "done")) {
        print_same_command(run, "next", " --wait");
    } else if (!complete && is_set(run, "ready")) {
        print_step(run);
    } else if (!complete) {
        print_command(run, "next", "status", "");
    }
    if (complete || shifting)
        print_command(run, "back",
                      complete && reverse_runs(run) ? "rollback --reverse" : "rollback", " --wait");
}

void print_cutover(const cutover_run *run)
{
    print_result(run);
    print_line("phase", member(run, "phase").text);
    print_weight(run);
    print_record(run);
    if (*text_of(run->answer, "ready"))
        print_line("ready", is_set(run, "ready") ? "yes" : "no");
    print_task(run, "task", "task");
    print_task(run, "reverse", "reverse");
    print_validation(run);
    print_alarms(run);
    print_next(run);
}
