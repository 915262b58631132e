/* Logins from Secrets Manager. What passes through is overwritten before it is freed; messages name
 * members of the secret and never what is in them. */
#include "lambda/secrets.h"

#include "base/arena.h"
#include "base/buffer.h"
#include "base/text.h"
#include "lambda/wipe.h"

#include <cfngen/read.h>
#include <stdlib.h>
#include <string.h>

typedef struct parsing {
    const char *role;
    cfn__failure *failure;
} parsing;

static bool is_bad(const parsing *p, const char *what)
{
    return cfn__fails(p->failure, CFN__BAD_SECRET,
                      "the %s's secret %s; it must be a JSON object with host, username and "
                      "password, and may have port and dbname",
                      p->role, what);
}

/* Copies a member; one that is missing is "". */
static bool take(const parsing *p, const cfn_node *root, const char *name, char *to, size_t room)
{
    char what[80];
    const cfn_node *node = cfn_node_get(root, name);
    const char *text = cfn_node_text(node);
    to[0] = '\0';
    if (!node || cfn_node_kind(node) == CFN_KIND_NULL)
        return true;
    if (cfn_node_kind(node) != CFN_KIND_STRING || strlen(text) >= room) {
        snprintf(what, sizeof what, "has a %s that is no text, or too long", name);
        return is_bad(p, what);
    }
    memcpy(to, text, strlen(text) + 1);
    return true;
}

/* Tools write it as a number or as a text. */
static bool take_port(const parsing *p, const cfn_node *root, unsigned *port)
{
    const cfn_node *node = cfn_node_get(root, "port");
    const char *text = cfn_node_text(node);
    char *end = NULL;
    *port = 0;
    if (!node || cfn_node_kind(node) == CFN_KIND_NULL)
        return true;
    unsigned long value = text && cfn__is_digit(*text) ? strtoul(text, &end, 10) : 0;
    if (!end || *end || value < 1 || value > 65535)
        return is_bad(p, "has a port that is no number from 1 to 65535");
    *port = (unsigned)value;
    return true;
}

/* The host goes into a URL as it is. */
static bool is_host(const char *text)
{
    for (const char *c = text; *c; c++)
        if (!cfn__is_alphanumeric(*c) && !strchr(".-_:", *c))
            return false;
    return *text;
}

static bool take_login(const parsing *p, const cfn_node *root, cfn__login *login)
{
    if (!take(p, root, "host", login->host, sizeof login->host) ||
        !take(p, root, "username", login->username, sizeof login->username) ||
        !take(p, root, "password", login->password, sizeof login->password) ||
        !take(p, root, "dbname", login->database, sizeof login->database) ||
        !take_port(p, root, &login->port))
        return false;
    if (!is_host(login->host))
        return is_bad(p, *login->host ? "has a host that is no name or address" : "has no host");
    if (!*login->username)
        return is_bad(p, "has no username");
    if (!*login->password)
        return is_bad(p, "has no password");
    login->is_known = true;
    return true;
}

bool cfn__parse_login(const char *text, size_t length, const char *role, cfn__login *login,
                      cfn__failure *failure)
{
    const parsing p = {role, failure};
    cfn_arena *arena = cfn_arena_new();
    cfn_diagnostics *diagnostics = cfn_diagnostics_new();
    const cfn_node *root = NULL;
    bool taken = false;
    cfn__wipe(login, sizeof *login);
    if (arena && diagnostics)
        root = cfn_read_text(arena, diagnostics, role, text, length, CFN_FORMAT_JSON);
    const char *value = cfn_node_text(cfn_node_get(root, "SecretString"));
    if (value) {
        root = cfn_read_text(arena, diagnostics, role, value, strlen(value), CFN_FORMAT_JSON);
        taken = root ? take_login(&p, root, login) : is_bad(&p, "is not JSON");
    } else {
        is_bad(&p, "has no text");
    }
    if (!taken)
        cfn__wipe(login, sizeof *login);
    if (arena)
        cfn__arena_wipe(arena);
    cfn_arena_free(arena);
    cfn_diagnostics_free(diagnostics);
    return taken;
}

bool cfn__read_login(const cfn__aws *aws, const char *secret, const char *role, cfn__login *login,
                     cfn__failure *failure)
{
    char what[80], code[CFN__ERROR_CODE_SIZE] = "";
    cfn__response response = {0};
    cfn__buffer body = {0};
    cfn__buffer_add_text(&body, "{\"SecretId\":");
    cfn__buffer_add_json_string(&body, secret, strlen(secret));
    cfn__buffer_add_char(&body, '}');
    bool done = !body.failed && cfn__aws_call_service(aws, CFN__GET_SECRET, "/", body.text,
                                                      body.length, &response, code);
    snprintf(what, sizeof what, "the %s's secret cannot be read", role);
    if (body.failed)
        cfn__fails(failure, CFN__OUT_OF_MEMORY, "%s: memory is out", what);
    else if (!done)
        cfn__aws_fails(failure, CFN__SECRET_UNAVAILABLE, what, CFN__GET_SECRET, &response, code);
    else
        done = cfn__parse_login(response.body, response.length, role, login, failure);
    cfn__buffer_free(&body);
    cfn__response_free(&response);
    return done;
}

bool cfn__same_login(const cfn__login *a, const cfn__login *b)
{
    return a->is_known == b->is_known && a->port == b->port && strcmp(a->host, b->host) == 0 &&
           strcmp(a->username, b->username) == 0 && strcmp(a->database, b->database) == 0 &&
           strcmp(a->password, b->password) == 0;
}
