/* Answers: JSON that fits into what Lambda and Step Functions take, with the rest in S3. */
#ifndef CFN_LAMBDA_ANSWER_H
#define CFN_LAMBDA_ANSWER_H

#include "lambda/comparison.h"
#include "node/node.h"

/* Step Functions takes 256 KB. */
enum { CFN__MOST_ANSWER_BYTES = 200 * 1024, CFN__MOST_WORK_BYTES = 32 * 1024 };

/* What answers of an invocation are made with. */
typedef struct cfn__answering {
    cfn__maker make;
    const cfn__databases *databases;
    const cfn__invocation *invocation;
    const cfn__event *event;
    cfn__failure *failure;
} cfn__answering;

/* The name of the run: the event's, else the id of the request. */
const char *cfn__run_name(const cfn__answering *a);

/* Writes a document to the bucket: <prefix><run>/<name>.json. Its key; NULL on a failure. */
const char *cfn__store(const cfn__answering *a, const char *name, const cfn_node *document);

/* Work as a member of an answer: as it is, or {"key": ...} when it is large and there is a bucket;
 * NULL on a failure. And back from an event. */
cfn_node *cfn__work_member(const cfn__answering *a, const cfn_compare_work *work, const char *name);
const cfn_compare_work *cfn__work_of_member(const cfn__answering *a, const cfn_node *member);

/* Adds "tables" (what is not equal, as much as there is room for), "leftOut" and "report". */
bool cfn__add_tables(const cfn__answering *a, cfn_node *answer, const cfn_compare_report *report);

/* The text of the answer; NULL on a failure. */
const char *cfn__answer_text(const cfn__answering *a, const cfn_node *answer);

#endif
