/* Nodes to YAML text. libyaml's emitter writes; styles and short tags are chosen here. */
#include "write/write.h"

#include "read/tags.h"
#include "write/yaml_style.h"

#include <string.h>
#include <yaml.h>

enum { INDENT = 2, NO_FOLDING = -1 };

typedef struct writer {
    yaml_emitter_t emitter;
    cfn__buffer *buffer;
} writer;

static void write_node(writer *w, const cfn_node *node, const char *tag);

static int add_output(void *context, unsigned char *text, size_t size)
{
    cfn__buffer *buffer = context;
    cfn__buffer_add(buffer, (const char *)text, size);
    return !buffer->failed;
}

/* Hands an event to the emitter, which frees it. `made` is what its initialiser returned. */
static void emit(writer *w, int made, yaml_event_t *event)
{
    if (w->buffer->failed && made)
        yaml_event_delete(event);
    else if (!made || !yaml_emitter_emit(&w->emitter, event))
        w->buffer->failed = true;
}

static void write_scalar(writer *w, const char *text, size_t length, const char *tag,
                         yaml_scalar_style_t style)
{
    yaml_event_t event;
    int made = length > INT32_MAX
                   ? 0
                   : yaml_scalar_event_initialize(&event, NULL, (const yaml_char_t *)tag,
                                                  (const yaml_char_t *)text, (int)length, !tag,
                                                  !tag, style);
    emit(w, made, &event);
}

static void write_text(writer *w, const char *text, const char *tag)
{
    size_t length = strlen(text);
    write_scalar(w, text, length, tag, cfn__yaml_style(text, length, false));
}

/* Whether the argument of !GetAtt may be written as A.B, and is then read back as this list. */
static bool is_dotted(const cfn_node *list)
{
    const cfn_node *id = list->first;
    return list->size == 2 && cfn__is_string(id) && cfn__is_string(id->next) && id->length &&
           id->next->length && !strchr(id->text, '.');
}

static void write_dotted(writer *w, const cfn_node *list, const char *tag)
{
    cfn__buffer text = {0};
    cfn__buffer_format(&text, "%s.%s", list->first->text, list->first->next->text);
    if (text.failed)
        w->buffer->failed = true;
    else
        write_text(w, text.text, tag);
    cfn__buffer_free(&text);
}

static bool is_get_att(const cfn__tag *tag)
{
    return strcmp(tag->tag, "!GetAtt") == 0;
}

/* The short tag under which a map {function: argument} can be written, or NULL. A node has one tag
 * only, so a function whose argument has a tag is written by its long name. */
static const cfn__tag *short_tag(const cfn_node *node)
{
    if (node->kind != CFN_KIND_MAP || node->size != 1)
        return NULL;
    const cfn_node *argument = node->first;
    const cfn__tag *tag = cfn__tag_of_function(argument->key);
    if (!tag || tag->rule || !cfn__tag_takes(tag, argument->kind) || short_tag(argument))
        return NULL;
    if (argument->kind == CFN_KIND_LIST || argument->kind == CFN_KIND_MAP)
        return tag;
    bool dotted = is_get_att(tag) && argument->text && strchr(argument->text, '.');
    return argument->kind == CFN_KIND_STRING && !dotted ? tag : NULL;
}

static void write_list(writer *w, const cfn_node *list, const char *tag)
{
    yaml_event_t event;
    int made = yaml_sequence_start_event_initialize(&event, NULL, (const yaml_char_t *)tag, !tag,
                                                    YAML_BLOCK_SEQUENCE_STYLE);
    emit(w, made, &event);
    for (const cfn_node *n = list->first; n && !w->buffer->failed; n = n->next)
        write_node(w, n, NULL);
    emit(w, yaml_sequence_end_event_initialize(&event), &event);
}

static void write_map(writer *w, const cfn_node *map, const char *tag)
{
    yaml_event_t event;
    int made = yaml_mapping_start_event_initialize(&event, NULL, (const yaml_char_t *)tag, !tag,
                                                   YAML_BLOCK_MAPPING_STYLE);
    emit(w, made, &event);
    for (const cfn_node *n = map->first; n && !w->buffer->failed; n = n->next) {
        size_t length = strlen(n->key);
        write_scalar(w, n->key, length, NULL, cfn__yaml_style(n->key, length, true));
        write_node(w, n, NULL);
    }
    emit(w, yaml_mapping_end_event_initialize(&event), &event);
}

/* `tag` is the one that a function around the node demands. */
static void write_node(writer *w, const cfn_node *node, const char *tag)
{
    const cfn__tag *function = tag || !node->parent ? NULL : short_tag(node);
    if (function && is_get_att(function) && is_dotted(node->first))
        write_dotted(w, node->first, function->tag);
    else if (function)
        write_node(w, node->first, function->tag);
    else if (node->kind == CFN_KIND_MAP)
        write_map(w, node, tag);
    else if (node->kind == CFN_KIND_LIST)
        write_list(w, node, tag);
    else if (node->kind == CFN_KIND_STRING)
        write_text(w, node->text, tag);
    else
        write_scalar(w, node->text, node->length, NULL, YAML_PLAIN_SCALAR_STYLE);
}

void cfn__write_yaml(cfn__buffer *buffer, const cfn_node *root)
{
    writer w = {.buffer = buffer};
    yaml_event_t event;
    if (!root || !yaml_emitter_initialize(&w.emitter)) {
        buffer->failed |= root != NULL;
        return;
    }
    yaml_emitter_set_output(&w.emitter, add_output, buffer);
    yaml_emitter_set_encoding(&w.emitter, YAML_UTF8_ENCODING);
    yaml_emitter_set_unicode(&w.emitter, 1);
    yaml_emitter_set_indent(&w.emitter, INDENT);
    yaml_emitter_set_width(&w.emitter, NO_FOLDING);
    emit(&w, yaml_stream_start_event_initialize(&event, YAML_UTF8_ENCODING), &event);
    emit(&w, yaml_document_start_event_initialize(&event, NULL, NULL, NULL, 1), &event);
    write_node(&w, root, NULL);
    emit(&w, yaml_document_end_event_initialize(&event, 1), &event);
    emit(&w, yaml_stream_end_event_initialize(&event), &event);
    yaml_emitter_delete(&w.emitter);
}
