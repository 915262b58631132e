/* Reporting from the checker: messages cut to a readable length, and nearest names. */
#include "base/text.h"
#include "template/template.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    LONGEST_MESSAGE = 600,
    MOST_REPORTS = 1000,   /* a cfn_diagnostics keeps no more */
    MOST_EFFORT = 3000000, /* spent on nearest names in one template; a tenth of a second */
    COMPARISON = 16        /* what comparing two names costs; passing one by costs 1 */
};

/* Cuts a text that did not fit, between characters. */
static void cut(char *text, size_t size)
{
    size_t end = size - 4;
    while (end && ((unsigned char)text[end] & 0xc0) == 0x80)
        end--;
    memcpy(text + end, "...", sizeof "...");
}

static void vcomplain(cfn__checker *c, cfn_diagnostic_id id, const cfn_node *node, bool at_key,
                      const char *format, va_list arguments)
{
    if (cfn_diagnostics_size(c->diagnostics) >= MOST_REPORTS) {
        cfn__report_at(c->diagnostics, id, (cfn__place){0}, NULL, "%s", "");
        return;
    }
    char message[LONGEST_MESSAGE];
    int length = vsnprintf(message, sizeof message, format, arguments);
    if (length >= (int)sizeof message)
        cut(message, sizeof message);
    if (at_key)
        cfn__report_key(c->diagnostics, id, node, "%s", message);
    else
        cfn__report(c->diagnostics, id, node, "%s", message);
}

void cfn__complain(cfn__checker *c, cfn_diagnostic_id id, const cfn_node *node, const char *format,
                   ...)
{
    va_list arguments;
    va_start(arguments, format);
    vcomplain(c, id, node, false, format, arguments);
    va_end(arguments);
}

void cfn__complain_key(cfn__checker *c, cfn_diagnostic_id id, const cfn_node *node,
                       const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    vcomplain(c, id, node, true, format, arguments);
    va_end(arguments);
}

void cfn__advise(cfn__checker *c, const char *format, ...)
{
    char hint[LONGEST_MESSAGE];
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(hint, sizeof hint, format, arguments);
    va_end(arguments);
    if (length >= (int)sizeof hint)
        cut(hint, sizeof hint);
    cfn__hint(c->diagnostics, "%s", hint);
}

cfn__search cfn__search_for(cfn__checker *c, const char *word)
{
    bool heard = cfn_diagnostics_size(c->diagnostics) < MOST_REPORTS;
    return (cfn__search){c, word, NULL, heard ? cfn__nearest_to(word).distance : 0};
}

void cfn__search_name(cfn__search *search, const char *name)
{
    /* Each letter too many costs 2, so that most names need no closer look. */
    size_t a = strlen(search->word), b = strlen(name);
    search->checker->effort++;
    if ((a > b ? a - b : b - a) * 2 >= search->distance || search->checker->effort >= MOST_EFFORT)
        return;
    search->checker->effort += COMPARISON;
    cfn__nearest nearest = {search->word, search->best, search->distance};
    cfn__nearest_offer(&nearest, name);
    search->best = nearest.best;
    search->distance = nearest.distance;
}

void cfn__search_members(cfn__search *search, const cfn_node *map)
{
    const cfn_node *n = cfn__is_map(map) ? map->first : NULL;
    for (; n && search->distance && search->checker->effort < MOST_EFFORT; n = n->next)
        if (!cfn__is_generator(n))
            cfn__search_name(search, n->key);
}

const char *cfn__entry_name(const cfn__checker *c, const cfn_node *entry)
{
    static const struct {
        cfn_section section;
        const char *noun;
    } nouns[] = {
        {CFN_SECTION_PARAMETERS, "parameter"}, {CFN_SECTION_RULES, "rule"},
        {CFN_SECTION_MAPPINGS, "mapping"},     {CFN_SECTION_CONDITIONS, "condition"},
        {CFN_SECTION_RESOURCES, "resource"},   {CFN_SECTION_OUTPUTS, "output"},
    };
    for (size_t i = 0; entry && i < sizeof nouns / sizeof *nouns; i++)
        if (entry->parent == c->tpl->sections[nouns[i].section])
            return cfn__format(c->arena, "the %s %.100s", nouns[i].noun, entry->key);
    return "this";
}
