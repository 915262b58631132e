/* Walks through folders of provider schemas, and decompresses what is compressed. */
#include "input.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <zstd.h>

enum { LONGEST_PATH = 4096, MOST_BYTES = 256 * 1024 * 1024 };

static bool say(const char *path, const char *what)
{
    fprintf(stderr, "cfngen-schema-build: %s: %s\n", path, what);
    return false;
}

static bool ends_with(const char *text, const char *suffix)
{
    size_t length = strlen(text), end = strlen(suffix);
    return length >= end && strcmp(text + length - end, suffix) == 0;
}

/* Takes the compressed text and gives the text; NULL after saying why. */
static char *decompress(const char *path, char *packed, size_t *length)
{
    unsigned long long size = ZSTD_getFrameContentSize(packed, *length);
    bool known = size != ZSTD_CONTENTSIZE_ERROR && size != ZSTD_CONTENTSIZE_UNKNOWN;
    char *text = known && size <= MOST_BYTES ? malloc((size_t)size + 1) : NULL;
    size_t got = text ? ZSTD_decompress(text, (size_t)size, packed, *length) : 0;
    free(packed);
    if (!text || ZSTD_isError(got)) {
        say(path, "the file cannot be decompressed");
        free(text);
        return NULL;
    }
    text[got] = '\0';
    *length = got;
    return text;
}

static char *read_open(const char *path, FILE *file, size_t *length)
{
    struct stat status;
    if (fstat(fileno(file), &status) != 0 || !S_ISREG(status.st_mode) ||
        status.st_size > MOST_BYTES) {
        say(path, "this is no file, or too large");
        return NULL;
    }
    char *text = malloc((size_t)status.st_size + 1);
    if (!text) {
        say(path, "memory is out");
        return NULL;
    }
    *length = fread(text, 1, (size_t)status.st_size, file);
    text[*length] = '\0';
    if (!ferror(file))
        return text;
    say(path, "the file cannot be read");
    free(text);
    return NULL;
}

char *read_input(const char *path, size_t *length)
{
    FILE *file = fopen(path, "rb");
    if (!file) {
        say(path, strerror(errno));
        return NULL;
    }
    char *text = read_open(path, file, length);
    fclose(file);
    return text && ends_with(path, ".zst") ? decompress(path, text, length) : text;
}

static bool add_file(cfn_schema_builder *builder, const char *region, const char *path,
                     const char *file)
{
    char name[LONGEST_PATH];
    size_t length = strlen(file), size;
    snprintf(name, sizeof name, "%.*s", (int)(length - (ends_with(file, ".zst") ? 4 : 0)), file);
    bool wanted = ends_with(name, ".json") || ends_with(name, ".jsonl") || ends_with(name, ".tsv");
    if (!wanted)
        return true;
    char *text = read_input(path, &size);
    if (!text)
        return false;
    bool taken = cfn_schema_builder_add(builder, region, name, text, size);
    free(text);
    if (!taken)
        say(path, "left out: its name means nothing here");
    return true;
}

/* "eu-central-1", "us-gov-west-1": letters and hyphens, and a digit at the end. */
static bool is_region(const char *name)
{
    size_t length = strlen(name);
    return length > 4 && strspn(name, "abcdefghijklmnopqrstuvwxyz-") == length - 1 &&
           name[length - 2] == '-' && name[length - 1] >= '1' && name[length - 1] <= '9';
}

static bool add_entries(cfn_schema_builder *builder, const char *region, const char *folder,
                        struct dirent **entries, int count)
{
    bool fine = true;
    for (int i = 0; i < count && fine; i++) {
        char path[LONGEST_PATH];
        const char *name = entries[i]->d_name;
        struct stat status;
        int length = snprintf(path, sizeof path, "%s/%s", folder, name);
        if (name[0] == '.')
            continue;
        if (length >= LONGEST_PATH || stat(path, &status) != 0)
            return say(path, "the file cannot be read");
        if (!S_ISDIR(status.st_mode)) {
            fine = add_file(builder, region, path, name);
        } else if (!region && is_region(name)) {
            struct dirent **inner = NULL;
            int found = scandir(path, &inner, NULL, alphasort);
            fine = found >= 0 ? add_entries(builder, name, path, inner, found)
                              : say(path, strerror(errno));
            for (int j = 0; j < found; j++)
                free(inner[j]);
            free(inner);
        }
    }
    return fine;
}

bool add_folder(cfn_schema_builder *builder, const char *path)
{
    struct dirent **entries = NULL;
    int count = scandir(path, &entries, NULL, alphasort);
    if (count < 0)
        return say(path, strerror(errno));
    bool fine = add_entries(builder, NULL, path, entries, count);
    for (int i = 0; i < count; i++)
        free(entries[i]);
    free(entries);
    return fine;
}
