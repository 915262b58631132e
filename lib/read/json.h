/* The parts of the JSON reader. */
#ifndef CFN_READ_JSON_H
#define CFN_READ_JSON_H

#include "read/reader.h"

#include <jansson.h>

enum { CFN__JSON_FLAGS = JSON_REJECT_DUPLICATES | JSON_DECODE_ANY };

/* Says what is wrong with a text that jansson refused. */
void cfn__json_report(cfn__reader *reader, const json_error_t *error);

/* Reports the keys that a text gives twice, and its mistakes in syntax if there are any. */
void cfn__json_report_duplicates(cfn__reader *reader);

/* For programs that read secrets: jansson gives memory back by `free_memory`, which overwrites it.
 * To be called once, before anything is read. */
void cfn__json_free_memory_by(void (*free_memory)(void *memory));

#endif
