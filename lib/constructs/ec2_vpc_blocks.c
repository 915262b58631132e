/* Blocks of addresses of a VPC: how subnets are cut from it, and what may be wrong with them. */
#include "base/arena.h"
#include "base/text.h"
#include "constructs/ec2_vpc.h"

#include <arpa/inet.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

typedef cfn_ec2_vpc_props props_type;

/* https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html */
enum { LARGEST = 16, SMALLEST = 28, BITS = 32, SLOTS_PER_TIER = 4, USUAL_SIZE = 24 };
enum { ZONES_MOST = 3, OWN_MOST = CFN__TIERS * ZONES_MOST };

typedef struct block {
    uint32_t first;
    unsigned prefix; /* 0 to 32 */
} block;

static uint64_t size_of(const block *b)
{
    return UINT64_C(1) << (BITS - b->prefix);
}

static uint64_t end_of(const block *b)
{
    return b->first + size_of(b);
}

static bool overlap(const block *a, const block *b)
{
    return a->first < end_of(b) && b->first < end_of(a);
}

/* "10.0.0.0/16". */
static bool read_block(const char *text, block *out)
{
    char address[INET_ADDRSTRLEN] = "";
    struct in_addr binary;
    const char *slash = strchr(text, '/');
    size_t digits = slash ? strspn(slash + 1, "0123456789") : 0;
    if (!slash || (size_t)(slash - text) >= sizeof address || !digits || digits > 2 ||
        slash[1 + digits])
        return false;
    memcpy(address, text, (size_t)(slash - text));
    if (inet_pton(AF_INET, address, &binary) != 1)
        return false;
    *out = (block){ntohl(binary.s_addr), (unsigned)strtoul(slash + 1, NULL, 10)};
    return out->prefix <= BITS;
}

static const char *text_of(cfn_arena *arena, const block *b)
{
    return cfn__format(arena, "%u.%u.%u.%u/%u", b->first >> 24, b->first >> 16 & 255,
                       b->first >> 8 & 255, b->first & 255, b->prefix);
}

/* ---- cutting ---- */

cfn_str cfn__vpc_block(const props_type *props)
{
    return cfn__str_or(props->cidr_block, "10.0.0.0/16");
}

/* The block of the VPC where it is a literal that one can cut from. */
static bool known_block(const props_type *props, block *out)
{
    const char *text = cfn__literal(cfn__vpc_block(props));
    return text && read_block(text, out) && out->prefix >= LARGEST && out->prefix <= SMALLEST &&
           !(out->first & (size_of(out) - 1));
}

static unsigned subnet_size(const props_type *props)
{
    block vpc;
    unsigned size = known_block(props, &vpc) ? vpc.prefix + 4 : USUAL_SIZE;
    return (unsigned)cfn__int_or(props->subnet_size, size < SMALLEST ? size : SMALLEST).value;
}

/* Neither another zone nor another tier moves a subnet. */
static size_t slot_of(cfn__vpc_tier tier, size_t n)
{
    return (size_t)tier * SLOTS_PER_TIER + n;
}

/* The block in a slot of the VPC; false when it would lie behind its end. */
static bool cut(const block *vpc, unsigned size, size_t slot, block *out)
{
    if (size < vpc->prefix)
        return false;
    uint64_t first = vpc->first + ((uint64_t)slot << (BITS - size));
    *out = (block){(uint32_t)first, size};
    return first < end_of(vpc);
}

/* {"Fn::Select": [slot, {"Fn::Cidr": [block, slot + 1, bits of a host]}]}. */
static cfn_str cut_at_deployment(const cfn__construct *c, size_t slot)
{
    const cfn__maker *make = &c->make;
    cfn_node *arguments = cfn__list(make);
    cfn__append(arguments, cfn__get_att_node(make, c->id, "CidrBlock"));
    cfn__append(arguments, cfn__integer(make, (int64_t)slot + 1));
    cfn__append(arguments, cfn__integer(make, BITS - (int64_t)subnet_size(c->props)));
    cfn_node *blocks = cfn__single(make, "Fn::Cidr", arguments);
    return cfn_of_node(cfn__single(make, "Fn::Select",
                                   cfn__pair(make, cfn__integer(make, (int64_t)slot), blocks)));
}

cfn_str cfn__vpc_subnet_block(const cfn__construct *c, cfn__vpc_tier tier, size_t n)
{
    const props_type *props = c->props;
    const cfn_str_list *own = cfn__vpc_own_blocks(props, tier);
    block vpc, subnet;
    if (own->items)
        return n < own->count ? own->items[n] : cfn_s(NULL);
    if (!cfn__literal(cfn__vpc_block(props)))
        return cut_at_deployment(c, slot_of(tier, n));
    if (!known_block(props, &vpc) || !cut(&vpc, subnet_size(props), slot_of(tier, n), &subnet))
        return cfn_s(NULL);
    return cfn_s(text_of(c->make.arena, &subnet));
}

/* ---- checks ---- */

/* A block that is known, and the property that it stands at. */
typedef struct place {
    block block;
    const char *at, *what;
} place;

typedef struct checker {
    cfn__expansion *x;
    const cfn__construct *c;
    const props_type *props;
    block vpc;
    bool vpc_known;
    place *places; /* of subnets and peers */
    size_t count;
} checker;

static void refuse(const checker *k, const char *at, const char *text, const char *why)
{
    cfn__report_property(k->x, k->c, at, CFN4004, "\"%s\" %s", text, why);
    cfn__hint(cfn__expansion_diagnostics(k->x),
              "write the first address and the length of the prefix, as 10.0.0.0/16");
}

/* Reads a literal block, and reports what is wrong with it. A peer may be larger than a VPC. */
static bool read_at(const checker *k, const char *at, cfn_str value, bool peer, block *out)
{
    const char *text = cfn__literal(value);
    if (!text)
        return false;
    bool read = read_block(text, out);
    if (!read)
        refuse(k, at, text, "is not a block of IPv4 addresses");
    else if (!peer && (out->prefix < LARGEST || out->prefix > SMALLEST))
        refuse(k, at, text, "is not between /16 and /28, which is all that EC2 takes");
    else if (out->first & (size_of(out) - 1))
        refuse(k, at, text,
               cfn__format(k->c->make.arena, "is not the first address of a /%u", out->prefix));
    else
        return true;
    return false;
}

/* A block that lies elsewhere than it must, or shares addresses with one seen before. */
static void add(checker *k, const place *new, bool peer)
{
    cfn_arena *arena = k->c->make.arena;
    const char *text = text_of(arena, &new->block);
    cfn_diagnostics *diagnostics = cfn__expansion_diagnostics(k->x);
    bool inside = new->block.first >= k->vpc.first &&end_of(&new->block) <= end_of(&k->vpc);
    if (k->vpc_known && !peer && !inside) {
        cfn__report_property(k->x, k->c, new->at, CFN4005, "%s is not inside the VPC, %s", text,
                             text_of(arena, &k->vpc));
        cfn__hint(diagnostics, "subnets are parts of CidrBlock");
    } else if (k->vpc_known && peer && overlap(&new->block, &k->vpc)) {
        cfn__report_property(k->x, k->c, new->at, CFN4005, "%s shares addresses with the VPC, %s",
                             text, text_of(arena, &k->vpc));
        cfn__hint(diagnostics, "EC2 peers no VPCs that overlap; give this one another CidrBlock");
    } else {
        for (size_t i = 0; i < k->count; i++) {
            const place *other = &k->places[i];
            if (!overlap(&new->block, &other->block))
                continue;
            cfn__report_property(k->x, k->c, new->at ? new->at : other->at, CFN4005,
                                 "%s of %s shares addresses with %s of %s", text, new->what,
                                 text_of(arena, &other->block), other->what);
            cfn__hint(diagnostics, "give each a block of its own");
            break;
        }
    }
    k->places[k->count++] = *new;
}

/* The subnets that the user gave blocks. */
static void check_own(checker *k, cfn__vpc_tier tier)
{
    const cfn_str_list *own = cfn__vpc_own_blocks(k->props, tier);
    const char *tier_name = cfn__vpc_tier_names[tier];
    const char *property = cfn__format(k->c->make.arena, "%sCidrs", tier_name);
    size_t zones = cfn__vpc_zones(k->props);
    if (!own->items)
        return;
    if (own->count != zones) {
        cfn__report_property(k->x, k->c, property, CFN4006, "%zu blocks for %zu zones", own->count,
                             zones);
        cfn__hint(cfn__expansion_diagnostics(k->x), "give one block for each zone");
    }
    for (size_t i = 0; i < own->count && i < ZONES_MOST; i++) {
        place new = {.at = cfn__format(k->c->make.arena, "%s/%zu", property, i),
                     .what = cfn__vpc_role(k->c->make.arena, tier, "Subnet", i)};
        if (read_at(k, new.at, own->items[i], false, &new.block))
            add(k, &new, false);
    }
}

static void report_no_room(const checker *k, const char *what)
{
    const char *at = cfn__is_set(k->props->subnet_size.expression) ? "SubnetSize" : "CidrBlock";
    cfn__report_property(k->x, k->c, at, CFN4006, "%s has no room for %s of /%u",
                         text_of(k->c->make.arena, &k->vpc), what, subnet_size(k->props));
    cfn__hint(cfn__expansion_diagnostics(k->x),
              "each tier takes four slots, public, private, isolated in this order: take a larger "
              "CidrBlock, a longer SubnetSize, or write the blocks out");
}

/* The subnets that are cut; the first one without room stands for all. */
static void check_cut(checker *k)
{
    unsigned size = subnet_size(k->props);
    for (cfn__vpc_tier tier = CFN__PUBLIC; k->vpc_known && tier < CFN__TIERS; tier++) {
        if (!cfn__vpc_has(k->props, tier) || cfn__vpc_own_blocks(k->props, tier)->items)
            continue;
        for (size_t n = 0; n < cfn__vpc_zones(k->props); n++) {
            place new = {.what = cfn__vpc_role(k->c->make.arena, tier, "Subnet", n)};
            if (!cut(&k->vpc, size, slot_of(tier, n), &new.block)) {
                report_no_room(k, new.what);
                return;
            }
            add(k, &new, false);
        }
    }
}

static void check_peers(checker *k)
{
    for (size_t i = 0; i < k->props->peerings.count; i++) {
        place new = {.at = cfn__format(k->c->make.arena, "Peerings/%zu/CidrBlock", i),
                     .what = "a peer"};
        if (read_at(k, new.at, k->props->peerings.items[i].cidr_block, true, &new.block))
            add(k, &new, true);
    }
}

void cfn__check_vpc_blocks(cfn__expansion *x, const cfn__construct *c)
{
    const props_type *props = c->props;
    checker k = {.x = x, .c = c, .props = props};
    size_t most = OWN_MOST + props->peerings.count;
    k.places = CFN__NEW_ARRAY(c->make.arena, most, place);
    if (!k.places)
        return;
    k.vpc_known = read_at(&k, "CidrBlock", cfn__vpc_block(props), false, &k.vpc);
    for (cfn__vpc_tier tier = CFN__PUBLIC; tier < CFN__TIERS; tier++)
        check_own(&k, tier);
    check_cut(&k);
    check_peers(&k);
}
