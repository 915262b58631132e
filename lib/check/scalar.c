/* Texts and numbers: lists of values, patterns, lengths and ranges. */
#include "check/check.h"

#include "base/text.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static bool is_same_text(const char *a, const char *b, bool any_case)
{
    return any_case ? strcasecmp(a, b) == 0 : strcmp(a, b) == 0;
}

/* Numbers are the same when their values are, and True is true. */
static bool is_same(const cfn_node *node, const char *text, bool any_case)
{
    if (is_same_text(node->text, text, any_case))
        return true;
    if (node->kind == CFN_KIND_BOOLEAN || strcmp(text, "true") == 0 || strcmp(text, "false") == 0)
        return strcasecmp(node->text, text) == 0;
    if (node->kind != CFN_KIND_NUMBER || !cfn__is_json_number(text))
        return false;
    double a = strtod(node->text, NULL), b = strtod(text, NULL);
    return !(a < b) && !(a > b);
}

/* The first few of a rule's texts: "a, b, c ...". */
static const char *list_of(cfn__check *check, const cfn_schema_rule *rule)
{
    enum { MOST_SHOWN = 12 };
    const char *list = "", *text;
    for (size_t i = 0; (text = cfn_schema_rule_text(check->schema, rule, i)); i++) {
        if (i == MOST_SHOWN)
            return cfn__format(check->out.arena, "%s ...", list);
        list = cfn__format(check->out.arena, "%s%s%s", list, i ? ", " : "", text);
    }
    return list;
}

static bool is_number(const char *text)
{
    return *text && !text[strspn(text, "0123456789")];
}

/* A number is not misspelt: 31 is not meant to be 1. */
static void suggest_text(cfn__check *check, const cfn_schema_rule *rule, const cfn_node *node)
{
    cfn__search search = cfn__search_for(&check->out, node->text);
    const char *text;
    for (size_t i = 0; (text = cfn_schema_rule_text(check->schema, rule, i)); i++)
        cfn__search_name(&search, text);
    if (search.best && !is_number(node->text))
        cfn__suggest_nearest(check, search.best);
    else
        cfn__suggest(check, "use one of %s", list_of(check, rule));
}

/* Compares as versions: 3.10 is after 3.9. */
static int compare_versions(const char *a, const char *b)
{
    while (*a && *b) {
        if (cfn__is_digit(*a) && cfn__is_digit(*b)) {
            unsigned long left = strtoul(a, (char **)&a, 10), right = strtoul(b, (char **)&b, 10);
            if (left != right)
                return left < right ? -1 : 1;
        } else if (*a != *b) {
            return *a < *b ? -1 : 1;
        } else {
            a++, b++;
        }
    }
    return (*a > *b) - (*a < *b);
}

/* Whether a version is later than all that are listed of its line (16 in 16.11), or than all there
 * are when its line is not listed: facts grow old, and what is newer than they are may be right. */
static bool is_newer(cfn__check *check, const cfn_schema_rule *rule, const char *version)
{
    const char *dot = strrchr(version, '.'), *text;
    size_t line = dot ? (size_t)(dot - version) + 1 : 0;
    bool after_line = true, after_all = true, has_line = false;
    if (!cfn__is_digit(*version))
        return false;
    for (size_t i = 0; (text = cfn_schema_rule_text(check->schema, rule, i)); i++) {
        bool after = compare_versions(version, text) > 0;
        bool same_line = line && strncmp(version, text, line) == 0;
        has_line = has_line || same_line;
        after_line = after_line && (after || !same_line);
        after_all = after_all && after;
    }
    return has_line ? after_line : after_all;
}

/* A value in a message. */
static const char *shown(const cfn_node *node)
{
    if (!node->text)
        return cfn__kind_name(node->kind);
    return *node->text ? node->text : "empty text";
}

static cfn__fit refuse_choice(cfn__check *check, const cfn__rule_use *use)
{
    if (check->quiet)
        return CFN__UNFIT;
    bool is_doubt = check->cross && check->cross->is_warning;
    cfn__refuse(check, CFN3106, use->subject, "%.100s %s %.100s", cfn__name_of(check, use->subject),
                is_doubt ? "is not known to do as" : "cannot be", shown(use->subject.node));
    if (use->subject.node->text)
        suggest_text(check, use->rule, use->subject.node);
    else
        cfn__suggest(check, "use one of %s", list_of(check, use->rule));
    return CFN__UNFIT;
}

cfn__fit cfn__check_enum(cfn__check *check, const cfn__rule_use *use)
{
    const cfn_node *node = use->subject.node;
    const char *text;
    if (!node->text)
        return refuse_choice(check, use);
    for (size_t i = 0; (text = cfn_schema_rule_text(check->schema, use->rule, i)); i++)
        if (is_same(node, text, use->facts->enum_any_case))
            return CFN__FITS;
    if (check->cross && is_newer(check, use->rule, node->text))
        return CFN__MAY_FIT;
    return refuse_choice(check, use);
}

cfn__fit cfn__check_const(cfn__check *check, const cfn__rule_use *use)
{
    const cfn_node *node = use->subject.node;
    if (node->text && is_same(node, use->rule->text, false))
        return CFN__FITS;
    return cfn__refuse(check, CFN3106, use->subject, "%.100s must be %.100s, not %.100s",
                       cfn__name_of(check, use->subject), use->rule->text, shown(node));
}

/* What is a number in the template is a text to a property that takes nothing else. */
static bool is_read_as_text(const cfn__rule_use *use)
{
    const cfn_node *node = use->subject.node;
    return node->kind == CFN_KIND_STRING ||
           (node->kind == CFN_KIND_NUMBER && use->facts->types == CFN_SCHEMA_STRING);
}

/* What a match may cost that is given up, in values that are looked at. */
enum { COST_OF_A_LONG_MATCH = 10000 };

cfn__fit cfn__check_pattern(cfn__check *check, const cfn__rule_use *use)
{
    const cfn_node *node = use->subject.node;
    if (!is_read_as_text(use))
        return CFN__FITS;
    cfn__matching matching =
        cfn__match_pattern(&check->patterns, use->rule->text, node->text, node->length);
    if (matching == CFN__MATCH_UNKNOWN)
        cfn__spend(check, COST_OF_A_LONG_MATCH);
    if (matching != CFN__MATCHES_NOT)
        return matching == CFN__MATCHES ? CFN__FITS : CFN__MAY_FIT;
    cfn__refuse(check, CFN3107, use->subject, "%.100s does not match the pattern of %s: %.100s",
                shown(node), cfn__name_of(check, use->subject), use->rule->text);
    return CFN__UNFIT;
}

cfn__fit cfn__check_text_size(cfn__check *check, const cfn__rule_use *use)
{
    const cfn_node *node = use->subject.node;
    if (!is_read_as_text(use))
        return CFN__FITS;
    double length = (double)cfn__utf8_count(node->text, node->length), limit = use->rule->number;
    bool least = use->rule->id == CFN_SCHEMA_MIN_LENGTH;
    if (least ? length >= limit : length <= limit)
        return CFN__FITS;
    return cfn__refuse(
        check, CFN3109, use->subject, "%.100s has %.0f characters, and takes %s %.0f",
        cfn__name_of(check, use->subject), length, least ? "at least" : "at most", limit);
}

/* The number that a node is or, as text, stands for. */
static bool number_of(const cfn_node *node, double *number)
{
    char *end = NULL;
    if (node->kind != CFN_KIND_NUMBER && node->kind != CFN_KIND_STRING)
        return false;
    *number = strtod(node->text, &end);
    return end != node->text && !*end && isfinite(*number);
}

static bool is_within(cfn_schema_rule_id id, double number, double limit)
{
    switch (id) {
    case CFN_SCHEMA_MINIMUM:
        return number >= limit;
    case CFN_SCHEMA_MAXIMUM:
        return number <= limit;
    case CFN_SCHEMA_EXCLUSIVE_MINIMUM:
        return number > limit;
    default:
        return number < limit;
    }
}

cfn__fit cfn__check_range(cfn__check *check, const cfn__rule_use *use)
{
    static const char *const limits[CFN_SCHEMA_RULE_COUNT] = {
        [CFN_SCHEMA_MINIMUM] = "at least",
        [CFN_SCHEMA_MAXIMUM] = "at most",
        [CFN_SCHEMA_EXCLUSIVE_MINIMUM] = "more than",
        [CFN_SCHEMA_EXCLUSIVE_MAXIMUM] = "less than",
    };
    double number = 0;
    if (!number_of(use->subject.node, &number) ||
        is_within(use->rule->id, number, use->rule->number))
        return CFN__FITS;
    return cfn__refuse(check, CFN3110, use->subject, "%.100s must be %s %.16g, not %.100s",
                       cfn__name_of(check, use->subject), limits[use->rule->id], use->rule->number,
                       use->subject.node->text);
}

cfn__fit cfn__check_multiple(cfn__check *check, const cfn__rule_use *use)
{
    double number = 0, step = use->rule->number;
    if (!number_of(use->subject.node, &number) || !(step > 0))
        return CFN__FITS;
    double quotient = fabs(number / step);
    double rest = quotient < 1e15 ? quotient - (double)(int64_t)(quotient + 0.5) : 0;
    if (fabs(rest) < 1e-9 * (1 + quotient))
        return CFN__FITS;
    return cfn__refuse(check, CFN3110, use->subject,
                       "%.100s must be a multiple of %.16g, not %.100s",
                       cfn__name_of(check, use->subject), step, use->subject.node->text);
}
