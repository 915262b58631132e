/* Test files: reading them, and running their tests. */
#include "assertions/suite.h"

#include "base/index.h"
#include "base/text.h"
#include "read/read_file.h"
#include "read/reader.h"

#include <string.h>

/* --- reading --- */

enum { TEMPLATE, ENVIRONMENT, SUFFIX, REGION, PARAMETERS, LOOSE, TESTS, KEYS };
static const cfn__key suite_keys[KEYS] = {
    [TEMPLATE] = {"template", CFN__KEY_TEXT | CFN__KEY_REQUIRED},
    [ENVIRONMENT] = {"environment", CFN__KEY_TEXT},
    [SUFFIX] = {"suffix", CFN__KEY_TEXT},
    [REGION] = {"region", CFN__KEY_TEXT},
    [PARAMETERS] = {"parameters", CFN__KEY_MAP},
    [LOOSE] = {"loose", CFN__KEY_TRUTH},
    [TESTS] = {"tests", CFN__KEY_LIST | CFN__KEY_REQUIRED},
};

/* The values of a list parameter, as the AWS CLI takes them: with commas. */
static const char *joined(cfn_arena *arena, const cfn_node *list)
{
    cfn__buffer text = {0};
    cfn__buffer_add_text(&text, "");
    for (const cfn_node *n = list->first; n; n = n->next) {
        cfn__buffer_add(&text, n->text, n->length);
        cfn__buffer_add_text(&text, n->next ? "," : "");
    }
    const char *whole = cfn__take_text(arena, &text);
    return whole;
}

static bool is_plain(const cfn_node *value)
{
    for (const cfn_node *n = cfn__is_list(value) ? value->first : NULL; n; n = n->next)
        if (!n->text || n->kind == CFN_KIND_NULL)
            return false;
    return value->kind != CFN_KIND_MAP && value->kind != CFN_KIND_NULL;
}

static bool read_givens(cfn_suite *suite, cfn_diagnostics *diagnostics, const cfn_node *map,
                        cfn__givens *givens)
{
    cfn_given *items = CFN__NEW_ARRAY(suite->arena, cfn_node_size(map) + 1, cfn_given);
    bool good = items != NULL;
    for (const cfn_node *n = items ? cfn_node_first(map) : NULL; n; n = n->next) {
        if (!is_plain(n)) {
            cfn__report(diagnostics, CFN6305, n,
                        "a parameter has text, a number, true or false, "
                        "or a list of them");
            good = false;
            continue;
        }
        const char *value = cfn__is_list(n) ? joined(suite->arena, n) : n->text;
        items[givens->count++] = (cfn_given){n->key, value};
    }
    givens->items = items;
    givens->resolve = true;
    return good;
}

static bool refuse_key(cfn_diagnostics *diagnostics, const cfn_node *member)
{
    const char *nearest = cfn__nearest_step(member->key);
    cfn__report_key(diagnostics, CFN6303, member, "a test takes no key %.100s", member->key);
    if (nearest)
        cfn__hint_nearest(diagnostics, nearest);
    else
        cfn__hint(diagnostics, "a test has name, parameters, has, all, none, count, may, may-not, "
                               "matches and snapshot");
    return false;
}

static bool read_name(cfn_diagnostics *diagnostics, const cfn_node *node, cfn__test *test)
{
    const cfn_node *name = cfn__get(node, "name");
    test->at = node;
    test->name = cfn__is_string(name) ? name->text : "";
    if (cfn__is_string(name) && name->length)
        return true;
    cfn__report(diagnostics, name ? CFN6305 : CFN6304, name ? name : node, "%s",
                name ? "name takes text" : "a test lacks the key name");
    return false;
}

static bool read_test(cfn_suite *suite, cfn_diagnostics *diagnostics, const cfn_node *node,
                      cfn__test *test)
{
    if (!cfn__is_map(node) || cfn__matcher_of(node) != CFN__MATCH_LITERAL) {
        cfn__report(diagnostics, CFN6305, node, "a test is a mapping with name and assertions");
        return false;
    }
    bool good = read_name(diagnostics, node, test);
    for (const cfn_node *n = node->first; n; n = n->next) {
        if (strcmp(n->key, "name") == 0)
            continue;
        if (cfn__is_step(n->key)) {
            good &= cfn__read_steps(suite, diagnostics, test, n);
        } else if (strcmp(n->key, "parameters") == 0 && cfn__is_map(n)) {
            test->own_givens = true;
            good &= read_givens(suite, diagnostics, n, &test->givens);
        } else if (strcmp(n->key, "parameters") == 0) {
            cfn__report(diagnostics, CFN6305, n, "parameters takes a mapping");
            good = false;
        } else {
            good = refuse_key(diagnostics, n);
        }
    }
    if (good && !test->steps) {
        cfn__report(diagnostics, CFN6304, node, "the test asserts nothing");
        cfn__hint(diagnostics, "give it has, all, none, count, may, may-not, matches or snapshot");
        good = false;
    }
    return good;
}

static bool read_tests(cfn_suite *suite, cfn_diagnostics *diagnostics, const cfn_node *list)
{
    bool good = true;
    cfn__index names = {0};
    suite->tests = CFN__NEW_ARRAY(suite->arena, list->size + 1, cfn__test);
    for (const cfn_node *n = suite->tests ? list->first : NULL; n; n = n->next) {
        cfn__test *test = &suite->tests[suite->test_count++];
        good &= read_test(suite, diagnostics, n, test);
        const cfn__test *twin =
            test->name && *test->name ? cfn__index_get(&names, test->name) : NULL;
        if (twin) {
            cfn__report(diagnostics, CFN6307, n, "there is a test of this name in line %u",
                        twin->at->place.line);
            good = false;
        } else if (test->name && *test->name) {
            cfn__index_put(suite->arena, &names, test->name, test);
        }
    }
    if (!list->size) {
        cfn__report(diagnostics, CFN6304, list, "there are no tests");
        good = false;
    }
    return good;
}

static bool read_suite(cfn_suite *suite, cfn_diagnostics *diagnostics, const cfn_node *root)
{
    const cfn_node *found[KEYS];
    bool good = cfn__read_keys(diagnostics, root, suite_keys, KEYS, "a test file", found);
    if (found[PARAMETERS])
        good &= read_givens(suite, diagnostics, found[PARAMETERS], &suite->givens);
    if (found[TESTS])
        good &= read_tests(suite, diagnostics, found[TESTS]);
    if (!good)
        return false;
    const char *path = found[TEMPLATE]->text;
    suite->subject = (cfn_suite_subject){
        .path = *path == '/' ? path : cfn__format(suite->arena, "%s%s", suite->folder, path),
        .environment = cfn_node_text(found[ENVIRONMENT]),
        .suffix = cfn_node_text(found[SUFFIX]),
        .region = cfn_node_text(found[REGION]),
    };
    suite->loose = found[LOOSE] && strcmp(found[LOOSE]->text, "true") == 0;
    return true;
}

/* The folder of a path: "" or ended by /. */
static const char *folder_of(cfn_arena *arena, const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? cfn__strndup(arena, path, (size_t)(slash - path) + 1) : "";
}

static cfn_suite *make(cfn_diagnostics *diagnostics, const char *file)
{
    cfn_arena *arena = cfn_arena_new();
    cfn_suite *suite = arena ? CFN__NEW(arena, cfn_suite) : NULL;
    if (!suite) {
        cfn_arena_free(arena);
        cfn__report_no_memory(diagnostics);
        return NULL;
    }
    *suite = (cfn_suite){.arena = arena, .folder = folder_of(arena, file)};
    return suite;
}

static cfn_suite *read_into(cfn_suite *suite, cfn_diagnostics *diagnostics, const char *file,
                            const char *text, size_t length)
{
    const cfn_node *root = cfn__read_dialect(suite->arena, diagnostics, file, text, length,
                                             CFN_FORMAT_AUTO, &cfn__test_file_dialect);
    bool good = root && read_suite(suite, diagnostics, root);
    if (cfn_arena_failed(suite->arena)) {
        cfn__report_no_memory(diagnostics);
        good = false;
    }
    if (good)
        return suite;
    cfn_suite_free(suite);
    return NULL;
}

cfn_suite *cfn_suite_read_text(cfn_diagnostics *diagnostics, const char *file, const char *text,
                               size_t length)
{
    cfn_suite *suite = make(diagnostics, file);
    return suite ? read_into(suite, diagnostics, file, text, length) : NULL;
}

cfn_suite *cfn_suite_read(cfn_diagnostics *diagnostics, const char *path)
{
    cfn_suite *suite = make(diagnostics, path);
    size_t length = 0;
    const char *text = suite ? cfn__read_text_file(suite->arena, diagnostics, path, &length) : NULL;
    if (text)
        return read_into(suite, diagnostics, path, text, length);
    cfn_suite_free(suite);
    return NULL;
}

void cfn_suite_free(cfn_suite *suite)
{
    if (!suite)
        return;
    cfn_assertions_free(suite->t);
    cfn_arena_free(suite->arena);
}

/* --- asking --- */

const cfn_suite_subject *cfn_suite_get_subject(const cfn_suite *suite)
{
    return &suite->subject;
}

size_t cfn_suite_size(const cfn_suite *suite)
{
    return suite->test_count;
}

const char *cfn_suite_name_at(const cfn_suite *suite, size_t index)
{
    return index < suite->test_count ? suite->tests[index].name : "";
}

cfn_mark cfn_suite_mark_at(const cfn_suite *suite, size_t index)
{
    return cfn_node_mark(index < suite->test_count ? suite->tests[index].at : NULL);
}
