/* Cfngen::DMS::Certificate. */
#include "base/buffer.h"
#include "base/text.h"
#include "constructs/dms.h"
#include "read/read_file.h"

#include <cfngen/aws/dms.h>

#include <string.h>

#define BEGIN "-----BEGIN CERTIFICATE-----"
#define END   "-----END CERTIFICATE-----"

/* ---- PEM ---- */

static bool is_base64(const char *line, size_t length)
{
    for (size_t i = 0; i < length; i++)
        if (!cfn__is_alphanumeric(line[i]) && !strchr("+/=", line[i]))
            return false;
    return length > 0;
}

static bool is_line(const char *line, size_t length, const char *text)
{
    return length == strlen(text) && memcmp(line, text, length) == 0;
}

/* Takes one line; what stands between certificates is left out. */
static const char *take_line(cfn__buffer *out, bool *inside, const char *line, size_t length)
{
    bool begins = is_line(line, length, BEGIN), ends = is_line(line, length, END);
    if (begins == *inside && (begins || ends))
        return begins ? "has a certificate inside another one" : "has an end without a beginning";
    if (!*inside && !begins)
        return NULL;
    if (!begins && !ends && !is_base64(line, length))
        return "has something else than base64 in a certificate";
    *inside = !ends;
    cfn__buffer_format(out, "%.*s\n", (int)length, line);
    return NULL;
}

const char *cfn__pem_certificates(cfn_arena *arena, const char *text, const char **fault)
{
    cfn__buffer out = {0};
    bool inside = false;
    *fault = strstr(text, "PRIVATE KEY-----") ? "holds a private key" : NULL;
    for (const char *p = text; *p && !*fault; p += strspn(p, "\r\n")) {
        size_t whole = strcspn(p, "\r\n"), length = whole;
        while (length && (p[length - 1] == ' ' || p[length - 1] == '\t'))
            length--;
        *fault = take_line(&out, &inside, p, length);
        p += whole;
    }
    if (!*fault && inside)
        *fault = "ends inside a certificate";
    if (!*fault && !out.length)
        *fault = "holds no certificate";
    if (!*fault)
        return cfn__buffer_take(&out, arena);
    cfn__buffer_free(&out);
    return NULL;
}

/* ---- the file ---- */

/* A relative path starts where the stack file is. */
static const char *path_of(const cfn__construct *c, const char *file)
{
    const cfn__source *source = c->declared->place.source;
    const char *slash = source && source->text ? strrchr(source->file, '/') : NULL;
    if (*file == '/' || !slash)
        return file;
    return cfn__format(c->make.arena, "%.*s/%s", (int)(slash - source->file), source->file, file);
}

static const char *read_certificates(cfn__expansion *x, const cfn__construct *c)
{
    enum { LARGE = 32 * 1024 };
    const char *file = cfn__literal(((const cfn_dms_certificate_props *)c->props)->file);
    cfn_diagnostics *diagnostics = cfn__expansion_diagnostics(x);
    const char *path = path_of(c, file), *fault = NULL;
    size_t length = 0;
    const char *text = cfn__read_text_file(c->make.arena, diagnostics, path, &length);
    if (!text)
        return NULL;
    const char *certificates = cfn__pem_certificates(c->make.arena, text, &fault);
    if (fault) {
        cfn__report_property(x, c, "File", CFN4345, "%s %s", path, fault);
        cfn__hint(diagnostics, "it takes certificates in PEM, from " BEGIN " to " END);
    } else if (certificates && strlen(certificates) > LARGE) {
        cfn__report_property(x, c, "File", CFN4349,
                             "%s holds %zu bytes of certificates, and all go into the template",
                             path, strlen(certificates));
        cfn__hint(diagnostics, "take the bundle of the region: "
                               "https://truststore.pki.rds.amazonaws.com/REGION/REGION-bundle.pem");
    }
    return certificates;
}

static void make_certificate(cfn__expansion *x, cfn__construct *c)
{
    static const cfn__name_rule rule = {"a certificate identifier", 255, "", true, true};
    const cfn_dms_certificate_props *props = c->props;
    const char *pem = read_certificates(x, c);
    pem = pem ? pem : "";
    const char *role = cfn__format(c->make.arena, "-%08x", cfn__hash(pem, strlen(pem)));
    cfn_node *name = cfn__name_or(x, c, props->name, "Name", role, &rule);
    CFN__RESOURCE(aws_dms_Certificate, x, c, "",
                  &(aws_dms_Certificate_props){.CertificateIdentifier = cfn_of_node(name),
                                               .CertificatePem = cfn_s(pem)});
    cfn__answer_with(x, c, "Arn", cfn__ref_node(&c->make, c->id));
}

static cfn_node *existing_arn(cfn__expansion *x, cfn__construct *c)
{
    const cfn_dms_certificate_props *props = c->props;
    const char *arn = cfn__literal(props->certificate_arn);
    if (arn &&
        !(cfn__starts_with(arn, "arn:aws") && strstr(arn, ":dms:") && strstr(arn, ":cert:"))) {
        cfn__report_property(x, c, "CertificateArn", CFN2024,
                             "this is not the ARN of a certificate of DMS");
        cfn__hint(cfn__expansion_diagnostics(x),
                  "`aws dms describe-certificates` prints it; one of ACM is of no use to DMS");
    }
    if (cfn__is_set(props->certificate_arn))
        return cfn__str_node(&c->make, props->certificate_arn);
    cfn_node *parameter =
        cfn__parameter(x, c, "Arn", "String",
                       cfn__format(c->make.arena, "The ARN of the certificate %s in DMS", c->id));
    cfn__put(parameter, "AllowedPattern", cfn__string(&c->make, "^arn:aws[a-z-]*:dms:.+:cert:.+$"));
    return cfn__ref_node(&c->make, cfn__role_id(x, c, "Arn"));
}

static void expand(cfn__expansion *x, cfn__construct *c)
{
    const cfn_dms_certificate_props *props = c->props;
    if (cfn__is_set(props->file) && cfn__is_set(props->certificate_arn))
        cfn__report_property(x, c, "CertificateArn", CFN2019,
                             "File and CertificateArn exclude each other");
    if (cfn__literal(props->file)) {
        make_certificate(x, c);
        return;
    }
    cfn_node *arn = existing_arn(x, c);
    cfn__answer_with(x, c, "", arn);
    cfn__answer_with(x, c, "Arn", arn);
}

#define ROW(kind, name, member) CFN__ROW(cfn_dms_certificate_props, kind, name, member)
static const cfn__field fields[] = {
    {ROW(STR, "File", file), .also = "CertificatePem Pem Path", .flags = CFN__SYNTH_TIME,
     .doc = "A file of certificates in PEM, read at synth; a relative path starts at the folder of "
            "the stack file."},
    {ROW(STR, "CertificateArn", certificate_arn), .also = "Arn",
     .default_text = "a parameter {id}Arn, without File",
     .doc = "The ARN of a certificate that DMS has already."},
    {ROW(STR, "Name", name), .also = "CertificateIdentifier",
     .default_text = "{id}-{hash of the content}-{environment}-{suffix}",
     .doc = "The identifier, with File. Content that changes needs another one."},
    CFN__ATTRIBUTES_ROW(cfn_dms_certificate_props),
};
#undef ROW

static const cfn__attribute_facts attributes[] = {{"Arn", "the ARN of the certificate"}};
static const cfn__role_facts roles[] = {
    {"", "AWS::DMS::Certificate", "the certificates, with File"},
};

const cfn__construct_type cfn__dms_certificate_type = {
    .name = "Cfngen::DMS::Certificate",
    .doc = "The authorities that DMS trusts when it connects to a database with TLS: the bundle of "
           "a region read from a file, or a certificate that was imported before.",
    .ref_doc = "the ARN of the certificate",
    .props = CFN__RECORD("Cfngen::DMS::Certificate", cfn_dms_certificate_props, fields),
    .attributes = attributes,
    .attribute_count = CFN__COUNT(attributes),
    .roles = roles,
    .role_count = CFN__COUNT(roles),
    .expand = expand,
};

cfn_dms_certificate cfn_dms_certificate_add_at(cfn_stack *stack, const char *id,
                                               const cfn_dms_certificate_props *props,
                                               const char *file, int line)
{
    return cfn_dms_certificate_named(
        cfn__construct_add(stack, &cfn__dms_certificate_type, id, props, file, line));
}
