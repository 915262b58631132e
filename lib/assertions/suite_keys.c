/* Mappings with known keys in a test file. */
#include "assertions/suite.h"

#include "base/text.h"

#include <string.h>

static unsigned taken_as(const cfn_node *value)
{
    static const unsigned kinds[] = {
        [CFN_KIND_NULL] = 0,
        [CFN_KIND_BOOLEAN] = CFN__KEY_TRUTH,
        [CFN_KIND_NUMBER] = CFN__KEY_NUMBER,
        [CFN_KIND_STRING] = CFN__KEY_TEXT,
        [CFN_KIND_LIST] = CFN__KEY_LIST,
        [CFN_KIND_MAP] = CFN__KEY_MAP,
    };
    return kinds[value->kind] | CFN__KEY_ANYTHING;
}

static const char *kinds_named(unsigned takes)
{
    static const struct {
        unsigned takes;
        const char *name;
    } names[] = {{CFN__KEY_TEXT, "text"},
                 {CFN__KEY_NUMBER, "a number"},
                 {CFN__KEY_TRUTH, "true or false"},
                 {CFN__KEY_LIST, "a list"},
                 {CFN__KEY_MAP, "a mapping"},
                 {CFN__KEY_LIST | CFN__KEY_MAP, "a mapping or a list of them"},
                 {CFN__KEY_TEXT | CFN__KEY_MAP, "text, or a function such as !Ref"}};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (names[i].takes == (takes & ~(unsigned)CFN__KEY_REQUIRED))
            return names[i].name;
    return "another kind of value";
}

static bool check_kind(cfn_diagnostics *diagnostics, const cfn_node *member, const cfn__key *key)
{
    if (!(taken_as(member) & key->takes)) {
        cfn__report(diagnostics, CFN6305, member, "%s takes %s, not %s", key->name,
                    kinds_named(key->takes), cfn__kind_name(member->kind));
        return false;
    }
    bool pattern = key->takes & CFN__KEY_ANYTHING;
    return pattern || cfn__is_list(member) || cfn__matcher_of(member) == CFN__MATCH_LITERAL ||
           cfn__refuse_matchers(diagnostics, member, key->name);
}

static size_t index_of(const cfn__key *keys, size_t count, const char *name)
{
    size_t i = 0;
    while (i < count && strcmp(keys[i].name, name) != 0)
        i++;
    return i;
}

static void report_unknown(cfn_diagnostics *diagnostics, const cfn_node *member,
                           const cfn__key *keys, size_t count, const char *what)
{
    cfn__nearest nearest = cfn__nearest_to(member->key);
    for (size_t i = 0; i < count; i++)
        cfn__nearest_offer(&nearest, keys[i].name);
    cfn__report_key(diagnostics, CFN6303, member, "%s takes no key %.100s", what, member->key);
    cfn__hint_nearest(diagnostics, nearest.best);
}

bool cfn__read_keys(cfn_diagnostics *diagnostics, const cfn_node *map, const cfn__key *keys,
                    size_t count, const char *what, const cfn_node **found)
{
    bool good = true;
    memset(found, 0, count * sizeof *found);
    if (!cfn__is_map(map) || cfn__matcher_of(map) != CFN__MATCH_LITERAL) {
        cfn__report(diagnostics, CFN6305, map, "%s is a mapping, not %s", what,
                    cfn__is_map(map) ? "a pattern" : cfn__kind_name(cfn_node_kind(map)));
        return false;
    }
    for (const cfn_node *n = map->first; n; n = n->next) {
        size_t i = index_of(keys, count, n->key);
        if (i < count && check_kind(diagnostics, n, &keys[i])) {
            found[i] = n;
            continue;
        }
        good = false;
        if (i == count)
            report_unknown(diagnostics, n, keys, count, what);
    }
    for (size_t i = 0; i < count; i++)
        if (keys[i].takes & CFN__KEY_REQUIRED && !found[i] && !cfn__get(map, keys[i].name)) {
            cfn__report(diagnostics, CFN6304, map, "%s lacks the key %s", what, keys[i].name);
            good = false;
        }
    return good;
}
