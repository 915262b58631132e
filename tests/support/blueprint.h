/* For tests of blueprints: one that is synthesised as its users do, once for all tests of a program
 * (set_up_blueprint as the group's set-up), and short ways to speak of what is in its template.
 *
 *     static void the_key_is_rotated(void **state)
 *     {
 *         assert_property(*state, "MigrationKey", "EnableKeyRotation", "true");
 *     }
 *
 * Tests read and change nothing. tests/run starts programs in the project's own folder. */
#ifndef CFN_TESTS_BLUEPRINT_H
#define CFN_TESTS_BLUEPRINT_H

#include "stack_support.h"

/* Values as JSON. */
#define REF(id)         "{\"Ref\":\"" id "\"}"
#define ATT(id, name)   "{\"Fn::GetAtt\":[\"" id "\",\"" name "\"]}"
#define SUB(text)       "{\"Fn::Sub\":\"" text "\"}"
#define PICK(list, n)   "{\"Fn::Select\":[" #n "," REF(list) "]}"
#define STATEMENTS(...) "{\"Version\":\"2012-10-17\",\"Statement\":[" __VA_ARGS__ "]}"

#define ENVIRONMENT "prod"
#define SUFFIX      "pr42"
#define NAMED(id)   id "-" ENVIRONMENT "-" SUFFIX

typedef struct blueprint_options {
    const char *path, *environment, *suffix, *region;
} blueprint_options;

/* One with errors fails the test. */
SUPPORT stack_fixture *blueprint_new(const blueprint_options *options)
{
    stack_fixture *t = calloc(1, sizeof *t);
    assert_non_null(t);
    restart(t, &(cfn_stack_options){.environment = options->environment,
                                    .suffix = options->suffix,
                                    .region = options->region});
    if (cfn_stack_read(t->stack, options->path, CFN_FORMAT_AUTO))
        t->template = cfn_stack_synth(t->stack);
    if (!t->template)
        print_error("%s", cfn_diagnostics_text(t->f.diagnostics, false));
    assert_non_null(t->template);
    return t;
}

SUPPORT int blueprint_free(void **state)
{
    return *state ? tear_down_stack(state) : -1;
}

/* ---- the resources ---- */

SUPPORT const cfn_node *resources(stack_fixture *t)
{
    return cfn_node_get(t->template, "Resources");
}

#define EACH_RESOURCE(t, r)                                                                        \
    const cfn_node *r = cfn_node_first(resources(t));                                              \
    r;                                                                                             \
    r = cfn_node_next(r)

SUPPORT bool is_of_type(const cfn_node *resource, const char *type)
{
    return strcmp(cfn_node_text(cfn_node_get(resource, "Type")), type) == 0;
}

SUPPORT size_t count_of(stack_fixture *t, const char *type)
{
    size_t count = 0;
    for (EACH_RESOURCE(t, r))
        count += is_of_type(r, type);
    return count;
}

SUPPORT const cfn_node *property(stack_fixture *t, const char *id, const char *path)
{
    const cfn_node *resource = cfn_node_get(resources(t), id);
    const cfn_node *found = cfn_node_find(cfn_node_get(resource, "Properties"), path);
    if (!found)
        print_error("%s has no %s\n", id, path);
    return found;
}

SUPPORT void assert_property(stack_fixture *t, const char *id, const char *path, const char *json)
{
    assert_json(&t->f, property(t, id, path), json);
}

SUPPORT void assert_no_property(stack_fixture *t, const char *id, const char *path)
{
    const cfn_node *resource = cfn_node_get(resources(t), id);
    assert_non_null(resource);
    assert_null(cfn_node_find(cfn_node_get(resource, "Properties"), path));
}

/* Several at a time; a value NULL stands for a property that is not there. */
typedef struct expected_property {
    const char *path, *json;
} expected_property;

SUPPORT void assert_properties(stack_fixture *t, const char *id, const expected_property *rows)
{
    for (; rows->path; rows++)
        if (rows->json)
            assert_property(t, id, rows->path, rows->json);
        else
            assert_no_property(t, id, rows->path);
}

#define ASSERT_PROPERTIES(t, id, ...)                                                              \
    assert_properties(t, id, (const expected_property[]){__VA_ARGS__, {NULL, NULL}})

/* That there are so many resources of a type, and that each has the property with this value. */
SUPPORT void assert_each(stack_fixture *t, const char *type, size_t count, const char *path,
                         const char *json)
{
    assert_int_equal(count_of(t, type), count);
    for (EACH_RESOURCE(t, r))
        if (is_of_type(r, type))
            assert_property(t, cfn_node_key(r), path, json);
}

/* A resource attribute, as "DependsOn". */
SUPPORT void assert_attribute(stack_fixture *t, const char *id, const char *name, const char *json)
{
    assert_json(&t->f, cfn_node_get(cfn_node_get(resources(t), id), name), json);
}

/* Whether a resource waits for another by its DependsOn. */
SUPPORT bool waits_for(stack_fixture *t, const char *id, const char *other)
{
    const cfn_node *list = cfn_node_get(cfn_node_get(resources(t), id), "DependsOn");
    for (const cfn_node *n = cfn_node_first(list); n; n = cfn_node_next(n))
        if (strcmp(cfn_node_text(n), other) == 0)
            return true;
    return false;
}

/* ---- values ---- */

/* The tree as JSON on one line, to be freed. */
SUPPORT char *json_of(stack_fixture *t, const cfn_node *node)
{
    size_t length = 0;
    assert_non_null(node);
    const char *text =
        cfn_write_text(t->f.arena, node, &(cfn_write_options){.minify = true}, &length);
    char *line = strdup(text);
    assert_non_null(line);
    line[length - 1] = '\0'; /* the newline */
    return line;
}

/* A tag that names a role has its resource made after the role, whether the stack makes that or
 * not. */
SUPPORT void assert_tags_name(stack_fixture *t, const char *id, const char *json)
{
    char *tags = json_of(t, property(t, id, "Tags"));
    assert_non_null(strstr(tags, json));
    free(tags);
}

/* DMS refuses a subnet group, and logs nothing, when the roles are not there yet. */
SUPPORT void assert_service_roles_come_first(stack_fixture *t)
{
    assert_tags_name(t, "ReplicationSubnetGroup", ATT("ServiceRolesVpcRole", "Arn"));
    assert_tags_name(t, "Replication", ATT("ServiceRolesLogsRole", "Arn"));
}

/* What a property holds as JSON text, read; of a Fn::Sub, its text. */
SUPPORT const cfn_node *json_inside(stack_fixture *t, const char *id, const char *path)
{
    const cfn_node *value = property(t, id, path);
    const cfn_node *sub = cfn_node_get(value, "Fn::Sub");
    const cfn_node *read = read_json(&t->f, cfn_node_text(sub ? sub : value));
    assert_non_null(read);
    return read;
}

/* Calls `visit` with a node and with all below it; `visit` may be told anything by `context`. */
typedef void visit_node(const cfn_node *node, void *context);
SUPPORT void visit_all(const cfn_node *node, visit_node *visit, void *context)
{
    visit(node, context);
    for (const cfn_node *n = cfn_node_first(node); n; n = cfn_node_next(n))
        visit_all(n, visit, context);
}

/* ---- who reaches whom ---- */

SUPPORT const char *group_of(const cfn_node *value)
{
    const cfn_node *id = cfn_node_at(cfn_node_get(value, "Fn::GetAtt"), 0);
    return cfn_node_text(id ? id : cfn_node_get(value, "Ref"));
}

/* All rules of a type as "from > to port", a line each; to be freed. */
SUPPORT char *rules(stack_fixture *t, const char *type, const char *from, const char *to)
{
    enum { SIZE = 4000 };
    char *text = calloc(1, SIZE);
    assert_non_null(text);
    for (EACH_RESOURCE(t, r)) {
        if (!is_of_type(r, type))
            continue;
        const char *id = cfn_node_key(r);
        assert_property(t, id, "IpProtocol", "\"tcp\"");
        const char *port = cfn_node_text(property(t, id, "FromPort"));
        assert_string_equal(cfn_node_text(property(t, id, "ToPort")), port);
        size_t used = strlen(text);
        snprintf(text + used, SIZE - used, "%s > %s %s\n", group_of(property(t, id, from)),
                 group_of(property(t, id, to)), port);
    }
    return text;
}

SUPPORT void assert_rules(stack_fixture *t, const char *type, const char *from, const char *to,
                          const char *expected)
{
    char *found = rules(t, type, from, to);
    bool same = strcmp(found, expected) == 0;
    if (!same)
        print_error("expected\n%sgot\n%s", expected, found);
    free(found);
    assert_true(same);
}

/* ---- what every blueprint promises ---- */

/* Notes may be found. */
SUPPORT void assert_nothing_found_wrong(const stack_fixture *t)
{
    for (size_t i = 0; i < cfn_diagnostics_size(t->f.diagnostics); i++) {
        const cfn_diagnostic *d = cfn_diagnostics_at(t->f.diagnostics, i);
        if (d->severity != CFN_NOTE)
            print_error("%s\n", d->message);
        assert_int_equal(d->severity, CFN_NOTE);
    }
}

SUPPORT void names_no_region(const cfn_node *node, void *context)
{
    (void)context;
    const char *text = cfn_node_text(node);
    for (size_t i = 0; text && cfn_schema_region_at(cfn_schema_embedded(), i); i++)
        assert_null(strstr(text, cfn_schema_region_at(cfn_schema_embedded(), i)));
}

/* The stack is made where it is deployed. */
SUPPORT void assert_names_no_region(stack_fixture *t)
{
    visit_all(t->template, names_no_region, NULL);
}

SUPPORT void keeps_nothing(const cfn_node *node, void *context)
{
    (void)context;
    const char *key = cfn_node_key(node), *text = cfn_node_text(node);
    if (key && text &&
        (strcmp(key, "DeletionPolicy") == 0 || strcmp(key, "UpdateReplacePolicy") == 0))
        assert_string_equal(text, "Delete");
    if (key && text && strcmp(key, "DeletionProtection") == 0)
        assert_string_equal(text, "false");
}

/* Everything goes with the stack. */
SUPPORT void assert_keeps_nothing(stack_fixture *t)
{
    visit_all(t->template, keeps_nothing, NULL);
}

/* What a role may do counts for nothing when anybody may become it. */
SUPPORT void assert_each_role_is_of_one_service(stack_fixture *t)
{
    for (EACH_RESOURCE(t, r)) {
        if (!is_of_type(r, "AWS::IAM::Role"))
            continue;
        const char *id = cfn_node_key(r);
        assert_no_property(t, id, "AssumeRolePolicyDocument/Statement/1");
        assert_property(t, id, "AssumeRolePolicyDocument/Statement/0/Action", "\"sts:AssumeRole\"");
        const cfn_node *principal =
            property(t, id, "AssumeRolePolicyDocument/Statement/0/Principal");
        assert_int_equal(cfn_node_size(principal), 1);
        assert_non_null(cfn_node_get(principal, "Service"));
    }
}

/* An account has one of each, so they are made on request, by the names that DMS looks for. */
SUPPORT void assert_service_roles_are_made_on_request(stack_fixture *t)
{
    assert_property(t, "ServiceRolesVpcRole", "RoleName", "\"dms-vpc-role\"");
    assert_property(t, "ServiceRolesLogsRole", "RoleName", "\"dms-cloudwatch-logs-role\"");
    assert_attribute(t, "ServiceRolesVpcRole", "Condition", "\"ServiceRolesCreate\"");
    assert_attribute(t, "ServiceRolesLogsRole", "Condition", "\"ServiceRolesCreate\"");
    assert_at(t, "Parameters/ServiceRolesCreate/Default", "\"false\"");
}

typedef struct named_output {
    const char *key, *value; /* NULL: any value */
} named_output;

/* These and no others, each with a description. */
SUPPORT void assert_outputs(stack_fixture *t, const named_output *outputs, size_t count)
{
    const cfn_node *given = cfn_node_get(t->template, "Outputs");
    for (size_t i = 0; i < count; i++) {
        const cfn_node *output = cfn_node_get(given, outputs[i].key);
        if (outputs[i].value)
            assert_json(&t->f, cfn_node_get(output, "Value"), outputs[i].value);
        assert_non_null(cfn_node_get(output, "Value"));
        assert_non_null(cfn_node_get(output, "Description"));
    }
    assert_int_equal(cfn_node_size(given), count);
}

/* ---- a program of tests ---- */

#define BLUEPRINT_TESTS(file, ...)                                                                 \
    static int set_up_blueprint(void **state)                                                      \
    {                                                                                              \
        *state = blueprint_new(&(blueprint_options){file, ENVIRONMENT, SUFFIX, "eu-west-2"});      \
        return 0;                                                                                  \
    }                                                                                              \
    int main(void)                                                                                 \
    {                                                                                              \
        const struct CMUnitTest tests[] = {__VA_ARGS__};                                           \
        return cmocka_run_group_tests(tests, set_up_blueprint, blueprint_free);                    \
    }

#endif
