/* Checks that the records of a table tile their structs; tests/project/bindings.sh adds the types. */
#include "stack/field.h"
#include <stdio.h>

static unsigned records, faults;

static void check_record(const cfn_record *record)
{
    size_t end = 0;
    for (size_t i = 0; i < record->count; i++) {
        const cfn_field *field = cfn__field_at(record, i);
        if (field->offset < end || field->offset - end >= sizeof(void *)) {
            printf("%s: %s is at %zu, the row before it ends at %zu\n", record->name, field->name,
                   field->offset, end);
            faults++;
        }
        end = field->offset + cfn__field_size(field);
    }
    if (end > record->size || record->size - end >= sizeof(void *)) {
        printf("%s: its rows end at %zu of %zu\n", record->name, end, record->size);
        faults++;
    }
    records++;
}

/* The records of a type stand side by side, and their fields one after the other. */
static void check(const cfn_record *first)
{
    const cfn_record *record = first;
    const cfn_field *next = first->fields;
    while ((const void *)record != (const void *)first->fields) {
        if (record->fields != next) {
            printf("%s: the record begins at another row\n", record->name);
            faults++;
        }
        next = record->fields + record->count;
        check_record(record++);
    }
}

static int finish(void)
{
    printf("%u records\n", records);
    return faults != 0 || records < 10000;
}
