/* Test files: assertions about one template, in YAML; what `cfngen test` runs. docs/assertions.md
 * describes the form.
 *
 *     cfn_suite *suite = cfn_suite_read(diagnostics, "stack.test.yaml");
 *     // synthesise cfn_suite_get_subject(suite)->path, then
 *     for (size_t i = 0; i < cfn_suite_size(suite); i++)
 *         cfn_verdict v = cfn_suite_run(suite, i, template, false);
 *     cfn_suite_free(suite); */
#ifndef CFNGEN_TEST_SUITE_H
#define CFNGEN_TEST_SUITE_H

#include <cfngen/assertions.h>

CFN_BEGIN_DECLS

typedef struct cfn_suite cfn_suite;

/* Reads a test file and checks all of it, patterns too; "-" is not taken. NULL, and reported with
 * the place (CFN63xx, or what the reader finds), when anything is wrong. */
CFN_API cfn_suite *cfn_suite_read(cfn_diagnostics *diagnostics, const char *path);
CFN_API cfn_suite *cfn_suite_read_text(cfn_diagnostics *diagnostics, const char *file,
                                       const char *text, size_t length);
CFN_API void cfn_suite_free(cfn_suite *suite);

/* What is tested: a template or a stack file, and how it is synthesised (NULL: not given). */
typedef struct cfn_suite_subject {
    const char *path; /* of the template, from where the program runs */
    const char *environment, *suffix, *region;
} cfn_suite_subject;
CFN_API const cfn_suite_subject *cfn_suite_get_subject(const cfn_suite *suite);

/* The tests in the order of the file; the name is "" and the mark empty past the end. */
CFN_API size_t cfn_suite_size(const cfn_suite *suite);
CFN_API const char *cfn_suite_name_at(const cfn_suite *suite, size_t index);
CFN_API cfn_mark cfn_suite_mark_at(const cfn_suite *suite, size_t index);

/* Runs one test on a finished template, whose nodes must not change as long as the suite lives. The
 * text names the line of each assertion that does not hold; it lives in the suite. */
CFN_API cfn_verdict cfn_suite_run(cfn_suite *suite, size_t index, const cfn_node *root,
                                  bool update_snapshots);

CFN_END_DECLS

#endif
