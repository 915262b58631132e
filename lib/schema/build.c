/* The builder: takes files, chooses a provider schema for each type, and has the block written. */
#include "schema/build.h"

#include "base/allocate.h"
#include "base/text.h"
#include "schema/build_input.h"

#include <stdlib.h>
#include <string.h>

cfn_schema_builder *cfn_schema_builder_new(cfn_diagnostics *diagnostics)
{
    cfn_schema_builder *b = cfn__calloc(1, sizeof *b);
    if (!b)
        return NULL;
    b->arena = cfn_arena_new();
    b->diagnostics = diagnostics;
    b->errors_before = cfn_diagnostics_count(diagnostics, CFN_ERROR);
    if (!b->arena) {
        cfn__free(b);
        return NULL;
    }
    cfn__buffer_add(&b->texts, "", 1);
    cfn__build_list(b, &(cfn__words){0}); /* the empty list is list 0 */
    return b;
}

void cfn_schema_builder_free(cfn_schema_builder *b)
{
    if (!b)
        return;
    cfn__free(b->variants);
    cfn__free(b->raws);
    cfn__buffer_free(&b->texts);
    cfn__buffer_free(&b->block);
    cfn__sequences_free(&b->numbers);
    cfn__sequences_free(&b->lists);
    cfn__words_free(&b->types);
    cfn__words_free(&b->crosses);
    cfn__words_free(&b->runtimes);
    cfn__words_free(&b->origins);
    cfn_arena_free(b->arena);
    cfn__free(b);
}

uint32_t cfn__build_text(cfn_schema_builder *b, const char *text)
{
    if (!*text)
        return 0;
    uint32_t *known = cfn__index_get(&b->text_index, text);
    if (known)
        return *known;
    uint32_t *offset = CFN__NEW(b->arena, uint32_t);
    if (!offset)
        return 0;
    *offset = (uint32_t)b->texts.length;
    cfn__index_put(b->arena, &b->text_index, cfn__strdup(b->arena, text), offset);
    cfn__buffer_add(&b->texts, text, strlen(text) + 1);
    return *offset;
}

uint32_t cfn__build_number(cfn_schema_builder *b, double number)
{
    uint64_t bits;
    memcpy(&bits, &number, sizeof bits);
    return cfn__sequence(&b->numbers, (const uint32_t[]){(uint32_t)bits, (uint32_t)(bits >> 32)},
                         2);
}

uint32_t cfn__build_list(cfn_schema_builder *b, const cfn__words *words)
{
    uint32_t number = cfn__sequence(&b->lists, words->items, words->count);
    if (words->failed)
        b->lists.words.failed = true;
    return cfn__sequences_failed(&b->lists) ? 0 : cfn__sequence_start(&b->lists, number);
}

void cfn__build_complain(cfn_schema_builder *b, const char *file, const char *format, ...)
{
    va_list list;
    cfn__source source = {.file = file};
    va_start(list, format);
    cfn__vreport_at(b->diagnostics, CFN3004, (cfn__place){.source = &source}, NULL, format, list);
    va_end(list);
}

void cfn_schema_builder_origin(cfn_schema_builder *b, const char *name, const char *text)
{
    cfn__words_add(&b->origins, cfn__build_text(b, name));
    cfn__words_add(&b->origins, cfn__build_text(b, text));
}

static int by_type(const void *left, const void *right)
{
    const cfn__variant *const *a = left, *const *b = right;
    int order = strcmp((*a)->type, (*b)->type);
    return order ? order : ((*a)->order > (*b)->order) - ((*a)->order < (*b)->order);
}

static int bits_of(uint64_t set)
{
    int count = 0;
    for (; set; set &= set - 1)
        count++;
    return count;
}

/* Facts in full beat structure alone; then the region that AWS starts with counts, then the number
 * of regions. */
static bool is_better(const cfn__variant *a, const cfn__variant *than, uint64_t first_region)
{
    if (a->structure_only != than->structure_only)
        return than->structure_only;
    bool first = a->regions & first_region, other = than->regions & first_region;
    if (first != other)
        return first;
    return bits_of(a->regions) > bits_of(than->regions);
}

static uint64_t first_region(const cfn_schema_builder *b)
{
    for (size_t i = 0; i < b->region_count; i++)
        if (strcmp(b->regions[i], "us-east-1") == 0)
            return (uint64_t)1 << i;
    return 0;
}

static void build_types(cfn_schema_builder *b)
{
    uint64_t first = first_region(b);
    for (size_t i = 0, next; i < b->variant_count && !cfn_arena_failed(b->arena); i = next) {
        const cfn__variant *best = b->variants[i];
        uint64_t regions = 0;
        for (next = i;
             next < b->variant_count && strcmp(b->variants[next]->type, b->variants[i]->type) == 0;
             next++) {
            regions |= b->variants[next]->regions;
            if (is_better(b->variants[next], best, first))
                best = b->variants[next];
        }
        cfn__build_type(b, best, regions);
    }
}

static void add_counts(cfn_schema_builder *b)
{
    size_t types = b->types.count / CFN__TYPE_WORDS;
    const struct {
        const char *name;
        size_t count;
    } counts[] = {{"types", types - b->structure_only_count},
                  {"types of which the structure alone is known", b->structure_only_count},
                  {"rules over several properties", b->cross_count},
                  {"regions", b->region_count},
                  {"paths that lead nowhere", b->lost_path_count}};
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++)
        cfn_schema_builder_origin(b, counts[i].name, cfn__format(b->arena, "%zu", counts[i].count));
}

static void report_failure(cfn_schema_builder *b)
{
    cfn__source source = {.file = "facts"};
    if (b->too_large || !b->raw_count)
        cfn__report_at(b->diagnostics, CFN3005, (cfn__place){.source = &source}, NULL, "%s",
                       b->too_large ? "the facts are too large for their form"
                                    : "no provider schema was given");
    else
        cfn__report_no_memory(b->diagnostics);
}

const void *cfn_schema_builder_finish(cfn_schema_builder *b, size_t *size)
{
    cfn__assign_lines(b);
    if (b->variant_count)
        qsort(b->variants, b->variant_count, sizeof(cfn__variant *), by_type);
    build_types(b);
    cfn__build_crosses(b);
    if (cfn_diagnostics_count(b->diagnostics, CFN_ERROR) > b->errors_before)
        return NULL;
    add_counts(b);
    if (!cfn__build_write(b) || b->too_large) {
        report_failure(b);
        return NULL;
    }
    *size = b->block.length;
    return b->block.text;
}
