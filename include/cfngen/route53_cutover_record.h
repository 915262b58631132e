/* Cfngen::Route53::CutoverRecord: the name that clients connect by, which moves from the source of
 * a migration to its target.
 *
 * Mode cname is one record: all traffic goes where TrafficTo says. It is for databases that are
 * written to, since there is one writer at any time. Mode weighted is a pair of records that share
 * the traffic by their weights, which is for clients that only read: two databases that are both
 * written to drift apart, and nothing brings them together again (CFN4833 tells, unless
 * ReadOnlyTraffic or SourceReadOnly says that it cannot happen).
 *
 * Makes
 *   {Id}                   AWS::Route53::RecordSet, in the mode cname
 *   {Id}Source, {Id}Target AWS::Route53::RecordSet, in the mode weighted
 *   {Id}Zone               AWS::Route53::HostedZone, private, with Networks
 * and a condition {Id}ToTarget when TrafficTo is known at deployment alone.
 *
 * A name that moves is looked up again after TTL seconds; connections that are open stay where they
 * are until they are closed. Clients that compare the name in the certificate (verify-full,
 * VERIFY_IDENTITY) refuse a name of your own: have them check the authority alone. Weights and
 * TrafficTo that parameters give, or that the cutover function changes, are not set back as long as
 * the record's own properties stay as they are.
 *
 * Ref is the name. Attributes: Name, HostedZoneId, SourceHost, TargetHost.
 *
 * https://docs.aws.amazon.com/Route53/latest/APIReference/API_ResourceRecordSet.html
 * https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/routing-policy-weighted.html
 * https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/ResourceRecordTypes.html#CNAMEFormat */
#ifndef CFNGEN_ROUTE53_CUTOVER_RECORD_H
#define CFNGEN_ROUTE53_CUTOVER_RECORD_H

#include <cfngen/ec2_network.h>
#include <cfngen/rds_aurora_cluster.h>
#include <cfngen/rds_instance.h>

CFN_BEGIN_DECLS

/* cfn_route53_cutover_record_existing is of no use: nothing of such a record is known. */
CFN_HANDLE(cfn_route53_cutover_record);

/* Where the name may lead: one of a cluster of this stack (its writer's endpoint), an instance of
 * this stack, and a host. Defaults: set_identifier source or target, weight 100 for the source and
 * 0 for the target. */
typedef struct cfn_route53_cutover_host {
    cfn_rds_aurora_cluster cluster;
    cfn_rds_instance instance;
    cfn_str host;           /* a DNS name */
    cfn_str set_identifier; /* of the mode weighted; a change of it needs another construct */
    cfn_int weight;         /* of the mode weighted, 0 to 255; the share is weight / sum */
} cfn_route53_cutover_host;

/* Defaults: mode cname, traffic_to source, ttl 30. */
typedef struct cfn_route53_cutover_record_props {
    cfn_str name;                            /* required: within the zone, as db.orders.internal */
    cfn_str hosted_zone_id;                  /* of a zone that exists; or networks */
    cfn_ec2_network_list networks;           /* where the private zone of this stack is seen */
    cfn_str zone_name;                       /* required with networks; else it serves checks */
    cfn_route53_cutover_host source, target; /* required */
    cfn_str mode;                            /* cname, weighted; decided at synth */
    cfn_str traffic_to; /* source, target: of the mode cname; a parameter may hold it */
    cfn_int ttl;        /* seconds, 1 to 300; above 60 there is a warning */
    cfn_bool read_only_traffic, source_read_only; /* decided at synth */
    cfn_json tags;
    cfn_attributes attributes;
} cfn_route53_cutover_record_props;

#define cfn_route53_cutover_record_add(stack, id, ...)                                             \
    cfn_route53_cutover_record_add_at(stack, id, __VA_ARGS__, __FILE__, __LINE__)
CFN_API cfn_route53_cutover_record cfn_route53_cutover_record_add_at(
    cfn_stack *stack, const char *id, const cfn_route53_cutover_record_props *props,
    const char *file, int line);

CFN_END_DECLS

#endif
