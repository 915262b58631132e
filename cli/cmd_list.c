/* cfngen list: the constructs, the blueprints, the diagnostics. */
#include "blueprints.h"
#include "json.h"

#include <cfngen/constructs.h>
#include <cfngen/read.h>
#include <string.h>

/* One line of a list; the JSON object of a diagnostic has a severity and a title. */
typedef struct list_entry {
    const char *name, *severity, *purpose;
} list_entry;

/* As text when json is NULL. */
static void print_entry(cli_json *json, const list_entry *entry)
{
    if (json) {
        json_open(json, NULL, '{');
        json_text(json, entry->severity ? "id" : "name", entry->name);
        if (entry->severity)
            json_text(json, "severity", entry->severity);
        json_text(json, entry->severity ? "title" : "purpose", entry->purpose);
        json_close(json, '}');
    } else if (entry->severity) {
        printf("  %s  %-7s  %s\n", entry->name, entry->severity, entry->purpose);
    } else {
        printf("  %s\n      ", entry->name);
        print_wrapped(stdout, entry->purpose, 6, 6);
    }
}

static void list_constructs(cli_json *json)
{
    const cfn_construct_facts *construct;
    for (size_t i = 0; (construct = cfn_construct_at(i)); i++)
        print_entry(
            json, &(list_entry){cfn_construct_name(construct), NULL, cfn_construct_doc(construct)});
}

/* Its Description; the first line of its first comment when it has none. */
static void list_blueprint(cli_json *json, const cli_blueprint *blueprint)
{
    char comment[200] = "";
    cfn_arena *arena = cfn_arena_new();
    cfn_diagnostics *diagnostics = cfn_diagnostics_new();
    const cfn_node *root = NULL;
    if (arena && diagnostics)
        root = cfn_read_text(arena, diagnostics, blueprint->name, blueprint->text,
                             strlen(blueprint->text), CFN_FORMAT_YAML);
    const char *purpose = cfn_node_text(cfn_node_get(root, "Description"));
    const char *start = blueprint->text + strspn(blueprint->text, "# ");
    snprintf(comment, sizeof comment, "%.*s", (int)strcspn(start, "\n"), start);
    print_entry(json, &(list_entry){blueprint->name, NULL, purpose ? purpose : comment});
    cfn_diagnostics_free(diagnostics);
    cfn_arena_free(arena);
}

static void list_blueprints(cli_json *json)
{
    cli_blueprint blueprint;
    for (size_t i = 0; blueprint_at(i, &blueprint); i++)
        list_blueprint(json, &blueprint);
}

static void list_diagnostics(cli_json *json)
{
    for (int id = 0; id < CFN_DIAGNOSTIC_COUNT; id++) {
        cfn_diagnostic_id d = (cfn_diagnostic_id)id;
        print_entry(json, &(list_entry){cfn_diagnostic_name(d),
                                        cfn_severity_name(cfn_diagnostic_severity(d)),
                                        cfn_diagnostic_title(d)});
    }
}

static const struct {
    const char *name, *title;
    void (*list)(cli_json *);
    bool always; /* also when nothing is asked for by name */
} lists[] = {
    {"constructs", "Constructs (cfngen explain NAME says more)", list_constructs, true},
    {"blueprints", "Blueprints (cfngen init NAME copies one)", list_blueprints, true},
    {"diagnostics", "Diagnostics", list_diagnostics, false},
};

void print_list(const char *name, bool as_json)
{
    cli_json json = {stdout, false};
    bool first = true;
    if (as_json)
        json_open(&json, NULL, '{');
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
        if (name ? strcmp(name, lists[i].name) != 0 : !lists[i].always)
            continue;
        if (as_json)
            json_open(&json, lists[i].name, '[');
        else
            printf("%s%s:\n", first ? "" : "\n", lists[i].title);
        lists[i].list(as_json ? &json : NULL);
        if (as_json)
            json_close(&json, ']');
        first = false;
    }
    if (as_json) {
        json_close(&json, '}');
        putchar('\n');
    }
}

int cmd_list(const cli_arguments *arguments)
{
    print_list(arguments->operand_count ? arguments->operands[0] : NULL,
               option_value(arguments, "json"));
    return STATUS_CLEAN;
}
