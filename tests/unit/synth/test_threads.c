/* Two threads synthesise at once, each with a stack of its own; built with the thread sanitizer by
 * `make check-threads`. */
#include "support.h"

#include <cfngen/synth.h>
#include <pthread.h>

enum { THREADS = 4, ROUNDS = 5 };

static const char stack_file[] =
    "Resources:\n"
    "  Network: {Type: Cfngen::EC2::Network}\n"
    "  Key: {Type: Cfngen::KMS::Key}\n"
    "  Group: {Type: Cfngen::EC2::SecurityGroup, Properties: {Network: !Ref Network}}\n"
    "  Database:\n"
    "    Type: Cfngen::RDS::AuroraCluster\n"
    "    Properties: {Engine: aurora-mysql, Network: !Ref Network, SecurityGroups: [!Ref Group],\n"
    "      EncryptionKey: !Ref Key}\n"
    "  Queue: {Type: AWS::SQS::Queue, Properties: {QueueName: !Sub 'q-${AWS::Region}'}}\n";

/* A copy of the template, NULL when there is none. */
static char *synthesised(void)
{
    cfn_stack *stack = cfn_stack_new(&(cfn_stack_options){.environment = "test", .suffix = "s1"});
    if (!stack)
        return NULL;
    cfn_stack_read_text(stack, "in", stack_file, sizeof stack_file - 1, CFN_FORMAT_YAML);
    size_t length = 0;
    const char *text = cfn_stack_text(stack, NULL, &length);
    char *copy = text ? malloc(length + 1) : NULL;
    if (copy)
        memcpy(copy, text, length + 1);
    cfn_stack_free(stack);
    return copy;
}

/* Gives the template if each round made the same. */
static void *synthesise_again_and_again(void *unused)
{
    (void)unused;
    char *first = synthesised();
    for (int i = 1; first && i < ROUNDS; i++) {
        char *again = synthesised();
        bool same = again && strcmp(again, first) == 0;
        free(again);
        if (!same) {
            free(first);
            first = NULL;
        }
    }
    return first;
}

static void stacks_in_several_threads_do_not_know_of_each_other(void **state)
{
    (void)state;
    pthread_t threads[THREADS];
    char *alone = synthesised();
    assert_non_null(alone);
    for (int i = 0; i < THREADS; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, synthesise_again_and_again, NULL), 0);
    for (int i = 0; i < THREADS; i++) {
        void *made = NULL;
        assert_int_equal(pthread_join(threads[i], &made), 0);
        assert_non_null(made);
        assert_string_equal(made, alone);
        free(made);
    }
    free(alone);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(stacks_in_several_threads_do_not_know_of_each_other),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
