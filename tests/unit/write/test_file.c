/* Writing files: whole or not at all. */
#include "folder.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>

static bool write_text(fixture *f, const char *path, const char *text)
{
    return cfn_write_file(f->diagnostics, path, text, strlen(text));
}

static mode_t permissions(const char *path)
{
    struct stat status;
    assert_int_equal(stat(path, &status), 0);
    return status.st_mode & 07777;
}

/* Nothing is in the folder but these many files. */
static void assert_files(const char *folder, size_t expected)
{
    size_t count = 0;
    DIR *entries = opendir(folder);
    assert_non_null(entries);
    for (struct dirent *e = readdir(entries); e; e = readdir(entries))
        count += strcmp(e->d_name, ".") != 0 && strcmp(e->d_name, "..") != 0;
    closedir(entries);
    assert_int_equal(count, expected);
}

static void a_new_file_has_the_permissions_that_the_umask_leaves(void **state)
{
    fixture *f = *state;
    umask(027);
    assert_true(write_text(f, "out", "text\n"));
    assert_file("out", "text\n");
    assert_int_equal(permissions("out"), 0640);
    assert_files(".", 1);
}

static void an_existing_file_is_replaced_and_keeps_its_permissions(void **state)
{
    fixture *f = *state;
    put_file("out", "a longer text than before\n");
    assert_int_equal(chmod("out", 0600), 0);
    assert_true(write_text(f, "out", "new\n"));
    assert_file("out", "new\n");
    assert_int_equal(permissions("out"), 0600);
    assert_files(".", 1);
}

static void a_reader_of_the_old_file_keeps_the_old_text(void **state)
{
    fixture *f = *state;
    put_file("out", "old");
    int old = open("out", O_RDONLY);
    assert_true(write_text(f, "out", "new"));
    char text[4] = "";
    assert_int_equal(read(old, text, 3), 3);
    close(old);
    assert_string_equal(text, "old");
}

static void a_symbolic_link_stays_and_its_target_is_written(void **state)
{
    fixture *f = *state;
    assert_int_equal(mkdir("d", 0755), 0);
    put_file("d/target", "old");
    assert_int_equal(symlink("target", "d/link"), 0);
    assert_int_equal(symlink("d/link", "link"), 0);
    assert_true(write_text(f, "link", "new"));
    struct stat status;
    assert_int_equal(lstat("link", &status), 0);
    assert_true(S_ISLNK(status.st_mode));
    assert_file("d/target", "new");
    assert_files("d", 2);
}

static void a_link_to_nothing_yet_makes_its_target(void **state)
{
    fixture *f = *state;
    assert_int_equal(mkdir("d", 0755), 0);
    assert_int_equal(symlink("d/target", "link"), 0);
    assert_true(write_text(f, "link", "new"));
    assert_file("d/target", "new");
}

static void links_in_a_circle_are_an_error(void **state)
{
    fixture *f = *state;
    assert_int_equal(symlink("b", "a"), 0);
    assert_int_equal(symlink("a", "b"), 0);
    assert_false(write_text(f, "a", "x"));
    assert_said(f,
                "a: error CFN0003: the file cannot be written: Too many levels of symbolic links");
}

static void a_folder_that_does_not_exist_is_an_error(void **state)
{
    fixture *f = *state;
    assert_false(write_text(f, "none/out", "x"));
    assert_found(f, "CFN0003 0:0");
    assert_said(f, "No such file or directory");
    assert_said(f, "hint: check the path");
}

static void a_folder_is_an_error(void **state)
{
    fixture *f = *state;
    assert_false(write_text(f, ".", "x"));
    assert_said(f, "Is a directory");
    assert_files(".", 0);
}

static void a_file_as_a_folder_is_an_error(void **state)
{
    fixture *f = *state;
    put_file("file", "x");
    assert_false(write_text(f, "file/out", "x"));
    assert_said(f, "Not a directory");
}

/* A device without room. Root could replace the real one when writing is broken, so root gets one
 * of its own in the folder. */
static const char *full_device(void)
{
    if (geteuid() != 0)
        return "/dev/full";
    if (system("(mknod full c 1 7 && : >full) 2>/dev/null") != 0)
        skip();
    return "full";
}

static void a_full_disk_is_an_error(void **state)
{
    fixture *f = *state;
    assert_false(write_text(f, full_device(), "x"));
    assert_said(f, "No space left on device");
    assert_said(f, "hint: free some space");
}

static void a_file_that_cannot_be_finished_leaves_the_old_one_and_nothing_else(void **state)
{
    fixture *f = *state;
    struct rlimit old, small = {2, RLIM_INFINITY};
    put_file("out", "old");
    getrlimit(RLIMIT_FSIZE, &old);
    small.rlim_max = old.rlim_max;
    signal(SIGXFSZ, SIG_IGN);
    setrlimit(RLIMIT_FSIZE, &small);
    bool good = write_text(f, "out", "new text");
    setrlimit(RLIMIT_FSIZE, &old);
    signal(SIGXFSZ, SIG_DFL);
    assert_false(good);
    assert_said(f, "File too large");
    assert_file("out", "old");
    assert_files(".", 1);
}

static void a_file_that_may_not_be_written_is_left_alone(void **state)
{
    fixture *f = *state;
    if (geteuid() == 0)
        skip(); /* to root nothing is read-only */
    put_file("out", "old");
    assert_int_equal(chmod("out", 0444), 0);
    assert_false(write_text(f, "out", "new"));
    assert_said(f, "Permission denied");
    assert_file("out", "old");
}

static void a_pipe_is_written_directly(void **state)
{
    fixture *f = *state;
    assert_int_equal(mkfifo("pipe", 0600), 0);
    int reader = open("pipe", O_RDONLY | O_NONBLOCK);
    assert_true(write_text(f, "pipe", "text"));
    char text[8] = "";
    assert_int_equal(read(reader, text, 7), 4);
    close(reader);
    assert_string_equal(text, "text");
    assert_files(".", 1);
}

/* Standard output leads to a file while the text is written. */
static bool write_to_output(fixture *f, const char *path, const char *text, int file)
{
    fflush(stdout);
    int kept = dup(STDOUT_FILENO);
    dup2(file, STDOUT_FILENO);
    bool good = write_text(f, path, text);
    dup2(kept, STDOUT_FILENO);
    close(kept);
    return good;
}

static void a_minus_is_standard_output(void **state)
{
    fixture *f = *state;
    int file = open("out", O_WRONLY | O_CREAT, 0600);
    bool good =
        write_to_output(f, "-", "one", file) && write_to_output(f, "/dev/stdout", "two", file);
    close(file);
    assert_true(good);
    assert_file("out", "onetwo");
}

static void an_output_that_nobody_reads_is_an_error(void **state)
{
    fixture *f = *state;
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    close(ends[0]);
    signal(SIGPIPE, SIG_IGN);
    bool good = write_to_output(f, "-", "x", ends[1]);
    signal(SIGPIPE, SIG_DFL);
    close(ends[1]);
    assert_false(good);
    assert_said(f, "<stdout>: error CFN0003: the file cannot be written: Broken pipe");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FOLDER_TEST(a_new_file_has_the_permissions_that_the_umask_leaves),
        FOLDER_TEST(an_existing_file_is_replaced_and_keeps_its_permissions),
        FOLDER_TEST(a_reader_of_the_old_file_keeps_the_old_text),
        FOLDER_TEST(a_symbolic_link_stays_and_its_target_is_written),
        FOLDER_TEST(a_link_to_nothing_yet_makes_its_target),
        FOLDER_TEST(links_in_a_circle_are_an_error),
        FOLDER_TEST(a_folder_that_does_not_exist_is_an_error),
        FOLDER_TEST(a_folder_is_an_error),
        FOLDER_TEST(a_file_as_a_folder_is_an_error),
        FOLDER_TEST(a_full_disk_is_an_error),
        FOLDER_TEST(a_file_that_cannot_be_finished_leaves_the_old_one_and_nothing_else),
        FOLDER_TEST(a_file_that_may_not_be_written_is_left_alone),
        FOLDER_TEST(a_pipe_is_written_directly),
        FOLDER_TEST(a_minus_is_standard_output),
        FOLDER_TEST(an_output_that_nobody_reads_is_an_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
