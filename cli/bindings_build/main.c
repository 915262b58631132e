/* Writes the headers of services while cfngen itself is built: its constructs include them.
 *
 *     cfngen-bindings FOLDER SERVICE... */
#include <cfngen/bindings.h>
#include <stdio.h>

enum { STATUS_USAGE = 2, STATUS_TROUBLE = 3 };

int main(int argc, char **argv)
{
    if (argc < 3) {
        fputs("usage: cfngen-bindings FOLDER SERVICE...\n", stderr);
        return STATUS_USAGE;
    }
    cfn_diagnostics *diagnostics = cfn_diagnostics_new();
    bool good = diagnostics != NULL;
    for (int i = 2; i < argc && good; i++)
        good = cfn_bindings_write(cfn_schema_embedded(), diagnostics, argv[1], argv[i]);
    if (diagnostics && !good)
        fputs(cfn_diagnostics_text(diagnostics, false), stderr);
    cfn_diagnostics_free(diagnostics);
    return good ? 0 : STATUS_TROUBLE;
}
