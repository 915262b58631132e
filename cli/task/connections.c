/* Has DMS test the connections of a task: from its replication instance to both endpoints. DMS
 * tests one connection of an instance after the other, and forgets no answer, so each is asked for
 * anew. */
#include "../deploy/stack.h"
#include "task.h"

#include <string.h>

static int begin_test(task_run *run, const char *instance, const char *endpoint)
{
    char what[600];
    snprintf(what, sizeof what, "the connection to %s cannot be tested", endpoint);
    aws_answer answer = aws_ask(run->client, &(aws_call){.service = "dms",
                                                         .operation = "test-connection",
                                                         .arguments = (const char *const[]){
                                                             "--replication-instance-arn", instance,
                                                             "--endpoint-arn", endpoint, NULL}});
    /* It is under way already: what it comes to counts. */
    bool good =
        answer.outcome == AWS_ANSWERED || aws_refused(&answer, "InvalidResourceStateFault", "test");
    if (!good)
        aws_complain(&answer, what);
    aws_answer_free(&answer);
    return good ? STATUS_CLEAN : call_trouble(run->client);
}

/* What helps, by words of what DMS says. */
static const char *hint_for(const char *failure)
{
    static const struct {
        const char *words, *hint;
    } hints[] = {
        {"timed out", "security groups, routes and name resolution: may the replication instance "
                      "reach the database?"},
        {"Can't connect", "security groups, routes and name resolution: may the replication "
                          "instance reach the database?"},
        {"Access denied", "the login of the endpoint's secret, and what it is granted"},
        {"password authentication failed", "the login of the endpoint's secret"},
        {"no pg_hba.conf entry", "pg_hba.conf of the source must let the replication instance in, "
                                 "over TLS"},
        {"SSL", "the certificate of the endpoint, and its SslMode"},
        {"secret", "may DMS read the secret? Its role, the key of the secret, and a way to Secrets "
                   "Manager from the subnets"},
        {NULL, "the endpoint's server name, port and secret; the log of the task says more"},
    };
    size_t i = 0;
    while (hints[i].words && !strstr(failure, hints[i].words))
        i++;
    return hints[i].hint;
}

enum { GOES_ON = -1, MOST_EMPTY_ANSWERS = 12 };

/* Prints what the test came to; STATUS_FINDINGS for a failure, GOES_ON while it is going on. */
static int judge(const task_run *run, const cfn_node *connection, const char *which)
{
    const char *state = text_of(connection, "Status");
    const char *failure = text_of(connection, "LastFailureMessage");
    if (!connection || strcmp(state, "testing") == 0)
        return GOES_ON;
    printf("%-7s %-11s %s\n", which, state, text_of(connection, "EndpointIdentifier"));
    fflush(stdout);
    if (strcmp(state, "successful") == 0)
        return STATUS_CLEAN;
    if (*failure) {
        char text[1024];
        copy_text(run->client, text, sizeof text, failure);
        fprintf(stderr, "  %s\n  = hint: %s\n", text, hint_for(failure));
    }
    return STATUS_FINDINGS;
}

static int await_test(task_run *run, const char *instance, const char *endpoint, const char *which)
{
    char by_endpoint[600], by_instance[600], what[600];
    int status = GOES_ON, empty_answers = 0;
    snprintf(by_endpoint, sizeof by_endpoint, "Name=endpoint-arn,Values=%s", endpoint);
    snprintf(by_instance, sizeof by_instance, "Name=replication-instance-arn,Values=%s", instance);
    snprintf(what, sizeof what, "the test of the connection to %s cannot be looked up", endpoint);
    do {
        aws_answer answer = aws_ask(
            run->client, &(aws_call){.service = "dms",
                                     .operation = "describe-connections",
                                     .arguments = (const char *const[]){"--filters", by_endpoint,
                                                                        by_instance, NULL},
                                     .reads_only = true});
        if (answer.outcome == AWS_ANSWERED) {
            const cfn_node *connection = cfn_node_find(answer.root, "Connections/0");
            status = judge(run, connection, which);
            if (!connection && ++empty_answers == MOST_EMPTY_ANSWERS)
                status = trouble("%s: DMS knows of no such test", what);
        } else {
            aws_complain(&answer, what);
            status = call_trouble(run->client);
        }
        aws_answer_free(&answer);
    } while (status == GOES_ON && aws_pause(run->client, 5));
    return status == GOES_ON ? STATUS_INCOMPLETE : status;
}

int test_connections(task_run *run)
{
    static const struct {
        const char *which, *key;
    } ends[] = {{"source", "SourceEndpointArn"}, {"target", "TargetEndpointArn"}};
    const char *instance = text_of(run->task.node, "ReplicationInstanceArn");
    int worst = STATUS_CLEAN;
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        const char *endpoint = text_of(run->task.node, ends[i].key);
        int status = begin_test(run, instance, endpoint);
        if (status == STATUS_CLEAN)
            status = await_test(run, instance, endpoint, ends[i].which);
        if (status > STATUS_FINDINGS)
            return status;
        worst = status > worst ? status : worst;
    }
    return worst;
}
