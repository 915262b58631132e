/* What the lines of SHOW GRANTS let a login do:
 * GRANT SELECT, REPLICATION SLAVE ON *.* TO `dms`@`%`. Roles are listed without ON; what they give
 * has lines of its own. */
#include "preflight/preflight.h"

#include "base/text.h"

#include <string.h>

/* Names that one version or another has for the same privilege. */
static const char *const aliases[][2] = {
    {"REPLICATION CLIENT", "BINLOG MONITOR"}, /* MariaDB since 10.5 */
    {"REPLICATION CLIENT", "SUPER"},
    {"REPLICATION SLAVE", "REPLICATION REPLICA"},
};

/* Whether "A, B (column), C" holds a privilege for whole tables. */
static bool lists(const char *list, size_t length, const char *privilege)
{
    size_t wanted = strlen(privilege);
    for (size_t i = 0; i < length;) {
        size_t end = i;
        for (int depth = 0; end < length && (list[end] != ',' || depth); end++)
            depth += (list[end] == '(') - (list[end] == ')');
        while (i < end && list[i] == ' ')
            i++;
        if (end - i == wanted && strncmp(list + i, privilege, wanted) == 0)
            return true;
        i = end + 1;
    }
    return false;
}

static bool gives(const char *list, size_t length, const char *privilege)
{
    if (lists(list, length, "ALL PRIVILEGES") || lists(list, length, privilege))
        return true;
    for (size_t i = 0; i < sizeof aliases / sizeof *aliases; i++)
        if (strcmp(aliases[i][0], privilege) == 0 && lists(list, length, aliases[i][1]))
            return true;
    return false;
}

/* Schemas of grants are patterns: % is any text, _ one character, \ takes their meaning away. After
 * a mismatch the last % takes one character more. */
static bool matches(const char *pattern, const char *end, const char *name)
{
    const char *behind = NULL, *taken = NULL;
    for (;;) {
        if (pattern < end && *pattern == '%') {
            behind = ++pattern;
            taken = name;
            continue;
        }
        if (pattern == end && !*name)
            return true;
        bool escaped = pattern + 1 < end && *pattern == '\\';
        const char *own = pattern + escaped;
        if (pattern < end && *name && (*own == *name || (!escaped && *own == '_'))) {
            pattern = own + 1;
            name++;
        } else if (behind && *taken) {
            pattern = behind;
            name = ++taken;
        } else
            return false;
    }
}

/* The scope of a line, "*.*" or "`shop`.*"; `schema` NULL: only all of the server counts. */
static bool covers(const char *scope, const char *schema)
{
    if (cfn__starts_with(scope, "*.* "))
        return true;
    if (!schema || (*scope != '`' && *scope != '"'))
        return false;
    const char *end = strchr(scope + 1, *scope);
    return end && cfn__starts_with(end + 1, ".* ") && matches(scope + 1, end, schema);
}

cfn__held cfn__is_granted(const char *grants, const char *privilege, const char *schema)
{
    if (!grants)
        return CFN__HELD_PERHAPS;
    for (const char *line = grants; *line; line += strcspn(line, "\n"), line += *line == '\n') {
        const char *list = cfn__starts_with(line, "GRANT ") ? line + 6 : NULL;
        const char *on = list ? strstr(list, " ON ") : NULL;
        if (on && on < line + strcspn(line, "\n") && gives(list, (size_t)(on - list), privilege) &&
            covers(on + 4, schema))
            return CFN__HELD_YES;
    }
    return CFN__HELD_NO;
}
