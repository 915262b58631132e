/* The statements of policy documents.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html */
#include "access/texts.h"

#include "base/text.h"
#include "read/quiet.h"
#include "template/intrinsic.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* ---- principals ---- */

/* The account of "arn:aws:iam::123456789012:root", which IAM takes for the account's number. */
static const char *without_root(cfn_arena *arena, const char *text)
{
    static const char end[] = ":root";
    const char *account = strstr(text, ":iam::");
    if (!account || !cfn__starts_with(text, "arn:") || !cfn__ends_with(text, end))
        return text;
    account += strlen(":iam::");
    return cfn__strndup(arena, account, strlen(account) - strlen(end));
}

static const char *name_aws(cfn_arena *arena, const cfn_node *value)
{
    const char *text = without_root(arena, cfn__access_text(arena, value));
    return strcmp(text, "*") == 0 ? text : cfn__format(arena, "AWS:%s", text);
}

static const char *name_service(cfn_arena *arena, const cfn_node *value)
{
    return cfn__format(arena, "Service:%s", cfn__access_text(arena, value));
}

static const char *name_federated(cfn_arena *arena, const cfn_node *value)
{
    return cfn__format(arena, "Federated:%s", cfn__access_text(arena, value));
}

static const char *name_canonical(cfn_arena *arena, const cfn_node *value)
{
    return cfn__format(arena, "CanonicalUser:%s", cfn__access_text(arena, value));
}

static const struct {
    const char *key;
    cfn__access_naming *naming;
} principal_kinds[] = {
    {"AWS", name_aws},
    {"Service", name_service},
    {"Federated", name_federated},
    {"CanonicalUser", name_canonical},
};

enum { PRINCIPAL_KINDS = sizeof principal_kinds / sizeof *principal_kinds };

static int by_bytes(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* A Principal is a text ("*"), a function, or a map from kinds to texts. */
static cfn__texts principals_of(cfn_arena *arena, const cfn_node *principal, bool *varies)
{
    if (!cfn__is_map(principal) || cfn__is_intrinsic(principal))
        return cfn__access_set(arena, principal, cfn__access_text, false, varies);
    cfn__texts sets[PRINCIPAL_KINDS];
    cfn__texts all = {0};
    size_t count = 0;
    for (size_t i = 0; i < PRINCIPAL_KINDS; i++) {
        sets[i] = cfn__access_set(arena, cfn_node_get(principal, principal_kinds[i].key),
                                  principal_kinds[i].naming, false, varies);
        count += sets[i].count;
    }
    all.items = count ? CFN__NEW_ARRAY(arena, count, const char *) : NULL;
    for (size_t i = 0; all.items && i < PRINCIPAL_KINDS; i++)
        for (size_t k = 0; k < sets[i].count; k++)
            all.items[all.count++] = sets[i].items[k];
    if (all.count)
        qsort(all.items, all.count, sizeof *all.items, by_bytes);
    return all;
}

/* ---- conditions ---- */

/* One line of a condition: operator, key, values. Keys are taken in any letter case. */
static const char *condition_line(cfn_arena *arena, const char *operator_name,
                                  const cfn_node *values, bool *varies)
{
    cfn__texts set = cfn__access_set(arena, values, cfn__access_text, false, varies);
    return cfn__format(arena, "%s %s %s", operator_name, values->key,
                       cfn__texts_joined(arena, &set, " | "));
}

static const char *condition_of(cfn_arena *arena, const cfn_node *condition, bool *varies)
{
    if (!condition || cfn__access_is_no_value(condition))
        return NULL;
    if (!cfn__is_map(condition) || cfn__is_intrinsic(condition))
        return cfn__access_text(arena, condition);
    size_t count = 0;
    for (const cfn_node *n = condition->first; n; n = n->next)
        count += cfn__is_map(n) && !cfn__is_intrinsic(n) ? n->size : 1;
    cfn__texts lines = {count ? CFN__NEW_ARRAY(arena, count, const char *) : NULL, 0};
    for (const cfn_node *n = condition->first; n && lines.items; n = n->next) {
        if (!cfn__is_map(n) || cfn__is_intrinsic(n))
            lines.items[lines.count++] =
                cfn__format(arena, "%s %s", n->key, cfn__access_text(arena, n));
        else
            for (const cfn_node *v = n->first; v; v = v->next)
                lines.items[lines.count++] = condition_line(arena, n->key, v, varies);
    }
    if (!lines.count)
        return NULL;
    qsort(lines.items, lines.count, sizeof *lines.items, by_bytes);
    return cfn__texts_joined(arena, &lines, " and ");
}

/* ---- statements ---- */

static cfn__access_effect effect_of(const cfn_node *effect)
{
    if (cfn__text_is(effect, "Allow"))
        return CFN__ACCESS_ALLOWS;
    return cfn__text_is(effect, "Deny") ? CFN__ACCESS_DENIES : CFN__ACCESS_EITHER;
}

/* The member of that name, or the one that says the opposite. */
static const cfn_node *either(const cfn_node *statement, const char *name, const char *opposite,
                              bool *is_opposite)
{
    const cfn_node *value = cfn_node_get(statement, name);
    *is_opposite = !value && cfn_node_get(statement, opposite);
    return *is_opposite ? cfn_node_get(statement, opposite) : value;
}

static void add_opaque(const cfn__access_walk *walk, const cfn_node *value,
                       const cfn__access_policy *policy)
{
    cfn_arena *arena = walk->access->arena;
    cfn__access_statement statement = {.resource = walk->resource,
                                       .node = value,
                                       .kind = policy->kind,
                                       .effect = CFN__ACCESS_EITHER,
                                       .holders = policy->holders,
                                       .when = walk->when,
                                       .opaque = true};
    statement.resources = cfn__access_single(arena, cfn__access_text(arena, value));
    cfn__access_add_statement(walk->access, &statement);
}

static void read_statement(const cfn__access_walk *walk, const cfn_node *value, const void *context)
{
    const cfn__access_policy *policy = context;
    if (!cfn__is_map(value) || cfn__is_intrinsic(value)) {
        add_opaque(walk, value, policy);
        return;
    }
    cfn_arena *arena = walk->access->arena;
    cfn__access_statement s = {.resource = walk->resource,
                               .node = value,
                               .kind = policy->kind,
                               .effect = effect_of(cfn_node_get(value, "Effect")),
                               .holders = policy->holders,
                               .when = walk->when};
    const cfn_node *principals = either(value, "Principal", "NotPrincipal", &s.not_principals);
    const cfn_node *actions = either(value, "Action", "NotAction", &s.not_actions);
    const cfn_node *resources = either(value, "Resource", "NotResource", &s.not_resources);
    s.principals = principals_of(arena, principals, &s.varies);
    s.actions = cfn__access_set(arena, actions, cfn__access_text, true, &s.varies);
    s.resources = cfn__access_set(arena, resources, cfn__access_text, false, &s.varies);
    s.condition = condition_of(arena, cfn_node_get(value, "Condition"), &s.varies);
    cfn__access_add_statement(walk->access, &s);
}

/* ---- documents ---- */

/* A document may be written as text that holds JSON. */
static const cfn_node *parsed(cfn_arena *arena, const cfn_node *text)
{
    return cfn__read_quietly(arena, text->text, text->length);
}

static void read_document(const cfn__access_walk *walk, const cfn_node *value, const void *context)
{
    const cfn__access_policy *policy = context;
    const cfn_node *document = cfn__is_string(value) ? parsed(walk->access->arena, value) : value;
    if (cfn__is_map(document) && !cfn__is_intrinsic(document))
        cfn__access_each(walk, cfn_node_get(document, "Statement"), read_statement, policy);
    else
        add_opaque(walk, value, policy);
}

void cfn__access_read_policy(const cfn__access_walk *walk, const cfn_node *document,
                             const cfn__access_policy *policy)
{
    cfn__access_each(walk, document, read_document, policy);
}
