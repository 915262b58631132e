/* Recognising intrinsic functions, the target of a Fn::GetAtt and the pieces of a Fn::Sub. */
#include "template/intrinsic.h"

#include "base/text.h"

#include <string.h>

typedef struct name {
    const char *key;
    cfn__function function;
} name;

/* Without the prefix Fn::, which all of them have. */
static const name names[] = {
    {"GetAtt", CFN__FN_GET_ATT},
    {"Sub", CFN__FN_SUB},
    {"Join", CFN__FN_JOIN},
    {"Select", CFN__FN_SELECT},
    {"Split", CFN__FN_SPLIT},
    {"FindInMap", CFN__FN_FIND_IN_MAP},
    {"If", CFN__FN_IF},
    {"Equals", CFN__FN_EQUALS},
    {"And", CFN__FN_AND},
    {"Or", CFN__FN_OR},
    {"Not", CFN__FN_NOT},
    {"Base64", CFN__FN_BASE64},
    {"Cidr", CFN__FN_CIDR},
    {"GetAZs", CFN__FN_GET_AZS},
    {"ImportValue", CFN__FN_IMPORT_VALUE},
    {"GetStackOutput", CFN__FN_GET_STACK_OUTPUT},
    {"Length", CFN__FN_LENGTH},
    {"ToJsonString", CFN__FN_TO_JSON_STRING},
    {"Transform", CFN__FN_TRANSFORM},
    {"Contains", CFN__FN_CONTAINS},
    {"EachMemberEquals", CFN__FN_EACH_MEMBER_EQUALS},
    {"EachMemberIn", CFN__FN_EACH_MEMBER_IN},
    {"RefAll", CFN__FN_REF_ALL},
    {"ValueOf", CFN__FN_VALUE_OF},
    {"ValueOfAll", CFN__FN_VALUE_OF_ALL},
};

cfn__function cfn__function_of_key(const char *key)
{
    if (*key == 'R')
        return strcmp(key, "Ref") == 0 ? CFN__FN_REF : CFN__FN_NONE;
    if (*key == 'C')
        return strcmp(key, "Condition") == 0 ? CFN__FN_CONDITION : CFN__FN_NONE;
    if (*key != 'F' || !cfn__starts_with(key, "Fn::"))
        return CFN__FN_NONE;
    const char *rest = key + strlen("Fn::");
    if (cfn__starts_with(rest, "ForEach::"))
        return CFN__FN_FOR_EACH;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(names[i].key, rest) == 0)
            return names[i].function;
    return CFN__FN_UNKNOWN;
}

cfn__function cfn__function_of(const cfn_node *node)
{
    if (!cfn__is_map(node) || node->size != 1)
        return CFN__FN_NONE;
    cfn__function function = cfn__function_of_key(node->first->key);
    if (function == CFN__FN_CONDITION && !cfn__is_string(node->first))
        return CFN__FN_NONE;
    return function;
}

cfn_node *cfn__argument(const cfn_node *intrinsic)
{
    return cfn__is_map(intrinsic) && intrinsic->size == 1 ? intrinsic->first : NULL;
}

bool cfn__get_att_target(cfn_arena *arena, const cfn_node *intrinsic, const char **id,
                         const char **attribute)
{
    const cfn_node *argument = cfn__argument(intrinsic);
    *id = *attribute = NULL;
    if (cfn__is_string(argument)) {
        const char *dot = strchr(argument->text, '.');
        if (!dot || dot == argument->text || !dot[1])
            return false;
        *id = cfn__strndup(arena, argument->text, (size_t)(dot - argument->text));
        *attribute = dot + 1;
        return true;
    }
    if (!cfn__is_list(argument) || argument->size != 2 || !cfn__is_string(argument->first))
        return false;
    *id = argument->first->text;
    if (!cfn__is_string(argument->last))
        return false;
    *attribute = argument->last->text;
    return **id && **attribute;
}

/* Cuts the spaces around a name. */
static void trim(cfn__sub_piece *piece)
{
    while (piece->name_length && *piece->name == ' ') {
        piece->name++;
        piece->name_length--;
    }
    while (piece->name_length && piece->name[piece->name_length - 1] == ' ')
        piece->name_length--;
}

bool cfn__sub_next(const char **next, cfn__sub_piece *piece)
{
    const char *start = *next;
    *piece = (cfn__sub_piece){.start = start};
    if (!*start)
        return false;
    const char *close = cfn__starts_with(start, "${") ? strchr(start, '}') : NULL;
    if (close) {
        piece->length = (size_t)(close - start) + 1;
        if (start[2] != '!') {
            piece->name = start + 2;
            piece->name_length = piece->length - 3;
            trim(piece);
        }
    } else {
        /* What is not closed is plain text to its end, and starts with ${. */
        const char *open = cfn__starts_with(start, "${") ? NULL : strstr(start, "${");
        piece->length = open ? (size_t)(open - start) : strlen(start);
    }
    *next = start + piece->length;
    return true;
}
