/* What `cfngen explain` can speak of, found by the name a user types. */
#ifndef CLI_EXPLAIN_H
#define CLI_EXPLAIN_H

#include "output.h"

#include <cfngen/constructs.h>

/* A construct, one of its properties (or of their members), or one of its attributes. */
typedef struct cli_subject {
    const cfn_construct_facts *construct;
    const cfn_property *property; /* NULL: none */
    bool is_attribute;
    cfn_construct_entry attribute;
    char path[200]; /* the name in full, as Cfngen::KMS::Key.Description */
} cli_subject;

/* Finds CONSTRUCT[.Property[.Member]] or CONSTRUCT.Attribute. Letter case does not count, and a
 * construct's name may begin at any of its words that leaves no doubt. STATUS_USAGE after saying
 * what is wrong. */
int find_subject(const cli_command *command, const char *name, cli_subject *subject);

/* Whether the name up to its first dot is that of a construct. */
bool names_construct(const char *name);

void explain_text(const cli_subject *subject);
void explain_json(const cli_subject *subject);

#endif
