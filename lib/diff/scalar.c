/* Texts, numbers and booleans that mean the same however they are written, and hashes of values
 * that do not depend on how they are written either. */
#include "base/text.h"
#include "diff/diff.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { MOST_DIGITS = 60 };

/* A number as 0.DIGITS times ten to the power of its exponent; no zeros at either end. */
typedef struct decimal {
    char digits[MOST_DIGITS + 1];
    long exponent;
    bool negative;
} decimal;

static void take_digits(decimal *d, const char **text, size_t *count, bool *is_fraction)
{
    for (const char *p = *text;; p++) {
        if (*p == '.') {
            *is_fraction = true;
            continue;
        }
        if (!cfn__is_digit(*p)) {
            *text = p;
            return;
        }
        bool leads = *count == 0 && *p == '0';
        if (!leads && *count < MOST_DIGITS)
            d->digits[*count] = *p;
        *count += !leads;
        d->exponent += *is_fraction ? (leads ? -1 : 0) : !leads;
    }
}

/* False for what is no number, or has more digits than are kept. */
static bool read_decimal(const char *text, decimal *d)
{
    size_t count = 0;
    bool is_fraction = false;
    *d = (decimal){.negative = *text == '-'};
    if (!cfn__is_json_number(text))
        return false;
    const char *rest = text + d->negative;
    take_digits(d, &rest, &count, &is_fraction);
    if (count > MOST_DIGITS)
        return false;
    while (count && d->digits[count - 1] == '0')
        d->digits[--count] = '\0';
    if (*rest == 'e' || *rest == 'E') {
        long power = strtol(rest + 1, NULL, 10);
        if (power > 100000 || power < -100000)
            return false;
        d->exponent += power;
    }
    if (count == 0)
        *d = (decimal){.negative = false};
    return true;
}

static bool same_number(const char *a, const char *b)
{
    decimal x, y;
    return read_decimal(a, &x) && read_decimal(b, &y) && x.negative == y.negative &&
           x.exponent == y.exponent && strcmp(x.digits, y.digits) == 0;
}

static bool is_truth(const char *text)
{
    return strcasecmp(text, "true") == 0 || strcasecmp(text, "false") == 0;
}

bool cfn__same_scalar(const cfn_node *a, const cfn_node *b, unsigned types, bool strict)
{
    if (a->kind != b->kind && (strict || a->kind == CFN_KIND_NULL || b->kind == CFN_KIND_NULL))
        return false;
    if (strcmp(a->text, b->text) == 0)
        return true;
    if (a->kind == CFN_KIND_STRING && b->kind == CFN_KIND_STRING &&
        !(types & (CFN_SCHEMA_NUMBER | CFN_SCHEMA_INTEGER | CFN_SCHEMA_BOOLEAN)))
        return false;
    if (!types || types & (CFN_SCHEMA_NUMBER | CFN_SCHEMA_INTEGER))
        return same_number(a->text, b->text);
    return types & CFN_SCHEMA_BOOLEAN && is_truth(a->text) && strcasecmp(a->text, b->text) == 0;
}

/* --- hashes --- */

static uint64_t mix(uint64_t hash)
{
    hash ^= hash >> 31;
    hash *= 0x9e3779b97f4a7c15u;
    return hash ^ hash >> 29;
}

static uint64_t hash_bytes(const char *text)
{
    uint64_t hash = 0xcbf29ce484222325u;
    for (; *text; text++)
        hash = (hash ^ (unsigned char)*text) * 0x100000001b3u;
    return mix(hash);
}

static uint64_t hash_text(const char *text)
{
    decimal d;
    if (is_truth(text))
        return *text == 't' || *text == 'T' ? 1 : 2;
    if (!read_decimal(text, &d))
        return hash_bytes(text);
    return mix(hash_bytes(d.digits) + (uint64_t)d.exponent * 2 + d.negative);
}

uint64_t cfn__value_hash(cfn_template_diff *diff, const cfn_node *node)
{
    const char *text = cfn__as_sub(diff, node);
    if (text)
        return hash_text(text);
    uint64_t hash = 0;
    for (const cfn_node *n = node->first; n; n = n->next) {
        if (cfn__is_no_value(n))
            continue;
        uint64_t member = cfn__value_hash(diff, n);
        /* A list of one is as its item, and no order counts: the same in every mood. */
        hash += node->kind == CFN_KIND_MAP ? mix(member ^ hash_bytes(n->key) * 3) : member;
    }
    return hash;
}
