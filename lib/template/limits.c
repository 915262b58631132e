/* How many of each thing a template may have, and how large its text may be.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html */
#include "template/template.h"

static const struct {
    cfn_section section;
    size_t most;
    const char *nouns, *advice;
} limits[] = {
    {CFN_SECTION_RESOURCES, CFN_MAX_RESOURCES, "resources",
     "move some to a stack of their own, which exports what this one imports"},
    {CFN_SECTION_PARAMETERS, CFN_MAX_PARAMETERS, "parameters",
     "put several values into one CommaDelimitedList, or in a mapping"},
    {CFN_SECTION_OUTPUTS, CFN_MAX_OUTPUTS, "outputs",
     "join several values in one output, or move some to a stack of their own"},
    {CFN_SECTION_MAPPINGS, CFN_MAX_MAPPINGS, "mappings", "put several in one mapping"},
};

void cfn__check_counts(cfn__checker *c)
{
    for (size_t i = 0; i < sizeof limits / sizeof *limits; i++) {
        const cfn_node *section = c->tpl->sections[limits[i].section];
        if (cfn_node_size(section) <= limits[i].most)
            continue;
        cfn__complain_key(c, CFN1401, section,
                          "%u %s are more than the %zu that CloudFormation allows",
                          (unsigned)section->size, limits[i].nouns, limits[i].most);
        cfn__advise(c, "%s", limits[i].advice);
    }
}

void cfn_template_check_size(const cfn_template *tpl, cfn_diagnostics *diagnostics, size_t bytes,
                             size_t minified_bytes)
{
    bool helps = minified_bytes && minified_bytes < bytes;
    if (bytes > CFN_MAX_TEMPLATE_BYTES) {
        cfn__report(diagnostics, CFN1404, tpl->root,
                    "the template has %zu bytes; CloudFormation takes %d", bytes,
                    CFN_MAX_TEMPLATE_BYTES);
        if (helps && minified_bytes <= CFN_MAX_TEMPLATE_BYTES)
            cfn__hint(diagnostics, "with --minify it has %zu", minified_bytes);
        else
            cfn__hint(diagnostics, "divide it into several stacks");
    } else if (bytes > CFN_MAX_TEMPLATE_BODY_BYTES) {
        cfn__report(diagnostics, CFN1405, tpl->root,
                    "the template has %zu bytes; more than %d must be deployed through S3", bytes,
                    CFN_MAX_TEMPLATE_BODY_BYTES);
        if (helps && minified_bytes <= CFN_MAX_TEMPLATE_BODY_BYTES)
            cfn__hint(diagnostics,
                      "with --minify it has %zu, which fits; or use cfngen deploy "
                      "--s3-bucket BUCKET",
                      minified_bytes);
        else
            cfn__hint(diagnostics, "use cfngen deploy --s3-bucket BUCKET");
    }
}
