/* cfngen runbook: the steps of a blueprint's migration, filled in from the outputs of its stack. */
#include "blueprints.h"
#include "deploy/outputs.h"

#include <cfngen/read.h>
#include <cfngen/write.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { KEY_SIZE = 256 };

/* What a runbook is filled in with, and how that goes. */
typedef struct filling {
    FILE *stream;
    const char *file;        /* where the outputs come from */
    const cfn_node *outputs; /* NULL: there are none yet */
    bool complete;
} filling;

/* Characters that no shell takes for anything else. */
static bool is_plain(const char *text)
{
    return *text && strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
                                 "0123456789-_./:@%+,") == strlen(text);
}

/* Markdown ends at a line or a backtick what a shell would still hold together. */
static bool is_printable(const char *text)
{
    for (; *text; text++)
        if (*text < ' ' || *text > '~' || *text == '`')
            return false;
    return true;
}

static void put_quoted(FILE *stream, const char *text)
{
    fputc('\'', stream);
    for (; *text; text++)
        if (*text == '\'')
            fputs("'\\''", stream);
        else
            fputc(*text, stream);
    fputc('\'', stream);
}

/* A word of the shell; it says what is wrong with an output where that is met first. */
static void put_value(filling *f, const char *key, bool first)
{
    const cfn_node *node = cfn_node_get(f->outputs, key);
    const char *value = cfn_node_text(node);
    if (value && *value && is_printable(value)) {
        if (is_plain(value))
            fputs(value, f->stream);
        else
            put_quoted(f->stream, value);
        return;
    }
    fprintf(f->stream, "'<%s>'", key);
    f->complete = false;
    if (f->outputs && first)
        fprintf(stderr,
                node ? "cfngen: the output %s in %s is nothing that a command can be given\n"
                     : "cfngen: there is no output %s in %s\n",
                key, f->file);
}

/* The key of a placeholder, {{OutputKey}}, at the start of the text; its length with the braces, or
 * 0. */
static size_t placeholder(const char *text, char key[KEY_SIZE])
{
    if (strncmp(text, "{{", 2) != 0)
        return 0;
    size_t length =
        strspn(text + 2, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789");
    if (length == 0 || length >= KEY_SIZE || strncmp(text + 2 + length, "}}", 2) != 0)
        return 0;
    memcpy(key, text + 2, length);
    key[length] = '\0';
    return length + 4;
}

static bool is_first(const char *runbook, const char *here, size_t length)
{
    for (const char *p = runbook; p < here; p++)
        if (strncmp(p, here, length) == 0)
            return false;
    return true;
}

static void fill(filling *f, const char *runbook)
{
    char key[KEY_SIZE];
    for (const char *p = runbook; *p;) {
        size_t length = placeholder(p, key);
        if (length)
            put_value(f, key, is_first(runbook, p, length));
        else
            fputc(*p, f->stream);
        p += length ? length : 1;
    }
}

static int write_runbook(filling *f, const char *runbook, const char *path, cfn_diagnostics *d)
{
    char *text = NULL;
    size_t length;
    f->complete = true;
    f->stream = open_memstream(&text, &length);
    if (!f->stream)
        return out_of_memory();
    fill(f, runbook);
    bool whole = !ferror(f->stream);
    if (fclose(f->stream) != 0 || !whole) {
        free(text);
        return out_of_memory();
    }
    bool written = cfn_write_file(d, path, text, length);
    free(text);
    if (!written)
        return STATUS_TROUBLE;
    return f->complete ? STATUS_CLEAN : STATUS_INCOMPLETE;
}

/* The outputs, unless the file that nobody has named is not there yet. */
static int read_outputs(filling *f, bool named, cfn_arena *arena, cfn_diagnostics *d)
{
    if (!named && access(f->file, F_OK) != 0) {
        fprintf(stderr,
                "cfngen: there is no %s (cfngen outputs --stack STACK writes it): values stand "
                "as '<OutputKey>'\n",
                f->file);
        return STATUS_CLEAN;
    }
    f->outputs = cfn_read_file(arena, d, f->file, CFN_FORMAT_AUTO);
    return diagnostics_status(d, false);
}

static int print_runbook(const cli_arguments *arguments, const char *runbook)
{
    const char *outputs = option_value(arguments, "outputs");
    const char *path = option_value(arguments, "output");
    cfn_arena *arena = cfn_arena_new();
    cfn_diagnostics *d = cfn_diagnostics_new();
    filling f = {.file = outputs ? outputs : OUTPUTS_FILE};
    int status = arena && d ? read_outputs(&f, outputs != NULL, arena, d) : out_of_memory();
    if (status == STATUS_CLEAN)
        status = write_runbook(&f, runbook, path ? path : "-", d);
    if (d)
        print_diagnostics(stderr, d, false);
    cfn_diagnostics_free(d);
    cfn_arena_free(arena);
    return status;
}

int cmd_runbook(const cli_arguments *arguments)
{
    cli_blueprint blueprint;
    cli_suggestion suggested;
    const char *name = arguments->operands[0];
    if (!find_blueprint(name, &blueprint, &suggested))
        return usage_error(arguments->command, "there is no blueprint %s%s", name, suggested.text);
    const char *runbook = runbook_of(name);
    if (!runbook)
        return usage_error(arguments->command, "the blueprint %s has no runbook", name);
    return print_runbook(arguments, runbook);
}
