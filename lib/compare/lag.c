/* Measures how far the target is behind the source. */
#include "compare/run.h"

const cfn_compare_lag *cfn_compare_measure_lag(cfn_arena *arena, cfn_diagnostics *diagnostics,
                                               const cfn_compare_options *options, unsigned samples)
{
    cfn__run run = {.arena = arena, .diagnostics = diagnostics, .options = options};
    cfn_compare_lag *lag = CFN__NEW(arena, cfn_compare_lag);
    cfn_compare_options quiet = *options; /* there is no table whose progress could be told */
    quiet.progress = NULL;
    run.options = &quiet;
    bool ready = lag && cfn__open(&run);
    if (ready && !options->heartbeat)
        lag->trouble = "there is no heartbeat table";
    while (ready && !lag->trouble && lag->samples < samples) {
        double seconds = 0;
        lag->trouble = cfn__beat(&run, cfn__now(), &seconds);
        if (lag->trouble)
            break;
        lag->samples++;
        lag->seconds = seconds;
        lag->worst = seconds > lag->worst ? seconds : lag->worst;
    }
    cfn__close(&run);
    if (cfn_arena_failed(arena))
        cfn__report_no_memory(diagnostics);
    return ready && !cfn_arena_failed(arena) ? lag : NULL;
}
