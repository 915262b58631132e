/* What is wrong with a plan before anything is made of it; what AWS Backup refuses of the resources
 * is told with those of plain templates, in lib/check. */
#include "base/text.h"
#include "constructs/backup_plan.h"

#include <string.h>

typedef cfn_backup_plan_props props_type;

/* What goes with the stack goes because the user said so. */
bool cfn__backup_vault_goes(const cfn__construct *c)
{
    const char *policy = c->attributes->deletion_policy;
    return policy && strcmp(policy, "Delete") == 0;
}

static void check_schedules(cfn__expansion *x, const cfn__construct *c)
{
    const props_type *props = c->props;
    for (size_t i = 0; i < props->rules.count; i++)
        cfn__check_schedule(x, c, cfn__format(c->make.arena, "Rules/%zu/ScheduleExpression", i),
                            props->rules.items[i].schedule_expression, CFN__AWS_BACKUP);
}

static void check_names(cfn__expansion *x, const cfn__construct *c)
{
    static const cfn__name_rule rule = {"the name of a rule", 50, "_.", false, false};
    const cfn_backup_rule_list *rules = &((const props_type *)c->props)->rules;
    for (size_t i = 0; i < rules->count; i++) {
        const char *path = cfn__format(c->make.arena, "Rules/%zu/Name", i);
        const char *name = cfn__literal(rules->items[i].name);
        cfn__name_or(x, c, rules->items[i].name, path, "", &rule); /* says what is wrong with it */
        for (size_t n = 0; name && n < i; n++) {
            const char *other = cfn__literal(rules->items[n].name);
            if (!other || strcmp(name, other) != 0)
                continue;
            cfn__report_property(x, c, path, CFN2006, "another rule is called %s already", name);
            cfn__hint(cfn__expansion_diagnostics(x), "use another name");
        }
    }
}

static void check_resources(cfn__expansion *x, const cfn__construct *c)
{
    const cfn_str_list *resources = &((const props_type *)c->props)->resources;
    for (size_t i = 0; i < resources->count; i++) {
        const char *arn = cfn__literal(resources->items[i]);
        if (!arn || cfn__starts_with(arn, "arn:"))
            continue;
        cfn__report_property(x, c, cfn__format(c->make.arena, "Resources/%zu", i), CFN2024,
                             "\"%s\" is not an ARN", arn);
        cfn__hint(cfn__expansion_diagnostics(x),
                  "of a resource of the stack it is !GetAtt Id.Arn; a * may stand in an ARN");
    }
}

static void check_selection(cfn__expansion *x, const cfn__construct *c)
{
    const props_type *props = c->props;
    bool selects = props->clusters.count || props->databases.count || props->buckets.count ||
                   props->resources.count || cfn__is_set(props->clusters.all) ||
                   cfn__is_set(props->buckets.all) || cfn__is_set(props->resources.all) ||
                   cfn__is_set(props->select_tags.expression);
    check_resources(x, c);
    if (selects)
        return;
    cfn__report_property(x, c, NULL, CFN2019, "%s backs nothing up", c->id);
    cfn__hint(cfn__expansion_diagnostics(x),
              "name Clusters, Databases, Buckets or Resources, or SelectTags: {Backup: daily}");
}

static void check_events(cfn__expansion *x, const cfn__construct *c)
{
    const props_type *props = c->props;
    if (!props->events.items || cfn__handle_is_set(&props->topic.handle))
        return;
    cfn__report_property(x, c, "Events", CFN2019, "there is no Topic that is told");
    cfn__hint(cfn__expansion_diagnostics(x), "add Topic, or take Events out");
}

void cfn__check_backup_plan(cfn__expansion *x, const cfn__construct *c)
{
    check_schedules(x, c);
    check_names(x, c);
    check_selection(x, c);
    check_events(x, c);
    if (!cfn__backup_vault_goes(c))
        return;
    cfn__report_property(x, c, NULL, CFN4855,
                         "while the vault of %s holds backups, the deletion of the stack fails",
                         c->id);
    cfn__hint(cfn__expansion_diagnostics(x), "delete them before, with aws backup "
                                             "delete-recovery-point; or leave DeletionPolicy out: "
                                             "the vault is kept");
}
