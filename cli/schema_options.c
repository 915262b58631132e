/* The options of the commands that speak of resource types. */
#include "schema_options.h"

#include "deploy/options.h"
#include "stack_file.h"

static const cli_option in_region = {
    .name = "region",
    .value = "R",
    .accepts = is_region,
    .form = "a region such as eu-central-1",
    .purpose = "Only the types that exist there",
};
static const cli_option all_services = {
    .name = "all",
    .purpose = "Write the headers of all services",
};
static const cli_option include_folder = {
    .name = "output",
    .letter = 'o',
    .value = "DIR",
    .offers = OFFER_FOLDERS,
    .purpose = "The folder for -I; without it, the working folder",
};
static const cli_option facts_output = {
    .name = "output",
    .letter = 'o',
    .value = "FILE",
    .offers = OFFER_FILES,
    .purpose = "Where to write",
};
static const cli_option facts_source = {
    .name = "source",
    .value = "TEXT",
    .repeats = true,
    .purpose = "Where the facts come from; may be repeated",
};
static const cli_option facts_date = {
    .name = "date",
    .value = "DATE",
    .purpose = "Of which day they are",
};

const cli_option *const types_options[] = {&in_region, &as_json, &schema, NULL};
const cli_option *const dump_options[] = {&schema, NULL};
const cli_option *const build_options[] = {&facts_output, &facts_source, &facts_date, NULL};
const cli_option *const bindings_options[] = {&all_services, &include_folder, &schema, NULL};
