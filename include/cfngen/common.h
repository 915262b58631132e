/* What every public header needs: visibility, C++ linkage and compiler checks. */
#ifndef CFNGEN_COMMON_H
#define CFNGEN_COMMON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#if defined(__GNUC__)
#define CFN_API                 __attribute__((visibility("default")))
#define CFN_PRINTF(text, first) __attribute__((format(printf, text, first)))
#else
#define CFN_API
#define CFN_PRINTF(text, first)
#endif

#ifdef __cplusplus
#define CFN_BEGIN_DECLS extern "C" {
#define CFN_END_DECLS   }
#else
#define CFN_BEGIN_DECLS
#define CFN_END_DECLS
#endif

#endif
