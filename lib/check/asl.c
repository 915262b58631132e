/* State machines: where the definition of one stands, and the states in it. */
#include "check/asl.h"
#include "base/text.h"

#include <cfngen/read.h>

/* ---- the definition as a text ---- */

/* What a function gives is not known; ${} stands for it, and inside of a Fn::Sub's text the
 * variables do so themselves. */
static const char unknown[] = "${}";

static void add_sub(cfn__buffer *out, const char *text)
{
    cfn__sub_piece piece;
    while (cfn__sub_next(&text, &piece)) {
        bool literal = cfn__starts_with(piece.start, "${!");
        if (piece.name)
            cfn__buffer_add_text(out, unknown);
        else if (literal)
            cfn__buffer_format(out, "${%.*s", (int)piece.length - 3, piece.start + 3);
        else
            cfn__buffer_add(out, piece.start, piece.length);
    }
}

static void add_value(cfn__buffer *out, const cfn_node *value)
{
    const cfn_node *sub = cfn_node_get(value, "Fn::Sub");
    const cfn_node *text = cfn__is_list(sub) ? sub->first : sub;
    if (!cfn__is_intrinsic(value) && cfn_node_text(value))
        cfn__buffer_add_text(out, cfn_node_text(value));
    else if (cfn__is_string(text))
        add_sub(out, text->text);
    else
        cfn__buffer_add_text(out, unknown);
}

/* False for a function whose text is not known at all. */
static bool add_definition(cfn__buffer *out, const cfn_node *value)
{
    const cfn_node *join = cfn_node_get(value, "Fn::Join");
    bool joined = cfn__is_list(join) && join->size == 2 && cfn__is_string(join->first) &&
                  cfn__is_list(join->last);
    if (!joined) {
        add_value(out, value);
        return cfn__is_string(value) || cfn_node_get(value, "Fn::Sub");
    }
    for (const cfn_node *n = join->last->first; n; n = n->next) {
        if (n != join->last->first)
            cfn__buffer_add_text(out, join->first->text);
        add_value(out, n);
    }
    return true;
}

/* How long the ${name} is that begins here; 0: none does. */
static size_t substitution_length(const char *text)
{
    if (text[0] != '$' || text[1] != '{')
        return 0;
    size_t end = 2 + strcspn(text + 2, "${}\"\\ \n");
    return text[end] == '}' ? end + 1 : 0;
}

/* Outside of quotes a substitution stands for a number or a truth: it gets quotes, so that the text
 * can be read. */
static void add_quotes(cfn__buffer *out, const char *text)
{
    bool quoted = false;
    for (const char *p = text; *p; p++) {
        size_t length = quoted ? 0 : substitution_length(p);
        if (*p == '"')
            quoted = !quoted;
        if (quoted && *p == '\\' && p[1]) {
            cfn__buffer_add(out, p++, 2);
        } else if (length) {
            cfn__buffer_format(out, "\"%.*s\"", (int)length, p);
            p += length - 1;
        } else {
            cfn__buffer_add_char(out, *p);
        }
    }
}

/* ---- substitutions ---- */

/* Names are those of ${name}, made of letters and digits, in the text as Step Functions gets it. */
static void check_substitution(cfn__machine *machine, const char *name, size_t length)
{
    const cfn_node *substitutions =
        cfn__get(machine->check->resource->properties, "DefinitionSubstitutions");
    const char *key = cfn__strndup(machine->check->out.arena, name, length);
    if (!key ||
        (substitutions && (!cfn__is_map(substitutions) || cfn__is_intrinsic(substitutions))))
        return;
    for (const char *p = key; *p; p++)
        if (!cfn__is_alphanumeric(*p) && *p != '_')
            return;
    if (!*key || cfn__get(substitutions, key))
        return;
    cfn__complain(&machine->check->out, CFN3148, machine->text,
                  "DefinitionSubstitutions has no %.100s, so ${%.100s} stays as it is", key, key);
    cfn__search search = cfn__search_for(&machine->check->out, key);
    if (substitutions)
        cfn__search_members(&search, substitutions);
    cfn__hint_nearest(machine->check->out.diagnostics, search.best);
}

static void check_substitutions(cfn__machine *machine, const char *text)
{
    for (const char *p = text; (p = strstr(p, "${")); p += 2) {
        size_t length = substitution_length(p);
        if (length)
            check_substitution(machine, p + 2, length - 3);
    }
}

/* ---- the machine ---- */

static void tell_errors(cfn__machine *machine, cfn_diagnostics *found)
{
    for (size_t i = 0; i < cfn_diagnostics_size(found); i++) {
        const cfn_diagnostic *d = cfn_diagnostics_at(found, i);
        if (d->severity == CFN_ERROR)
            cfn__complain(&machine->check->out, CFN3141, machine->text,
                          "the definition cannot be read: line %u, column %u: %s", d->mark.line,
                          d->mark.column, d->message);
    }
}

static const cfn_node *read_definition(cfn__machine *machine)
{
    cfn__buffer text = {0}, readable = {0};
    const cfn_node *root = NULL;
    cfn_diagnostics *found = cfn_diagnostics_new();
    if (found && add_definition(&text, machine->text) && text.text) {
        machine->lines = strchr(text.text, '\n');
        check_substitutions(machine, text.text);
        add_quotes(&readable, text.text);
        root = cfn_read_text(machine->check->out.arena, found, "DefinitionString",
                             readable.text ? readable.text : "", readable.length, CFN_FORMAT_JSON);
        tell_errors(machine, found);
    }
    cfn__buffer_free(&text);
    cfn__buffer_free(&readable);
    cfn_diagnostics_free(found);
    return root;
}

static unsigned language_of(const cfn_node *root)
{
    return cfn__text_is(cfn_node_get(root, "QueryLanguage"), "JSONata") ? CFN__JSONATA
                                                                        : CFN__JSONPATH;
}

void cfn__check_state_machine(cfn__check *check)
{
    cfn__machine machine = {.check = check};
    const cfn_node *root = cfn__get(check->resource->properties, "Definition");
    const cfn_node *text = cfn__get(check->resource->properties, "DefinitionString");
    if (!root && text && !strstr(cfn__is_string(text) ? text->text : "", "{{resolve:")) {
        machine.text = text;
        root = read_definition(&machine);
    }
    if (cfn__is_map(root) && !cfn__is_intrinsic(root))
        cfn__asl_states(&machine, root, language_of(root));
}
