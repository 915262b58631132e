/* What table mappings make of a table and of a column. */
#include "base/text.h"
#include "dms/mappings.h"

#include <string.h>

/* The set at `pattern` ("[a-d]"): whether it holds the character; *end is behind it. */
static bool is_in_set(const char *pattern, const char *character, size_t length, const char **end)
{
    bool found = false;
    const char *p = pattern + 1;
    const char *close = strchr(p + (*p != '\0'), ']');
    *end = close + 1;
    while (p < close) {
        size_t step = cfn__utf8_length(p, strlen(p));
        step = step ? step : 1;
        if (step == 1 && p + 2 < close && p[1] == '-' && length == 1) {
            found = found || (*character >= p[0] && *character <= p[2]);
            p += 3;
            continue;
        }
        found = found || (step == length && memcmp(p, character, length) == 0);
        p += step;
    }
    return found;
}

/* Whether what stands at the front of the pattern, which is no %, takes the character. */
static bool takes(const char *pattern, const char *character, size_t length, const char **end)
{
    if (*pattern == '[' && pattern[1] && strchr(pattern + 2, ']'))
        return is_in_set(pattern, character, length, end);
    if (*pattern == '_') {
        *end = pattern + 1;
        return true;
    }
    *end = pattern + length;
    return strncmp(pattern, character, length) == 0;
}

bool cfn_dms_matches(const char *pattern, const char *name)
{
    const char *star = NULL, *star_name = NULL;
    while (*name) {
        size_t length = cfn__utf8_length(name, strlen(name));
        length = length ? length : 1;
        const char *end = NULL;
        if (*pattern == '%') {
            star = ++pattern;
            star_name = name;
        } else if (*pattern && takes(pattern, name, length, &end)) {
            pattern = end;
            name += length;
        } else if (star) {
            length = cfn__utf8_length(star_name, strlen(star_name));
            name = star_name += length ? length : 1;
            pattern = star;
        } else
            return false;
    }
    while (*pattern == '%')
        pattern++;
    return !*pattern;
}

static bool selects(const cfn__dms_selection *s, const char *schema, const char *name, bool is_view)
{
    if (!(is_view ? s->views : s->tables))
        return false;
    if (s->literally)
        return strcmp(s->schema, schema) == 0 && strcmp(s->table, name) == 0;
    return cfn_dms_matches(s->schema, schema) && cfn_dms_matches(s->table, name);
}

static char *change_case(cfn_arena *arena, const char *name, char first, char last, int shift)
{
    char *text = cfn__strdup(arena, name);
    for (char *p = text; *p; p++)
        if (*p >= first && *p <= last)
            *p = (char)(*p + shift);
    return text;
}

static const char *transformed(cfn_arena *arena, const cfn__dms_transformation *t, const char *name)
{
    size_t length = strlen(name);
    const char *old = t->old_value ? t->old_value : t->value;
    size_t cut = old ? strlen(old) : 0;
    const char *added = t->value ? t->value : "";
    switch (t->action) {
    case CFN__DMS_RENAME:
        return added;
    case CFN__DMS_LOWERCASE:
        return change_case(arena, name, 'A', 'Z', 'a' - 'A');
    case CFN__DMS_UPPERCASE:
        return change_case(arena, name, 'a', 'z', 'A' - 'a');
    case CFN__DMS_ADD_PREFIX:
        return cfn__format(arena, "%s%s", added, name);
    case CFN__DMS_ADD_SUFFIX:
        return cfn__format(arena, "%s%s", name, added);
    case CFN__DMS_REMOVE_PREFIX:
        return old && cfn__starts_with(name, old) ? name + cut : name;
    case CFN__DMS_REMOVE_SUFFIX:
        return old && cfn__ends_with(name, old) ? cfn__strndup(arena, name, length - cut) : name;
    case CFN__DMS_REPLACE_PREFIX:
        return cfn__starts_with(name, old) ? cfn__format(arena, "%s%s", added, name + cut) : name;
    case CFN__DMS_REPLACE_SUFFIX:
        return cfn__ends_with(name, old)
                   ? cfn__format(arena, "%.*s%s", (int)(length - cut), name, added)
                   : name;
    default:
        return name;
    }
}

static bool locates(const cfn__dms_transformation *t, cfn__dms_target target, const char *schema,
                    const char *table, const char *column)
{
    return t->target == target && t->schema && cfn_dms_matches(t->schema, schema) &&
           (target == CFN__DMS_SCHEMA || (t->table && cfn_dms_matches(t->table, table))) &&
           (target != CFN__DMS_COLUMN || (t->column && cfn_dms_matches(t->column, column)));
}

/* The name that an object gets; DMS allows one action for each object. */
static const char *map_name(const cfn_dms_mappings *mappings, cfn_arena *arena,
                            cfn__dms_target target, const char *const names[3],
                            const char **unclear)
{
    const cfn__dms_transformation *first = NULL;
    const char *name = names[target];
    for (size_t i = 0; i < mappings->transformation_count; i++) {
        const cfn__dms_transformation *t = &mappings->transformations[i];
        if (t->action > CFN__DMS_REPLACE_SUFFIX ||
            !locates(t, target, names[0], names[1], names[2]))
            continue;
        if (first)
            *unclear = cfn__format(arena, "the rules %s and %s both name %s", first->id, t->id,
                                   names[target]);
        else
            name = transformed(arena, t, name);
        first = first ? first : t;
    }
    return name;
}

bool cfn_dms_select(const cfn_dms_mappings *mappings, cfn_arena *arena, const char *schema,
                    const char *name, bool is_view, cfn_dms_table *table)
{
    const cfn__dms_selection *first = NULL;
    const char *const names[] = {schema, name, NULL};
    *table = (cfn_dms_table){.schema = schema, .name = name};
    for (size_t i = 0; i < mappings->selection_count; i++) {
        const cfn__dms_selection *s = &mappings->selections[i];
        if (!selects(s, schema, name, is_view))
            continue;
        if (s->exclude)
            return false;
        if (first && (first->filter_count || s->filter_count))
            table->unclear = cfn__format(arena, "the rules %s and %s both include it, with filters",
                                         first->id, s->id);
        first = first && first->filter_count ? first : s;
    }
    if (!first)
        return false;
    table->filters = first->filters;
    table->filter_count = first->filter_count;
    table->schema = map_name(mappings, arena, CFN__DMS_SCHEMA, names, &table->unclear);
    table->name = map_name(mappings, arena, CFN__DMS_TABLE, names, &table->unclear);
    return true;
}

cfn_dms_column cfn_dms_map_column(const cfn_dms_mappings *mappings, cfn_arena *arena,
                                  const char *schema, const char *table, const char *column)
{
    const char *const names[] = {schema, table, column};
    cfn_dms_column result = {.name = column};
    bool chosen = false, included = false;
    result.name = map_name(mappings, arena, CFN__DMS_COLUMN, names, &result.unclear);
    for (size_t i = 0; i < mappings->transformation_count; i++) {
        const cfn__dms_transformation *t = &mappings->transformations[i];
        bool here = locates(t, CFN__DMS_COLUMN, schema, table, column);
        if (t->action == CFN__DMS_INCLUDE_COLUMN && t->table &&
            cfn_dms_matches(t->schema, schema) && cfn_dms_matches(t->table, table))
            chosen = true;
        included = included || (here && t->action == CFN__DMS_INCLUDE_COLUMN);
        result.altered = result.altered || (here && t->action == CFN__DMS_MASK);
        result.retyped = result.retyped || (here && t->action == CFN__DMS_RETYPE);
        if (here && t->action == CFN__DMS_REMOVE_COLUMN)
            result.name = NULL;
    }
    if (chosen && !included)
        result.name = NULL;
    return result;
}
