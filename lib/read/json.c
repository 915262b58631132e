/* JSON text to nodes. jansson decides what is valid and decodes strings; then its tree and the text
 * are walked in step, the text giving each value its place and each number its digits. */
#include "read/json.h"

#include "base/arena.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>

typedef struct walker {
    cfn__reader *reader;
    const char *p; /* valid JSON, so the walk needs no checks */
    uint32_t line, column;
    char *pool; /* memory for all strings and numbers: none is longer than it is in the text */
} walker;

static cfn_node *walk(walker *w, json_t *value, uint32_t depth);

static void skip_space(walker *w)
{
    for (;; w->p++) {
        if (*w->p == '\n') {
            w->line++;
            w->column = 1;
        } else if (*w->p == ' ' || *w->p == '\t' || *w->p == '\r') {
            w->column++;
        } else {
            return;
        }
    }
}

/* Steps over the comma or colon that may stand before a value or key. */
static void skip_to_next(walker *w)
{
    skip_space(w);
    if (*w->p != ',' && *w->p != ':')
        return;
    w->p++;
    w->column++;
    skip_space(w);
}

static void advance(walker *w, size_t bytes)
{
    w->column += w->reader->ascii ? (uint32_t)bytes : cfn__utf8_count(w->p, bytes);
    w->p += bytes;
}

static const char *copy(walker *w, const char *text, size_t length)
{
    char *start = w->pool;
    memcpy(start, text, length);
    start[length] = '\0';
    w->pool += length + 1;
    return start;
}

/* The length of a string in the text, and that of what it stands for. An escape of one character
 * (\n) stands for a byte, \uXXXX for as many as the character takes; of a pair of those the second
 * takes the fourth byte, as if each half took two. */
static size_t encoded_length(const char *raw, size_t *decoded)
{
    size_t length = 0;
    for (*decoded = 0; raw[length] != '"'; ++*decoded) {
        bool escape = raw[length] == '\\';
        length += escape ? 2 : 1;
        if (!escape || raw[length - 1] != 'u')
            continue;
        unsigned long code =
            strtoul((char[]){raw[length], raw[length + 1], raw[length + 2], raw[length + 3], '\0'},
                    NULL, 16);
        bool half = code >= 0xd800 && code <= 0xdfff;
        *decoded += half || (code >= 0x80 && code < 0x800) ? 1 : code >= 0x800 ? 2 : 0;
        length += 4;
    }
    return length;
}

/* Most strings hold no escape: they stand in the text just as jansson decoded them. Where jansson
 * runs out of memory it may lose the end of a string without a word. */
static const char *take_string(walker *w, const char *value, size_t length)
{
    const char *raw = w->p + 1;
    size_t decoded = length;
    bool same = memcmp(raw, value, length) == 0 && raw[length] == '"';
    advance(w, (same ? length : encoded_length(raw, &decoded)) + 2);
    if (decoded != length) {
        cfn__arena_fail(w->reader->arena);
        w->reader->stopped = true;
    }
    return copy(w, value, length);
}

static cfn__place place_here(const walker *w)
{
    return (cfn__place){w->reader->source, w->line, w->column, 0, 0};
}

static void end_here(const walker *w, cfn_node *node)
{
    node->place.end_line = w->line;
    node->place.end_column = w->column;
}

static void take_literal(walker *w, cfn_node *node)
{
    static const struct {
        cfn_kind kind;
        const char *text;
    } literals[] = {['t'] = {CFN_KIND_BOOLEAN, "true"},
                    ['f'] = {CFN_KIND_BOOLEAN, "false"},
                    ['n'] = {CFN_KIND_NULL, "null"}};
    size_t first = (unsigned char)*w->p;
    if (first < sizeof literals / sizeof *literals && literals[first].text) {
        node->kind = literals[first].kind;
        node->text = literals[first].text;
        node->length = (uint32_t)strlen(node->text);
    } else {
        node->kind = CFN_KIND_NUMBER;
        node->length = (uint32_t)strcspn(w->p, ",]} \t\r\n");
        node->text = copy(w, w->p, node->length);
    }
    advance(w, node->length);
}

/* Steps over the bracket that ends a list or a map. */
static void end_container(walker *w)
{
    if (w->reader->stopped)
        return;
    skip_space(w);
    advance(w, 1);
}

static void take_array(walker *w, cfn_node *list, json_t *array, uint32_t depth)
{
    size_t size = json_array_size(array);
    advance(w, 1);
    for (size_t i = 0; i < size && !w->reader->stopped; i++)
        cfn__append(list, walk(w, json_array_get(array, i), depth));
    end_container(w);
}

static void take_member(walker *w, cfn_node *map, void *member, uint32_t depth)
{
    skip_to_next(w);
    uint32_t line = w->line, column = w->column;
    size_t length = json_object_iter_key_len(member);
    if (!cfn__check_length(w->reader, length, place_here(w)))
        return;
    const char *key = take_string(w, json_object_iter_key(member), length);
    cfn_node *value = walk(w, json_object_iter_value(member), depth);
    if (value) {
        value->key_line = line;
        value->key_column = column;
    }
    cfn__put(map, key, value);
}

static void take_object(walker *w, cfn_node *map, json_t *object, uint32_t depth)
{
    advance(w, 1);
    void *member = json_object_iter(object);
    for (; member && !w->reader->stopped; member = json_object_iter_next(object, member))
        take_member(w, map, member, depth);
    end_container(w);
}

static cfn_node *walk(walker *w, json_t *value, uint32_t depth)
{
    skip_to_next(w);
    cfn__reader *reader = w->reader;
    cfn_node *node = CFN__NEW(reader->arena, cfn_node);
    if (!node || !cfn__count_nodes(reader, 1, place_here(w))) {
        reader->stopped = true;
        return NULL;
    }
    node->place = place_here(w);
    if (json_is_array(value) || json_is_object(value)) {
        node->kind = json_is_array(value) ? CFN_KIND_LIST : CFN_KIND_MAP;
        if (!cfn__check_depth(reader, depth + 1, node->place))
            return node;
        (json_is_array(value) ? take_array : take_object)(w, node, value, depth + 1);
    } else if (json_is_string(value)) {
        node->kind = CFN_KIND_STRING;
        node->length = (uint32_t)json_string_length(value);
        node->text = take_string(w, json_string_value(value), node->length);
    } else {
        take_literal(w, node);
    }
    if (node->text)
        cfn__check_length(reader, node->length, node->place);
    end_here(w, node);
    return node;
}

/* Whether a text that jansson has not seen yet holds too many values for it to be worth seeing. The
 * shortest value takes two bytes, with its comma. */
static bool too_many(cfn__reader *reader)
{
    const char *text = reader->source->text;
    size_t length = reader->source->length, values = 1;
    bool opened = false; /* the last thing was [ or { */
    if (length / 2 <= CFN_MAX_NODES)
        return false;
    for (size_t i = 0; i < length; i++) {
        char c = text[i];
        if (c == ' ' || c == '\t' || c == '\r' || c == '\n')
            continue;
        if (c == ',' || (opened && c != ']' && c != '}'))
            values++;
        opened = c == '[' || c == '{';
        if (c == '"')
            for (i++; i < length && text[i] != '"'; i++)
                i += text[i] == '\\';
        if (values > CFN_MAX_NODES)
            return !cfn__count_nodes(reader, (uint32_t)values,
                                     cfn__place_of_offset(reader->source, i));
    }
    return false;
}

cfn_node *cfn__read_json(cfn__reader *reader)
{
    const cfn__source *source = reader->source;
    if (too_many(reader))
        return NULL;
    json_error_t error;
    json_t *tree = json_loadb(source->text, source->length, CFN__JSON_FLAGS, &error);
    if (!tree) {
        cfn__json_report(reader, &error);
        reader->stopped = true;
        return NULL;
    }
    walker w = {reader, source->text, 1, 1, cfn__alloc(reader->arena, source->length + 1)};
    cfn_node *root = w.pool ? walk(&w, tree, 0) : NULL;
    json_decref(tree);
    return root;
}

void cfn__json_free_memory_by(void (*free_memory)(void *memory))
{
    json_set_alloc_funcs(malloc, free_memory);
}
