/* Embeds the files of templates/, stack files and runbooks; the Makefile writes blueprints.inc,
 * which lists them. */
#include "blueprints.h"

#include <string.h>

/* The assembler copies the file, because C11 cannot. */
#define EMBED(name, path)                                                                          \
    __asm__(".pushsection .rodata\n"                                                               \
            "cli_" #name ":\n"                                                                     \
            ".incbin \"" path "\"\n"                                                               \
            ".byte 0\n"                                                                            \
            ".popsection\n");                                                                      \
    extern const char cli_##name[] __attribute__((visibility("hidden")));
#define BLUEPRINT(name, path) EMBED(blueprint_##name, path)
#define RUNBOOK(name, path)   EMBED(runbook_##name, path)
#include "blueprints.inc"
#undef BLUEPRINT
#undef RUNBOOK

typedef struct embedded {
    const char *path, *text;
} embedded;

#define BLUEPRINT(name, path) {path, cli_blueprint_##name},
#define RUNBOOK(name, path)
static const embedded blueprints[] = {
#include "blueprints.inc"
    {NULL, NULL},
};
#undef BLUEPRINT
#undef RUNBOOK

#define BLUEPRINT(name, path)
#define RUNBOOK(name, path) {path, cli_runbook_##name},
static const embedded runbooks[] = {
#include "blueprints.inc"
    {NULL, NULL},
};
#undef BLUEPRINT
#undef RUNBOOK

/* The name of the blueprint that the file belongs to. */
static void take_name(char name[BLUEPRINT_NAME_SIZE], const char *path)
{
    const char *slash = strrchr(path, '/');
    const char *file = slash ? slash + 1 : path;
    snprintf(name, BLUEPRINT_NAME_SIZE, "%.*s", (int)strcspn(file, "."), file);
}

bool blueprint_at(size_t index, cli_blueprint *blueprint)
{
    if (index + 1 >= sizeof blueprints / sizeof *blueprints)
        return false;
    take_name(blueprint->name, blueprints[index].path);
    blueprint->text = blueprints[index].text;
    return true;
}

bool find_blueprint(const char *name, cli_blueprint *blueprint, cli_suggestion *suggested)
{
    char names[sizeof blueprints / sizeof *blueprints][BLUEPRINT_NAME_SIZE];
    cli_words words = {0};
    for (size_t i = 0; blueprint_at(i, blueprint); i++) {
        if (strcmp(blueprint->name, name) == 0)
            return true;
        memcpy(names[i], blueprint->name, sizeof names[i]);
        add_word(&words, names[i]);
    }
    *suggested = suggest("", name, &words);
    if (!*suggested->text)
        snprintf(suggested->text, sizeof suggested->text,
                 "; \"cfngen list blueprints\" lists them");
    return false;
}

const char *runbook_of(const char *blueprint)
{
    char name[BLUEPRINT_NAME_SIZE];
    for (size_t i = 0; runbooks[i].path; i++) {
        take_name(name, runbooks[i].path);
        if (strcmp(name, blueprint) == 0)
            return runbooks[i].text;
    }
    return NULL;
}
