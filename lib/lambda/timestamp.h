/* Times as ISO 8601 writes them, in UTC. */
#ifndef CFN_LAMBDA_TIMESTAMP_H
#define CFN_LAMBDA_TIMESTAMP_H

#include <cfngen/common.h>

enum { CFN__TIMESTAMP_SIZE = 24 };

/* 2026-11-21T03:00:00Z; seconds since 1970. */
void cfn__write_timestamp(char to[CFN__TIMESTAMP_SIZE], int64_t seconds);

/* The same back, whole seconds, from 1970 to 9999; fractions are dropped, and an offset of +00:00
 * is taken as Z. False when it is none. */
bool cfn__read_timestamp(const char *text, int64_t *seconds);

#endif
