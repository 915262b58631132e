/* The public way to the nearest word. */
#include "base/text.h"

#include <cfngen/nearest.h>

const char *cfn_nearest(const char *word, const char *const *candidates)
{
    cfn__nearest nearest = cfn__nearest_to(word);
    for (; *candidates; candidates++)
        cfn__nearest_offer(&nearest, *candidates);
    return nearest.best;
}
