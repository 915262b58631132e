/* For tests that replay the inputs of a fuzzer: its seeds, and what it found once. */
#ifndef CFN_TESTS_REPLAY_H
#define CFN_TESTS_REPLAY_H

#include "support.h"

#include "base/arena.h"

#include <dirent.h>

typedef void check(const char *text, size_t length);

SUPPORT void check_file(fixture *f, const char *folder, const char *name, check *holds)
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

SUPPORT size_t check_folder(fixture *f, const char *folder, check *holds)
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

SUPPORT void replay(fixture *f, const char *target, check *holds)
{
    check_folder(f, cfn__format(f->arena, "tests/fuzz/regressions/%s", target), holds);
    assert_true(check_folder(f, cfn__format(f->arena, "tests/fuzz/corpus/%s", target), holds) > 0);
}

#endif
