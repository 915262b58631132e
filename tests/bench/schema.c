/* Measures the facts about resource types: prints lines for tests/bench/run, figure|value|unit|aim.
 */
#include <cfngen/schema.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e6 + (double)t.tv_nsec / 1e3;
}

static void print_figure(const char *name, double value, const char *unit, const char *aim)
{
    printf("%s|%.4f|%s|%s\n", name, value, unit, aim);
}

/* Types in an order that no cache foresees, and a copy of each name. */
static char **shuffled_names(const cfn_schema *schema, size_t count)
{
    char **names = calloc(count, sizeof *names);
    unsigned long long state = 1;
    for (size_t i = 0; names && i < count; i++) {
        names[i] = strdup(cfn_schema_type_describe(schema, cfn_schema_type_at(schema, i)).name);
        state = state * 6364136223846793005ULL + 1442695040888963407ULL;
        size_t j = (size_t)(state >> 33) % (i + 1);
        char *name = names[i];
        names[i] = names[j];
        names[j] = name;
    }
    return names;
}

static size_t find_types(const cfn_schema *schema, char **names, size_t count, int rounds)
{
    size_t found = 0;
    for (int round = 0; round < rounds; round++)
        for (size_t i = 0; i < count; i++)
            found += cfn_schema_type_find(schema, names[i], strlen(names[i])) != NULL;
    return found;
}

/* Every property of every type; how many were looked for. */
static size_t find_properties(const cfn_schema *schema, char **names, size_t count)
{
    size_t found = 0;
    for (size_t i = 0; i < count; i++) {
        const cfn_schema_type *type = cfn_schema_type_find(schema, names[i], strlen(names[i]));
        const cfn_schema_value *value = cfn_schema_type_describe(schema, type).value;
        const cfn_schema_property *property;
        for (size_t j = 0; (property = cfn_schema_property_at(schema, value, j)); j++) {
            const char *name = cfn_schema_property_describe(schema, property).name;
            found += cfn_schema_property_find(schema, value, name, strlen(name)) == property;
        }
    }
    return found;
}

/* The rules over several properties of every type; how many types were asked. */
static size_t find_crosses(const cfn_schema *schema, char **names, size_t count)
{
    size_t asked = 0;
    cfn_schema_cross cross;
    for (size_t i = 0; i < count; i++) {
        const cfn_schema_type *type = cfn_schema_type_find(schema, names[i], strlen(names[i]));
        asked += !cfn_schema_cross_at(schema, type, 0, &cross) || cross.value;
    }
    return asked;
}

int main(void)
{
    enum { ROUNDS = 200 };
    double start = now();
    const cfn_schema *schema = cfn_schema_embedded();
    const cfn_schema_type *type = cfn_schema_type_find(schema, "AWS::RDS::DBCluster", 19);
    cfn_schema_place place = cfn_schema_place_of(schema, type);
    bool followed = cfn_schema_follow(schema, &place, "Endpoint.Address");
    print_figure("facts: open and first lookup", now() - start, "us", "50");

    size_t count = cfn_schema_type_count(schema), found = 0;
    char **names = shuffled_names(schema, count);
    if (!names)
        return 1;
    start = now();
    found += find_types(schema, names, count, ROUNDS);
    print_figure("facts: a type", (now() - start) / (double)found, "us", "0.3");
    start = now();
    size_t properties = 0;
    for (int round = 0; round < ROUNDS / 4; round++)
        properties += find_properties(schema, names, count);
    print_figure("facts: a property", (now() - start) / (double)properties, "us", "0.1");
    start = now();
    size_t asked = 0;
    for (int round = 0; round < ROUNDS; round++)
        asked += find_crosses(schema, names, count);
    print_figure("facts: a type and its cross rules", (now() - start) / (double)asked, "us", "0.3");
    start = now();
    cfn_diagnostics *diagnostics = cfn_diagnostics_new();
    bool opened = cfn_schema_open(diagnostics, "facts", schema, cfn_schema_size(schema)) != NULL;
    print_figure("facts: check of a foreign block", (now() - start) / 1000, "ms", "");
    print_figure("facts: size", (double)cfn_schema_size(schema) / 1e6, "MB", "2.5");
    cfn_diagnostics_free(diagnostics);
    for (size_t i = 0; i < count; i++)
        free(names[i]);
    free(names);
    return opened && followed && found && properties ? 0 : 1;
}
