/* Where a JSON text gives a key twice. jansson stops at the first one without a place for it; here
 * the text is read once more, into maps that hold keys alone, and all of them are reported. */
#include "read/json.h"

#include "read/json_tokens.h"

#include <string.h>

typedef struct skeleton {
    cfn__reader *reader;
    cfn__token token;
    size_t limit; /* where the text stops being valid */
    cfn__place place;
    size_t placed; /* the offset of `place` */
} skeleton;

static cfn_node *build(skeleton *s, uint32_t depth);

static void next(skeleton *s)
{
    s->token = cfn__json_token(s->reader->source, s->token.end);
}

static char first(const skeleton *s)
{
    bool over = s->token.start >= s->limit || s->token.end == s->token.start;
    return over ? '\0' : s->reader->source->text[s->token.start];
}

/* Moves the place on to the token; places are asked for in the order of the text. */
static cfn__place place_here(skeleton *s)
{
    const char *text = s->reader->source->text;
    for (; s->placed < s->token.start; s->placed++) {
        bool newline = text[s->placed] == '\n';
        bool character = ((unsigned char)text[s->placed] & 0xc0) != 0x80;
        s->place.line += newline;
        s->place.column = newline ? 1 : s->place.column + character;
    }
    return s->place;
}

static const char *key_text(skeleton *s)
{
    const char *raw = s->reader->source->text + s->token.start;
    size_t length = s->token.end - s->token.start;
    if (!memchr(raw, '\\', length))
        return cfn__strndup(s->reader->arena, raw + 1, length - 2);
    json_t *decoded = json_loadb(raw, length, JSON_DECODE_ANY, NULL);
    const char *text = decoded ? json_string_value(decoded) : "";
    text = cfn__strdup(s->reader->arena, text);
    json_decref(decoded);
    return text;
}

static void build_member(skeleton *s, cfn_node *map, uint32_t depth)
{
    cfn__place place = place_here(s);
    const char *key = key_text(s);
    next(s);
    if (first(s) == ':')
        next(s);
    cfn_node *value = build(s, depth);
    if (value) {
        value->key_line = place.line;
        value->key_column = place.column;
    }
    cfn__put(map, key, value);
}

static void build_members(skeleton *s, cfn_node *node, uint32_t depth)
{
    char close = node->kind == CFN_KIND_MAP ? '}' : ']';
    while (first(s) && first(s) != close && !cfn_arena_failed(s->reader->arena)) {
        if (first(s) == ',')
            next(s);
        else if (close == ']')
            cfn__append(node, build(s, depth));
        else if (first(s) == '"')
            build_member(s, node, depth);
        else
            return;
    }
}

static cfn_node *build(skeleton *s, uint32_t depth)
{
    char c = first(s);
    bool container = c == '{' || c == '[';
    cfn__maker maker = {s->reader->arena, s->place};
    if (!c || !cfn__check_depth(s->reader, depth + container, s->place)) {
        s->limit = 0;
        return NULL;
    }
    cfn_node *node = c == '{' ? cfn__map(&maker) : c == '[' ? cfn__list(&maker) : cfn__null(&maker);
    next(s);
    if (node && container) {
        build_members(s, node, depth + 1);
        next(s);
    }
    return node;
}

static void check(cfn__reader *reader, const cfn_node *node)
{
    if (node->kind == CFN_KIND_MAP)
        cfn__check_keys(reader, node);
    for (const cfn_node *n = node->first; n; n = n->next)
        check(reader, n);
}

void cfn__json_report_duplicates(cfn__reader *reader)
{
    const cfn__source *source = reader->source;
    json_error_t error;
    json_t *tree =
        json_loadb(source->text, source->length, CFN__JSON_FLAGS & ~JSON_REJECT_DUPLICATES, &error);
    skeleton s = {reader, cfn__json_token(source, 0), source->length, {source, 1, 1, 0, 0}, 0};
    if (!tree) {
        s.limit = (size_t)error.position;
        cfn__json_report(reader, &error);
    }
    json_decref(tree);
    cfn_node *root = build(&s, 0);
    if (root && !cfn_arena_failed(reader->arena))
        check(reader, root);
}
