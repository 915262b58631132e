/* YAML text to nodes: libyaml's events, one after the other, build the tree. The limits are checked
 * before anything is made of an event, so that hostile input costs little. */
#include "read/yaml.h"

#include "base/text.h"

#include <stdlib.h>
#include <string.h>

enum { MOST_TAG_DIRECTIVES = 100 };

const char cfn__merge_key[] = "<<";

cfn__frame *cfn__yaml_top(cfn__yaml *y)
{
    return y->open ? &y->frames[y->open - 1] : NULL;
}

uint32_t cfn__yaml_depth(cfn__yaml *y)
{
    return y->open ? cfn__yaml_top(y)->depth : 0;
}

cfn__place cfn__yaml_place(const cfn__yaml *y)
{
    const yaml_mark_t *start = &y->event.start_mark, *end = &y->event.end_mark;
    return (cfn__place){y->reader->source, (uint32_t)start->line + 1, (uint32_t)start->column + 1,
                        (uint32_t)end->line + 1, (uint32_t)end->column + 1};
}

/* libyaml counts characters. Events come in the order of the text, so each character is stepped
 * over once. */
const char *cfn__yaml_source(cfn__yaml *y)
{
    const char *text = y->reader->source->text;
    for (; y->index < y->event.start_mark.index && text[y->offset]; y->index++)
        do
            y->offset++;
        while (((unsigned char)text[y->offset] & 0xc0) == 0x80);
    return text + y->offset;
}

static bool key_comes_next(cfn__yaml *y)
{
    const cfn__frame *top = cfn__yaml_top(y);
    return top && top->node->kind == CFN_KIND_MAP && !top->key;
}

void cfn__yaml_attach(cfn__yaml *y, cfn_node *node)
{
    cfn__frame *top = cfn__yaml_top(y);
    if (!top) {
        y->root = node;
    } else if (top->node->kind == CFN_KIND_LIST) {
        cfn__append(top->node, node);
    } else {
        if (node && !top->lost_key) {
            node->key_line = top->place.line;
            node->key_column = top->place.column;
            cfn__put(top->node, top->key, node);
        }
        top->key = NULL;
        top->lost_key = false;
    }
}

static void refuse_key(cfn__yaml *y, const char *message, const char *hint)
{
    cfn__reader_say(y->reader, CFN0206, cfn__yaml_place(y), "%s", message);
    cfn__hint(y->reader->diagnostics, "%s", hint);
    cfn__yaml_top(y)->key = "";
    cfn__yaml_top(y)->lost_key = true;
}

static void take_key(cfn__yaml *y, const char *text)
{
    cfn__frame *top = cfn__yaml_top(y);
    top->key = text;
    top->place = cfn__yaml_place(y);
}

static void on_key(cfn__yaml *y)
{
    const char *tag = (const char *)y->event.data.scalar.tag;
    bool plain = y->event.data.scalar.style == YAML_PLAIN_SCALAR_STYLE && !tag;
    const char *text = cfn__yaml_text(y);
    if (!text)
        return;
    cfn_node *node = cfn__string(&(cfn__maker){y->reader->arena, cfn__yaml_place(y)}, text);
    cfn__anchor *anchor = cfn__yaml_anchor(y, y->event.data.scalar.anchor, node, y->reader->nodes);
    cfn__yaml_end_anchor(y, anchor, 0);
    if (anchor)
        anchor->nodes = 1;
    if (tag && cfn__yaml_tag(y, tag, CFN_KIND_STRING))
        refuse_key(y, "a key cannot be a function", "only values take tags such as !Sub");
    else if (plain && !*text)
        refuse_key(y, "a key is missing before the colon", "an empty key is written \"\"");
    else
        take_key(y, plain && strcmp(text, cfn__merge_key) == 0 ? cfn__merge_key : text);
    cfn__yaml_top(y)->merges |= cfn__yaml_top(y)->key == cfn__merge_key;
}

static void on_alias_key(cfn__yaml *y)
{
    const cfn__anchor *anchor = cfn__yaml_aliased(y);
    take_key(y, "");
    if (anchor && anchor->node->text)
        take_key(y, anchor->node->text);
    else if (anchor)
        refuse_key(y, "a key cannot be a list or a mapping", "the alias stands for one");
    else
        cfn__yaml_top(y)->lost_key = true;
}

/* {{resolve:...}} without quotes is a mapping in a mapping to YAML. */
static void refuse_collection_key(cfn__yaml *y)
{
    const char *text = cfn__yaml_source(y);
    bool braces = text[0] == '{' && text > y->reader->source->text && text[-1] == '{';
    refuse_key(y, "a key cannot be a list or a mapping",
               braces ? "put text with braces in quotes: '{{resolve:...}}'"
                      : "keys are text; put text that begins with [ or { in quotes");
}

static void start_collection(cfn__yaml *y, cfn_kind kind, const yaml_char_t *tag,
                             const yaml_char_t *anchor)
{
    const cfn__tag *function = cfn__yaml_tag(y, (const char *)tag, kind);
    cfn__maker maker = {y->reader->arena, cfn__yaml_place(y)};
    maker.place.end_line = maker.place.end_column = 0;
    uint32_t levels = function ? 2 : 1, depth = cfn__yaml_depth(y) + levels;
    uint32_t before = y->reader->nodes;
    if (!cfn__check_depth(y->reader, depth, maker.place) ||
        !cfn__count_nodes(y->reader, levels, maker.place))
        return;
    cfn_node *node = kind == CFN_KIND_MAP ? cfn__map(&maker) : cfn__list(&maker);
    cfn_node *outer = function ? cfn__single(&maker, function->function, node) : node;
    if (!node || !outer)
        return;
    cfn__anchor *begun = cfn__yaml_anchor(y, anchor, outer, before);
    if (key_comes_next(y))
        refuse_collection_key(y);
    else
        cfn__yaml_attach(y, outer);
    y->frames[y->open++] =
        (cfn__frame){.node = node, .anchor = begun, .depth = depth, .deepest = depth};
}

/* A list or mapping in block style ends where its last member does, not at the next thing. */
static void end_collection(cfn__yaml *y)
{
    cfn__frame *frame = &y->frames[--y->open];
    cfn_node *node = frame->node;
    cfn__place end = cfn__yaml_place(y);
    if (end.line == end.end_line && end.column == end.end_column && node->last)
        end = node->last->place;
    bool wrapped = node->parent && cfn__yaml_depth(y) + 2 == frame->depth;
    for (cfn_node *n = node; n; n = wrapped && n == node ? node->parent : NULL) {
        n->place.end_line = end.end_line;
        n->place.end_column = end.end_column;
    }
    if (node->kind == CFN_KIND_MAP)
        cfn__check_keys(y->reader, node);
    if (frame->merges)
        cfn__yaml_note_merge(y, node);
    cfn__yaml_end_anchor(y, frame->anchor, frame->deepest - cfn__yaml_depth(y));
    cfn__frame *parent = cfn__yaml_top(y);
    if (parent && parent->deepest < frame->deepest)
        parent->deepest = frame->deepest;
}

static void on_event(cfn__yaml *y)
{
    const yaml_event_t *event = &y->event;
    switch (event->type) {
    case YAML_SCALAR_EVENT:
        (key_comes_next(y) ? on_key : cfn__yaml_scalar)(y);
        break;
    case YAML_ALIAS_EVENT:
        (key_comes_next(y) ? on_alias_key : cfn__yaml_alias)(y);
        break;
    case YAML_MAPPING_START_EVENT:
        start_collection(y, CFN_KIND_MAP, event->data.mapping_start.tag,
                         event->data.mapping_start.anchor);
        break;
    case YAML_SEQUENCE_START_EVENT:
        start_collection(y, CFN_KIND_LIST, event->data.sequence_start.tag,
                         event->data.sequence_start.anchor);
        break;
    case YAML_MAPPING_END_EVENT:
    case YAML_SEQUENCE_END_EVENT:
        end_collection(y);
        break;
    default:
        break;
    }
}

/* The next event; its type. After a problem of syntax: YAML_NO_EVENT. */
static yaml_event_type_t next(cfn__yaml *y)
{
    yaml_event_delete(&y->event);
    if (!yaml_parser_parse(&y->parser, &y->event)) {
        cfn__yaml_report(y);
        y->reader->stopped = true;
        return YAML_NO_EVENT;
    }
    return y->event.type;
}

static void read_document(cfn__yaml *y)
{
    while (!y->reader->stopped && !cfn_arena_failed(y->reader->arena) &&
           next(y) != YAML_DOCUMENT_END_EVENT)
        on_event(y);
}

static void read_stream(cfn__yaml *y)
{
    cfn__reader *reader = y->reader;
    cfn__place whole = {.source = reader->source};
    next(y);
    if (next(y) == YAML_DOCUMENT_START_EVENT)
        read_document(y);
    if (reader->stopped || cfn_arena_failed(reader->arena))
        return;
    if (!y->root || y->root->kind == CFN_KIND_NULL) {
        cfn__reader_say(reader, CFN0007, whole, "the document is empty");
        reader->stopped = true;
    } else if (next(y) == YAML_DOCUMENT_START_EVENT) {
        cfn__reader_say(reader, CFN0203, cfn__yaml_place(y), "a second document begins here");
        cfn__hint(reader->diagnostics, "one file holds one document");
    }
    if (!reader->stopped)
        cfn__yaml_repair(y);
}

/* libyaml compares each %TAG directive with all before it; a text full of them would keep it busy
 * for hours. */
static bool too_many_directives(cfn__reader *reader)
{
    size_t count = 0;
    const char *p = reader->source->text;
    while ((p = strstr(p, "%TAG")) && count <= MOST_TAG_DIRECTIVES) {
        count += p == reader->source->text || p[-1] == '\n' || p[-1] == '\r';
        p++;
    }
    if (count <= MOST_TAG_DIRECTIVES)
        return false;
    cfn__reader_say(reader, CFN0201, (cfn__place){.source = reader->source},
                    "there are more than %d %%TAG directives", MOST_TAG_DIRECTIVES);
    return true;
}

cfn_node *cfn__read_yaml(cfn__reader *reader)
{
    cfn__yaml *y = too_many_directives(reader) ? NULL : CFN__NEW(reader->arena, cfn__yaml);
    if (!y)
        return NULL;
    y->reader = reader;
    if (!yaml_parser_initialize(&y->parser)) {
        cfn__report_no_memory(reader->diagnostics);
        return NULL;
    }
    yaml_parser_set_encoding(&y->parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&y->parser, (const unsigned char *)reader->source->text,
                                 reader->source->length);
    read_stream(y);
    yaml_event_delete(&y->event);
    yaml_parser_delete(&y->parser);
    return reader->stopped ? NULL : y->root;
}
