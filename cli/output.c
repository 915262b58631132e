/* Messages, diagnostics and JSON strings; whether standard output took everything. */
#include "output.h"

#include <cfngen/nearest.h>
#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int usage_error(const cli_command *command, const char *format, ...)
{
    va_list list;
    fprintf(stderr, "cfngen%s%s: ", command ? " " : "", command ? command->name : "");
    va_start(list, format);
    vfprintf(stderr, format, list);
    va_end(list);
    fprintf(stderr, "\nRun \"cfngen help%s%s\" to see what there is.\n", command ? " " : "",
            command ? command->name : "");
    return STATUS_USAGE;
}

int trouble(const char *format, ...)
{
    va_list list;
    fputs("cfngen: ", stderr);
    va_start(list, format);
    vfprintf(stderr, format, list);
    va_end(list);
    fputc('\n', stderr);
    return STATUS_TROUBLE;
}

int out_of_memory(void)
{
    return trouble("memory is out");
}

void print_wrapped(FILE *stream, const char *text, int column, int indent)
{
    enum { WIDTH = 80 };
    bool first = true;
    while (*text) {
        int length = (int)strcspn(text, " \n");
        if (!first && column + 1 + length > WIDTH) {
            fprintf(stream, "\n%*s", indent, "");
            column = indent;
        } else if (!first) {
            fputc(' ', stream);
            column++;
        }
        fprintf(stream, "%.*s", length, text);
        column += length;
        text += length;
        text += strspn(text, " \n");
        first = false;
    }
    fputc('\n', stream);
}

bool wants_colours(FILE *stream)
{
    const char *terminal = getenv("TERM");
    return isatty(fileno(stream)) && !getenv("NO_COLOR") &&
           !(terminal && strcmp(terminal, "dumb") == 0);
}

void print_diagnostics(FILE *stream, cfn_diagnostics *diagnostics, bool json)
{
    const char *text = json ? cfn_diagnostics_json(diagnostics)
                            : cfn_diagnostics_text(diagnostics, wants_colours(stream));
    if (text)
        fputs(text, stream);
    else
        out_of_memory();
}

int diagnostics_status(cfn_diagnostics *diagnostics, bool warnings_count)
{
    const cfn_diagnostic *d;
    for (size_t i = 0; (d = cfn_diagnostics_at(diagnostics, i)); i++)
        if (d->id == CFN0001 || d->id == CFN0002 || d->id == CFN0003)
            return STATUS_TROUBLE;
    size_t count = cfn_diagnostics_count(diagnostics, CFN_ERROR);
    if (warnings_count)
        count += cfn_diagnostics_count(diagnostics, CFN_WARNING);
    return count ? STATUS_FINDINGS : STATUS_CLEAN;
}

/* Whoever closed the other end of a pipe does not want to be told. The reason is not known when an
 * earlier write failed. */
int finish_output(int status)
{
    errno = 0;
    if (fflush(stdout) == 0 && !ferror(stdout))
        return status;
    if (!errno && putchar('\n') != EOF) /* an earlier write failed: why, the next one tells */
        (void)fflush(stdout);
    if (errno != EPIPE)
        trouble("standard output cannot be written%s%s", errno ? ": " : "",
                errno ? strerror(errno) : "");
    clearerr(stdout);
    return STATUS_TROUBLE;
}

void add_word(cli_words *list, const char *word)
{
    if (list->count < sizeof list->words / sizeof *list->words)
        list->words[list->count++] = word;
}

cli_suggestion suggest_command(const char *name)
{
    cli_words names = {0};
    for (const cli_command *c = commands; c->name; c++)
        add_word(&names, c->name);
    return suggest("", name, &names);
}

cli_suggestion suggest(const char *prefix, const char *word, const cli_words *candidates)
{
    cli_suggestion suggestion = {""};
    const char *nearest = cfn_nearest(word, candidates->words);
    if (nearest)
        snprintf(suggestion.text, sizeof suggestion.text, "; did you mean %s%s?", prefix, nearest);
    return suggestion;
}
