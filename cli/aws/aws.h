/* AWS, through the user's own `aws` command: profiles, single sign-on and AWS_ENDPOINT_URL are its
 * business. There is no shell in between. What is secret goes through its standard input and never
 * stands among the arguments, which everyone on the machine can see. */
#ifndef CLI_AWS_AWS_H
#define CLI_AWS_AWS_H

#include "../output.h"

#include <cfngen/node.h>

/* The aws command and the signals that end the program. From aws_open to aws_close SIGINT, SIGTERM
 * and SIGHUP do not end it: they end the call or the pause that is under way, and every later one.
 */
typedef struct aws_client aws_client;

/* `region` may be NULL: as the user's configuration says. CFNGEN_AWS names the command (aws),
 * CFNGEN_AWS_TIMEOUT the seconds that one call may take (300), and the pauses are multiplied by
 * CFNGEN_AWS_WAIT (1). NULL after saying what is wrong. */
aws_client *aws_open(const char *region);
void aws_close(aws_client *client);

/* The signal that came, 0: none. */
int aws_interrupted(const aws_client *client);

/* Forgets it, for what has to be put in order before the program ends. */
void aws_forget_signal(aws_client *client);

/* Waits; the one place where the program does. False when a signal came. */
bool aws_pause(aws_client *client, double seconds);

/* Asks the user on the terminal; anything but y or yes is no, and so is a signal. Without a
 * terminal it says that there is nobody to ask and that `option`, as --yes, agrees. */
bool aws_confirm(aws_client *client, const char *question, const char *option);

/* Has no message of AWS show this text, a secret, from now on: it becomes asterisks. Texts of less
 * than four characters are left: they would be found everywhere. It must live as long as the
 * client; false when memory is out. */
bool aws_hide(aws_client *client, const char *secret);
void aws_mask(const aws_client *client, char *text);

typedef struct aws_call {
    const char *service, *operation;
    const char *const *arguments; /* ended by NULL; NULL: none. Never a secret */
    const char *input;            /* JSON, which becomes --cli-input-json; secrets go here */
    const char *upload;           /* a file that becomes its standard input; NULL: none */
    const char *upload_text;      /* or a text */
    bool reads_only;              /* asking again does no harm when AWS cannot be reached */
    bool answers_nothing;         /* or nothing of interest */
    double seconds;               /* that it may take, when that is more than usual; 0: as usual */
} aws_call;

typedef enum aws_outcome {
    AWS_ANSWERED,
    AWS_REFUSED,    /* AWS answered with an error, which has a code */
    AWS_RAISED,     /* the function ended with an error, whose type is the code, or wrote no JSON */
    AWS_FAILED,     /* aws is missing, died, hung, was refused a connection, wrote no JSON */
    AWS_INTERRUPTED /* by a signal; aws_interrupted tells which */
} aws_outcome;

typedef struct aws_answer {
    aws_outcome outcome;
    const cfn_node *root; /* of AWS_ANSWERED; NULL with answers_nothing */
    char *code;           /* of AWS_REFUSED and AWS_RAISED, as "ValidationError", else "" */
    char *message;        /* what AWS or aws said; "" when all went well */
    cfn_arena *arena;
} aws_answer;

/* Runs aws and reads its answer. A call that AWS throttles is repeated after a growing pause.
 * Nothing is printed; free the answer in any case. */
aws_answer aws_ask(aws_client *client, const aws_call *call);
void aws_answer_free(aws_answer *answer);

/* Invokes a function of Lambda, by its name or ARN, with an event in JSON, and waits for as long as
 * Lambda lets it run. The root is what it answered, and lives in the arena. */
aws_answer aws_invoke(aws_client *client, cfn_arena *arena, const char *function,
                      const char *event);

/* Says why there is no answer, and what helps; STATUS_TROUBLE. `what` is what was being done, as
 * "the stack shop cannot be described". Says nothing after a signal, which is not a mistake. What
 * helps against the errors of a function is not known here. */
int aws_complain(const aws_answer *answer, const char *what);

/* Whether AWS refused with this code and, unless it is NULL, with this text in its message. */
bool aws_refused(const aws_answer *answer, const char *code, const char *text);

#endif
