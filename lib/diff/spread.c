/* What changes because something else does: a resource that is replaced has another id and other
 * attributes, so that all that refers to it changes; and so on until nothing is new. Parameters,
 * mappings and conditions that change do the same.
 *
 * What is certain goes first, and what may be comes after; so each thing is looked at once. */
#include "diff/diff.h"

#include <string.h>

/* The references of the new template by what they refer to. */
typedef struct spread {
    cfn_template_diff *diff;
    cfn__index
        first[CFN_SECTION_COUNT]; /* of each section: ids to a number of a reference, plus 1 */
    size_t *next;                 /* the next one to the same, plus 1 */
    const cfn_node *sections[CFN_SECTION_COUNT];
    cfn__cause *queue;
    cfn__grown waiting;
    cfn__index seen[CFN_SECTION_COUNT]; /* ids that are or were in the queue */
} spread;

static bool index_references(spread *s)
{
    const cfn_template *tpl = s->diff->new_tpl;
    size_t count = cfn_template_reference_count(tpl);
    s->next = CFN__NEW_ARRAY(s->diff->scratch, count + 1, size_t);
    for (size_t i = count; s->next && i-- > 0;) {
        const cfn_reference *r = cfn_template_reference_at(tpl, i);
        s->next[i] = (uintptr_t)cfn__index_get(&s->first[r->section], r->target);
        cfn__index_put(s->diff->scratch, &s->first[r->section], r->target,
                       (void *)(uintptr_t)(i + 1));
    }
    for (cfn_section section = 0; section < CFN_SECTION_COUNT; section++)
        s->sections[section] = cfn_template_section(tpl, section);
    return s->next != NULL;
}

static void note_edits(cfn_template_diff *diff)
{
    for (size_t i = 0; i < diff->entry_list.count; i++) {
        const cfn_diff_entry *entry = &diff->entries[i];
        for (size_t j = 0; j < entry->change_count; j++)
            if (entry->changes[j].new_value)
                cfn__node_set_add(diff->arena, &diff->edited, entry->changes[j].new_value);
    }
}

/* --- what spreads --- */

static void push(spread *s, cfn_section section, const char *id, bool certain)
{
    if (cfn__index_get(&s->seen[section], id))
        return;
    cfn__cause *queue = cfn__make_room(s->diff->scratch, s->queue, &s->waiting, sizeof *queue);
    if (!queue)
        return;
    cfn__index_put(s->diff->scratch, &s->seen[section], id, s);
    s->queue = queue;
    s->queue[s->waiting.count++] = (cfn__cause){section, id, certain};
}

static bool has_other_default(const cfn_diff_entry *parameter)
{
    for (size_t i = 0; i < parameter->change_count; i++)
        if (cfn__step_is(&parameter->changes[i], 0, "Default"))
            return true;
    return false;
}

static void push_entry(spread *s, const cfn_diff_entry *entry, bool certain)
{
    bool replaced = entry->impact == (certain ? CFN_IMPACT_REPLACE : CFN_IMPACT_MAY_REPLACE);
    bool defines = entry->section == CFN_SECTION_MAPPINGS ||
                   entry->section == CFN_SECTION_CONDITIONS ||
                   (entry->section == CFN_SECTION_PARAMETERS && has_other_default(entry));
    if (entry->kind != CFN_DIFF_CHANGED)
        return;
    if (entry->section == CFN_SECTION_RESOURCES ? replaced : defines)
        push(s, entry->section, entry->id, certain);
}

/* --- what a cause means for one that refers to it --- */

enum { MOST_COMPARED = 64 };

/* Whether a key that is looked up in a mapping may be this one. */
static bool may_be(const cfn_node *key, const cfn_diff_change *change, size_t step)
{
    return !cfn__is_string(key) || step >= change->step_count ||
           cfn__step_is(change, step, key->text);
}

/* Whether something that changed is looked up: certainly, when both keys are known. */
static bool looks_up(const cfn_diff_entry *mapping, const cfn_node *find, bool certainly)
{
    const cfn_node *arguments = cfn__argument(find);
    if (!cfn__is_list(arguments) || arguments->size < 3 || mapping->change_count > MOST_COMPARED)
        return !certainly;
    const cfn_node *top = arguments->first->next;
    bool known = cfn__is_string(top) && cfn__is_string(top->next);
    for (size_t i = 0; known >= certainly && i < mapping->change_count; i++)
        if (may_be(top, &mapping->changes[i], 0) && may_be(top->next, &mapping->changes[i], 1))
            return true;
    return false;
}

/* What is deployed may have been given another value for a parameter. */
static bool is_concerned(const spread *s, const cfn__cause *cause, const cfn_reference *r)
{
    if (cause->section == CFN_SECTION_RESOURCES)
        return r->kind != CFN_REFERENCE_DEPENDS_ON;
    if (cause->section != CFN_SECTION_MAPPINGS)
        return !cause->certain;
    const cfn_diff_entry *mapping =
        cfn_template_diff_entry(s->diff, CFN_SECTION_MAPPINGS, cause->id);
    return mapping && looks_up(mapping, r->from, cause->certain);
}

/* --- following references --- */

static void reach(spread *s, const cfn__cause *cause, const cfn_reference *r)
{
    if (!is_concerned(s, cause, r))
        return;
    const cfn_node *section = r->owner->parent;
    if (section == s->sections[CFN_SECTION_CONDITIONS])
        push(s, CFN_SECTION_CONDITIONS, r->owner->key, false);
    else if (section == s->sections[CFN_SECTION_OUTPUTS])
        cfn__reach(s->diff, r->owner, CFN_SECTION_OUTPUTS, r->from, cause);
    else if (section == s->sections[CFN_SECTION_RESOURCES])
        cfn__reach(s->diff, r->owner, CFN_SECTION_RESOURCES, r->from, cause);
    else
        return;
    const cfn_diff_entry *entry =
        cfn_template_diff_entry(s->diff, CFN_SECTION_RESOURCES, r->owner->key);
    if (entry && section == s->sections[CFN_SECTION_RESOURCES])
        push_entry(s, entry, cause->certain);
}

static void work(spread *s, bool certain)
{
    s->waiting = (cfn__grown){0, s->waiting.capacity};
    memset(s->seen, 0, sizeof s->seen);
    for (size_t i = 0; i < s->diff->entry_list.count; i++)
        push_entry(s, &s->diff->entries[i], certain);
    for (size_t i = 0; i < s->waiting.count; i++) {
        cfn__cause cause = s->queue[i];
        uintptr_t number = (uintptr_t)cfn__index_get(&s->first[cause.section], cause.id);
        for (; number; number = s->next[number - 1])
            reach(s, &cause, cfn_template_reference_at(s->diff->new_tpl, number - 1));
    }
}

void cfn__spread(cfn_template_diff *diff)
{
    spread s = {.diff = diff};
    note_edits(diff);
    if (!index_references(&s))
        return;
    work(&s, true);
    work(&s, false);
}
