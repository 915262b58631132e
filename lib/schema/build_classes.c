/* Finds the raw values that are equal all the way down, types that contain themselves included.
 *
 * Values of one shape start in one class. A class is split as long as kids of its members are in
 * different classes; when nothing is split any more, a class holds what is equal. */
#include "schema/build.h"

/* The class of each value by its last one and those of its kids; how many, 0 without memory. */
static size_t split(const cfn_schema_builder *b, const cfn__words *last, cfn__words *next)
{
    cfn__sequences seen = {0};
    cfn__words key = {0};
    for (size_t i = 0; i < b->raw_count && !key.failed; i++) {
        const cfn__raw *raw = &b->raws[i];
        key.count = 0;
        cfn__words_add(&key, last->items[i]);
        for (uint32_t kid = 0; kid < raw->kid_count; kid++)
            cfn__words_add(&key, last->items[raw->kids[kid]]);
        cfn__words_add(next, cfn__sequence(&seen, key.items, key.count));
    }
    bool failed = key.failed || next->failed || cfn__sequences_failed(&seen);
    size_t count = failed ? 0 : cfn__sequence_count(&seen);
    cfn__words_free(&key);
    cfn__sequences_free(&seen);
    return count;
}

size_t cfn__build_classes(const cfn_schema_builder *b, cfn__words *classes)
{
    cfn__sequences shapes = {0};
    for (size_t i = 0; i < b->raw_count; i++)
        cfn__words_add(classes, cfn__sequence(&shapes, b->raws[i].shape, b->raws[i].shape_count));
    bool failed = classes->failed || cfn__sequences_failed(&shapes);
    size_t count = failed ? 0 : cfn__sequence_count(&shapes);
    cfn__sequences_free(&shapes);
    for (size_t before = 0; count && count != before;) {
        cfn__words next = {0};
        before = count;
        count = split(b, classes, &next);
        cfn__words_free(classes);
        *classes = next;
    }
    return count;
}
