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

/* Schemas of grants are patterns: % is any text, _ one character, \ takes their meaning away. */
static bool matches(const char *pattern, const char *end, const char *name)
{
    for (; pattern < end; pattern++, name++) {
        if (*pattern == '%') {
            for (const char *rest = name; !matches(pattern + 1, end, rest); rest++)
                if (!*rest)
                    return false;
            return true;
        }
        if (*pattern == '\\' && pattern + 1 < end)
            pattern++;
        else if (*pattern == '_' && *name)
            continue;
        if (*pattern != *name || !*name)
            return false;
    }
    return !*name;
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

cfn__held cfn__holds(const char *grants, const char *privilege, const char *schema)
{
    if (!grants)
        return CFN__HELD_PERHAPS;
    for (const char *line = grants; *line; line += strcspn(line, "\n"), line += *line == '\n') {
        size_t length = strcspn(line, "\n");
        const char *on = strstr(line, " ON ");
        if (cfn__starts_with(line, "GRANT ") && on && on < line + length &&
            gives(line + 6, (size_t)(on - line) - 6, privilege) && covers(on + 4, schema))
            return CFN__HELD_YES;
    }
    return CFN__HELD_NO;
}
