/* When something is done again and again, as EventBridge, Secrets Manager and AWS Backup have it.
 */
#include "base/text.h"
#include "constructs/constructs.h"

#include <string.h>

/* What may follow the number in rate(...); EventBridge wants the singular for just 1.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-scheduled-rule-pattern.html
 * https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotate-secrets_schedule.html */
static const struct {
    const char *unit;
    bool plural, secrets_manager;
} units[] = {
    {"minute", false, false}, {"minutes", true, false}, {"hour", false, true},
    {"hours", true, true},    {"day", false, true},     {"days", true, true},
};

/* Who is asked, and what it takes. */
static const struct {
    const char *name, *hint;
} schedulers[] = {
    [CFN__SECRETS_MANAGER] = {"Secrets Manager", "write rate(10 days), or cron(0 2 ? * SUN *) with "
                                                 "its six fields, in UTC"},
    [CFN__EVENT_BRIDGE] = {"EventBridge", "write rate(1 hour), rate(2 hours), or cron(0 2 ? * SUN "
                                          "*) with its six fields, in UTC"},
    [CFN__AWS_BACKUP] = {"AWS Backup", "write cron(0 2 ? * SUN *) with its six fields"},
};

static bool is_rate(const char *text, size_t length, cfn__scheduler scheduler)
{
    size_t digits = strspn(text, "0123456789");
    const char *unit = text + digits + 1;
    if (!digits || text[0] == '0' || text[digits] != ' ')
        return false;
    bool one = digits == 1 && text[0] == '1';
    size_t unit_length = length > digits + 1 ? length - digits - 1 : 0;
    for (size_t i = 0; i < CFN__COUNT(units); i++)
        if (strlen(units[i].unit) == unit_length && memcmp(units[i].unit, unit, unit_length) == 0)
            return scheduler == CFN__SECRETS_MANAGER ? units[i].secrets_manager
                                                     : units[i].plural != one;
    return false;
}

/* Minutes, hours, day of month, month, day of week, year. */
static bool is_cron(const char *text, size_t length)
{
    enum { FIELDS = 6 };
    size_t fields = 0;
    for (size_t i = 0; i < length; i++)
        fields += text[i] != ' ' && (i == 0 || text[i - 1] == ' ');
    return fields == FIELDS;
}

static bool is_schedule(const char *text, cfn__scheduler scheduler)
{
    size_t length = strlen(text), name = strlen("rate(");
    if (length <= name || text[length - 1] != ')')
        return false;
    if (cfn__starts_with(text, "rate(") && scheduler != CFN__AWS_BACKUP)
        return is_rate(text + name, length - name - 1, scheduler);
    return cfn__starts_with(text, "cron(") && is_cron(text + name, length - name - 1);
}

void cfn__check_schedule(cfn__expansion *x, const cfn__construct *c, const char *property,
                         cfn_str value, cfn__scheduler scheduler)
{
    const char *text = cfn__literal(value);
    if (!text || is_schedule(text, scheduler))
        return;
    cfn__report_property(x, c, property, CFN4504, "%s takes no schedule \"%s\"",
                         schedulers[scheduler].name, text);
    cfn__hint(cfn__expansion_diagnostics(x), "%s", schedulers[scheduler].hint);
}
