/* SHA-256 (FIPS 180-4), for names that say what is in a file. */
#ifndef CLI_DEPLOY_SHA256_H
#define CLI_DEPLOY_SHA256_H

#include <stddef.h>
#include <stdint.h>

enum { SHA256_TEXT_SIZE = 65 };

typedef struct sha256 {
    uint32_t state[8];
    uint64_t length; /* bytes that were added */
    unsigned char block[64];
} sha256;

void sha256_begin(sha256 *hash);
void sha256_add(sha256 *hash, const void *bytes, size_t length);

/* Ends it: 64 hexadecimal digits. */
void sha256_end(sha256 *hash, char text[SHA256_TEXT_SIZE]);

#endif
