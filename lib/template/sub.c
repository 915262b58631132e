/* Fn::Sub: the names in its text.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference-sub.html
 */
#include "template/function.h"

#include "base/text.h"

#include <string.h>

/* Looking for local names costs their number each time; past this a text is taken as it is. */
enum { MOST_LOOKS = 50000000 };

static bool is_local(cfn__checker *c, const cfn_node *locals, const cfn__sub_piece *piece)
{
    for (const cfn_node *n = locals ? locals->first : NULL; n; n = n->next) {
        if (++c->looks > MOST_LOOKS)
            return true;
        if (strncmp(n->key, piece->name, piece->name_length) == 0 && !n->key[piece->name_length])
            return true;
    }
    return false;
}

static bool is_name(const cfn__sub_piece *piece)
{
    for (size_t i = 0; i < piece->name_length; i++)
        if (!cfn__is_alphanumeric(piece->name[i]) && !strchr("_.:", piece->name[i]))
            return false;
    return piece->name_length && piece->name[0] != '.' &&
           piece->name[piece->name_length - 1] != '.';
}

static void complain_of_name(cfn__checker *c, const cfn_node *from, const cfn__sub_piece *piece)
{
    int shown = piece->length > 100 ? 100 : (int)piece->length;
    int inner = piece->name_length > 100 ? 100 : (int)piece->name_length;
    cfn__complain(c, CFN1206, from, "%.*s holds no name", shown, piece->start);
    cfn__advise(c, "write ${!%.*s} to keep the text as it is", inner, piece->name);
}

static void check_list_in_text(cfn__checker *c, const cfn_node *from, const cfn_node *target)
{
    if (!target || target->parent != c->tpl->sections[CFN_SECTION_PARAMETERS] ||
        !cfn__is_list_parameter(target))
        return;
    cfn__complain(c, CFN1203, from, "${%.100s} takes text, and the parameter is a list",
                  target->key);
    cfn__advise(c, "join it: Fn::Sub: [text, {%.100s: Fn::Join: [',', Ref: %.100s]}]", target->key,
                target->key);
}

static void check_name(cfn__checker *c, const cfn_node *from, const cfn_node *locals,
                       const cfn__sub_piece *piece)
{
    if (is_local(c, locals, piece))
        return;
    if (!is_name(piece)) {
        complain_of_name(c, from, piece);
        return;
    }
    const char *dot = memchr(piece->name, '.', piece->name_length);
    size_t length = dot ? (size_t)(dot - piece->name) : piece->name_length;
    const char *attribute =
        dot ? cfn__strndup(c->arena, dot + 1, piece->name_length - length - 1) : NULL;
    const cfn_node *target = cfn__resolve(c, (cfn__use){.kind = CFN_REFERENCE_SUB,
                                                        .from = from,
                                                        .text = piece->name,
                                                        .length = length,
                                                        .attribute = attribute,
                                                        .locals = locals});
    check_list_in_text(c, from, target);
}

static bool is_unclosed(const cfn__sub_piece *piece)
{
    return !piece->name && cfn__starts_with(piece->start, "${") && piece->start[2] != '!';
}

static void check_text(cfn__checker *c, const cfn_node *from, const cfn_node *text,
                       const cfn_node *locals)
{
    const char *next = text->text;
    cfn__sub_piece piece;
    while (cfn__sub_next(&next, &piece)) {
        if (piece.name) {
            check_name(c, from, locals, &piece);
        } else if (is_unclosed(&piece)) {
            cfn__complain(c, CFN1206, from, "${ is not closed: %.40s", piece.start);
            cfn__advise(c, "close it with }");
        }
    }
}

static void complain_of_shape(cfn__checker *c, const cfn_node *node)
{
    cfn__complain(c, CFN1203, node, "Fn::Sub takes text, or a list of text and variables");
    cfn__advise(c, "write Fn::Sub: text, or Fn::Sub: [text, {variable: value}]");
}

void cfn__check_sub(cfn__checker *c, const cfn_node *intrinsic)
{
    const cfn_node *argument = intrinsic->first;
    if (argument->kind == CFN_KIND_STRING) {
        check_text(c, intrinsic, argument, NULL);
        return;
    }
    if (cfn__function_of(argument) == CFN__FN_TRANSFORM)
        return; /* it becomes what is not known here */
    bool is_pair = argument->kind == CFN_KIND_LIST && argument->size == 2;
    if (!is_pair || argument->first->kind != CFN_KIND_STRING ||
        argument->last->kind != CFN_KIND_MAP) {
        if (!c->tpl->macro)
            complain_of_shape(c, intrinsic);
        return;
    }
    const cfn_node *locals = argument->last;
    for (const cfn_node *n = locals->first; n; n = n->next)
        if (!cfn__is_generator(n))
            cfn__check_argument(c, "Fn::Sub", n, CFN__A_TEXT);
    check_text(c, intrinsic, argument->first, locals);
}
