/* SQL that would make the target hold what the source holds. */
#ifndef CFN_COMPARE_REPAIR_H
#define CFN_COMPARE_REPAIR_H

#include "compare/run.h"

/* Writes the statements for the confirmed differences of all tables. */
void cfn__repair(cfn__run *run);

/* What is read of a column: a text from which the value can be made again. */
void cfn__add_repair_form(cfn__buffer *sql, cfn__family family, const cfn__column *column);

/* That text, of a column of the source, as a value for the target. */
void cfn__add_repair_literal(cfn__buffer *sql, cfn__family family, const cfn__column *column,
                             const char *text, size_t length);

/* The condition that a column of the target still has the value of that text. */
void cfn__add_repair_condition(cfn__buffer *sql, cfn__family family, const cfn__column *column,
                               const char *text, size_t length);

#endif
