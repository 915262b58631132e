/* What the tests of access share: the tables of a template as lines of text, and questions. */
#ifndef CFN_TESTS_ACCESS_SUPPORT_H
#define CFN_TESTS_ACCESS_SUPPORT_H

#include "../../support/support.h"

#include "access/texts.h"

SUPPORT cfn__access *access_in(fixture *f, const char *yaml)
{
    const cfn_node *root = read_yaml(f, yaml);
    if (!root)
        print_error("%s", cfn_diagnostics_text(f->diagnostics, false));
    assert_non_null(root);
    const cfn_template *tpl = cfn_template_new(f->arena, root, f->diagnostics);
    assert_non_null(tpl);
    cfn__access *access = cfn__access_of(f->arena, tpl);
    assert_non_null(access);
    return access;
}

SUPPORT const char *set_text(fixture *f, const cfn__texts *set, bool is_exceptions)
{
    return cfn__format(f->arena, "%s%s", is_exceptions ? "not " : "",
                       cfn__texts_joined(f->arena, set, ","));
}

/* "holders: Allow principals | actions | resources if condition when conditions" */
SUPPORT const char *statement_text(fixture *f, const cfn__access_statement *s)
{
    static const char *const effects[] = {"Allow", "Deny", "Either"};
    return cfn__format(
        f->arena, "%s: %s %s | %s | %s%s%s%s%s%s%s", cfn__texts_joined(f->arena, &s->holders, ","),
        effects[s->effect], set_text(f, &s->principals, s->not_principals),
        set_text(f, &s->actions, s->not_actions), set_text(f, &s->resources, s->not_resources),
        s->condition ? " if " : "", s->condition ? s->condition : "", s->when ? " when " : "",
        s->when ? s->when : "", s->varies ? " varies" : "", s->opaque ? " opaque" : "");
}

SUPPORT void assert_statements(fixture *f, const char *yaml, const char *expected)
{
    cfn__access *access = access_in(f, yaml);
    const char *found = "";
    for (size_t i = 0; i < access->statement_count; i++)
        found = cfn__format(f->arena, "%s%s%s", found, *found ? "\n" : "",
                            statement_text(f, &access->statements[i]));
    assert_string_equal(found, expected);
}

/* "holder managed|boundary|group policy" */
SUPPORT void assert_attachments(fixture *f, const char *yaml, const char *expected)
{
    static const char *const ties[] = {"managed", "boundary", "group"};
    cfn__access *access = access_in(f, yaml);
    const char *found = "";
    for (size_t i = 0; i < access->attachment_count; i++) {
        const cfn__access_attachment *a = &access->attachments[i];
        found =
            cfn__format(f->arena, "%s%s%s %s %s%s%s", found, *found ? "\n" : "", a->holder,
                        ties[a->tie], a->policy, a->when ? " when " : "", a->when ? a->when : "");
    }
    assert_string_equal(found, expected);
}

/* "group in|out protocol ports peer (first..last)" */
SUPPORT void assert_rules(fixture *f, const char *yaml, const char *expected)
{
    cfn__access *access = access_in(f, yaml);
    const char *found = "";
    for (size_t i = 0; i < access->rule_count; i++) {
        const cfn__access_rule *r = &access->rules[i];
        found = cfn__format(f->arena, "%s%s%s %s %s %s %s (%d..%d)%s%s%s", found,
                            *found ? "\n" : "", r->group, r->egress ? "out" : "in", r->protocol,
                            r->ports, r->peer, (int)r->first, (int)r->last, r->when ? " when " : "",
                            r->when ? r->when : "", r->by_default ? " by default" : "");
    }
    assert_string_equal(found, expected);
}

SUPPORT const char *answer(fixture *f, const char *yaml, const cfn__access_question *question)
{
    static const char *const answers[] = {"denied", "allowed", "conditional", "unknown"};
    return answers[cfn__access_may(access_in(f, yaml), question).answer];
}

#endif
