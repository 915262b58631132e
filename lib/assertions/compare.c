/* Comparing values, maps and what matchers say. Every part of a pattern that is not met counts, so
 * that the nearest of several candidates can be told. */
#include "assertions/assertions.h"

#include "base/text.h"
#include "template/intrinsic.h"
#include "write/write.h"

#include <stdlib.h>
#include <string.h>

enum { LONGEST_SHOWN = 100, FIRST_CAPTURES = 8 };

/* --- what is noted --- */

size_t cfn__differs(cfn__comparison *c, size_t cost, const cfn_node *at, bool inside,
                    const char *format, ...)
{
    if (!c->recording)
        return cost;
    if (c->mismatch_count == CFN__MOST_MISMATCHES) {
        c->left_out++;
        return cost;
    }
    va_list arguments;
    va_start(arguments, format);
    c->mismatches[c->mismatch_count++] =
        (cfn__mismatch){at, inside, cfn__vformat(c->arena, format, arguments)};
    va_end(arguments);
    return cost;
}

bool cfn__goes_on(cfn__comparison *c, size_t amount)
{
    if (amount >= c->effort && !c->broken)
        c->broken = "the pattern takes too long to compare";
    c->effort -= amount < c->effort ? amount : c->effort;
    return !c->broken;
}

size_t cfn__weight(cfn__comparison *c, const cfn_node *pattern)
{
    size_t weight = 1;
    for (const cfn_node *n = cfn_node_first(pattern); n && cfn__goes_on(c, 1); n = n->next)
        weight += cfn__weight(c, n);
    return weight;
}

/* Whether the JSON of a value is short; stops when it is not. */
static bool is_short(const cfn_node *value, size_t *room)
{
    size_t length = (value->key ? strlen(value->key) + 4 : 0) + value->length + 2;
    if (length > *room)
        return false;
    *room -= length;
    for (const cfn_node *n = value->first; n; n = n->next)
        if (!is_short(n, room))
            return false;
    return true;
}

/* A text as it is; as JSON when lines would break, or a terminal would act on it. */
static const char *text_shown(cfn_arena *arena, const char *text, size_t all)
{
    size_t length = 0, step = 1;
    bool plain = true;
    while (length < LONGEST_SHOWN && length < all && step) {
        plain &= (unsigned char)text[length] >= ' ' && text[length] != 0x7f;
        step = cfn__utf8_length(text + length, all - length);
        length += step;
    }
    const char *more = length < all ? "..." : "";
    if (plain)
        return cfn__format(arena, "%.*s%s", (int)length, text, more);
    cfn__buffer buffer = {0};
    cfn__buffer_add_json_string(&buffer, text, length);
    cfn__buffer_add_text(&buffer, more);
    return cfn__take_text(arena, &buffer);
}

const char *cfn__value_shown(cfn_arena *arena, const cfn_node *value)
{
    size_t room = LONGEST_SHOWN;
    if (cfn__is_string(value) && value->text)
        return text_shown(arena, value->text, value->length);
    if (!is_short(value, &room))
        return cfn__kind_name(value->kind);
    cfn__buffer buffer = {0};
    cfn__write_json(&buffer, value, true);
    if (buffer.length)
        buffer.length--; /* the newline */
    return cfn__take_text(arena, &buffer);
}

static void capture(cfn__comparison *c, const cfn_node *pattern, const cfn_node *value)
{
    if (c->capture_count == c->capture_capacity) {
        size_t capacity = c->capture_capacity ? c->capture_capacity * 2 : FIRST_CAPTURES;
        cfn_capture *larger = CFN__NEW_ARRAY(c->arena, capacity, cfn_capture);
        if (!larger)
            return;
        if (c->capture_count)
            memcpy(larger, c->captures, c->capture_count * sizeof *larger);
        c->captures = larger;
        c->capture_capacity = capacity;
    }
    c->captures[c->capture_count++] = (cfn_capture){cfn__capture_name(pattern), value};
}

size_t cfn__try(cfn__comparison *c, const cfn_node *pattern, const cfn_node *value, cfn__mood mood)
{
    bool recording = c->recording;
    size_t captured = c->capture_count;
    c->recording = false;
    size_t cost = cfn__pattern_compare(c, pattern, value, mood);
    c->recording = recording;
    if (cost)
        c->capture_count = captured;
    return cost;
}

/* --- scalars --- */

static bool is_integer(const cfn_node *number)
{
    return !strpbrk(number->text, ".eE");
}

static bool is_same_text(const cfn_node *a, const cfn_node *b)
{
    return a->length == b->length && memcmp(a->text, b->text, a->length) == 0;
}

static bool is_same_scalar(const cfn__comparison *c, const cfn_node *a, const cfn_node *b)
{
    bool numbers = a->kind == CFN_KIND_NUMBER && b->kind == CFN_KIND_NUMBER;
    bool nulls = a->kind == CFN_KIND_NULL || b->kind == CFN_KIND_NULL;
    if (a->kind != b->kind && (!c->loose || nulls))
        return false;
    if (numbers && !(is_integer(a) && is_integer(b)))
        return strtod(a->text, NULL) == strtod(b->text, NULL);
    return is_same_text(a, b);
}

static size_t compare_scalar(cfn__comparison *c, const cfn_node *pattern, const cfn_node *value)
{
    if (value->text && is_same_scalar(c, pattern, value))
        return 0;
    if (!c->recording)
        return 1;
    const char *expected = cfn__value_shown(c->arena, pattern);
    const char *received = cfn__value_shown(c->arena, value);
    if (value->kind == pattern->kind || !value->text)
        return cfn__differs(c, 1, value, false, "Expected %s but received %s", expected, received);
    return cfn__differs(c, 1, value, false, "Expected %s (%s) but received %s (%s)", expected,
                        cfn__kind_name(pattern->kind), received, cfn__kind_name(value->kind));
}

/* --- maps --- */

static size_t miss_key(cfn__comparison *c, const cfn_node *member, const cfn_node *map)
{
    size_t cost = cfn__weight(c, member);
    if (!c->recording)
        return cost;
    cfn__nearest nearest = cfn__nearest_to(member->key);
    for (const cfn_node *n = map->first; n && cfn__goes_on(c, 8); n = n->next)
        cfn__nearest_offer(&nearest, n->key);
    if (nearest.best && nearest.distance)
        return cfn__differs(c, cost, map, true, "Missing key '%s'; did you mean %s?", member->key,
                            nearest.best);
    return cfn__differs(c, cost, map, true, "Missing key '%s'", member->key);
}

/* A.B and [A, B] are the same to Fn::GetAtt. */
static bool is_same_get_att(cfn__comparison *c, const cfn_node *a, const cfn_node *b)
{
    const char *a_id, *a_name, *b_id, *b_name;
    return cfn__function_of(a) == CFN__FN_GET_ATT && cfn__function_of(b) == CFN__FN_GET_ATT &&
           cfn__get_att_target(c->arena, a, &a_id, &a_name) &&
           cfn__get_att_target(c->arena, b, &b_id, &b_name) && strcmp(a_id, b_id) == 0 &&
           strcmp(a_name, b_name) == 0;
}

static bool is_no_value(const cfn_node *node)
{
    return cfn__function_of(node) == CFN__FN_REF && cfn__text_is(node->first, "AWS::NoValue");
}

static bool is_absent(const cfn_node *pattern)
{
    if (is_no_value(pattern))
        return true;
    if (cfn__matcher_of(pattern) != CFN__MATCH_CAPTURE)
        return cfn__matcher_of(pattern) == CFN__MATCH_ABSENT;
    const cfn_node *inner = cfn__capture_pattern(pattern);
    return inner && is_absent(inner);
}

static size_t compare_map(cfn__comparison *c, const cfn_node *pattern, const cfn_node *value,
                          cfn__mood mood, bool literal)
{
    if (!cfn__is_map(value))
        return cfn__differs(c, cfn__weight(c, pattern), value, false,
                            "Expected a mapping but received %s",
                            c->recording ? cfn__value_shown(c->arena, value) : "");
    if (is_same_get_att(c, pattern, value))
        return 0;
    size_t cost = 0;
    const cfn_node *next = value->first;
    for (const cfn_node *n = pattern->first; n && cfn__goes_on(c, 1); n = n->next) {
        /* usually both have the same order */
        const cfn_node *member = next;
        if (!member || strcmp(member->key, n->key) != 0) {
            cfn__goes_on(c, value->size);
            member = cfn__get(value, n->key);
        }
        next = member ? member->next : next;
        if (!member)
            cost += !literal && is_absent(n) ? 0 : miss_key(c, n, value);
        else
            cost += (literal ? cfn__compare_literal : cfn__pattern_compare)(c, n, member, mood);
    }
    for (const cfn_node *n = mood == CFN__EXACT ? value->first : NULL; n; n = n->next)
        if (cfn__goes_on(c, pattern->size + 1) && !cfn__get(pattern, n->key))
            cost += cfn__differs(c, 1, n, false, "Unexpected key %s", n->key);
    return cost;
}

/* --- matchers --- */

static size_t compare_absent(cfn__comparison *c, const cfn_node *value)
{
    if (is_no_value(value))
        return 0;
    if (!c->recording)
        return 1;
    return cfn__differs(c, 1, value, false, "Received %s, but key should be absent",
                        cfn__value_shown(c->arena, value));
}

static size_t compare_not(cfn__comparison *c, const cfn_node *pattern, const cfn_node *value,
                          cfn__mood mood)
{
    size_t captured = c->capture_count, cost = cfn__try(c, pattern, value, mood);
    c->capture_count = captured;
    if (cost)
        return 0;
    return cfn__differs(c, 1, value, false, "Found unexpected match: %s",
                        c->recording ? cfn__value_shown(c->arena, value) : "");
}

static size_t compare_regex(cfn__comparison *c, const cfn_node *regex, const cfn_node *value)
{
    bool text = cfn__is_string(value) || (c->loose && value->text);
    const char *shown = c->recording ? cfn__value_shown(c->arena, value) : "";
    if (!text)
        return cfn__differs(c, 1, value, false, "Expected a string but received %s", shown);
    cfn__goes_on(c, 16 + value->length);
    switch (cfn__match_pattern(c->regexes, regex->text, value->text, value->length)) {
    case CFN__MATCHES:
        return 0;
    case CFN__MATCHES_NOT:
        return cfn__differs(c, 1, value, false, "String '%s' did not match pattern '%s'", shown,
                            regex->text);
    default:
        c->broken = cfn__format(c->arena, "the expression '%.200s' takes too long", regex->text);
        return 1;
    }
}

static size_t compare_json(cfn__comparison *c, const cfn_node *pattern, const cfn_node *value,
                           cfn__mood mood)
{
    const cfn_node *json = cfn__unfold(c, value);
    if (json)
        return cfn__pattern_compare(c, pattern, json, mood);
    return cfn__differs(c, cfn__weight(c, pattern), value, false,
                        cfn__is_string(value) ? "Invalid JSON string: %s"
                                              : "Expected JSON as a string but found %s",
                        c->recording ? cfn__value_shown(c->arena, value) : "");
}

static size_t compare_capture(cfn__comparison *c, const cfn_node *pattern, const cfn_node *value,
                              cfn__mood mood)
{
    const cfn_node *inner = cfn__capture_pattern(pattern);
    size_t cost = inner ? cfn__pattern_compare(c, inner, value, mood) : 0;
    if (!cost)
        capture(c, pattern, value);
    return cost;
}

size_t cfn__compare_literal(cfn__comparison *c, const cfn_node *pattern, const cfn_node *value,
                            cfn__mood mood)
{
    if (!cfn__goes_on(c, 1))
        return 1;
    if (cfn__is_map(pattern))
        return compare_map(c, pattern, value, mood, true);
    if (cfn__is_list(pattern))
        return cfn__compare_items(c, pattern, value, mood, true);
    return compare_scalar(c, pattern, value);
}

size_t cfn__pattern_compare(cfn__comparison *c, const cfn_node *pattern, const cfn_node *value,
                            cfn__mood mood)
{
    if (!cfn__goes_on(c, 1))
        return 1;
    cfn__matcher matcher = cfn__matcher_of(pattern);
    const cfn_node *argument = cfn_node_first(pattern);
    switch (matcher) {
    case CFN__MATCH_LITERAL:
        break;
    case CFN__MATCH_ABSENT:
        return compare_absent(c, value);
    case CFN__MATCH_ANY:
        return value->kind != CFN_KIND_NULL
                   ? 0
                   : cfn__differs(c, 1, value, false, "Expected a value but found none");
    case CFN__MATCH_NOT:
        return compare_not(c, argument, value, mood);
    case CFN__MATCH_EXACT:
    case CFN__MATCH_OBJECT_EQUALS:
    case CFN__MATCH_ARRAY_EQUALS:
        return cfn__pattern_compare(c, argument, value, CFN__EXACT);
    case CFN__MATCH_OBJECT_LIKE:
        return cfn__pattern_compare(c, argument, value, CFN__PARTIAL);
    case CFN__MATCH_ARRAY_WITH:
        return cfn__compare_some_items(c, argument, value, mood);
    case CFN__MATCH_ARRAY_WITH_UNORDERED:
        return cfn__compare_unordered(c, argument, value, mood);
    case CFN__MATCH_SERIALIZED_JSON:
        return compare_json(c, argument, value, mood);
    case CFN__MATCH_REGEX:
        return compare_regex(c, argument, value);
    case CFN__MATCH_CAPTURE:
        return compare_capture(c, pattern, value, mood);
    }
    if (cfn__is_map(pattern))
        return compare_map(c, pattern, value, mood, false);
    if (cfn__is_list(pattern))
        return cfn__compare_items(c, pattern, value, mood, false);
    return compare_scalar(c, pattern, value);
}
