/* Metadata.Cfngen and the options: environment, suffix, tags; parameters set from outside. */
#include "base/text.h"
#include "stack/expansion.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { ENVIRONMENT_MAX = 16, SUFFIX_MAX = 20 };

/* Lower-case words joined by single hyphens: what every AWS name allows. */
static bool is_label(const char *text, size_t max, bool letter_first)
{
    size_t length = strlen(text);
    if (!length || length > max || text[0] == '-' || text[length - 1] == '-')
        return false;
    if (letter_first && cfn__is_digit(text[0]))
        return false;
    for (const char *p = text; *p; p++) {
        bool lower = cfn__is_digit(*p) || (*p >= 'a' && *p <= 'z');
        if (!lower && !(*p == '-' && p[1] != '-'))
            return false;
    }
    return true;
}

/* The option, else the setting of the stack file, else NULL; checked. */
static const char *label(cfn__expansion *x, const char *option, const cfn_node *setting,
                         const char *what, size_t max, bool letter_first)
{
    const char *text = option ? option : cfn__is_string(setting) ? setting->text : NULL;
    if (setting && !cfn__is_string(setting) && setting->kind != CFN_KIND_NUMBER) {
        cfn__report(x->diagnostics, CFN2015, setting, "%s must be a string, not %s", setting->key,
                    cfn__kind_name(setting->kind));
        return option;
    }
    if (!text && setting)
        text = setting->text;
    if (!text || is_label(text, max, letter_first))
        return text;
    cfn__report(x->diagnostics, CFN2011, option ? NULL : setting, "\"%s\" cannot be the %s", text,
                what);
    cfn__hint(x->diagnostics,
              "use 1 to %zu lower-case letters, digits and single hyphens%s, as %s does", max,
              letter_first ? ", a letter first" : "", letter_first ? "prod" : "pr42");
    return NULL;
}

static void check_keys(cfn__expansion *x, const cfn_node *settings)
{
    static const char *const known[] = {"Environment", "Suffix", "Tags", "Suppress"};
    for (const cfn_node *n = cfn_node_first(settings); n; n = n->next) {
        cfn__nearest nearest = cfn__nearest_to(n->key);
        size_t i = 0;
        while (i < CFN__COUNT(known) && strcmp(known[i], n->key) != 0)
            cfn__nearest_offer(&nearest, known[i++]);
        if (i < CFN__COUNT(known))
            continue;
        cfn__report_key(x->diagnostics, CFN2015, n, "Metadata.Cfngen has no setting %s", n->key);
        if (nearest.best)
            cfn__hint_nearest(x->diagnostics, nearest.best);
        else
            cfn__hint(x->diagnostics, "it takes Environment, Suffix, Tags and Suppress");
    }
}

static void read_tags(cfn__expansion *x, const cfn_node *tags)
{
    if (!tags)
        return;
    if (tags->kind != CFN_KIND_MAP) {
        cfn__report(x->diagnostics, CFN2015, tags, "Tags must be a mapping, not %s",
                    cfn__kind_name(tags->kind));
        cfn__hint(x->diagnostics, "write each tag as Key: value");
        return;
    }
    x->tags = tags;
}

static void check_metadata(cfn__expansion *x, const cfn_node *metadata)
{
    for (const cfn_node *n = cfn_node_first(metadata); n; n = n->next) {
        if (!n->key || strcasecmp(n->key, "Cfngen") != 0 || strcmp(n->key, "Cfngen") == 0)
            continue;
        cfn__report_key(x->diagnostics, CFN2015, n, "the settings stand under Cfngen, not %s",
                        n->key);
    }
}

void cfn__read_settings(cfn__expansion *x)
{
    const cfn_stack_options *options = &x->stack->options;
    const cfn_node *metadata = cfn_node_get(x->stack->document, "Metadata");
    const cfn_node *settings = cfn_node_get(metadata, "Cfngen");
    if (settings && settings->kind != CFN_KIND_MAP) {
        cfn__report(x->diagnostics, CFN2015, settings, "Metadata.Cfngen must be a mapping, not %s",
                    cfn__kind_name(settings->kind));
        settings = NULL;
    }
    check_metadata(x, metadata);
    check_keys(x, settings);
    read_tags(x, cfn_node_get(settings, "Tags"));
    x->environment = label(x, options->environment, cfn_node_get(settings, "Environment"),
                           "environment", ENVIRONMENT_MAX, true);
    if (!x->environment)
        x->environment = "dev";
    x->suffix =
        label(x, options->suffix, cfn_node_get(settings, "Suffix"), "suffix", SUFFIX_MAX, false);
    x->suffix_max = x->suffix ? strlen(x->suffix) : SUFFIX_MAX;
    const cfn_node *own =
        cfn_node_find(x->stack->document, "Parameters/EnvironmentSuffix/MaxLength");
    unsigned long long max = own && own->text ? strtoull(own->text, NULL, 10) : 0;
    if (!x->suffix && max > 0 && max < 1000)
        x->suffix_max = (size_t)max;
}

void cfn__finish_suffix(cfn__expansion *x)
{
    if (x->suffix || !x->suffix_used || cfn_node_find(x->template, "Parameters/EnvironmentSuffix"))
        return;
    cfn__maker make = {x->arena, x->template->place};
    cfn_node *parameter = cfn__map(&make);
    cfn__put(parameter, "Type", cfn__string(&make, "String"));
    cfn__put(parameter, "Description",
             cfn__string(&make, "Ends the name of every resource, so that several copies of this "
                                "stack can stand side by side"));
    cfn__put(parameter, "AllowedPattern", cfn__string(&make, "^[a-z0-9]+(-[a-z0-9]+)*$"));
    cfn__put(parameter, "MaxLength", cfn__integer(&make, SUFFIX_MAX));
    cfn__put(parameter, "ConstraintDescription",
             cfn__string(&make, "1 to 20 lower-case letters, digits and single hyphens"));
    cfn__put(cfn__section(x->stack, x->template, "Parameters"), "EnvironmentSuffix", parameter);
}

static bool is_allowed(const cfn_node *parameter, const char *value)
{
    const cfn_node *allowed = cfn_node_get(parameter, "AllowedValues");
    if (!cfn__is_list(allowed))
        return true;
    for (const cfn_node *n = allowed->first; n; n = n->next)
        if (n->text && strcmp(n->text, value) == 0)
            return true;
    return false;
}

static void apply_setting(cfn__expansion *x, cfn_node *parameters, const char *name,
                          const char *value)
{
    cfn_node *parameter = cfn__get(parameters, name);
    if (!cfn__is_map(parameter)) {
        cfn__nearest nearest = cfn__nearest_to(name);
        for (const cfn_node *n = cfn_node_first(parameters); n; n = n->next)
            cfn__nearest_offer(&nearest, n->key);
        cfn__place file = {x->template->place.source, 0, 0, 0, 0};
        cfn__report_at(x->diagnostics, CFN2017, file, NULL, "there is no parameter %s to set",
                       name);
        cfn__hint_nearest(x->diagnostics, nearest.best);
        return;
    }
    if (!is_allowed(parameter, value)) {
        cfn__report(x->diagnostics, CFN2017, cfn_node_get(parameter, "AllowedValues"),
                    "the parameter %s does not allow \"%s\"", name, value);
        return;
    }
    cfn__maker make = {x->arena, parameter->place};
    bool number =
        cfn__text_is(cfn_node_get(parameter, "Type"), "Number") && cfn__is_json_number(value);
    cfn__set(parameter, "Default",
             cfn__scalar(&make, number ? CFN_KIND_NUMBER : CFN_KIND_STRING, value, strlen(value)));
}

void cfn__apply_parameter_settings(cfn__expansion *x)
{
    cfn_node *parameters = cfn__get(x->template, "Parameters");
    for (const cfn__parameter_setting *s = x->stack->settings; s; s = s->next)
        apply_setting(x, parameters, s->parameter, s->value);
}

void cfn__remove_settings(cfn_node *owner)
{
    cfn_node *metadata = cfn__get(owner, "Metadata");
    cfn_node *settings = cfn__get(metadata, "Cfngen");
    if (!settings)
        return;
    cfn__remove(settings);
    if (!metadata->size)
        cfn__remove(metadata);
}
