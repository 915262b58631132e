/* Logins as Secrets Manager answers them; and that what was read is overwritten. */
#include "support.h"

#include "base/arena.h"
#include "lambda/log.h"
#include "lambda/secrets.h"
#include "lambda/wipe.h"

#include <cfngen/migration_alarms.h>

static cfn__failure parse(const char *secret, cfn__login *login)
{
    char text[3000];
    cfn__failure failure = {0};
    snprintf(text, sizeof text, "{\"ARN\":\"a\",\"SecretString\":\"%s\"}", secret);
    bool read = cfn__parse_login(text, strlen(text), "source", login, &failure);
    assert_int_equal(read, !failure.type);
    return failure;
}

static void assert_bad(const char *secret, const char *what)
{
    cfn__login login;
    char message[300];
    cfn__failure failure = parse(secret, &login);
    assert_int_equal(failure.type, CFN__BAD_SECRET);
    snprintf(message, sizeof message,
             "the source's secret %s; it must be a JSON object with host, username and password, "
             "and may have port and dbname",
             what);
    assert_string_equal(failure.message, message);
    assert_false(login.is_known);
    assert_string_equal(login.password, "");
}

#define QUOTED(name, value) "\\\"" name "\\\":\\\"" value "\\\""
#define LOGIN               QUOTED("host", "h") "," QUOTED("username", "u") "," QUOTED("password", "p")

static void a_secret_of_rds_is_a_login(void **state)
{
    cfn__login login;
    (void)state;
    assert_int_equal(parse("{" QUOTED("engine", "mysql") "," LOGIN "," QUOTED(
                               "dbname", "shop") ",\\\"port\\\":3306}",
                           &login)
                         .type,
                     CFN__NO_FAILURE);
    assert_true(login.is_known);
    assert_string_equal(login.host, "h");
    assert_string_equal(login.password, "p");
    assert_string_equal(login.database, "shop");
    assert_int_equal(login.port, 3306);
}

static void a_port_may_be_a_text_or_left_out(void **state)
{
    cfn__login login;
    (void)state;
    parse("{" LOGIN "," QUOTED("port", "5433") "}", &login);
    assert_int_equal(login.port, 5433);
    parse("{" LOGIN "}", &login);
    assert_int_equal(login.port, 0);
}

static void a_password_may_hold_any_character(void **state)
{
    cfn__login login;
    (void)state;
    parse("{" QUOTED("host", "h") "," QUOTED("username", "u@x") "," QUOTED(
              "password", "a\\\\\\\"/?#@:%\\\\u00e9") "}",
          &login);
    assert_string_equal(login.password, "a\"/?#@:%\xc3\xa9");
}

static void what_is_wrong_is_told_by_its_name(void **state)
{
    (void)state;
    assert_bad("hunter2", "is not JSON");
    assert_bad("{}", "has no host");
    assert_bad("{" QUOTED("host", "h/hunter2") "}", "has a host that is no name or address");
    assert_bad("{" QUOTED("host", "h") "}", "has no username");
    assert_bad("{" QUOTED("host", "h") "," QUOTED("username", "u") "}", "has no password");
    assert_bad("{" LOGIN ",\\\"port\\\":70000}", "has a port that is no number from 1 to 65535");
    assert_bad("{" LOGIN ",\\\"dbname\\\":[1]}", "has a dbname that is no text, or too long");
}

static void a_changed_password_is_another_login(void **state)
{
    cfn__login a, b;
    (void)state;
    parse("{" LOGIN "}", &a);
    b = a;
    assert_true(cfn__same_login(&a, &b));
    b.password[0] = 'q';
    assert_false(cfn__same_login(&a, &b));
}

static void an_arena_is_overwritten(void **state)
{
    fixture *f = *state;
    char *small = cfn__strdup(f->arena, "hunter2"), *large = cfn__alloc(f->arena, 100000);
    memset(large, 'x', 100000);
    cfn__arena_wipe(f->arena);
    for (size_t i = 0; i < 7; i++)
        assert_int_equal(small[i], 0);
    for (size_t i = 0; i < 100000; i++)
        assert_int_equal(large[i], 0);
}

static void memory_is_overwritten(void **state)
{
    char text[] = "hunter2";
    (void)state;
    cfn__wipe(text, sizeof text);
    for (size_t i = 0; i < sizeof text; i++)
        assert_int_equal(text[i], 0);
}

/* The alarm of a stack and the metric of the function know nothing of one another. */
static void metrics_are_those_that_the_alarms_watch(void **state)
{
    char *text = NULL;
    size_t length = 0;
    FILE *stream = open_memstream(&text, &length);
    const cfn__log log = {stream, stream, "validator", NULL, NULL};
    const cfn__metric metrics[] = {{CFN_VALIDATOR_MISMATCHES, 3}, {"Left out", -1}, {NULL, 0}};
    (void)state;
    cfn__tell_metrics(&log, metrics);
    fclose(stream);
    assert_non_null(strstr(text, "\"Namespace\":\"" CFN_VALIDATOR_NAMESPACE "\""));
    assert_non_null(strstr(text, "\"Mismatches\":3}\n"));
    assert_null(strstr(text, "Left out"));
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_secret_of_rds_is_a_login),
        TEST(a_port_may_be_a_text_or_left_out),
        TEST(a_password_may_hold_any_character),
        TEST(what_is_wrong_is_told_by_its_name),
        TEST(a_changed_password_is_another_login),
        TEST(an_arena_is_overwritten),
        TEST(memory_is_overwritten),
        TEST(metrics_are_those_that_the_alarms_watch),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
