/* Each allocation fails in turn, in every way into the library: what comes out is the whole answer
 * or none, with CFN0001 reported, and all memory is given back. */
#include "support.h"

#include "base/arena.h"

#include <cfngen/allocator.h>
#include <cfngen/check.h>
#include <cfngen/diff.h>
#include <cfngen/synth.h>
#include <cfngen/test_suite.h>
#include <jansson.h>

/* Which allocation fails, counted from 1 (0: none), and what is out. */
static struct {
    size_t count, fails_at;
    bool stays_out; /* all after it fail too */
    size_t alive;
} memory;

static bool is_out(void)
{
    memory.count++;
    return memory.fails_at &&
           (memory.stays_out ? memory.count >= memory.fails_at : memory.count == memory.fails_at);
}

static void *allocate(size_t size)
{
    void *there = is_out() ? NULL : malloc(size);
    memory.alive += there != NULL;
    return there;
}

static void *resize(void *old, size_t size)
{
    void *there = is_out() ? NULL : realloc(old, size);
    memory.alive += there && !old;
    return there;
}

static void release(void *old)
{
    memory.alive -= old != NULL;
    free(old);
}

/* libyaml has no hook; these stand in front of its own. */
CFN_API void *yaml_malloc(size_t size);
CFN_API void *yaml_realloc(void *old, size_t size);
CFN_API void yaml_free(void *old);
CFN_API char *yaml_strdup(const char *text);

void *yaml_malloc(size_t size)
{
    return allocate(size ? size : 1);
}

void *yaml_realloc(void *old, size_t size)
{
    return resize(old, size ? size : 1);
}

void yaml_free(void *old)
{
    release(old);
}

char *yaml_strdup(const char *text)
{
    size_t size = text ? strlen(text) + 1 : 0;
    char *copy = size ? allocate(size) : NULL;
    return copy ? memcpy(copy, text, size) : NULL;
}

static const char stack_file[] =
    "Parameters: {Size: {Type: Number, Default: 7}}\n"
    "Conditions: {Large: !Equals [!Ref Size, 9]}\n"
    "Resources:\n"
    "  Network: {Type: Cfngen::EC2::Network}\n"
    "  Key: {Type: Cfngen::KMS::Key}\n"
    "  Group: {Type: Cfngen::EC2::SecurityGroup, Properties: {Network: !Ref Network}}\n"
    "  Database:\n"
    "    Type: Cfngen::RDS::AuroraCluster\n"
    "    Properties: {Engine: aurora-mysql, Network: !Ref Network, SecurityGroups: [!Ref Group],\n"
    "      EncryptionKey: !Ref Key}\n"
    "  V: {Type: Cfngen::EC2::VPC, Properties: {Nat: one, EncryptionKey: !Ref Key, "
    "InterfaceEndpoints: [kms], IsolatedSubnets: true, Peerings: [{VpcId: vpc-12345678, "
    "CidrBlock: 10.1.0.0/16, RouteTableIds: [rtb-12345678]}]}}\n"
    "  Topic: {Type: AWS::SNS::Topic, Properties: {TopicName: !Sub 't-${Size}'}}\n"
    "Outputs: {Endpoint: {Value: !GetAtt Database.Endpoint.Address}}\n";

static const char plain_json[] =
    "{\"Resources\": {\"Q\": {\"Type\": \"AWS::SQS::Queue\", \"Properties\": {\"DelaySeconds\": 7,"
    " \"QueueName\": {\"Fn::Join\": [\"-\", [\"a\", {\"Ref\": \"AWS::Region\"}]]}}},"
    " \"R\": {\"Type\": \"AWS::IAM::Role\", \"Properties\": {\"AssumeRolePolicyDocument\":"
    " {\"Statement\": [{\"Effect\": \"Allow\", \"Action\": \"sts:AssumeRole\","
    " \"Principal\": {\"Service\": \"lambda.amazonaws.com\"}}]}, \"Typo\": 1}}}}";

/* What a run gave: its text in `answer`, or "" when there is none. */
typedef struct outcome {
    char answer[64 * 1024];
    bool said_so; /* CFN0001 was reported, or there were no diagnostics to report it to */
} outcome;

static void keep(outcome *result, const char *text)
{
    size_t length = text ? strlen(text) : 0;
    if (length >= sizeof result->answer)
        fail_msg("the answer is longer than this test takes");
    memcpy(result->answer, text ? text : "", length + 1);
}

static bool is_said(cfn_diagnostics *diagnostics)
{
    for (size_t i = 0; diagnostics && cfn_diagnostics_at(diagnostics, i); i++)
        if (cfn_diagnostics_at(diagnostics, i)->id == CFN0001)
            return true;
    return !diagnostics;
}

static void synthesises(outcome *result)
{
    cfn_stack *stack = cfn_stack_new(&(cfn_stack_options){.environment = "test", .suffix = "s1"});
    result->said_so = !stack;
    if (!stack)
        return;
    cfn_stack_read_text(stack, "in", stack_file, sizeof stack_file - 1, CFN_FORMAT_YAML);
    keep(result, cfn_stack_text(stack, NULL, NULL));
    result->said_so = is_said(cfn_stack_diagnostics(stack));
    cfn_stack_free(stack);
}

static void reads_and_checks(outcome *result, const char *text, cfn_format format)
{
    cfn_arena *arena = cfn_arena_new();
    cfn_diagnostics *diagnostics = cfn_diagnostics_new();
    result->said_so = !arena || !diagnostics;
    if (!result->said_so) {
        cfn_node *root = cfn_read_text(arena, diagnostics, "in", text, strlen(text), format);
        cfn_template *tpl = root ? cfn_template_new(arena, root, diagnostics) : NULL;
        if (tpl)
            cfn_template_check(tpl, NULL, diagnostics);
        const char *written = root ? cfn_write_text(arena, root, NULL, NULL) : NULL;
        const char *said = cfn_diagnostics_text(diagnostics, false);
        result->said_so = is_said(diagnostics) || cfn_arena_failed(arena) || !written || !said;
        if (!result->said_so)
            keep(result, cfn__format(arena, "%s%s", written, said));
    }
    cfn_diagnostics_free(diagnostics);
    cfn_arena_free(arena);
}

static void checks_json(outcome *result)
{
    reads_and_checks(result, plain_json, CFN_FORMAT_JSON);
}

static void checks_yaml(outcome *result)
{
    reads_and_checks(result,
                     "Resources: {T: {Type: AWS::SNS::Topic, Properties: {Nmae: !Ref X}}}\n",
                     CFN_FORMAT_YAML);
}

static const char old_json[] =
    "{\"Parameters\": {\"P\": {\"Type\": \"String\", \"NoEcho\": true, \"Default\": \"a\"}},"
    " \"Resources\": {\"Q\": {\"Type\": \"AWS::SQS::Queue\", \"DependsOn\": [\"R\", \"T\"],"
    " \"Properties\": {\"QueueName\": {\"Fn::Sub\": \"a-${AWS::Region}\"},"
    " \"Tags\": [{\"Key\": \"a\", \"Value\": 1}, {\"Key\": \"b\", \"Value\": 2}]}},"
    " \"T\": {\"Type\": \"AWS::DMS::ReplicationTask\", \"Properties\":"
    " {\"ReplicationTaskSettings\": \"{\\\"A\\\":{\\\"B\\\":[1,2,3]}}\", \"Code\": "
    "\"a\\nb\\nc\\n\"}},"
    " \"W\": {\"Type\": \"AWS::IAM::Role\", \"Properties\": {\"ManagedPolicyArns\": [\"a:b:c\"],"
    " \"Policies\": [{\"PolicyName\": \"p\", \"PolicyDocument\": {\"Statement\": {\"Effect\": "
    "\"Allow\","
    " \"Action\": [\"sqs:SendMessage\"], \"Resource\": {\"Fn::GetAtt\": [\"Q\", \"Arn\"]}}}}]}},"
    " \"G\": {\"Type\": \"AWS::EC2::SecurityGroup\", \"Properties\": {\"SecurityGroupIngress\":"
    " [{\"IpProtocol\": \"tcp\", \"FromPort\": 1, \"ToPort\": 1, \"CidrIp\": \"10.0.0.0/16\"}]}},"
    " \"R\": {\"Type\": \"AWS::S3::Bucket\", \"Properties\": {\"BucketName\": {\"Ref\": \"Q\"}}}}}";

static const char new_json[] =
    "{\"Parameters\": {\"P\": {\"Type\": \"String\", \"NoEcho\": true, \"Default\": \"b\"}},"
    " \"Resources\": {\"Q\": {\"Type\": \"AWS::SQS::Queue\", \"DependsOn\": [\"T\", \"R\"],"
    " \"Properties\": {\"QueueName\": {\"Fn::Join\": [\"-\", [\"b\", {\"Ref\": \"AWS::Region\"}]]},"
    " \"Tags\": [{\"Key\": \"c\", \"Value\": 1}, {\"Key\": \"b\", \"Value\": \"2\"}]}},"
    " \"U\": {\"Type\": \"AWS::DMS::ReplicationTask\", \"Properties\": {\"Code\": 1}},"
    " \"T\": {\"Type\": \"AWS::DMS::ReplicationTask\", \"Properties\":"
    " {\"ReplicationTaskSettings\": \"{\\\"A\\\":{\\\"B\\\":[1,4,2,3]}}\", \"Code\": "
    "\"a\\nx\\nc\\n\"}},"
    " \"W\": {\"Type\": \"AWS::IAM::Role\", \"Properties\": {\"ManagedPolicyArns\": [\"a:b:d\"],"
    " \"Policies\": [{\"PolicyName\": \"p\", \"PolicyDocument\": {\"Statement\": {\"Effect\": "
    "\"Allow\","
    " \"Action\": [\"sqs:*\"], \"Resource\": {\"Fn::GetAtt\": [\"Q\", \"Arn\"]}}}}]}},"
    " \"G\": {\"Type\": \"AWS::EC2::SecurityGroup\", \"Properties\": {\"SecurityGroupIngress\":"
    " [{\"IpProtocol\": \"tcp\", \"FromPort\": 1, \"ToPort\": 9, \"CidrIp\": \"10.0.0.0/16\"}]}},"
    " \"R\": {\"Type\": \"AWS::S3::Bucket\", \"Properties\": {\"BucketName\": {\"Ref\": \"Q\"}}}}}";

/* Renders every form; "" when one of them is missing. */
static void keep_forms(outcome *result, cfn_arena *arena, cfn_template_diff *diff)
{
    const char *all = "";
    for (cfn_diff_format form = CFN_DIFF_TEXT; form <= CFN_DIFF_MARKDOWN; form++) {
        const char *text =
            cfn_template_diff_render(diff, &(cfn_diff_render_options){.format = form}, NULL);
        result->said_so = result->said_so || !text;
        all = cfn__format(arena, "%s%s", all, text ? text : "");
    }
    result->said_so = result->said_so || cfn_arena_failed(arena);
    if (!result->said_so)
        keep(result, all);
}

static void compares(outcome *result)
{
    cfn_arena *arena = cfn_arena_new();
    cfn_diagnostics *diagnostics = cfn_diagnostics_new();
    result->said_so = !arena || !diagnostics;
    if (!result->said_so) {
        const cfn_node *old = cfn_read_text(arena, diagnostics, "old", old_json,
                                            sizeof old_json - 1, CFN_FORMAT_JSON);
        const cfn_node *new = cfn_read_text(arena, diagnostics, "new", new_json,
                                            sizeof new_json - 1, CFN_FORMAT_JSON);
        cfn_template_diff *diff =
            old && new ? cfn_template_diff_new(old, new, NULL, diagnostics) : NULL;
        result->said_so = is_said(diagnostics);
        if (diff)
            keep_forms(result, arena, diff);
        cfn_template_diff_free(diff);
    }
    cfn_diagnostics_free(diagnostics);
    cfn_arena_free(arena);
}

static const char test_file[] =
    "template: t\nparameters: {P: c}\n"
    "tests:\n"
    "  - name: one\n"
    "    has: {type: AWS::SQS::Queue, properties: {QueueName: !Capture [n, !Regex ^a]}, captured: "
    "{n: [x]}}\n"
    "    none: {type: AWS::SQS::Queue, properties: {Tags: !ArrayWithUnordered [{Key: b}, {Key: "
    "a}]}}\n"
    "    all: {type: AWS::DMS::ReplicationTask, properties: {Code: !Not \"a\\nb\\nc\\n\",\n"
    "      ReplicationTaskSettings: !SerializedJson {A: {B: !ArrayWith [3, 1]}}}}\n"
    "    may: {role: R, action: 's3:GetObject', resource: !Sub 'a-${P}'}\n"
    "  - name: two\n"
    "    parameters: {P: d, 'AWS::Region': e}\n"
    "    matches: {Resources: {Q: !Exact {Type: x}}, Outputs: !Absent }\n"
    "    count: {type: AWS::S3::Bucket, is: 2}\n"
    "    snapshot: none.json\n";

/* Every test fails, so that all that is said of failures is made. */
static void asserts(outcome *result)
{
    cfn_arena *arena = cfn_arena_new();
    cfn_diagnostics *diagnostics = cfn_diagnostics_new();
    result->said_so = !arena || !diagnostics;
    const cfn_node *root = NULL;
    if (!result->said_so)
        root = cfn_read_text(arena, diagnostics, "old", old_json, sizeof old_json - 1,
                             CFN_FORMAT_JSON);
    cfn_suite *suite =
        root ? cfn_suite_read_text(diagnostics, "tests", test_file, sizeof test_file - 1) : NULL;
    result->said_so = result->said_so || is_said(diagnostics);
    const char *all = "";
    for (size_t i = 0; suite && i < cfn_suite_size(suite); i++) {
        cfn_verdict v = cfn_suite_run(suite, i, root, false);
        result->said_so = result->said_so || v.broken;
        assert_false(v.holds);
        all = cfn__format(arena, "%s%s", all, v.text);
    }
    if (!result->said_so && !cfn_arena_failed(arena))
        keep(result, all);
    result->said_so = result->said_so || (arena && cfn_arena_failed(arena));
    cfn_suite_free(suite);
    cfn_diagnostics_free(diagnostics);
    cfn_arena_free(arena);
}

static void run(void (*way)(outcome *), outcome *result, size_t fails_at, bool stays_out)
{
    *result = (outcome){.said_so = false};
    memory.count = memory.alive = 0;
    memory.fails_at = fails_at;
    memory.stays_out = stays_out;
    const cfn_allocator failing = {allocate, resize, release};
    cfn_allocator_set(&failing);
    json_set_alloc_funcs(allocate, release);
    way(result);
    cfn_allocator_set(NULL);
    json_set_alloc_funcs(malloc, free);
    memory.fails_at = 0;
    if (memory.alive)
        fail_msg("%zu pieces of memory are lost when allocation %zu fails", memory.alive, fails_at);
}

static void each_allocation_fails_in_turn(void (*way)(outcome *))
{
    static outcome outcomes[2]; /* too large for the stack */
    outcome *whole = outcomes, *result = outcomes + 1;
    run(way, whole, 0, false);
    assert_false(whole->said_so);
    assert_string_not_equal(whole->answer, "");
    size_t count = memory.count;
    for (size_t i = 1; i <= count; i++)
        for (int stays_out = 0; stays_out <= 1; stays_out++) {
            run(way, result, i, stays_out);
            bool is_whole = strcmp(result->answer, whole->answer) == 0;
            if (!(is_whole || (!*result->answer && result->said_so)))
                fail_msg("half an answer, or none without a word, when allocation %zu of %zu "
                         "fails:\n%s",
                         i, count, result->answer);
        }
}

static void a_stack_is_synthesised_whole_or_not_at_all(void **state)
{
    (void)state;
    each_allocation_fails_in_turn(synthesises);
}

static void json_is_read_checked_and_written_whole_or_not_at_all(void **state)
{
    (void)state;
    each_allocation_fails_in_turn(checks_json);
}

static void yaml_is_read_checked_and_written_whole_or_not_at_all(void **state)
{
    (void)state;
    each_allocation_fails_in_turn(checks_yaml);
}

static void templates_are_compared_whole_or_not_at_all(void **state)
{
    (void)state;
    each_allocation_fails_in_turn(compares);
}

static void tests_of_templates_are_run_whole_or_not_at_all(void **state)
{
    (void)state;
    each_allocation_fails_in_turn(asserts);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_stack_is_synthesised_whole_or_not_at_all),
        cmocka_unit_test(json_is_read_checked_and_written_whole_or_not_at_all),
        cmocka_unit_test(yaml_is_read_checked_and_written_whole_or_not_at_all),
        cmocka_unit_test(templates_are_compared_whole_or_not_at_all),
        cmocka_unit_test(tests_of_templates_are_run_whole_or_not_at_all),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
