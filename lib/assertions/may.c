/* "This role may do that", "this role may not". */
#include "assertions/assertions.h"

#include "access/access.h"
#include "base/text.h"

#include <string.h>

static const cfn__access *access_of(cfn_assertions *t)
{
    cfn_diagnostics *diagnostics = t->access ? NULL : cfn_diagnostics_new();
    /* what is wrong with the template otherwise is not asked here */
    cfn_template *tpl = diagnostics ? cfn_template_new(t->arena, t->root, diagnostics) : NULL;
    if (tpl)
        t->access = cfn__access_of(t->arena, tpl);
    cfn_diagnostics_free(diagnostics);
    return t->access;
}

/* Where a statement stands, what it says, and under which conditions. */
static void add_reason(cfn__buffer *out, const cfn__access_reply *reply)
{
    const cfn__access_statement *s = reply->statement;
    if (!s && !reply->attachment) {
        cfn__buffer_add_text(out, "   no statement of the template speaks of it\n");
        return;
    }
    const cfn_node *node = s ? s->node : reply->attachment->node;
    const cfn_resource *resource = s ? s->resource : reply->attachment->resource;
    const char *when = s ? s->when : reply->attachment->when;
    cfn__buffer_format(out, "   %s of %s", s ? "a statement" : "an attached policy", resource->id);
    cfn__render_place(out, node);
    bool sure = reply->answer == CFN__ACCESS_ALLOWED || reply->answer == CFN__ACCESS_DENIED;
    bool denies = s && s->effect == CFN__ACCESS_DENIES;
    cfn__buffer_add_text(out, !sure ? " decides it" : denies ? " denies it" : " allows it");
    if (s && s->condition)
        cfn__buffer_format(out, ", on the condition %s", s->condition);
    if (when)
        cfn__buffer_format(out, ", when %s", when);
    cfn__buffer_add_char(out, '\n');
    if (!s)
        cfn__buffer_format(out, "   what %s allows is not in the template\n",
                           reply->attachment->policy);
}

static const char *answer_name(cfn__access_answer answer)
{
    static const char *const names[] = {
        [CFN__ACCESS_DENIED] = "it may not",
        [CFN__ACCESS_ALLOWED] = "it may",
        [CFN__ACCESS_CONDITIONAL] = "that depends on a condition",
        [CFN__ACCESS_UNKNOWN] = "that depends on what is not in the template",
    };
    return names[answer];
}

static cfn_verdict judge(cfn_assertions *t, const cfn_permission *p, bool may,
                         const cfn__access_reply *reply)
{
    if (reply->answer == (may ? CFN__ACCESS_ALLOWED : CFN__ACCESS_DENIED))
        return cfn__whole(t, (cfn_verdict){.holds = true, .text = ""});
    cfn__buffer out = {0};
    cfn__buffer_format(&out, "Expected that %s%s%s %s %s on %s, but %s:\n",
                       p->principal ? p->principal : "", p->principal ? " with " : "", p->holder,
                       may ? "may" : "may not", p->action, p->resource ? p->resource : "anything",
                       answer_name(reply->answer));
    add_reason(&out, reply);
    return cfn__whole(t, (cfn_verdict){.text = cfn__take_text(t->arena, &out)});
}

/* A question about what there is not, or in words that IAM does not know, has no answer. */
static bool is_askable(cfn_assertions *t, const cfn_permission *p, cfn_verdict *verdict)
{
    const cfn_node *resources = cfn__get(t->root, "Resources");
    const char *colon = p->action ? strchr(p->action, ':') : NULL;
    if (!p->holder || !cfn__get(resources, p->holder)) {
        const char *holder = p->holder ? p->holder : "";
        cfn__nearest nearest = cfn__nearest_to(holder);
        for (const cfn_node *n = cfn_node_first(resources); n; n = n->next)
            if (n->key)
                cfn__nearest_offer(&nearest, n->key);
        *verdict = cfn__undecided(t, "Template has no resource %s%s%s%s", holder,
                                  nearest.best ? "; did you mean " : "",
                                  nearest.best ? nearest.best : "", nearest.best ? "?" : "");
    } else if (!colon || colon == p->action || !colon[1]) {
        *verdict = cfn__undecided(t, "%s is no action; they are written s3:GetObject",
                                  p->action ? p->action : "nothing");
    } else {
        return true;
    }
    return false;
}

/* A text with the names in it worked out, as the template's values are. */
static const char *worked_out(cfn_assertions *t, const char *text)
{
    cfn__maker maker = {.arena = t->arena};
    if (!text || !t->resolver)
        return text;
    const cfn_node *sub =
        cfn__single(&maker, "Fn::Sub", cfn__string(&maker, cfn__strdup(t->arena, text)));
    const cfn_node *value = sub ? cfn__resolved_pattern(t, sub) : NULL;
    return value ? cfn__access_text(t->arena, value) : text;
}

cfn_verdict cfn_assert_permission(cfn_assertions *t, const cfn_permission *asked, bool may)
{
    cfn_verdict verdict;
    if (cfn__cannot_assert(t, &verdict) || !is_askable(t, asked, &verdict))
        return verdict;
    cfn_permission resolved = *asked;
    const cfn_permission *p = &resolved;
    resolved.principal = worked_out(t, asked->principal);
    resolved.resource = worked_out(t, asked->resource);
    const cfn__access *access = access_of(t);
    if (!access || cfn_arena_failed(t->arena))
        return cfn__undecided(t, "memory is out");
    cfn__access_reply reply =
        cfn__access_may(access, &(cfn__access_question){.holder = p->holder,
                                                        .principal = p->principal,
                                                        .action = p->action,
                                                        .resource = p->resource});
    return judge(t, p, may, &reply);
}

cfn_verdict cfn_assert_may(cfn_assertions *t, const char *holder, const char *action,
                           const char *resource)
{
    return cfn_assert_permission(
        t, &(cfn_permission){.holder = holder, .action = action, .resource = resource}, true);
}

cfn_verdict cfn_assert_may_not(cfn_assertions *t, const char *holder, const char *action,
                               const char *resource)
{
    return cfn_assert_permission(
        t, &(cfn_permission){.holder = holder, .action = action, .resource = resource}, false);
}
