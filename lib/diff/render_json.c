/* A diff as JSON for programs; docs/diff.md has its form. */
#include "diff/render.h"

#include <cfngen/write.h>

/* What is said of it once is said in this form; a change of the form is another number. */
enum { FORM = 1 };

typedef struct json {
    cfn__renderer *r;
    cfn__maker maker;
} json;

static void put_text(const json *j, cfn_node *map, const char *key, const char *text)
{
    if (text && *text)
        cfn__put(map, key, cfn__string(&j->maker, text));
}

static void put_value(const json *j, cfn_node *map, const char *key, const cfn_node *value)
{
    if (value)
        cfn__put(map, key, cfn__copy(j->maker.arena, value));
}

static cfn_node *path_of(const json *j, const cfn_diff_change *change)
{
    cfn_node *path = cfn__list(&j->maker);
    for (size_t i = 0; i < change->step_count; i++) {
        const cfn_diff_step *step = &change->steps[i];
        cfn__append(path, step->key ? cfn__string(&j->maker, step->key)
                                    : cfn__integer(&j->maker, (int64_t)step->index));
    }
    return path;
}

static cfn_node *change_of(const json *j, const cfn_diff_change *change)
{
    cfn_node *map = cfn__map(&j->maker);
    put_text(j, map, "kind", cfn_diff_kind_name(change->kind));
    cfn__put(map, "path", path_of(j, change));
    put_text(j, map, "at", change->path);
    put_value(j, map, "old", change->old_value);
    put_value(j, map, "new", change->new_value);
    put_text(j, map, "impact", cfn_impact_name(change->impact));
    put_text(j, map, "cause", change->cause);
    put_text(j, map, "note", change->note);
    return map;
}

static void put_resource(const json *j, cfn_node *map, const cfn_diff_entry *entry)
{
    put_text(j, map, "type", entry->type);
    if (entry->type != entry->old_type &&
        !cfn__text_is(cfn__get(entry->old_node, "Type"), entry->type))
        put_text(j, map, "oldType", entry->old_type);
    put_text(j, map, "impact", cfn_impact_name(entry->impact));
    put_text(j, map, "fate", cfn_fate_name(entry->fate));
    cfn__put(map, "holdsData", cfn__boolean(&j->maker, entry->holds_data));
    put_text(j, map, "loss", entry->loss);
    put_text(j, map, "twin", entry->twin);
}

static cfn_node *entry_of(const json *j, const cfn_diff_entry *entry)
{
    cfn_node *map = cfn__map(&j->maker), *changes = cfn__list(&j->maker);
    put_text(j, map, "section", cfn_section_name(entry->section));
    put_text(j, map, "id", entry->id);
    put_text(j, map, "kind", cfn_diff_kind_name(entry->kind));
    if (entry->section == CFN_SECTION_RESOURCES)
        put_resource(j, map, entry);
    for (size_t i = 0; i < entry->change_count; i++)
        cfn__append(changes, change_of(j, &entry->changes[i]));
    return cfn__put(map, "changes", changes);
}

static cfn_node *access_of(const json *j, const cfn_access_change *change)
{
    cfn_node *map = cfn__map(&j->maker), *cells = cfn__map(&j->maker);
    put_text(j, map, "table", cfn_access_title(change->table));
    put_text(j, map, "kind", cfn_diff_kind_name(change->kind));
    put_text(j, map, "id", change->logical_id);
    put_text(j, map, "at", change->path);
    for (size_t i = 0; cfn_access_column(change->table, i); i++)
        cfn__put(cells, cfn_access_column(change->table, i),
                 cfn__string(&j->maker, change->cells[i]));
    cfn__put(map, "cells", cells);
    cfn__put(map, "broadens", cfn__boolean(&j->maker, change->broadens));
    put_text(j, map, "reason", change->reason);
    return map;
}

static cfn_node *advice_of(const json *j, const cfn_diff_advice *advice)
{
    cfn_node *map = cfn__map(&j->maker);
    put_text(j, map, "id", cfn_diagnostic_name(advice->id));
    put_text(j, map, "severity", cfn_severity_name(advice->severity));
    put_text(j, map, "logicalId", advice->logical_id);
    put_text(j, map, "at", advice->path);
    put_text(j, map, "text", advice->text);
    return map;
}

static cfn_node *document(const json *j)
{
    const cfn_template_diff *diff = j->r->diff;
    cfn_node *entries = cfn__list(&j->maker), *access = cfn__list(&j->maker),
             *advice = cfn__list(&j->maker), *root = cfn__map(&j->maker);
    for (size_t i = 0; i < diff->entry_list.count; i++)
        if (cfn__shows_entry(j->r, &diff->entries[i]))
            cfn__append(entries, entry_of(j, &diff->entries[i]));
    for (size_t i = 0; cfn__shows_access(j->r) && i < diff->access_list.count; i++)
        cfn__append(access, access_of(j, &diff->access[i]));
    for (size_t i = 0; i < diff->advice_list.count; i++)
        if (cfn__shows_advice(j->r, &diff->advice[i]))
            cfn__append(advice, advice_of(j, &diff->advice[i]));
    cfn__put(root, "version", cfn__integer(&j->maker, FORM));
    bool same = cfn_template_diff_is_empty(diff, j->r->options.part);
    cfn__put(root, "differs", cfn__boolean(&j->maker, !same));
    cfn__put(root, "entries", entries);
    cfn__put(root, "access", access);
    return cfn__put(root, "advice", advice);
}

void cfn__render_json(cfn__renderer *r)
{
    json j = {r, {.arena = r->scratch}};
    size_t length = 0;
    const char *text = cfn_write_text(r->scratch, document(&j), NULL, &length);
    if (text)
        cfn__buffer_add(&r->out, text, length);
}
