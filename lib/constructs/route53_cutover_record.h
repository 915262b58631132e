/* Cfngen::Route53::CutoverRecord: what the function that moves the name wants to know of it. */
#ifndef CFN_CONSTRUCTS_ROUTE53_CUTOVER_RECORD_H
#define CFN_CONSTRUCTS_ROUTE53_CUTOVER_RECORD_H

#include "constructs/constructs.h"

#include <cfngen/route53_cutover_record.h>

/* The two hosts, in the order in which they are written. */
typedef enum cfn__cutover_side { CFN__SOURCE, CFN__TARGET, CFN__SIDES } cfn__cutover_side;

bool cfn__is_weighted(const cfn_route53_cutover_record_props *props);

/* Whether it is said that clients only read. */
bool cfn__is_read_only(const cfn_route53_cutover_record_props *props);

/* Whether it is said that no two databases are written to at a time. */
bool cfn__is_split_safe(const cfn_route53_cutover_record_props *props);

/* Nodes of `make`, new each time: the id of the zone, the name as Route 53 keeps it (small letters,
 * no dot at the end), the seconds as a text, the host and the identifier of a side. */
cfn_node *cfn__record_zone(cfn__expansion *x, const cfn__maker *make, const cfn__construct *record);
cfn_node *cfn__record_name(const cfn__maker *make, const cfn__construct *record);
cfn_node *cfn__record_ttl(const cfn__maker *make, const cfn__construct *record);
cfn_node *cfn__record_host(const cfn__maker *make, const cfn__construct *record,
                           cfn__cutover_side side);
cfn_node *cfn__record_identifier(const cfn__maker *make, const cfn__construct *record,
                                 cfn__cutover_side side);

/* The domain rules that one record alone can break. */
void cfn__check_cutover_record(cfn__expansion *x, const cfn__construct *c);

#endif
