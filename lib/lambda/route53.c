/* Records in Route 53, whose interface is XML.
 * https://docs.aws.amazon.com/Route53/latest/APIReference/API_ChangeResourceRecordSets.html */
#include "lambda/route53.h"

#include "base/arena.h"
#include "base/text.h"
#include "lambda/xml.h"
#include "node/node.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* ---- changing ---- */

/* A weight below 0: a simple record. The texts are such that XML takes them as they are. */
static void add_change(cfn__buffer *body, const cfn__cutover_settings *s, const char *id,
                       int weight, const char *host)
{
    cfn__buffer_format(body,
                       "<Change><Action>UPSERT</Action><ResourceRecordSet><Name>%s</Name>"
                       "<Type>CNAME</Type>",
                       s->record);
    if (weight >= 0)
        cfn__buffer_format(body, "<SetIdentifier>%s</SetIdentifier><Weight>%d</Weight>", id,
                           weight);
    cfn__buffer_format(body,
                       "<TTL>%s</TTL><ResourceRecords><ResourceRecord><Value>%s</Value>"
                       "</ResourceRecord></ResourceRecords></ResourceRecordSet></Change>",
                       s->ttl, host);
}

void cfn__change_body(const cfn__cutover_settings *s, int weight, const char *comment,
                      cfn__buffer *body)
{
    cfn__buffer_format(body,
                       "<?xml version=\"1.0\" encoding=\"UTF-8\"?><ChangeResourceRecordSetsRequest "
                       "xmlns=\"https://route53.amazonaws.com/doc/2013-04-01/\"><ChangeBatch>"
                       "<Comment>%s</Comment><Changes>",
                       comment);
    if (s->is_weighted) {
        add_change(body, s, s->source_id, 100 - weight, s->source_host);
        add_change(body, s, s->target_id, weight, s->target_host);
    } else {
        add_change(body, s, NULL, -1, weight ? s->target_host : s->source_host);
    }
    cfn__buffer_add_text(body, "</Changes></ChangeBatch></ChangeResourceRecordSetsRequest>");
}

const char *cfn__change_record(const cfn__caller *caller, const cfn__cutover_settings *s,
                               int weight, const char *comment)
{
    static const char what[] = "the record cannot be changed";
    cfn__buffer body = {0};
    const char *path = cfn__format(caller->arena, "/2013-04-01/hostedzone/%s/rrset/", s->zone);
    cfn__change_body(s, weight, comment, &body);
    const cfn_node *root = cfn__call(caller, CFN__CHANGE_RECORDS, path, &body, what);
    const char *id = cfn_node_text(cfn_node_get(cfn_node_get(root, "ChangeInfo"), "Id"));
    if (root && (!id || !*id))
        cfn__bad_answer(caller, what);
    return id && *id ? id : NULL;
}

/* Ids are "/change/C..."; it goes into a URL. */
static const char *name_of_change(const char *change)
{
    const char *slash = strrchr(change, '/');
    const char *name = slash ? slash + 1 : change;
    return *name && strlen(name) <= 64 && cfn__is_made_of(name, "") ? name : NULL;
}

bool cfn__is_in_sync(const cfn__caller *caller, const char *change, bool *is_in_sync)
{
    static const char what[] = "whether the change is known everywhere cannot be read";
    const char *name = name_of_change(change);
    if (!name)
        return cfn__fails(caller->failure, CFN__STATE_UNREADABLE,
                          "the id of the change in the state is none of Route 53's");
    const char *path = cfn__format(caller->arena, "/2013-04-01/change/%s", name);
    const cfn_node *root = cfn__call(caller, CFN__GET_CHANGE, path, NULL, what);
    const cfn_node *status = cfn_node_get(cfn_node_get(root, "ChangeInfo"), "Status");
    *is_in_sync = cfn__text_is(status, "INSYNC");
    if (root && !cfn__is_string(status))
        return cfn__bad_answer(caller, what);
    return root != NULL;
}

/* ---- reading ---- */

/* Route 53 tells names with the dot at the end, in small letters. */
static bool same_name(const char *a, const char *b)
{
    size_t long_a = a ? strlen(a) : 0, long_b = b ? strlen(b) : 0;
    long_a -= long_a && a[long_a - 1] == '.';
    long_b -= long_b && b[long_b - 1] == '.';
    return long_a && long_a == long_b && strncasecmp(a, b, long_a) == 0;
}

static const char *text_of(const cfn_node *set, const char *name)
{
    return cfn_node_text(cfn_node_get(set, name));
}

static bool points_at(const cfn_node *set, const char *host)
{
    return same_name(cfn_node_text(cfn_node_find(set, "ResourceRecords/ResourceRecord/Value")),
                     host);
}

/* The weight of one of the pair; -1 for another record. */
static int weight_if(const cfn_node *set, const char *id, const char *host)
{
    const char *own = text_of(set, "SetIdentifier"), *weight = text_of(set, "Weight");
    if (!own || !weight || strcmp(own, id) != 0 || !points_at(set, host))
        return -1;
    return cfn__is_number_within(weight, 0, 255) ? (int)strtol(weight, NULL, 10) : -1;
}

int cfn__weight_of_records(const cfn__cutover_settings *s, const cfn_node *answer)
{
    const cfn_node *sets = cfn_node_get(answer, "ResourceRecordSets"), *n = NULL;
    int source = -1, target = -1;
    while ((n = cfn__xml_next(sets, n, "ResourceRecordSet"))) {
        if (!same_name(text_of(n, "Name"), s->record) ||
            !cfn__text_is(cfn_node_get(n, "Type"), "CNAME"))
            continue;
        if (!s->is_weighted)
            return points_at(n, s->target_host) ? 100 : points_at(n, s->source_host) ? 0 : -1;
        int of_source = weight_if(n, s->source_id, s->source_host);
        int of_target = weight_if(n, s->target_id, s->target_host);
        source = of_source >= 0 ? of_source : source;
        target = of_target >= 0 ? of_target : target;
    }
    if (source < 0 || target < 0 || source + target == 0)
        return -1;
    return (target * 100 + (source + target) / 2) / (source + target);
}

/* The names of a query that is signed are in order. */
bool cfn__read_record(const cfn__caller *caller, const cfn__cutover_settings *s, int *weight)
{
    const char *path =
        cfn__format(caller->arena, "/2013-04-01/hostedzone/%s/rrset?maxitems=20&name=%s&type=CNAME",
                    s->zone, s->record);
    const cfn_node *root =
        cfn__call(caller, CFN__LIST_RECORDS, path, NULL, "the record cannot be read");
    if (root)
        *weight = cfn__weight_of_records(s, root);
    return root != NULL;
}
