/* The template from the inside: the model, and the checker that walks over it once. */
#ifndef CFN_TEMPLATE_TEMPLATE_H
#define CFN_TEMPLATE_TEMPLATE_H

#include "node/node.h"
#include "template/expected.h"
#include "template/intrinsic.h"

#include <cfngen/template.h>

/* A slot of the index; `ordinal` is the entry's number among the resources or conditions. */
typedef struct cfn__slot {
    const cfn_node *node;
    uint32_t ordinal;
} cfn__slot;

/* The references of one entry stand together in the template's list. */
typedef struct cfn__span {
    size_t first, count;
} cfn__span;

struct cfn_template {
    cfn_arena *arena;
    const cfn_node *root;
    const cfn_node *sections[CFN_SECTION_COUNT]; /* of whatever kind they are */
    cfn__slot *slots;
    size_t slot_mask;
    cfn_resource *resources;
    size_t resource_count;
    const cfn_node **conditions;
    size_t condition_count;
    cfn__span *spans; /* of the resources, then of the conditions */
    cfn_reference *references;
    size_t reference_count, reference_capacity;
    bool open;      /* unknown names need not be mistakes */
    bool rewritten; /* a macro or AWS::Serverless decides what the resources become */
    bool macro;     /* one that is not known, to which anything may be meaningful */
    bool serverless, rotation, language_extensions, any_transform;
};

/* Where a value stands decides which functions it may use. */
typedef enum cfn__where {
    CFN__IN_VALUES = 1, /* properties, metadata, policies, outputs */
    CFN__IN_CONDITIONS = 2,
    CFN__IN_RULES = 4
} cfn__where;

typedef struct cfn__checker {
    cfn_template *tpl;
    const cfn__expected *expected;
    cfn_arena *arena;
    cfn_diagnostics *diagnostics;
    const cfn_node *owner;    /* the entry that is looked at */
    const char *condition;    /* the Condition of that entry; NULL when it has none */
    const char *no_resources; /* what may not depend on resources, such as "Conditions", or NULL */
    cfn__where where;
    const cfn_node **warned; /* for each resource the last entry that was warned about needing it */
    size_t effort;           /* spent on finding nearest names */
    size_t looks;            /* spent on the variables of Fn::Sub */
} cfn__checker;

/* --- index.c: names to entries --- */

/* Indexes the members of all sections and of all mappings, down to their second level. */
void cfn__index_template(cfn_template *tpl);

/* The member of an indexed map with this key, or NULL. */
const cfn__slot *cfn__find_slot(const cfn_template *tpl, const cfn_node *map, const char *key,
                                size_t length);
const cfn__slot *cfn__find_entry(const cfn_template *tpl, cfn_section section, const char *id,
                                 size_t length);

/* Whether a member of a map is a loop or a macro call among the entries. */
bool cfn__is_generator(const cfn_node *member);

/* --- transforms.c: what may happen to the template before it is deployed --- */
void cfn__find_transforms(cfn__checker *c);
void cfn__check_transforms(cfn__checker *c);

/* --- complain.c: reporting --- */

/* Report at the value, or at the key, of a node. Once no more diagnostics are kept they are only
 * counted, so that a hostile template costs no more than an honest one. */
void cfn__complain(cfn__checker *c, cfn_diagnostic_id id, const cfn_node *node, const char *format,
                   ...) CFN_PRINTF(4, 5);
void cfn__complain_key(cfn__checker *c, cfn_diagnostic_id id, const cfn_node *node,
                       const char *format, ...) CFN_PRINTF(4, 5);
void cfn__advise(cfn__checker *c, const char *format, ...) CFN_PRINTF(2, 3);

/* The nearest name, looked for among members of maps or lists of names. */
typedef struct cfn__search {
    cfn__checker *checker;
    const char *word;
    const char *best;
    size_t distance;
} cfn__search;
cfn__search cfn__search_for(cfn__checker *c, const char *word);
void cfn__search_name(cfn__search *search, const char *name);
void cfn__search_members(cfn__search *search, const cfn_node *map);

/* What an entry is called: "the resource Db". */
const char *cfn__entry_name(const cfn__checker *c, const cfn_node *entry);

/* --- shape.c: maps with known members --- */

enum {
    CFN__BOOLEAN = 1 << CFN_KIND_BOOLEAN,
    CFN__NUMBER = 1 << CFN_KIND_NUMBER,
    CFN__STRING = 1 << CFN_KIND_STRING,
    CFN__LIST = 1 << CFN_KIND_LIST,
    CFN__MAP = 1 << CFN_KIND_MAP,
    CFN__SCALAR = CFN__BOOLEAN | CFN__NUMBER | CFN__STRING,
    CFN__ANYTHING = CFN__SCALAR | CFN__LIST | CFN__MAP
};

typedef struct cfn__attribute {
    const char *name;
    unsigned kinds;
    bool required;
} cfn__attribute;

/* Checks the members of a map against a table. found[i] is the member for table[i], or NULL when it
 * is missing or of a kind that cannot be used. A misspelt member counts as the one it was meant to
 * be, so that one mistake is reported once. `what` is as in "a parameter". */
void cfn__check_attributes(cfn__checker *c, const cfn_node *map, const cfn__attribute *table,
                           size_t count, const char *what, const cfn_node **found);

/* Whether the node is of one of the kinds; reports it when not. `what` is as in "Description". */
bool cfn__check_kind(cfn__checker *c, const cfn_node *node, unsigned kinds, const char *what);

/* Whether the text is one of those allowed (ended by NULL); reports it when not. */
bool cfn__check_choice(cfn__checker *c, const cfn_node *node, const char *const *choices);

/* Reports more bytes of text than are allowed. */
void cfn__check_text_length(cfn__checker *c, const cfn_node *node, size_t most, const char *what);

/* Checks the key of an entry: letters, digits and those in `extra`, at most 255 of them. */
void cfn__check_id(cfn__checker *c, const cfn_node *entry, const char *extra);

/* --- sections --- */

/* Finds the sections; one that is of no use, or misspelt beyond recognition, is left out. */
void cfn__find_sections(cfn__checker *c);
void cfn__check_header(cfn__checker *c);
void cfn__check_parameters(cfn__checker *c);
void cfn__check_mappings(cfn__checker *c);
void cfn__check_conditions(cfn__checker *c);
void cfn__check_rules(cfn__checker *c);
void cfn__check_resources(cfn__checker *c);
void cfn__check_outputs(cfn__checker *c);
void cfn__check_counts(cfn__checker *c);

/* Whether a parameter's type is that of a list. */
bool cfn__is_list_parameter(const cfn_node *parameter);

/* --- function.c: intrinsics and what is in them --- */

/* Looks at every intrinsic in a value. */
void cfn__check_value(cfn__checker *c, const cfn_node *node);

/* Checks what must be an intrinsic condition function. */
void cfn__check_condition(cfn__checker *c, const cfn_node *node);

/* --- reference.c --- */

/* A name as it is written: `length` bytes at `text`, which need not end there. `attribute` is an
 * arena text, or NULL. `locals` holds names that hide those of the template, or is NULL. */
typedef struct cfn__use {
    cfn_reference_kind kind;
    const cfn_node *from;
    const char *text;
    size_t length;
    const char *attribute;
    const cfn_node *locals;
} cfn__use;

/* Looks a name up where its kind of reference looks, records the reference, and reports what is
 * wrong with it. The result is what was found, or NULL. */
const cfn_node *cfn__resolve(cfn__checker *c, cfn__use use);

/* Resolves the condition that a text names. */
void cfn__resolve_condition(cfn__checker *c, const cfn_node *from, const cfn_node *name);

/* Whether a Fn::If between a node and its entry decides if the node counts. */
bool cfn__is_under_if(const cfn_node *node, const cfn_node *owner);

/* --- graph.c --- */

/* Fills in the dependencies of the resources, and reports the circles among resources and among
 * conditions. */
void cfn__check_graph(cfn__checker *c);

#endif
