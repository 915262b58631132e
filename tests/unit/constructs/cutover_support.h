/* For tests of cutovers: a migration with all that one works with. */
#ifndef CFN_TESTS_CUTOVER_SUPPORT_H
#define CFN_TESTS_CUTOVER_SUPPORT_H

#include "stack_support.h"

#include "base/arena.h"

#include <cfngen/cfngen.h>

/* The record's properties stand on line 12, the task's on line 13, the cutover's on line 15. */
#define CUTOVER_OF(record, task, properties)                                                       \
    "Resources:\n"                                                                                 \
    "  Key: {Type: 'Cfngen::KMS::Key'}\n"                                                          \
    "  Topic: {Type: 'Cfngen::SNS::Topic', Properties: {EncryptionKey: !Ref Key, Subscriptions: "  \
    "[{Protocol: email, Endpoint: a@b.c}]}}\n"                                                     \
    "  Net: {Type: 'Cfngen::EC2::Network'}\n"                                                      \
    "  Old: {Type: 'Cfngen::SecretsManager::Secret'}\n"                                            \
    "  New: {Type: 'Cfngen::SecretsManager::Secret'}\n"                                            \
    "  Ca: {Type: 'Cfngen::DMS::Certificate'}\n"                                                   \
    "  S: {Type: 'Cfngen::DMS::Endpoint', Properties: {Certificate: !Ref Ca, EndpointType: "       \
    "source, EngineName: mysql, Secret: !Ref Old, EncryptionKey: !Ref Key}}\n"                     \
    "  T: {Type: 'Cfngen::DMS::Endpoint', Properties: {Certificate: !Ref Ca, EndpointType: "       \
    "target, EngineName: mysql, Secret: !Ref New, EncryptionKey: !Ref Key}}\n"                     \
    "  Inst: {Type: 'Cfngen::DMS::ReplicationInstance', Properties: {Network: !Ref Net, "          \
    "SecurityGroups: [sg-12345678], EncryptionKey: !Ref Key}}\n"                                   \
    "  Name: {Type: 'Cfngen::Route53::CutoverRecord', Properties: {HostedZoneId: Z0123456789ABC, " \
    "Name: Db.Orders.Internal., Source: {Host: old.example.com}, Target: {Host: "                  \
    "new.example.com},\n"                                                                          \
    "    " record "}}\n"                                                                           \
    "  Task: {Type: 'Cfngen::DMS::ReplicationTask', Properties: {" task "ReplicationInstance: "    \
    "!Ref Inst, Source: !Ref S, Target: !Ref T, TableMappings: {Include: [{Schema: shop}]}}}\n"    \
    "  C: {Type: 'Cfngen::Migration::Cutover', Properties: {EncryptionKey: !Ref Key,\n"            \
    "    " properties "}}\n"
/* Goes behind it, for a cutover that asks the alarms. */
#define ALARMS                                                                                     \
    "  Alarms: {Type: 'Cfngen::Migration::Alarms', Properties: {Topic: !Ref Topic, "               \
    "ReplicationInstanceIdentifier: main}}\n"
#define REVERSED    "Reverse: true, "
#define WEIGHTED    "Mode: weighted, SourceReadOnly: true"
#define READERS     "Mode: weighted, ReadOnlyTraffic: true"
#define BOTH        "Record: !Ref Name, Task: !Ref Task"
#define CUTOVER(p)  CUTOVER_OF("TTL: 20", REVERSED, BOTH p)
#define MACHINE     "Resources/CWorkflow/Properties/"
#define ENVIRONMENT "Resources/C/Properties/Environment/Variables"

/* What the state machine does, read from its text. */
SUPPORT const cfn_node *definition(stack_fixture *t)
{
    const cfn_node *text = cfn_node_find(t->template, MACHINE "DefinitionString/Fn::Sub");
    assert_non_null(text);
    const cfn_node *root =
        cfn_read_text(t->f.arena, t->f.diagnostics, "definition", cfn_node_text(text),
                      strlen(cfn_node_text(text)), CFN_FORMAT_JSON);
    assert_non_null(root);
    return root;
}

SUPPORT void assert_does(stack_fixture *t, const char *path, const char *expected)
{
    const cfn_node *found = cfn_node_find(definition(t), path);
    if (!found)
        print_error("nothing at %s\n", path);
    assert_non_null(found);
    assert_json(&t->f, found, expected);
}

#endif
