/* Who may do what, and who may reach whom: a template's statements, attached policies and rules of
 * security groups as flat tables.
 *
 * Values are texts in which what is known only at the deployment stands as ${...}: ${Key} is a Ref,
 * ${Key.Arn} an attribute, and however a text was put together, it reads the same. Texts of a set
 * are sorted and each there once, so that equal sets are equal lists. */
#ifndef CFN_ACCESS_ACCESS_H
#define CFN_ACCESS_ACCESS_H

#include "node/node.h"

#include <cfngen/template.h>

/* A sorted set of texts. */
typedef struct cfn__texts {
    const char **items;
    size_t count;
} cfn__texts;

typedef enum cfn__access_kind {
    CFN__ACCESS_IDENTITY, /* what its holders may do */
    CFN__ACCESS_TRUST,    /* who may become the role */
    CFN__ACCESS_RESOURCE  /* who may use what its holders are */
} cfn__access_kind;

typedef enum cfn__access_effect {
    CFN__ACCESS_ALLOWS,
    CFN__ACCESS_DENIES,
    CFN__ACCESS_EITHER /* known only at the deployment */
} cfn__access_effect;

typedef struct cfn__access_statement {
    const cfn_resource *resource; /* in which it stands */
    const cfn_node *node;         /* the statement there */
    cfn__access_kind kind;
    cfn__access_effect effect;
    cfn__texts holders;    /* whose it is: roles, users, groups or a managed policy; else the key,
                              the bucket, the topic ... */
    cfn__texts principals; /* as "Service:events.amazonaws.com"; empty for identities */
    cfn__texts actions;
    cfn__texts resources;
    bool not_principals, not_actions, not_resources; /* the set is of the exceptions */
    const char *condition; /* as "StringEquals aws:SourceAccount ${AWS::AccountId}", or NULL */
    const char *when; /* the conditions of the template under which it is there; NULL: always */
    bool varies;      /* conditions of the template decide what is in the sets */
    bool opaque;      /* what it says is known only at the deployment: `resources` has its text */
} cfn__access_statement;

typedef enum cfn__access_tie {
    CFN__ACCESS_MANAGED,  /* a managed policy */
    CFN__ACCESS_BOUNDARY, /* what the holder may do at most */
    CFN__ACCESS_GROUP     /* a group that a user is in */
} cfn__access_tie;

typedef struct cfn__access_attachment {
    const cfn_resource *resource; /* in which it stands */
    const cfn_node *node;
    cfn__access_tie tie;
    const char *holder; /* a role, user, group or permission set */
    const char *policy; /* or the group */
    const char *when;
} cfn__access_attachment;

enum { CFN__ACCESS_ANY_PORT = -1, CFN__ACCESS_NO_PORT = -2 };

/* A rule of a security group. */
typedef struct cfn__access_rule {
    const cfn_resource *resource; /* in which it stands */
    const cfn_node *node;
    const char *group;
    bool egress;
    bool by_default;      /* the template says nothing, and EC2 lets all traffic out */
    const char *protocol; /* "tcp", "udp", "icmp", "all", a number ... */
    const char *ports;    /* "3306", "1024-65535", "all" */
    int32_t first, last;  /* the same as numbers: CFN__ACCESS_ANY_PORT both for all of them,
                             CFN__ACCESS_NO_PORT where they are known only at the deployment */
    const char *peer;     /* a range of addresses, a group, a prefix list */
    const char *when;
} cfn__access_rule;

typedef struct cfn__access {
    cfn_arena *arena;
    const cfn_template *tpl;
    cfn__access_statement *statements;
    size_t statement_count, statement_capacity;
    cfn__access_attachment *attachments;
    size_t attachment_count, attachment_capacity;
    cfn__access_rule *rules;
    size_t rule_count, rule_capacity;
} cfn__access;

/* Whether a security group is made without rules for traffic that goes out: then EC2 lets all out,
 * and the table has a rule `by_default`. */
bool cfn__access_lets_all_out(const cfn_resource *group);

/* The tables of a template, in the order of the document. They live in the arena and point into
 * the template. Never NULL unless memory is out (the arena has then failed). Takes time linear in
 * the template's size, short of what sorting sets takes. */
cfn__access *cfn__access_of(cfn_arena *arena, const cfn_template *tpl);

/* --- questions --- */

typedef enum cfn__access_answer {
    CFN__ACCESS_DENIED, /* a statement denies it, or none allows it */
    CFN__ACCESS_ALLOWED,
    CFN__ACCESS_CONDITIONAL, /* it depends on the condition of a statement, or on a condition of
                                the template */
    CFN__ACCESS_UNKNOWN      /* it depends on what is not in the template, or is known only at the
                                deployment */
} cfn__access_answer;

typedef struct cfn__access_question {
    const char *holder;    /* the logical id of a role, user, group, managed policy; with a
                              principal: of a role (who may become it), a key, a topic, a bucket */
    const char *principal; /* as in the statements, "Service:events.amazonaws.com"; NULL: what the
                              holder itself may do */
    const char *action;    /* as "dms:StartReplicationTask"; letter case does not count */
    const char *resource;  /* as "${Task}" or "arn:aws:s3:::bucket/key"; NULL: do not look at it */
} cfn__access_question;

/* What the answer rests on: the statement that denies, allows or leaves it open, or the attached
 * policy that is not in the template. Both NULL: nothing says anything. */
typedef struct cfn__access_reply {
    cfn__access_answer answer;
    const cfn__access_statement *statement;
    const cfn__access_attachment *attachment;
} cfn__access_reply;

/* Answers as IAM does: an explicit Deny beats all, then something has to allow it, in the
 * permissions boundary too. Without a principal only the statements of identities are asked (its
 * own, of managed policies of the template, of its groups), with one only those on the holder.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html */
cfn__access_reply cfn__access_may(const cfn__access *access, const cfn__access_question *question);

/* --- comparing --- */

typedef enum cfn__match {
    CFN__MATCH_NO,
    CFN__MATCH_MAYBE, /* it depends on what stands for a ${...} */
    CFN__MATCH_YES
} cfn__match;

/* Whether all that `text` stands for is within `pattern`. Both may have * and ? and ${...}. */
cfn__match cfn__access_matches(const char *pattern, const char *text, bool any_case);

/* Whether all addresses of `inner` are within `outer`, both as "10.0.0.0/8" or "::/0". */
cfn__match cfn__access_range_within(const char *inner, const char *outer);

/* The short text of any value. Never NULL. */
const char *cfn__access_text(cfn_arena *arena, const cfn_node *value);

#endif
