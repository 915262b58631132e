/* URLs of databases, with and without memory: one that is read has a place to connect to, and
 * neither what is shown of it nor what is said about it holds the password. */
#include "checks.h"

#include "compare/url.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool holds(const char *text, const char *password)
{
    return text && strstr(text, password);
}

static void check_whole(const cfn__url *url)
{
    must(url->host && url->database && url->shown && url->place, "a URL is whole");
    must(*url->host || url->socket || url->option_file, "there is a place to connect to");
    must(url->port >= 1 && url->port <= 65535, "a port is one");
}

/* A password apart that is in no URL. */
static void check_apart(const char *text)
{
    static const char password[] = "\x01hunter2\x01";
    cfn_arena *arena = cfn_arena_new();
    cfn_diagnostics *diagnostics = cfn_diagnostics_new();
    cfn__url url;
    if (cfn__read_url(arena, diagnostics, "source", text, password, &url))
        must(strcmp(url.password, password) == 0, "a password apart counts");
    if (!strstr(text, "hunter2"))
        must(!holds(url.shown, password) && !holds(url.place, password) &&
                 !holds(cfn_diagnostics_text(diagnostics, true), password),
             "a password is not shown");
    cfn_diagnostics_free(diagnostics);
    cfn_arena_free(arena);
}

static void check_url(const char *text, size_t limit)
{
    cfn_arena *arena = cfn_arena_new();
    cfn_diagnostics *diagnostics = cfn_diagnostics_new();
    cfn_arena_set_limit(arena, limit);
    cfn__url url;
    bool is_read = cfn__read_url(arena, diagnostics, "source", text, NULL, &url);
    must(is_read || cfn_arena_failed(arena) || cfn_diagnostics_count(diagnostics, CFN_ERROR),
         "a URL is read, or else there is an error");
    if (is_read)
        check_whole(&url);
    cfn_diagnostics_free(diagnostics);
    cfn_arena_free(arena);
}

/* The password is put where a URL has one: whatever follows it, it is shown nowhere. */
static void check_hidden(const char *rest)
{
    static const char before[] = "mysql://me:hunter2@";
    size_t length = strlen(rest);
    char *text = malloc(sizeof before + length);
    if (!text)
        return;
    memcpy(text, before, sizeof before - 1);
    memcpy(text + sizeof before - 1, rest, length + 1);
    cfn_arena *arena = cfn_arena_new();
    cfn_diagnostics *diagnostics = cfn_diagnostics_new();
    cfn__url url;
    bool is_read = cfn__read_url(arena, diagnostics, "source", text, NULL, &url);
    if (!strstr(rest, "hunter2")) {
        must(!holds(cfn_diagnostics_text(diagnostics, true), "hunter2"), "no error has a password");
        must(!is_read || (!holds(url.shown, "hunter2") && !holds(url.place, "hunter2")),
             "what is shown has no password");
    }
    cfn_diagnostics_free(diagnostics);
    cfn_arena_free(arena);
    free(text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *text = malloc(size + 1);
    if (!text)
        return 0;
    if (size)
        memcpy(text, data, size);
    text[size] = '\0';
    check_url(text, 0);
    check_url(text, 1 + cfn__hash(text, size) % 2000);
    check_apart(text);
    check_hidden(text);
    free(text);
    return 0;
}
