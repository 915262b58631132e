/* A resource type as C text. */
#include "bindings/bindings.h"

#include <string.h>

static const char *const kinds[] = {
#define KIND(kind, type) #kind,
    CFN__SORTS(KIND)
#undef KIND
};
static const char *const types[] = {
#define TYPE(kind, type) type,
    CFN__SORTS(TYPE)
#undef TYPE
};

/* Names of foreign facts may hold anything. */
static void print_quoted(cfn__buffer *out, const char *text)
{
    cfn__buffer_add_char(out, '"');
    for (const unsigned char *p = (const unsigned char *)text; *p; p++) {
        if (*p < ' ' || *p > '~' || *p == '"' || *p == '\\' || *p == '?')
            cfn__buffer_format(out, "\\%03o", *p);
        else
            cfn__buffer_add_char(out, (char)*p);
    }
    cfn__buffer_add_char(out, '"');
}

static bool is_props(const cfn__struct *s)
{
    return s->index == 0;
}

static void print_member(cfn__buffer *out, const cfn__member *m)
{
    if (m->sort == CFN__SORT_OBJECT)
        cfn__buffer_format(out, "    const %s *%s;", m->type, m->identifier);
    else if (m->sort == CFN__SORT_RECORD_LIST)
        cfn__buffer_format(out, "    %s_list %s;", m->type, m->identifier);
    else
        cfn__buffer_format(out, "    %s %s;", types[m->sort], m->identifier);
    if (m->required || m->deprecated)
        cfn__buffer_format(out, " /* %s%s%s */", m->required ? "required" : "",
                           m->required && m->deprecated ? ", " : "",
                           m->deprecated ? "deprecated" : "");
    cfn__buffer_add_char(out, '\n');
}

static void print_struct(cfn__buffer *out, const cfn__struct *s)
{
    cfn__buffer_format(out, "%sstruct %s {\n    CFN_GUARD\n", is_props(s) ? "typedef " : "",
                       s->name);
    for (const cfn__member *m = s->members; m; m = m->next)
        print_member(out, m);
    if (s->has_others)
        cfn__buffer_add_text(out, "    cfn_others others;\n");
    if (is_props(s))
        cfn__buffer_format(out, "    cfn_attributes attributes;\n} %s;\n", s->name);
    else
        cfn__buffer_add_text(out, "    cfn_str all;\n};\n");
}

static bool is_second_name(const cfn__member *m)
{
    return m->record && m->type != m->record->name;
}

static void print_second_names(cfn__buffer *out, const cfn__struct *s)
{
    for (const cfn__member *m = s->members; m; m = m->next) {
        if (!is_second_name(m))
            continue;
        cfn__buffer_format(out, "typedef struct %s %s;\n", m->record->name, m->type);
        if (m->sort == CFN__SORT_RECORD_LIST)
            cfn__buffer_format(out, "typedef %s_list %s_list;\n", m->record->name, m->type);
    }
}

/* Names come first: with them, structs may stand in any order and within themselves. */
static void print_structs(cfn__buffer *out, const cfn__binding *binding)
{
    for (const cfn__struct *s = binding->structs; s; s = s->next) {
        if (!is_props(s))
            cfn__buffer_format(out, "typedef struct %s %s;\n", s->name, s->name);
        if (s->listed)
            cfn__buffer_format(out, "typedef CFN_LIST_OF(%s) %s_list;\n", s->name, s->name);
    }
    for (const cfn__struct *s = binding->structs; s; s = s->next)
        print_second_names(out, s);
    for (const cfn__struct *s = binding->structs; s; s = s->next)
        print_struct(out, s);
}

/* ---- tables ---- */

static void print_row(cfn__buffer *out, const cfn__struct *s, const cfn__member *m)
{
    bool named = m->record || strcmp(m->name, m->identifier) != 0;
    cfn__buffer_format(out, "            CFN_FIELD%s(%s, %s, %s",
                       m->record ? "_OF"
                       : named   ? "_NAMED"
                                 : "",
                       s->name, kinds[m->sort], m->identifier);
    if (named) {
        cfn__buffer_add_text(out, ", ");
        print_quoted(out, m->name);
    }
    if (m->record)
        cfn__buffer_format(out, ", %zu", m->record->index);
    cfn__buffer_add_text(out, "),\n");
}

static void print_rows(cfn__buffer *out, const cfn__struct *s)
{
    for (const cfn__member *m = s->members; m; m = m->next)
        print_row(out, s, m);
    if (s->has_others)
        cfn__buffer_format(out, "            CFN_FIELD(%s, OTHERS, others),\n", s->name);
    cfn__buffer_format(out, "            CFN_FIELD(%s, %s),\n", s->name,
                       is_props(s) ? "ATTRIBUTES, attributes" : "ALL, all");
}

static void print_table(cfn__buffer *out, const cfn__binding *binding)
{
    cfn__buffer_format(out, "static inline const cfn_record *%s_record(void)\n{\n", binding->name);
    cfn__buffer_format(out, "    CFN_TABLE(%zu, %zu) = {\n        {\n", binding->struct_count,
                       binding->row_count);
    for (const cfn__struct *s = binding->structs; s; s = s->next)
        cfn__buffer_format(out, "            CFN_RECORD(%s, \"%s\", %zu, %zu),\n", s->name,
                           is_props(s) ? binding->type : s->name, s->first_row, s->rows);
    cfn__buffer_add_text(out, "        },\n        {\n");
    for (const cfn__struct *s = binding->structs; s; s = s->next)
        print_rows(out, s);
    cfn__buffer_add_text(out, "        }};\n    return table.records;\n}\n");
}

/* ---- functions ---- */

static void print_functions(cfn__buffer *out, const cfn__binding *binding)
{
    const char *name = binding->name;
    for (const cfn__struct *s = binding->structs; s; s = s->next)
        for (const cfn__member *m = s->members; m; m = m->next)
            if (m->record)
                cfn__buffer_format(out, "CFN_VALUE_OF(%s, %s, %zu)\n", m->type, name,
                                   m->record->index);
    cfn__buffer_format(out, "CFN_RESOURCE(%s)\n", name);
    cfn__buffer_format(out,
                       "#define %s_add(stack, id, ...) \\\n"
                       "    %s_add_at(stack, id, __VA_ARGS__, __FILE__, __LINE__)\n",
                       name, name);
    for (const cfn__accessor *a = binding->accessors; a; a = a->next) {
        cfn__buffer_format(out, "CFN_ATTRIBUTE%s(%s, %s, ", a->map ? "_MAP" : "", name, a->name);
        print_quoted(out, a->attribute);
        cfn__buffer_add_text(out, ")\n");
    }
}

void cfn__print_binding(cfn__buffer *out, const cfn__binding *binding)
{
    cfn__buffer_format(out, "\n/* ---- %s ---- */\n\n", binding->type);
    print_structs(out, binding);
    print_table(out, binding);
    print_functions(out, binding);
}
