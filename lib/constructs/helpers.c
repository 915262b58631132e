/* Policy documents, labels and checks that several constructs use. */
#include "base/text.h"
#include "constructs/constructs.h"

#include <string.h>

bool cfn__outlives_the_stack(const cfn__construct *c)
{
    const char *policies[] = {c->attributes->deletion_policy, c->attributes->update_replace_policy};
    for (size_t i = 0; i < CFN__COUNT(policies); i++)
        if (policies[i] && strcmp(policies[i], "Delete") != 0)
            return true;
    return false;
}

cfn_str_map cfn__tags_map(cfn__expansion *x, const cfn__construct *c, const cfn_node *name,
                          cfn_json own)
{
    cfn_node *map = cfn__map(&c->make);
    const cfn_node *list = cfn__tags(x, c, name, own).all.node;
    for (const cfn_node *n = cfn_node_first(list); n; n = cfn_node_next(n))
        cfn__put(map, cfn_node_text(cfn_node_get(n, "Key")),
                 cfn__copy(c->make.arena, cfn_node_get(n, "Value")));
    return (cfn_str_map){.all = cfn_of_node(map)};
}

cfn_node *cfn__service_principal(const cfn__maker *make, const char *service)
{
    return cfn__single(make, "Service", cfn__sub_node(make, service));
}

cfn_node *cfn__statement(const cfn__maker *make, const char *sid, cfn_node *principal,
                         const char *const *actions)
{
    cfn_node *statement = cfn__map(make), *list = cfn__list(make);
    for (const char *const *action = actions; *action; action++)
        cfn__append(list, cfn__string(make, *action));
    cfn__put(statement, "Sid", cfn__string(make, sid));
    cfn__put(statement, "Effect", cfn__string(make, "Allow"));
    cfn__put(statement, "Principal", principal);
    cfn__put(statement, "Action", cfn_node_size(list) == 1 ? cfn__string(make, actions[0]) : list);
    return statement;
}

cfn_node *cfn__policy_document(const cfn__maker *make, cfn_node *statements)
{
    cfn_node *document = cfn__map(make);
    cfn__put(document, "Version", cfn__string(make, "2012-10-17"));
    return cfn__put(document, "Statement", statements);
}

cfn_node *cfn__policy_condition(const cfn__maker *make, const char *operator_name, const char *key,
                                cfn_node *value)
{
    return cfn__single(make, operator_name, cfn__single(make, key, value));
}

cfn_node *cfn__this_account(const cfn__maker *make)
{
    return cfn__policy_condition(make, "StringEquals", "aws:SourceAccount",
                                 cfn__ref_node(make, "AWS::AccountId"));
}

cfn_node *cfn__comma_separated(const cfn__maker *make, const cfn_str_list *list)
{
    cfn_node *items = cfn__str_list_node(make, list);
    const char *text = NULL;
    if (!cfn__is_list(items))
        return items ? cfn__single(make, "Fn::Join", cfn__pair(make, cfn__string(make, ","), items))
                     : NULL;
    for (size_t i = 0; i < list->count; i++) {
        const char *item = cfn__literal(list->items[i]);
        if (!item)
            return cfn__single(make, "Fn::Join", cfn__pair(make, cfn__string(make, ","), items));
        text = text ? cfn__format(make->arena, "%s,%s", text, item) : item;
    }
    return text ? cfn__string(make, cfn__strdup(make->arena, text)) : NULL;
}

static void add_label(cfn__buffer *b, const cfn_node *value)
{
    for (const char *p = value->text ? value->text : ""; *p; p++)
        cfn__buffer_add_char(b, cfn__is_alphanumeric(*p) ? *p : 'x');
    for (const cfn_node *n = value->first; n; n = n->next)
        add_label(b, n);
}

const char *cfn__label(cfn_arena *arena, const cfn_node *value)
{
    enum { LONGEST = 60 };
    cfn__buffer b = {0};
    if (value)
        add_label(&b, value);
    size_t length = b.length;
    const char *text = cfn__buffer_take(&b, arena);
    return length <= LONGEST
               ? text
               : cfn__format(arena, "%.*s%08x", LONGEST - 8, text, cfn__hash(text, strlen(text)));
}

void cfn__check_ec2_id(cfn__expansion *x, const cfn__construct *c, const char *property,
                       cfn_str value, const char *prefix)
{
    const char *text = cfn__literal(value);
    if (!text)
        return;
    const char *digits = text + strlen(prefix);
    size_t count = cfn__starts_with(text, prefix) ? strspn(digits, "0123456789abcdef") : 0;
    if (count >= 8 && count <= 17 && !digits[count])
        return;
    cfn__report_property(x, c, property, CFN2024,
                         "\"%s\" is not an id: one is %s and 8 to 17 "
                         "hexadecimal digits",
                         text, prefix);
    cfn__hint(cfn__expansion_diagnostics(x),
              "a name is not enough; give the id, or a parameter (!Ref) that holds it");
}

void cfn__check_description(cfn__expansion *x, const cfn__construct *c, const char *property,
                            cfn_str value, const char *allowed)
{
    enum { LONGEST = 255 };
    const char *text = cfn__literal(value);
    if (!text)
        return;
    bool good = strlen(text) <= LONGEST;
    for (const char *p = text; *p && good; p++)
        good = cfn__is_alphanumeric(*p) || strchr(allowed, *p);
    if (good)
        return;
    cfn__report_property(x, c, property, CFN4901, "AWS does not take this %s", property);
    cfn__hint(cfn__expansion_diagnostics(x),
              "at most %d characters: letters, digits and %s; no dashes or accents of other "
              "alphabets",
              LONGEST, allowed);
}

void cfn__check_function_name(cfn__expansion *x, const cfn__construct *c, const char *property,
                              cfn_str value)
{
    const char *text = cfn__literal(value), *slash = strrchr(property, '/');
    const cfn_node *attribute = cfn_node_at(cfn_node_get(value.node, "Fn::GetAtt"), 1);
    if (!(text && cfn__starts_with(text, "arn:")) && !cfn__text_is(attribute, "Arn"))
        return;
    cfn__report_property(x, c, property, CFN2024, "%s takes the name of a function, not its ARN",
                         slash ? slash + 1 : property);
    cfn__hint(cfn__expansion_diagnostics(x),
              text ? "the name is what follows :function:" : "write !Ref instead of !GetAtt");
}
