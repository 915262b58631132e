/* Writes the block of facts; schema/format.h has its layout. */
#include "base/allocate.h"
#include "base/text.h"
#include "schema/build.h"

#include <stdlib.h>
#include <string.h>

typedef struct writer {
    cfn_schema_builder *builder;
    cfn__words classes; /* of raw values */
    cfn__buffer sections[CFN__SECTION_COUNT];
    cfn__sequences runs; /* the properties of a value: name, value | flags */
    cfn__words run_starts;
} writer;

static void put(cfn__buffer *buffer, uint32_t word)
{
    const char bytes[] = {(char)(word & 0xff), (char)(word >> 8 & 0xff), (char)(word >> 16 & 0xff),
                          (char)(word >> 24)};
    cfn__buffer_add(buffer, bytes, sizeof bytes);
}

static void put_all(cfn__buffer *buffer, const uint32_t *words, size_t count)
{
    for (size_t i = 0; i < count; i++)
        put(buffer, words[i]);
}

/* Where the properties of a value start; the same ones are written once. */
static uint32_t put_properties(writer *w, const cfn__raw *raw)
{
    cfn__words run = {0};
    uint32_t count = raw->shape[CFN__SHAPE_COUNT];
    for (uint32_t i = 0; i < count; i++) {
        const uint32_t *property = raw->shape + CFN__SHAPE_PROPERTIES + 2 * i;
        cfn__words_add(&run, property[0]);
        cfn__words_add(&run, w->classes.items[raw->kids[i]] | property[1] << CFN__PAYLOAD_BITS);
    }
    size_t known = cfn__sequence_count(&w->runs);
    uint32_t number = cfn__sequence(&w->runs, run.items, run.count);
    cfn__buffer *section = &w->sections[CFN__PROPERTIES];
    if (number == known) {
        cfn__words_add(&w->run_starts, (uint32_t)(section->length / CFN__SIZE_OF_PROPERTIES));
        put_all(section, run.items, run.count);
    }
    bool failed = run.failed || w->run_starts.failed || cfn__sequences_failed(&w->runs);
    cfn__words_free(&run);
    section->failed = section->failed || failed;
    return failed ? 0 : w->run_starts.items[number];
}

/* The payload of a rule as it is written. */
static uint32_t payload_of(writer *w, const cfn__raw *raw, const cfn__raw_rule *rule)
{
    uint8_t kind = cfn__rule_kinds[rule->id];
    if (kind == CFN_SCHEMA_KIND_TEXT || kind == CFN_SCHEMA_KIND_NUMBER)
        return *rule->payload;
    if (kind == CFN_SCHEMA_KIND_VALUE)
        return w->classes.items[raw->kids[rule->kid]];
    cfn__words words = {0};
    if (kind == CFN_SCHEMA_KIND_TEXT_VALUE) {
        cfn__words_add(&words, *rule->payload);
        cfn__words_add(&words, w->classes.items[raw->kids[rule->kid]]);
    }
    for (uint32_t i = 0; i < rule->count; i++)
        cfn__words_add(&words, kind == CFN_SCHEMA_KIND_TEXTS
                                   ? rule->payload[1 + i]
                                   : w->classes.items[raw->kids[rule->kid + i]]);
    uint32_t list = cfn__build_list(w->builder, &words);
    cfn__words_free(&words);
    return list;
}

static uint32_t put_rules(writer *w, const cfn__raw *raw)
{
    cfn__words words = {0};
    for (cfn__raw_rule rule = {0}; cfn__build_next_rule(raw, &rule);) {
        uint32_t payload = payload_of(w, raw, &rule);
        w->builder->too_large |= payload > CFN__PAYLOAD_MASK;
        cfn__words_add(&words, (payload & CFN__PAYLOAD_MASK) | rule.id << CFN__PAYLOAD_BITS);
    }
    uint32_t list = cfn__build_list(w->builder, &words);
    cfn__words_free(&words);
    return list;
}

/* The first raw value of each class stands for it. */
static void put_values(writer *w)
{
    cfn_schema_builder *b = w->builder;
    cfn__buffer *section = &w->sections[CFN__VALUES];
    uint32_t written = 0;
    for (size_t i = 0; i < b->raw_count && !section->failed; i++) {
        const cfn__raw *raw = &b->raws[i];
        if (w->classes.items[i] != written || !raw->shape_count)
            continue;
        uint32_t count = raw->shape[CFN__SHAPE_COUNT];
        b->too_large |= count > UINT16_MAX;
        put(section, raw->shape[CFN__SHAPE_BITS] | count << 16);
        put(section, put_properties(w, raw));
        put(section, put_rules(w, raw));
        written++;
    }
    b->too_large |= written > CFN__PAYLOAD_MASK;
}

static void put_types(writer *w)
{
    const cfn__words *types = &w->builder->types;
    for (size_t i = 0; i + CFN__TYPE_WORDS <= types->count; i += CFN__TYPE_WORDS) {
        types->items[i + CFN__TYPE_VALUE] = w->classes.items[types->items[i + CFN__TYPE_VALUE]];
        put_all(&w->sections[CFN__TYPES], types->items + i, CFN__TYPE_WORDS);
    }
}

/* Whether two rules over several properties say the same, each for its regions. */
static bool are_alike(const uint32_t *a, const uint32_t *b)
{
    return memcmp(a, b, CFN__CROSS_REGIONS_LOW * sizeof *a) == 0 &&
           a[CFN__CROSS_FLAGS] == b[CFN__CROSS_FLAGS];
}

/* Rules that say the same in several regions are written once. */
static void put_crosses(writer *w)
{
    uint32_t *crosses = w->builder->crosses.items;
    size_t count = w->builder->crosses.count, kept = 0;
    for (size_t i = 0; i < count; i += CFN__CROSS_WORDS) {
        uint32_t *cross = crosses + i;
        size_t same = kept;
        cross[CFN__CROSS_VALUE] = w->classes.items[cross[CFN__CROSS_VALUE]];
        for (size_t j = kept; j && same == kept; j -= CFN__CROSS_WORDS)
            if (are_alike(crosses + j - CFN__CROSS_WORDS, cross))
                same = j - CFN__CROSS_WORDS;
        if (same == kept) {
            memmove(crosses + kept, cross, CFN__CROSS_WORDS * sizeof *cross);
            kept += CFN__CROSS_WORDS;
        }
        crosses[same + CFN__CROSS_REGIONS_LOW] |= cross[CFN__CROSS_REGIONS_LOW];
        crosses[same + CFN__CROSS_REGIONS_HIGH] |= cross[CFN__CROSS_REGIONS_HIGH];
    }
    put_all(&w->sections[CFN__CROSSES], crosses, kept);
}

static void put_names(writer *w)
{
    const cfn_schema_builder *b = w->builder;
    uint32_t count = (uint32_t)(b->types.count / CFN__TYPE_WORDS), slots = 2;
    while (slots < 2 * count)
        slots *= 2;
    uint32_t *table = cfn__calloc(slots, sizeof *table);
    if (!table) {
        w->sections[CFN__NAMES].failed = true;
        return;
    }
    for (uint32_t i = 0; i < count; i++) {
        const char *name = b->texts.text + b->types.items[i * CFN__TYPE_WORDS + CFN__TYPE_NAME];
        uint32_t slot = cfn__hash(name, strlen(name)) & (slots - 1);
        while (table[slot])
            slot = (slot + 1) & (slots - 1);
        table[slot] = i + 1;
    }
    put_all(&w->sections[CFN__NAMES], table, slots);
    cfn__free(table);
}

static void put_pools(writer *w)
{
    cfn_schema_builder *b = w->builder;
    for (size_t i = 0; i < b->region_count; i++)
        put(&w->sections[CFN__REGIONS], cfn__build_text(b, b->regions[i]));
    put_all(&w->sections[CFN__RUNTIMES], b->runtimes.items, b->runtimes.count);
    put_all(&w->sections[CFN__ORIGINS], b->origins.items, b->origins.count);
    put_all(&w->sections[CFN__LISTS], b->lists.words.items, b->lists.words.count);
    const cfn__words *numbers = &b->numbers.words; /* each a length of 2, and 2 words */
    for (size_t i = 0; i + 3 <= numbers->count; i += 3)
        put_all(&w->sections[CFN__NUMBERS], numbers->items + i + 1, 2);
    cfn__buffer_add(&w->sections[CFN__TEXTS], b->texts.text, b->texts.length);
}

static void put_block(writer *w)
{
    static const uint32_t sizes[] = {
#define SIZE(name, size) size,
        CFN__SECTIONS(SIZE)
#undef SIZE
    };
    cfn__buffer *block = &w->builder->block;
    size_t offset = CFN__HEADER_SIZE + CFN__SECTION_COUNT * CFN__SECTION_SIZE, total = offset;
    for (int i = 0; i < CFN__SECTION_COUNT; i++) {
        cfn__buffer *section = &w->sections[i];
        block->failed = block->failed || section->failed;
        total += section->length;
    }
    w->builder->too_large |= total > UINT32_MAX / 2;
    cfn__buffer_add(block, CFN__FACTS_MAGIC, 8);
    put_all(block,
            (const uint32_t[]){CFN__FACTS_ORDER, CFN__FACTS_VERSION, (uint32_t)total,
                               CFN__SECTION_COUNT},
            4);
    for (uint32_t i = 0; i < CFN__SECTION_COUNT; i++) {
        uint32_t length = (uint32_t)w->sections[i].length;
        put_all(block, (const uint32_t[]){i + 1, (uint32_t)offset, length / sizes[i], sizes[i]}, 4);
        offset += length;
    }
    for (int i = 0; i < CFN__SECTION_COUNT; i++)
        cfn__buffer_add(block, w->sections[i].text, w->sections[i].length);
}

bool cfn__build_write(cfn_schema_builder *builder)
{
    writer w = {.builder = builder};
    size_t count = builder->raw_count ? cfn__build_classes(builder, &w.classes) : 0;
    if (count) {
        put_values(&w);
        put_types(&w);
        put_crosses(&w);
        put_names(&w);
        put_pools(&w);
        put_block(&w);
    }
    bool failed = !count || builder->block.failed || builder->texts.failed ||
                  builder->types.failed || builder->crosses.failed || builder->runtimes.failed ||
                  cfn__sequences_failed(&builder->lists) ||
                  cfn__sequences_failed(&builder->numbers) || cfn_arena_failed(builder->arena);
    for (int i = 0; i < CFN__SECTION_COUNT; i++)
        cfn__buffer_free(&w.sections[i]);
    cfn__words_free(&w.classes);
    cfn__words_free(&w.run_starts);
    cfn__sequences_free(&w.runs);
    return !failed;
}
