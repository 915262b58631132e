/* Answers of AWS in XML, and what is looked for in them. */
#include "checks.h"

#include "lambda/cloudwatch.h"
#include "lambda/route53.h"
#include "lambda/timestamp.h"
#include "lambda/xml.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Lists are not made, and depth has its limit. */
static void check_tree(const cfn_node *node, int depth)
{
    must(depth <= CFN__DEEPEST_XML, "a tree is not too deep");
    must(cfn__is_map(node) || cfn__is_string(node), "elements are maps and texts");
    for (const cfn_node *n = cfn_node_first(node); n; n = cfn_node_next(n)) {
        must(cfn_node_key(n) && *cfn_node_key(n), "an element has a name");
        check_tree(n, depth + 1);
    }
}

static void check_record(const cfn_node *root, bool is_weighted)
{
    const cfn__cutover_settings settings = {.record = "a.b",
                                            .source_host = "c.d",
                                            .target_host = "e.f",
                                            .source_id = "s",
                                            .target_id = "t",
                                            .is_weighted = is_weighted};
    int weight = cfn__weight_of_records(&settings, root);
    must(weight >= -1 && weight <= 100, "a weight is a share");
}

static void check_points(const cfn_node *root)
{
    cfn__points points[2];
    if (!cfn__points_of_answer(root, 2, points))
        return;
    for (size_t s = 0; s < 2; s++) {
        must(points[s].count <= CFN__MOST_POINTS, "there are not too many datapoints");
        for (size_t i = 1; i < points[s].count; i++)
            must(points[s].times[i - 1] >= points[s].times[i], "the newest datapoint is first");
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    cfn_arena *arena = cfn_arena_new();
    const cfn_node *root = arena ? cfn__read_xml(arena, (const char *)data, size) : NULL;
    if (root) {
        check_tree(root, 1);
        check_record(root, true);
        check_record(root, false);
        check_points(root);
    }
    cfn_arena_free(arena);
    return 0;
}
