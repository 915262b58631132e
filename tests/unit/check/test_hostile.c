/* Templates that are damaged, huge or made to cost much, and memory that runs out. */
#include "check_support.h"

#include "base/buffer.h"

#include <time.h>

static double seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

/* Sanitizers have their time, and what else a machine does does not count; what doubles with each
 * line ends too late. */
static void check_in_time(fixture *f, const cfn_schema *schema, const char *yaml)
{
    const cfn_node *root = read_yaml(f, yaml);
    if (!root)
        print_error("%s", cfn_diagnostics_text(f->diagnostics, false));
    assert_non_null(root);
    const cfn_template *tpl = cfn_template_new(f->arena, root, f->diagnostics);
    assert_non_null(tpl);
    double start = seconds();
    assert_true(cfn_template_check(tpl, &(cfn_check_options){.schema = schema}, f->diagnostics));
    assert_true(seconds() - start < 30);
}

/* The same text again and again; %d in it is the number of the copy. */
static void repeat(cfn__buffer *b, const char *text, int count)
{
    for (int i = 0; i < count; i++)
        for (const char *p = text; *p; p++) {
            if (p[0] == '%' && p[1] == 'd') {
                cfn__buffer_format(b, "%d", i);
                p++;
            } else {
                cfn__buffer_add_char(b, *p);
            }
        }
}

static const char queue[] = "Resources:\n"
                            "  A:\n"
                            "    Type: AWS::SQS::Queue\n"
                            "    Properties:\n";

static void ifs_in_ifs_end(void **state)
{
    cfn__buffer b = {0};
    repeat(&b, "Conditions:\n", 1);
    repeat(&b, "  C%d: !Equals [!Ref 'AWS::StackName', s%d]\n", 80);
    repeat(&b, queue, 1);
    repeat(&b, "      DelaySeconds: ", 1);
    repeat(&b, "{'Fn::If': [C%d, %d, ", 40);
    repeat(&b, "1", 1);
    repeat(&b, "]}", 40);
    check_in_time(*state, NULL, b.text);
    cfn__buffer_free(&b);
}

static void a_tree_of_ifs_ends(void **state)
{
    fixture *f = *state;
    const char *tree = "1";
    for (int i = 0; i < 12; i++)
        tree = cfn__format(f->arena, "!If [C%d, %s, %s]", i, tree, tree);
    cfn__buffer b = {0};
    repeat(&b, "Conditions:\n", 1);
    repeat(&b, "  C%d: !Equals [!Ref 'AWS::StackName', s%d]\n", 12);
    repeat(&b, queue, 1);
    cfn__buffer_format(&b, "      DelaySeconds: %s\n", tree);
    check_in_time(f, NULL, b.text);
    cfn__buffer_free(&b);
}

static void many_conditions_end(void **state)
{
    cfn__buffer b = {0};
    repeat(&b, "Conditions:\n  C0: !Equals [!Ref 'AWS::StackName', s]\n", 1);
    repeat(&b, "  D%d: !Not [!Condition C0]\n", 100000);
    repeat(&b, queue, 1);
    repeat(&b, "      Tags:\n", 1);
    repeat(&b, "      - !If [D%d, {Key: k%d, Value: v}, !Ref 'AWS::NoValue']\n", 9000);
    check_in_time(*state, NULL, b.text);
    cfn__buffer_free(&b);
}

static void conditions_that_cross_each_other_end(void **state)
{
    cfn__buffer b = {0};
    repeat(&b, "Parameters:\n", 1);
    repeat(&b, "  P%d: {Type: String, AllowedValues: [a, b, c, d]}\n", 40);
    repeat(&b, "Conditions:\n  All: !Or [!Condition D0, !Condition D1]\n", 1);
    for (int i = 0; i < 40; i++)
        cfn__buffer_format(&b,
                           "  D%d: !And [!Equals [!Ref P%d, a], !Not [!Equals [!Ref P%d, b]]]\n", i,
                           i, (i + 1) % 40);
    repeat(&b, queue, 1);
    repeat(&b, "      Tags:\n", 1);
    repeat(&b, "      - !If [D%d, {Key: k%d, Value: v}, !Ref 'AWS::NoValue']\n", 40);
    check_in_time(*state, NULL, b.text);
    cfn__buffer_free(&b);
}

static void a_text_of_many_pieces_ends(void **state)
{
    fixture *f = *state;
    cfn__buffer b = {0};
    repeat(&b, "Parameters: {P: {Type: String, AllowedValues: [", 1);
    repeat(&b, "a%d, ", 24);
    repeat(&b, "b]}}\n", 1);
    repeat(&b, queue, 1);
    for (int i = 0; i < 100; i++) {
        cfn__buffer_format(&b, "      N%d: !Sub '", i);
        repeat(&b, "${P}-${!x}", 700);
        repeat(&b, "'\n", 1);
    }
    const cfn_schema *schema =
        facts_about(f, "{\"typeName\":\"AWS::SQS::Queue\",\"patternProperties\":{\"N\":{\"type\":"
                       "\"string\",\"maxLength\":5}}}");
    check_in_time(f, schema, b.text);
    cfn__buffer_free(&b);
}

static void patterns_that_take_for_ever_end(void **state)
{
    fixture *f = *state;
    cfn__buffer b = {0};
    repeat(&b, queue, 1);
    repeat(&b, "      P%d: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaac\n", 20000);
    const cfn_schema *schema =
        facts_about(f, "{\"typeName\":\"AWS::SQS::Queue\",\"patternProperties\":{\"P\":{\"type\":"
                       "\"string\",\"pattern\":\"^(a|aa)+$\"}}}");
    check_in_time(f, schema, b.text);
    assert_ids(f, "CFN3119");
    cfn__buffer_free(&b);
}

/* Facts that lead back to themselves, and a value as deep as one can be. */
static void facts_in_a_circle_end(void **state)
{
    fixture *f = *state;
    cfn__buffer b = {0};
    repeat(&b, queue, 1);
    repeat(&b, "      T: ", 1);
    repeat(&b, "{L: ", 60);
    repeat(&b, "1", 1);
    repeat(&b, "}", 60);
    const cfn_schema *schema = facts_about(
        f, "{\"typeName\":\"AWS::SQS::Queue\",\"definitions\":{\"T\":{\"anyOf\":[{\"properties\":{"
           "\"L\":{\"$ref\":\"#/definitions/T\"}},\"required\":[\"L\"]},{\"properties\":{\"L\":{"
           "\"$ref\":\"#/definitions/T\"}},\"required\":[\"L\"]},{\"$ref\":\"#/definitions/T\"}]}},"
           "\"properties\":{\"T\":{\"$ref\":\"#/definitions/T\"}}}");
    check_in_time(f, schema, b.text);
    assert_ids(f, "CFN3119");
    assert_said(f, "some values were too much work to be checked");
    cfn__buffer_free(&b);
}

static void many_mistakes_end(void **state)
{
    cfn__buffer b = {0};
    repeat(&b, "Resources:\n", 1);
    repeat(&b,
           "  A%d: {Type: 'AWS::SQS::Queue%d', DependsOn: A0}\n"
           "  B%d: {Type: 'AWS::SQS::Queue', Properties: {QueueNam%d: x, Tags: [x, x]}}\n",
           10000);
    check_in_time(*state, NULL, b.text);
    cfn__buffer_free(&b);
}

static void a_template_without_sense_ends(void **state)
{
    static const char *const templates[] = {
        "Resources: []\n",
        "Resources: {A: {Type: 'AWS::SQS::Queue', Properties: []}}\n",
        "Resources: {A: {Type: 'AWS::SQS::Queue', Properties: text}}\n",
        "Resources: {A: {Type: 'AWS::SQS::Queue', Properties: {Ref: A}}}\n",
        "Resources: {A: {Type: 'AWS::SQS::Queue', Properties: {'Fn::If': [C]}}}\n",
        "Resources: {A: {Type: 'AWS::SQS::Queue', Properties: {QueueName: {'Fn::Sub': []}}}}\n",
        "Resources: {A: {Type: 'AWS::SQS::Queue', Properties: {QueueName: {'Fn::Sub': [x, y]}}}}\n",
        "Resources: {A: {Type: 'AWS::SQS::Queue', Properties: {QueueName: {'Fn::Join': [x]}}}}\n",
        "Resources: {A: {Type: 'AWS::SQS::Queue', Properties: {QueueName: {'Fn::Join': ['', "
        "{a: b}]}}}}\n",
        "Resources: {A: {Type: 'AWS::SQS::Queue', Properties: {QueueName: {'Fn::Select': [x, "
        "[]]}}}}\n",
        "Resources: {A: {Type: 'AWS::SQS::Queue', Properties: {QueueName: {'Fn::Select': "
        "[999999999999999999, [a]]}}}}\n",
        "Resources: {A: {Type: 'AWS::SQS::Queue', Properties: {QueueName: {'Fn::Split': ['', "
        "a]}}}}\n",
        "Resources: {A: {Type: 'AWS::SQS::Queue', Properties: {QueueName: {'Fn::FindInMap': [a, b, "
        "c]}}}}\n",
        "Mappings: {a: [x]}\nResources: {A: {Type: 'AWS::SQS::Queue', Properties: {QueueName: "
        "{'Fn::FindInMap': [a, b, c]}}}}\n",
        "Mappings: {a: {b: x}}\nResources: {A: {Type: 'AWS::SQS::Queue', Properties: {QueueName: "
        "{'Fn::FindInMap': [a, b, c]}}}}\n",
        "Parameters: {P: [x]}\nResources: {A: {Type: 'AWS::SQS::Queue', Properties: {QueueName: "
        "!Ref P}}}\n",
        "Parameters: {P: {AllowedValues: [[x], {a: b}], Default: [y]}}\nResources: {A: {Type: "
        "'AWS::SQS::Queue', Properties: {QueueName: !Ref P}}}\n",
        "Conditions: [x]\nResources: {A: {Type: 'AWS::SQS::Queue', Condition: C, Properties: "
        "{QueueName: !If [C, a, b]}}}\n",
        "Outputs: {O: [x], P: {Value: {'Fn::If': x}}, Q: {Value: {'Fn::GetAtt': []}}}\nResources: "
        "{A: {Type: 'AWS::SQS::Queue'}}\n",
    };
    fixture *f = *state;
    for (size_t i = 0; i < sizeof templates / sizeof *templates; i++) {
        forget(f);
        check_in_time(f, NULL, templates[i]);
        assert_true(cfn_diagnostics_size(f->diagnostics) > 0);
        assert_non_null(cfn_diagnostics_text(f->diagnostics, false));
    }
}

static void memory_that_runs_out_is_told(void **state)
{
    static const char yaml[] =
        "Parameters: {P: {Type: String, AllowedValues: [a, b]}}\n"
        "Resources:\n"
        "  A:\n"
        "    Type: AWS::SQS::Queue\n"
        "    Properties:\n"
        "      QueueName: !Sub '${P}-${P}!!!'\n"
        "      Tags: [{Key: a, Value: b}, {Key: !Join [',', [a, !Ref P]], Value: b}]\n"
        "      RedriveAllowPolicy: !If [x, 1]\n"
        "      DelaySeconds: many\n";
    fixture *f = *state;
    const cfn_node *root = read_yaml(f, yaml);
    const cfn_template *tpl = cfn_template_new(f->arena, root, f->diagnostics);
    bool ok = false;
    size_t failures = 0;
    for (size_t limit = 16; !ok; limit += 16) {
        forget(f);
        cfn_arena_set_limit(f->arena, limit);
        ok = cfn_template_check(tpl, NULL, f->diagnostics);
        cfn_arena_set_limit(f->arena, 0);
        if (ok)
            break;
        failures++;
        assert_said(f, "CFN0001");
        assert_true(limit < 1000000);
    }
    assert_true(failures > 10);
    assert_said(f, "DelaySeconds must be an integer, not many");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(ifs_in_ifs_end),
        TEST(a_tree_of_ifs_ends),
        TEST(many_conditions_end),
        TEST(conditions_that_cross_each_other_end),
        TEST(a_text_of_many_pieces_ends),
        TEST(patterns_that_take_for_ever_end),
        TEST(facts_in_a_circle_end),
        TEST(many_mistakes_end),
        TEST(a_template_without_sense_ends),
        TEST(memory_that_runs_out_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
