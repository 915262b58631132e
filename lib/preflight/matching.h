/* What Aurora takes of the source's values, and what it cannot have. */
#ifndef CFN_PREFLIGHT_MATCHING_H
#define CFN_PREFLIGHT_MATCHING_H

#include "preflight/preflight.h"

enum { CFN__MOST_NOTES = 40 };

typedef struct cfn__matching {
    const cfn__facts *facts;
    cfn__family family;
    const char **notes;
    size_t note_count;
    bool foreign_character_set; /* one that MySQL does not have */
} cfn__matching;

/* Each puts what Aurora takes in place of the value; false, with a note, when it takes nothing. */
bool cfn__take_character_set(cfn__matching *matching, const char **value);
bool cfn__take_collation(cfn__matching *matching, const char **value);
bool cfn__take_time_zone(cfn__matching *matching, const char **value);
bool cfn__take_letter_case(cfn__matching *matching, const char **value);
bool cfn__take_sql_mode(cfn__matching *matching, const char **value);
bool cfn__take_log_statement(cfn__matching *matching, const char **value);

/* Notes what differs and is no parameter of Aurora's groups. */
void cfn__note_the_rest(cfn__matching *matching);

#endif
