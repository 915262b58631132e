/* A folder of its own for each test that works with files; the test program works inside of it. */
#ifndef CFN_TESTS_FOLDER_H
#define CFN_TESTS_FOLDER_H

#include "support.h"

#include <sys/stat.h>
#include <unistd.h>

/* The working folder becomes a new, empty one; `leave_folder` deletes it with the files in it. */
SUPPORT int enter_folder(void **state)
{
    char name[] = "/tmp/cfngen-test-XXXXXX";
    if (set_up(state) != 0 || !mkdtemp(name) || chdir(name) != 0)
        return -1;
    umask(022);
    return 0;
}

SUPPORT int leave_folder(void **state)
{
    char name[64] = "", command[100];
    if (!getcwd(name, sizeof name) || strncmp(name, "/tmp/cfngen-test-", 17) != 0)
        return -1;
    int length = snprintf(command, sizeof command, "rm -rf %s", name);
    if (length >= (int)sizeof command || chdir("/") != 0 || system(command) != 0)
        return -1;
    return tear_down(state);
}

#define FOLDER_TEST(name) cmocka_unit_test_setup_teardown(name, enter_folder, leave_folder)

SUPPORT void put_file(const char *path, const char *text)
{
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
}

SUPPORT void assert_file(const char *path, const char *expected)
{
    char text[4096] = "";
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    size_t length = fread(text, 1, sizeof text - 1, file);
    fclose(file);
    text[length] = '\0';
    assert_string_equal(text, expected);
}

#endif
