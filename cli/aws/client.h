/* What aws_client is, for the files of this folder. */
#ifndef CLI_AWS_CLIENT_H
#define CLI_AWS_CLIENT_H

#include "aws.h"

#include <signal.h>

struct aws_client {
    const char *program, *region;
    double timeout, wait; /* seconds of a call; what pauses are multiplied by */
    int signals;          /* a signalfd */
    int interrupted;
    const char **secrets; /* what messages do not show */
    size_t secret_count;
    sigset_t mask; /* as it was */
};

/* Makes the answer one that aws did not give, with this message. */
void aws_fail(aws_answer *answer, const char *format, ...) CFN_PRINTF(2, 3);

/* A copy of text, without the blanks around it and without what steers terminals. */
char *aws_trimmed(const char *text);

#endif
