/* Memory by the allocator that is set; the contracts of malloc, calloc, realloc and free. What has
 * the lifetime of a document belongs in an arena instead. */
#ifndef CFN_BASE_ALLOCATE_H
#define CFN_BASE_ALLOCATE_H

#include <cfngen/allocator.h>

void *cfn__malloc(size_t size);
void *cfn__calloc(size_t count, size_t size);
void *cfn__realloc(void *memory, size_t size);
void cfn__free(void *memory);

#endif
