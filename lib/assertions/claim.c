/* Which entries of a section match, and what is said when those are not the right ones. */
#include "assertions/assertions.h"

#include "base/text.h"

#include <cfngen/schema.h>

#include <string.h>

enum { MOST_EFFORT = 20000000, MOST_SHOWN = 3, MOST_NAMED = 20 };

/* An entry that does not match, and how far it is from matching. */
typedef struct near {
    const cfn_node *entry;
    size_t cost;
} near;

/* A run over the entries of a section. */
typedef struct search {
    cfn_assertions *t;
    const cfn_assertion *a;
    const cfn_node *pattern; /* NULL: anything */
    cfn_claim claim;
    size_t entries; /* of the type or id that is asked for */
    const cfn_node **found;
    size_t found_count;
    near nearest[MOST_SHOWN]; /* the nearest first */
    size_t near_count;
    cfn__comparison comparison;
} search;

static const cfn_node no_properties = {.kind = CFN_KIND_MAP};

static cfn_section section_of(const cfn_assertion *a)
{
    return a->section == CFN_SECTION_NONE ? CFN_SECTION_RESOURCES : a->section;
}

/* What the entries of a section are called. */
static const char *entries_name(cfn_section section)
{
    static const char *const names[CFN_SECTION_COUNT] = {
        [CFN_SECTION_PARAMETERS] = "parameters", [CFN_SECTION_RULES] = "rules",
        [CFN_SECTION_MAPPINGS] = "mappings",     [CFN_SECTION_CONDITIONS] = "conditions",
        [CFN_SECTION_RESOURCES] = "resources",   [CFN_SECTION_OUTPUTS] = "outputs",
        [CFN_SECTION_METADATA] = "metadata"};
    return names[section] ? names[section] : "entries";
}

static bool is_any(const char *id)
{
    return !id || strcmp(id, "*") == 0;
}

cfn__comparison cfn__comparison_of(cfn_assertions *t)
{
    return (cfn__comparison){
        .arena = t->arena, .regexes = &t->regexes, .loose = t->loose, .effort = MOST_EFFORT};
}

/* --- comparing --- */

static size_t compare_entry(search *s, cfn__comparison *c, const cfn_node *entry)
{
    if (!s->pattern)
        return 0;
    if (!s->a->properties)
        return cfn__pattern_compare(c, s->pattern, entry, CFN__PARTIAL);
    const cfn_node *properties = cfn__get(entry, "Properties");
    size_t cost =
        cfn__pattern_compare(c, s->pattern, properties ? properties : &no_properties, CFN__PARTIAL);
    for (size_t i = 0; !properties && i < c->mismatch_count; i++)
        if (c->mismatches[i].at == &no_properties)
            c->mismatches[i].at = entry;
    return cost;
}

static bool is_asked_for(const search *s, const cfn_node *entry)
{
    if (!is_any(s->a->id) && strcmp(entry->key, s->a->id) != 0)
        return false;
    return !s->a->type || cfn__text_is(cfn__get(entry, "Type"), s->a->type);
}

static void keep_near(search *s, const cfn_node *entry, size_t cost)
{
    size_t i = s->near_count < MOST_SHOWN ? s->near_count++ : MOST_SHOWN;
    for (; i > 0 && s->nearest[i - 1].cost > cost; i--)
        if (i < MOST_SHOWN)
            s->nearest[i] = s->nearest[i - 1];
    if (i < MOST_SHOWN)
        s->nearest[i] = (near){entry, cost};
}

static void run(search *s)
{
    const cfn_node *section = cfn__get(s->t->root, cfn_section_name(section_of(s->a)));
    cfn__comparison *c = &s->comparison;
    s->found = CFN__NEW_ARRAY(s->t->arena, cfn_node_size(section) + 1, const cfn_node *);
    if (!s->found || !cfn__is_map(section))
        return;
    for (const cfn_node *n = section->first; n && cfn__goes_on(c, 1); n = n->next) {
        if (!is_asked_for(s, n))
            continue;
        size_t captured = c->capture_count, cost = compare_entry(s, c, n);
        s->entries++;
        if (cost == 0) {
            s->found[s->found_count++] = n;
        } else {
            keep_near(s, n, cost);
            c->capture_count = captured;
        }
    }
}

/* --- saying what is wrong --- */

/* "resources with type T", "outputs named X", "parameters". */
static const char *subject_of(const search *s)
{
    cfn_arena *arena = s->t->arena;
    const char *entries = entries_name(section_of(s->a));
    if (s->a->type)
        entries = cfn__format(arena, "%s with type %.200s", entries, s->a->type);
    if (!is_any(s->a->id))
        entries = cfn__format(arena, "%s named %.200s", entries, s->a->id);
    return entries;
}

static void render_nearest(search *s, cfn__buffer *out, const char *heading)
{
    if (!s->near_count)
        return;
    cfn__buffer_format(out, heading, s->near_count);
    for (size_t i = 0; i < s->near_count; i++) {
        cfn__comparison c = cfn__comparison_of(s->t);
        c.recording = true;
        compare_entry(s, &c, s->nearest[i].entry);
        cfn__render(out, &c, s->nearest[i].entry->key, s->nearest[i].entry);
    }
}

static void name_found(const search *s, cfn__buffer *out)
{
    for (size_t i = 0; i < s->found_count && i < MOST_NAMED; i++) {
        cfn__buffer_format(out, "   %s", s->found[i]->key);
        cfn__render_place(out, s->found[i]);
        cfn__buffer_add_char(out, '\n');
    }
    if (s->found_count > MOST_NAMED)
        cfn__buffer_format(out, "   and %zu more\n", s->found_count - MOST_NAMED);
}

/* A type that neither the template has nor the facts know, but for a slip of the pen: claims about
 * it would hold or fail for the wrong reason. NULL: it may be meant. */
static const char *meant_type(const search *s)
{
    const cfn_schema *schema = cfn_schema_embedded();
    const char *type = s->a->type;
    if (!type || s->entries || cfn_schema_type_find(schema, type, strlen(type)))
        return NULL;
    cfn__nearest nearest = cfn__nearest_to(type);
    const cfn_node *resources = cfn__get(s->t->root, "Resources");
    for (const cfn_node *n = cfn_node_first(resources); n; n = n->next) {
        const cfn_node *other = cfn__get(n, "Type");
        if (cfn__is_string(other))
            cfn__nearest_offer(&nearest, other->text);
    }
    for (size_t i = 0; i < cfn_schema_type_count(schema); i++)
        cfn__nearest_offer(&nearest,
                           cfn_schema_type_describe(schema, cfn_schema_type_at(schema, i)).name);
    return nearest.best;
}

/* An id that the section does not have; its nearest there. */
static const char *meant_id(const search *s)
{
    if (is_any(s->a->id) || s->entries)
        return NULL;
    cfn__nearest nearest = cfn__nearest_to(s->a->id);
    const cfn_node *section = cfn__get(s->t->root, cfn_section_name(section_of(s->a)));
    for (const cfn_node *n = cfn_node_first(section); n; n = n->next)
        if (n->key && strcmp(n->key, s->a->id) != 0)
            cfn__nearest_offer(&nearest, n->key);
    return nearest.best;
}

static void say_none_there(const search *s, cfn__buffer *out)
{
    const char *meant = s->a->type ? meant_type(s) : NULL;
    if (!meant)
        meant = meant_id(s);
    cfn__buffer_format(out, "Template has 0 %s%s%s%s\n", subject_of(s),
                       meant ? "; did you mean " : "", meant ? meant : "", meant ? "?" : ".");
}

static void say_has(search *s, cfn__buffer *out)
{
    if (!s->entries) {
        say_none_there(s, out);
        return;
    }
    cfn__buffer_format(out, "Template has %zu %s, but none match as expected.\n", s->entries,
                       subject_of(s));
    render_nearest(s, out, "The %zu closest matches:\n");
}

static void say_all(search *s, cfn__buffer *out)
{
    if (!s->entries) {
        say_none_there(s, out);
        return;
    }
    if (s->found_count)
        cfn__buffer_format(out, "Template has %zu %s, but only %zu match as expected.\n",
                           s->entries, subject_of(s), s->found_count);
    else
        cfn__buffer_format(out, "Template has %zu %s, but none match as expected.\n", s->entries,
                           subject_of(s));
    render_nearest(s, out, "The %zu closest of those that do not match:\n");
}

static void say_none(search *s, cfn__buffer *out)
{
    cfn__buffer_format(out, "Template has %zu %s, and %zu match, although none should:\n",
                       s->entries, subject_of(s), s->found_count);
    name_found(s, out);
}

static void say_count(search *s, cfn__buffer *out)
{
    const char *subject = subject_of(s);
    if (s->a->type && is_any(s->a->id))
        subject = cfn__format(s->t->arena, "resources of type %.200s", s->a->type);
    cfn__buffer_format(out, "Expected %zu %s but found %zu\n", s->a->count, subject,
                       s->found_count);
    name_found(s, out);
    if (s->found_count < s->a->count)
        render_nearest(s, out, "The %zu closest of those that do not match:\n");
}

/* --- the verdict --- */

typedef struct claim_rule {
    bool (*holds)(const search *s);
    void (*say)(search *s, cfn__buffer *out);
} claim_rule;

static bool holds_has(const search *s)
{
    return s->found_count > 0;
}
static bool holds_all(const search *s)
{
    return s->entries > 0 && s->found_count == s->entries;
}
static bool holds_none(const search *s)
{
    return s->found_count == 0;
}
static bool holds_count(const search *s)
{
    return s->found_count == s->a->count;
}
static bool holds_find(const search *s)
{
    (void)s;
    return true;
}

static const claim_rule rules[] = {
    [CFN_CLAIM_HAS] = {holds_has, say_has},    [CFN_CLAIM_ALL] = {holds_all, say_all},
    [CFN_CLAIM_NONE] = {holds_none, say_none}, [CFN_CLAIM_COUNT] = {holds_count, say_count},
    [CFN_CLAIM_FIND] = {holds_find, NULL},
};
enum { RULES = sizeof rules / sizeof *rules };

/* Where nothing is expected, a slip of the pen would do: in the type, or in a property. */
static bool is_vacuous(const search *s, cfn_verdict *verdict)
{
    bool nothing =
        s->a->claim == CFN_CLAIM_NONE || (s->a->claim == CFN_CLAIM_COUNT && !s->a->count);
    const char *meant = nothing ? meant_type(s) : NULL, *property = NULL;
    if (meant) {
        *verdict = cfn__undecided(s->t, "there is no resource type %.200s; did you mean %s?",
                                  s->a->type, meant);
        return true;
    }
    property = cfn__misspelt_property(s->a, s->pattern, nothing, &meant);
    if (property)
        *verdict = cfn__undecided(s->t, "%s has no property %.200s; did you mean %s?", s->a->type,
                                  property, meant);
    return property != NULL;
}

cfn_verdict cfn__assert(cfn_assertions *t, const cfn_assertion *a, const cfn_node *pattern)
{
    cfn_verdict verdict = {.text = ""};
    if (cfn__cannot_assert(t, &verdict))
        return verdict;
    if ((size_t)a->claim >= RULES || (size_t)a->section >= CFN_SECTION_COUNT)
        return cfn__undecided(t, "there is no such claim or section");
    search *s = CFN__NEW(t->arena, search);
    if (!s)
        return cfn__undecided(t, "memory is out");
    *s = (search){.t = t, .a = a, .pattern = cfn__resolved_pattern(t, pattern)};
    s->comparison = cfn__comparison_of(t);
    if (pattern && !s->pattern)
        return cfn__undecided(t, "the pattern becomes too large when its values are worked out");
    run(s);
    if (s->comparison.broken)
        return cfn__undecided(t, "%s", s->comparison.broken);
    if (is_vacuous(s, &verdict))
        return verdict;
    verdict.holds = rules[a->claim].holds(s);
    verdict.found = s->found;
    verdict.found_count = s->found_count;
    verdict.captures = s->comparison.captures;
    verdict.capture_count = s->comparison.capture_count;
    cfn__buffer out = {0};
    if (!verdict.holds) {
        rules[a->claim].say(s, &out);
        verdict.text = cfn__take_text(t->arena, &out);
    }
    return cfn__whole(t, verdict);
}
