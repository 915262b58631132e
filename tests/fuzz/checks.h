/* What must hold for any input. The fuzz targets and the replay of their finds share these checks;
 * a check that does not hold aborts. */
#ifndef CFN_TESTS_FUZZ_CHECKS_H
#define CFN_TESTS_FUZZ_CHECKS_H

#include "base/text.h"
#include "node/node.h"

#include <cfngen/read.h>
#include <cfngen/write.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CHECK static inline __attribute__((unused))

CHECK void must(bool holds, const char *what)
{
    if (holds)
        return;
    fprintf(stderr, "does not hold: %s\n", what);
    abort();
}

/* One reading: the tree, and what was said about it. */
typedef struct reading {
    cfn_arena *arena;
    cfn_diagnostics *diagnostics;
    cfn_node *root;
} reading;

CHECK reading read_input(const char *text, size_t length, cfn_format format, size_t limit)
{
    reading r = {cfn_arena_new(), cfn_diagnostics_new(), NULL};
    cfn_arena_set_limit(r.arena, limit);
    r.root = cfn_read_text(r.arena, r.diagnostics, "in", text, length, format);
    return r;
}

CHECK void forget(reading *r)
{
    cfn_arena_free(r->arena);
    cfn_diagnostics_free(r->diagnostics);
}

CHECK bool is_found(const reading *r, cfn_diagnostic_id id)
{
    for (size_t i = 0; i < cfn_diagnostics_size(r->diagnostics); i++)
        if (cfn_diagnostics_at(r->diagnostics, i)->id == id)
            return true;
    return false;
}

/* A tree, or the reason why there is none; and both can be shown. */
CHECK void check_outcome(const reading *r)
{
    size_t errors = cfn_diagnostics_count(r->diagnostics, CFN_ERROR);
    must((r->root != NULL) == (errors == 0), "there is a tree, or else an error");
    must(cfn_diagnostics_text(r->diagnostics, true) != NULL, "the diagnostics have a text");
    must(cfn_diagnostics_json(r->diagnostics) != NULL, "the diagnostics can be written as JSON");
}

CHECK bool ends_before(uint32_t line, uint32_t column, uint32_t later_line, uint32_t later_column)
{
    return line < later_line || (line == later_line && column <= later_column);
}

CHECK void check_node(const cfn_node *node, uint32_t depth)
{
    const cfn__place *p = &node->place;
    uint32_t members = 0;
    bool container = node->kind == CFN_KIND_LIST || node->kind == CFN_KIND_MAP;
    must(depth + container <= CFN_MAX_DEPTH, "the tree keeps to the limit of depth");
    must(p->line && p->column, "a value has a place");
    must(ends_before(p->line, p->column, p->end_line, p->end_column), "it does not end too early");
    must(container || strlen(node->text) == node->length, "a scalar has a text");
    must(!container || !node->text, "a list or a map has none");
    for (const cfn_node *n = node->first; n; n = n->next, members++) {
        must(n->parent == node, "members know their parent");
        must((n->key != NULL) == (node->kind == CFN_KIND_MAP), "members of maps have keys");
        must(n->next || n == node->last, "the last member is the last");
        check_node(n, depth + 1);
    }
    must(members == node->size, "the size is the number of members");
}

/* In JSON the text at each place is the value. */
CHECK void check_places(const cfn_node *node, const char *text, size_t length)
{
    cfn__source source = {"in", text, length};
    size_t offset = 0;
    uint32_t line = 1;
    for (; line < node->place.line; line++)
        offset = (size_t)((const char *)memchr(text + offset, '\n', length - offset) - text) + 1;
    for (uint32_t column = 1; column < node->place.column; column++)
        offset += cfn__utf8_length(text + offset, length - offset);
    must(offset < length, "a place is inside of the text");
    static const char first[] = {
        [CFN_KIND_STRING] = '"', [CFN_KIND_LIST] = '[', [CFN_KIND_MAP] = '{'};
    if (node->kind >= CFN_KIND_STRING)
        must(text[offset] == first[node->kind], "a value stands where its place says");
    else
        must(memcmp(text + offset, node->text, node->length) == 0, "a literal stands at its place");
    cfn__place place = cfn__place_of_offset(&source, offset);
    must(place.line == node->place.line && place.column == node->place.column, "places agree");
    for (const cfn_node *n = node->first; n; n = n->next)
        check_places(n, text, length);
}

/* jansson alone and our reader accept the same documents, and find the same values in them. */
CHECK void check_json(const char *text, size_t length)
{
    size_t mark = length >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
    json_error_t error;
    json_t *expected = json_loadb(text + mark, length - mark, JSON_REJECT_DUPLICATES, &error);
    reading r = read_input(text, length, CFN_FORMAT_JSON, 0);
    check_outcome(&r);
    if (r.root) {
        size_t size = 0;
        const char *written =
            cfn_write_text(r.arena, r.root, &(cfn_write_options){.minify = true}, &size);
        json_t *got = json_loadb(written, size, JSON_REJECT_DUPLICATES, &error);
        must(expected != NULL, "jansson accepts what we accept");
        must(got && json_equal(expected, got), "the values are those that jansson finds");
        json_decref(got);
        check_node(r.root, 0);
        check_places(r.root, text + mark, length - mark);
    } else if (json_is_object(expected) && !memchr(text, '\0', length)) {
        /* jansson skips over some NUL characters */
        must(is_found(&r, CFN0009), "what jansson accepts is refused for its depth alone");
    }
    json_decref(expected);
    forget(&r);
}

/* Reading YAML ends well, with all the memory it wants and with little. */
CHECK void check_yaml(const char *text, size_t length)
{
    reading r = read_input(text, length, CFN_FORMAT_YAML, 0);
    check_outcome(&r);
    if (r.root)
        check_node(r.root, 0);
    size_t limit = 1 + cfn__hash(text, length) % (4 * length + 2000);
    forget(&r);
    r = read_input(text, length, CFN_FORMAT_YAML, limit);
    check_outcome(&r);
    forget(&r);
}

/* What is written reads back as the same tree. */
CHECK void check_round_trip(const char *text, size_t length)
{
    static const cfn_write_options forms[] = {
        {CFN_FORMAT_JSON, false}, {CFN_FORMAT_JSON, true}, {CFN_FORMAT_YAML, false}};
    reading r = read_input(text, length, CFN_FORMAT_AUTO, 0);
    for (size_t i = 0; r.root && i < sizeof forms / sizeof *forms; i++) {
        size_t size = 0;
        const char *written = cfn_write_text(r.arena, r.root, &forms[i], &size);
        must(written && size && written[size - 1] == '\n', "a document ends with a newline");
        reading again = read_input(written, size, forms[i].format, 0);
        if (!again.root || cfn_diagnostics_size(again.diagnostics) ||
            !cfn_node_equal(r.root, again.root))
            fprintf(stderr, "%s%s", written, cfn_diagnostics_text(again.diagnostics, false));
        must(again.root != NULL, "what was written can be read");
        must(cfn_diagnostics_size(again.diagnostics) == 0, "nothing is said about it");
        must(cfn_node_equal(r.root, again.root), "it is the same tree");
        forget(&again);
    }
    forget(&r);
}

#endif
