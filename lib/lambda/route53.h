/* The record that applications resolve, in Route 53: one CNAME, or a weighted pair of them. */
#ifndef CFN_LAMBDA_ROUTE53_H
#define CFN_LAMBDA_ROUTE53_H

#include "lambda/caller.h"
#include "lambda/cutover_settings.h"

/* The body that gives the target so much of the traffic, of 100: both records in one change. */
void cfn__change_body(const cfn__cutover_settings *settings, int weight, const char *comment,
                      cfn__buffer *body);

/* Makes the change; its id, which lives in the arena, or NULL on a failure. It may be made again:
 * the records come out the same. */
const char *cfn__change_record(const cfn__caller *caller, const cfn__cutover_settings *settings,
                               int weight, const char *comment);

/* Whether all name servers know the change. */
bool cfn__is_in_sync(const cfn__caller *caller, const char *change, bool *is_in_sync);

/* How the record stands: *weight is the target's share, -1 when it has other hosts or none. */
bool cfn__read_record(const cfn__caller *caller, const cfn__cutover_settings *settings,
                      int *weight);

/* The same of an answer. */
int cfn__weight_of_records(const cfn__cutover_settings *settings, const cfn_node *answer);

#endif
