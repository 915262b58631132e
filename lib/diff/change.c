/* Taking note of a change: the path to it, and what it does. */
#include "diff/diff.h"

#include <string.h>

/* --- impact --- */

static cfn_impact impact_of(cfn_schema_change change, cfn_impact least)
{
    cfn_impact impact = change == CFN_SCHEMA_REPLACES      ? CFN_IMPACT_REPLACE
                        : change == CFN_SCHEMA_MAY_REPLACE ? CFN_IMPACT_MAY_REPLACE
                                                           : CFN_IMPACT_NONE;
    return impact > least ? impact : least;
}

cfn_impact cfn__impact_at(const cfn__site *site)
{
    return impact_of(site->place.change, site->least);
}

static cfn_impact larger(cfn_impact a, cfn_impact b)
{
    return a > b ? a : b;
}

/* What is added or removed as a whole counts for all that is in it. */
static cfn_impact impact_of_tree(cfn_template_diff *diff, const cfn_node *node,
                                 const cfn__site *site)
{
    cfn_impact impact = cfn__impact_at(site);
    if (!node || !site->place.value || cfn__is_intrinsic(node))
        return impact;
    for (const cfn_node *n = node->first; n && impact < CFN_IMPACT_REPLACE; n = n->next) {
        cfn__trail trail;
        cfn__site below = n->key ? cfn__below(diff, site, n->key, &trail)
                                 : cfn__item_of(diff, site, 0, NULL, &trail);
        impact = larger(impact, impact_of_tree(diff, n, &below));
    }
    return impact;
}

/* --- path --- */

static size_t count_steps(const cfn__trail *trail)
{
    size_t count = 0;
    for (; trail; trail = trail->up)
        count++;
    return count;
}

static const cfn_diff_step *copy_steps(cfn_arena *arena, const cfn__trail *trail, size_t count)
{
    cfn_diff_step *steps = CFN__NEW_ARRAY(arena, count, cfn_diff_step);
    for (; steps && trail; trail = trail->up)
        steps[--count] = trail->step;
    return steps;
}

static void add_key(cfn__buffer *path, const char *key)
{
    if (*key && !strpbrk(key, ".[]\" ")) {
        cfn__buffer_add_text(path, path->length ? "." : "");
        cfn__buffer_add_text(path, key);
        return;
    }
    cfn__buffer_add_char(path, '[');
    cfn__buffer_add_json_string(path, key, strlen(key));
    cfn__buffer_add_char(path, ']');
}

static void add_step(cfn__buffer *path, const cfn_diff_step *step)
{
    if (step->key)
        add_key(path, step->key);
    else if (step->identity)
        cfn__buffer_format(path, "[%s]", step->identity);
    else
        cfn__buffer_format(path, "[%zu]", step->index);
}

/* Most changes are below Properties: people need not be told. */
static const char *path_of(cfn_arena *arena, const cfn_diff_step *steps, size_t count)
{
    cfn__buffer path = {0};
    bool skips = count > 1 && steps[0].key && strcmp(steps[0].key, "Properties") == 0;
    for (size_t i = skips; i < count; i++)
        add_step(&path, &steps[i]);
    return cfn__buffer_take(&path, arena);
}

/* --- the change --- */

static cfn_diff_change change_of(cfn_template_diff *diff, const cfn_node *old, const cfn_node *new,
                                 const cfn__site *site)
{
    size_t count = count_steps(site->trail);
    const cfn_diff_step *steps = copy_steps(diff->arena, site->trail, count);
    return (cfn_diff_change){
        .kind = !old   ? CFN_DIFF_ADDED
                : !new ? CFN_DIFF_REMOVED
                       : CFN_DIFF_CHANGED,
        .steps = steps,
        .step_count = steps ? count : 0,
        .path = path_of(diff->arena, steps, steps ? count : 0),
        .old_value = old,
        .new_value = new,
        .impact = larger(impact_of_tree(diff, old, site), impact_of_tree(diff, new, site)),
        .note = "",
    };
}

void cfn__emit(cfn__comparison *c, const cfn_node *old, const cfn_node *new, const cfn__site *site,
               const char *note)
{
    c->different = true;
    if (c->quiet)
        return;
    cfn_diff_change *changes =
        cfn__make_room(c->diff->arena, c->changes, &c->list, sizeof *changes);
    if (!changes)
        return;
    c->changes = changes;
    cfn_diff_change *change = &changes[c->list.count++];
    *change = change_of(c->diff, old, new, site);
    change->note = note;
}
