/* CreationPolicy, UpdatePolicy and DeletionPolicy: Snapshot, which only some types have. */
#include "check/check.h"

void cfn__check_policies(cfn__check *check)
{
    (void)check;
}
