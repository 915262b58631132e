/* "May this role do that?": evaluating statements as IAM does. */
#include "access/texts.h"

#include "base/text.h"
#include "template/template.h"

#include <string.h>

/* What one statement says of a question. Ordered: the surest of several counts. */
typedef enum certainty {
    SILENT,
    UNSURE,    /* it depends on what is known only at the deployment */
    CONDITION, /* it depends on a condition */
    SURE
} certainty;

typedef struct asked {
    const cfn__access *access;
    const cfn__access_question *question;
    cfn__index names;   /* of the holder, its managed policies and its groups */
    const char *holder; /* its id, when what names it in any way counts; or NULL */
} asked;

/* ---- what is meant ---- */

/* The id in a text that begins with ${Id} or ${Id.Attribute}; `rest` is what follows. */
static const char *leading_id(const cfn__access *access, const char *text, const char **rest)
{
    size_t length = cfn__starts_with(text, "${") ? strcspn(text + 2, ".}") : 0;
    const char *close = length ? strchr(text, '}') : NULL;
    if (!close)
        return NULL;
    *rest = close + 1;
    const cfn__slot *slot = cfn__find_entry(access->tpl, CFN_SECTION_RESOURCES, text + 2, length);
    return slot ? slot->node->key : NULL;
}

/* Whether what follows the name of a thing ends it, so that two things differ there. */
static bool ends_name(const char *rest)
{
    return !*rest || *rest == '/' || *rest == ':';
}

/* Two resources of one template are never the same thing. */
static bool speak_of_others(const cfn__access *access, const char *pattern, const char *text)
{
    const char *after_pattern = NULL, *after_text = NULL;
    const char *a = leading_id(access, pattern, &after_pattern);
    const char *b = leading_id(access, text, &after_text);
    return a && b && strcmp(a, b) != 0 && ends_name(after_pattern) && ends_name(after_text);
}

/* Whether a text names a resource: by Ref, an ARN among its attributes, or an ARN ending in it. */
static bool names_resource(const char *text, const char *id)
{
    size_t length = strlen(id);
    const char *open = text;
    for (const char *next = strstr(text, "${"); next; next = strstr(next + 2, "${"))
        open = next;
    if (strncmp(open, "${", 2) != 0 || strncmp(open + 2, id, length) != 0)
        return false;
    const char *rest = open + 2 + length;
    bool is_arn = cfn__starts_with(text, "arn:");
    if (strcmp(rest, "}") == 0)
        return open == text || is_arn;
    return open == text && *rest == '.' &&
           (cfn__ends_with(rest, "Arn}") || strcmp(rest, ".GroupId}") == 0);
}

static cfn__match resource_matches(const asked *a, const char *pattern, const char *resource)
{
    cfn__match match = cfn__access_matches(pattern, resource, false);
    if (match != CFN__MATCH_MAYBE)
        return match;
    const char *rest = NULL;
    const char *id = leading_id(a->access, resource, &rest);
    if (id && !*rest && names_resource(pattern, id))
        return CFN__MATCH_YES;
    return speak_of_others(a->access, pattern, resource) ? CFN__MATCH_NO : CFN__MATCH_MAYBE;
}

static cfn__match action_matches(const asked *a, const char *pattern, const char *action)
{
    (void)a;
    return cfn__access_matches(pattern, action, true);
}

static cfn__match principal_matches(const asked *a, const char *pattern, const char *principal)
{
    (void)a;
    return cfn__access_matches(pattern, principal, false);
}

typedef cfn__match matcher(const asked *a, const char *pattern, const char *text);

static cfn__match set_matches(const asked *a, const cfn__texts *set, bool is_exceptions,
                              const char *text, matcher *matches)
{
    cfn__match best = CFN__MATCH_NO;
    for (size_t i = 0; i < set->count && best != CFN__MATCH_YES; i++) {
        cfn__match match = matches(a, set->items[i], text);
        best = match > best ? match : best;
    }
    return is_exceptions ? (cfn__match)(CFN__MATCH_YES - best) : best;
}

/* ---- statements ---- */

static bool is_holder(const asked *a, const char *text)
{
    return cfn__index_get(&a->names, text) || (a->holder && names_resource(text, a->holder));
}

static bool is_asked(const asked *a, const cfn__access_statement *s)
{
    if ((s->kind == CFN__ACCESS_IDENTITY) != !a->question->principal)
        return false;
    for (size_t i = 0; i < s->holders.count; i++)
        if (is_holder(a, s->holders.items[i]))
            return true;
    return false;
}

static certainty grade_of(const asked *a, const cfn__access_statement *s)
{
    const cfn__access_question *q = a->question;
    if (s->opaque)
        return UNSURE;
    cfn__match match = set_matches(a, &s->actions, s->not_actions, q->action, action_matches);
    if (match != CFN__MATCH_NO && q->principal) {
        cfn__match whose =
            set_matches(a, &s->principals, s->not_principals, q->principal, principal_matches);
        match = whose < match ? whose : match;
    }
    if (match != CFN__MATCH_NO && q->resource && (s->resources.count || s->not_resources)) {
        cfn__match what =
            set_matches(a, &s->resources, s->not_resources, q->resource, resource_matches);
        match = what < match ? what : match;
    }
    if (match != CFN__MATCH_YES)
        return match == CFN__MATCH_NO ? SILENT : UNSURE;
    if (s->effect == CFN__ACCESS_EITHER)
        return UNSURE;
    return s->condition || s->when || s->varies ? CONDITION : SURE;
}

typedef struct finding {
    certainty grade;
    const cfn__access_statement *statement;
} finding;

static void find(finding *best, certainty grade, const cfn__access_statement *statement)
{
    if (grade > best->grade)
        *best = (finding){grade, statement};
}

static cfn__access_reply weigh(finding allow, finding deny)
{
    static const cfn__access_answer answers[] = {
        [SILENT] = CFN__ACCESS_DENIED,
        [UNSURE] = CFN__ACCESS_UNKNOWN,
        [CONDITION] = CFN__ACCESS_CONDITIONAL,
        [SURE] = CFN__ACCESS_ALLOWED,
    };
    if (deny.grade == SURE)
        return (cfn__access_reply){CFN__ACCESS_DENIED, deny.statement, NULL};
    if (allow.grade <= UNSURE || deny.grade == SILENT)
        return (cfn__access_reply){answers[allow.grade], allow.statement, NULL};
    return (cfn__access_reply){answers[deny.grade], deny.statement, NULL};
}

static cfn__access_reply ask(const asked *a)
{
    finding allow = {SILENT, NULL}, deny = {SILENT, NULL};
    for (size_t i = 0; i < a->access->statement_count; i++) {
        const cfn__access_statement *s = &a->access->statements[i];
        if (!is_asked(a, s))
            continue;
        certainty grade = grade_of(a, s);
        if (s->effect != CFN__ACCESS_DENIES)
            find(&allow, grade, s);
        if (s->effect != CFN__ACCESS_ALLOWS)
            find(&deny, grade, s);
    }
    return weigh(allow, deny);
}

/* ---- who is asked ---- */

/* Properties by which resources can be named instead of by their Ref. */
static const char *const name_properties[] = {"RoleName",  "UserName",  "GroupName",   "BucketName",
                                              "TopicName", "QueueName", "FunctionName"};

static void add_name(asked *a, const char *name)
{
    cfn__index_put(a->access->arena, &a->names, name, (void *)name);
}

/* Adds the managed policies and groups of those that are there already. The one that is not in the
 * template, so that nobody knows what it allows, goes to `unknown`. */
static void add_tied(asked *a, const cfn__access_attachment **unknown)
{
    for (size_t i = 0; i < a->access->attachment_count; i++) {
        const cfn__access_attachment *tie = &a->access->attachments[i];
        if (tie->tie == CFN__ACCESS_BOUNDARY || !is_holder(a, tie->holder))
            continue;
        const char *rest = NULL;
        if (leading_id(a->access, tie->policy, &rest) && !*rest)
            add_name(a, tie->policy);
        else
            *unknown = tie;
    }
}

static cfn__access_reply worse(cfn__access_reply a, cfn__access_reply b)
{
    static const int badness[] = {[CFN__ACCESS_ALLOWED] = 0,
                                  [CFN__ACCESS_CONDITIONAL] = 1,
                                  [CFN__ACCESS_UNKNOWN] = 2,
                                  [CFN__ACCESS_DENIED] = 3};
    return badness[b.answer] > badness[a.answer] ? b : a;
}

/* What a boundary lets through of an answer. */
static cfn__access_reply within(const asked *a, cfn__access_reply reply)
{
    for (size_t i = 0; i < a->access->attachment_count; i++) {
        const cfn__access_attachment *tie = &a->access->attachments[i];
        if (tie->tie != CFN__ACCESS_BOUNDARY || !is_holder(a, tie->holder))
            continue;
        const char *rest = NULL;
        cfn__access_reply most = {CFN__ACCESS_UNKNOWN, NULL, tie};
        if (leading_id(a->access, tie->policy, &rest) && !*rest) {
            asked boundary = {.access = a->access, .question = a->question};
            add_name(&boundary, tie->policy);
            most = ask(&boundary);
            most.attachment = tie;
        }
        reply = worse(reply, most);
    }
    return reply;
}

cfn__access_reply cfn__access_may(const cfn__access *access, const cfn__access_question *question)
{
    cfn__arena_mark mark = cfn__mark(access->arena);
    asked a = {.access = access, .question = question, .holder = question->holder};
    const cfn_resource *resource = cfn_template_resource(access->tpl, question->holder);
    const cfn__access_attachment *unknown = NULL;
    add_name(&a, cfn__format(access->arena, "${%s}", question->holder));
    for (size_t i = 0; resource && i < sizeof name_properties / sizeof *name_properties; i++) {
        const cfn_node *name = cfn_node_get(resource->properties, name_properties[i]);
        if (name)
            add_name(&a, cfn__access_text(access->arena, name));
    }
    if (!question->principal)
        for (int pass = 0; pass < 2; pass++) /* those of groups come with the second */
            add_tied(&a, &unknown);
    cfn__access_reply reply = ask(&a);
    if (reply.answer == CFN__ACCESS_DENIED && !reply.statement && unknown)
        reply = (cfn__access_reply){CFN__ACCESS_UNKNOWN, NULL, unknown};
    if (!question->principal)
        reply = within(&a, reply);
    cfn__rewind(access->arena, mark);
    return reply;
}
