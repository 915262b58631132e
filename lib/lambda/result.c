/* Results: one table of numbers for making, reading and adding them. */
#include "lambda/result.h"

#include "base/text.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

static const struct {
    const char *name;
    size_t member;
} numbers[] = {
#define NUMBER(name)                                                                               \
    {                                                                                              \
#name, offsetof(cfn__result, name)                                                         \
    }
    NUMBER(pieces),  NUMBER(tables), NUMBER(incomplete), NUMBER(rows),
    NUMBER(missing), NUMBER(extra),  NUMBER(changed),    NUMBER(structure),
#undef NUMBER
};

static uint64_t *number_at(cfn__result *result, size_t i)
{
    return (uint64_t *)(void *)((char *)result + numbers[i].member);
}

void cfn__result_reason(const cfn__maker *make, cfn__result *result, const char *text)
{
    for (const cfn_node *r = cfn_node_first(result->reasons); r; r = cfn_node_next(r))
        if (cfn__text_is(r, text))
            return;
    if (!result->reasons)
        result->reasons = cfn__list(make);
    if (cfn_node_size(result->reasons) < CFN__MOST_REASONS)
        cfn__append(result->reasons, cfn__string(make, text));
}

/* Texts as `cfngen compare gate` prints them. */
static void take_table(const cfn__maker *make, cfn__result *result, const cfn_compare_table *t)
{
    result->tables++;
    result->rows += t->source_rows;
    result->missing += t->missing;
    result->extra += t->extra;
    result->changed += t->changed;
    if (t->missing || t->extra || t->changed)
        cfn__result_reason(
            make, result,
            cfn__format(make->arena, "%s.%s: %llu rows missing, %llu extra, %llu changed",
                        t->schema, t->name, (unsigned long long)t->missing,
                        (unsigned long long)t->extra, (unsigned long long)t->changed));
    bool uncompared = false;
    for (const cfn_compare_remark *r = t->remarks; r; r = r->next) {
        if (r->kind == CFN_COMPARE_NOTE)
            continue;
        cfn__result_reason(make, result,
                           cfn__format(make->arena, "%s.%s: %s", t->schema, t->name, r->text));
        result->structure += r->kind == CFN_COMPARE_STRUCTURE;
        uncompared |= r->kind == CFN_COMPARE_UNCOMPARED;
    }
    result->incomplete += uncompared;
}

cfn__result cfn__result_of_report(const cfn__maker *make, const cfn_compare_report *report)
{
    cfn__result result = {.verdict = report->verdict};
    for (size_t i = 0; i < report->table_count; i++)
        take_table(make, &result, report->tables[i]);
    return result;
}

cfn_node *cfn__result_node(const cfn__maker *make, const cfn__result *result)
{
    cfn_node *map = cfn__map(make);
    cfn__result copy = *result;
    cfn__put(map, "verdict", cfn__string(make, cfn_compare_verdict_name(result->verdict)));
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        cfn__put(map, numbers[i].name, cfn__integer(make, (int64_t)*number_at(&copy, i)));
    cfn__put(map, "reasons",
             result->reasons ? cfn__copy(make->arena, result->reasons) : cfn__list(make));
    if (result->again)
        cfn__put(map, "again", cfn__copy(make->arena, result->again));
    return map;
}

static bool read_verdict(const cfn_node *node, cfn_compare_verdict *verdict)
{
    for (int v = CFN_COMPARE_EQUAL; v <= CFN_COMPARE_DIFFERENT; v++)
        if (cfn__text_is(node, cfn_compare_verdict_name((cfn_compare_verdict)v))) {
            *verdict = (cfn_compare_verdict)v;
            return true;
        }
    return false;
}

/* A whole number that sums of many do not overflow. */
static bool read_number(const cfn_node *node, uint64_t *number)
{
    const char *text = cfn_node_text(node);
    *number = 0;
    if (!node)
        return true;
    if (cfn_node_kind(node) != CFN_KIND_NUMBER || !*text || strlen(text) > 15 ||
        strspn(text, "0123456789") != strlen(text))
        return false;
    *number = strtoull(text, NULL, 10);
    return true;
}

const char *cfn__read_result(cfn_arena *arena, const cfn_node *node, cfn__result *result)
{
    const cfn_node *reasons = cfn_node_get(node, "reasons");
    *result = (cfn__result){.again = cfn_node_get(node, "again")};
    if (!cfn__is_map(node))
        return "is no result: an object";
    if (!read_verdict(cfn_node_get(node, "verdict"), &result->verdict))
        return "has no verdict: equal, different or incomplete";
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        if (!read_number(cfn_node_get(node, numbers[i].name), number_at(result, i)))
            return "has a number that is none";
    for (const cfn_node *r = cfn_node_first(reasons); r; r = cfn_node_next(r))
        if (!cfn__is_string(r))
            return "has reasons that are no texts";
    if ((reasons && !cfn__is_list(reasons)) || (result->again && !cfn__is_map(result->again)))
        return "has reasons that are no list, or work that is no object";
    result->reasons = reasons ? cfn__copy(arena, reasons) : NULL;
    return NULL;
}

void cfn__result_add(const cfn__maker *make, cfn__result *to, const cfn__result *from)
{
    cfn__result copy = *from;
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        *number_at(to, i) += *number_at(&copy, i);
    if (from->verdict > to->verdict)
        to->verdict = from->verdict;
    for (const cfn_node *r = cfn_node_first(from->reasons); r; r = cfn_node_next(r))
        cfn__result_reason(make, to, cfn_node_text(r));
}

uint64_t cfn__result_mismatches(const cfn__result *result)
{
    return result->missing + result->extra + result->changed + result->structure;
}
