/* Statements about rows: ranges of keys, members of a set, and what is read of them. */
#include "compare/run.h"

#include <string.h>

static const cfn__column *own_column(const cfn__pair *pair, const cfn__session *session, size_t i,
                                     const cfn__column **other)
{
    bool of_target = session->url->role[0] == 't';
    const cfn__pair_column *c = &pair->columns[i];
    *other = of_target ? c->source : c->target;
    return of_target ? c->target : c->source;
}

static const cfn__side *side_of(const cfn__pair *pair, const cfn__session *session)
{
    return session->url->role[0] == 't' ? &pair->target : &pair->source;
}

static void add_literal(cfn__session *session, cfn__buffer *sql, const cfn__pair *pair, size_t i,
                        const cfn__cells *key)
{
    const cfn__column *other, *own = own_column(pair, session, i, &other);
    cfn__add_key_literal(session, sql, own, other, key->texts[i], key->lengths[i]);
}

/* MySQL reads the whole prefix of an index for (a, b) > (x, y), but not for
 * a >= x AND (a > x OR (b > y)); sign is > for the lower end and < for the upper one, which is part
 * of the range. */
static void add_expanded(cfn__session *session, cfn__buffer *sql, const cfn__pair *pair,
                         const cfn__cells *key, char sign, size_t i)
{
    const char *name = side_of(pair, session)->key_names[i];
    bool last = i + 1 == pair->key_count;
    cfn__buffer_format(sql, "(%s%c%s", name, sign, last && sign == '>' ? "" : "=");
    add_literal(session, sql, pair, i, key);
    if (!last) {
        cfn__buffer_format(sql, " AND (%s%c", name, sign);
        add_literal(session, sql, pair, i, key);
        cfn__buffer_add_text(sql, " OR ");
        add_expanded(session, sql, pair, key, sign, i + 1);
        cfn__buffer_add_char(sql, ')');
    }
    cfn__buffer_add_char(sql, ')');
}

static void add_rows_compared(cfn__session *session, cfn__buffer *sql, const cfn__pair *pair,
                              const cfn__cells *key, const char *operator_)
{
    cfn__buffer_format(sql, "(%s)%s(", side_of(pair, session)->key_order, operator_);
    for (size_t i = 0; i < pair->key_count; i++) {
        cfn__buffer_add_text(sql, i ? "," : "");
        add_literal(session, sql, pair, i, key);
    }
    cfn__buffer_add_char(sql, ')');
}

void cfn__add_range(cfn__session *session, cfn__buffer *sql, const cfn__pair *pair,
                    const cfn__cells *low, const cfn__cells *high)
{
    bool mysql = session->driver->family == CFN__MYSQL;
    const cfn__cells *ends[] = {low, high};
    for (int i = 0; i < 2; i++) {
        if (!ends[i])
            continue;
        cfn__buffer_add_text(sql, " AND ");
        if (mysql)
            add_expanded(session, sql, pair, ends[i], i ? '<' : '>', 0);
        else
            add_rows_compared(session, sql, pair, ends[i], i ? " <= " : " > ");
    }
}

static void add_member(cfn__session *session, cfn__buffer *sql, const cfn__pair *pair,
                       const cfn__cells *key)
{
    const cfn__side *side = side_of(pair, session);
    cfn__buffer_add_char(sql, '(');
    if (pair->method == CFN__METHOD_KEYLESS)
        cfn__buffer_format(sql, "%s=%.*s", side->row_hash, (int)key->lengths[0], key->texts[0]);
    for (size_t i = 0; i < pair->key_count; i++) {
        cfn__buffer_format(sql, i ? " AND %s" : "%s", side->key_names[i]);
        cfn__buffer_add_text(sql, key->texts[i] ? "=" : " IS NULL");
        if (key->texts[i])
            add_literal(session, sql, pair, i, key);
    }
    cfn__buffer_add_char(sql, ')');
}

void cfn__add_members(cfn__session *session, cfn__buffer *sql, const cfn__pair *pair,
                      const cfn__rowset *set, size_t *first, size_t count)
{
    enum { MOST_CELLS = 64 };
    const char *texts[MOST_CELLS];
    size_t lengths[MOST_CELLS];
    size_t cells = pair->key_count ? pair->key_count : 1;
    const char *separator = " AND (";
    for (; count && *first < set->count; count--, ++*first) {
        cfn__row_cells(set->rows[*first], texts, lengths, cells);
        cfn__buffer_add_text(sql, separator);
        add_member(session, sql, pair, &(cfn__cells){texts, lengths});
        separator = " OR ";
    }
    cfn__buffer_add_char(sql, ')');
}

void cfn__add_select(cfn__buffer *sql, const cfn__pair *pair, const cfn__side *side,
                     const char *condition, bool ordered)
{
    bool keyless = pair->method == CFN__METHOD_KEYLESS;
    cfn__buffer_format(sql, "SELECT %s%s FROM %s WHERE %s%s", side->key_list,
                       keyless ? ",COUNT(*)" : side->values, side->from, side->condition,
                       condition);
    if (keyless)
        cfn__buffer_add_text(sql, " GROUP BY 1");
    else if (ordered)
        cfn__buffer_format(sql, " ORDER BY %s", side->key_order);
}
