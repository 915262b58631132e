/* A study with planted faults: flips each value of a template in turn, takes each member away in
 * turn, and runs a test file on what comes out. A flip that breaks a requirement must be caught.
 *
 *     flips TESTS.yaml TEMPLATE.json NEUTRAL.txt
 *
 * Prints the survivors and the shares; the exit status is 1 below 95 per cent. */
#include "node/node.h"
#include "template/intrinsic.h"

#include <cfngen/read.h>
#include <cfngen/test_suite.h>
#include <cfngen/write.h>
#include <fnmatch.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_NEUTRAL = 64, LONGEST_PATH = 1024, AIM = 95 };

typedef struct neutral {
    char type[100], path[200], reason[200];
    size_t count;
} neutral;

typedef struct study {
    const char *tests;
    size_t tests_length;
    cfn_arena *arena;
    cfn_node *root;
    const char *type; /* of the resource that is flipped */
    neutral neutrals[MOST_NEUTRAL];
    size_t neutral_count;
    size_t flips, breaking, caught;
} study;

static char *read_text(const char *path, size_t *length)
{
    FILE *file = fopen(path, "rb");
    char *text = file ? malloc(1 << 20) : NULL;
    *length = text ? fread(text, 1, (1 << 20) - 1, file) : 0;
    if (text)
        text[*length] = '\0';
    if (file)
        fclose(file);
    return text;
}

static bool read_neutrals(study *s, const char *path)
{
    char line[512];
    FILE *file = fopen(path, "r");
    while (file && fgets(line, sizeof line, file) && s->neutral_count < MOST_NEUTRAL) {
        neutral *n = &s->neutrals[s->neutral_count];
        if (line[0] != '#' &&
            sscanf(line, "%99s %199s %199[^\n]", n->type, n->path, n->reason) == 3)
            s->neutral_count++;
    }
    if (file)
        fclose(file);
    return file != NULL;
}

static neutral *neutral_of(study *s, const char *type, const char *path)
{
    for (size_t i = 0; i < s->neutral_count; i++)
        if (fnmatch(s->neutrals[i].type, type, 0) == 0 &&
            fnmatch(s->neutrals[i].path, path, 0) == 0)
            return &s->neutrals[i];
    return NULL;
}

/* Whether a test of the file fails on the template as it is now. */
static bool is_caught(const study *s)
{
    cfn_diagnostics *diagnostics = cfn_diagnostics_new();
    cfn_suite *suite = cfn_suite_read_text(diagnostics, "tests", s->tests, s->tests_length);
    if (!suite) {
        fputs(cfn_diagnostics_text(diagnostics, false), stderr);
        exit(2);
    }
    bool caught = false;
    for (size_t i = 0; !caught && i < cfn_suite_size(suite); i++)
        caught = !cfn_suite_run(suite, i, s->root, false).holds;
    cfn_suite_free(suite);
    cfn_diagnostics_free(diagnostics);
    return caught;
}

static void judge(study *s, const char *path, const char *what)
{
    neutral *n = neutral_of(s, s->type, path);
    s->flips++;
    if (n) {
        n->count++;
        return;
    }
    s->breaking++;
    if (is_caught(s))
        s->caught++;
    else
        printf("survived: %s %s %s\n", s->type, path, what);
}

/* --- flips --- */

static const char *flipped_text(study *s, const cfn_node *node)
{
    char text[64];
    if (node->kind == CFN_KIND_BOOLEAN)
        return strcmp(node->text, "true") == 0 ? "false" : "true";
    if (node->kind != CFN_KIND_NUMBER)
        return cfn__format(s->arena, "%s-flipped", node->text);
    snprintf(text, sizeof text, "%lld", strtoll(node->text, NULL, 10) + 1);
    return cfn__strdup(s->arena, text);
}

static void flip_scalar(study *s, cfn_node *node, const char *path)
{
    cfn_node before = *node;
    node->text = flipped_text(s, node);
    node->length = (uint32_t)strlen(node->text);
    judge(s, path, "flipped");
    *node = before;
}

/* A function becomes a text that it cannot give. */
static void flip_function(study *s, cfn_node *node, const char *path)
{
    cfn_node before = *node;
    node->kind = CFN_KIND_STRING;
    node->first = node->last = NULL;
    node->size = 0;
    node->text = "flipped";
    node->length = 7;
    judge(s, path, "is another value");
    *node = before;
}

static void walk(study *s, cfn_node *node, const char *path);

/* --- JSON in a text is flipped inside --- */

/* The text that holds the JSON of the walk below, and the JSON. */
typedef struct inside {
    cfn_node *text, *json;
} inside;

static void put_json(study *s, const inside *in)
{
    size_t length = 0;
    in->text->text =
        cfn_write_text(s->arena, in->json, &(cfn_write_options){.minify = true}, &length);
    in->text->length = (uint32_t)length;
}

static void walk_json(study *s, const inside *in, cfn_node *node, const char *path)
{
    char below[LONGEST_PATH];
    cfn_node before = *node;
    if (node->text) {
        node->text = flipped_text(s, node);
        node->length = (uint32_t)strlen(node->text);
        put_json(s, in);
        judge(s, path, "flipped in JSON");
        *node = before;
    }
    size_t index = 0;
    for (cfn_node *n = node->first; n; n = n->next, index++) {
        if (n->key)
            snprintf(below, sizeof below, "%s/%s", path, n->key);
        else
            snprintf(below, sizeof below, "%s/%zu", path, index);
        walk_json(s, in, n, below);
    }
}

static bool flip_json(study *s, cfn_node *node, const char *path)
{
    cfn_node *text = node->kind == CFN_KIND_STRING ? node : cfn__get(node, "Fn::Sub");
    if (!text || text->kind != CFN_KIND_STRING || text->text[0] != '{' || text->text[1] != '"')
        return false;
    cfn_node before = *text;
    cfn_diagnostics *diagnostics = cfn_diagnostics_new();
    inside in = {text, cfn_read_text(s->arena, diagnostics, "text", text->text, text->length,
                                     CFN_FORMAT_JSON)};
    if (in.json)
        walk_json(s, &in, in.json, path);
    cfn_diagnostics_free(diagnostics);
    *text = before;
    return in.json != NULL;
}

/* --- the walk --- */

static void take_away(study *s, cfn_node *map, cfn_node *member, cfn_node *before, const char *path)
{
    cfn_node saved = *map, saved_before = before ? *before : *map;
    if (before)
        before->next = member->next;
    else
        map->first = member->next;
    if (map->last == member)
        map->last = before;
    map->size--;
    judge(s, path, "taken away");
    if (before)
        *before = saved_before;
    *map = saved;
}

static void walk_members(study *s, cfn_node *node, const char *path)
{
    char below[LONGEST_PATH];
    cfn_node *before = NULL;
    size_t index = 0;
    for (cfn_node *n = node->first; n; before = n, n = n->next, index++) {
        if (n->key)
            snprintf(below, sizeof below, "%s/%s", path, n->key);
        else
            snprintf(below, sizeof below, "%s/%zu", path, index);
        take_away(s, node, n, before, below);
        walk(s, n, below);
    }
}

static void walk(study *s, cfn_node *node, const char *path)
{
    if (flip_json(s, node, path))
        return;
    if (cfn__is_intrinsic(node))
        flip_function(s, node, path);
    else if (node->text)
        flip_scalar(s, node, path);
    else
        walk_members(s, node, path);
}

static void walk_resources(study *s)
{
    cfn_node *resources = cfn__get(s->root, "Resources");
    for (cfn_node *r = resources ? resources->first : NULL; r; r = r->next) {
        s->type = cfn__strdup(s->arena, cfn_node_text(cfn__get(r, "Type")));
        walk_members(s, r, r->key);
    }
}

static int report(const study *s)
{
    double share = s->breaking ? 100.0 * (double)s->caught / (double)s->breaking : 0;
    for (size_t i = 0; i < s->neutral_count; i++)
        printf("neutral: %4zu %s %s: %s\n", s->neutrals[i].count, s->neutrals[i].type,
               s->neutrals[i].path, s->neutrals[i].reason);
    printf("%zu flips; %zu break a requirement; %zu of those are caught: %.2f %%\n", s->flips,
           s->breaking, s->caught, share);
    return share >= AIM ? 0 : 1;
}

int main(int argc, char **argv)
{
    study s = {.arena = cfn_arena_new()};
    cfn_diagnostics *diagnostics = cfn_diagnostics_new();
    char *tests = argc == 4 ? read_text(argv[1], &s.tests_length) : NULL;
    s.tests = tests;
    s.root = tests ? cfn_read_file(s.arena, diagnostics, argv[2], CFN_FORMAT_AUTO) : NULL;
    int status = 2;
    if (!s.root || !read_neutrals(&s, argv[3])) {
        fputs("usage: flips TESTS.yaml TEMPLATE.json NEUTRAL.txt\n", stderr);
    } else if (is_caught(&s)) {
        fputs("the tests fail without any flip\n", stderr);
    } else {
        walk_resources(&s);
        status = report(&s);
    }
    free(tests);
    cfn_diagnostics_free(diagnostics);
    cfn_arena_free(s.arena);
    return status;
}
