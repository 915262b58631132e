/* The logins of the databases, from Secrets Manager. */
#ifndef CFN_LAMBDA_SECRETS_H
#define CFN_LAMBDA_SECRETS_H

#include "lambda/aws.h"

/* To be overwritten with cfn__wipe when it is no longer needed. */
typedef struct cfn__login {
    bool is_known;
    unsigned port; /* 0: that of the engine */
    char host[256], username[256], database[256], password[1100];
} cfn__login;

/* Reads a secret: a JSON object with host, username and password, and perhaps port and dbname, as
 * those of RDS are. `role` is "source" or "target", for messages. False, and the login unknown, on
 * a failure.
 * https://docs.aws.amazon.com/secretsmanager/latest/userguide/reference_secret_json_structure.html
 */
bool cfn__read_login(const cfn__aws *aws, const char *secret, const char *role, cfn__login *login,
                     cfn__failure *failure);

/* The same of a text: what GetSecretValue answers. */
bool cfn__parse_login(const char *text, size_t length, const char *role, cfn__login *login,
                      cfn__failure *failure);

bool cfn__same_login(const cfn__login *a, const cfn__login *b);

#endif
