/* Reading the patterns of CloudWatch Logs, as far as to tell those that it refuses. */
#include "check/filter_pattern.h"

#include "base/text.h"

#include <string.h>

typedef struct scan {
    const char *p;
    int regexes;
    const char *fault, *hint;
} scan;

/* The first fault counts: what follows it is a guess. */
static bool refuse(scan *s, const char *fault, const char *hint)
{
    if (!s->fault) {
        s->fault = fault;
        s->hint = hint;
    }
    return false;
}

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static void skip_spaces(scan *s)
{
    while (is_space(*s->p))
        s->p++;
}

static bool skip_quoted(scan *s)
{
    const char *p = s->p + 1;
    for (; *p && *p != '"'; p++)
        if (*p == '\\' && p[1])
            p++;
    if (!*p)
        return refuse(s, "a quotation mark is not closed", "write \\\" for one that is meant");
    s->p = p + 1;
    return true;
}

static bool skip_regex(scan *s)
{
    const char *p = s->p + 1;
    for (; *p && *p != '%'; p++) {
        if (*p == '\\' && p[1] && (cfn__is_alphanumeric(p[1]) || p[1] == '%')) {
            p++;
            continue;
        }
        if (strchr("()!<>&'\"~`", *p) || (unsigned char)*p >= 0x80) {
            s->p = p;
            return refuse(s, "a regular expression holds a character that is not supported",
                          "write its code, as \\x28 for a bracket; groups there are none");
        }
    }
    if (!*p)
        return refuse(s, "a regular expression has no % at its end", "write %one like this%");
    s->p = p + 1;
    s->regexes++;
    return true;
}

/* ---- terms ---- */

/* https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html has all but
 * letters, digits and underscores in quotation marks. */
static bool skip_word(scan *s)
{
    const char *p = s->p;
    while (cfn__is_alphanumeric(*p) || *p == '_' || (unsigned char)*p >= 0x80)
        p++;
    bool ends = !*p || is_space(*p);
    bool empty = p == s->p;
    s->p = p;
    if (ends && !empty)
        return true;
    return refuse(
        s, empty && ends ? "- or ? stands alone" : "a term with such a character is not quoted",
        "letters, digits and _ alone need no quotation marks: write \"ERROR: timeout\"");
}

static void read_terms(scan *s, cfn__filter_pattern *pattern)
{
    size_t optional = 0, others = 0;
    for (skip_spaces(s); *s->p && !s->fault; skip_spaces(s)) {
        *(*s->p == '?' ? &optional : &others) += 1;
        if (*s->p == '?' || *s->p == '-')
            s->p++;
        if (*s->p == '"')
            skip_quoted(s);
        else if (*s->p == '%')
            skip_regex(s);
        else
            skip_word(s);
    }
    pattern->optional_ignored = optional && others;
}

/* ---- what columns and JSON have in common ---- */

/* A value ends where what may follow it begins. */
static bool skip_value(scan *s, const char *ends)
{
    skip_spaces(s);
    if (*s->p == '"')
        return skip_quoted(s);
    if (*s->p == '%')
        return skip_regex(s);
    const char *start = s->p;
    while (*s->p && !is_space(*s->p) && !strchr(ends, *s->p))
        s->p++;
    return s->p > start ||
           refuse(s, "a comparison has no value", "write = \"text\", or = * for any");
}

static bool skip_operator(scan *s)
{
    static const char *const operators[] = {"!=", "<=", ">=", "=", "<", ">"};
    skip_spaces(s);
    for (size_t i = 0; i < sizeof operators / sizeof *operators; i++)
        if (cfn__starts_with(s->p, operators[i])) {
            s->p += strlen(operators[i]);
            return true;
        }
    return false;
}

static bool skip_connector(scan *s)
{
    bool found = cfn__starts_with(s->p, "&&") || cfn__starts_with(s->p, "||");
    s->p += found ? 2 : 0;
    return found;
}

static void check_regexes(scan *s)
{
    enum { MOST = 2 };
    if (s->regexes > MOST)
        refuse(s, "there are more than two regular expressions",
               "CloudWatch Logs takes two in a pattern of columns or of JSON");
}

static void need_end(scan *s, char close, const char *fault)
{
    if (s->fault)
        return;
    if (*s->p != close) {
        refuse(s, fault, "close what you have opened");
        return;
    }
    s->p++;
    skip_spaces(s);
    if (*s->p)
        refuse(s, "something follows the closing bracket", "a pattern ends with it");
}

/* ---- JSON ---- */

static bool skip_selector(scan *s)
{
    if (*s->p != '$')
        return refuse(s, "a field does not begin with $",
                      "write $.field, as in { $.level = \"error\" }");
    s->p++;
    while (*s->p && !is_space(*s->p) && !strchr("=!<>)&|}", *s->p)) {
        if (*s->p == '[') {
            s->p += strcspn(s->p, "]");
            if (!*s->p)
                return refuse(s, "a bracket is not closed", "write $.list[0]");
        }
        s->p++;
    }
    return true;
}

static bool skip_keyword(scan *s, const char *word)
{
    size_t length = strlen(word);
    skip_spaces(s);
    if (!cfn__starts_with(s->p, word) || cfn__is_alphanumeric(s->p[length]))
        return false;
    s->p += length;
    return true;
}

static bool skip_comparison(scan *s)
{
    static const char *const states[] = {"NULL", "TRUE", "FALSE"};
    if (!skip_selector(s))
        return false;
    if (skip_operator(s))
        return skip_value(s, ")&|}");
    if (skip_keyword(s, "NOT") && skip_keyword(s, "EXISTS"))
        return true;
    if (skip_keyword(s, "IS"))
        for (size_t i = 0; i < sizeof states / sizeof *states; i++)
            if (skip_keyword(s, states[i]))
                return true;
    return refuse(s, "a field is compared with nothing",
                  "write =, !=, <, <=, > or >= and a value, IS NULL, IS TRUE, IS FALSE or NOT "
                  "EXISTS");
}

/* The brackets are counted, so that no depth is too deep. */
static void read_json(scan *s)
{
    size_t depth = 0;
    bool more = true;
    for (s->p++; more && !s->fault;) {
        for (skip_spaces(s); *s->p == '('; skip_spaces(s), depth++)
            s->p++;
        if (!skip_comparison(s))
            return;
        for (skip_spaces(s); *s->p == ')' && depth; skip_spaces(s), depth--)
            s->p++;
        more = skip_connector(s);
    }
    if (depth)
        refuse(s, "a bracket is not closed", "close what you have opened");
    need_end(s, '}', "the pattern does not end with }");
}

/* ---- columns ---- */

static bool is_name(char c)
{
    return cfn__is_alphanumeric(c) || c == '_' || c == '-' || c == '.';
}

static bool skip_condition(scan *s)
{
    skip_spaces(s);
    const char *start = s->p;
    while (is_name(*s->p))
        s->p++;
    if (s->p == start && *s->p != '"' && *s->p != '=' && *s->p != '!' && *s->p != '%')
        return refuse(s, "a column has no name", "name each: [time, level, ...]");
    if (*s->p == '"' || *s->p == '%')
        return skip_value(s, ",])&|");
    return !skip_operator(s) || skip_value(s, ",])&|");
}

static bool skip_column(scan *s)
{
    size_t depth = 0;
    bool more = true;
    while (more) {
        for (skip_spaces(s); *s->p == '('; skip_spaces(s), depth++)
            s->p++;
        if (!skip_condition(s))
            return false;
        for (skip_spaces(s); *s->p == ')' && depth; skip_spaces(s), depth--)
            s->p++;
        more = skip_connector(s);
    }
    return !depth || refuse(s, "a bracket is not closed", "close what you have opened");
}

static void read_columns(scan *s)
{
    size_t rests = 0;
    bool more = true;
    for (s->p++; more && !s->fault;) {
        skip_spaces(s);
        bool rest = cfn__starts_with(s->p, "...");
        if (rest && rests++)
            refuse(s, "... stands there twice", "one stands for all columns that are not named");
        s->p += rest ? strlen("...") : 0;
        if (!rest)
            skip_column(s);
        skip_spaces(s);
        more = *s->p == ',';
        s->p += more;
    }
    need_end(s, ']', "the pattern does not end with ]");
}

bool cfn__filter_pattern_has_column(const char *text, const char *name)
{
    size_t length = strlen(name);
    scan s = {.p = text};
    skip_spaces(&s);
    while (*s.p == '[' || *s.p == ',') {
        for (s.p++; is_space(*s.p) || *s.p == '('; s.p++)
            ;
        if (strncmp(s.p, name, length) == 0 && !is_name(s.p[length]))
            return true;
        if (cfn__starts_with(s.p, "..."))
            s.p += strlen("...");
        else
            skip_column(&s);
        skip_spaces(&s);
    }
    return false;
}

/* ---- any ---- */

cfn__filter_pattern cfn__filter_pattern_read(const char *text)
{
    cfn__filter_pattern pattern = {.kind = CFN__FILTER_TERMS};
    scan s = {.p = text};
    skip_spaces(&s);
    if (!*s.p) {
        pattern.kind = CFN__FILTER_ALL;
    } else if (*s.p == '{') {
        pattern.kind = CFN__FILTER_JSON;
        read_json(&s);
    } else if (*s.p == '[') {
        pattern.kind = CFN__FILTER_COLUMNS;
        read_columns(&s);
    } else {
        read_terms(&s, &pattern);
    }
    if (pattern.kind == CFN__FILTER_JSON || pattern.kind == CFN__FILTER_COLUMNS)
        check_regexes(&s);
    pattern.fault = s.fault;
    pattern.hint = s.hint;
    pattern.at = (size_t)(s.p - text);
    return pattern;
}
