/* A diff as text, as JSON and as Markdown. */
#include "diff_support.h"

#define OLD                                                                                        \
    "Resources:\n"                                                                                 \
    "  Db: {Type: 'AWS::RDS::DBInstance', Properties: {Engine: mysql, DBName: a, "                 \
    "CopyTagsToSnapshot: "                                                                         \
    "true}}\n"                                                                                     \
    "  Gone: {Type: 'AWS::SNS::Topic'}\n"
#define NEW                                                                                        \
    "Resources:\n"                                                                                 \
    "  Db: {Type: 'AWS::RDS::DBInstance', Properties: {Engine: mysql, DBName: b, "                 \
    "CopyTagsToSnapshot: "                                                                         \
    "false}}\n"                                                                                    \
    "  Here: {Type: 'AWS::IAM::Role'}\n"                                                           \
    "Outputs: {O: {Value: !Ref Db}}\n"

static void text_shows_both_values(void **state)
{
    assert_rendered(
        *state, OLD, NEW, NULL,
        "Resources\n"
        "[~] AWS::RDS::DBInstance Db  replace  holds data: its databases and automated backups\n"
        " ├─ [~] DBName (requires replacement)\n"
        " │   ├─ [-] a\n"
        " │   └─ [+] b\n"
        " └─ [~] CopyTagsToSnapshot\n"
        "     ├─ [-] true\n"
        "     └─ [+] false\n"
        "[+] AWS::IAM::Role Here  create\n"
        "[-] AWS::SNS::Topic Gone  destroy\n"
        "\n"
        "Outputs\n"
        "[+] Output O\n"
        " └─ [+] {\"Value\":{\"Ref\":\"Db\"}}\n"
        "\n"
        "Advice\n"
        "warning CFN6010 Db: Db is replaced; lost with it: its databases and automated backups "
        "(UpdateReplacePolicy: Retain keeps the old one)\n");
}

static void replacements_can_be_told_alone(void **state)
{
    assert_rendered(*state, OLD, OLD "  Here: {Type: 'AWS::IAM::Role'}\n",
                    &(cfn_diff_render_options){.part = CFN_DIFF_REPLACEMENTS},
                    "There are no differences.\n");
    cfn_template_diff *diff = diff_of(*state, OLD, NEW);
    const char *text = cfn_template_diff_render(
        diff, &(cfn_diff_render_options){.part = CFN_DIFF_REPLACEMENTS}, NULL);
    assert_non_null(strstr(text, "Gone"));
    assert_non_null(strstr(text, "CFN6010"));
    assert_null(strstr(text, "Here"));
    assert_null(strstr(text, "Outputs"));
    assert_true(cfn_template_diff_is_empty(diff, CFN_DIFF_SECURITY));
    cfn_template_diff_free(diff);
}

static void security_can_be_told_alone(void **state)
{
    static const char form[] =
        "Resources:\n"
        "  Db: {Type: 'AWS::RDS::DBInstance', Properties: {PubliclyAccessible: %s, DBName: %s}}\n"
        "  Rule: {Type: 'AWS::EC2::SecurityGroupIngress', Properties: {GroupId: sg-1, IpProtocol: "
        "tcp, "
        "FromPort: 1, ToPort: 1, CidrIp: %s}}\n";
    char old[600], new[600];
    snprintf(old, sizeof old, form, "false", "a", "10.0.0.0/16");
    snprintf(new, sizeof new, form, "true", "b", "10.0.0.0/8");
    cfn_template_diff *diff = diff_of(*state, old, new);
    const char *text =
        cfn_template_diff_render(diff, &(cfn_diff_render_options){.part = CFN_DIFF_SECURITY}, NULL);
    assert_non_null(strstr(text, "Security groups\n"));
    assert_non_null(strstr(text, "10.0.0.0/8"));
    assert_non_null(strstr(text, "CFN6042"));
    assert_null(strstr(text, "CFN6010"));
    assert_null(strstr(text, "DBName"));
    assert_false(cfn_template_diff_is_empty(diff, CFN_DIFF_SECURITY));
    cfn_template_diff_free(diff);
}

#define SCRIPT(lines) "Resources: {A: {Type: T, Properties: {Code: \"" lines "\"}}}"

static void long_texts_are_compared_line_by_line(void **state)
{
    assert_rendered(*state, SCRIPT("a\\nb\\nc\\nd\\ne\\nf\\ng\\n"),
                    SCRIPT("a\\nb\\nc\\nX\\ne\\nf\\ng\\nh\\n"),
                    &(cfn_diff_render_options){.context = 1},
                    "Resources\n"
                    "[~] T A  update\n"
                    " └─ [~] Code\n"
                    "        line 3\n"
                    "            c\n"
                    "        [-] d\n"
                    "        [+] X\n"
                    "            e\n"
                    "        line 7\n"
                    "            g\n"
                    "        [+] h\n");
}

static void a_large_value_stands_on_several_lines(void **state)
{
    assert_rendered(
        *state, "Resources: {A: {Type: T}}",
        "Resources: {A: {Type: T, Properties: {P: {aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa: "
        "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb, c: 1}, Q: 1}}}",
        NULL,
        "Resources\n"
        "[~] T A  update\n"
        " ├─ [+] P\n"
        " │   └─ [+] {\n"
        " │            \"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\": "
        "\"bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb\",\n"
        " │            \"c\": 1\n"
        " │          }\n"
        " └─ [+] Q\n"
        "     └─ [+] 1\n");
}

static void colours_are_there_on_request(void **state)
{
    assert_rendered(*state, "Resources: {A: {Type: T}}",
                    "Resources: {A: {Type: T, Properties: {P: 1}}}",
                    &(cfn_diff_render_options){.colours = true},
                    "\033[1;4mResources\033[0m\n"
                    "\033[33m[~]\033[0m T \033[1mA\033[0m  update\n"
                    " └─ \033[32m[+]\033[0m P\n"
                    "     └─ \033[32m[+]\033[0m \033[32m1\033[0m\n");
}

static void control_characters_do_not_reach_the_terminal(void **state)
{
    cfn_template_diff *diff =
        diff_of(*state, "Resources: {A: {Type: T, Properties: {P: a}}}",
                "Resources: {A: {Type: T, Properties: {P: \"\\e[31m\", \"\\eQ\": 1}}}");
    const char *text = cfn_template_diff_render(diff, NULL, NULL);
    assert_null(strchr(text, '\033'));
    assert_non_null(strstr(text, "\\u001b[31m"));
    cfn_template_diff_free(diff);
}

static void json_has_every_fact(void **state)
{
    fixture *f = *state;
    cfn_template_diff *diff = diff_of(f, OLD, NEW);
    const char *text =
        cfn_template_diff_render(diff, &(cfn_diff_render_options){.format = CFN_DIFF_JSON}, NULL);
    const cfn_node *root = read_json(f, text);
    assert_json(f, cfn_node_get(root, "differs"), "true");
    assert_json(f, cfn_node_get(root, "access"), "[]");
    assert_json(f, cfn_node_find(root, "entries/0"),
                "{\"section\":\"Resources\",\"id\":\"Db\",\"kind\":\"changed\","
                "\"type\":\"AWS::RDS::DBInstance\",\"impact\":\"replace\",\"fate\":\"deleted\","
                "\"holdsData\":true,\"loss\":\"its databases and automated backups\",\"changes\":["
                "{\"kind\":\"changed\",\"path\":[\"Properties\",\"DBName\"],\"at\":\"DBName\","
                "\"old\":\"a\",\"new\":\"b\",\"impact\":\"replace\"},"
                "{\"kind\":\"changed\",\"path\":[\"Properties\",\"CopyTagsToSnapshot\"],\"at\":"
                "\"CopyTagsToSnapshot\","
                "\"old\":true,\"new\":false,\"impact\":\"update\"}]}");
    assert_json(f, cfn_node_find(root, "advice/0/id"), "\"CFN6010\"");
    cfn_template_diff_free(diff);
}

static void markdown_does_not_take_values_for_markup(void **state)
{
    assert_rendered(*state, "Resources: {A: {Type: T, Properties: {P: 'a|b'}}}",
                    "Resources: {A: {Type: T, Properties: {P: '<b>`*x*`\n\n|@me'}}}",
                    &(cfn_diff_render_options){.format = CFN_DIFF_MARKDOWN},
                    "### Changes of the stack\n\n\n"
                    "| | Name | What | Impact |\n|---|---|---|---|\n"
                    "| ✏️ | <code>A</code> | T | update |\n\n"
                    "<details><summary>A: 1 change</summary>\n\n"
                    "| Where | Old | New | |\n|---|---|---|---|\n"
                    "| <code>P</code> | <code>a&#124;b</code> | "
                    "<code>&lt;b&gt;&#96;&#42;x&#42;&#96;<br>&#124;&#64;me</code> |  |\n\n"
                    "</details>\n");
}

static void the_same_templates_have_no_differences(void **state)
{
    static const cfn_diff_format forms[] = {CFN_DIFF_TEXT, CFN_DIFF_MARKDOWN};
    for (size_t i = 0; i < 2; i++)
        assert_rendered(*state, OLD, OLD, &(cfn_diff_render_options){.format = forms[i]},
                        "There are no differences.\n");
    cfn_template_diff *diff = diff_of(*state, OLD, OLD);
    assert_true(cfn_template_diff_is_empty(diff, CFN_DIFF_ALL));
    cfn_template_diff_free(diff);
}

static void tables_have_titles_and_columns(void **state)
{
    (void)state;
    assert_string_equal(cfn_access_title(CFN_ACCESS_SECURITY_GROUPS), "Security groups");
    assert_string_equal(cfn_access_column(CFN_ACCESS_STATEMENTS, 4), "Condition");
    assert_null(cfn_access_column(CFN_ACCESS_STATEMENTS, 5));
    assert_null(cfn_access_column(CFN_ACCESS_MANAGED_POLICIES, 2));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(text_shows_both_values),
        TEST(replacements_can_be_told_alone),
        TEST(security_can_be_told_alone),
        TEST(long_texts_are_compared_line_by_line),
        TEST(a_large_value_stands_on_several_lines),
        TEST(colours_are_there_on_request),
        TEST(control_characters_do_not_reach_the_terminal),
        TEST(json_has_every_fact),
        TEST(markdown_does_not_take_values_for_markup),
        TEST(the_same_templates_have_no_differences),
        TEST(tables_have_titles_and_columns),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
