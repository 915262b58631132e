/* The formats of texts that the facts name as JSON Schema does. */
#include "check/check.h"

#include "base/text.h"

#include <arpa/inet.h>
#include <stdlib.h>
#include <string.h>

static bool is_ipv4(const char *text)
{
    unsigned char address[4];
    return inet_pton(AF_INET, text, address) == 1;
}

static bool is_ipv6(const char *text)
{
    unsigned char address[16];
    return inet_pton(AF_INET6, text, address) == 1;
}

/* Whether all bits after the first `bits` are 0: 10.0.0.1/8 is no network. */
static bool is_network_address(const unsigned char *address, size_t size, size_t bits)
{
    for (size_t i = bits; i < size * 8; i++)
        if (address[i / 8] >> (7 - i % 8) & 1)
            return false;
    return true;
}

/* The number of bits of an address block; -1 when it is none. The address is left in `bytes`. */
static int read_network(const char *text, int family, size_t size, unsigned char *bytes)
{
    char address[64];
    size_t length = strcspn(text, "/"), bits = size * 8;
    if (length >= sizeof address)
        return -1;
    memcpy(address, text, length);
    address[length] = '\0';
    if (text[length]) {
        const char *digits = text + length + 1;
        if (!*digits || digits[strspn(digits, "0123456789")])
            return -1;
        bits = strtoul(digits, NULL, 10);
    }
    return inet_pton(family, address, bytes) == 1 && bits <= size * 8 ? (int)bits : -1;
}

static bool is_ipv4_network(const char *text)
{
    unsigned char bytes[4];
    return read_network(text, AF_INET, 4, bytes) >= 0;
}

static bool is_ipv6_network(const char *text)
{
    unsigned char bytes[16];
    return read_network(text, AF_INET6, 16, bytes) >= 0;
}

/* EC2 takes 10.0.0.1/16 for 10.0.0.0/16, so that the stack has not what the template says. */
static cfn__fit check_host_bits(cfn__check *check, const cfn__rule_use *use, int family,
                                size_t size)
{
    unsigned char bytes[16] = {0};
    int bits = read_network(use->subject.node->text, family, size, bytes);
    if (bits < 0 || is_network_address(bytes, size, (size_t)bits))
        return CFN__FITS;
    cfn__refuse(check, CFN3123, use->subject, "%.100s has bits set after the first %d",
                use->subject.node->text, bits);
    cfn__suggest(check, "write the first address of the block");
    return CFN__FITS;
}

/* Whether a text has the shape of a pattern in which 0 stands for any digit; what is left of it. */
static const char *after_shape(const char *text, const char *shape)
{
    for (; *shape; shape++, text++)
        if (*shape == '0' ? !cfn__is_digit(*text) : *text != *shape)
            return NULL;
    return text;
}

static bool is_date(const char *text)
{
    const char *rest = after_shape(text, "0000-00-00");
    int month = rest ? atoi(text + 5) : 0, day = rest ? atoi(text + 8) : 0;
    return rest && !*rest && month >= 1 && month <= 12 && day >= 1 && day <= 31;
}

/* RFC 3339: 2026-11-20T22:15:00Z, with a fraction or an offset. */
static bool is_date_time(const char *text)
{
    const char *rest = after_shape(text, "0000-00-00");
    if (!rest || (*rest != 'T' && *rest != 't' && *rest != ' '))
        return false;
    rest = after_shape(rest + 1, "00:00:00");
    if (rest && *rest == '.')
        rest += 1 + strspn(rest + 1, "0123456789");
    if (!rest)
        return false;
    if (strcmp(rest, "Z") == 0 || strcmp(rest, "z") == 0)
        return true;
    const char *end = *rest == '+' || *rest == '-' ? after_shape(rest + 1, "00:00") : NULL;
    return end && !*end;
}

static const struct {
    const char *name;
    bool (*is_of)(const char *text);
    const char *example;
} known[] = {
    {"date", is_date, "2026-11-20"},  {"date-time", is_date_time, "2026-11-20T22:15:00Z"},
    {"ipv4", is_ipv4, "10.0.0.1"},    {"ipv4-network", is_ipv4_network, "10.0.0.0/16"},
    {"ipv6", is_ipv6, "2001:db8::1"}, {"ipv6-network", is_ipv6_network, "2001:db8::/56"},
};

cfn__fit cfn__check_text_format(cfn__check *check, const cfn__rule_use *use)
{
    const cfn_node *node = use->subject.node;
    if (node->kind != CFN_KIND_STRING)
        return CFN__FITS;
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        if (strcmp(use->rule->text, known[i].name) != 0)
            continue;
        if (known[i].is_of(node->text))
            break;
        cfn__refuse(check, CFN3120, use->subject, "%.100s is no %s, as %.100s must be",
                    *node->text ? node->text : "empty text", known[i].name,
                    cfn__name_of(check, use->subject));
        cfn__suggest(check, "write it as %s", known[i].example);
        return CFN__UNFIT;
    }
    if (strcmp(use->rule->text, "ipv4-network") == 0)
        return check_host_bits(check, use, AF_INET, 4);
    if (strcmp(use->rule->text, "ipv6-network") == 0)
        return check_host_bits(check, use, AF_INET6, 16);
    return CFN__FITS;
}
