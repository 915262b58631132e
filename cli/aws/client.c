/* Opens and closes what calls of aws need; waits and asks so that a signal ends both. */
#include "client.h"

#include "child.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/signalfd.h>
#include <unistd.h>

enum { CALL_SECONDS = 300, SHORTEST_SECRET = 4 };

/* A number of seconds from the environment; false after saying that it is none. */
static bool read_number(const char *name, double *number)
{
    const char *text = getenv(name);
    char *end = NULL;
    if (!text || !*text)
        return true;
    double value = strtod(text, &end);
    if (*end || !(value >= 0 && value < 1e6)) {
        trouble("%s takes a number, not \"%s\"", name, text);
        return false;
    }
    *number = value;
    return true;
}

/* Whatever the user set: no pager, no questions, and text that we can read. */
static bool set_environment(void)
{
    return setenv("AWS_PAGER", "", 1) == 0 && setenv("AWS_CLI_AUTO_PROMPT", "off", 1) == 0 &&
           setenv("AWS_CLI_FILE_ENCODING", "UTF-8", 1) == 0 &&
           setenv("PYTHONIOENCODING", "UTF-8", 1) == 0;
}

static bool catch_signals(aws_client *client)
{
    sigset_t caught;
    sigemptyset(&caught);
    sigaddset(&caught, SIGINT);
    sigaddset(&caught, SIGTERM);
    sigaddset(&caught, SIGHUP);
    sigaddset(&caught, SIGCHLD);
    signal(SIGCHLD, SIG_DFL);
    if (sigprocmask(SIG_BLOCK, &caught, &client->mask) != 0)
        return false;
    client->signals = signalfd(-1, &caught, SFD_CLOEXEC | SFD_NONBLOCK);
    return client->signals >= 0;
}

aws_client *aws_open(const char *region)
{
    const char *program = getenv("CFNGEN_AWS");
    aws_client *client = calloc(1, sizeof *client);
    if (!client) {
        out_of_memory();
        return NULL;
    }
    client->program = program && *program ? program : "aws";
    client->region = region;
    client->timeout = CALL_SECONDS;
    client->wait = 1;
    if (!read_number("CFNGEN_AWS_TIMEOUT", &client->timeout) ||
        !read_number("CFNGEN_AWS_WAIT", &client->wait)) {
        free(client);
        return NULL;
    }
    if (!set_environment() || !catch_signals(client)) {
        trouble("%s cannot be run: %s", client->program, strerror(errno));
        free(client);
        return NULL;
    }
    return client;
}

/* A signal that nobody looked at any more came after all was done. */
void aws_close(aws_client *client)
{
    if (!client)
        return;
    while (wait_for_signal(client->signals, -1, 0))
        continue;
    close(client->signals);
    sigprocmask(SIG_SETMASK, &client->mask, NULL);
    free(client->secrets);
    free(client);
}

bool aws_hide(aws_client *client, const char *secret)
{
    if (strlen(secret) < SHORTEST_SECRET)
        return true;
    const char **larger =
        realloc(client->secrets, (client->secret_count + 1) * sizeof *client->secrets);
    if (!larger)
        return false;
    client->secrets = larger;
    larger[client->secret_count++] = secret;
    return true;
}

static bool is_blank(char c)
{
    return (unsigned char)c <= ' ' && c;
}

/* How long the secret is at the beginning of the text, 0: it is not there. What is between its
 * lines may have become other blanks on the way, and what ends the last one may be gone. */
static size_t match_secret(const char *text, const char *secret)
{
    size_t length = strlen(secret), i = 0;
    while (length && is_blank(secret[length - 1]))
        length--;
    while (i < length && (text[i] == secret[i] || (is_blank(text[i]) && is_blank(secret[i]))))
        i++;
    return i == length && length >= SHORTEST_SECRET ? length : 0;
}

void aws_mask(const aws_client *client, char *text)
{
    for (size_t i = 0; i < client->secret_count; i++)
        for (char *c = text; *c; c++)
            memset(c, '*', match_secret(c, client->secrets[i]));
}

int aws_interrupted(const aws_client *client)
{
    return client->interrupted;
}

void aws_forget_signal(aws_client *client)
{
    client->interrupted = 0;
}

bool aws_pause(aws_client *client, double seconds)
{
    if (!client->interrupted)
        client->interrupted = wait_for_signal(client->signals, -1, seconds * client->wait);
    return client->interrupted == 0;
}

static bool is_yes(const char *text, ssize_t length)
{
    while (length > 0 && strchr(" \t\r\n", text[length - 1]))
        length--;
    return (length == 1 && strncasecmp(text, "y", 1) == 0) ||
           (length == 3 && strncasecmp(text, "yes", 3) == 0);
}

bool aws_confirm(aws_client *client, const char *question, const char *option)
{
    enum { FOR_EVER = 1000000 };
    char answer[64];
    if (!isatty(STDIN_FILENO)) {
        fprintf(stderr, "cfngen: %s There is no terminal to ask on; %s agrees\n", question, option);
        return false;
    }
    fflush(stdout);
    fprintf(stderr, "%s [y/N] ", question);
    if (!client->interrupted)
        client->interrupted = wait_for_signal(client->signals, STDIN_FILENO, FOR_EVER);
    if (!client->interrupted)
        return is_yes(answer, read(STDIN_FILENO, answer, sizeof answer));
    fputc('\n', stderr);
    return false;
}
