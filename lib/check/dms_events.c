/* Event subscriptions of DMS: categories that its source types have, sources by their names.
 * https://docs.aws.amazon.com/dms/latest/userguide/CHAP_Events.html
 * https://docs.aws.amazon.com/cli/latest/reference/dms/describe-event-categories.html */
#include "base/text.h"
#include "check/check.h"

static const struct {
    const char *type, *resource;
    const char *categories[8]; /* ended by NULL */
} sources[] = {
    {"replication-instance",
     "AWS::DMS::ReplicationInstance",
     {"configuration change", "creation", "deletion", "failover", "failure", "low storage",
      "maintenance"}},
    {"replication-task",
     "AWS::DMS::ReplicationTask",
     {"configuration change", "creation", "deletion", "failure", "state change"}},
};
enum { SOURCES = sizeof sources / sizeof *sources };

static void check_category(cfn__checker *out, const cfn_node *category, size_t source)
{
    const char *const *all = sources[source].categories;
    cfn__nearest nearest = cfn__nearest_to(category->text);
    for (; *all; all++) {
        if (strcmp(*all, category->text) == 0)
            return;
        cfn__nearest_offer(&nearest, *all);
    }
    cfn__complain(out, CFN4351, category, "events of a %s have no category \"%s\"",
                  sources[source].type, category->text);
    if (nearest.best)
        cfn__advise(out, "did you mean \"%s\"?", nearest.best);
    else
        cfn__advise(out, "categories are in small letters; aws dms describe-event-categories "
                         "lists them");
}

/* Whether a value is the ARN of what the source type is of, in the place of its name. */
static bool is_arn(const cfn__check *check, const cfn_node *value)
{
    const char *id =
        cfn__function_of(value) == CFN__FN_REF ? cfn_node_text(cfn__argument(value)) : NULL;
    const cfn_resource *resource = id ? cfn_template_resource(check->tpl, id) : NULL;
    for (size_t i = 0; resource && i < SOURCES; i++)
        if (strcmp(resource->type, sources[i].resource) == 0)
            return true;
    return cfn__is_string(value) && cfn__starts_with(value->text, "arn:");
}

static void check_ids(cfn__check *check, const cfn_node *ids)
{
    for (const cfn_node *n = cfn__is_list(ids) ? ids->first : NULL; n; n = n->next) {
        if (!is_arn(check, n))
            continue;
        cfn__complain(&check->out, CFN4352, n,
                      "DMS knows the sources of events by their names, "
                      "and this is an ARN");
        cfn__advise(&check->out, "give the ReplicationTaskIdentifier or "
                                 "ReplicationInstanceIdentifier that the resource has");
    }
}

/* Sources and categories are those of a type. */
static void need_type(cfn__check *check, const cfn_node *properties)
{
    static const char *const need[] = {"SourceIds", "EventCategories"};
    for (size_t i = 0; i < sizeof need / sizeof *need; i++) {
        if (!cfn__get(properties, need[i]))
            continue;
        cfn__complain(&check->out, CFN4352, cfn__get(properties, need[i]),
                      "%s are those of a SourceType, and there is none", need[i]);
        cfn__advise(&check->out, "add SourceType: replication-task, or replication-instance");
    }
}

void cfn__check_dms_events(cfn__check *check)
{
    const cfn_node *properties = check->resource->properties;
    const cfn_node *type = cfn__get(properties, "SourceType");
    const cfn_node *categories = cfn__get(properties, "EventCategories");
    size_t source = 0;
    check_ids(check, cfn__get(properties, "SourceIds"));
    if (!type)
        need_type(check, properties);
    if (!cfn__is_string(type))
        return;
    while (source < SOURCES && strcmp(sources[source].type, type->text) != 0)
        source++;
    if (source == SOURCES) {
        cfn__complain(&check->out, CFN4352, type, "DMS has no events of a %s", type->text);
        cfn__advise(&check->out, "it is replication-instance or replication-task");
        return;
    }
    for (const cfn_node *n = cfn__is_list(categories) ? categories->first : NULL; n; n = n->next)
        if (cfn__is_string(n))
            check_category(&check->out, n, source);
}
