/* Says why AWS gave no answer, and what helps. */
#include "aws.h"

#include <string.h>

typedef struct remedy {
    const char *sign; /* a code, or a part of what aws says */
    const char *hint;
} remedy;

#define SIGN_IN                                                                                    \
    "sign in again (aws sso login, or what your profile uses), or name another profile in "        \
    "AWS_PROFILE"
#define CHECK_KEYS "check the keys that are in use: aws configure list, aws sts get-caller-identity"
#define ASK_RIGHTS                                                                                 \
    "aws sts get-caller-identity names who you are; that user or role needs the permission, or "   \
    "use another one (AWS_PROFILE)"

static const remedy remedies[] = {
    {"cannot be run: No such file", "install the AWS CLI, or name it in CFNGEN_AWS"},
    {"cannot be run: Permission denied", "name a program that may be run in CFNGEN_AWS"},
    {"Unable to locate credentials",
     "give credentials: aws configure, aws sso login, or AWS_PROFILE"},
    {"Partial credentials", CHECK_KEYS},
    {"ExpiredToken", SIGN_IN},
    {"RequestExpired", SIGN_IN},
    {"Token has expired", SIGN_IN},
    {"SSO session", SIGN_IN},
    {"Error loading SSO Token", SIGN_IN},
    {"reauthenticate", SIGN_IN},
    {"InvalidClientTokenId", CHECK_KEYS},
    {"UnrecognizedClientException", CHECK_KEYS},
    {"InvalidAccessKeyId", CHECK_KEYS},
    {"SignatureDoesNotMatch", CHECK_KEYS},
    {"AccessDenied", ASK_RIGHTS},
    {"UnauthorizedOperation", ASK_RIGHTS},
    {"You must specify a region", "name it: --region, AWS_REGION, or aws configure set region"},
    {"config profile", "AWS_PROFILE names a profile of ~/.aws/config; aws configure list-profiles"},
    {"Could not connect to the endpoint URL",
     "check the network, the region, and AWS_ENDPOINT_URL if it is set"},
    {"timeout on endpoint URL", "check the network, the region, and AWS_ENDPOINT_URL if it is set"},
    {"Throttling", "AWS is asked too much by this account at the moment; run it again later"},
    {"RequestLimitExceeded",
     "AWS is asked too much by this account at the moment; run it again later"},
    {"TooManyRequests", "AWS is asked too much by this account at the moment; run it again later"},
    {"Function not found", "check the name of the function, and the region: --region, AWS_REGION"},
    {"cut short or is not JSON", "see what the aws command prints by itself; nothing was changed "
                                 "because of this answer"},
    {"Invalid choice", "update the AWS CLI: this one does not know the call"},
    {"Unknown options", "update the AWS CLI: this one does not know the call"},
};

static const char *find_hint(const char *text)
{
    for (size_t i = 0; i < sizeof remedies / sizeof *remedies; i++)
        if (text && strstr(text, remedies[i].sign))
            return remedies[i].hint;
    return NULL;
}

int aws_complain(const aws_answer *answer, const char *what)
{
    if (answer->outcome == AWS_INTERRUPTED)
        return STATUS_TROUBLE;
    const char *code = answer->code ? answer->code : "";
    trouble("%s: %s%s%s", what, code, *code ? ": " : "",
            answer->message ? answer->message : "memory is out");
    if (answer->outcome == AWS_RAISED)
        return STATUS_TROUBLE;
    const char *hint = find_hint(code);
    if (!hint)
        hint = find_hint(answer->message);
    if (hint)
        fprintf(stderr, "  = hint: %s\n", hint);
    return STATUS_TROUBLE;
}
