/* Patterns: what a value is compared with. A pattern is a tree of nodes in which a matcher, written
 * with a tag such as !Regex, is a map with one member: {"Match::Regex": "..."}. */
#ifndef CFN_ASSERTIONS_PATTERN_H
#define CFN_ASSERTIONS_PATTERN_H

#include "check/pattern.h"
#include "node/node.h"
#include "read/tags.h"

typedef enum cfn__matcher {
    CFN__MATCH_LITERAL, /* no matcher: a value as it is */
    CFN__MATCH_ABSENT,
    CFN__MATCH_ANY,
    CFN__MATCH_NOT,
    CFN__MATCH_EXACT,
    CFN__MATCH_OBJECT_LIKE,
    CFN__MATCH_OBJECT_EQUALS,
    CFN__MATCH_ARRAY_WITH,
    CFN__MATCH_ARRAY_WITH_UNORDERED,
    CFN__MATCH_ARRAY_EQUALS,
    CFN__MATCH_SERIALIZED_JSON,
    CFN__MATCH_REGEX,
    CFN__MATCH_CAPTURE
} cfn__matcher;

/* Documents in which matchers have tags: a mapping with patterns in it, and a pattern. */
extern const cfn__dialect cfn__test_file_dialect, cfn__pattern_dialect;

/* Which matcher a node is; its argument is the only member. */
cfn__matcher cfn__matcher_of(const cfn_node *node);

/* What a matcher is called in messages: "!ArrayWith". */
const char *cfn__matcher_tag(cfn__matcher matcher);

/* The name of a capture, and the pattern of what it captures (NULL: anything). */
const char *cfn__capture_name(const cfn_node *capture);
const cfn_node *cfn__capture_pattern(const cfn_node *capture);

/* Whether a pattern can be used; reports what is wrong with it (CFN6301, CFN6302). */
bool cfn__check_pattern_tree(cfn_diagnostics *diagnostics, const cfn_node *pattern);

/* Reports every matcher in a value that is no pattern, as `what`. */
bool cfn__refuse_matchers(cfn_diagnostics *diagnostics, const cfn_node *value, const char *what);

/* Reads the text of a pattern and checks it; NULL after a report. */
const cfn_node *cfn__read_pattern(cfn_arena *arena, cfn_diagnostics *diagnostics, const char *text);

#endif
