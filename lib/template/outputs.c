/* From what describe-stacks answers to flat outputs, and from those to the lines of a shell. */
#include "base/text.h"
#include "node/node.h"

#include <cfngen/outputs.h>
#include <stdlib.h>
#include <string.h>

typedef struct output {
    const char *key, *value, *stack;
    const cfn_node *node;
} output;

typedef struct collection {
    cfn_arena *arena;
    cfn_diagnostics *diagnostics;
    const cfn_outputs_options *options;
    output *outputs;
    size_t count, room;
    bool bad;
} collection;

static void refuse(collection *c, const cfn_node *node, const char *what)
{
    c->bad = true;
    cfn__report(c->diagnostics, CFN6101, node, "this is not what describe-stacks answers: %s",
                what);
    cfn__hint(c->diagnostics,
              "give the whole of what aws cloudformation describe-stacks --output json prints");
}

/* Room for the outputs that are still to come: as many as all stacks together have. */
static void reserve(collection *c, size_t more)
{
    if (c->count + more <= c->room)
        return;
    size_t room = 2 * (c->count + more);
    output *larger = CFN__NEW_ARRAY(c->arena, room, output);
    if (!larger)
        return;
    if (c->count)
        memcpy(larger, c->outputs, c->count * sizeof *larger);
    c->outputs = larger;
    c->room = room;
}

static void take_output(collection *c, const cfn_node *node, const char *stack)
{
    const cfn_node *key = cfn_node_get(node, "OutputKey");
    const char *value = cfn_node_text(cfn_node_get(node, "OutputValue"));
    if (!cfn__is_string(key) || !*key->text || !value) {
        refuse(c, node, "an output has an OutputKey and an OutputValue");
        return;
    }
    reserve(c, 1);
    if (c->count == c->room)
        return;
    const char *name =
        c->options->prefix ? cfn__format(c->arena, "%s.%s", stack, key->text) : key->text;
    c->outputs[c->count++] = (output){name, value, stack, key};
}

static bool is_wanted(const collection *c, const char *stack)
{
    const char *const *name = c->options->stacks;
    while (name && *name && strcmp(*name, stack) != 0)
        name++;
    return !name || *name;
}

static void take_stack(collection *c, const cfn_node *stack)
{
    const cfn_node *name = cfn_node_get(stack, "StackName");
    const cfn_node *outputs = cfn_node_get(stack, "Outputs");
    if (!cfn__is_string(name) || (outputs && !cfn__is_list(outputs))) {
        refuse(c, stack, "a stack has a StackName, and Outputs that are a list");
        return;
    }
    if (!is_wanted(c, name->text))
        return;
    for (const cfn_node *n = cfn_node_first(outputs); n; n = n->next)
        take_output(c, n, name->text);
}

static void take_answer(collection *c, const cfn_node *answer)
{
    const cfn_node *stacks = cfn_node_get(answer, "Stacks");
    if (!stacks && cfn_node_get(answer, "StackName"))
        take_stack(c, answer);
    else if (!cfn__is_list(stacks))
        refuse(c, stacks ? stacks : answer, "it has a list Stacks");
    else
        for (const cfn_node *n = stacks->first; n; n = n->next)
            take_stack(c, n);
}

static bool has_stack(const cfn_node *answer, const char *name)
{
    const cfn_node *stacks = cfn_node_get(answer, "Stacks");
    for (const cfn_node *n = cfn_node_first(stacks); n; n = n->next)
        if (cfn__text_is(cfn_node_get(n, "StackName"), name))
            return true;
    return cfn__text_is(cfn_node_get(answer, "StackName"), name);
}

static void check_stacks(collection *c, const cfn_node *const *answers, size_t count)
{
    for (const char *const *name = c->options->stacks; name && *name; name++) {
        size_t i = 0;
        while (i < count && !has_stack(answers[i], *name))
            i++;
        if (i == count && count) {
            c->bad = true;
            cfn__report(c->diagnostics, CFN6102, answers[0], "there is no stack %.200s here",
                        *name);
            cfn__hint(c->diagnostics, "check the name of the stack, and its region");
        }
    }
}

static int compare_keys(const void *a, const void *b)
{
    const output *one = a, *other = b;
    int order = strcmp(one->key, other->key);
    return order ? order : strcmp(one->stack, other->stack);
}

static void check_collisions(collection *c)
{
    for (size_t i = 1; i < c->count; i++) {
        const output *one = &c->outputs[i - 1], *other = &c->outputs[i];
        if (strcmp(one->key, other->key) != 0)
            continue;
        c->bad = true;
        cfn__report(c->diagnostics, CFN6103, other->node,
                    "the stacks %.200s and %.200s both have an output %.300s", one->stack,
                    other->stack, one->key);
        cfn__hint(c->diagnostics, "put the stack before each key (--prefix), or write a file for "
                                  "each stack");
    }
}

cfn_node *cfn_outputs_flatten(cfn_arena *arena, cfn_diagnostics *diagnostics,
                              const cfn_node *const *answers, size_t count,
                              const cfn_outputs_options *options)
{
    static const cfn_outputs_options defaults = {NULL, false};
    collection c = {
        .arena = arena, .diagnostics = diagnostics, .options = options ? options : &defaults};
    for (size_t i = 0; i < count; i++)
        take_answer(&c, answers[i]);
    if (!c.bad)
        check_stacks(&c, answers, count);
    if (c.count)
        qsort(c.outputs, c.count, sizeof *c.outputs, compare_keys);
    check_collisions(&c);
    cfn__maker maker = {arena, {0}};
    cfn_node *flat = cfn__map(&maker);
    for (size_t i = 0; i < c.count; i++)
        cfn__put(flat, c.outputs[i].key, cfn__string(&maker, c.outputs[i].value));
    if (!cfn_arena_failed(arena))
        return c.bad ? NULL : flat;
    cfn__report_no_memory(diagnostics);
    return NULL;
}

/* A loop, or a macro, makes outputs whose names are not known here. */
static bool may_grow(const cfn_node *tpl, const cfn_node *outputs)
{
    for (const cfn_node *n = cfn_node_first(outputs); n; n = n->next)
        if (cfn__starts_with(n->key, "Fn::"))
            return true;
    return cfn_node_get(tpl, "Transform") != NULL;
}

bool cfn_outputs_expect(const cfn_node *flat, const cfn_node *tpl, cfn_diagnostics *diagnostics)
{
    const cfn_node *section = cfn_node_get(tpl, "Outputs");
    const cfn_node *declared = cfn__is_map(section) ? section : NULL;
    bool good = true;
    for (const cfn_node *n = cfn_node_first(declared); n; n = n->next) {
        if (cfn_node_get(flat, n->key) || cfn_node_get(n, "Condition") ||
            cfn__starts_with(n->key, "Fn::"))
            continue;
        good = false;
        cfn__report_key(diagnostics, CFN6104, n, "the stack has no output %.300s", n->key);
        cfn__hint(diagnostics, "deploy this template, or look at another stack");
    }
    bool grows = may_grow(tpl, declared);
    for (const cfn_node *n = cfn_node_first(flat); n && !grows; n = n->next) {
        if (cfn_node_get(declared, n->key))
            continue;
        cfn__report(diagnostics, CFN6105, declared ? declared : tpl,
                    "the stack has an output %.300s, which is not declared", n->key);
        cfn__hint(diagnostics, "the stack was deployed from another template than this one");
    }
    return good;
}

/* Single quotes take everything as it is, but for themselves. */
static void add_quoted(cfn__buffer *buffer, const char *value)
{
    cfn__buffer_add_char(buffer, '\'');
    for (; *value; value++)
        if (*value == '\'')
            cfn__buffer_add_text(buffer, "'\\''");
        else
            cfn__buffer_add_char(buffer, *value);
    cfn__buffer_add_char(buffer, '\'');
}

static char *shell_name(cfn_arena *arena, const char *key)
{
    char *name = cfn__strdup(arena, key);
    for (char *c = name; *c; c++)
        if (!cfn__is_alphanumeric(*c))
            *c = '_';
    return name;
}

/* Keys are sorted, but what they become need not be: each is compared with all before it. */
static bool check_names(cfn_diagnostics *diagnostics, const cfn_node *flat, char *const *names)
{
    size_t i = 0;
    for (const cfn_node *n = flat->first; n; n = n->next, i++) {
        size_t twin = 0;
        while (strcmp(names[twin], names[i]) != 0)
            twin++;
        if (twin == i && !cfn__is_digit(*names[i]))
            continue;
        cfn__report(
            diagnostics, CFN6106, flat, "the output %.300s cannot be a variable: %s", n->key,
            twin == i ? "a name does not begin with a digit" : "another output has the same name");
        cfn__hint(diagnostics, "write JSON, or rename the output");
        return false;
    }
    return true;
}

const char *cfn_outputs_shell(cfn_arena *arena, cfn_diagnostics *diagnostics, const cfn_node *flat,
                              size_t *length)
{
    char **names = CFN__NEW_ARRAY(arena, flat->size + 1, char *);
    size_t count = 0;
    cfn__buffer buffer = {0};
    for (const cfn_node *n = flat->first; names && n; n = n->next) {
        names[count] = shell_name(arena, n->key);
        cfn__buffer_add_text(&buffer, names[count++]);
        cfn__buffer_add_char(&buffer, '=');
        add_quoted(&buffer, n->text);
        cfn__buffer_add_char(&buffer, '\n');
    }
    const char *text = cfn__strndup(arena, buffer.text ? buffer.text : "", buffer.length);
    *length = buffer.length;
    bool failed = buffer.failed || cfn_arena_failed(arena);
    cfn__buffer_free(&buffer);
    if (!failed)
        return check_names(diagnostics, flat, names) ? text : NULL;
    cfn__report_no_memory(diagnostics);
    return NULL;
}
