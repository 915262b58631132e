/* Interface endpoints with private DNS, as a VPC has its own and as InterfaceEndpoints adds them to
 * one. */
#ifndef CFN_CONSTRUCTS_EC2_ENDPOINT_H
#define CFN_CONSTRUCTS_EC2_ENDPOINT_H

#include "constructs/constructs.h"

/* The services that get one, ended by NULL, and the first of them. */
extern const char *const cfn__endpoint_services[];
#define CFN__SECRETS_MANAGER_SERVICE cfn__endpoint_services[0]

typedef struct cfn__endpoint {
    const char *service;     /* one of the services */
    const char *role_prefix; /* before SecretsManager in the logical id */
    cfn_str vpc_id;
    cfn_str_list subnet_ids;
    cfn_str group_id;
    cfn_json policy_document; /* nothing: all actions for principals of this account */
    cfn_json tags;
} cfn__endpoint;

/* Makes {Id}{prefix}{Service}, unless it is made already; the construct is ready with it. */
void cfn__make_endpoint(cfn__expansion *x, cfn__construct *c, const cfn__endpoint *endpoint);

/* Makes a security group for endpoints, {Id}{role}, that lets nothing in or out. */
void cfn__make_endpoint_group(cfn__expansion *x, cfn__construct *c, const char *role,
                              cfn_str vpc_id, cfn_json tags);

#endif
