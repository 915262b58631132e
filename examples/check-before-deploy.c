/* What a tool of one's own may do before it deploys: make a stack, assert what it must hold, and
 * say what deploying it would change. It is C and C++. */
#include <cfngen/assertions.h>
#include <cfngen/cfngen.h>
#include <stdio.h>
#include <string.h>

/* The stack that is deployed, and the one that shall be: its readers need not wait any longer. */
static const char deployed[] = "Resources:\n"
                               "  Jobs:\n"
                               "    Type: AWS::SQS::Queue\n"
                               "    Properties: {QueueName: jobs, DelaySeconds: 10}\n"
                               "  Key: {Type: 'Cfngen::KMS::Key'}\n";
static const char wanted[] =
    "Resources:\n"
    "  Jobs:\n"
    "    Type: AWS::SQS::Queue\n"
    "    Properties: {QueueName: jobs, KmsMasterKeyId: !GetAtt Key.Arn, DelaySeconds: 0}\n"
    "  Key: {Type: 'Cfngen::KMS::Key'}\n";

static cfn_stack *stack_of(const char *text)
{
    cfn_stack_options options;
    memset(&options, 0, sizeof options);
    options.environment = "test";
    options.suffix = "v1";
    cfn_stack *stack = cfn_stack_new(&options);
    if (stack)
        cfn_stack_read_text(stack, "jobs.yaml", text, strlen(text), CFN_FORMAT_YAML);
    return stack;
}

/* Whether it holds, after saying why not. */
static bool holds(cfn_verdict verdict)
{
    if (!verdict.holds)
        fputs(verdict.text, stderr);
    return verdict.holds;
}

static bool is_as_it_must_be(const cfn_node *root)
{
    cfn_assertions *t = cfn_assertions_new(root, NULL);
    bool good = holds(cfn_assert_resource_count(t, "AWS::KMS::Key", 1)) &&
                holds(cfn_assert_all_properties(t, "AWS::KMS::Key", "EnableKeyRotation: true")) &&
                holds(cfn_assert_has_properties(t, "AWS::SQS::Queue", "KmsMasterKeyId: !Any"));
    cfn_assertions_free(t);
    return good;
}

static bool print_changes(const cfn_node *from, const cfn_node *to, cfn_diagnostics *diagnostics)
{
    cfn_template_diff *diff = cfn_template_diff_new(from, to, NULL, diagnostics);
    const char *text = diff ? cfn_template_diff_render(diff, NULL, NULL) : NULL;
    if (text)
        fputs(text, stdout);
    cfn_template_diff_free(diff);
    return text != NULL;
}

int main(void)
{
    cfn_stack *from = stack_of(deployed), *to = stack_of(wanted);
    const cfn_node *from_root = from ? cfn_stack_synth(from) : NULL;
    const cfn_node *to_root = to ? cfn_stack_synth(to) : NULL;
    bool good = from_root && to_root && is_as_it_must_be(to_root) &&
                print_changes(from_root, to_root, cfn_stack_diagnostics(to));
    if (to)
        fputs(cfn_diagnostics_text(cfn_stack_diagnostics(to), false), stderr);
    cfn_stack_free(from);
    cfn_stack_free(to);
    return good ? 0 : 1;
}
