/* Whether one range of addresses is within another. */
#include "access/access.h"

#include <arpa/inet.h>
#include <stdlib.h>
#include <string.h>

typedef struct range {
    unsigned char address[16];
    size_t bits; /* of the prefix */
    int family;
} range;

static bool read_range(const char *text, range *r)
{
    char address[INET6_ADDRSTRLEN];
    const char *slash = strchr(text, '/');
    size_t length = slash ? (size_t)(slash - text) : strlen(text);
    if (length >= sizeof address)
        return false;
    memcpy(address, text, length);
    address[length] = '\0';
    *r = (range){.family = strchr(address, ':') ? AF_INET6 : AF_INET};
    size_t most = r->family == AF_INET6 ? 128 : 32;
    char *end = NULL;
    unsigned long bits = slash ? strtoul(slash + 1, &end, 10) : most;
    if (bits > most || (slash && (!slash[1] || *end)))
        return false;
    r->bits = bits;
    return inet_pton(r->family, address, r->address) == 1;
}

static bool same_bits(const range *a, const range *b, size_t bits)
{
    size_t whole = bits / 8;
    if (memcmp(a->address, b->address, whole) != 0)
        return false;
    unsigned mask = (0xff00u >> bits % 8) & 0xffu;
    return !mask || (a->address[whole] & mask) == (b->address[whole] & mask);
}

cfn__match cfn__access_range_within(const char *inner, const char *outer)
{
    range small, large;
    if (strcmp(inner, outer) == 0)
        return CFN__MATCH_YES;
    if (read_range(inner, &small) && read_range(outer, &large))
        return small.family == large.family && small.bits >= large.bits &&
                       same_bits(&small, &large, large.bits)
                   ? CFN__MATCH_YES
                   : CFN__MATCH_NO;
    return strstr(inner, "${") || strstr(outer, "${") ? CFN__MATCH_MAYBE : CFN__MATCH_NO;
}
