/* The parts of Cfngen::CloudWatch::Dashboard: what a widget shows, its graphs, its checks. */
#ifndef CFN_CONSTRUCTS_CLOUDWATCH_DASHBOARD_H
#define CFN_CONSTRUCTS_CLOUDWATCH_DASHBOARD_H

#include "constructs/constructs.h"

#include <cfngen/cloudwatch_dashboard.h>

enum { CFN__DASHBOARD_COLUMNS = 24, CFN__DASHBOARD_MOST = 500 };

/* What a widget shows. */
typedef enum cfn__shown {
    CFN__SHOWS_TASK,
    CFN__SHOWS_INSTANCE,
    CFN__SHOWS_CLUSTER,
    CFN__SHOWS_VALIDATOR,
    CFN__SHOWS_FUNCTION, /* up to here a table says which graphs there are */
    CFN__SHOWS_ALARMS,
    CFN__SHOWS_TEXT,
    CFN__SHOWS_LOG,
    CFN__SHOWS_METRICS,
    CFN__SHOWN
} cfn__shown;

/* Which dimensions a metric has, and what a graph needs to be there. */
enum {
    CFN__OF_INSTANCE = 1,
    CFN__OF_TASK = 2,
    CFN__OF_REVERSE = 4,
    CFN__OF_CLUSTER = 8,
    CFN__OF_WRITER = 16,
    CFN__OF_READERS = 32,
    CFN__OF_FUNCTION = 64
};

enum { CFN__DASHBOARD_LINES = 5 };

typedef struct cfn__dashboard_line {
    const char *space, *metric, *statistic, *label;
    unsigned dimensions;
    bool right; /* has its axis on the right */
} cfn__dashboard_line;

typedef struct cfn__dashboard_graph {
    cfn__shown shown;
    const char *name, *title;
    bool percent;
    unsigned needs;        /* CFN__OF_READERS, CFN__OF_REVERSE: made only when they are there */
    const char *alarms[2]; /* roles of Cfngen::Migration::Alarms whose thresholds are drawn */
    cfn__dashboard_line lines[CFN__DASHBOARD_LINES];
} cfn__dashboard_graph;

/* All of them; NULL behind the last. */
const cfn__dashboard_graph *cfn__dashboard_graph_at(size_t index);

/* How many things a widget shows, which must be one, and what. */
size_t cfn__dashboard_shown(const cfn_dashboard_widget *widget, cfn__shown *shown);

/* The names of the graphs of what is shown: the n-th, or NULL. */
const char *cfn__dashboard_graph_name(cfn__shown shown, size_t n);

/* Adds the widgets {type, width, height, properties} of one entry, not yet laid out. */
void cfn__dashboard_add(cfn__expansion *x, const cfn__construct *c,
                        const cfn_dashboard_widget *widget, cfn_node *widgets);

/* What CloudWatch would refuse, or show nothing for. */
void cfn__check_cloudwatch_dashboard(cfn__expansion *x, const cfn__construct *c);

#endif
