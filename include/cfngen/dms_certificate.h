/* Cfngen::DMS::Certificate: the certificates of the authorities that DMS trusts when it connects to
 * a database with TLS.
 *
 * With File it makes {Id} (AWS::DMS::Certificate) with what the file holds: one or several
 * certificates in PEM, as the bundle of a region that AWS publishes for RDS and Aurora
 * (https://truststore.pki.rds.amazonaws.com/eu-west-2/eu-west-2-bundle.pem). Comments in the file
 * are left out. Without File it makes no resource, but stands for a certificate that was imported:
 * by CertificateArn, or by a parameter {Id}Arn.
 *
 * A certificate of CloudFormation has no tags and cannot be changed; the name ends in a hash of the
 * content, so that a new bundle can replace the old one.
 *
 * Ref and the attribute Arn are the ARN. */
#ifndef CFNGEN_DMS_CERTIFICATE_H
#define CFNGEN_DMS_CERTIFICATE_H

#include <cfngen/stack.h>

CFN_BEGIN_DECLS

/* cfn_dms_certificate_existing takes the ARN of an imported certificate. */
CFN_HANDLE(cfn_dms_certificate);

/* Defaults: neither file nor certificate_arn is a parameter {Id}Arn; name
 * {id}-{hash}-{environment}-{suffix}. */
typedef struct cfn_dms_certificate_props {
    cfn_str file; /* read at synth; a relative path starts at the folder of the stack file, of a C
                     program at the working directory */
    cfn_str certificate_arn;
    cfn_str name; /* with file */
    cfn_attributes attributes;
} cfn_dms_certificate_props;

#define cfn_dms_certificate_add(stack, id, ...)                                                    \
    cfn_dms_certificate_add_at(stack, id, __VA_ARGS__, __FILE__, __LINE__)
CFN_API cfn_dms_certificate cfn_dms_certificate_add_at(cfn_stack *stack, const char *id,
                                                       const cfn_dms_certificate_props *props,
                                                       const char *file, int line);

static inline cfn_str cfn_dms_certificate_arn(cfn_dms_certificate certificate)
{
    return certificate.handle.id ? cfn_att(certificate.handle.id, "Arn") : certificate.handle.value;
}

CFN_END_DECLS

#endif
