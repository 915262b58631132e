/* Descriptor tables: what the properties of a construct are called, where they lie in its C struct
 * and what may stand in them. One table drives the binder, the C way in, `cfngen explain` and the
 * reference pages. */
#ifndef CFN_STACK_FIELD_H
#define CFN_STACK_FIELD_H

#include <cfngen/record.h>

enum {
    CFN__REQUIRED = 1,
    CFN__SYNTH_TIME = 2,  /* decides the shape of the template, so an intrinsic cannot stand here */
    CFN__WRITTEN_OUT = 4, /* a list that must be written out; its items may be intrinsics */
    CFN__MAPPING = 8      /* of a JSON field: a mapping, not just any value */
};

/* A row of a construct's table: a field, and what else the binder and the pages want to know. */
typedef struct cfn__field {
    cfn_field base;
    unsigned flags;
    const char *also;         /* what AWS and other tools call it, separated by spaces; for hints */
    const char *doc;          /* one or two sentences; the first says what it is */
    const char *default_text; /* for people; NULL: no default */
    const char *construct;    /* of FIELD_HANDLE and FIELD_HANDLE_LIST: its type */
    const char *or_construct; /* another type that may stand here; NULL: none */
    const char *const *values; /* the strings allowed; NULL: any */
    int64_t min, max;          /* of numbers, when max > min; of lists: how many */
} cfn__field;

/* A field of any record, and a row of a construct's. */
static inline const cfn_field *cfn__field_at(const cfn_record *record, size_t index)
{
    return (const cfn_field *)(const void *)((const char *)record->fields + index * record->stride);
}
static inline const cfn__field *cfn__row_at(const cfn_record *record, size_t index)
{
    return (const cfn__field *)(const void *)cfn__field_at(record, index);
}

/* The attributes, which are the last row of the props of every construct and resource; NULL in
 * other records. */
const cfn_attributes *cfn__attributes_in(const cfn_record *record, const void *props);

#define CFN__COUNT(array) (sizeof(array) / sizeof(array)[0])

/* How many bytes a field takes in its struct. */
size_t cfn__field_size(const cfn_field *field);

/* The size of an item of a list field. */
size_t cfn__item_size(const cfn_field *field);

const cfn__field *cfn__find_field(const cfn_record *record, const char *name);

bool cfn__is_list_field(const cfn__field *field);

/* What the value, or each item of a list, is called: "string", "whole number", "Cfngen::KMS::Key".
 */
const char *cfn__item_type_name(const cfn__field *field);

/* The same for the whole value: "list (each a string)"; in the arena. */
const char *cfn__field_type_name(cfn_arena *arena, const cfn__field *field);

/* What every list type looks like, for code that does not know the item. */
typedef CFN_LIST_OF(void) cfn__any_list;

#endif
