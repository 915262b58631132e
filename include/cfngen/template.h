/* A CloudFormation template, understood: its sections, its resources, what refers to what.
 *
 * cfn_template_new takes the nodes of a finished template, indexes them and reports every problem
 * that can be told without knowing the resource types (CFN1xxx; docs/template.md lists them). The
 * template and all it hands out live in the arena it was given; it points into the nodes, which
 * must not be changed while it is used. Nothing here is freed by the caller.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-anatomy.html */
#ifndef CFNGEN_TEMPLATE_H
#define CFNGEN_TEMPLATE_H

#include <cfngen/node.h>

CFN_BEGIN_DECLS

typedef struct cfn_template cfn_template;

typedef enum cfn_section {
    CFN_SECTION_NONE,
    CFN_SECTION_FORMAT_VERSION,
    CFN_SECTION_DESCRIPTION,
    CFN_SECTION_METADATA,
    CFN_SECTION_PARAMETERS,
    CFN_SECTION_RULES,
    CFN_SECTION_MAPPINGS,
    CFN_SECTION_CONDITIONS,
    CFN_SECTION_TRANSFORM,
    CFN_SECTION_RESOURCES,
    CFN_SECTION_OUTPUTS,
    CFN_SECTION_COUNT
} cfn_section;

/* How one thing names another. */
typedef enum cfn_reference_kind {
    CFN_REFERENCE_REF,
    CFN_REFERENCE_GET_ATT,
    CFN_REFERENCE_SUB, /* ${Id}, or ${Id.Attribute} */
    CFN_REFERENCE_DEPENDS_ON,
    CFN_REFERENCE_CONDITION, /* the attribute Condition, {"Condition": Id} or Fn::If */
    CFN_REFERENCE_MAPPING    /* Fn::FindInMap */
} cfn_reference_kind;

typedef struct cfn_reference {
    cfn_reference_kind kind;
    const cfn_node *from;  /* the intrinsic, or the text in DependsOn and Condition */
    const cfn_node *owner; /* the entry of a section in which it stands */
    const char *target;    /* the id that is named, "AWS::Region" too */
    const char *attribute; /* of Fn::GetAtt and ${Id.Attribute}; NULL when there is none, or when
                              it is itself an intrinsic */
    cfn_section section;   /* where the target stands; CFN_SECTION_NONE for a pseudo parameter or
                              what is not in the template */
    const cfn_node *node;  /* the target; NULL when section is CFN_SECTION_NONE */
    size_t index;          /* its number among the entries of its section */
} cfn_reference;

typedef struct cfn_resource {
    const char *id;
    const char *type;                /* "" when it has none */
    const char *condition;           /* NULL when it has none */
    const cfn_node *node;            /* the whole entry */
    const cfn_node *properties;      /* NULL when it has none */
    const cfn_reference *references; /* what it refers to, in the order of the document */
    size_t reference_count;
    const uint32_t *dependencies; /* indexes of the resources it needs first, each once */
    size_t dependency_count;
} cfn_resource;

/* The capabilities that a deployment has to acknowledge.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CreateStack.html */
enum {
    CFN_CAPABILITY_IAM = 1,
    CFN_CAPABILITY_NAMED_IAM = 2, /* includes CFN_CAPABILITY_IAM */
    CFN_CAPABILITY_AUTO_EXPAND = 4
};

/* What CloudFormation allows.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html */
enum {
    CFN_MAX_RESOURCES = 500,
    CFN_MAX_PARAMETERS = 200,
    CFN_MAX_OUTPUTS = 200,
    CFN_MAX_MAPPINGS = 200,
    CFN_MAX_MAPPING_ATTRIBUTES = 200,
    CFN_MAX_ID_LENGTH = 255,
    CFN_MAX_DESCRIPTION_BYTES = 1024,
    CFN_MAX_PARAMETER_BYTES = 4096,
    CFN_MAX_TEMPLATE_BYTES = 1024 * 1024, /* with the template in S3 */
    CFN_MAX_TEMPLATE_BODY_BYTES = 51200   /* sent with the request */
};

/* Understands and checks a template. All its problems are reported; the result is NULL only when
 * memory is out (CFN0001). A template with errors answers as far as it can. Takes time linear in
 * the template's size. */
CFN_API cfn_template *cfn_template_new(cfn_arena *arena, const cfn_node *root,
                                       cfn_diagnostics *diagnostics);

/* The nodes it was made of. */
CFN_API const cfn_node *cfn_template_root(const cfn_template *tpl);

/* A section, or NULL when the template has none. */
CFN_API const cfn_node *cfn_template_section(const cfn_template *tpl, cfn_section section);

/* The name of a section, as "Resources"; "" for CFN_SECTION_NONE. */
CFN_API const char *cfn_section_name(cfn_section section);

/* The entry of a section with this id (a parameter, condition, mapping, rule, output or resource),
 * or NULL. Takes constant time. */
CFN_API const cfn_node *cfn_template_get(const cfn_template *tpl, cfn_section section,
                                         const char *id);

/* The resources in the order of the document; NULL past the end. Loops (Fn::ForEach) and
 * Fn::Transform among them are not resources. */
CFN_API size_t cfn_template_resource_count(const cfn_template *tpl);
CFN_API const cfn_resource *cfn_template_resource_at(const cfn_template *tpl, size_t index);

/* The resource with this logical id, or NULL. Takes constant time. */
CFN_API const cfn_resource *cfn_template_resource(const cfn_template *tpl, const char *id);

/* All references of the template; NULL past the end. What stands inside a Fn::ForEach or a
 * Fn::Transform is not looked at. */
CFN_API size_t cfn_template_reference_count(const cfn_template *tpl);
CFN_API const cfn_reference *cfn_template_reference_at(const cfn_template *tpl, size_t index);

/* Whether something may add to the template when it is deployed (a macro, AWS::Serverless, an
 * included file, Fn::ForEach), so that an unknown name need not be a mistake. */
CFN_API bool cfn_template_is_open(const cfn_template *tpl);

/* Which capabilities the template needs: CFN_CAPABILITY_... or-ed together. Those of nested stacks
 * are not known. */
CFN_API unsigned cfn_template_capabilities(const cfn_template *tpl);

/* The name of one capability, as "CAPABILITY_IAM"; "" when there is none of that number. */
CFN_API const char *cfn_capability_name(unsigned capability);

/* Checks the size of the text that will be uploaded: CFN1404 over CFN_MAX_TEMPLATE_BYTES; CFN1405,
 * a note, when it must go through S3. `minified_bytes` is the size as minified JSON, 0 when not
 * known; it decides what is advised. */
CFN_API void cfn_template_check_size(const cfn_template *tpl, cfn_diagnostics *diagnostics,
                                     size_t bytes, size_t minified_bytes);

CFN_END_DECLS

#endif
