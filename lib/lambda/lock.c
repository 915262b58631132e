/* The lock. Writing a parameter is a fetch-and-increment of its version, and versions before can be
 * read: who wrote directly after a version that was free has it, whatever was written since. Who
 * was too late has written as well, and leaves that: it was invoked later, so its time runs out
 * later. */
#include "lambda/lock.h"

#include "base/arena.h"
#include "node/node.h"

#include <cfngen/read.h>
#include <stdlib.h>
#include <string.h>

#define FREE "{\"holder\":\"\",\"until\":0}"

bool cfn__parse_lock(cfn_arena *arena, const char *text, const char **holder, int64_t *until)
{
    cfn_diagnostics *diagnostics = cfn_diagnostics_new();
    const cfn_node *root =
        diagnostics ? cfn_read_text(arena, diagnostics, "lock", text, strlen(text), CFN_FORMAT_JSON)
                    : NULL;
    const cfn_node *by = cfn_node_get(root, "holder"), *time = cfn_node_get(root, "until");
    cfn_diagnostics_free(diagnostics);
    if (!cfn__is_string(by) || cfn_node_kind(time) != CFN_KIND_NUMBER)
        return false;
    *holder = cfn_node_text(by);
    *until = strtoll(cfn_node_text(time), NULL, 10);
    return true;
}

typedef struct asking {
    cfn_arena *arena;
    const cfn__lock *lock;
} asking;

/* Lambda invokes again under the same id what has ended without an answer: that holds nothing. */
static bool is_held(const asking *a, const char *value, const char **holder, int64_t *until)
{
    return cfn__parse_lock(a->arena, value, holder, until) && **holder && *until > a->lock->now &&
           strcmp(*holder, a->lock->holder) != 0;
}

static cfn__between judge(const void *context, const char *value)
{
    const asking *a = context;
    const char *holder = "";
    int64_t until;
    if (is_held(a, value, &holder, &until))
        return CFN__OTHERS;
    return strcmp(holder, a->lock->holder) == 0 ? CFN__OURS : CFN__VOID;
}

bool cfn__take_lock(const cfn__caller *caller, cfn__lock *lock)
{
    const asking a = {caller->arena, lock};
    cfn__buffer value = {0};
    const char *holder = "";
    int64_t until = 0;
    bool lost = false;
    if (!cfn__get_parameter(caller, &lock->parameter))
        return false;
    if (!cfn__parse_lock(caller->arena, lock->parameter.value, &holder, &until))
        return cfn__fails(caller->failure, CFN__STATE_UNREADABLE,
                          "the lock %s must hold %s: write that to it, when nothing runs",
                          lock->parameter.name, FREE);
    if (is_held(&a, lock->parameter.value, &holder, &until))
        return cfn__fails(
            caller->failure, CFN__BUSY,
            "%.128s is shifting: try again when it is done; it holds the lock for %lld "
            "seconds at most",
            holder, (long long)(until - lock->now));
    cfn__add_json_member(&value, "holder", lock->holder);
    cfn__buffer_format(&value, ",\"until\":%lld}", (long long)lock->until);
    const char *text = cfn__buffer_take(&value, caller->arena);
    if (!cfn__put_parameter(caller, &lock->parameter, text, judge, &a, &lost))
        return false;
    return !lost || cfn__fails(caller->failure, CFN__BUSY,
                               "another invocation took the lock first: try again when it is done");
}

bool cfn__release_lock(const cfn__caller *caller, cfn__lock *lock)
{
    bool lost;
    return cfn__put_parameter(caller, &lock->parameter, FREE, NULL, NULL, &lost);
}
