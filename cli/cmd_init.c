/* cfngen init: copies a blueprint to where the user works on it. */
#include "blueprints.h"

#include <cfngen/write.h>
#include <errno.h>
#include <string.h>
#include <sys/stat.h>

enum { LONGEST_PATH = 4096 };

/* Makes the folder and those it stands in. */
static int make_folder(const char *folder)
{
    char path[LONGEST_PATH];
    size_t length = strlen(folder);
    if (length >= sizeof path)
        return trouble("the folder %s cannot be made: %s", folder, strerror(ENAMETOOLONG));
    memcpy(path, folder, length + 1);
    for (size_t i = 1; i <= length; i++) {
        if (path[i] != '/' && path[i])
            continue;
        path[i] = '\0';
        if (mkdir(path, 0777) != 0 && errno != EEXIST)
            return trouble("the folder %s cannot be made: %s", folder, strerror(errno));
        path[i] = '/';
    }
    return STATUS_CLEAN;
}

static bool exists(const char *path)
{
    struct stat status;
    return lstat(path, &status) == 0;
}

static int write_blueprint(const cli_blueprint *blueprint, const char *path)
{
    cfn_diagnostics *diagnostics = cfn_diagnostics_new();
    if (!diagnostics)
        return out_of_memory();
    cfn_write_file(diagnostics, path, blueprint->text, strlen(blueprint->text));
    print_diagnostics(stderr, diagnostics, false);
    int status = diagnostics_status(diagnostics, false);
    cfn_diagnostics_free(diagnostics);
    return status;
}

static int copy_into(const cli_blueprint *blueprint, const char *folder, bool force)
{
    char path[LONGEST_PATH + BLUEPRINT_NAME_SIZE];
    int status = make_folder(folder);
    if (status != STATUS_CLEAN)
        return status;
    bool here = strcmp(folder, ".") == 0;
    size_t length = strlen(folder);
    snprintf(path, sizeof path, "%s%s%s.yaml", here ? "" : folder,
             here || folder[length - 1] == '/' ? "" : "/", blueprint->name);
    if (!force && exists(path))
        return trouble("%s exists already; --force writes over it", path);
    status = write_blueprint(blueprint, path);
    if (status == STATUS_CLEAN)
        printf("%s is yours to change. Then:\n  cfngen synth %s --environment dev --suffix v1 -o "
               "%s.template.json\n",
               path, path, blueprint->name);
    return status;
}

int cmd_init(const cli_arguments *arguments)
{
    if (arguments->operand_count == 0) {
        print_list("blueprints", false);
        return STATUS_CLEAN;
    }
    cli_blueprint blueprint;
    cli_suggestion suggested;
    const char *name = arguments->operands[0];
    if (!find_blueprint(name, &blueprint, &suggested))
        return usage_error(arguments->command, "there is no blueprint %s%s", name, suggested.text);
    const char *folder = arguments->operand_count > 1 ? arguments->operands[1] : ".";
    if (!*folder)
        return usage_error(arguments->command, "DIR is empty");
    if (strcmp(folder, "-") == 0)
        return write_blueprint(&blueprint, folder);
    return copy_into(&blueprint, folder, option_value(arguments, "force"));
}
