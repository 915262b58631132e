/* What the tests of checks share: templates against the facts of the library, and values against
 * small facts of a test's own. */
#ifndef CFN_TESTS_CHECK_SUPPORT_H
#define CFN_TESTS_CHECK_SUPPORT_H

#include "../schema/schema_support.h"

#include "base/arena.h"

#include <cfngen/check.h>

/* Checks a template; what its own check says is kept too. */
SUPPORT bool check_with(fixture *f, const char *yaml, const cfn_check_options *options)
{
    const cfn_node *root = read_yaml(f, yaml);
    if (!root)
        print_error("%s", cfn_diagnostics_text(f->diagnostics, false));
    assert_non_null(root);
    const cfn_template *tpl = cfn_template_new(f->arena, root, f->diagnostics);
    assert_non_null(tpl);
    return cfn_template_check(tpl, options, f->diagnostics);
}

SUPPORT void check(fixture *f, const char *yaml)
{
    assert_true(check_with(f, yaml, NULL));
}

SUPPORT void check_in(fixture *f, const char *region, const char *yaml)
{
    assert_true(check_with(f, yaml, &(cfn_check_options){.region = region}));
}

/* The ids of all diagnostics, with spaces between them. */
SUPPORT void assert_ids(fixture *f, const char *expected)
{
    char found[2048] = "";
    for (size_t i = 0; i < cfn_diagnostics_size(f->diagnostics) && i < 100; i++)
        snprintf(found + strlen(found), sizeof found - strlen(found), "%s%s", i ? " " : "",
                 cfn_diagnostic_name(cfn_diagnostics_at(f->diagnostics, i)->id));
    if (strcmp(found, expected) != 0)
        print_error("expected %s\n     got %s\n%s", expected, found,
                    cfn_diagnostics_text(f->diagnostics, false));
    assert_string_equal(found, expected);
}

/* Begins anew, so that one test can look at several values. */
SUPPORT void forget(fixture *f)
{
    cfn_diagnostics_free(f->diagnostics);
    f->diagnostics = cfn_diagnostics_new();
    assert_non_null(f->diagnostics);
}

/* A list parameter, a text, a number, a mapping and conditions for values to speak of. */
#define SURROUNDINGS                                                                               \
    "Parameters:\n"                                                                                \
    "  Any: {Type: String}\n"                                                                      \
    "  Size: {Type: String, AllowedValues: [small, large]}\n"                                      \
    "  List: {Type: CommaDelimitedList, Default: 'a, b'}\n"                                        \
    "Mappings: {Map: {x: {Text: mapped, List: [one, two]}, y: {Text: other, List: [three]}}}\n"    \
    "Conditions:\n"                                                                                \
    "  C: !Equals [!Ref Any, x]\n"                                                                 \
    "  D: !Equals [!Ref Any, y]\n"                                                                 \
    "  IsSmall: !Equals [!Ref Size, small]\n"

/* The facts out of files, up to one without a name; they live as long as the test. */
SUPPORT const cfn_schema *facts_from(fixture *f, const schema_file *files)
{
    size_t size = 0;
    unsigned char *facts = build_facts(f, files, &size);
    if (!facts)
        print_error("no facts:\n%s", cfn_diagnostics_text(f->diagnostics, false));
    assert_non_null(facts);
    void *kept = cfn__alloc(f->arena, size);
    if (kept && facts)
        memcpy(kept, facts, size);
    free(facts);
    const cfn_schema *schema = cfn_schema_open(f->diagnostics, "facts", kept, size);
    assert_non_null(schema);
    return schema;
}

/* The facts out of one provider schema. */
SUPPORT const cfn_schema *facts_about(fixture *f, const char *text)
{
    const schema_file files[] = {{NULL, "a.json", text}, {NULL, NULL, NULL}};
    return facts_from(f, files);
}

/* Properties of a resource A against facts that have just its type A::B::C. */
SUPPORT void check_resource(fixture *f, const char *schema, const char *properties)
{
    static const char form[] = SURROUNDINGS "Resources:\n"
                                            "  A:\n"
                                            "    Type: A::B::C\n"
                                            "    Properties: %s\n"
                                            "Outputs: {Out: {Value: {Ref: A}}}\n";
    const cfn_schema *facts =
        facts_about(f, cfn__format(f->arena, "{\"typeName\":\"A::B::C\",%s}", schema));
    check_with(f, cfn__format(f->arena, form, properties), &(cfn_check_options){.schema = facts});
}

/* A value of one property P. */
SUPPORT void check_value(fixture *f, const char *schema, const char *value)
{
    check_resource(
        f,
        cfn__format(f->arena, "\"additionalProperties\":false,\"properties\":{\"P\":%s}", schema),
        cfn__format(f->arena, "{P: %s}", value));
}

SUPPORT void assert_fits(fixture *f, const char *schema, const char *value)
{
    forget(f);
    check_value(f, schema, value);
    assert_ids(f, "");
}

SUPPORT void assert_unfit(fixture *f, const char *schema, const char *value, const char *ids)
{
    forget(f);
    check_value(f, schema, value);
    assert_ids(f, ids);
}

#endif
