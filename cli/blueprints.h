/* The blueprints that are part of the program: whole stack files that users copy. */
#ifndef CLI_BLUEPRINTS_H
#define CLI_BLUEPRINTS_H

#include "output.h"

enum { BLUEPRINT_NAME_SIZE = 64 };

typedef struct cli_blueprint {
    char name[BLUEPRINT_NAME_SIZE]; /* of its file, without .yaml */
    const char *text;
} cli_blueprint;

/* The blueprints, in the order of their names; false past the end. */
bool blueprint_at(size_t index, cli_blueprint *blueprint);

/* False, and *suggested filled with what to say after that, when there is none of that name. */
bool find_blueprint(const char *name, cli_blueprint *blueprint, cli_suggestion *suggested);

/* The Markdown of the blueprint's runbook, with {{OutputKey}} where a value goes; NULL: it has
 * none. */
const char *runbook_of(const char *blueprint);

#endif
