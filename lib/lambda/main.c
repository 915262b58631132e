/* The bootstrap of the validator function: what Lambda starts. */
#include "lambda/runtime.h"
#include "lambda/validator.h"
#include "lambda/wipe.h"
#include "read/json.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
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

static cfn__aws aws_of(const cfn__settings *s, const cfn__log *log)
{
    return (cfn__aws){
        .region = s->region,
        .key_id = s->key_id,
        .key = s->key,
        .session_token = s->session_token,
        .endpoint = s->endpoint,
        .service_endpoint =
            {[CFN__SECRETS_MANAGER] = s->secrets_endpoint, [CFN__S3] = s->s3_endpoint},
        .ca_file = cfn__aws_ca_file(),
        .interrupt = {&ending, wake_pipe[0]},
        .log = log,
    };
}

/* The exit status: 0 when it was asked to end. */
static int serve(cfn_arena *arena, cfn__http *http)
{
    cfn__settings settings = {0};
    cfn__failure failure = {0};
    cfn__log log = {stderr, stdout, "", NULL, NULL};
    bool ready = cfn__read_environment(arena, &settings, &failure);
    cfn__validator validator = {{&settings, aws_of(&settings, &log), &log, {0}, {0}}, {0, 0, 0}};
    const cfn__runtime runtime = {
        settings.runtime, http,      {&ending, wake_pipe[0]}, &log, cfn__validate,
        cfn__validated,   &validator};
    log.function = settings.function ? settings.function : "";
    if (ready && cfn__read_logins(&validator.databases, &failure))
        ready = cfn__runtime_loop(&runtime);
    else if (settings.runtime && !ending)
        cfn__runtime_cannot_start(&runtime, &failure);
    else if (!ending)
        cfn__say(&log, CFN__ERROR, failure.message, NULL);
    cfn__forget_logins(&validator.databases);
    return ending || (ready && !failure.type) ? 0 : 1;
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
