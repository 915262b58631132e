/* YAML scalars: what a plain one means, what tags say about them. */
#include "read/plain.h"
#include "read/yaml.h"

#include <string.h>

#define CORE "tag:yaml.org,2002:"

const char *cfn__yaml_text(cfn__yaml *y)
{
    const char *text = (const char *)y->event.data.scalar.value;
    size_t length = y->event.data.scalar.length;
    cfn__place place = cfn__yaml_place(y);
    if (!cfn__check_length(y->reader, length, place))
        return NULL;
    if (memchr(text, '\0', length))
        cfn__reader_say(y->reader, CFN0006, place, "\\0 stands in this text");
    return cfn__strndup(y->reader->arena, text, length);
}

/* A core tag without its prefix: "str", "int" ...; NULL when it is another. */
static const char *core_name(const char *tag)
{
    return strncmp(tag, CORE, strlen(CORE)) == 0 ? tag + strlen(CORE) : NULL;
}

static void report_misfit(cfn__yaml *y, const cfn__tag *tag, cfn_kind kind)
{
    cfn__reader_say(y->reader, CFN0210, cfn__yaml_place(y), "%s takes %s, not %s", tag->tag,
                    cfn__tag_wants(tag), kind == CFN_KIND_STRING ? "text" : cfn__kind_name(kind));
    const char *form = tag->list   ? "[..., ...]"
                       : tag->text ? "text"
                                   : "{Name: ..., Parameters: ...}";
    cfn__hint(y->reader->diagnostics, "write %s %s", tag->tag, form);
}

static void report_unknown(cfn__yaml *y, const char *tag)
{
    const char *core = core_name(tag);
    const char *name = cfn__format(y->reader->arena, "%s%s", core ? "!!" : "", core ? core : tag);
    cfn__place place = cfn__yaml_place(y);
    place.end_line = place.end_column = 0;
    cfn__reader_say(y->reader, CFN0202, place, "%s %s",
                    y->reader->dialect ? "there is no tag" : "CloudFormation has no tag",
                    cfn__shown(y->reader->arena, name));
    if (!core)
        cfn__hint_nearest(y->reader->diagnostics, cfn__tag_nearest(y->reader->dialect, tag));
}

/* Tags of YAML itself that may stand before a list or a mapping; "!" says nothing there. */
static bool core_fits(cfn__yaml *y, const char *core, cfn_kind kind)
{
    static const struct {
        const char *name;
        cfn_kind kind;
    } cores[] = {{"map", CFN_KIND_MAP},    {"seq", CFN_KIND_LIST},     {"str", CFN_KIND_STRING},
                 {"int", CFN_KIND_STRING}, {"float", CFN_KIND_STRING}, {"bool", CFN_KIND_STRING},
                 {"null", CFN_KIND_STRING}};
    for (size_t i = 0; i < sizeof cores / sizeof *cores; i++) {
        if (strcmp(cores[i].name, core) != 0)
            continue;
        if (cores[i].kind != kind)
            cfn__reader_say(y->reader, CFN0210, cfn__yaml_place(y), "!!%s stands before %s", core,
                            kind == CFN_KIND_STRING ? "a scalar" : cfn__kind_name(kind));
        return true;
    }
    return false;
}

const cfn__tag *cfn__yaml_tag(cfn__yaml *y, const char *tag, cfn_kind kind)
{
    if (!tag || strcmp(tag, "!") == 0)
        return NULL;
    const char *core = core_name(tag);
    if (core && core_fits(y, core, kind))
        return NULL;
    const cfn__tag *found = cfn__tag_in(y->reader->dialect, tag);
    if (!found) {
        report_unknown(y, tag);
    } else if (!cfn__tag_takes(found, kind)) {
        report_misfit(y, found, kind);
        found = NULL;
    }
    return found;
}

static void become(cfn_node *node, cfn_kind kind, const char *text)
{
    node->kind = kind;
    node->text = text;
    node->length = (uint32_t)strlen(text);
}

static void warn_yes_no(cfn__yaml *y, const cfn_node *node, const char *written)
{
    cfn__reader_say_of(y->reader, CFN0208, node, "%s without quotes is the boolean %s", written,
                       node->text);
    cfn__hint(y->reader->diagnostics, "write %s, or \"%s\" when text is meant", node->text,
              written);
}

static void check_number(cfn__yaml *y, const cfn_node *node)
{
    if (cfn__number_in_range(node->text))
        return;
    cfn__reader_say_of(y->reader, CFN0102, node, "the number is too large");
    cfn__hint(y->reader->diagnostics, "put it in quotes when it is an identifier");
}

static void warn_number_like(cfn__yaml *y, const cfn_node *node)
{
    const char *shown = cfn__shown(y->reader->arena, node->text);
    cfn__reader_say_of(y->reader, CFN0209, node, "%s is taken as text; YAML readers differ here",
                       shown);
    cfn__hint(y->reader->diagnostics, "put it in quotes: %s", shown);
}

/* Turns a string node into what its plain text means. */
static void resolve(cfn__yaml *y, cfn_node *node)
{
    const char *written = node->text;
    switch (cfn__plain_of(written)) {
    case CFN__PLAIN_NULL:
        become(node, CFN_KIND_NULL, "null");
        break;
    case CFN__PLAIN_TRUE:
        become(node, CFN_KIND_BOOLEAN, "true");
        break;
    case CFN__PLAIN_FALSE:
        become(node, CFN_KIND_BOOLEAN, "false");
        break;
    case CFN__PLAIN_YES:
        become(node, CFN_KIND_BOOLEAN, "true");
        warn_yes_no(y, node, written);
        break;
    case CFN__PLAIN_NO:
        become(node, CFN_KIND_BOOLEAN, "false");
        warn_yes_no(y, node, written);
        break;
    case CFN__PLAIN_NUMBER:
        node->kind = CFN_KIND_NUMBER;
        check_number(y, node);
        break;
    case CFN__PLAIN_NUMBER_LIKE:
        warn_number_like(y, node);
        break;
    case CFN__PLAIN_TEXT:
    case CFN__PLAIN_AMBIGUOUS:
        break;
    }
}

/* What !!int and its like demand, once for each meaning that they accept. */
static const struct {
    const char *name;
    cfn__plain meaning;
    cfn_kind kind;
    const char *text; /* of the node; NULL: as it was written */
} demands[] = {
    {"null", CFN__PLAIN_NULL, CFN_KIND_NULL, "null"},
    {"bool", CFN__PLAIN_TRUE, CFN_KIND_BOOLEAN, "true"},
    {"bool", CFN__PLAIN_YES, CFN_KIND_BOOLEAN, "true"},
    {"bool", CFN__PLAIN_FALSE, CFN_KIND_BOOLEAN, "false"},
    {"bool", CFN__PLAIN_NO, CFN_KIND_BOOLEAN, "false"},
    {"int", CFN__PLAIN_NUMBER, CFN_KIND_NUMBER, NULL},
    {"float", CFN__PLAIN_NUMBER, CFN_KIND_NUMBER, NULL},
};

static void resolve_as(cfn__yaml *y, cfn_node *node, const char *core)
{
    cfn__plain meaning = cfn__plain_of(node->text);
    if (strcmp(core, "int") == 0 && strpbrk(node->text, ".eE"))
        meaning = CFN__PLAIN_TEXT;
    bool known = false;
    for (size_t i = 0; i < sizeof demands / sizeof *demands; i++) {
        if (strcmp(demands[i].name, core) != 0)
            continue;
        known = true;
        if (demands[i].meaning != meaning)
            continue;
        become(node, demands[i].kind, demands[i].text ? demands[i].text : node->text);
        if (node->kind == CFN_KIND_NUMBER)
            check_number(y, node);
        return;
    }
    if (known)
        cfn__reader_say_of(y->reader, CFN0210, node, "!!%s does not fit %s", core,
                           cfn__shown(y->reader->arena, node->text));
}

/* The argument of a function written as text; of !GetAtt a list, cut at the first dot. */
static cfn_node *argument(const cfn__maker *maker, const cfn__tag *tag, const char *text)
{
    const char *dot = strcmp(tag->tag, "!GetAtt") == 0 ? strchr(text, '.') : NULL;
    if (!dot)
        return cfn__string(maker, text);
    const char *id = cfn__strndup(maker->arena, text, (size_t)(dot - text));
    return cfn__pair(maker, cfn__string(maker, id), cfn__string(maker, dot + 1));
}

static cfn_node *attach_function(cfn__yaml *y, const cfn__tag *tag, const char *text)
{
    cfn__maker maker = {y->reader->arena, cfn__yaml_place(y)};
    cfn_node *inner = argument(&maker, tag, text);
    uint32_t height = cfn__is_list(inner) ? 2 : 1, depth = cfn__yaml_depth(y) + height;
    cfn_node *node = cfn__single(&maker, tag->function, inner);
    if (!cfn__check_depth(y->reader, depth, maker.place) ||
        !cfn__count_nodes(y->reader, height == 2 ? 4 : 2, maker.place))
        return NULL;
    if (y->open && cfn__yaml_top(y)->deepest < depth)
        cfn__yaml_top(y)->deepest = depth;
    cfn__yaml_attach(y, node);
    if (tag->plain && y->event.data.scalar.style == YAML_PLAIN_SCALAR_STYLE && inner)
        resolve(y, inner);
    return node;
}

/* "! Ref X" is the text "Ref X" to YAML, and never what was meant. */
static void check_torn_tag(cfn__yaml *y, const cfn_node *node)
{
    const char *name =
        cfn__format(y->reader->arena, "!%.*s", (int)strcspn(node->text, " "), node->text);
    if (!strchr(node->text, ' ') || !cfn__tag_in(y->reader->dialect, name))
        return;
    cfn__reader_say_of(y->reader, CFN0202, node, "a space stands between ! and %s", name + 1);
    cfn__hint(y->reader->diagnostics, "write %s", name);
}

static cfn_node *attach_plain(cfn__yaml *y, const char *tag, const char *text)
{
    cfn__maker maker = {y->reader->arena, cfn__yaml_place(y)};
    if (!cfn__count_nodes(y->reader, 1, maker.place))
        return NULL;
    cfn_node *node = cfn__string(&maker, text);
    cfn__yaml_attach(y, node);
    if (!node)
        return NULL;
    if (tag && strcmp(tag, "!") == 0 && y->event.data.scalar.style == YAML_PLAIN_SCALAR_STYLE)
        check_torn_tag(y, node);
    if (tag && core_name(tag))
        resolve_as(y, node, core_name(tag));
    else if (!tag && y->event.data.scalar.style == YAML_PLAIN_SCALAR_STYLE)
        resolve(y, node);
    return node;
}

void cfn__yaml_scalar(cfn__yaml *y)
{
    const char *tag = (const char *)y->event.data.scalar.tag;
    const char *text = cfn__yaml_text(y);
    if (!text)
        return;
    uint32_t before = y->reader->nodes;
    const cfn__tag *function = cfn__yaml_tag(y, tag, CFN_KIND_STRING);
    cfn_node *node = function ? attach_function(y, function, text) : attach_plain(y, tag, text);
    cfn__anchor *anchor = cfn__yaml_anchor(y, y->event.data.scalar.anchor, node, before);
    cfn__yaml_end_anchor(y, anchor, node && node->size ? node->first->size ? 2 : 1 : 0);
}
