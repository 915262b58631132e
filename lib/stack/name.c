/* Physical names, {logical id}-{environment}-{suffix}, and tags. */
#include "base/text.h"
#include "stack/expansion.h"

#include <ctype.h>
#include <string.h>

/* "AuroraDBCluster" is aurora-db-cluster: a word starts at a capital after a small letter or a
 * digit, and at the last capital of a run that goes on in small letters. */
static const char *in_words(cfn_arena *arena, const char *id)
{
    char *text = cfn__alloc(arena, strlen(id) * 2 + 1), *out = text;
    if (!text)
        return "";
    for (const char *p = id; *p; p++) {
        bool capital = *p >= 'A' && *p <= 'Z';
        bool after_small = p > id && !(p[-1] >= 'A' && p[-1] <= 'Z');
        bool before_small = p[1] >= 'a' && p[1] <= 'z';
        if (capital && p > id && (after_small || before_small))
            *out++ = '-';
        *out++ = capital ? (char)(*p | 0x20) : *p;
    }
    return text;
}

/* Shortens to max characters; the hash keeps apart what the cut would make equal. */
static const char *shortened(cfn_arena *arena, const char *words, size_t max)
{
    enum { HASH = 5 };
    size_t length = strlen(words), keep = max - HASH;
    if (length <= max)
        return words;
    while (keep && words[keep - 1] == '-')
        keep--;
    return cfn__format(arena, "%.*s-%04x", (int)keep, words, cfn__hash(words, length) & 0xffffu);
}

/* "AppDb" and "AppDB" are the same words, and names must differ. */
static void check_free(cfn__expansion *x, const cfn__construct *c, const cfn__name_rule *rule,
                       const char *words, const char *id)
{
    const char *key = cfn__format(x->arena, "%s %s", rule->what, words);
    char *other = cfn__index_get(&x->names, key);
    if (!other)
        cfn__index_put(x->arena, &x->names, key, cfn__strdup(x->arena, id));
    if (!other || strcmp(other, id) == 0)
        return;
    cfn__report_property(x, c, NULL, CFN2012, "%s and %s would have the same name, %s", other, id,
                         words);
    cfn__hint(x->diagnostics, "rename one of the two");
}

cfn_node *cfn__name(cfn__expansion *x, const cfn__construct *c, const char *role,
                    const cfn__name_rule *rule)
{
    enum { SHORTEST = 8 };
    size_t tail = 1 + strlen(x->environment) + 1 + x->suffix_max;
    const char *id = cfn__role_id(x, c, role);
    if (rule->max < tail + SHORTEST) {
        cfn__report(x->diagnostics, CFN2012, c->declared,
                    "%s of %s has no room: environment and suffix take %zu of %zu characters",
                    rule->what, id, tail, rule->max);
        cfn__hint(x->diagnostics, "use a shorter environment or suffix");
        tail = 0;
    }
    if (rule->hyphens_single && !cfn__is_letter(*c->id)) {
        cfn__report_property(x, c, NULL, CFN2012, "%s starts with a letter, and %s does not",
                             rule->what, c->id);
        cfn__hint(x->diagnostics, "rename the construct: the names of its resources begin with it");
    }
    const char *words = shortened(x->arena, in_words(x->arena, id), rule->max - tail);
    check_free(x, c, rule, words, id);
    if (x->suffix)
        return cfn__string(&c->make,
                           cfn__format(x->arena, "%s-%s-%s", words, x->environment, x->suffix));
    x->suffix_used = true;
    return cfn__sub_node(
        &c->make, cfn__format(x->arena, "%s-%s-${EnvironmentSuffix}", words, x->environment));
}

static const char *fault_of(const char *name, const cfn__name_rule *rule)
{
    size_t length = strlen(name);
    if (!length)
        return "is empty";
    if (length > rule->max)
        return "is too long";
    for (const char *p = name; *p; p++) {
        if (!cfn__is_alphanumeric(*p) && *p != '-' && !strchr(rule->special, *p))
            return "has a character that is not allowed";
        if (rule->hyphens_single && *p == '-' && p[1] == '-')
            return "has two hyphens together";
    }
    for (const char *p = name; *p && rule->lower_case; p++)
        if (*p >= 'A' && *p <= 'Z')
            return "has capitals, which would be stored as small letters";
    if (rule->hyphens_single && (!cfn__is_letter(name[0]) || name[length - 1] == '-'))
        return "must start with a letter and not end with a hyphen";
    return NULL;
}

cfn_node *cfn__name_or(cfn__expansion *x, const cfn__construct *c, cfn_str own,
                       const char *property, const char *role, const cfn__name_rule *rule)
{
    if (!cfn__is_set(own))
        return cfn__name(x, c, role, rule);
    const char *text = cfn__literal(own), *fault = text ? fault_of(text, rule) : NULL;
    if (fault) {
        cfn__report_property(x, c, property, CFN2012, "as %s, \"%s\" %s", rule->what, text, fault);
        cfn__hint(x->diagnostics, "at most %zu letters, digits and hyphens%s%s%s; or leave %s out",
                  rule->max, *rule->special ? " or any of " : "", rule->special,
                  rule->hyphens_single ? ", a letter first, no two hyphens together" : "",
                  property);
    }
    return cfn__str_node(&c->make, own);
}

static void put_tag(const cfn__maker *make, cfn_node *tags, const char *key, cfn_node *value)
{
    for (cfn_node *tag = tags ? tags->first : NULL; tag; tag = tag->next) {
        if (cfn__text_is(cfn_node_get(tag, "Key"), key)) {
            cfn__set(tag, "Value", value);
            return;
        }
    }
    cfn_node *tag = cfn__single(make, "Key", cfn__string(make, key));
    cfn__append(tags, cfn__put(tag, "Value", value));
}

static void put_tags(cfn__expansion *x, const cfn__maker *make, cfn_node *list,
                     const cfn_node *tags)
{
    enum { MOST = 50 }; /* https://docs.aws.amazon.com/tag-editor/latest/userguide/tagging.html */
    if (cfn_node_size(tags) > MOST) {
        cfn__report(x->diagnostics, CFN2023, tags, "a resource has %d tags at most", MOST);
        return;
    }
    for (const cfn_node *n = cfn_node_first(tags); n; n = n->next) {
        cfn_node *value = cfn__copy(x->arena, n);
        if (strncmp(n->key, "aws:", 4) == 0) {
            cfn__report_key(x->diagnostics, CFN2023, n, "tags that start with aws: are AWS's own");
            continue;
        }
        if (n->kind == CFN_KIND_LIST || n->kind == CFN_KIND_NULL) {
            cfn__report(x->diagnostics, CFN2023, n, "the tag %s must be a string, not %s", n->key,
                        cfn__kind_name(n->kind));
            continue;
        }
        if (value && n->text)
            value->kind = CFN_KIND_STRING; /* a tag's value is text: 42 is "42" */
        put_tag(make, list, n->key, value);
    }
}

cfn_tag_list cfn__tags(cfn__expansion *x, const cfn__construct *c, const cfn_node *name,
                       cfn_json own)
{
    cfn_node *tags = cfn__list(&c->make);
    if (name)
        put_tag(&c->make, tags, "Name", cfn__copy(x->arena, name));
    put_tag(&c->make, tags, "Environment", cfn__string(&c->make, x->environment));
    put_tags(x, &c->make, tags, x->tags);
    put_tags(x, &c->make, tags, own.expression.node);
    return (cfn_tag_list){.all = cfn_of_node(tags)};
}
