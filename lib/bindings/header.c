/* Headers of services: their names, their text and their files. */
#include "base/diagnostics.h"
#include "base/text.h"
#include "bindings/bindings.h"

#include <cfngen/write.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

static const char *name_of(const cfn_schema *schema, const cfn_schema_type *type)
{
    return cfn_schema_type_describe(schema, type).name;
}

const char *const *cfn_bindings_services(cfn_arena *arena, const cfn_schema *schema)
{
    size_t types = cfn_schema_type_count(schema), count = 0, last_length = 0;
    const char **services = CFN__NEW_ARRAY(arena, types + 1, const char *);
    const char *last = "";
    for (size_t i = 0; i < types && services; i++) {
        const char *name = name_of(schema, cfn_schema_type_at(schema, i));
        size_t length = cfn__service_length(name);
        if (!length || (length == last_length && memcmp(last, name, length) == 0))
            continue; /* the types of a service stand together */
        services[count++] = cfn__strndup(arena, name, length);
        last = name;
        last_length = length;
    }
    return cfn_arena_failed(arena) ? NULL : services;
}

/* "AWS::RDS" is "cfngen/aws/rds.h". */
const char *cfn_bindings_path(cfn_arena *arena, const char *service)
{
    const char *rest = strstr(service, "::");
    char *path =
        cfn__format(arena, "cfngen/%.*s/%s.h", (int)(rest ? rest - service : (long)strlen(service)),
                    service, rest ? rest + 2 : "");
    for (char *p = path; *p; p++)
        if (*p >= 'A' && *p <= 'Z')
            *p = (char)(*p | 0x20);
    return path;
}

/* "cfngen/aws/rds.h" is guarded by CFNGEN_AWS_RDS_H. */
static const char *guard_of(cfn_arena *arena, const char *path)
{
    char *guard = cfn__strdup(arena, path);
    for (char *p = guard; *p; p++)
        *p = !cfn__is_alphanumeric(*p) ? '_' : *p >= 'a' && *p <= 'z' ? (char)(*p & ~0x20) : *p;
    return guard;
}

static bool belongs(const char *type, const char *service)
{
    size_t length = cfn__service_length(type);
    return length && strlen(service) == length && memcmp(type, service, length) == 0;
}

/* Prints each type of the service; false when there is none, or memory is out. */
static bool print_types(cfn__buffer *out, cfn_arena *arena, const cfn_schema *schema,
                        const char *service)
{
    cfn__names names = {.arena = arena};
    const cfn_schema_type *type;
    bool found = false;
    for (size_t i = 0; (type = cfn_schema_type_at(schema, i)); i++)
        if (belongs(name_of(schema, type), service))
            cfn__take_names(&names, schema, type);
    for (size_t i = 0; (type = cfn_schema_type_at(schema, i)); i++) {
        if (!belongs(name_of(schema, type), service))
            continue;
        const cfn__binding *binding = cfn__bind_type(&names, schema, type);
        if (!binding)
            return false;
        cfn__print_binding(out, binding);
        found = true;
    }
    return found;
}

const char *cfn_bindings_text(cfn_arena *arena, const cfn_schema *schema, const char *service,
                              size_t *length)
{
    cfn__buffer out = {0};
    const char *guard = guard_of(arena, cfn_bindings_path(arena, service));
    cfn__buffer_format(&out,
                       "/* %s: typed C bindings of its resource types, made by cfngen. Do not "
                       "edit;\n * docs/bindings.md explains them. */\n"
                       "#ifndef %s\n#define %s\n\n#include <cfngen/record.h>\n"
                       "#include <cfngen/stack.h>\n\nCFN_BEGIN_DECLS\n",
                       service, guard, guard);
    bool good = print_types(&out, arena, schema, service);
    cfn__buffer_add_text(&out, "\nCFN_END_DECLS\n\n#endif\n");
    good = good && !out.failed;
    const char *text = good ? cfn__strndup(arena, out.text, out.length) : NULL;
    *length = out.length;
    cfn__buffer_free(&out);
    return good && !cfn_arena_failed(arena) ? text : NULL;
}

/* ---- files ---- */

/* Makes the folders of a path. What goes wrong shows when the file is written. */
static void make_folders(char *path)
{
    for (char *slash = strchr(path + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        mkdir(path, 0777);
        *slash = '/';
    }
}

/* Whether the file holds this text and no more. */
static bool holds(const char *path, const char *text, size_t length)
{
    char part[4096];
    FILE *file = fopen(path, "rb");
    bool same = file != NULL;
    while (same && length) {
        size_t got = fread(part, 1, length < sizeof part ? length : sizeof part, file);
        same = got && memcmp(part, text, got) == 0;
        text += got;
        length -= got;
    }
    same = same && fgetc(file) == EOF && !ferror(file);
    if (file)
        fclose(file);
    return same;
}

bool cfn_bindings_write(const cfn_schema *schema, cfn_diagnostics *diagnostics, const char *folder,
                        const char *service)
{
    size_t length;
    cfn_arena *arena = cfn_arena_new();
    const char *text = arena ? cfn_bindings_text(arena, schema, service, &length) : NULL;
    bool good = false;
    if (text) {
        char *path = cfn__format(arena, "%s/%s", folder, cfn_bindings_path(arena, service));
        make_folders(path);
        good = holds(path, text, length) || cfn_write_file(diagnostics, path, text, length);
    }
    if (!arena || cfn_arena_failed(arena)) {
        cfn__report_no_memory(diagnostics);
        good = false;
    } else if (!text) {
        cfn__report_at(diagnostics, CFN3006, (cfn__place){0}, NULL,
                       "the facts know no resource types of %s", service);
        cfn__hint(diagnostics, "cfn_bindings_services() names the services");
    }
    cfn_arena_free(arena);
    return good;
}
