/* A template that is asserted on, and the short ways to assertions. */
#include "assertions/assertions.h"

#include <cfngen/read.h>
#include <stdlib.h>
#include <string.h>

const char *cfn__take_text(cfn_arena *arena, cfn__buffer *buffer)
{
    const char *text = "";
    if (buffer->failed)
        cfn__arena_fail(arena);
    else
        text = cfn__strndup(arena, buffer->text ? buffer->text : "", buffer->length);
    cfn__buffer_free(buffer);
    return text;
}

static cfn_assertions *make(const cfn_assertions_options *options)
{
    cfn_arena *arena = cfn_arena_new();
    cfn_diagnostics *diagnostics = cfn_diagnostics_new();
    cfn_assertions *t = arena && diagnostics ? CFN__NEW(arena, cfn_assertions) : NULL;
    if (!t) {
        cfn_arena_free(arena);
        cfn_diagnostics_free(diagnostics);
        return NULL;
    }
    *t = (cfn_assertions){.arena = arena, .diagnostics = diagnostics};
    if (options) {
        t->loose = options->loose;
        t->update = options->update_snapshots;
    }
    return t;
}

static void work_out(cfn_assertions *t, const cfn_assertions_options *options)
{
    if (!t->root || !options || (!options->resolve && !options->given_count))
        return;
    t->resolver =
        cfn__resolver_new(t->arena, t->root, options->given, options->given_count, &t->trouble);
    t->root = t->resolver && !t->trouble ? cfn__resolve_template(t->resolver) : NULL;
    if (!t->root && !t->trouble)
        t->trouble = "the template becomes too large when its values are worked out";
}

cfn_assertions *cfn_assertions_new(const cfn_node *root, const cfn_assertions_options *options)
{
    cfn_assertions *t = make(options);
    if (!t)
        return NULL;
    t->root = cfn__is_map(root) ? root : NULL;
    if (!t->root)
        t->trouble = "there is no template: see the diagnostics of the stack";
    work_out(t, options);
    return t;
}

cfn_assertions *cfn_assertions_read(const char *path, const cfn_assertions_options *options)
{
    cfn_assertions *t = make(options);
    if (!t)
        return NULL;
    t->root = cfn_read_file(t->arena, t->diagnostics, path, CFN_FORMAT_AUTO);
    if (!t->root)
        t->trouble = cfn_diagnostics_text(t->diagnostics, false);
    work_out(t, options);
    return t;
}

void cfn_assertions_free(cfn_assertions *t)
{
    if (!t)
        return;
    cfn__patterns_free(&t->regexes);
    cfn_diagnostics_free(t->diagnostics);
    cfn_arena_free(t->arena);
}

const cfn_node *cfn_assertions_template(const cfn_assertions *t)
{
    return t ? t->root : NULL;
}

const cfn_node *cfn_captured(const cfn_verdict *verdict, const char *name, size_t index)
{
    for (size_t i = 0; i < verdict->capture_count; i++)
        if (strcmp(verdict->captures[i].name, name) == 0 && index-- == 0)
            return verdict->captures[i].value;
    return NULL;
}

bool cfn_assertions_wants_update(void)
{
    const char *value = getenv("CFNGEN_UPDATE_SNAPSHOTS");
    return value && *value && strcmp(value, "0") != 0;
}

/* --- verdicts --- */

static const cfn_verdict no_memory = {.broken = true, .text = "memory is out\n"};

cfn_verdict cfn__whole(cfn_assertions *t, cfn_verdict verdict)
{
    return !t || cfn_arena_failed(t->arena) ? no_memory : verdict;
}

static cfn_verdict say(cfn_assertions *t, bool broken, const char *format, va_list arguments)
{
    const char *text = cfn__vformat(t->arena, format, arguments);
    size_t length = strlen(text);
    if (!length || text[length - 1] != '\n')
        text = cfn__format(t->arena, "%s\n", text);
    return cfn__whole(t, (cfn_verdict){.broken = broken, .text = text});
}

cfn_verdict cfn__undecided_by(cfn_assertions *t, cfn_diagnostics *diagnostics)
{
    const char *text = diagnostics ? cfn_diagnostics_text(diagnostics, false) : NULL;
    return text ? cfn__undecided(t, "%s", text) : no_memory;
}

cfn_verdict cfn__holds_not(cfn_assertions *t, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    cfn_verdict verdict = say(t, false, format, arguments);
    va_end(arguments);
    return verdict;
}

cfn_verdict cfn__undecided(cfn_assertions *t, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    cfn_verdict verdict = say(t, true, format, arguments);
    va_end(arguments);
    return verdict;
}

bool cfn__cannot_assert(cfn_assertions *t, cfn_verdict *verdict)
{
    if (!t || cfn_arena_failed(t->arena))
        *verdict = no_memory;
    else if (!t->root)
        *verdict = cfn__undecided(t, "%s", t->trouble ? t->trouble : "memory is out");
    else
        return false;
    return true;
}

const cfn_node *cfn__resolved_pattern(cfn_assertions *t, const cfn_node *pattern)
{
    return t->resolver && pattern ? cfn__resolve_value(t->resolver, pattern) : pattern;
}

/* --- with patterns as text --- */

/* What the reader had to say of a pattern may be why it does not match. */
static void add_remarks(cfn_assertions *t, cfn_verdict *verdict, cfn_diagnostics *diagnostics)
{
    const char *remarks = cfn_diagnostics_text(diagnostics, false);
    if (!remarks)
        *verdict = no_memory;
    else if (!verdict->holds && *remarks)
        verdict->text = cfn__format(t->arena, "%s\n%s", verdict->text, remarks);
    *verdict = cfn__whole(t, *verdict);
}

typedef cfn_verdict assertion_about(cfn_assertions *t, const cfn_assertion *assertion,
                                    const cfn_node *pattern);

static cfn_verdict with_pattern(cfn_assertions *t, const cfn_assertion *assertion,
                                assertion_about *about)
{
    cfn_verdict verdict;
    if (cfn__cannot_assert(t, &verdict))
        return verdict;
    cfn_diagnostics *diagnostics = cfn_diagnostics_new();
    const cfn_node *pattern = NULL;
    if (diagnostics && assertion->pattern)
        pattern = cfn__read_pattern(t->arena, diagnostics, assertion->pattern);
    if (!diagnostics || (assertion->pattern && !pattern))
        verdict = cfn__undecided(
            t, "%s", diagnostics ? cfn_diagnostics_text(diagnostics, false) : "memory is out");
    else
        verdict = about(t, assertion, pattern);
    if (diagnostics && !verdict.broken)
        add_remarks(t, &verdict, diagnostics);
    cfn_diagnostics_free(diagnostics);
    return verdict;
}

cfn_verdict cfn_assert(cfn_assertions *t, const cfn_assertion *assertion)
{
    return with_pattern(t, assertion, cfn__assert);
}

static cfn_verdict about_template(cfn_assertions *t, const cfn_assertion *assertion,
                                  const cfn_node *pattern)
{
    (void)assertion;
    return cfn__assert_template(t, pattern);
}

cfn_verdict cfn_assert_template(cfn_assertions *t, const char *pattern)
{
    return with_pattern(t, &(cfn_assertion){.pattern = pattern ? pattern : "{}"}, about_template);
}
