/* Reading and checking patterns. What cannot be used is told before anything is compared, so that a
 * broken pattern never passes. */
#include "assertions/pattern.h"

#include "base/text.h"
#include "read/reader.h"

#include <string.h>

#define PREFIX "Match::"
#define TEXT   .text = true
#define LIST   .list = true
#define MAP    .map = true
#define PLAIN  .text = true, .plain = true
/* In the order of cfn__matcher, from CFN__MATCH_ABSENT on. */
static const cfn__tag tags[] = {
    {"!Absent", PREFIX "Absent", PLAIN},
    {"!Any", PREFIX "Any", PLAIN},
    {"!Not", PREFIX "Not", PLAIN, LIST, MAP},
    {"!Exact", PREFIX "Exact", PLAIN, LIST, MAP},
    {"!ObjectLike", PREFIX "ObjectLike", MAP},
    {"!ObjectEquals", PREFIX "ObjectEquals", MAP},
    {"!ArrayWith", PREFIX "ArrayWith", LIST},
    {"!ArrayWithUnordered", PREFIX "ArrayWithUnordered", LIST},
    {"!ArrayEquals", PREFIX "ArrayEquals", LIST},
    {"!SerializedJson", PREFIX "SerializedJson", PLAIN, LIST, MAP},
    {"!Regex", PREFIX "Regex", TEXT},
    {"!Capture", PREFIX "Capture", TEXT, LIST},
};
enum { COUNT = sizeof tags / sizeof *tags };

#define TWO_TAGS "write the outer one as a mapping: {Match::Not: !Regex ...}"
const cfn__dialect cfn__test_file_dialect = {tags, COUNT, false, TWO_TAGS};
const cfn__dialect cfn__pattern_dialect = {tags, COUNT, true, TWO_TAGS};

static bool has_prefix(const char *key)
{
    return cfn__starts_with(key, PREFIX);
}

cfn__matcher cfn__matcher_of(const cfn_node *node)
{
    if (!cfn__is_map(node) || node->size != 1 || !has_prefix(node->first->key))
        return CFN__MATCH_LITERAL;
    for (int i = 0; i < COUNT; i++)
        if (strcmp(tags[i].function, node->first->key) == 0)
            return (cfn__matcher)(i + 1);
    return CFN__MATCH_LITERAL;
}

const char *cfn__matcher_tag(cfn__matcher matcher)
{
    return matcher == CFN__MATCH_LITERAL ? "a value" : tags[matcher - 1].tag;
}

const char *cfn__capture_name(const cfn_node *capture)
{
    const cfn_node *argument = capture->first;
    return cfn__is_list(argument) ? argument->first->text : argument->text;
}

const cfn_node *cfn__capture_pattern(const cfn_node *capture)
{
    return cfn__is_list(capture->first) ? capture->first->last : NULL;
}

/* --- checking --- */

/* Where a pattern stands: some make no sense in some places. */
typedef enum place { ROOT, MEMBER, ITEM, UNDER_NOT } place;

static bool check(cfn_diagnostics *diagnostics, const cfn_node *pattern, place where);

static void refuse(cfn_diagnostics *diagnostics, const cfn_node *node, const char *message,
                   const char *hint)
{
    cfn__report(diagnostics, CFN6301, node, "%s", message);
    cfn__hint(diagnostics, "%s", hint);
}

static bool check_nothing(cfn_diagnostics *diagnostics, const cfn_node *node, cfn__matcher matcher)
{
    const cfn_node *argument = node->first;
    bool empty = argument->kind == CFN_KIND_NULL || cfn__text_is(argument, "") ||
                 (argument->kind == CFN_KIND_BOOLEAN && strcmp(argument->text, "true") == 0);
    if (!empty) {
        cfn__report(diagnostics, CFN6301, argument, "%s takes nothing", cfn__matcher_tag(matcher));
        cfn__hint(diagnostics, "take out what follows it");
    }
    return empty;
}

static bool check_regex(cfn_diagnostics *diagnostics, const cfn_node *regex)
{
    char why[128];
    size_t offset;
    if (!cfn__is_string(regex)) {
        refuse(diagnostics, regex, "!Regex takes text", "write the regular expression in quotes");
        return false;
    }
    if (cfn__pattern_compiles(regex->text, &offset, why, sizeof why))
        return true;
    cfn__report(diagnostics, CFN6302, regex, "the regular expression is wrong at character %zu: %s",
                offset + 1, why);
    cfn__hint(diagnostics, "expressions are those of Perl (PCRE2)");
    return false;
}

static bool is_name(const cfn_node *node)
{
    return cfn__is_string(node) && node->length > 0;
}

static bool check_capture(cfn_diagnostics *diagnostics, const cfn_node *argument, place where)
{
    bool pair = cfn__is_list(argument) && argument->size == 2;
    if (is_name(argument) || (pair && is_name(argument->first)))
        return !pair || check(diagnostics, argument->last, where);
    refuse(diagnostics, argument, "!Capture takes a name, or a name and a pattern",
           "write !Capture name, or !Capture [name, pattern]");
    return false;
}

static bool check_argument(cfn_diagnostics *diagnostics, const cfn_node *node, place where)
{
    const cfn_node *argument = node->first;
    cfn__matcher matcher = cfn__matcher_of(node);
    const cfn__tag *tag = &tags[matcher - 1];
    switch (matcher) {
    case CFN__MATCH_ABSENT:
    case CFN__MATCH_ANY:
        return check_nothing(diagnostics, node, matcher);
    case CFN__MATCH_REGEX:
        return check_regex(diagnostics, argument);
    case CFN__MATCH_CAPTURE:
        return check_capture(diagnostics, argument, where);
    case CFN__MATCH_NOT:
        return check(diagnostics, argument, where == MEMBER ? UNDER_NOT : where);
    default:
        break;
    }
    if (!cfn__tag_takes(tag, argument->kind)) {
        cfn__report(diagnostics, CFN6301, argument, "%s takes %s, not %s", tag->tag,
                    cfn__tag_wants(tag), cfn__kind_name(argument->kind));
        return false;
    }
    return check(diagnostics, argument, ROOT);
}

/* A map that has a matcher among other members, or one that there is not. */
static bool check_members(cfn_diagnostics *diagnostics, const cfn_node *map)
{
    bool good = true;
    for (const cfn_node *n = map->first; n; n = n->next) {
        if (!has_prefix(n->key)) {
            good &= check(diagnostics, n, MEMBER);
            continue;
        }
        good = false;
        cfn__nearest nearest = cfn__nearest_to(n->key);
        for (int i = 0; i < COUNT; i++)
            cfn__nearest_offer(&nearest, tags[i].function);
        if (nearest.distance == 0) {
            cfn__report_key(diagnostics, CFN6301, n, "%s stands among other keys", n->key);
            cfn__hint(diagnostics, "a matcher is a mapping with one key");
        } else {
            cfn__report_key(diagnostics, CFN6301, n, "there is no matcher %.100s", n->key);
            cfn__hint_nearest(diagnostics, nearest.best);
        }
    }
    return good;
}

static bool check(cfn_diagnostics *diagnostics, const cfn_node *pattern, place where)
{
    cfn__matcher matcher = cfn__matcher_of(pattern);
    bool good = true;
    if (matcher == CFN__MATCH_ABSENT && where != MEMBER && where != UNDER_NOT) {
        refuse(diagnostics, pattern, "!Absent can only stand for the value of a key",
               "what a list or a template as a whole lacks is told by !Not");
        return false;
    }
    if (matcher != CFN__MATCH_LITERAL)
        return check_argument(diagnostics, pattern, where);
    if (cfn__is_map(pattern))
        return check_members(diagnostics, pattern);
    for (const cfn_node *n = cfn_node_first(pattern); n; n = n->next)
        good &= check(diagnostics, n, ITEM);
    return good;
}

bool cfn__check_pattern_tree(cfn_diagnostics *diagnostics, const cfn_node *pattern)
{
    return check(diagnostics, pattern, ROOT);
}

bool cfn__refuse_matchers(cfn_diagnostics *diagnostics, const cfn_node *value, const char *what)
{
    cfn__matcher matcher = cfn__matcher_of(value);
    if (matcher != CFN__MATCH_LITERAL) {
        cfn__report(diagnostics, CFN6301, value, "%s cannot stand in %s", cfn__matcher_tag(matcher),
                    what);
        return false;
    }
    bool good = true;
    for (const cfn_node *n = cfn_node_first(value); n; n = n->next)
        good &= cfn__refuse_matchers(diagnostics, n, what);
    return good;
}

const cfn_node *cfn__read_pattern(cfn_arena *arena, cfn_diagnostics *diagnostics, const char *text)
{
    cfn_node *pattern = cfn__read_dialect(arena, diagnostics, "pattern", text, strlen(text),
                                          CFN_FORMAT_YAML, &cfn__pattern_dialect);
    return pattern && cfn__check_pattern_tree(diagnostics, pattern) ? pattern : NULL;
}
