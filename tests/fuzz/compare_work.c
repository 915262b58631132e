/* Work of a comparison, with and without memory: what was read is written, and read again, as the
 * same; its pieces are work, too; its keys are what they say. */
#include "checks.h"

#include "compare/key_text.h"

#include <cfngen/compare_work.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Whatever key there is, for as many columns as it seems to have, is written as it was read. */
static void check_key(const char *text)
{
    size_t count = 1;
    cfn__end key = {0};
    cfn__buffer again = {0};
    for (const char *p = text; p && *p; p++)
        count += *p == ',';
    if (!text || count > CFN__MOST_KEY_COLUMNS || !cfn__read_key_text(&key, text, count))
        return;
    cfn__add_key_text(&again, (const char *const *)key.texts, key.lengths, count);
    cfn__end other = {0};
    must(!again.failed && cfn__read_key_text(&other, again.text, count), "a key is read again");
    for (size_t i = 0; i < count; i++)
        must(!key.texts[i] == !other.texts[i] && key.lengths[i] == other.lengths[i] &&
                 (!key.texts[i] || memcmp(key.texts[i], other.texts[i], key.lengths[i]) == 0),
             "a key is what was written");
    cfn__end_free(&key);
    cfn__end_free(&other);
    cfn__buffer_free(&again);
}

static void check_keys(const cfn_compare_work *work)
{
    for (size_t i = 0; i < work->table_count; i++) {
        const cfn_compare_work_table *t = &work->tables[i];
        for (size_t k = 0; k < t->range_count; k++) {
            check_key(t->ranges[k].low);
            check_key(t->ranges[k].high);
        }
        for (size_t k = 0; k < t->suspect_count; k++)
            check_key(t->suspects[k]);
        for (size_t k = 0; k < t->confirmed_count; k++)
            check_key(t->confirmed[k]);
    }
}

static void check_again(cfn_arena *arena, cfn_diagnostics *diagnostics,
                        const cfn_compare_work *work)
{
    const cfn_node *node = cfn_compare_work_node(arena, work);
    must(node != NULL, "work can be written");
    const cfn_compare_work *again = cfn_compare_work_read(arena, diagnostics, node);
    must(again != NULL, "what was written is work");
    must(cfn_node_equal(node, cfn_compare_work_node(arena, again)), "it is the same work");
    size_t pieces = cfn_compare_work_size(work);
    for (size_t i = 0; i < pieces; i++) {
        const cfn_compare_work *piece = cfn_compare_work_piece(arena, work, i);
        must(piece && cfn_compare_work_size(piece) == 1, "a piece is one");
    }
    must(!cfn_compare_work_piece(arena, work, pieces), "there is no piece beyond the last one");
    must(pieces || cfn_compare_work_is_done(work), "work without pieces is done");
}

static void check_work(const char *text, size_t length, size_t limit)
{
    reading r = read_input(text, length, CFN_FORMAT_JSON, 0);
    if (r.root) {
        cfn_arena *arena = cfn_arena_new();
        cfn_arena_set_limit(arena, limit);
        const cfn_compare_work *work = cfn_compare_work_read(arena, r.diagnostics, r.root);
        size_t errors = cfn_diagnostics_count(r.diagnostics, CFN_ERROR);
        must(!work || errors == 0, "there is no work where there is an error");
        must(work || errors || cfn_arena_failed(arena), "there is work, or else an error");
        if (work && !limit) {
            check_keys(work);
            check_again(arena, r.diagnostics, work);
        }
        cfn_arena_free(arena);
    }
    forget(&r);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    check_work((const char *)data, size, 0);
    check_work((const char *)data, size, 1 + cfn__hash((const char *)data, size) % 20000);
    return 0;
}
