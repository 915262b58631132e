/* The values that intrinsic functions give, as far as they are known before the deployment: those
 * of parameters with AllowedValues or a Default, of mappings, and what is put together of them. */
#include "check/check.h"

#include "base/text.h"

#include <stdlib.h>
#include <string.h>

enum { LONGEST_TEXT = 8192 };

static void add(cfn__possibles *found, const cfn_node *node, const cfn_node *parameter)
{
    if (!node || found->count == CFN__MOST_VALUES)
        found->all = false; /* memory, or room, is out */
    else
        found->items[found->count++] = (cfn__possible){node, parameter};
}

/* Nothing is known. */
static void give_up(cfn__possibles *found)
{
    found->count = 0;
    found->all = false;
}

static cfn_node *make_text(cfn__check *check, const char *text, size_t length)
{
    cfn__spend(check, length / 16);
    cfn__maker maker = {.arena = check->out.arena};
    return cfn__scalar(&maker, CFN_KIND_STRING, cfn__strndup(check->out.arena, text, length),
                       length);
}

/* The parts of a text between separators; NULL when that is not text. */
static cfn_node *split_text(cfn__check *check, const char *text, const char *separator, bool trims)
{
    cfn__maker maker = {.arena = check->out.arena};
    cfn_node *list = cfn__list(&maker);
    for (const char *p = text; p;) {
        const char *end = *separator ? strstr(p, separator) : NULL, *start = p;
        size_t length = end ? (size_t)(end - p) : strlen(p);
        while (trims && length && *start == ' ')
            start++, length--;
        while (trims && length && start[length - 1] == ' ')
            length--;
        cfn__append(list, make_text(check, start, length));
        p = end ? end + strlen(separator) : NULL;
    }
    return list;
}

/* --- Ref --- */

static void add_value_of(cfn__check *check, const cfn_node *parameter, const cfn_node *value,
                         cfn__possibles *found)
{
    if (!value || !value->text || !cfn__can_be(check, parameter, value->text))
        return;
    if (value->length > LONGEST_TEXT) {
        found->all = false;
        return;
    }
    if (cfn__is_list_parameter(parameter))
        add(found, split_text(check, value->text, ",", true), parameter);
    else
        add(found, make_text(check, value->text, value->length), parameter);
}

static void follow_parameter(cfn__check *check, const cfn_node *parameter, cfn__possibles *found)
{
    static const char *const hints[] = {"Default", "MinValue", "MaxValue"};
    const cfn_node *allowed = cfn__get(parameter, "AllowedValues");
    found->all = false;
    if (cfn__is_ssm_parameter(parameter))
        return;
    if (cfn__is_list(allowed) && allowed->size) {
        found->all = true;
        for (const cfn_node *n = allowed->first; n; n = n->next)
            add_value_of(check, parameter, n, found);
        return;
    }
    for (size_t i = 0; i < sizeof hints / sizeof *hints; i++)
        add_value_of(check, parameter, cfn__get(parameter, hints[i]), found);
}

static void follow_name(cfn__check *check, const char *name, size_t length, cfn__possibles *found)
{
    const cfn__slot *slot = cfn__find_entry(check->tpl, CFN_SECTION_PARAMETERS, name, length);
    const char *region = "AWS::Region";
    if (slot)
        follow_parameter(check, slot->node, found);
    else if (check->region >= 0 && length == strlen(region) && !memcmp(name, region, length)) {
        region = cfn_schema_region_at(check->schema, (size_t)check->region);
        add(found, make_text(check, region, strlen(region)), NULL);
    } else
        give_up(found);
}

/* --- Fn::FindInMap --- */

/* The keys that an argument may name: marked NULL for all of them. */
static bool names_any_key(const cfn__check *check, const cfn_node *argument)
{
    return check->region < 0 && cfn__function_of(argument) == CFN__FN_REF &&
           cfn__text_is(argument->first, "AWS::Region");
}

static void look_up(cfn__check *check, const cfn_node *top, const cfn_node *parameter,
                    const cfn__possibles *seconds, cfn__possibles *found)
{
    for (size_t i = 0; cfn__is_map(top) && i < seconds->count; i++) {
        const cfn_node *key = seconds->items[i].node;
        const cfn__slot *slot =
            key->text ? cfn__find_slot(check->tpl, top, key->text, key->length) : NULL;
        if (slot)
            add(found, slot->node, parameter ? parameter : seconds->items[i].parameter);
    }
}

static void follow_mapping(cfn__check *check, const cfn_node *argument, cfn__possibles *found)
{
    give_up(found);
    if (!cfn__is_list(argument) || argument->size < 3 || !cfn__is_string(argument->first))
        return;
    const cfn_node *first = argument->first->next, *second = first->next;
    const cfn__slot *mapping = cfn__find_entry(check->tpl, CFN_SECTION_MAPPINGS,
                                               argument->first->text, argument->first->length);
    if (!mapping || !cfn__is_map(mapping->node) || argument->size > 3)
        return;
    cfn__possibles seconds, tops;
    cfn__follow(check, second, &seconds);
    if (names_any_key(check, first)) {
        found->all = seconds.all;
        for (const cfn_node *n = mapping->node->first; n; n = n->next)
            look_up(check, n, NULL, &seconds, found);
        return;
    }
    cfn__follow(check, first, &tops);
    found->all = tops.all && seconds.all;
    for (size_t i = 0; i < tops.count; i++) {
        const cfn_node *key = tops.items[i].node;
        const cfn__slot *top =
            key->text ? cfn__find_slot(check->tpl, mapping->node, key->text, key->length) : NULL;
        if (top)
            look_up(check, top->node, tops.items[i].parameter, &seconds, found);
    }
}

/* --- Fn::Select, Fn::Split --- */

/* Functions in a list may leave an item out, or bring several. */
static bool is_plain_list(const cfn_node *list)
{
    for (const cfn_node *n = list->first; n; n = n->next)
        if (cfn__function_of(n) == CFN__FN_IF || cfn__function_of(n) == CFN__FN_TRANSFORM ||
            (cfn__function_of(n) == CFN__FN_REF && cfn__text_is(n->first, "AWS::NoValue")))
            return false;
    return true;
}

static void follow_select(cfn__check *check, const cfn_node *argument, cfn__possibles *found)
{
    give_up(found);
    if (!cfn__is_list(argument) || argument->size != 2 || !argument->first->text)
        return;
    size_t index = (size_t)strtoul(argument->first->text, NULL, 10);
    cfn__possibles lists, inner;
    cfn__follow(check, argument->last, &lists);
    found->all = lists.all;
    for (size_t i = 0; i < lists.count; i++) {
        const cfn_node *list = lists.items[i].node;
        const cfn_node *item =
            cfn__is_list(list) && is_plain_list(list) ? cfn_node_at(list, index) : NULL;
        inner.count = 0, inner.all = false;
        if (item)
            cfn__follow(check, item, &inner);
        found->all = found->all && inner.all;
        for (size_t j = 0; j < inner.count; j++)
            add(found, inner.items[j].node,
                lists.items[i].parameter ? lists.items[i].parameter : inner.items[j].parameter);
    }
}

static void follow_split(cfn__check *check, const cfn_node *argument, cfn__possibles *found)
{
    give_up(found);
    if (!cfn__is_list(argument) || argument->size != 2 || !cfn__is_string(argument->first) ||
        !argument->first->length)
        return;
    cfn__possibles texts;
    cfn__follow(check, argument->last, &texts);
    found->all = texts.all;
    for (size_t i = 0; i < texts.count; i++)
        if (texts.items[i].node->text)
            add(found, split_text(check, texts.items[i].node->text, argument->first->text, false),
                texts.items[i].parameter);
}

/* --- Fn::Join, Fn::Sub: texts put together --- */

/* Adds each of the next texts to each of those so far. */
static void extend(cfn__check *check, cfn__possibles *texts, const cfn__possibles *next)
{
    cfn__possibles longer = {.all = texts->all && next->all};
    if (texts->count * next->count > CFN__MOST_VALUES)
        longer.all = false;
    for (size_t i = 0; i < texts->count; i++)
        for (size_t j = 0; j < next->count; j++) {
            const cfn__possible *a = &texts->items[i], *b = &next->items[j];
            size_t length = (size_t)a->node->length + b->node->length;
            if (!b->node->text || length > LONGEST_TEXT) {
                give_up(texts);
                return;
            }
            const char *text = cfn__format(check->out.arena, "%s%s", a->node->text, b->node->text);
            add(&longer, make_text(check, text, length),
                a->parameter ? a->parameter : b->parameter);
        }
    *texts = longer;
}

static void extend_by_text(cfn__check *check, cfn__possibles *texts, const char *text,
                           size_t length)
{
    cfn__possibles one = {.all = true};
    add(&one, make_text(check, text, length), NULL);
    extend(check, texts, &one);
}

static void start_text(cfn__check *check, cfn__possibles *texts)
{
    *texts = (cfn__possibles){.all = true};
    add(texts, make_text(check, "", 0), NULL);
}

static void join(cfn__check *check, const cfn_node *delimiter, const cfn_node *list,
                 cfn__possibles *found)
{
    start_text(check, found);
    for (const cfn_node *n = list->first; n && found->count; n = n->next) {
        cfn__possibles next;
        cfn__follow(check, n, &next);
        extend(check, found, &next);
        if (n->next && found->count)
            extend_by_text(check, found, delimiter->text, delimiter->length);
    }
}

static void follow_join(cfn__check *check, const cfn_node *argument, cfn__possibles *found)
{
    give_up(found);
    if (!cfn__is_list(argument) || argument->size != 2 || !cfn__is_string(argument->first))
        return;
    cfn__possibles lists;
    cfn__follow(check, argument->last, &lists);
    if (lists.count != 1 || !lists.all || !cfn__is_list(lists.items[0].node) ||
        !is_plain_list(lists.items[0].node))
        return;
    join(check, argument->first, lists.items[0].node, found);
}

static void follow_variable(cfn__check *check, const cfn_node *locals, const cfn__sub_piece *piece,
                            cfn__possibles *found)
{
    for (const cfn_node *n = locals ? locals->first : NULL; n; n = n->next)
        if (strncmp(n->key, piece->name, piece->name_length) == 0 && !n->key[piece->name_length]) {
            cfn__follow(check, n, found);
            return;
        }
    *found = (cfn__possibles){.all = true};
    follow_name(check, piece->name, piece->name_length, found);
}

/* ${!Literal} stands for ${Literal}. */
static void extend_by_piece(cfn__check *check, cfn__possibles *texts, const cfn__sub_piece *piece)
{
    if (cfn__starts_with(piece->start, "${!")) {
        extend_by_text(check, texts, "${", 2);
        extend_by_text(check, texts, piece->start + 3, piece->length - 3);
    } else {
        extend_by_text(check, texts, piece->start, piece->length);
    }
}

static void follow_sub(cfn__check *check, const cfn_node *argument, cfn__possibles *found)
{
    const cfn_node *locals = cfn__is_list(argument) ? argument->last : NULL;
    const cfn_node *text = cfn__is_list(argument) ? argument->first : argument;
    give_up(found);
    if (!cfn__is_string(text) || text->length > LONGEST_TEXT)
        return;
    start_text(check, found);
    const char *next = text->text;
    cfn__sub_piece piece;
    while (found->count && cfn__sub_next(&next, &piece)) {
        if (!piece.name) {
            extend_by_piece(check, found, &piece);
            continue;
        }
        cfn__possibles values;
        follow_variable(check, locals, &piece, &values);
        extend(check, found, &values);
    }
}

/* --- all of them --- */

static void follow_if(cfn__check *check, const cfn_node *argument, cfn__possibles *found)
{
    give_up(found);
    if (!cfn__is_list(argument) || argument->size != 3 || !cfn__is_string(argument->first))
        return;
    cfn__fit holds = cfn__holds(check, argument->first->text);
    if (holds != CFN__MAY_FIT)
        cfn__follow(check, holds == CFN__FITS ? argument->first->next : argument->last, found);
}

void cfn__follow(cfn__check *check, const cfn_node *node, cfn__possibles *found)
{
    cfn__function function = cfn__function_of(node);
    const cfn_node *argument = node->first;
    *found = (cfn__possibles){.all = true};
    if (!check->effort) {
        check->spent = true;
        function = CFN__FN_UNKNOWN;
    }
    cfn__spend(check, 1);
    switch (function) {
    case CFN__FN_NONE:
    case CFN__FN_CONDITION:
        add(found, node, NULL);
        break;
    case CFN__FN_REF:
        if (cfn__is_string(argument))
            follow_name(check, argument->text, argument->length, found);
        else
            give_up(found);
        break;
    case CFN__FN_FIND_IN_MAP:
        follow_mapping(check, argument, found);
        break;
    case CFN__FN_SELECT:
        follow_select(check, argument, found);
        break;
    case CFN__FN_SPLIT:
        follow_split(check, argument, found);
        break;
    case CFN__FN_JOIN:
        follow_join(check, argument, found);
        break;
    case CFN__FN_SUB:
        follow_sub(check, argument, found);
        break;
    case CFN__FN_IF:
        follow_if(check, argument, found);
        break;
    default:
        give_up(found);
    }
}
