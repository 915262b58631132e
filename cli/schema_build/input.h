/* The files of a folder, as the builder of facts takes them. */
#ifndef CLI_SCHEMA_BUILD_INPUT_H
#define CLI_SCHEMA_BUILD_INPUT_H

#include <cfngen/schema_build.h>

/* Adds the files of a folder, and those of the folders in it that are named for a region, in the
 * order of their names. Files that end in .zst are decompressed. False after saying what cannot be
 * read. */
bool add_folder(cfn_schema_builder *builder, const char *path);

/* A whole file, which the caller frees; NULL after saying why. */
char *read_input(const char *path, size_t *length);

#endif
