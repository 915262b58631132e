/* The comparison of templates from the inside: the model that is filled, and who fills it.
 *
 * cfn_template_diff_new goes in passes: entries (what changed, by section), spreading (what a
 * replaced resource changes in those that refer to it), fates and losses, and at last the advisers,
 * who see finished entries. */
#ifndef CFN_DIFF_DIFF_H
#define CFN_DIFF_DIFF_H

#include "base/buffer.h"
#include "base/index.h"
#include "node/node.h"
#include "template/template.h"

#include <cfngen/diff.h>

/* A list that grows in an arena by doubling. */
typedef struct cfn__grown {
    size_t count, capacity;
} cfn__grown;

/* Makes room for one more item; the result is the list, or NULL when memory is out. */
void *cfn__make_room(cfn_arena *arena, void *items, cfn__grown *grown, size_t size);

/* Nodes, told apart by their addresses. Start with {0}. */
typedef struct cfn__node_set {
    const cfn_node **slots;
    size_t capacity, used;
} cfn__node_set;
void cfn__node_set_add(cfn_arena *arena, cfn__node_set *set, const cfn_node *node);
bool cfn__node_set_has(const cfn__node_set *set, const cfn_node *node);

struct cfn_template_diff {
    cfn_arena *arena;
    cfn_arena *scratch; /* for what is needed while two values are compared */
    const cfn_schema *schema;
    const cfn_template *old_tpl, *new_tpl; /* never NULL once it is made */
    cfn_diff_entry *entries;
    cfn__grown entry_list;
    cfn__index
        ids[CFN_SECTION_COUNT]; /* of each section: ids to the number of an entry, plus one */
    cfn__node_set edited;       /* values of the new template that are told to change */
    cfn_access_change *access;
    cfn__grown access_list;
    cfn_diff_advice *advice;
    cfn__grown advice_list;
    size_t effort; /* spent on bringing texts into one form */
};

/* --- what advisers use --- */

/* Adds advice; its severity is that of the id. `logical_id` and `path` (as in a change; "") must
 * live as long as the diff. */
void cfn__diff_advise(cfn_template_diff *diff, cfn_diagnostic_id id, const char *logical_id,
                      const char *path, const char *format, ...) CFN_PRINTF(5, 6);

/* Adds a change of access. Its texts must live as long as the diff; NULL stands for "". */
void cfn__diff_add_access(cfn_template_diff *diff, const cfn_access_change *change);

/* An adviser; advisers.c has the table of all. */
typedef void cfn__adviser(cfn_template_diff *diff);
cfn__adviser cfn__advise_of_protection, cfn__advise_of_names, cfn__advise_of_exports,
    cfn__advise_of_access, cfn__advise_of_settings, cfn__advise_of_migrations,
    cfn__advise_of_versions, cfn__advise_of_parameters;

/* The first change of a property of a resource, or of what is in it; NULL when it stays. The
 * property is one of the type itself, as "Engine". */
const cfn_diff_change *cfn__diff_property(const cfn_diff_entry *entry, const char *property);

/* A property as it was and as it will be; NULL when there is none. */
const cfn_node *cfn__old_property(const cfn_diff_entry *entry, const char *property);
const cfn_node *cfn__new_property(const cfn_diff_entry *entry, const char *property);

/* The name that a template gives a resource, so that no other one can have it; NULL when it gives
 * none. `property`, when not NULL, is given the property that it stands in. */
const cfn_node *cfn__fixed_name(const cfn_template_diff *diff, const char *type,
                                const cfn_node *resource, const char **property);

/* Whether a step of a change is this member. */
bool cfn__step_is(const cfn_diff_change *change, size_t index, const char *key);

/* --- advisers.c: asks all of them --- */
void cfn__ask_advisers(cfn_template_diff *diff);

/* --- entries.c: what changed, section by section --- */
void cfn__find_entries(cfn_template_diff *diff);

/* The entry of this id, made when there is none: then nothing of it has changed so far. */
cfn_diff_entry *cfn__entry_for(cfn_template_diff *diff, cfn_section section, const cfn_node *old,
                               const cfn_node *new);

/* Puts them in the order in which they are handed out. */
void cfn__order_entries(cfn_template_diff *diff);

/* --- resource.c: two versions of one resource --- */
void cfn__compare_resources(cfn_template_diff *diff, cfn_diff_entry *entry);

/* --- spread.c: what changes because something else does --- */
void cfn__spread(cfn_template_diff *diff);

/* --- reached.c: a change of what is not edited itself --- */

/* What changes, by whom, and whether it is certain. */
typedef struct cfn__cause {
    cfn_section section;
    const char *id;
    bool certain;
} cfn__cause;

/* Takes note that the value of a node in the new template changes: a function that refers to the
 * cause, or that has it inside. Nothing when the node is in an entry that is new. */
void cfn__reach(cfn_template_diff *diff, const cfn_node *owner, cfn_section section,
                const cfn_node *node, const cfn__cause *cause);

/* --- fate.c: what becomes of what is replaced or removed, and what is lost --- */
void cfn__find_fates(cfn_template_diff *diff);

/* --- rename.c: what was removed here and added there --- */
void cfn__find_renames(cfn_template_diff *diff);

/* --- compare.c: two values --- */

/* The way to a value; each step knows the one above. */
typedef struct cfn__trail {
    const struct cfn__trail *up;
    cfn_diff_step step;
} cfn__trail;

/* Where a value stands, as far as the facts know: `place.value` is NULL where they do not, and
 * `place.change` then is that of what is above. */
typedef struct cfn__site {
    const cfn__trail *trail; /* NULL: the entry itself */
    cfn_schema_place place;
    cfn_impact least; /* what a change does at least */
    bool in_policy; /* a policy of IAM: no list has an order, and one is as good as a list of one */
    bool enters_text; /* a text stands here, and what is below is the JSON in it */
    unsigned in_text; /* how often a text was looked into on the way */
} cfn__site;

/* A comparison under way. Aloud it collects changes; quietly it only finds out whether there are
 * any. */
typedef struct cfn__comparison {
    cfn_template_diff *diff;
    cfn_diff_change *changes;
    cfn__grown list;
    bool quiet, different;
} cfn__comparison;

void cfn__diff_values(cfn__comparison *c, const cfn_node *old, const cfn_node *new, cfn__site site);

/* Whether they mean the same. */
bool cfn__same(cfn_template_diff *diff, const cfn_node *old, const cfn_node *new, cfn__site site);

/* The site of a member of a map, or of an item of a list; the trail is put into `trail`. */
cfn__site cfn__below(cfn_template_diff *diff, const cfn__site *site, const char *key,
                     cfn__trail *trail);
cfn__site cfn__item_of(cfn_template_diff *diff, const cfn__site *site, size_t index,
                       const char *identity, cfn__trail *trail);

/* The member of a map with this key, or NULL; from `hint` on it is looked for first, as both maps
 * usually have the same order. Start with {map}. */
typedef struct cfn__members {
    const cfn_node *map, *hint;
    cfn__index index;
} cfn__members;
const cfn_node *cfn__find_member(cfn_arena *scratch, cfn__members *members, const char *key);

/* Fn::If with the same condition, whose branches can be compared one by one. */
bool cfn__are_same_if(const cfn_node *old, const cfn_node *new);

/* Ref AWS::NoValue, which stands for nothing. */
bool cfn__is_no_value(const cfn_node *node);

/* --- change.c: taking note of a change: its path and its impact --- */

/* Takes note of a change; one of the values may be NULL. */
void cfn__emit(cfn__comparison *c, const cfn_node *old, const cfn_node *new, const cfn__site *site,
               const char *note);

/* What a change at this place does. */
cfn_impact cfn__impact_at(const cfn__site *site);

/* --- json_text.c --- */

/* The JSON in a text, or NULL when it holds none. Only lists and mappings count. */
const cfn_node *cfn__read_json_text(cfn_template_diff *diff, const char *text);

/* --- secrets.c: what is compared, but not shown --- */

/* Hides it in all changes, whole or within larger values, once all changes are found. */
void cfn__hide_secrets(cfn_template_diff *diff);

/* Hides the values of a parameter in its changes. */
void cfn__hide_values(cfn_template_diff *diff, cfn_diff_change *changes, size_t count);

/* --- lists.c --- */
void cfn__diff_lists(cfn__comparison *c, const cfn_node *old, const cfn_node *new, cfn__site site);

/* --- align.c: which items of two lists are the same --- */

/* For each item of the new list the index of the same item in the old one, or SIZE_MAX; indexes
 * only grow. Both are told apart by their hashes. False when memory is out. */
bool cfn__align(cfn_arena *scratch, const uint64_t *old, size_t old_count, const uint64_t *new,
                size_t new_count, size_t *partner);

/* The same without order: an index may be anywhere. */
bool cfn__align_unordered(cfn_arena *scratch, const uint64_t *old, size_t old_count,
                          const uint64_t *new, size_t new_count, size_t *partner);

/* --- scalar.c: texts, numbers and booleans; hashes --- */

/* Whether two scalars are the same after CloudFormation has turned them into what is wanted.
 * `types`: CFN_SCHEMA_... or-ed together, 0: not known. */
bool cfn__same_scalar(const cfn_node *a, const cfn_node *b, unsigned types, bool strict);

/* Equal values have equal hashes, however they are written. */
uint64_t cfn__value_hash(cfn_template_diff *diff, const cfn_node *node);

/* --- spelling.c: Ref, Fn::GetAtt, Fn::Sub and Fn::Join in one form --- */

/* The value as the text of a Fn::Sub: "a-${B}-${C.Arn}". NULL for what is no such thing. */
const char *cfn__as_sub(cfn_template_diff *diff, const cfn_node *node);

#endif
