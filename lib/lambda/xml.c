/* XML by libexpat, into nodes. */
#include "lambda/xml.h"

#include "base/buffer.h"
#include "node/node.h"

#include <expat.h>
#include <string.h>

typedef struct reading {
    XML_Parser parser;
    cfn__maker make;
    cfn_node *open[CFN__DEEPEST_XML]; /* maps that have begun; which have elements is seen later */
    size_t depth;
    cfn__buffer text; /* of the element that is open */
    cfn_node *root;
    bool is_refused;
} reading;

static void refuse(reading *r)
{
    r->is_refused = true;
    XML_StopParser(r->parser, XML_FALSE);
}

static void begin_element(void *context, const XML_Char *name, const XML_Char **attributes)
{
    reading *r = context;
    (void)attributes;
    if (r->depth == CFN__DEEPEST_XML || cfn_arena_failed(r->make.arena)) {
        refuse(r);
        return;
    }
    cfn_node *node = cfn__map(&r->make);
    if (r->depth)
        cfn__put(r->open[r->depth - 1], cfn__strdup(r->make.arena, name), node);
    else
        r->root = node;
    r->open[r->depth++] = node;
    r->text.length = 0;
}

static void take_text(void *context, const XML_Char *text, int length)
{
    reading *r = context;
    cfn__buffer_add(&r->text, text, (size_t)length);
    if (r->text.failed)
        refuse(r);
}

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static void end_element(void *context, const XML_Char *name)
{
    reading *r = context;
    cfn_node *node = r->open[--r->depth];
    (void)name;
    if (node && !cfn_node_size(node)) {
        const char *text = r->text.text;
        size_t length = r->text.length;
        for (; length && is_space(*text); length--)
            text++;
        while (length && is_space(text[length - 1]))
            length--;
        text = cfn__strndup(r->make.arena, length ? text : "", length);
        cfn__become(node, cfn__scalar(&r->make, CFN_KIND_STRING, text, length));
    }
    r->text.length = 0;
}

/* Entities that are made of others, and files, come by a document type alone. */
static void begin_type(void *context, const XML_Char *name, const XML_Char *system,
                       const XML_Char *public, int has_more)
{
    (void)name;
    (void)system;
    (void)public;
    (void)has_more;
    refuse(context);
}

static bool parse(reading *r, const char *text, size_t length)
{
    XML_SetUserData(r->parser, r);
    XML_SetElementHandler(r->parser, begin_element, end_element);
    XML_SetCharacterDataHandler(r->parser, take_text);
    XML_SetStartDoctypeDeclHandler(r->parser, begin_type);
    return XML_Parse(r->parser, text, (int)length, 1) == XML_STATUS_OK && !r->is_refused;
}

const cfn_node *cfn__read_xml(cfn_arena *arena, const char *text, size_t length)
{
    reading r = {.parser = XML_ParserCreate("UTF-8"), .make = {.arena = arena}};
    bool read = false;
    if (r.parser && length <= CFN__MOST_XML_BYTES) {
        cfn_arena_set_limit(arena, CFN__MOST_XML_BYTES);
        read = parse(&r, text, length);
        cfn_arena_set_limit(arena, 0);
    }
    if (r.parser)
        XML_ParserFree(r.parser);
    cfn__buffer_free(&r.text);
    return read && !cfn_arena_failed(arena) ? r.root : NULL;
}

const cfn_node *cfn__xml_next(const cfn_node *parent, const cfn_node *after, const char *name)
{
    const cfn_node *n = after ? cfn_node_next(after) : cfn_node_first(parent);
    while (n && (!cfn_node_key(n) || strcmp(cfn_node_key(n), name) != 0))
        n = cfn_node_next(n);
    return n;
}
