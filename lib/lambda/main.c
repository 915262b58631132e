/* The bootstrap of the functions: what Lambda starts. Which function it is, the Handler says. */
#include "lambda/cutover.h"
#include "lambda/runtime.h"
#include "lambda/validator.h"
#include "lambda/wipe.h"
#include "read/json.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

/* Set by the signal handler alone. */
static volatile int ending;
static int wake_pipe[2] = {-1, -1};

static void end(int signal_number)
{
    int error = errno;
    (void)signal_number;
    ending = 1;
    if (write(wake_pipe[1], "", 1) < 0)
        _exit(0); /* it was asked to end before, and has not */
    errno = error;
}

/* Lambda asks with SIGTERM before it takes the environment down. */
static bool listen_for_the_end(void)
{
    struct sigaction action = {0};
    action.sa_handler = end;
    sigemptyset(&action.sa_mask);
    signal(SIGPIPE, SIG_IGN);
    return pipe(wake_pipe) == 0 && sigaction(SIGTERM, &action, NULL) == 0 &&
           sigaction(SIGINT, &action, NULL) == 0;
}

/* A dump of the memory would hold the passwords. */
static void allow_no_dumps(void)
{
    const struct rlimit none = {0, 0};
    setrlimit(RLIMIT_CORE, &none);
}

/* The client of MySQL looks for authentication plugins where Debian has them; the bundle has its
 * own.
 */
static void find_plugins(void)
{
    const char *task = getenv("LAMBDA_TASK_ROOT");
    char folder[4096];
    int length = snprintf(folder, sizeof folder, "%s/lib/plugin", task ? task : "");
    if (task && length > 0 && (size_t)length < sizeof folder)
        setenv("MARIADB_PLUGIN_DIR", folder, 0);
}

static cfn__aws aws_of(const cfn__lambda_settings *s, const cfn__log *log)
{
    return (cfn__aws){
        .region = s->region,
        .key_id = s->key_id,
        .key = s->key,
        .session_token = s->session_token,
        .endpoint = s->endpoint,
        .ca_file = cfn__aws_ca_file(),
        .interrupt = {&ending, wake_pipe[0]},
        .log = log,
    };
}

/* The loop, unless what must come before it has failed. The exit status: 0 when it was asked to
 * end. */
static int run(const cfn__runtime *runtime, bool is_ready, const cfn__failure *failure)
{
    bool ready = is_ready && cfn__runtime_loop(runtime);
    if (!is_ready && runtime->address && !ending)
        cfn__runtime_cannot_start(runtime, failure);
    else if (!is_ready && !ending)
        cfn__say(runtime->log, CFN__ERROR, failure->message, NULL);
    return ending || ready ? 0 : 1;
}

static const char *name_of(const cfn__lambda_settings *lambda)
{
    return lambda->function ? lambda->function : "";
}

static int serve_validator(cfn_arena *arena, cfn__runtime runtime)
{
    cfn__settings settings = {0};
    cfn__failure failure = {0};
    bool ready = cfn__read_environment(arena, &settings, &failure);
    cfn__validator validator = {
        {&settings, aws_of(&settings.lambda, runtime.log), runtime.log, {0}, {0}}, {0, 0, 0}};
    validator.databases.aws.service_endpoint[CFN__SECRETS_MANAGER] = settings.secrets_endpoint;
    validator.databases.aws.service_endpoint[CFN__S3] = settings.s3_endpoint;
    runtime.function = CFN__VALIDATOR;
    runtime.address = settings.lambda.runtime;
    runtime.handle = cfn__validate;
    runtime.told = cfn__validated;
    runtime.context = &validator;
    runtime.log->function = name_of(&settings.lambda);
    int status = run(&runtime, ready && cfn__read_logins(&validator.databases, &failure), &failure);
    cfn__forget_logins(&validator.databases);
    return status;
}

static int serve_cutover(cfn__runtime runtime)
{
    cfn__cutover_settings settings = {0};
    cfn__failure failure = {0};
    bool ready = cfn__read_cutover_environment(&settings, &failure);
    cfn__cutover cutover = {
        .settings = &settings, .aws = aws_of(&settings.lambda, runtime.log), .log = runtime.log};
    cfn__cutover_endpoints(&settings, &cutover.aws);
    cutover.aws.http = runtime.http;
    runtime.function = CFN__CUTOVER;
    runtime.address = settings.lambda.runtime;
    runtime.handle = cfn__cut_over;
    runtime.told = cfn__cutover_told;
    runtime.context = &cutover;
    runtime.log->function = name_of(&settings.lambda);
    return run(&runtime, ready, &failure);
}

/* The function's Handler is `cutover` for the one, anything for the other. */
static int serve(cfn_arena *arena, cfn__http *http)
{
    cfn__log log = {stderr, stdout, "", NULL, NULL};
    const cfn__runtime runtime = {.http = http, .interrupt = {&ending, wake_pipe[0]}, .log = &log};
    const char *handler = getenv("_HANDLER"); // NOLINT(concurrency-mt-unsafe)
    if (handler && strcmp(handler, "cutover") == 0)
        return serve_cutover(runtime);
    return serve_validator(arena, runtime);
}

int main(void)
{
    int status = 1;
    cfn__json_free_memory_by(cfn__wipe_and_free);
    allow_no_dumps();
    find_plugins();
    if (!listen_for_the_end() || !cfn__http_begin())
        return status;
    cfn_arena *arena = cfn_arena_new();
    cfn__http *http = cfn__http_new((cfn__interrupt){&ending, wake_pipe[0]});
    if (arena && http)
        status = serve(arena, http);
    cfn__http_free(http);
    cfn_arena_free(arena);
    cfn__http_end();
    return status;
}
