/* A stack: what a C program adds or a stack file says, turned into one CloudFormation template.
 *
 *     cfn_stack *stack = cfn_stack_new(&(cfn_stack_options){.environment = "prod"});
 *     cfn_parameter_add(stack, "VpcId", &(cfn_parameter_props){.type = "AWS::EC2::VPC::Id"});
 *     cfn_kms_key key = cfn_kms_key_add(stack, "Key", NULL);
 *     cfn_output_add(stack, "KeyArn", &(cfn_output_props){.value = cfn_kms_key_arn(key)});
 *     bool done = cfn_stack_write(stack, "template.json", NULL);
 *     fputs(cfn_diagnostics_text(cfn_stack_diagnostics(stack), false), stderr);
 *     cfn_stack_free(stack);
 *
 * Nothing is expanded before cfn_stack_synth, so constructs may refer to ones that are added later.
 * Everything passed in is copied. The props of a construct or resource may be NULL: all defaults.
 * What is wrong is reported to the stack's diagnostics with the
 * place in the program; adding goes on, and synth refuses at the end. */
#ifndef CFNGEN_STACK_H
#define CFNGEN_STACK_H

#include <cfngen/schema.h>
#include <cfngen/value.h>
#include <cfngen/write.h>

CFN_BEGIN_DECLS

/* Names are {logical id}-{environment}-{suffix}, the logical id in lower-case words. Limits: both
 * are lower-case letters, digits and single hyphens; the environment 1 to 16 characters, the suffix
 * 1 to 20. */
typedef struct cfn_stack_options {
    const char *name;         /* file name of the template when a folder is written to ("stack") */
    const char *environment;  /* NULL: as Metadata.Cfngen.Environment says, else "dev" */
    const char *suffix;       /* NULL: as Metadata.Cfngen.Suffix says, else the template gets a
                                 parameter EnvironmentSuffix */
    const char *region;       /* informs checks only; NULL: none */
    bool minify;              /* it will be written without spaces: its size is measured so */
    const cfn_schema *schema; /* the facts that the template is checked against; they must live as
                                 long as the stack. NULL: those that are part of the library */
} cfn_stack_options;

/* A new, empty stack; options may be NULL. NULL when memory is out. */
CFN_API cfn_stack *cfn_stack_new(const cfn_stack_options *options);
CFN_API void cfn_stack_free(cfn_stack *stack);

/* Where the stack's nodes and values live, and where its problems are collected. */
CFN_API cfn_arena *cfn_stack_arena(cfn_stack *stack);
CFN_API cfn_diagnostics *cfn_stack_diagnostics(cfn_stack *stack);

/* Reads a stack file (a template, constructs allowed) into an empty stack; "-" is standard input.
 * False when it cannot be read; the diagnostics say why. */
CFN_API bool cfn_stack_read(cfn_stack *stack, const char *path, cfn_format format);
CFN_API bool cfn_stack_read_text(cfn_stack *stack, const char *file, const char *text,
                                 size_t length, cfn_format format);

/* The document as it was read, before anything is expanded; an empty mapping when nothing was. */
CFN_API const cfn_node *cfn_stack_document(const cfn_stack *stack);

/* Gives a parameter of the template a new Default, as `--set Parameter=Value` does. An unknown
 * parameter, or a value that it does not allow, is reported at synth. */
CFN_API void cfn_stack_set_parameter(cfn_stack *stack, const char *parameter, const char *value);

CFN_API void cfn_stack_set_description(cfn_stack *stack, const char *description);

/* A tag for every resource that a construct makes. Resources given as they are keep their own. */
CFN_API void cfn_stack_add_tag(cfn_stack *stack, const char *key, cfn_str value);

/* Silences a diagnostic in the whole template; the reason is required. Rules (CFN3xxx, CFN4xxx),
 * warnings and notes can be silenced; other errors mean that the template is wrong, and cannot. */
CFN_API void cfn_stack_suppress(cfn_stack *stack, cfn_diagnostic_id id, const char *reason);

typedef struct cfn_parameter_props {
    const char *type; /* "String" when NULL */
    const char *description, *default_value, *allowed_pattern, *constraint_description;
    cfn_str_list allowed_values; /* literals */
    cfn_int min_length, max_length, min_value, max_value;
    cfn_bool no_echo;
} cfn_parameter_props;

typedef struct cfn_output_props {
    cfn_str value; /* required */
    const char *description, *condition;
    cfn_str export_name;
} cfn_output_props;

typedef struct cfn_resource_props {
    cfn_json properties;
    cfn_attributes attributes; /* overrides do not apply */
} cfn_resource_props;

#define cfn_parameter_add(stack, id, ...)                                                          \
    cfn_parameter_add_at(stack, id, __VA_ARGS__, __FILE__, __LINE__)
#define cfn_mapping_add(stack, id, mapping)                                                        \
    cfn_mapping_add_at(stack, id, mapping, __FILE__, __LINE__)
#define cfn_condition_add(stack, id, condition)                                                    \
    cfn_condition_add_at(stack, id, condition, __FILE__, __LINE__)
#define cfn_rule_add(stack, id, rule)  cfn_rule_add_at(stack, id, rule, __FILE__, __LINE__)
#define cfn_output_add(stack, id, ...) cfn_output_add_at(stack, id, __VA_ARGS__, __FILE__, __LINE__)
/* Any resource of CloudFormation: cfn_resource_add(stack, "Queue", "AWS::SQS::Queue", &(...){0}).
 */
#define cfn_resource_add(stack, id, type, ...)                                                     \
    cfn_resource_add_at(stack, id, type, __VA_ARGS__, __FILE__, __LINE__)
/* Top-level Metadata and Transform. */
#define cfn_metadata_add(stack, key, value)                                                        \
    cfn_metadata_add_at(stack, key, value, __FILE__, __LINE__)
#define cfn_transform_add(stack, name) cfn_transform_add_at(stack, name, __FILE__, __LINE__)

CFN_API void cfn_parameter_add_at(cfn_stack *stack, const char *id,
                                  const cfn_parameter_props *props, const char *file, int line);
CFN_API void cfn_mapping_add_at(cfn_stack *stack, const char *id, cfn_json mapping,
                                const char *file, int line);
CFN_API void cfn_condition_add_at(cfn_stack *stack, const char *id, cfn_str condition,
                                  const char *file, int line);
CFN_API void cfn_rule_add_at(cfn_stack *stack, const char *id, cfn_json rule, const char *file,
                             int line);
CFN_API void cfn_output_add_at(cfn_stack *stack, const char *id, const cfn_output_props *props,
                               const char *file, int line);
CFN_API void cfn_resource_add_at(cfn_stack *stack, const char *id, const char *type,
                                 const cfn_resource_props *props, const char *file, int line);
CFN_API void cfn_metadata_add_at(cfn_stack *stack, const char *key, cfn_json value,
                                 const char *file, int line);
CFN_API void cfn_transform_add_at(cfn_stack *stack, const char *name, const char *file, int line);

CFN_END_DECLS

#endif
