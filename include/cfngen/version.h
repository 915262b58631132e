/* The version of cfngen: of these headers, and of the library that runs. */
#ifndef CFNGEN_VERSION_H
#define CFNGEN_VERSION_H

#include <cfngen/common.h>

CFN_BEGIN_DECLS

/* Semantic versioning (https://semver.org); CHANGELOG.md says what each version brought. */
#define CFN_VERSION "0.1.0"

/* The CFN_VERSION that the library was built with. */
CFN_API const char *cfn_version(void);

CFN_END_DECLS

#endif
