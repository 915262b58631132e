/* The parts of the check of task settings. */
#ifndef CFN_DMS_TASK_SETTINGS_H
#define CFN_DMS_TASK_SETTINGS_H

#include "node/node.h"

#include <cfngen/dms_task_settings.h>

/* What the settings say together: LOB modes, logging, validation. */
void cfn__dms_check_settings_together(cfn_diagnostics *diagnostics, const cfn_node *settings,
                                      const char *migration_type);

#endif
