/* cfngen test: runs test files, which assert what a template holds. */
#include "../output.h"
#include "../schema_words.h"
#include "report.h"

#include <cfngen/synth.h>
#include <cfngen/test_suite.h>
#include <stdlib.h>
#include <string.h>

/* A test file with what it tests; its results point into it. */
typedef struct test_file {
    const char *path;
    cfn_diagnostics *diagnostics;
    cfn_suite *suite;
    cfn_stack *stack;
} test_file;

typedef struct test_run {
    const cli_arguments *arguments;
    const cfn_schema *schema;
    const char *filter;
    bool update;
    test_file *files;
    test_report report;
    bool any_match; /* of the filter */
    int status;
} test_run;

static void worsen(test_run *run, int status)
{
    run->status = status > run->status ? status : run->status;
}

/* A file that cannot be used fails as one test would, so that nobody takes it for passed. */
static void fail_file(test_run *run, const test_file *file, cfn_diagnostics *diagnostics)
{
    print_diagnostics(stderr, diagnostics, false);
    int status = diagnostics_status(diagnostics, false);
    worsen(run, status == STATUS_CLEAN ? STATUS_FINDINGS : status);
    const char *text = cfn_diagnostics_text(diagnostics, false);
    run->any_match = true;
    if (!report_add(&run->report, (test_result){.file = file->path,
                                                .name = "(the file can be tested)",
                                                .outcome = TEST_BROKEN,
                                                .text = text ? text : "",
                                                .said = true}))
        worsen(run, out_of_memory());
}

static const cfn_node *synthesise(test_run *run, test_file *file)
{
    const cfn_suite_subject *subject = cfn_suite_get_subject(file->suite);
    file->stack = cfn_stack_new(&(cfn_stack_options){.environment = subject->environment,
                                                     .suffix = subject->suffix,
                                                     .region = subject->region,
                                                     .schema = run->schema});
    if (!file->stack) {
        worsen(run, out_of_memory());
        return NULL;
    }
    const cfn_node *root = NULL;
    if (cfn_stack_read(file->stack, subject->path, CFN_FORMAT_AUTO))
        root = cfn_stack_synth(file->stack);
    if (!root)
        fail_file(run, file, cfn_stack_diagnostics(file->stack));
    return root;
}

static void run_test(test_run *run, const test_file *file, size_t index, const cfn_node *root)
{
    cfn_verdict v = cfn_suite_run(file->suite, index, root, run->update);
    test_result result = {
        .file = file->path,
        .name = cfn_suite_name_at(file->suite, index),
        .line = cfn_suite_mark_at(file->suite, index).line,
        .outcome = v.holds    ? TEST_PASSED
                   : v.broken ? TEST_BROKEN
                              : TEST_FAILED,
        .text = v.text,
    };
    if (!report_add(&run->report, result))
        worsen(run, out_of_memory());
    if (!v.holds)
        worsen(run, STATUS_FINDINGS);
}

static bool is_wanted(const test_run *run, const test_file *file, size_t index)
{
    return !run->filter || strstr(cfn_suite_name_at(file->suite, index), run->filter);
}

static bool any_wanted(const test_run *run, const test_file *file)
{
    for (size_t i = 0; i < cfn_suite_size(file->suite); i++)
        if (is_wanted(run, file, i))
            return true;
    return false;
}

static void run_file(test_run *run, test_file *file)
{
    file->diagnostics = cfn_diagnostics_new();
    if (!file->diagnostics) {
        worsen(run, out_of_memory());
        return;
    }
    file->suite = cfn_suite_read(file->diagnostics, file->path);
    if (!file->suite) {
        fail_file(run, file, file->diagnostics);
        return;
    }
    print_diagnostics(stderr, file->diagnostics, false); /* warnings */
    if (!any_wanted(run, file))
        return;
    run->any_match = true;
    const cfn_node *root = synthesise(run, file);
    for (size_t i = 0; root && i < cfn_suite_size(file->suite); i++)
        if (is_wanted(run, file, i))
            run_test(run, file, i, root);
}

static void run_files(test_run *run)
{
    const cli_arguments *a = run->arguments;
    for (size_t i = 0; i < a->operand_count; i++) {
        run->files[i].path = a->operands[i];
        run_file(run, &run->files[i]);
    }
    if (!run->any_match) {
        run->status = usage_error(a->command, "no test has \"%s\" in its name", run->filter);
        return;
    }
    const char *format = option_value(a, "format"), *junit = option_value(a, "junit");
    (format && strcmp(format, "tap") == 0 ? print_report_tap : print_report_text)(&run->report);
    if (junit)
        worsen(run, write_report_junit(&run->report, junit));
}

int cmd_test(const cli_arguments *arguments)
{
    cli_schema opened = open_schema(arguments);
    test_run run = {
        .arguments = arguments,
        .schema = opened.schema,
        .filter = option_value(arguments, "filter"),
        .update = option_value(arguments, "update") || cfn_assertions_wants_update(),
        .files = calloc(arguments->operand_count, sizeof *run.files),
        .status = opened.schema ? STATUS_CLEAN : STATUS_TROUBLE,
    };
    if (!run.files)
        worsen(&run, out_of_memory());
    else if (opened.schema)
        run_files(&run);
    for (size_t i = 0; run.files && i < arguments->operand_count; i++) {
        cfn_suite_free(run.files[i].suite);
        cfn_stack_free(run.files[i].stack);
        cfn_diagnostics_free(run.files[i].diagnostics);
    }
    free(run.files);
    free(run.report.results);
    close_schema(&opened);
    return run.status;
}
