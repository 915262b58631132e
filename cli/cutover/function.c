/* Invokes the function that cuts over: its events, and what helps against its errors. */
#include "../deploy/request.h"
#include "cutover.h"

#include <stdlib.h>
#include <string.h>

#define AGAIN "run this again: it goes on from where it was"
#define LOOK  "cfngen cutover status"

typedef struct remedy {
    const char *type; /* the end of an error's type, or a part of what Lambda says of it */
    const char *hint;
} remedy;

/* docs/cutover.md lists the types of the function; the last ones are Lambda's own. */
static const remedy remedies[] = {
    {".Busy", "another invocation is at work; one that was cut off is in the way until its time is "
              "over: " LOOK " shows who did what last, and this can be run again in a few minutes"},
    {".Throttled", "AWS is asked too much by this account at the moment: in a minute " AGAIN},
    {".ExpiredCredentials", "those of the function ran out; it has new ones soon: " AGAIN},
    {".AccessDenied", "the role of the function lacks what is named here: cfngen drift STACK shows "
                      "whether it was changed by hand, and deploying the stack again mends it"},
    {".NotFound", "what is named here was deleted or renamed since the stack was deployed: cfngen "
                  "drift STACK shows what"},
    {".StateChanged", "somebody else wrote the state meanwhile: look at it with " LOOK
                      ", then run this again if it still has to be done"},
    {".StateUnreadable", "the parameter of the state was written by somebody else: aws ssm "
                         "get-parameter-history shows what it held when the function wrote it"},
    {".Unreachable", "the function has to reach the endpoints of AWS: it belongs outside of a VPC, "
                     "for Route 53 has no VPC endpoint; " AGAIN},
    {".BadEvent",
     "a record of mode CNAME takes 0 and 100 alone, and --reverse needs a reverse task; if "
     "it is neither, the function is of another version than this cfngen: deploy its code again"},
    {".BadConfiguration",
     "the environment of the function is not as the construct writes it: cfngen "
     "drift STACK shows what was changed, and deploying the stack again mends it"},
    {".OutOfTime", AGAIN},
    {"imed out", AGAIN},
    {"Sandbox.Timedout", AGAIN},
};

static const char *find_hint(const aws_answer *said)
{
    for (size_t i = 0; i < sizeof remedies / sizeof *remedies; i++)
        if ((said->code && strstr(said->code, remedies[i].type)) ||
            (said->message && strstr(said->message, remedies[i].type)))
            return remedies[i].hint;
    return NULL;
}

/* Errors that the table does not know are told in the function's log. */
static int complain(const cutover_run *run, const aws_answer *said)
{
    char what[1200];
    bool raised = said->outcome == AWS_RAISED;
    const char *name = strrchr(run->function, ':'), *hint = raised ? find_hint(said) : NULL;
    snprintf(what, sizeof what, "the function %s %s", run->function,
             raised ? "failed" : "cannot be invoked");
    aws_complain(said, what);
    if (hint)
        fprintf(stderr, "  = hint: %s\n", hint);
    else if (raised)
        fprintf(stderr, "  = hint: its log may say more: aws logs tail /aws/lambda/%s\n",
                name ? name + 1 : run->function);
    return aws_interrupted(run->client) ? STATUS_INCOMPLETE : STATUS_TROUBLE;
}

/* NULL without memory. */
static const char *write_event(const cutover_run *run, request *r)
{
    if (!begin_request(r))
        return NULL;
    json_text(&r->json, "action", run->action->event);
    if (run->arguments->operand_count)
        json_integer(&r->json, "aurora_weight", strtol(run->arguments->operands[0], NULL, 10));
    if (option_value(run->arguments, "reverse"))
        json_boolean(&r->json, "reverse", true);
    if (option_value(run->arguments, "force"))
        json_boolean(&r->json, "force", true);
    if (run->mark)
        json_text(&r->json, "run", run->mark);
    return end_request(r);
}

bool is_set(const cutover_run *run, const char *member)
{
    return strcmp(text_of(run->answer, member), "true") == 0;
}

static bool is_answer(const cfn_node *root)
{
    return *text_of(root, "done") && *text_of(root, "phase");
}

int ask_function(cutover_run *run)
{
    request r = {.text = NULL};
    const char *event = write_event(run, &r);
    if (!event) {
        free_request(&r);
        return out_of_memory();
    }
    aws_answer said = aws_invoke(run->client, run->arena, run->function, event);
    int status = STATUS_CLEAN;
    run->answer = said.root;
    if (said.outcome != AWS_ANSWERED)
        status = complain(run, &said);
    else if (!is_answer(run->answer))
        status = trouble("the function %s answered something else than a cutover function does",
                         run->function);
    if (!run->mark && *text_of(run->answer, "run"))
        run->mark = text_of(run->answer, "run");
    aws_answer_free(&said);
    free_request(&r);
    return status;
}
