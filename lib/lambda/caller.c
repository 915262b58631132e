/* Calls, and what their failures are called. */
#include "lambda/caller.h"

#include "base/text.h"
#include "lambda/xml.h"

#include <cfngen/read.h>
#include <string.h>

/* Codes of AWS by their beginnings. */
static const struct {
    const char *code;
    cfn__failure_type type;
} types[] = {
    {"AccessDenied", CFN__ACCESS_DENIED},
    {"AuthorizationError", CFN__ACCESS_DENIED},
    {"KMSAccessDenied", CFN__ACCESS_DENIED},
    {"ParameterNotFound", CFN__NOT_FOUND},
    {"ParameterVersionNotFound", CFN__NOT_FOUND},
    {"ResourceNotFound", CFN__NOT_FOUND},
    {"NoSuchHostedZone", CFN__NOT_FOUND},
    {"NoSuchChange", CFN__NOT_FOUND},
    {"NotFound", CFN__NOT_FOUND},
};

static cfn__failure_type type_of(const cfn__response *response, const char *code)
{
    if (cfn__aws_is_throttled(code) || response->status == 429)
        return CFN__THROTTLED;
    if (response->status == 0 || response->status >= 500)
        return CFN__UNREACHABLE;
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (cfn__starts_with(code, types[i].code))
            return types[i].type;
    return CFN__CALL_FAILED;
}

bool cfn__bad_answer(const cfn__caller *caller, const char *what)
{
    if (cfn_arena_failed(caller->arena))
        return cfn__fails(caller->failure, CFN__OUT_OF_MEMORY, "%s: memory is out", what);
    return cfn__fails(caller->failure, CFN__CALL_FAILED,
                      "%s: the answer of AWS has not the form that it must have", what);
}

/* The texts of nodes are copied into the arena by both readers. */
static const cfn_node *read_answer(const cfn__caller *caller, cfn__aws_call call,
                                   const cfn__response *response, const char *what)
{
    const cfn_node *root = NULL;
    if (cfn__aws_answers_xml(call)) {
        root = cfn__read_xml(caller->arena, response->body, response->length);
    } else {
        cfn_diagnostics *diagnostics = cfn_diagnostics_new();
        root = diagnostics ? cfn_read_text(caller->arena, diagnostics, "answer", response->body,
                                           response->length, CFN_FORMAT_JSON)
                           : NULL;
        cfn_diagnostics_free(diagnostics);
    }
    if (!root || response->is_cut)
        cfn__bad_answer(caller, what);
    return response->is_cut ? NULL : root;
}

const cfn_node *cfn__call(const cfn__caller *caller, cfn__aws_call call, const char *path,
                          cfn__buffer *body, const char *what)
{
    char code[CFN__ERROR_CODE_SIZE] = "";
    cfn__response response = {0};
    const cfn_node *root = NULL;
    if (body && body->failed)
        cfn__fails(caller->failure, CFN__OUT_OF_MEMORY, "%s: memory is out", what);
    else if (cfn__aws_call_service(caller->aws, call, path, body ? body->text : NULL,
                                   body ? body->length : 0, &response, code))
        root = read_answer(caller, call, &response, what);
    else if (!caller->tolerated || strcmp(code, caller->tolerated) != 0)
        cfn__aws_fails(caller->failure, type_of(&response, code), what, call, &response, code);
    cfn__response_free(&response);
    if (body)
        cfn__buffer_free(body);
    return root;
}

void cfn__add_json_member(cfn__buffer *body, const char *name, const char *text)
{
    cfn__buffer_format(body, "%c\"%s\":", body->length ? ',' : '{', name);
    cfn__buffer_add_json_string(body, text, strlen(text));
}
