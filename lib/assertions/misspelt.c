/* Names in a pattern that the facts do not know, where a slip of the pen would make an assertion
 * hold: what must be absent, and what no resource may have. */
#include "assertions/assertions.h"

#include "base/text.h"

#include <cfngen/schema.h>

#include <string.h>

typedef struct search {
    const cfn_schema *schema;
    bool all;         /* every name counts, not just those of what must be absent */
    const char *word; /* the first that is misspelt, and what was meant */
    const char *meant;
} search;

/* The mapping that a pattern asks for; NULL: it asks for another thing. */
static const cfn_node *mapping_of(const cfn_node *pattern)
{
    switch (cfn__matcher_of(pattern)) {
    case CFN__MATCH_LITERAL:
        return cfn__is_map(pattern) ? pattern : NULL;
    case CFN__MATCH_EXACT:
    case CFN__MATCH_OBJECT_EQUALS:
    case CFN__MATCH_OBJECT_LIKE:
        return mapping_of(pattern->first);
    default:
        return NULL;
    }
}

static const char *nearest_property(const search *s, const cfn_schema_value *value,
                                    const char *name)
{
    cfn__nearest nearest = cfn__nearest_to(name);
    const cfn_schema_property *p;
    for (size_t i = 0; (p = cfn_schema_property_at(s->schema, value, i)); i++)
        cfn__nearest_offer(&nearest, cfn_schema_property_describe(s->schema, p).name);
    return nearest.best;
}

static void look(search *s, const cfn_schema_value *value, const cfn_node *pattern)
{
    const cfn_node *map = mapping_of(pattern);
    for (const cfn_node *n = map ? map->first : NULL; n && !s->word; n = n->next) {
        const cfn_schema_property *property =
            cfn_schema_property_find(s->schema, value, n->key, strlen(n->key));
        if (property) {
            look(s, cfn_schema_property_describe(s->schema, property).value, n);
        } else if (s->all || cfn__matcher_of(n) == CFN__MATCH_ABSENT) {
            s->meant = nearest_property(s, value, n->key);
            s->word = s->meant ? n->key : NULL;
        }
    }
}

const char *cfn__misspelt_property(const cfn_assertion *a, const cfn_node *pattern,
                                   bool nothing_expected, const char **meant)
{
    search s = {.schema = cfn_schema_embedded(), .all = nothing_expected};
    const cfn_schema_type *type =
        a->type ? cfn_schema_type_find(s.schema, a->type, strlen(a->type)) : NULL;
    if (!a->properties && pattern)
        pattern = cfn__get(mapping_of(pattern), "Properties");
    if (type && pattern)
        look(&s, cfn_schema_type_describe(s.schema, type).value, pattern);
    *meant = s.meant;
    return s.word;
}
