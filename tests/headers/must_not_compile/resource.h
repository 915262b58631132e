/* Typed resources, for the mistakes in this folder that are mistakes of bindings. */
#ifndef MUST_NOT_COMPILE_RESOURCE_H
#define MUST_NOT_COMPILE_RESOURCE_H

#include <cfngen/aws/kms.h>
#include <cfngen/aws/rds.h>

cfn_stack *some_stack(void);
aws_kms_Key some_key(void);

#endif
