/* The checks of a plan, which backup_plan.c makes. */
#ifndef CFN_CONSTRUCTS_BACKUP_PLAN_H
#define CFN_CONSTRUCTS_BACKUP_PLAN_H

#include "constructs/constructs.h"

#include <cfngen/backup_plan.h>

/* The domain rules that one plan alone can break. */
void cfn__check_backup_plan(cfn__expansion *x, const cfn__construct *c);

/* Whether the vault is deleted with the stack. */
bool cfn__backup_vault_goes(const cfn__construct *c);

#endif
