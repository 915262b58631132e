/* SNS, by the Query protocol.
 * https://docs.aws.amazon.com/sns/latest/api/API_Publish.html */
#include "lambda/sns.h"

#include "base/arena.h"
#include "lambda/form.h"

enum { LONGEST_SUBJECT = 99 };

bool cfn__publish(const cfn__caller *caller, const char *topic, const char *subject,
                  const char *message)
{
    cfn__buffer body = {0};
    cfn__form_add(&body, "Action", "Publish");
    cfn__form_add(&body, "Version", "2010-03-31");
    cfn__form_add(&body, "TopicArn", topic);
    cfn__form_add(&body, "Subject", cfn__format(caller->arena, "%.*s", LONGEST_SUBJECT, subject));
    cfn__form_add(&body, "Message", message);
    return cfn__call(caller, CFN__PUBLISH, "/", &body, "the topic cannot be told") != NULL;
}
