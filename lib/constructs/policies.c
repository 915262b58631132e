/* Grants to roles, and checks of the statements that users add to policies of keys and topics. */
#include "base/text.h"
#include "constructs/constructs.h"

#include <cfngen/aws/iam.h>

#include <string.h>
#include <strings.h>

/* ---- grants ---- */

/* A policy is attached to roles by their names. */
static void check_role_name(cfn__expansion *x, const cfn__construct *c, const char *property,
                            size_t i, cfn_str role)
{
    const char *text = cfn__literal(role);
    const cfn_node *attribute = cfn_node_at(cfn_node_get(role.node, "Fn::GetAtt"), 1);
    if (!(text && cfn__starts_with(text, "arn:")) && !cfn__text_is(attribute, "Arn"))
        return;
    cfn__report_property(x, c, cfn__format(c->make.arena, "%s/%zu", property, i), CFN2024,
                         "%s takes the name of a role, not its ARN", property);
    cfn__hint(cfn__expansion_diagnostics(x),
              text ? "the name is what follows the last slash" : "write !Ref instead of !GetAtt");
}

void cfn__grant(cfn__expansion *x, cfn__construct *c, const char *property, const char *prefix,
                const cfn_str_list *roles, const cfn_node *statements)
{
    static const cfn__name_rule rule = {"a policy name", 128, "+=,.@_-", false, false};
    cfn_arena *arena = c->make.arena;
    for (size_t i = 0; i < roles->count; i++) {
        cfn_str name = roles->items[i];
        const char *label = cfn__label(arena, cfn__str_node(&c->make, name));
        const char *role = cfn__format(arena, "%s%s", prefix, label);
        cfn_node *document = cfn__policy_document(&c->make, cfn__copy(arena, statements));
        check_role_name(x, c, property, i, name);
        CFN__RESOURCE(
            aws_iam_Policy, x, c, role,
            &(aws_iam_Policy_props){.PolicyDocument = cfn__json_of_node(document),
                                    .PolicyName = cfn_of_node(cfn__name(x, c, role, &rule)),
                                    .Roles = CFN_LIST(name)});
    }
}

/* ---- statements of the user ---- */

/* Whether a text stands somewhere in a value. */
static bool mentions(const cfn_node *value, const char *text)
{
    bool found = value && value->text && strstr(value->text, text);
    for (const cfn_node *n = cfn_node_first(value); n && !found; n = n->next)
        found = mentions(n, text);
    return found;
}

/* A key of a condition, whatever its operator, that tells whose call it is. */
static const cfn_node *source_condition(const cfn_node *statement)
{
    static const char *const keys[] = {"aws:SourceAccount", "aws:SourceArn", "aws:SourceOrgID",
                                       "aws:SourceOrgPaths"};
    const cfn_node *condition = cfn_node_get(statement, "Condition");
    for (const cfn_node *op = cfn_node_first(condition); op; op = op->next)
        for (const cfn_node *n = cfn_node_first(op); n; n = n->next)
            for (size_t i = 0; i < CFN__COUNT(keys); i++)
                if (strcasecmp(n->key, keys[i]) == 0)
                    return n;
    return NULL;
}

/* EventBridge sends none of these keys when it publishes to a topic, so the statement never holds
 * and events are dropped without a word:
 * https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html */
void cfn__check_event_statements(cfn__expansion *x, const cfn__construct *c,
                                 const cfn_json_list *statements)
{
    for (size_t i = 0; i < statements->count; i++) {
        const cfn_node *statement = cfn__json_node(&c->make, statements->items[i]);
        const cfn_node *condition = source_condition(statement);
        const cfn_node *service = cfn_node_get(cfn_node_get(statement, "Principal"), "Service");
        if (!condition || !mentions(service, "events.amazonaws.com") ||
            !cfn__text_is(cfn_node_get(statement, "Effect"), "Allow"))
            continue;
        cfn__report_property(x, c, cfn__format(c->make.arena, "PolicyStatements/%zu", i), CFN4423,
                             "EventBridge does not send %s, so its events would be lost",
                             condition->key);
        cfn__hint(cfn__expansion_diagnostics(x),
                  "leave the condition out; CloudWatch alone may have one");
    }
}
