/* The inside of cfn_diagnostics, shared by collecting and rendering. */
#ifndef CFN_BASE_DIAGNOSTICS_PRIVATE_H
#define CFN_BASE_DIAGNOSTICS_PRIVATE_H

#include "base/diagnostics.h"
#include "base/text.h"

enum { CFN__MOST_DIAGNOSTICS = 1000 };

typedef struct cfn__entry {
    cfn_diagnostic diagnostic;
    size_t order; /* in which it was reported */
} cfn__entry;

struct cfn_diagnostics {
    cfn_arena *arena;
    cfn__entry *items;
    size_t size, capacity, left_out;
    size_t counts[CFN_NOTE + 1];
    cfn_diagnostic *last; /* the one that a hint goes to */
    bool sorted, no_memory;
};

#endif
