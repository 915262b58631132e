/* Where a database is: mysql://user@host:port/?ssl-ca=FILE or postgresql://... */
#ifndef CFN_COMPARE_URL_H
#define CFN_COMPARE_URL_H

#include "base/arena.h"
#include "base/diagnostics.h"

typedef enum cfn__family { CFN__MYSQL, CFN__POSTGRESQL } cfn__family;

typedef enum cfn__tls { CFN__TLS_VERIFY, CFN__TLS_REQUIRED, CFN__TLS_DISABLED } cfn__tls;

typedef struct cfn__url {
    cfn__family family;
    const char *role; /* "source" or "target", for messages */
    const char *user, *password, *host, *database;
    unsigned port;
    const char *socket; /* a file (MySQL) or a folder (PostgreSQL) */
    const char *ca;     /* a file of certificates to trust */
    const char *option_file;
    cfn__tls tls;
    const char *shown; /* the URL without its password */
    const char *place; /* and without its user */
} cfn__url;

/* Reads a URL; what is wrong with it is reported (CFN5001), without what may be a password. A
 * password given apart beats the one in the URL. */
bool cfn__read_url(cfn_arena *arena, cfn_diagnostics *diagnostics, const char *role,
                   const char *text, const char *password, cfn__url *url);

#endif
