/* Embeds the files of templates/; the Makefile writes blueprints.inc, which lists them. */
#include "blueprints.h"

#include <string.h>

/* The assembler copies the file, because C11 cannot. */
#define BLUEPRINT(name, path)                                                                      \
    __asm__(".pushsection .rodata\n"                                                               \
            "cli_blueprint_" #name ":\n"                                                           \
            ".incbin \"" path "\"\n"                                                               \
            ".byte 0\n"                                                                            \
            ".popsection\n");                                                                      \
    extern const char cli_blueprint_##name[] __attribute__((visibility("hidden")));
#include "blueprints.inc"
#undef BLUEPRINT

#define BLUEPRINT(name, path) {path, cli_blueprint_##name},
static const struct {
    const char *path, *text;
} blueprints[] = {
#include "blueprints.inc"
    {NULL, NULL},
};
#undef BLUEPRINT

bool blueprint_at(size_t index, cli_blueprint *blueprint)
{
    if (index + 1 >= sizeof blueprints / sizeof *blueprints)
        return false;
    const char *slash = strrchr(blueprints[index].path, '/');
    const char *file = slash ? slash + 1 : blueprints[index].path;
    const char *dot = strrchr(file, '.');
    int length = (int)(dot ? (size_t)(dot - file) : strlen(file));
    snprintf(blueprint->name, sizeof blueprint->name, "%.*s", length, file);
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
    return false;
}
