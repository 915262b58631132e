/* Cfngen::DMS::ReplicationTask: what one DMS task is known by. */
#ifndef CFNGEN_DMS_REPLICATION_TASK_H
#define CFNGEN_DMS_REPLICATION_TASK_H

#include <cfngen/stack.h>

CFN_BEGIN_DECLS

/* cfn_dms_replication_task_existing takes the ARN. */
CFN_HANDLE(cfn_dms_replication_task);

static inline cfn_str cfn_dms_replication_task_arn(cfn_dms_replication_task task)
{
    return task.handle.id ? cfn_att(task.handle.id, "Arn") : task.handle.value;
}
/* The end of the ARN, which CloudWatch has as the dimension ReplicationTaskIdentifier; the task's
 * name is another thing. Of a task of this stack; nothing of an existing one. */
static inline cfn_str cfn_dms_replication_task_resource_id(cfn_dms_replication_task task)
{
    return task.handle.id ? cfn_att(task.handle.id, "ResourceId") : cfn_s(NULL);
}

CFN_END_DECLS

#endif
