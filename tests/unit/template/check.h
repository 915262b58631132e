/* What the tests of templates share. */
#ifndef CFN_TESTS_UNIT_TEMPLATE_CHECK_H
#define CFN_TESTS_UNIT_TEMPLATE_CHECK_H

#include "support.h"

#include <cfngen/template.h>

/* Understands a template given as YAML. */
SUPPORT cfn_template *check(fixture *f, const char *yaml)
{
    const cfn_node *root = read_yaml(f, yaml);
    if (!root)
        print_error("%s", cfn_diagnostics_text(f->diagnostics, false));
    assert_non_null(root);
    cfn_template *tpl = cfn_template_new(f->arena, root, f->diagnostics);
    assert_non_null(tpl);
    return tpl;
}

/* A template of two resources, A and B, of which A has the property that is given; P is a
 * parameter, L one that is a list, M a mapping and C a condition. */
SUPPORT cfn_template *check_value(fixture *f, const char *value)
{
    char yaml[4096];
    snprintf(yaml, sizeof yaml,
             "Parameters: {P: {Type: String}, L: {Type: CommaDelimitedList}}\n"
             "Mappings: {M: {eu: {Key: x, Other: z}, us: {Key: y}}}\n"
             "Conditions: {C: !Equals [!Ref P, x]}\n"
             "Resources:\n"
             "  B: {Type: 'A::B::C'}\n"
             "  A:\n"
             "    Type: A::B::C\n"
             "    Properties:\n"
             "      X: %s\n",
             value);
    return check(f, yaml);
}

#endif
