/* What failed, for people: the value as JSON, with the wrong places marked in the margin and the
 * parts that match in short. */
#include "assertions/assertions.h"

#include "write/write.h"

#include <string.h>

enum { SHORT = 60, LONGEST_TEXT = 120, MANY = 30 };

typedef struct renderer {
    cfn__buffer *out;
    const cfn__comparison *c;
    const cfn_node *root; /* what follows it does not belong to it */
} renderer;

static void begin_line(renderer *r, bool marked, size_t depth)
{
    cfn__buffer_add_text(r->out, marked ? "!! " : "   ");
    cfn__buffer_add_spaces(r->out, depth * 2);
}

/* What a text was read as; NULL: it was not. */
static const cfn_node *json_in(const renderer *r, const cfn_node *text)
{
    for (size_t i = 0; i < r->c->unfolded_count; i++)
        if (r->c->unfolded[i].text == text)
            return r->c->unfolded[i].json;
    return NULL;
}

static const cfn_node *outside_of(const renderer *r, const cfn_node *node)
{
    for (size_t i = 0; !node->parent && i < r->c->unfolded_count; i++)
        if (r->c->unfolded[i].json == node)
            return r->c->unfolded[i].text;
    return node->parent;
}

static bool is_in(const renderer *r, const cfn_node *node, const cfn_node *outer)
{
    while (node && node != outer)
        node = outside_of(r, node);
    return node != NULL;
}

/* Whether something is marked inside of a value, not just at it. */
static bool has_marks_inside(const renderer *r, const cfn_node *node)
{
    for (size_t i = 0; i < r->c->mismatch_count; i++) {
        const cfn__mismatch *m = &r->c->mismatches[i];
        if (m->at == node ? m->inside : is_in(r, m->at, node))
            return true;
    }
    return false;
}

static void say(renderer *r, const cfn_node *node, bool inside, size_t depth)
{
    for (size_t i = 0; i < r->c->mismatch_count; i++) {
        const cfn__mismatch *m = &r->c->mismatches[i];
        if (m->at != node || m->inside != inside)
            continue;
        begin_line(r, true, depth);
        cfn__buffer_add_text(r->out, m->text);
        cfn__buffer_add_char(r->out, '\n');
    }
}

static void add_short_text(renderer *r, const cfn_node *node)
{
    size_t length = node->length;
    bool cut = length > LONGEST_TEXT;
    for (length = cut ? LONGEST_TEXT : length; cut && (node->text[length] & 0xc0) == 0x80;)
        length--;
    cfn__buffer_add_json_string(r->out, node->text, length);
    if (cut)
        cfn__buffer_add_text(r->out, "...");
}

/* A value without marks inside: whole when it is short. */
static void add_short(renderer *r, const cfn_node *node)
{
    if (node->kind == CFN_KIND_STRING) {
        add_short_text(r, node);
        return;
    }
    cfn__buffer json = {0};
    if (node->size <= SHORT)
        cfn__write_json(&json, node, true);
    bool list = node->kind == CFN_KIND_LIST;
    if (json.length && json.length <= SHORT + 1)
        cfn__buffer_add(r->out, json.text, json.length - 1);
    else if (node->text)
        cfn__buffer_add(r->out, node->text, node->length);
    else
        cfn__buffer_add_text(r->out, list ? "[ ... ]" : "{ ... }");
    r->out->failed |= json.failed;
    cfn__buffer_free(&json);
}

static void add_node(renderer *r, const cfn_node *node, size_t depth);

static bool is_marked(const renderer *r, const cfn_node *node)
{
    for (size_t i = 0; i < r->c->mismatch_count; i++)
        if (is_in(r, r->c->mismatches[i].at, node))
            return true;
    return false;
}

/* Of many members those without marks are left out. */
static void add_members(renderer *r, const cfn_node *node, size_t depth)
{
    bool was_left_out = false;
    for (const cfn_node *n = node->first; n; n = n->next) {
        bool left_out = node->size > MANY && !is_marked(r, n);
        if (left_out && was_left_out)
            continue;
        was_left_out = left_out;
        begin_line(r, false, depth);
        if (left_out) {
            cfn__buffer_add_text(r->out, "...\n");
            continue;
        }
        if (node->kind == CFN_KIND_MAP) {
            cfn__buffer_add_json_string(r->out, n->key, strlen(n->key));
            cfn__buffer_add_text(r->out, ": ");
        }
        add_node(r, n, depth);
    }
}

/* The value from where its line has got to, up to the end of its last line. */
static void add_node(renderer *r, const cfn_node *node, size_t depth)
{
    const char *end = node != r->root && node->next ? ",\n" : "\n";
    if (!has_marks_inside(r, node)) {
        add_short(r, node);
        cfn__buffer_add_text(r->out, end);
        say(r, node, false, depth + 1);
        return;
    }
    const cfn_node *json = json_in(r, node);
    const cfn_node *shown = json ? json : node;
    bool list = shown->kind == CFN_KIND_LIST;
    cfn__buffer_add_text(r->out, json ? "(JSON) " : "");
    if (shown->text) {
        add_short(r, shown);
        cfn__buffer_add_text(r->out, end);
        say(r, shown, false, depth + 1);
        return;
    }
    cfn__buffer_add_text(r->out, list ? "[\n" : "{\n");
    say(r, node, false, depth + 1);
    if (json)
        say(r, json, false, depth + 1);
    say(r, shown, true, depth + 1);
    add_members(r, shown, depth + 1);
    begin_line(r, false, depth);
    cfn__buffer_add_text(r->out, list ? "]" : "}");
    cfn__buffer_add_text(r->out, end);
}

void cfn__render_place(cfn__buffer *buffer, const cfn_node *node)
{
    if (node && node->place.source && node->place.line)
        cfn__buffer_format(buffer, " (%s:%u)", node->place.source->file,
                           node->key_line ? node->key_line : node->place.line);
}

void cfn__render(cfn__buffer *buffer, cfn__comparison *c, const char *id, const cfn_node *value)
{
    renderer r = {buffer, c, value};
    cfn__buffer_add_text(buffer, "\n");
    cfn__buffer_add_text(buffer, id);
    cfn__render_place(buffer, value);
    cfn__buffer_add_text(buffer, " ::\n");
    begin_line(&r, false, 0);
    add_node(&r, value, 0);
    if (c->left_out)
        cfn__buffer_format(buffer, "   and %zu more\n", c->left_out);
}
