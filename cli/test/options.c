/* The options of the command test. */
#include "options.h"

static const char *const forms[] = {"text", "tap", NULL};
static const cli_option filter = {
    .name = "filter",
    .value = "TEXT",
    .purpose = "Run only the tests that have this text in their name",
};
static const cli_option format = {
    .name = "format",
    .value = "text|tap",
    .values = forms,
    .purpose = "How results are told; TAP is the Test Anything Protocol",
};
static const cli_option junit = {
    .name = "junit",
    .value = "FILE",
    .offers = OFFER_FILES,
    .purpose = "Also write the results there, as XML for CI",
};
static const cli_option update = {
    .name = "update",
    .purpose = "Write snapshots that are missing or differ; so does CFNGEN_UPDATE_SNAPSHOTS=1",
};
static const cli_option schema = {
    .name = "schema",
    .value = "FILE",
    .offers = OFFER_FILES,
    .purpose = "Take the facts about resource types from there; beats CFNGEN_SCHEMA, which beats "
               "those that are built in",
};

const cli_option *const test_options[] = {&filter, &format, &junit, &update, &schema, NULL};
