/* The first stack of the README, from C; first-stack.yaml is the same as a stack file. */
#include <cfngen/cfngen.h>
#include <stdio.h>

static void add_all(cfn_stack *stack)
{
    cfn_ec2_network network = cfn_ec2_network_add(stack, "Network", NULL);
    cfn_kms_key key = cfn_kms_key_add(stack, "Key", NULL);
    cfn_ec2_security_group group = cfn_ec2_security_group_add(
        stack, "DatabaseGroup",
        &(cfn_ec2_security_group_props){
            .network = network,
            .ingress = CFN_RULES(
                {.peer = cfn_ec2_security_group_named("ApplicationGroup"), .port = cfn_i(3306)})});
    cfn_ec2_security_group_add(stack, "ApplicationGroup",
                               &(cfn_ec2_security_group_props){.network = network});
    cfn_rds_aurora_cluster database = cfn_rds_aurora_cluster_add(
        stack, "Database",
        &(cfn_rds_aurora_cluster_props){.engine = cfn_s(CFN_AURORA_MYSQL),
                                        .network = network,
                                        .security_groups = CFN_ITEMS(cfn_ec2_security_group, group),
                                        .encryption_key = key});
    cfn_output_add(stack, "Endpoint",
                   &(cfn_output_props){.value = cfn_rds_aurora_cluster_endpoint(database)});
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
