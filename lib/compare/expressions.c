/* What is compared of each type: the expressions of both families. docs/compare.md lists them. */
#include "base/text.h"
#include "compare/pair.h"

#include <string.h>

static bool same(const char *a, const char *b)
{
    return a && b && strcmp(a, b) == 0;
}

/* utf8 and utf8mb3 are one character set under two names. */
static const char *plain_charset(const char *name)
{
    return same(name, "utf8") ? "utf8mb3" : name;
}

static bool same_charset(const cfn__column *a, const cfn__column *b)
{
    return same(plain_charset(a->charset), plain_charset(b->charset));
}

static bool is_number(const cfn__column *c)
{
    return c->type->class_ == CFN__CLASS_INTEGER || c->type->class_ == CFN__CLASS_DECIMAL;
}

static bool is_text(const cfn__column *c)
{
    return c->type->class_ == CFN__CLASS_TEXT || c->type->class_ == CFN__CLASS_ENUM ||
           c->type->class_ == CFN__CLASS_SET;
}

/* Digits before the point. */
static int whole_digits(const cfn__column *c)
{
    return c->type->class_ == CFN__CLASS_INTEGER ? 20 : c->precision - c->scale;
}

static int larger(int a, int b)
{
    return a > b ? a : b;
}

bool cfn__can_compare(cfn__family family, const cfn__column *a, const cfn__column *b,
                      const char **why)
{
    *why = NULL;
    if (a->type->class_ == CFN__CLASS_UNKNOWN || b->type->class_ == CFN__CLASS_UNKNOWN)
        *why = "cfngen does not know the type";
    else if (is_number(a) && is_number(b)) {
        if (family == CFN__MYSQL && a->scale != b->scale &&
            larger(whole_digits(a), whole_digits(b)) + larger(a->scale, b->scale) > 65)
            *why = "no decimal of 65 digits holds the values of both";
    } else if (!(is_text(a) && is_text(b)) && a->type->class_ != b->type->class_)
        *why = "the types at source and target are of different kinds";
    else if ((a->type->class_ == CFN__CLASS_WRITTEN || a->type->class_ == CFN__CLASS_JSON) &&
             !same(a->type_name, b->type_name))
        *why = "the types at source and target write equal values differently";
    return !*why;
}

bool cfn__is_fixed(cfn__family family, const cfn__column *column)
{
    switch (column->type->class_) {
    case CFN__CLASS_JSON:
    case CFN__CLASS_GEOMETRY:
        return family == CFN__MYSQL; /* a hash */
    case CFN__CLASS_TEXT:
    case CFN__CLASS_BYTES:
    case CFN__CLASS_ENUM:
    case CFN__CLASS_SET:
    case CFN__CLASS_WRITTEN:
    case CFN__CLASS_UNKNOWN:
        return false;
    default:
        return true;
    }
}

bool cfn__orders_alike(const cfn__column *a, const cfn__column *b)
{
    if (a->type->class_ == CFN__CLASS_TEXT && b->type->class_ == CFN__CLASS_TEXT) {
        if (!a->charset)
            return a->safe_order && b->safe_order && !same(a->type_name, "citext") &&
                   !same(b->type_name, "citext") && !same(a->type_name, "bpchar") &&
                   !same(b->type_name, "bpchar");
        return same_charset(a, b) && same(a->collation, b->collation);
    }
    return a->type->ranges && b->type->ranges;
}

/* A text as it is, or in UTF-8 when the sides store it in different character sets. */
static void add_mysql_name(cfn__buffer *sql, const char *name, const cfn__column *c,
                           const cfn__column *other)
{
    bool convert = c->type->class_ != CFN__CLASS_BYTES && !same_charset(c, other);
    cfn__buffer_format(sql, convert ? "CONVERT(%s USING utf8mb4)" : "%s", name);
}

/* Its bytes; of what may be so large that a row of it is too much for one text, the hash. */
static void add_mysql_text(cfn__buffer *sql, const char *name, const cfn__column *c,
                           const cfn__column *other)
{
    cfn__buffer text = {0};
    add_mysql_name(&text, name, c, other);
    if (text.failed)
        sql->failed = true;
    else if (c->type->large || other->type->large)
        cfn__buffer_format(sql, "IF(LENGTH(%s)<8192,CAST(%s AS BINARY),SHA2(%s,256))", text.text,
                           text.text, text.text);
    else
        cfn__buffer_format(sql, "CAST(%s AS BINARY)", text.text);
    cfn__buffer_free(&text);
}

static void add_mysql(cfn__buffer *sql, const char *name, const cfn__column *c,
                      const cfn__column *other)
{
    switch (c->type->class_) {
    case CFN__CLASS_INTEGER:
    case CFN__CLASS_DECIMAL:
        if (c->scale != other->scale)
            cfn__buffer_format(sql, "CAST(%s AS DECIMAL(65,%d))", name,
                               larger(c->scale, other->scale));
        else
            cfn__buffer_format(sql, c->zerofill ? "(%s+0)" : "%s", name);
        break;
    case CFN__CLASS_FLOAT:
        cfn__buffer_format(sql, "(%s+0e0)", name);
        break;
    case CFN__CLASS_BIT:
        cfn__buffer_format(sql, "(%s+0)", name);
        break;
    case CFN__CLASS_TEXT:
    case CFN__CLASS_BYTES:
    case CFN__CLASS_ENUM:
    case CFN__CLASS_SET:
        add_mysql_text(sql, name, c, other);
        break;
    case CFN__CLASS_JSON:
        cfn__buffer_format(sql, "SHA2(CAST(%s AS CHAR CHARACTER SET utf8mb4),256)", name);
        break;
    case CFN__CLASS_TIME:
    case CFN__CLASS_DATETIME:
        if (c->scale != other->scale)
            cfn__buffer_format(sql, "CAST(%s AS %s(6))", name,
                               c->type->class_ == CFN__CLASS_TIME ? "TIME" : "DATETIME");
        else
            cfn__buffer_add_text(sql, name);
        break;
    case CFN__CLASS_UUID:
    case CFN__CLASS_WRITTEN:
        cfn__buffer_format(sql, "CAST(%s AS CHAR)", name);
        break;
    case CFN__CLASS_GEOMETRY:
        cfn__buffer_format(sql, "SHA2(CONCAT(ST_SRID(%s),'#',ST_AsBinary(%s)),256)", name, name);
        break;
    default:
        cfn__buffer_add_text(sql, name);
    }
}

/* Without the zeros at its end, which do not change a number; 1.10 is 1.1. */
static void add_postgresql_number(cfn__buffer *sql, const char *name, int version,
                                  const cfn__column *c, const cfn__column *other)
{
    if (c->scale == other->scale && c->scale >= 0 && c->type->class_ == other->type->class_)
        cfn__buffer_add_text(sql, name);
    else if (c->type->class_ == CFN__CLASS_INTEGER)
        cfn__buffer_add_text(sql, name);
    else if (version >= 130000)
        cfn__buffer_format(sql, "trim_scale(%s)", name);
    else
        cfn__buffer_format(sql,
                           "CASE WHEN strpos(%s::text,'.')>0 THEN "
                           "rtrim(rtrim(%s::text,'0'),'.') ELSE %s::text END",
                           name, name, name);
}

static void add_postgresql(cfn__buffer *sql, const char *name, int version, const cfn__column *c,
                           const cfn__column *other, bool as_key)
{
    switch (c->type->class_) {
    case CFN__CLASS_INTEGER:
    case CFN__CLASS_DECIMAL:
        if (c->type->class_ == CFN__CLASS_INTEGER && other->type->class_ == CFN__CLASS_INTEGER)
            cfn__buffer_add_text(sql, name);
        else
            add_postgresql_number(sql, name, version, c, other);
        break;
    case CFN__CLASS_FLOAT:
        cfn__buffer_format(sql, "(%s::float8+0::float8)", name);
        break;
    case CFN__CLASS_BYTES:
        cfn__buffer_format(sql, as_key ? "%s" : "encode(sha256(%s),'hex')", name);
        break;
    case CFN__CLASS_DATETIME:
        if (same(c->type_name, "timestamptz") && !same(c->type_name, other->type_name))
            cfn__buffer_format(sql, "(%s AT TIME ZONE 'UTC')", name);
        else
            cfn__buffer_add_text(sql, name);
        break;
    case CFN__CLASS_BOOLEAN:
    case CFN__CLASS_DATE:
    case CFN__CLASS_TIME:
    case CFN__CLASS_UUID:
        cfn__buffer_add_text(sql, name);
        break;
    case CFN__CLASS_TEXT:
        /* A cast takes the blanks off that fill char(n) up. */
        cfn__buffer_format(
            sql,
            same(c->type_name, "bpchar") || same(other->type_name, "bpchar") ? "%s::text" : "%s",
            name);
        break;
    default:
        cfn__buffer_format(sql, "%s::text", name);
    }
}

void cfn__add_value(cfn__buffer *sql, cfn__family family, int version, const cfn__column *column,
                    const cfn__column *other, bool as_key)
{
    cfn__buffer name = {0};
    cfn__add_name(family, &name, column->name);
    if (name.failed)
        sql->failed = true;
    else if (family == CFN__MYSQL)
        add_mysql(sql, name.text, column, other);
    else
        add_postgresql(sql, name.text, version, column, other, as_key);
    cfn__buffer_free(&name);
}

/* The pieces that are put together are as many as SQL's functions take: PostgreSQL's take 100. */
enum { MOST_ARGUMENTS = 90 };

typedef struct joiner {
    cfn__buffer *sql;
    bool grouped; /* pieces go into groups of their own */
    size_t count;
} joiner;

static void begin_piece(joiner *j)
{
    if (j->grouped && j->count % MOST_ARGUMENTS == 0)
        cfn__buffer_add_text(j->sql, j->count ? "),concat_ws('#'," : ",concat_ws('#',");
    else
        cfn__buffer_add_char(j->sql, ',');
    j->count++;
}

typedef struct piece {
    const cfn__column *own, *other;
    bool fixed, nullable;
    bool last; /* of those that are not fixed */
    const char *value;
} piece;

/* A value, or "N" for NULL, which no value of a fixed alphabet is. */
static void add_fixed(joiner *j, cfn__family family, const piece *p)
{
    begin_piece(j);
    cfn__buffer_format(j->sql, p->nullable ? "COALESCE(%s%s,'N')" : "%s", p->value,
                       family == CFN__MYSQL ? "" : "::text");
}

/* How long the value is, or N. What stands at the end is as long as what is left. */
static void add_length(joiner *j, cfn__family family, const piece *p)
{
    cfn__buffer text = {0};
    bool mysql = family == CFN__MYSQL;
    bool text_or_bytes =
        p->own->type->class_ == CFN__CLASS_TEXT || p->own->type->class_ == CFN__CLASS_BYTES;
    if (p->last && !p->nullable)
        return;
    begin_piece(j);
    if (p->last) {
        cfn__buffer_format(j->sql, mysql ? "ISNULL(%s)" : "(%s IS NULL)", p->value);
        return;
    }
    if (mysql && text_or_bytes) {
        cfn__buffer name = {0};
        cfn__add_name(family, &name, p->own->name);
        add_mysql_name(&text, name.failed ? "" : name.text, p->own, p->other);
        text.failed = text.failed || name.failed;
        cfn__buffer_free(&name);
    } else
        cfn__buffer_add_text(&text, p->value);
    if (text.failed)
        j->sql->failed = true;
    else
        cfn__buffer_format(j->sql, p->nullable ? "COALESCE(%s(%s)%s,'N')" : "%s(%s)",
                           mysql ? "LENGTH" : "octet_length", text.text, mysql ? "" : "::text");
    cfn__buffer_free(&text);
}

static void add_text(joiner *j, const piece *p)
{
    begin_piece(j);
    cfn__buffer_format(j->sql, p->nullable ? "COALESCE(%s,'')" : "%s", p->value);
}

static void add_piece(joiner *j, cfn__family family, int version, piece *p, bool as_key, int pass)
{
    cfn__buffer value = {0};
    cfn__add_value(&value, family, version, p->own, p->other, as_key);
    p->value = value.text;
    if (value.failed)
        j->sql->failed = true;
    else if (pass == 0 && p->fixed)
        add_fixed(j, family, p);
    else if (pass == 0)
        add_length(j, family, p);
    else if (!p->fixed)
        add_text(j, p);
    cfn__buffer_free(&value);
}

/* The row as one text: values of fixed alphabets and the lengths of all others first, so that where
 * each of those begins and ends is known, and no two rows make the same text. */
void cfn__add_hash(cfn__buffer *sql, cfn__family family, int version,
                   const cfn__pair_column *columns, size_t count, bool of_target, bool as_key)
{
    bool mysql = family == CFN__MYSQL;
    joiner j = {sql, !mysql, 0};
    size_t last = count;
    for (size_t i = 0; i < count; i++)
        last = columns[i].fixed ? last : i;
    cfn__buffer_add_text(sql, mysql ? "CAST(CONV(LEFT(SHA2(CONCAT_WS('#'"
                                    : "hashtextextended(concat_ws('#'");
    for (int pass = 0; pass < 2; pass++)
        for (size_t i = 0; i < count; i++) {
            const cfn__pair_column *c = &columns[i];
            piece p = {of_target ? c->target : c->source,
                       of_target ? c->source : c->target,
                       c->fixed,
                       c->source->nullable || c->target->nullable,
                       i == last,
                       NULL};
            add_piece(&j, family, version, &p, as_key, pass);
        }
    cfn__buffer_add_text(sql, mysql ? "),256),16),16,10) AS UNSIGNED)" : ")) COLLATE \"C\",0)");
}

static void add_hex(cfn__buffer *sql, const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++)
        cfn__buffer_format(sql, "%02x", (unsigned)(unsigned char)text[i]);
}

/* The text need not end with a NUL. */
static bool is_plain_number(const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++)
        if (!text[i] || (!cfn__is_digit(text[i]) && !strchr(".-+e", text[i])))
            return false;
    return length > 0;
}

void cfn__add_key_literal(cfn__session *session, cfn__buffer *sql, const cfn__column *column,
                          const cfn__column *other, const char *text, size_t length)
{
    cfn__family family = session->driver->family;
    switch (column->type->class_) {
    case CFN__CLASS_INTEGER:
    case CFN__CLASS_DECIMAL:
    case CFN__CLASS_BIT:
    case CFN__CLASS_YEAR:
        if (is_plain_number(text, length))
            cfn__buffer_add(sql, text, length);
        else
            cfn__add_literal(session, sql, text, length);
        break;
    case CFN__CLASS_FLOAT:
        if (family == CFN__MYSQL && is_plain_number(text, length))
            cfn__buffer_format(sql, memchr(text, 'e', length) ? "%.*s" : "%.*se0", (int)length,
                               text);
        else
            cfn__add_literal(session, sql, text, length);
        break;
    case CFN__CLASS_BYTES:
        if (family != CFN__MYSQL) {
            cfn__add_literal(session, sql, text, length);
            break;
        }
        cfn__buffer_add_text(sql, "x'");
        add_hex(sql, text, length);
        cfn__buffer_add_char(sql, '\'');
        break;
    case CFN__CLASS_TEXT:
    case CFN__CLASS_ENUM:
    case CFN__CLASS_SET:
        if (family == CFN__MYSQL && same_charset(column, other)) {
            cfn__buffer_format(sql, "_%s x'", column->charset);
            add_hex(sql, text, length);
            cfn__buffer_add_char(sql, '\'');
            break;
        }
        cfn__add_literal(session, sql, text, length);
        break;
    default:
        cfn__add_literal(session, sql, text, length);
    }
}

static const char *const operators[] = {[CFN_DMS_EQ] = " = ",
                                        [CFN_DMS_NOTEQ] = " <> ",
                                        [CFN_DMS_GTE] = " >= ",
                                        [CFN_DMS_LTE] = " <= ",
                                        [CFN_DMS_BETWEEN] = " BETWEEN ",
                                        [CFN_DMS_NOTBETWEEN] = " NOT BETWEEN ",
                                        [CFN_DMS_NULL] = " IS NULL",
                                        [CFN_DMS_NOTNULL] = " IS NOT NULL"};

static void add_filter_value(cfn__session *session, cfn__buffer *sql, const cfn__column *column,
                             const char *value)
{
    bool number = column && is_number(column) && cfn__is_json_number(value);
    if (number)
        cfn__buffer_add_text(sql, value);
    else
        cfn__add_literal(session, sql, value, strlen(value));
}

void cfn__add_filter(cfn__session *session, cfn__buffer *sql, const cfn__table *table,
                     const cfn_dms_filter *filter)
{
    const cfn__column *column = cfn__find_column(table, filter->column);
    cfn__buffer_add_char(sql, '(');
    for (size_t i = 0; i < filter->condition_count; i++) {
        const cfn_dms_condition *c = &filter->conditions[i];
        cfn__buffer_add_text(sql, i ? " OR " : "");
        cfn__add_name(session->driver->family, sql, filter->column);
        cfn__buffer_add_text(sql, operators[c->operator_]);
        if (c->value)
            add_filter_value(session, sql, column, c->value);
        if (c->end) {
            cfn__buffer_add_text(sql, " AND ");
            add_filter_value(session, sql, column, c->end);
        }
    }
    cfn__buffer_add_char(sql, ')');
}
