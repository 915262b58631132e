/* Values as SQL that makes the same value again, whatever the type: numbers as they are, all else
 * as its bytes (MySQL) or as the server writes it (PostgreSQL). */
#include "compare/repair.h"

#include <string.h>

static bool is_number(const cfn__column *c)
{
    switch (c->type->class_) {
    case CFN__CLASS_INTEGER:
    case CFN__CLASS_DECIMAL:
    case CFN__CLASS_FLOAT:
    case CFN__CLASS_BIT:
    case CFN__CLASS_YEAR:
        return true;
    default:
        return false;
    }
}

/* What is read of a column of MySQL, and compared with in conditions. */
static const char *mysql_form(const cfn__column *c)
{
    switch (c->type->class_) {
    case CFN__CLASS_FLOAT:
        return "(%s+0e0)";
    case CFN__CLASS_BIT:
    case CFN__CLASS_INTEGER:
        return "(%s+0)";
    case CFN__CLASS_DECIMAL:
    case CFN__CLASS_YEAR:
        return "%s";
    case CFN__CLASS_TEXT:
    case CFN__CLASS_ENUM:
    case CFN__CLASS_SET:
        return "HEX(CAST(%s AS BINARY))";
    case CFN__CLASS_BYTES:
    case CFN__CLASS_GEOMETRY:
        return "HEX(%s)";
    case CFN__CLASS_JSON:
        return "HEX(CONVERT(%s USING utf8mb4))";
    default:
        return "HEX(CAST(%s AS CHAR CHARACTER SET utf8mb4))";
    }
}

void cfn__add_repair_form(cfn__buffer *sql, cfn__family family, const cfn__column *c)
{
    cfn__buffer name = {0};
    cfn__add_name(family, &name, c->name);
    if (name.failed)
        sql->failed = true;
    else
        cfn__buffer_format(sql, family == CFN__MYSQL ? mysql_form(c) : "%s::text", name.text);
    cfn__buffer_free(&name);
}

static void add_quoted(cfn__buffer *sql, const char *text, size_t length)
{
    cfn__buffer_add_char(sql, '\'');
    for (size_t i = 0; i < length; i++) {
        if (text[i] == '\'')
            cfn__buffer_add_char(sql, '\'');
        cfn__buffer_add_char(sql, text[i]);
    }
    cfn__buffer_add_char(sql, '\'');
}

/* Its character set stands before it, so that the client's does not count. */
static void add_mysql_literal(cfn__buffer *sql, const cfn__column *c, const char *hex,
                              size_t length)
{
    bool bytes = c->type->class_ == CFN__CLASS_BYTES || c->type->class_ == CFN__CLASS_GEOMETRY;
    bool own = c->type->class_ == CFN__CLASS_TEXT || c->type->class_ == CFN__CLASS_ENUM ||
               c->type->class_ == CFN__CLASS_SET;
    if (!bytes)
        cfn__buffer_format(sql, "_%s ", own && c->charset ? c->charset : "utf8mb4");
    cfn__buffer_add_text(sql, "x'");
    cfn__buffer_add(sql, hex, length);
    cfn__buffer_add_char(sql, '\'');
}

void cfn__add_repair_literal(cfn__buffer *sql, cfn__family family, const cfn__column *c,
                             const char *text, size_t length)
{
    if (!text)
        cfn__buffer_add_text(sql, "NULL");
    else if (family == CFN__POSTGRESQL)
        add_quoted(sql, text, length);
    else if (is_number(c))
        cfn__buffer_add(sql, text, length);
    else
        add_mysql_literal(sql, c, text, length);
}

void cfn__add_repair_condition(cfn__buffer *sql, cfn__family family, const cfn__column *c,
                               const char *text, size_t length)
{
    cfn__add_repair_form(sql, family, c);
    if (!text) {
        cfn__buffer_add_text(sql, " IS NULL");
        return;
    }
    cfn__buffer_add_text(sql, "=");
    if (family == CFN__MYSQL && is_number(c))
        cfn__buffer_add(sql, text, length);
    else
        add_quoted(sql, text, length);
}
