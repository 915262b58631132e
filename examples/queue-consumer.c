/* A queue and a function that takes its messages, from typed resources alone: lists, objects, maps,
 * policies, and what one resource tells another. */
#include <cfngen/aws/iam.h>
#include <cfngen/aws/lambda.h>
#include <cfngen/aws/logs.h>
#include <cfngen/aws/sqs.h>
#include <cfngen/cfngen.h>
#include <stdio.h>

/* A message that fails three times goes to the second queue. */
static aws_sqs_Queue add_queues(cfn_stack *stack)
{
    aws_sqs_Queue failed =
        aws_sqs_Queue_add(stack, "Failed",
                          &(aws_sqs_Queue_props){.MessageRetentionPeriod = cfn_i(14 * 24 * 3600),
                                                 .SqsManagedSseEnabled = cfn_b(true)});
    const cfn_entry redrive[] = {{"deadLetterTargetArn", aws_sqs_Queue_Arn(failed)},
                                 {"maxReceiveCount", cfn_s("3")}};
    return aws_sqs_Queue_add(
        stack, "Orders",
        &(aws_sqs_Queue_props){.RedrivePolicy = cfn_json_of(cfn_map(stack, redrive, 2)),
                               .SqsManagedSseEnabled = cfn_b(true),
                               .VisibilityTimeout = cfn_i(180)});
}

static aws_iam_Role add_role(cfn_stack *stack)
{
    cfn_json trust =
        cfn_json_text(stack, "{\"Version\": \"2012-10-17\", \"Statement\": [{\"Effect\": \"Allow\","
                             " \"Principal\": {\"Service\": \"lambda.amazonaws.com\"},"
                             " \"Action\": \"sts:AssumeRole\"}]}");
    cfn_json rights = cfn_json_text(
        stack, "{\"Version\": \"2012-10-17\", \"Statement\": ["
               "{\"Effect\": \"Allow\", \"Resource\": {\"Fn::GetAtt\": [\"Orders\", \"Arn\"]},"
               " \"Action\": [\"sqs:ReceiveMessage\", \"sqs:DeleteMessage\","
               " \"sqs:GetQueueAttributes\"]},"
               "{\"Effect\": \"Allow\", \"Resource\": {\"Fn::GetAtt\": [\"Log\", \"Arn\"]},"
               " \"Action\": [\"logs:CreateLogStream\", \"logs:PutLogEvents\"]}]}");
    return aws_iam_Role_add(
        stack, "ConsumerRole",
        &(aws_iam_Role_props){
            .AssumeRolePolicyDocument = trust,
            .Policies = CFN_ITEMS(aws_iam_Role_Policies,
                                  {.PolicyName = cfn_s("consume"), .PolicyDocument = rights})});
}

static aws_lambda_Function add_consumer(cfn_stack *stack, aws_sqs_Queue queue)
{
    aws_logs_LogGroup log = aws_logs_LogGroup_add(
        stack, "Log",
        &(aws_logs_LogGroup_props){
            .RetentionInDays = cfn_i(30),
            .attributes = {.deletion_policy = "Delete", .update_replace_policy = "Delete"}});
    return aws_lambda_Function_add(
        stack, "Consumer",
        &(aws_lambda_Function_props){
            .Architectures = CFN_LIST(cfn_s("arm64")),
            .Code = &(aws_lambda_Function_Code){.ZipFile =
                                                    cfn_s("def handle(event, context):\n"
                                                          "    for record in event[\"Records\"]:\n"
                                                          "        print(record[\"body\"])\n")},
            .Environment =
                &(aws_lambda_Function_Environment){
                    .Variables = CFN_MAP({"QUEUE", aws_sqs_Queue_QueueName(queue)},
                                         {"STAGE", cfn_s("test")})},
            .Handler = cfn_s("index.handle"),
            .LoggingConfig =
                &(aws_lambda_Function_LoggingConfig){.LogGroup = aws_logs_LogGroup_Ref(log)},
            .Role = aws_iam_Role_Arn(add_role(stack)),
            .Runtime = cfn_s("python3.13"),
            .Timeout = cfn_i(30)});
}

static void add_all(cfn_stack *stack)
{
    typedef aws_lambda_EventSourceMapping_ScalingConfig scaling;
    aws_sqs_Queue queue = add_queues(stack);
    aws_lambda_Function consumer = add_consumer(stack, queue);
    aws_lambda_EventSourceMapping_add(
        stack, "Source",
        &(aws_lambda_EventSourceMapping_props){
            .BatchSize = cfn_i(10),
            .EventSourceArn = aws_sqs_Queue_Arn(queue),
            .FunctionName = aws_lambda_Function_Ref(consumer),
            .FunctionResponseTypes = CFN_LIST(cfn_s("ReportBatchItemFailures")),
            .ScalingConfig = &(scaling){.MaximumConcurrency = cfn_i(5)}});
    cfn_output_add(stack, "QueueUrl", &(cfn_output_props){.value = aws_sqs_Queue_Ref(queue)});
}

int main(void)
{
    cfn_stack *stack = cfn_stack_new(NULL);
    if (!stack)
        return 1;
    add_all(stack);
    bool written = cfn_stack_write(stack, "-", NULL);
    const char *said = cfn_diagnostics_text(cfn_stack_diagnostics(stack), false);
    fputs(said ? said : "", stderr);
    cfn_stack_free(stack);
    return written ? 0 : 1;
}
