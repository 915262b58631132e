/* Two versions of a template, compared for what they mean: what a deployment of the new one would
 * do to a stack that was deployed from the old one. docs/diff.md tells which values are equal, how
 * the impact of a change is found, and what is advised.
 *
 *     cfn_template_diff *diff = cfn_template_diff_new(old_root, new_root, NULL, diagnostics);
 *     fputs(cfn_template_diff_render(diff, NULL, NULL), stdout);
 *     cfn_template_diff_free(diff);
 *
 * A diff is a list of entries (what changed in a section: a resource, a parameter, an output ...),
 * each with its changes (single places, with both values); of changes of access (who may do what,
 * and who reaches whom); and of advice (what is to be known before it is deployed). All of it is in
 * a fixed order: the same templates give the same diff.
 *
 * How something is added from inside of the library: a function in a table of advisers
 * (lib/diff/advisers.c) looks at the finished entries and calls cfn__diff_advise or
 * cfn__diff_add_access, both in lib/diff/diff.h. Everything that is added there is rendered. */
#ifndef CFNGEN_DIFF_H
#define CFNGEN_DIFF_H

#include <cfngen/schema.h>
#include <cfngen/template.h>

CFN_BEGIN_DECLS

typedef struct cfn_template_diff cfn_template_diff;

typedef enum cfn_diff_kind { CFN_DIFF_ADDED, CFN_DIFF_REMOVED, CFN_DIFF_CHANGED } cfn_diff_kind;

/* What a change does to what is deployed; ordered, so that the largest of several is that of all.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-updating-stacks-update-behaviors.html
 */
typedef enum cfn_impact {
    CFN_IMPACT_NONE,       /* it is in the template alone, as DependsOn */
    CFN_IMPACT_MAY_UPDATE, /* it is updated if a parameter or condition, say, decides so */
    CFN_IMPACT_UPDATE,
    CFN_IMPACT_CREATE,
    CFN_IMPACT_MAY_REPLACE,
    CFN_IMPACT_REPLACE, /* a new one is made; what becomes of the old one is its fate */
    CFN_IMPACT_DESTROY  /* it is no more part of the stack; what becomes of it is its fate */
} cfn_impact;

/* What becomes of a resource that is replaced or removed, as its UpdateReplacePolicy or
 * DeletionPolicy decides. CloudFormation goes by the new template for what is replaced, and by the
 * old one for what is removed. */
typedef enum cfn_fate {
    CFN_FATE_STAYS,    /* it is neither replaced nor removed */
    CFN_FATE_DELETED,  /* with all that is in it */
    CFN_FATE_SNAPSHOT, /* deleted, after a snapshot was taken */
    CFN_FATE_RETAINED  /* it goes on, and costs, outside of the stack */
} cfn_fate;

/* A step on the way to a value: a member of a mapping, or an item of a list. */
typedef struct cfn_diff_step {
    const char *key;      /* NULL for an item of a list */
    size_t index;         /* of an item in its new list; in the old one if it is there no more */
    const char *identity; /* of an item that is known by a member, as "Key=Name"; NULL: by none */
    bool in_text;         /* the value above is a text that holds JSON, and was looked into */
} cfn_diff_step;

/* One place that changed. */
typedef struct cfn_diff_change {
    cfn_diff_kind kind;
    const cfn_diff_step *steps; /* from the entry, as Properties, Tags, [0], Value */
    size_t step_count;          /* 0: the whole entry */
    const char *path;           /* the same for people: "Tags[Key=Name].Value", "DeletionPolicy" */
    const cfn_node *old_value;  /* NULL when it was added */
    const cfn_node *new_value;  /* NULL when it was removed; as the old one when only what it
                                   stands for changes (then there is a cause). Secrets are hidden:
                                 the default of a parameter with NoEcho, passwords as text */
    cfn_impact impact;
    const char *cause; /* the logical id of a resource that is replaced, or of the parameter,
                          mapping or condition that changed, from where this change came; NULL: the
                          value itself was edited */
    const char *note;  /* what else is to be said, as "the order of the items"; "" for nothing */
} cfn_diff_change;

/* What changed in a section. */
typedef struct cfn_diff_entry {
    cfn_section section;
    const char *id; /* the name of the section itself for those without entries (Description ...);
                       of top-level members that are no section their key, in CFN_SECTION_NONE */
    cfn_diff_kind kind;
    const cfn_node *old_node, *new_node;
    const cfn_diff_change *changes; /* one for the whole of what was added or removed */
    size_t change_count;
    cfn_impact impact; /* CFN_IMPACT_NONE for all but resources */
    /* of resources */
    const char *type, *old_type; /* "" for others; the same unless the type changed */
    cfn_fate fate;
    bool holds_data;  /* what is in it goes with it */
    const char *loss; /* what is lost, when its impact loses something; else "" */
    const char *twin; /* what was removed here looks like what was added there: the id; or NULL */
} cfn_diff_entry;

/* Something to know before it is deployed. */
typedef struct cfn_diff_advice {
    cfn_diagnostic_id id;   /* CFN60xx; its title says what kind it is */
    cfn_severity severity;  /* an error: CloudFormation or the service will refuse it */
    const char *logical_id; /* what it is about; "" for the whole template */
    const char *path;       /* as in a change; "" for the whole of it */
    const char *text;       /* what is the matter, and what to do about it: a sentence or two */
} cfn_diff_advice;

/* Tables of access: who may do what, and who reaches whom. */
typedef enum cfn_access_table {
    CFN_ACCESS_STATEMENTS,       /* statements of policies of any kind */
    CFN_ACCESS_MANAGED_POLICIES, /* policies attached by their ARN */
    CFN_ACCESS_SECURITY_GROUPS,  /* rules of security groups */
    CFN_ACCESS_TABLE_COUNT
} cfn_access_table;

enum { CFN_ACCESS_MOST_CELLS = 5 };

/* A row that was added to or removed from one of them. */
typedef struct cfn_access_change {
    cfn_access_table table;
    cfn_diff_kind kind;                       /* added or removed */
    const char *logical_id;                   /* the resource in which it stands */
    const char *path;                         /* where in it */
    const char *cells[CFN_ACCESS_MOST_CELLS]; /* one for each column; "" for none */
    bool broadens;                            /* more is allowed than before */
    const char *reason;                       /* how it broadens; "" when it does not */
} cfn_access_change;

/* The columns of a table, as "Effect"; NULL past the end. Its title, as "Security groups". */
CFN_API const char *cfn_access_column(cfn_access_table table, size_t index);
CFN_API const char *cfn_access_title(cfn_access_table table);

typedef struct cfn_diff_options {
    const cfn_schema *schema; /* NULL: the facts that are part of the library */
    size_t most_bytes; /* as cfn_arena_set_limit takes it, for templates that are not trusted */
} cfn_diff_options;

/* Compares two templates. The old one may be NULL: then everything is added. Options may be NULL.
 * The diff points into the nodes of both, and into the facts, which must outlive it and not be
 * changed. What is no template (CFN6001) counts as an empty one; nothing else is reported about the
 * templates, so that old and unfinished ones can be compared. NULL only when memory is out (CFN0001
 * reported). Takes time linear in the size of both, up to a limit for long lists that are all
 * different. */
CFN_API cfn_template_diff *cfn_template_diff_new(const cfn_node *old_root, const cfn_node *new_root,
                                                 const cfn_diff_options *options,
                                                 cfn_diagnostics *diagnostics);

/* Frees all of it. NULL is allowed. */
CFN_API void cfn_template_diff_free(cfn_template_diff *diff);

/* The entries: the sections in the order of cfn_section (what is no section comes first), in each
 * those of the new template in its order, then those that were removed. NULL past the end. */
CFN_API size_t cfn_template_diff_entry_count(const cfn_template_diff *diff);
CFN_API const cfn_diff_entry *cfn_template_diff_entry_at(const cfn_template_diff *diff,
                                                         size_t index);

/* The entry of this id, or NULL. Takes constant time. */
CFN_API const cfn_diff_entry *cfn_template_diff_entry(const cfn_template_diff *diff,
                                                      cfn_section section, const char *id);

/* The changes of access, by table; NULL past the end. */
CFN_API size_t cfn_template_diff_access_count(const cfn_template_diff *diff);
CFN_API const cfn_access_change *cfn_template_diff_access_at(const cfn_template_diff *diff,
                                                             size_t index);

/* The advice, the gravest first; NULL past the end. */
CFN_API size_t cfn_template_diff_advice_count(const cfn_template_diff *diff);
CFN_API const cfn_diff_advice *cfn_template_diff_advice_at(const cfn_template_diff *diff,
                                                           size_t index);

/* "added", "removed", "changed"; "update", "may replace" ...; "stays", "deleted" ... */
CFN_API const char *cfn_diff_kind_name(cfn_diff_kind kind);
CFN_API const char *cfn_impact_name(cfn_impact impact);
CFN_API const char *cfn_fate_name(cfn_fate fate);

typedef enum cfn_diff_format { CFN_DIFF_TEXT, CFN_DIFF_JSON, CFN_DIFF_MARKDOWN } cfn_diff_format;

/* Which part is rendered. */
typedef enum cfn_diff_part {
    CFN_DIFF_ALL,
    CFN_DIFF_SECURITY,    /* the changes of access, and the advice about them */
    CFN_DIFF_REPLACEMENTS /* resources that are, or may be, replaced or removed */
} cfn_diff_part;

typedef struct cfn_diff_render_options {
    cfn_diff_format format;
    cfn_diff_part part;
    bool colours;     /* ANSI colours in text */
    unsigned context; /* how many unchanged lines of a long text are shown around a change */
} cfn_diff_render_options;

/* Whether there is nothing of this part. */
CFN_API bool cfn_template_diff_is_empty(const cfn_template_diff *diff, cfn_diff_part part);

/* The diff as text, as JSON (docs/diff.md has its form) or as Markdown for a comment on a pull
 * request, ended by a newline. Options may be NULL: text without colours or context. It lives in
 * the diff; NULL when memory is out. `length`, when not NULL, is given the length in bytes. */
CFN_API const char *cfn_template_diff_render(cfn_template_diff *diff,
                                             const cfn_diff_render_options *options,
                                             size_t *length);

CFN_END_DECLS

#endif
