/* The seeds of the fuzzers, and what they found once, hold their checks. */
#include "support.h"

#include "../../fuzz/checks.h"
#include "base/arena.h"

#include <dirent.h>

typedef void check(const char *text, size_t length);

static void check_file(fixture *f, const char *folder, const char *name, check *holds)
{
    FILE *file = fopen(cfn__format(f->arena, "%s/%s", folder, name), "rb");
    assert_non_null(file);
    char text[16 * 1024];
    size_t length = fread(text, 1, sizeof text, file);
    fclose(file);
    char *exact = malloc(length + 1); /* so that reading past the end is noticed */
    memcpy(exact, text, length);
    holds(exact, length);
    free(exact);
}

static size_t check_folder(fixture *f, const char *folder, check *holds)
{
    size_t count = 0;
    DIR *entries = opendir(folder);
    for (struct dirent *e = entries ? readdir(entries) : NULL; e; e = readdir(entries)) {
        if (e->d_name[0] == '.')
            continue;
        check_file(f, folder, e->d_name, holds);
        count++;
    }
    if (entries)
        closedir(entries);
    return count;
}

static void replay(fixture *f, const char *target, check *holds)
{
    check_folder(f, cfn__format(f->arena, "tests/fuzz/regressions/%s", target), holds);
    assert_true(check_folder(f, cfn__format(f->arena, "tests/fuzz/corpus/%s", target), holds) > 0);
}

static void json_is_read_as_jansson_reads_it(void **state)
{
    replay(*state, "read_json", check_json);
}

static void reading_yaml_ends_well(void **state)
{
    replay(*state, "read_yaml", check_yaml);
}

static void what_is_written_reads_back_as_the_same_tree(void **state)
{
    replay(*state, "round_trip", check_round_trip);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(json_is_read_as_jansson_reads_it),
        TEST(reading_yaml_ends_well),
        TEST(what_is_written_reads_back_as_the_same_tree),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
