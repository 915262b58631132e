/* The order of rows in a report: that of their keys, numbers as numbers. */
#include "base/text.h"
#include "compare/run.h"

#include <stdlib.h>
#include <string.h>

typedef struct number {
    bool negative;
    const char *whole, *fraction;
    size_t whole_length, fraction_length;
} number;

static number parse(const char *text, size_t length)
{
    number n = {.whole = text};
    const char *end = text + length;
    if (n.whole < end && *n.whole == '-') {
        n.negative = true;
        n.whole++;
    }
    while (n.whole < end && *n.whole == '0')
        n.whole++;
    n.fraction = n.whole;
    while (n.fraction < end && cfn__is_digit(*n.fraction))
        n.fraction++;
    n.whole_length = (size_t)(n.fraction - n.whole);
    n.fraction += n.fraction < end;
    n.fraction_length = (size_t)(end - n.fraction);
    return n;
}

static int by_bytes(const char *a, size_t a_length, const char *b, size_t b_length)
{
    size_t shorter = a_length < b_length ? a_length : b_length;
    int order = shorter ? memcmp(a, b, shorter) : 0;
    return order ? order : (a_length > b_length) - (a_length < b_length);
}

static int by_number(const char *a, size_t a_length, const char *b, size_t b_length)
{
    number x = parse(a, a_length), y = parse(b, b_length);
    if (x.negative != y.negative)
        return x.negative ? -1 : 1;
    int order = x.whole_length != y.whole_length
                    ? (x.whole_length < y.whole_length ? -1 : 1)
                    : by_bytes(x.whole, x.whole_length, y.whole, y.whole_length);
    if (!order)
        order = by_bytes(x.fraction, x.fraction_length, y.fraction, y.fraction_length);
    return x.negative ? -order : order;
}

static int compare_rows(const cfn__pair *pair, const cfn__row *a, const cfn__row *b)
{
    const char *x[CFN__MOST_KEY_COLUMNS], *y[CFN__MOST_KEY_COLUMNS];
    size_t x_lengths[CFN__MOST_KEY_COLUMNS], y_lengths[CFN__MOST_KEY_COLUMNS];
    size_t count = pair->key_count ? pair->key_count : 1;
    cfn__row_cells(a, x, x_lengths, count);
    cfn__row_cells(b, y, y_lengths, count);
    for (size_t i = 0; i < count; i++) {
        cfn__class class_ =
            pair->key_count ? pair->columns[i].source->type->class_ : CFN__CLASS_INTEGER;
        bool is_number = class_ == CFN__CLASS_INTEGER || class_ == CFN__CLASS_DECIMAL ||
                         class_ == CFN__CLASS_YEAR || class_ == CFN__CLASS_BIT;
        int order = !x[i] || !y[i] ? (x[i] != NULL) - (y[i] != NULL)
                    : is_number    ? by_number(x[i], x_lengths[i], y[i], y_lengths[i])
                                   : by_bytes(x[i], x_lengths[i], y[i], y_lengths[i]);
        if (order)
            return order;
    }
    return 0;
}

/* A heap sort: qsort takes no context. */
static void sift(const cfn__pair *pair, cfn__row **rows, size_t at, size_t count)
{
    for (size_t child; (child = 2 * at + 1) < count; at = child) {
        if (child + 1 < count && compare_rows(pair, rows[child], rows[child + 1]) < 0)
            child++;
        if (compare_rows(pair, rows[at], rows[child]) >= 0)
            return;
        cfn__row *row = rows[at];
        rows[at] = rows[child];
        rows[child] = row;
    }
}

void cfn__sort_rows(const cfn__pair *pair, cfn__rowset *rows)
{
    for (size_t i = rows->count / 2; i > 0; i--)
        sift(pair, rows->rows, i - 1, rows->count);
    for (size_t i = rows->count; i > 1; i--) {
        cfn__row *row = rows->rows[0];
        rows->rows[0] = rows->rows[i - 1];
        rows->rows[i - 1] = row;
        sift(pair, rows->rows, 0, i - 1);
    }
}
