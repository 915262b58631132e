/* How types, properties and attributes are called in C. */
#include "base/text.h"
#include "bindings/bindings.h"

#include <string.h>

/* Keywords of C and C++, macros that compilers and the headers of the bindings define, and the
 * members that every struct has. */
static const char *const reserved[] = {
    "alignas",
    "alignof",
    "all",
    "and",
    "and_eq",
    "asm",
    "attributes",
    "auto",
    "bitand",
    "bitor",
    "bool",
    "break",
    "case",
    "catch",
    "char",
    "class",
    "co_await",
    "co_return",
    "co_yield",
    "compl",
    "concept",
    "const",
    "const_cast",
    "consteval",
    "constexpr",
    "constinit",
    "continue",
    "decltype",
    "default",
    "delete",
    "do",
    "double",
    "dynamic_cast",
    "else",
    "enum",
    "errno",
    "explicit",
    "export",
    "extern",
    "false",
    "float",
    "for",
    "friend",
    "goto",
    "guard_",
    "if",
    "inline",
    "int",
    "linux",
    "long",
    "mutable",
    "namespace",
    "new",
    "noexcept",
    "not",
    "not_eq",
    "nullptr",
    "operator",
    "or",
    "or_eq",
    "others",
    "private",
    "protected",
    "public",
    "register",
    "reinterpret_cast",
    "requires",
    "restrict",
    "return",
    "short",
    "signed",
    "sizeof",
    "static",
    "static_assert",
    "static_cast",
    "stderr",
    "stdin",
    "stdout",
    "struct",
    "switch",
    "template",
    "this",
    "thread_local",
    "throw",
    "true",
    "try",
    "typedef",
    "typeid",
    "typename",
    "typeof",
    "typeof_unqual",
    "union",
    "unix",
    "unsigned",
    "using",
    "virtual",
    "void",
    "volatile",
    "wchar_t",
    "while",
    "xor",
    "xor_eq",
    "EOF",
    "I",
    "NULL",
};

static bool is_reserved(const char *name)
{
    for (size_t i = 0; i < sizeof reserved / sizeof *reserved; i++)
        if (strcmp(reserved[i], name) == 0)
            return true;
    return false;
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c;
}

/* How long the word of letters and digits is. */
static size_t word_length(const char *text)
{
    size_t length = 0;
    while (cfn__is_alphanumeric(text[length]))
        length++;
    return length;
}

size_t cfn__service_length(const char *type)
{
    size_t words = 0, service = 0;
    const char *p = cfn__is_letter(*type) ? type : "";
    for (size_t length; (length = word_length(p)); words++) {
        p += length;
        if (words == 1)
            service = (size_t)(p - type);
        if (!*p)
            return words >= 2 ? service : 0;
        p += strncmp(p, "::", 2) == 0 ? 2 : 0;
        if (p[-1] != ':')
            return 0;
    }
    return 0;
}

const char *cfn__part_identifier(cfn_arena *arena, const char *name)
{
    char *identifier = cfn__strdup(arena, name);
    for (char *p = identifier; *p; p++)
        if (!cfn__is_alphanumeric(*p))
            *p = '_';
    return identifier;
}

const char *cfn__member_identifier(cfn_arena *arena, const char *name)
{
    const char *identifier = cfn__part_identifier(arena, name);
    if (is_reserved(identifier))
        return cfn__format(arena, "%s_", identifier);
    bool starts_badly = !*identifier || cfn__is_digit(*identifier);
    return starts_badly ? cfn__format(arena, "_%s", identifier) : identifier;
}

const char *cfn__type_identifier(cfn_arena *arena, const char *type)
{
    cfn__buffer b = {0};
    size_t service = cfn__service_length(type);
    for (size_t i = 0; type[i]; i++) {
        if (strncmp(type + i, "::", 2) == 0)
            i++;
        cfn__buffer_add_char(&b, !cfn__is_alphanumeric(type[i]) ? '_'
                                 : i < service                  ? lower(type[i])
                                                                : type[i]);
    }
    return cfn__buffer_take(&b, arena);
}
