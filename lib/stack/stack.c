/* The stack's life: options, reading a stack file, settings and the document's sections. */
#include "stack/stack.h"
#include "base/allocate.h"

#include <cfngen/read.h>

#include <stdlib.h>
#include <string.h>

static const char *kept(cfn_arena *arena, const char *text)
{
    return text ? cfn__strdup(arena, text) : NULL;
}

cfn_stack *cfn_stack_new(const cfn_stack_options *options)
{
    cfn_stack *stack = cfn__calloc(1, sizeof *stack);
    if (!stack)
        return NULL;
    stack->arena = cfn_arena_new();
    stack->diagnostics = cfn_diagnostics_new();
    if (!stack->arena || !stack->diagnostics) {
        cfn_stack_free(stack);
        return NULL;
    }
    stack->last_setting = &stack->settings;
    stack->document = cfn__map(&(cfn__maker){stack->arena, {0}});
    if (options)
        stack->options = (cfn_stack_options){
            .name = kept(stack->arena, options->name),
            .environment = kept(stack->arena, options->environment),
            .suffix = kept(stack->arena, options->suffix),
            .region = kept(stack->arena, options->region),
            .minify = options->minify,
            .schema = options->schema,
        };
    return stack;
}

void cfn_stack_free(cfn_stack *stack)
{
    if (!stack)
        return;
    cfn_arena_free(stack->arena);
    cfn_diagnostics_free(stack->diagnostics);
    cfn__free(stack);
}

cfn_arena *cfn_stack_arena(cfn_stack *stack)
{
    return stack->arena;
}

cfn_diagnostics *cfn_stack_diagnostics(cfn_stack *stack)
{
    return stack->diagnostics;
}

static bool take_document(cfn_stack *stack, cfn_node *document)
{
    if (document && cfn_node_size(stack->document)) {
        cfn__report(stack->diagnostics, CFN2020, document,
                    "the stack is not empty: a stack file must be read before anything is added");
        return false;
    }
    if (document)
        stack->document = document;
    stack->unreadable = !document;
    return document != NULL;
}

bool cfn_stack_read(cfn_stack *stack, const char *path, cfn_format format)
{
    return take_document(stack, cfn_read_file(stack->arena, stack->diagnostics, path, format));
}

bool cfn_stack_read_text(cfn_stack *stack, const char *file, const char *text, size_t length,
                         cfn_format format)
{
    return take_document(
        stack, cfn_read_text(stack->arena, stack->diagnostics, file, text, length, format));
}

const cfn_node *cfn_stack_document(const cfn_stack *stack)
{
    return stack->document;
}

void cfn_stack_set_parameter(cfn_stack *stack, const char *parameter, const char *value)
{
    cfn__parameter_setting *setting = CFN__NEW(stack->arena, cfn__parameter_setting);
    if (!setting)
        return;
    setting->parameter = cfn__strdup(stack->arena, parameter);
    setting->value = cfn__strdup(stack->arena, value ? value : "");
    *stack->last_setting = setting;
    stack->last_setting = &setting->next;
}

/* The order that AWS's own documentation gives the sections. */
static const char *const section_order[] = {"AWSTemplateFormatVersion",
                                            "Description",
                                            "Metadata",
                                            "Parameters",
                                            "Rules",
                                            "Mappings",
                                            "Conditions",
                                            "Transform",
                                            "Resources",
                                            "Outputs"};

static size_t rank(const char *name)
{
    size_t i = 0;
    while (i < CFN__COUNT(section_order) && strcmp(section_order[i], name) != 0)
        i++;
    return i;
}

/* Puts a section before the first one that belongs behind it. */
static void put_section(cfn_node *document, const char *name, cfn_node *section)
{
    cfn_node *before = NULL;
    for (cfn_node *n = document ? document->first : NULL; n && rank(n->key) <= rank(name);
         n = n->next)
        before = n;
    cfn__put_after(document, before, name, section);
}

/* What is built by C calls states its format, as people do in a file. */
static void begin_document(cfn_stack *stack)
{
    cfn__maker make = {stack->arena, {0}};
    if (!cfn_node_size(stack->document))
        cfn__put(stack->document, "AWSTemplateFormatVersion", cfn__string(&make, "2010-09-09"));
}

cfn_node *cfn__section(cfn_stack *stack, cfn_node *document, const char *name)
{
    begin_document(stack);
    cfn_node *section = cfn__get(document, name);
    if (!section) {
        section = cfn__map(&(cfn__maker){stack->arena, {0}});
        put_section(document, name, section);
    }
    return section;
}

static cfn_node *member(const cfn__maker *make, cfn_node *map, const char *key)
{
    cfn_node *node = cfn__get(map, key);
    if (!node) {
        node = cfn__map(make);
        cfn__put(map, key, node);
    }
    return node;
}

cfn_node *cfn__settings_section(cfn_stack *stack, const char *name)
{
    cfn__maker make = {stack->arena, {0}};
    cfn_node *metadata = cfn__section(stack, stack->document, "Metadata");
    return member(&make, member(&make, metadata, "Cfngen"), name);
}

void cfn_stack_set_description(cfn_stack *stack, const char *description)
{
    cfn__maker make = {stack->arena, {0}};
    cfn_node *section = cfn__section(stack, stack->document, "Description");
    cfn__become(section,
                cfn__string(&make, cfn__strdup(stack->arena, description ? description : "")));
}

void cfn_stack_add_tag(cfn_stack *stack, const char *key, cfn_str value)
{
    cfn__maker make = {stack->arena, {0}};
    cfn__set(cfn__settings_section(stack, "Tags"), cfn__strdup(stack->arena, key ? key : ""),
             cfn__str_node(&make, value));
}

void cfn_stack_suppress(cfn_stack *stack, cfn_diagnostic_id id, const char *reason)
{
    cfn__maker make = {stack->arena, {0}};
    cfn_node *list = cfn__settings_section(stack, "Suppress");
    if (list && !cfn_node_size(list))
        list->kind = CFN_KIND_LIST;
    cfn_node *entry = cfn__map(&make);
    cfn__put(entry, "Id", cfn__string(&make, cfn_diagnostic_name(id)));
    cfn__put(entry, "Reason", cfn__string(&make, cfn__strdup(stack->arena, reason ? reason : "")));
    cfn__append(list, entry);
}

cfn__maker cfn__program_maker(cfn_stack *stack, const char *file, int line)
{
    if (!stack->program || strcmp(stack->program->file, file) != 0) {
        cfn__source *source = CFN__NEW(stack->arena, cfn__source);
        if (source)
            source->file = cfn__strdup(stack->arena, file);
        stack->program = source;
    }
    cfn__place place = {stack->program, line > 0 ? (uint32_t)line : 0, 0, 0, 0};
    return (cfn__maker){stack->arena, place};
}
