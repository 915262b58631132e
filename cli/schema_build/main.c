/* cfngen-schema-build: makes a file of facts out of folders of provider schemas. `cfngen schema
 * build` runs it; it is a program of its own so that cfngen does not need libzstd. */
#include "input.h"

#include <cfngen/cfngen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { STATUS_CLEAN = 0, STATUS_FINDINGS = 1, STATUS_USAGE = 2, STATUS_TROUBLE = 3 };

typedef struct arguments {
    const char *output, *wrong;
    bool help;
} arguments;

static int print_usage(FILE *stream)
{
    fputs("Usage: cfngen schema build DIR... -o FILE [--source TEXT]... [--date DATE]\n"
          "\n"
          "Makes a file of facts about resource types out of provider schemas.\n"
          "\n"
          "DIR holds provider schemas as AWS publishes them, a .json file each, or a folder of\n"
          "them for each region (us-east-1/aws-sqs-queue.json); and the tables that\n"
          "docs/schema.md describes. Files that end in .zst are decompressed.\n"
          "\n"
          "Options:\n"
          "  -o, --output FILE   Where to write\n"
          "      --source TEXT   Where the facts come from; may be repeated\n"
          "      --date DATE     Of which day they are\n"
          "  -h, --help          Show this help\n",
          stream);
    return stream == stdout ? STATUS_CLEAN : STATUS_USAGE;
}

/* Options are taken out of argv; folders stay, from argv[1] on. */
static int take_arguments(cfn_schema_builder *builder, arguments *a, char **argv)
{
    int folders = 1;
    for (char **p = argv + 1; *p; p++) {
        bool output = strcmp(*p, "-o") == 0 || strcmp(*p, "--output") == 0;
        bool origin = strcmp(*p, "--source") == 0 || strcmp(*p, "--date") == 0;
        a->help = a->help || strcmp(*p, "--help") == 0 || strcmp(*p, "-h") == 0;
        if ((output || origin) && !p[1])
            a->wrong = *p;
        else if (output)
            a->output = *++p;
        else if (origin) {
            cfn_schema_builder_origin(builder, *p + 2, p[1]);
            p++;
        } else if ((*p)[0] == '-')
            a->wrong = *p;
        else
            argv[folders++] = *p;
    }
    argv[folders] = NULL;
    return folders;
}

static int build(cfn_schema_builder *builder, cfn_diagnostics *diagnostics, const arguments *a,
                 char **folders)
{
    size_t size = 0;
    for (; *folders; folders++)
        if (!add_folder(builder, *folders))
            return STATUS_TROUBLE;
    const char *facts = cfn_schema_builder_finish(builder, &size);
    bool written = facts && cfn_write_file(diagnostics, a->output, facts, size);
    const char *text = cfn_diagnostics_text(diagnostics, false);
    fputs(text ? text : "memory is out\n", stderr);
    return written ? STATUS_CLEAN : facts ? STATUS_TROUBLE : STATUS_FINDINGS;
}

int main(int argc, char **argv)
{
    arguments a = {0};
    cfn_diagnostics *diagnostics = cfn_diagnostics_new();
    cfn_schema_builder *builder = diagnostics ? cfn_schema_builder_new(diagnostics) : NULL;
    int status = STATUS_TROUBLE;
    if (builder && argc > 0) {
        int folders = take_arguments(builder, &a, argv);
        if (a.help)
            status = print_usage(stdout);
        else if (a.wrong || folders < 2 || !a.output)
            status = print_usage(stderr);
        else
            status = build(builder, diagnostics, &a, argv + 1);
    }
    cfn_schema_builder_free(builder);
    cfn_diagnostics_free(diagnostics);
    return status;
}
