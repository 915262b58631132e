/* The table of CloudFormation's short tags.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference.html
 */
#include "read/tags.h"

#include "base/text.h"

#include <string.h>

#define TEXT .text = true
#define LIST .list = true
#define MAP  .map = true
#define RULE .rule = true
static const cfn__tag tags[] = {
    {"!Ref", "Ref", TEXT},
    {"!GetAtt", "Fn::GetAtt", TEXT, LIST},
    {"!Sub", "Fn::Sub", TEXT, LIST},
    {"!Join", "Fn::Join", LIST},
    {"!Select", "Fn::Select", LIST},
    {"!Split", "Fn::Split", LIST},
    {"!FindInMap", "Fn::FindInMap", LIST},
    {"!If", "Fn::If", LIST},
    {"!Equals", "Fn::Equals", LIST},
    {"!And", "Fn::And", LIST},
    {"!Or", "Fn::Or", LIST},
    {"!Not", "Fn::Not", LIST},
    {"!Condition", "Condition", TEXT},
    {"!Base64", "Fn::Base64", TEXT, MAP},
    {"!Cidr", "Fn::Cidr", LIST},
    {"!GetAZs", "Fn::GetAZs", TEXT, MAP},
    {"!ImportValue", "Fn::ImportValue", TEXT, MAP},
    {"!GetStackOutput", "Fn::GetStackOutput", MAP},
    {"!Transform", "Fn::Transform", MAP},
    {"!Length", "Fn::Length", LIST, MAP},
    {"!ToJsonString", "Fn::ToJsonString", LIST, MAP},
    {"!Contains", "Fn::Contains", LIST, RULE},
    {"!EachMemberEquals", "Fn::EachMemberEquals", LIST, RULE},
    {"!EachMemberIn", "Fn::EachMemberIn", LIST, RULE},
    {"!RefAll", "Fn::RefAll", TEXT, RULE},
    {"!ValueOf", "Fn::ValueOf", LIST, RULE},
    {"!ValueOfAll", "Fn::ValueOfAll", LIST, RULE},
};
enum { COUNT = sizeof tags / sizeof *tags };

const cfn__tag *cfn__tag_named(const char *tag)
{
    for (size_t i = 0; i < COUNT; i++)
        if (strcmp(tags[i].tag, tag) == 0)
            return &tags[i];
    return NULL;
}

const cfn__tag *cfn__tag_in(const cfn__dialect *dialect, const char *tag)
{
    for (size_t i = 0; dialect && i < dialect->count; i++)
        if (strcmp(dialect->tags[i].tag, tag) == 0)
            return &dialect->tags[i];
    return cfn__tag_named(tag);
}

const cfn__tag *cfn__tag_of_function(const char *function)
{
    if (strcmp(function, "Ref") != 0 && strcmp(function, "Condition") != 0 &&
        !cfn__starts_with(function, "Fn::"))
        return NULL;
    for (size_t i = 0; i < COUNT; i++)
        if (strcmp(tags[i].function, function) == 0)
            return &tags[i];
    return NULL;
}

const char *cfn__tag_nearest(const cfn__dialect *dialect, const char *tag)
{
    /* !Fn::Sub is a mix of the long and the short form */
    const char *name = cfn__starts_with(tag, "!Fn::") ? tag + strlen("!Fn::") : tag + 1;
    cfn__nearest nearest = cfn__nearest_to(name);
    for (size_t i = 0; dialect && i < dialect->count; i++)
        cfn__nearest_offer(&nearest, dialect->tags[i].tag + 1);
    for (size_t i = 0; i < COUNT; i++)
        cfn__nearest_offer(&nearest, tags[i].tag + 1);
    return nearest.best ? nearest.best - 1 : NULL;
}

bool cfn__tag_takes(const cfn__tag *tag, cfn_kind kind)
{
    return kind == CFN_KIND_MAP ? tag->map : kind == CFN_KIND_LIST ? tag->list : tag->text;
}

const char *cfn__tag_wants(const cfn__tag *tag)
{
    if (tag->text)
        return tag->list ? "text or a list" : tag->map ? "text or a mapping" : "text";
    return tag->list ? tag->map ? "a list or a mapping" : "a list" : "a mapping";
}
