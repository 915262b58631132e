/* URLs of databases: what they say, and that a password is never shown. */
#include "support.h"

#include "compare/url.h"

static cfn__url url_of(fixture *f, const char *text)
{
    cfn__url url;
    if (!cfn__read_url(f->arena, f->diagnostics, "source", text, NULL, &url))
        fail_msg("%s: %s", text, cfn_diagnostics_text(f->diagnostics, false));
    return url;
}

static void every_part_is_read(void **state)
{
    cfn__url url = url_of(
        *state, "mysql://me:p%40ss%2f@db.example:3307/shop?ssl-ca=%2Fca.pem&ssl-mode=required");
    assert_int_equal(url.family, CFN__MYSQL);
    assert_string_equal(url.user, "me");
    assert_string_equal(url.password, "p@ss/");
    assert_string_equal(url.host, "db.example");
    assert_int_equal(url.port, 3307);
    assert_string_equal(url.database, "shop");
    assert_string_equal(url.ca, "/ca.pem");
    assert_int_equal(url.tls, CFN__TLS_REQUIRED);
}

static void what_is_left_out_has_its_default(void **state)
{
    cfn__url url = url_of(*state, "postgresql://h");
    assert_int_equal(url.port, 5432);
    assert_int_equal(url.tls, CFN__TLS_VERIFY);
    assert_null(url.user);
    assert_string_equal(url.database, "");
    assert_int_equal(url_of(*state, "mariadb://h/").port, 3306);
}

static void an_address_of_colons_stands_in_brackets(void **state)
{
    cfn__url url = url_of(*state, "postgres://u@[::1]:5433/d");
    assert_string_equal(url.host, "::1");
    assert_int_equal(url.port, 5433);
    assert_string_equal(url_of(*state, "mysql://[fe80::1]/").host, "fe80::1");
}

static void a_password_may_hold_an_at_sign(void **state)
{
    cfn__url url = url_of(*state, "mysql://u:a@b@h/");
    assert_string_equal(url.password, "a@b");
    assert_string_equal(url.host, "h");
}

static void a_password_given_apart_wins(void **state)
{
    fixture *f = *state;
    cfn__url url;
    assert_true(cfn__read_url(f->arena, f->diagnostics, "source", "mysql://u:a@h/", "b", &url));
    assert_string_equal(url.password, "b");
}

static void the_password_is_not_shown(void **state)
{
    assert_string_equal(url_of(*state, "mysql://me:hunter2@h:3306/d").shown, "mysql://me@h:3306/d");
    assert_string_equal(url_of(*state, "mysql://me:hunter2@/d?socket=/s").shown,
                        "mysql://me@d (/s)");
}

static void what_is_wrong_is_told_without_the_password(void **state)
{
    fixture *f = *state;
    static const struct {
        const char *text, *said;
    } rows[] = {
        {"", "does not begin with mysql://"},
        {"http://me:hunter2@h/", "does not begin with mysql://"},
        {"mysql://me:hunter2@/", "has no host"},
        {"mysql://me:hunter2@h:0/", "a port that is not a number from 1 to 65535"},
        {"mysql://me:hunter2@h:65536/", "a port that is not"},
        {"mysql://me:hunter2@h:x/", "a port that is not"},
        {"mysql://me:hunter2%@h/", "a malformed %XX"},
        {"mysql://me:hunter2%zz@h/", "a malformed %XX"},
        {"mysql://me:hunter2@h/d%00", "a malformed %XX"},
        {"mysql://me:hunter2#@h/d", "a port that is not"},
        {"mysql://h/d#hunter2", "holds a #"},
        {"mysql://me:12/hunter2@h/", "holds an @ in the name of the database"},
        {"mysql://me:hunter2@h/?sslmode=x", "a parameter that is not understood"},
        {"mysql://me:hunter2@h/?ssl-mode=off", "a parameter that is not understood"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        fixture one = {f->arena, cfn_diagnostics_new()};
        cfn__url url;
        if (cfn__read_url(f->arena, one.diagnostics, "source", rows[i].text, NULL, &url))
            fail_msg("%s", rows[i].text);
        assert_said(&one, rows[i].said);
        assert_null(strstr(cfn_diagnostics_text(one.diagnostics, false), "hunter2"));
        cfn_diagnostics_free(one.diagnostics);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(every_part_is_read),
        TEST(what_is_left_out_has_its_default),
        TEST(an_address_of_colons_stands_in_brackets),
        TEST(a_password_may_hold_an_at_sign),
        TEST(a_password_given_apart_wins),
        TEST(the_password_is_not_shown),
        TEST(what_is_wrong_is_told_without_the_password),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
