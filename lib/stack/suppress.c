/* Metadata.Cfngen.Suppress, on the template or on a resource: [{Id, Reason}]. */
#include "base/text.h"
#include "stack/expansion.h"

#include <string.h>

typedef struct suppression {
    cfn_diagnostic_id id;
    const char *owner; /* the resource or construct it stands on; NULL: the template */
    const cfn_node *entry;
    bool used;
    struct suppression *next;
} suppression;

typedef struct suppressor {
    cfn__expansion *x;
    suppression *first;
} suppressor;

/* Rules and advice can be silenced; what makes the template wrong cannot. */
static bool can_be_silenced(cfn_diagnostic_id id)
{
    return cfn_diagnostic_severity(id) != CFN_ERROR ||
           strcmp(cfn_diagnostic_name(id), "CFN3000") > 0;
}

static void take(suppressor *s, const cfn_node *entry, const char *owner)
{
    cfn_diagnostics *diagnostics = s->x->diagnostics;
    const cfn_node *id = cfn_node_get(entry, "Id"), *reason = cfn_node_get(entry, "Reason");
    if (!cfn__is_string(id) || !cfn__is_string(reason) || !reason->length) {
        cfn__report(diagnostics, CFN2016, entry, "a suppression needs an Id and a Reason");
        cfn__hint(diagnostics, "write {Id: CFN4102, Reason: why it is right here}");
        return;
    }
    cfn_diagnostic_id number = cfn_diagnostic_find(id->text);
    if (number == CFN_DIAGNOSTIC_COUNT || !can_be_silenced(number)) {
        cfn__report(diagnostics, CFN2016, id,
                    number == CFN_DIAGNOSTIC_COUNT ? "there is no diagnostic %s"
                                                   : "%s is an error that cannot be silenced",
                    id->text);
        return;
    }
    suppression *new = CFN__NEW(s->x->arena, suppression);
    if (!new)
        return;
    *new = (suppression){number, owner, entry, false, s->first};
    s->first = new;
}

static void take_all(suppressor *s, const cfn_node *node, const char *owner)
{
    const cfn_node *settings = cfn_node_find(node, "Metadata/Cfngen");
    const cfn_node *list = cfn_node_get(settings, "Suppress");
    for (const cfn_node *n = cfn_node_first(settings); n && owner; n = n->next)
        if (n != list)
            cfn__report_key(s->x->diagnostics, CFN2015, n,
                            "Metadata.Cfngen of a resource takes Suppress alone, not %s",
                            n->key ? n->key : "a list");
    if (list && list->kind != CFN_KIND_LIST)
        cfn__report(s->x->diagnostics, CFN2016, list, "Suppress must be a list, not %s",
                    cfn__kind_name(list->kind));
    for (const cfn_node *n = cfn__is_list(list) ? list->first : NULL; n; n = n->next)
        take(s, n, owner);
}

/* Whether the path ["Resources","Id",...] is about the resource `owner` or one that it made. */
static bool concerns(const suppressor *s, const char *owner, const char *path)
{
    static const char start[] = "[\"Resources\",\"";
    if (strncmp(path, start, sizeof start - 1) != 0)
        return false;
    const char *id = path + sizeof start - 1;
    size_t length = strcspn(id, "\"");
    if (strlen(owner) == length && memcmp(owner, id, length) == 0)
        return true;
    const cfn__construct *c = cfn__index_get(&s->x->by_id, owner);
    for (const cfn__made *m = c ? c->made : NULL; m; m = m->next)
        if (strlen(m->id) == length && memcmp(m->id, id, length) == 0)
            return true;
    return false;
}

static bool drop(void *context, const cfn_diagnostic *diagnostic)
{
    suppressor *s = context;
    bool dropped = false;
    for (suppression *p = s->first; p; p = p->next) {
        if (p->id != diagnostic->id || (p->owner && !concerns(s, p->owner, diagnostic->path)))
            continue;
        p->used = dropped = true;
    }
    return dropped;
}

void cfn__suppress(cfn__expansion *x)
{
    suppressor s = {x, NULL};
    const cfn_node *resources = cfn_node_get(x->stack->document, "Resources");
    take_all(&s, x->stack->document, NULL);
    for (const cfn_node *n = cfn_node_first(resources); n; n = n->next)
        take_all(&s, n, n->key);
    if (!s.first)
        return;
    cfn__diagnostics_filter(x->diagnostics, drop, &s);
    bool whole = !x->incomplete && !cfn_diagnostics_count(x->diagnostics, CFN_ERROR);
    for (const suppression *p = s.first; p && whole; p = p->next)
        if (!p->used)
            cfn__report(x->diagnostics, CFN2021, p->entry, "nothing here gives %s to silence",
                        cfn_diagnostic_name(p->id));
}
