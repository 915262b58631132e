/* Finds what a template names by a local path, and puts the place in S3 there. */
#include "node/node.h"

#include <cfngen/assets.h>
#include <string.h>

/* What each of these properties calls its bucket and its key. */
static const struct {
    const char *type, *property, *bucket, *key;
} kinds[] = {
    {"AWS::ApiGateway::RestApi", "BodyS3Location", "Bucket", "Key"},
    {"AWS::ElasticBeanstalk::ApplicationVersion", "SourceBundle", "S3Bucket", "S3Key"},
    {"AWS::Lambda::Function", "Code", "S3Bucket", "S3Key"},
    {"AWS::Lambda::LayerVersion", "Content", "S3Bucket", "S3Key"},
    {"AWS::StepFunctions::StateMachine", "DefinitionS3Location", "Bucket", "Key"},
};
enum { KIND_COUNT = sizeof kinds / sizeof *kinds };

static const cfn_node *find_path(const cfn_resource *resource)
{
    for (size_t i = 0; i < KIND_COUNT; i++) {
        const cfn_node *value = strcmp(resource->type, kinds[i].type) == 0
                                    ? cfn_node_get(resource->properties, kinds[i].property)
                                    : NULL;
        if (cfn__is_string(value))
            return value;
    }
    return NULL;
}

const cfn_asset *cfn_assets_find(cfn_arena *arena, const cfn_template *tpl, size_t *count)
{
    size_t resources = cfn_template_resource_count(tpl);
    cfn_asset *assets = NULL;
    *count = 0;
    for (size_t i = 0; i < resources; i++) {
        const cfn_resource *r = cfn_template_resource_at(tpl, i);
        const cfn_node *path = find_path(r);
        if (path && !assets)
            assets = CFN__NEW_ARRAY(arena, resources - i, cfn_asset);
        if (path && assets)
            assets[(*count)++] = (cfn_asset){r->id, path->key, path->text, path};
    }
    return assets;
}

void cfn_asset_place(cfn_arena *arena, const cfn_asset *asset, const char *bucket, const char *key)
{
    const cfn_node *type = asset->node->parent ? asset->node->parent->parent : NULL;
    type = cfn_node_get(type, "Type");
    for (size_t i = 0; type && i < KIND_COUNT; i++) {
        if (strcmp(kinds[i].property, asset->property) != 0 || !cfn__text_is(type, kinds[i].type))
            continue;
        cfn__maker make = {arena, asset->node->place};
        cfn_node *place = cfn__map(&make);
        cfn__put(place, kinds[i].bucket, cfn__string(&make, cfn__strdup(arena, bucket)));
        cfn__put(place, kinds[i].key, cfn__string(&make, cfn__strdup(arena, key)));
        if (place)
            cfn__become((cfn_node *)asset->node, place);
        return;
    }
}
