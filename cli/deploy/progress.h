/* What is shown while an operation is under way: a line for each event, and one that changes. */
#ifndef CLI_DEPLOY_PROGRESS_H
#define CLI_DEPLOY_PROGRESS_H

#include "../aws/aws.h"

/* "time status type logical-id reason", in colour on a terminal. */
void print_event(const aws_client *client, const cfn_node *event);

/* Shows on a terminal how far the operation is; `total` is 0 when that is not known. */
void show_progress(const char *status, size_t done, size_t total, double seconds);

/* Takes the line away, before something else is printed. */
void clear_progress(void);

#endif
