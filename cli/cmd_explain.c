/* cfngen explain: what a construct, a property, an attribute or a diagnostic is. */
#include "explain.h"
#include "json.h"
#include "schema_words.h"

#include <string.h>
#include <strings.h>

/* Whether the title starts with this rule, as "E-AUR001: ...". */
static bool names_rule(const char *title, const char *name)
{
    size_t length = strlen(name);
    return length && strncasecmp(title, name, length) == 0 && title[length] == ':';
}

/* By id or by the name of its rule. */
static cfn_diagnostic_id find_diagnostic(const char *name)
{
    int id = 0;
    while (id < CFN_DIAGNOSTIC_COUNT &&
           strcasecmp(cfn_diagnostic_name((cfn_diagnostic_id)id), name) != 0 &&
           !names_rule(cfn_diagnostic_title((cfn_diagnostic_id)id), name))
        id++;
    return (cfn_diagnostic_id)id;
}

/* The page that says more of a diagnostic; NULL: none does. */
static const char *page_of(const char *name)
{
    static const struct {
        const char *prefix, *page;
    } pages[] = {
        {"CFN31", "docs/checks.md"},
        {"CFN4", "docs/rules.md"},
        {"CFN60", "docs/diff.md"},
        {"CFN63", "docs/assertions.md"},
    };
    for (size_t i = 0; i < sizeof pages / sizeof *pages; i++)
        if (strncmp(name, pages[i].prefix, strlen(pages[i].prefix)) == 0)
            return pages[i].page;
    return NULL;
}

static void explain_diagnostic(cfn_diagnostic_id id, bool as_json)
{
    const char *severity = cfn_severity_name(cfn_diagnostic_severity(id));
    if (!as_json) {
        const char *page = page_of(cfn_diagnostic_name(id));
        printf("%s\n      %s: %s\n", cfn_diagnostic_name(id), severity, cfn_diagnostic_title(id));
        if (page)
            printf("      %s says why.\n", page);
        return;
    }
    cli_json json = {stdout, false};
    json_open(&json, NULL, '{');
    json_text(&json, "id", cfn_diagnostic_name(id));
    json_text(&json, "severity", severity);
    json_text(&json, "title", cfn_diagnostic_title(id));
    json_close(&json, '}');
    putchar('\n');
}

/* "CFN" and digits. */
static bool is_diagnostic_name(const char *name)
{
    return strncasecmp(name, "CFN", 3) == 0 && name[3] && !name[3 + strspn(name + 3, "0123456789")];
}

static int explain_construct(const cli_arguments *arguments, const char *name)
{
    cli_subject subject;
    int status = find_subject(arguments->command, name, &subject);
    if (status != STATUS_CLEAN)
        return status;
    if (option_value(arguments, "json"))
        explain_json(&subject);
    else
        explain_text(&subject);
    return STATUS_CLEAN;
}

int cmd_explain(const cli_arguments *arguments)
{
    const char *name = arguments->operands[0];
    cfn_diagnostic_id id = find_diagnostic(name);
    if (id != CFN_DIAGNOSTIC_COUNT) {
        explain_diagnostic(id, option_value(arguments, "json"));
        return STATUS_CLEAN;
    }
    if (is_diagnostic_name(name))
        return usage_error(arguments->command,
                           "there is no diagnostic %s; \"cfngen list diagnostics\" lists them",
                           name);
    if (names_construct(name))
        return explain_construct(arguments, name);
    cli_schema opened = open_schema(arguments);
    int status = STATUS_TROUBLE;
    if (opened.schema)
        status = names_type(opened.schema, name) ? explain_type(arguments, opened.schema, name)
                                                 : explain_construct(arguments, name);
    close_schema(&opened);
    return status;
}
