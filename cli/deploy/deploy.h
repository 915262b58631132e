/* A deployment, from the arguments to the outputs. */
#ifndef CLI_DEPLOY_DEPLOY_H
#define CLI_DEPLOY_DEPLOY_H

#include "../schema_words.h"
#include "change_set.h"
#include "parameters.h"
#include "upload.h"
#include "watch.h"

#include <cfngen/stack.h>

/* How far it is: what is to be done, and said, when a signal comes. */
typedef enum deploy_stage {
    STAGE_NOTHING,  /* nothing was changed */
    STAGE_PROPOSED, /* a change set may be there */
    STAGE_RUNNING   /* an operation of the stack may be under way */
} deploy_stage;

typedef struct deployment {
    const cli_arguments *arguments;
    const char *name; /* of the stack */
    cli_schema facts;
    aws_client *client;
    cfn_stack *stack; /* what is deployed, synthesised */
    const cfn_template *tpl;
    const cfn_node *root;
    parameter_list parameters;
    deployed_stack before; /* as it was looked up last */
    const char *text;      /* the template as it is sent */
    char url[UPLOAD_URL_SIZE];
    change_set set;
    deploy_stage stage;
    bool nothing_changes;
} deployment;

/* Each step gives GO_ON, or the status to exit with. */
enum { GO_ON = -1 };

/* Uploads what is local, and gives the parameters that name it their values. */
int upload_assets(deployment *d);

/* Chooses how the template is sent: as it is, without spaces, or through the bucket. */
int prepare_template(deployment *d);

/* Shows what would change, and asks where data or security are touched. */
int review_changes(deployment *d);

/* Watches the operation and says how it ended. `what` is what succeeds, as "updated". */
int follow_operation(deployment *d, watch *w, const char *what);

/* Says what a signal or the end of the time left behind, and how to go on. */
int say_how_to_go_on(deployment *d);

#endif
