/* Rules over several properties: an engine and its versions, what excludes what. */
#include "check/check.h"

#include "base/text.h"

#include <string.h>

/* Where a rule holds: at `path` below the subject. */
typedef struct site {
    const char *path; /* as "SecurityGroupIngress.*"; "": at the subject itself */
    const cfn_schema_value *value;
} site;

static cfn__fit apply(cfn__check *check, site s, cfn__subject subject);

static cfn__fit apply_to_branches(cfn__check *check, site s, cfn__subject subject)
{
    const cfn_node *list = subject.node->first;
    if (!cfn__is_list(list) || list->size != 3 || !cfn__is_string(list->first))
        return CFN__MAY_FIT;
    size_t before = check->assumption_count;
    cfn__fit holds = cfn__holds(check, list->first->text), fit = CFN__FITS;
    for (int yes = 0; yes < 2; yes++) {
        if (holds == (yes ? CFN__UNFIT : CFN__FITS) || !cfn__assume(check, list->first->text, yes))
            continue;
        const cfn_node *branch = yes ? list->first->next : list->last;
        fit = cfn__worse(fit, apply(check, s, cfn__inside(subject, branch)));
        check->assumption_count = before;
    }
    return fit;
}

/* To a member, or to each item. */
static cfn__fit apply_below(cfn__check *check, site s, cfn__subject subject)
{
    size_t length = strcspn(s.path, ".");
    bool each = length == 1 && *s.path == '*';
    site rest = {s.path + length + (s.path[length] == '.'), s.value};
    cfn__fit fit = CFN__FITS;
    if (each != (subject.node->kind == CFN_KIND_LIST) ||
        (!each && subject.node->kind != CFN_KIND_MAP))
        return fit;
    for (const cfn_node *n = subject.node->first; n; n = n->next)
        if (each || (strncmp(n->key, s.path, length) == 0 && !n->key[length]))
            fit = cfn__worse(fit, apply(check, rest, cfn__inside(subject, n)));
    return fit;
}

static cfn__fit apply(cfn__check *check, site s, cfn__subject subject)
{
    if (!*s.path)
        return cfn__examine(check, s.value, subject);
    cfn__function function = cfn__function_of(subject.node);
    if (function == CFN__FN_IF)
        return apply_to_branches(check, s, subject);
    if (function != CFN__FN_NONE)
        return CFN__MAY_FIT;
    return apply_below(check, s, subject);
}

static cfn__fit try_quietly(cfn__check *check, const cfn_schema_cross *cross, cfn__subject subject)
{
    check->quiet++;
    cfn__fit fit = apply(check, (site){cross->path, cross->value}, subject);
    check->quiet--;
    return fit;
}

static bool is_same_rule(const cfn_schema_cross *a, const cfn_schema_cross *b)
{
    return strcmp(a->name, b->name) == 0 && strcmp(a->path, b->path) == 0;
}

/* A rule that differs between regions comes once for each difference. Where the region is not
 * known, what is good in any of them is good. */
static bool is_good_somewhere(cfn__check *check, size_t first, cfn__subject subject, size_t *next)
{
    cfn_schema_cross cross, other;
    bool good = false;
    cfn_schema_cross_at(check->schema, check->type, first, &cross);
    for (*next = first; cfn_schema_cross_at(check->schema, check->type, *next, &other) &&
                        is_same_rule(&cross, &other);
         ++*next)
        good = good || try_quietly(check, &other, subject) != CFN__UNFIT;
    return good;
}

void cfn__check_crosses(cfn__check *check, cfn__subject subject)
{
    cfn_schema_cross cross;
    size_t next;
    for (size_t i = 0; cfn_schema_cross_at(check->schema, check->type, i, &cross); i = next) {
        next = i + 1;
        if (check->region >= 0 && !(cross.regions >> check->region & 1))
            continue;
        if (check->region < 0 && ~cross.regions && is_good_somewhere(check, i, subject, &next))
            continue;
        check->cross = &cross;
        apply(check, (site){cross.path, cross.value}, subject);
        check->cross = NULL;
    }
}
