/* Takes the URL of a database apart. */
#include "compare/url.h"

#include "base/text.h"

#include <stdlib.h>
#include <string.h>

static int hex_value(char c)
{
    const char *digits = "0123456789abcdef0123456789ABCDEF";
    const char *at = c ? strchr(digits, c) : NULL;
    return at ? (int)((at - digits) % 16) : -1;
}

/* Undoes %XX; NULL when it is malformed or stands for a NUL. */
static char *decoded(cfn_arena *arena, const char *text, size_t length)
{
    char *result = cfn__strndup(arena, text, length), *to = result;
    for (size_t i = 0; i < length && !cfn_arena_failed(arena); i++) {
        if (text[i] != '%') {
            *to++ = text[i];
            continue;
        }
        int high = i + 2 < length ? hex_value(text[i + 1]) : -1;
        int low = high >= 0 && i + 2 < length ? hex_value(text[i + 2]) : -1;
        if (low < 0 || !(high | low))
            return NULL;
        *to++ = (char)(high * 16 + low);
        i += 2;
    }
    if (!cfn_arena_failed(arena))
        *to = '\0';
    return result;
}

static bool wrong(cfn_diagnostics *diagnostics, const cfn__url *url, const char *what,
                  const char *hint)
{
    cfn__report_at(diagnostics, CFN5001, (cfn__place){0}, NULL, "the URL of the %s %s", url->role,
                   what);
    cfn__hint(diagnostics, "%s", hint);
    return false;
}

static const char url_form[] =
    "mysql://user@host:3306/?ssl-ca=FILE or postgresql://user@host/database";

static const char *const tls_names[] = {"verify-identity", "required", "disabled"};

static bool take_parameter(cfn_diagnostics *diagnostics, cfn__url *url, const char *name,
                           const char *value)
{
    struct {
        const char *name;
        const char **to;
    } texts[] = {{"socket", &url->socket},
                 {"ssl-ca", &url->ca},
                 {"option-file", &url->option_file},
                 {"host", &url->socket},
                 {"sslrootcert", &url->ca}};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (strcmp(name, texts[i].name) == 0) {
            *texts[i].to = value;
            return true;
        }
    for (size_t i = 0; i < 3 && strcmp(name, "ssl-mode") == 0; i++)
        if (strcmp(value, tls_names[i]) == 0) {
            url->tls = (cfn__tls)i;
            return true;
        }
    return wrong(
        diagnostics, url, "has a parameter that is not understood",
        "socket=, ssl-ca=, ssl-mode=verify-identity|required|disabled and option-file= are");
}

static bool take_parameters(cfn_arena *arena, cfn_diagnostics *diagnostics, cfn__url *url,
                            const char *text)
{
    while (*text) {
        size_t length = strcspn(text, "&"), name = strcspn(text, "=&");
        const char *key = decoded(arena, text, name);
        const char *value = name < length ? decoded(arena, text + name + 1, length - name - 1) : "";
        if (!key || !value)
            return wrong(diagnostics, url, "has a malformed %XX", url_form);
        if (!take_parameter(diagnostics, url, key, value))
            return false;
        text += length + (text[length] == '&');
    }
    return true;
}

/* [user[:password]@]host[:port] */
static bool take_authority(cfn_arena *arena, cfn_diagnostics *diagnostics, cfn__url *url,
                           const char *text, size_t length)
{
    size_t at = length;
    while (at > 0 && text[at - 1] != '@')
        at--;
    if (at > 0) {
        size_t user = strcspn(text, ":@");
        user = user < at - 1 ? user : at - 1;
        url->user = decoded(arena, text, user);
        if (user < at - 1 && !url->password)
            url->password = decoded(arena, text + user + 1, at - user - 2);
        if (!url->user || (user < at - 1 && !url->password))
            return wrong(diagnostics, url, "has a malformed %XX", url_form);
    }
    const char *host = text + at, *end = text + length, *colon = end;
    bool bracketed = host < end && *host == '[';
    for (const char *p = end; p > host && *(p - 1) != ']'; p--)
        if (*(p - 1) == ':')
            colon = p - 1;
    if (colon < end) {
        char *rest = NULL;
        unsigned long port = strtoul(colon + 1, &rest, 10);
        if (rest != end || port < 1 || port > 65535 || !cfn__is_digit(colon[1]))
            return wrong(diagnostics, url, "has a port that is not a number from 1 to 65535",
                         url_form);
        url->port = (unsigned)port;
    }
    size_t size = (size_t)(colon - host);
    url->host = bracketed && size > 2 ? cfn__strndup(arena, host + 1, size - 2)
                                      : decoded(arena, host, size);
    return url->host || wrong(diagnostics, url, "has a malformed %XX", url_form);
}

static const char *shown(cfn_arena *arena, const cfn__url *url, bool with_user)
{
    const char *scheme = url->family == CFN__MYSQL ? "mysql" : "postgresql";
    bool has_user = with_user && url->user && *url->user;
    if (url->socket)
        return cfn__format(arena, "%s://%s%s%s (%s)", scheme, has_user ? url->user : "",
                           has_user ? "@" : "", url->database, url->socket);
    return cfn__format(arena, "%s://%s%s%s:%u/%s", scheme, has_user ? url->user : "",
                       has_user ? "@" : "", url->host, url->port, url->database);
}

bool cfn__read_url(cfn_arena *arena, cfn_diagnostics *diagnostics, const char *role,
                   const char *text, const char *password, cfn__url *url)
{
    static const struct {
        const char *scheme;
        cfn__family family;
    } schemes[] = {{"mysql://", CFN__MYSQL},
                   {"mariadb://", CFN__MYSQL},
                   {"postgresql://", CFN__POSTGRESQL},
                   {"postgres://", CFN__POSTGRESQL}};
    *url = (cfn__url){.role = role, .password = password, .host = "", .database = ""};
    const char *rest = NULL;
    for (size_t i = 0; i < sizeof schemes / sizeof *schemes && !rest; i++)
        if (cfn__starts_with(text, schemes[i].scheme)) {
            url->family = schemes[i].family;
            rest = text + strlen(schemes[i].scheme);
        }
    if (!rest)
        return wrong(diagnostics, url, "does not begin with mysql:// or postgresql://", url_form);
    /* A password may hold anything but /, ? and #, and should be written with %XX. */
    size_t authority = strcspn(rest, "/?#");
    if (!take_authority(arena, diagnostics, url, rest, authority))
        return false;
    rest += authority;
    if (*rest == '/') {
        size_t length = strcspn(++rest, "?#");
        if (memchr(rest, '@', length)) /* it would be shown, and may be half of a password */
            return wrong(
                diagnostics, url, "holds an @ in the name of the database",
                "Write a / in a password as %2f, and an @ in the name of a database as %40");
        url->database = decoded(arena, rest, length);
        if (!url->database)
            return wrong(diagnostics, url, "has a malformed %XX", url_form);
        rest += length;
    }
    if (*rest == '#')
        return wrong(diagnostics, url, "holds a #", "Write a # in a password as %23");
    if (*rest == '?' && !take_parameters(arena, diagnostics, url, rest + 1))
        return false;
    if (!*url->host && !url->socket && !url->option_file)
        return wrong(diagnostics, url, "has no host", url_form);
    if (!url->port)
        url->port = url->family == CFN__MYSQL ? 3306 : 5432;
    url->shown = shown(arena, url, true);
    url->place = shown(arena, url, false);
    return !cfn_arena_failed(arena);
}
