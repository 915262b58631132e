/* Why an operation failed: the first cause, also inside of nested stacks, and what helps. */
#include "watch.h"

#include <string.h>

enum { DEEPEST_NESTING = 5 };

/* What is known to help, by what the reason holds. */
static const struct {
    const char *sign, *hint;
} remedies[] = {
    {"already exists", "something of this name was made before, perhaps by a stack that retained "
                       "it: delete it, import it, or use another --suffix"},
    {"not authorized to perform", "give the permission to the user or role that deploys, or name "
                                  "a role that has it with --role-arn"},
    {"dms-vpc-role", "DMS needs its service roles once in an account: Cfngen::DMS::ServiceRoles "
                     "makes them"},
    {"is not ready to be used", "DMS could not use its role yet, because it was just made: deploy "
                                "once more"},
    {"DeletionProtection", "turn the protection of the database off first, if it may really go"},
    {"deletion protection", "turn the protection of the database off first, if it may really go"},
    {"currently running", "a running task can neither be changed nor deleted: stop it first"},
    {"LimitExceeded", "ask for a higher quota (AWS Service Quotas), or delete what is not used"},
    {"quota", "ask for a higher quota (AWS Service Quotas), or delete what is not used"},
};

static const char *find_hint(const char *reason)
{
    for (size_t i = 0; i < sizeof remedies / sizeof *remedies; i++)
        if (strstr(reason, remedies[i].sign))
            return remedies[i].hint;
    return NULL;
}

static void print_failure(const char *label, const watch_failure *f)
{
    fprintf(stderr, "  %s: %s (%s) %s%s%s\n", label, f->id, f->type, f->status,
            *f->reason ? ": " : "", f->reason);
}

/* The reason of a nested stack names only which of its resources failed: those know why. */
static void print_nested(aws_client *client, const watch_failure *outer)
{
    watch inner;
    deployed_stack stack;
    char id[WATCH_ID_SIZE];
    snprintf(id, sizeof id, "%s", outer->physical_id);
    for (int depth = 0; depth < DEEPEST_NESTING && *id; depth++) {
        if (!describe_stack(client, id, &stack) || !stack.node ||
            !watch_running(&inner, client, &stack)) {
            deployed_stack_free(&stack);
            return;
        }
        deployed_stack_free(&stack);
        inner.quiet = true;
        inner.seconds = 1e-9;
        watch_operation(&inner);
        if (!inner.failure_count)
            return;
        print_failure("in it", &inner.failures[0]);
        bool deeper = strcmp(inner.failures[0].type, "AWS::CloudFormation::Stack") == 0;
        snprintf(id, sizeof id, "%s", deeper ? inner.failures[0].physical_id : "");
    }
}

int watch_complain(watch *w, const char *what)
{
    size_t kept = w->failure_count < WATCH_MOST_FAILURES ? w->failure_count : WATCH_MOST_FAILURES;
    fprintf(stderr, "cfngen: %s: %s\n", what, w->status);
    if (!kept)
        return STATUS_FINDINGS;
    const watch_failure *first = &w->failures[0];
    print_failure("cause", first);
    if (strcmp(first->type, "AWS::CloudFormation::Stack") == 0)
        print_nested(w->client, first);
    const char *hint = find_hint(first->reason);
    if (hint)
        fprintf(stderr, "  = hint: %s\n", hint);
    for (size_t i = 1; i < kept; i++)
        print_failure("then", &w->failures[i]);
    if (w->failure_count > kept)
        fprintf(stderr, "  and %zu more\n", w->failure_count - kept);
    return STATUS_FINDINGS;
}
