/* Puts files and templates into a bucket, under names that say what is in them. */
#ifndef CLI_DEPLOY_UPLOAD_H
#define CLI_DEPLOY_UPLOAD_H

#include "../aws/aws.h"

enum { UPLOAD_KEY_SIZE = 128, UPLOAD_URL_SIZE = 512 };

/* Uploads a file unless it is there already; its key ends in `extension`, as ".zip". STATUS_CLEAN,
 * or the status to exit with after saying what is wrong. */
int upload_file(aws_client *client, const char *bucket, const char *path, const char *extension,
                char key[UPLOAD_KEY_SIZE]);

/* Uploads the text of a template and gives the URL by which CloudFormation finds it. */
int upload_template(aws_client *client, const char *bucket, const char *text, size_t length,
                    char url[UPLOAD_URL_SIZE]);

#endif
